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

void put_locks(FILE *f, const struct write *w)
{
	uint32_t i;

	if (!w->nheld)
		fputs("none", f);
	for (i = 0; i < w->nheld; i++)
		fprintf(f, "%s%s%s (%s%s)", i ? ", " : "", clean_str(w->held[i].name),
			w->held[i].element ? str_get(w->held[i].element) : "",
			mode_name(w->held[i].mode), relation_phrase(w->held[i].relation));
}

/*
 * The name of a lock that both hold, preferably one that at least one side holds exclusively; 0 if
 * there is none.  *shared: both hold it shared; *elements: they hold two elements of an array of
 * them; *owned: one of them holds it although a task was found to own it.
 */
static str common_name(const struct write *a, const struct write *b, bool *shared, bool *elements,
		       bool *owned)
{
	uint32_t i, j;
	str name = 0;

	*shared = true;
	*elements = *owned = false;
	for (i = 0; i < a->nheld; i++) {
		for (j = 0; j < b->nheld; j++) {
			if (a->held[i].name != b->held[j].name)
				continue;
			name = a->held[i].name;
			*shared = a->held[i].mode == MODE_SHARED && b->held[j].mode == MODE_SHARED;
			*elements = held_elements_differ(&a->held[i], &b->held[j]);
			*owned = held_owned_apart(&a->held[i], &b->held[j]);
			if (!*shared)
				return name;
		}
	}
	return name;
}

void put_reason(FILE *f, const struct write *a, const char *writer_a, const struct write *b,
		const char *writer_b)
{
	bool shared, elements, owned;
	str name = common_name(a, b, &shared, &elements, &owned);

	if (!a->nheld && !b->nheld)
		fprintf(f, "%s", "neither holds a lock");
	else if (!a->nheld || !b->nheld)
		fprintf(f, "%s holds no lock", a->nheld ? writer_b : writer_a);
	else if (!name)
		fputs("no lock in common", f);
	else if (shared)
		fprintf(f, "both hold %s, but only shared", clean_str(name));
	else if (elements)
		fprintf(f, "they hold two elements of %s", clean_str(name));
	else if (owned)
		fprintf(f, "both hold %s, but one of them where a task was found to own it",
			clean_str(name));
	else
		fprintf(f, "both hold %s, but perhaps of different objects", clean_str(name));
}
