// SPDX-License-Identifier: GPL-2.0-only
/* phrases.c - phrases about writes and fields, the same in every format. */
#include "base/names.h"
#include "finding.h"
#include "clean.h"
#include "phrases.h"

void put_store(FILE *f, const struct unit_verdict *u, const struct write *w, str field)
{
	if (w->whole)
		fprintf(f, "all of %s %s is written", record_keyword(u->record),
			clean_str(u->record->name));
	else if (w->access == ACCESS_RMW)
		fprintf(f, "read-modify-write of '%s'", clean_str(field));
	else
		fprintf(f, "'%s = %s'", clean_str(field), w->value ? clean_str(w->value) : "...");
}

void put_lifetime(FILE *f, const struct unit_field *uf)
{
	if (uf->lifetime == PHASE_NEVER)
		fputs("never written", f);
	else if (uf->lifetime != PHASE_RUNTIME)
		fprintf(f, "written in %s only", phase_name(uf->lifetime));
	else if (!uf->guard)
		fputs("written at runtime, no lock common to all writes", f);
	else
		fprintf(f, "written at runtime, write locked by %s", clean_str(uf->guard));
}

/* Which instance has the lock, if it need not be the object written. */
static const char *relation_phrase(uint32_t relation)
{
	if (relation == REL_FORMER)
		return ", of an object that was replaced meanwhile";
	if (relation == REL_OTHER)
		return ", of another instance";
	return relation == REL_UNKNOWN ? ", of an unknown instance" : "";
}

static void put_lock(FILE *f, const char *comma, const struct held *h)
{
	fprintf(f, "%s%s%s (%s%s", comma, clean_str(h->name), h->element ? str_get(h->element) : "",
		mode_name(h->mode), relation_phrase(h->relation));
	if (h->owned)
		fprintf(f, ", while a task owns %s", clean_str(h->owned));
	fputc(')', f);
}

void put_locks(FILE *f, const struct write *w)
{
	uint32_t i;

	if (!w->nheld)
		fputs("none", f);
	for (i = 0; i < w->nheld; i++)
		put_lock(f, i ? ", " : "", &w->held[i]);
}

static bool both_shared(const struct held *a, const struct held *b)
{
	return a->mode == MODE_SHARED && b->mode == MODE_SHARED;
}

/* Finds a lock that both hold, *x and *y, preferably one that at least one side holds exclusively. */
static bool common_lock(const struct write *a, const struct write *b, const struct held **x,
			const struct held **y)
{
	bool found = false;
	uint32_t i, j;

	for (i = 0; i < a->nheld; i++) {
		for (j = 0; j < b->nheld; j++) {
			if (held_lock(&a->held[i]) != held_lock(&b->held[j]))
				continue;
			*x = &a->held[i];
			*y = &b->held[j];
			found = true;
			if (!both_shared(*x, *y))
				return true;
		}
	}
	return found;
}

/* The writer holds what an interrupt has of a lock that a task owns; the other may be that task. */
static void put_owned(FILE *f, const char *writer, const struct held *h, const char *other)
{
	fprintf(f, "%s holds %s where a task was found to own %s, as %s may", writer,
		clean_str(h->name), clean_str(h->owned), other);
}

void put_reason(FILE *f, const struct write *a, const char *writer_a, const struct write *b,
		const char *writer_b)
{
	const struct held *x, *y;

	if (!a->nheld && !b->nheld)
		fprintf(f, "%s", "neither holds a lock");
	else if (!a->nheld || !b->nheld)
		fprintf(f, "%s holds no lock", a->nheld ? writer_b : writer_a);
	else if (!common_lock(a, b, &x, &y))
		fputs("no lock in common", f);
	else if (both_shared(x, y))
		fprintf(f, "both hold %s, but only shared", clean_str(x->name));
	else if (held_elements_differ(x, y))
		fprintf(f, "they hold two elements of %s", clean_str(x->name));
	else if (held_owned_apart(x, y) && x->owned)
		put_owned(f, writer_a, x, writer_b);
	else if (held_owned_apart(x, y))
		put_owned(f, writer_b, y, writer_a);
	else
		fprintf(f, "both hold %s, but perhaps of different objects",
			clean_str(held_lock(x)));
}
