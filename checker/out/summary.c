// SPDX-License-Identifier: GPL-2.0-only
/* summary.c - what is said of a unit in one sentence, and where. */
#include "out.h"

#define FIELDS_NAMED 8

/* "'a', 'b' and 'c'", or "'a', 'b' and 40 more": the fields that are marked */
static void put_fields(FILE *f, const struct unit_verdict *u, const bool *marked)
{
	uint32_t i, k = 0, n = 0, named;

	for (i = 0; i < u->nfields; i++)
		n += marked[i];
	named = n > FIELDS_NAMED + 1 ? FIELDS_NAMED : n;
	for (i = 0; k < named; i++) {
		if (!marked[i])
			continue;
		fprintf(f, "%s'%s'",
			!k	   ? "" :
			k + 1 == n ? " and " :
				     ", ",
			clean_str(u->fields[i].field->name));
		k++;
	}
	if (named < n)
		fprintf(f, " and %u more", n - named);
}

static void put_lock_once(FILE *f, str *seen, uint32_t *n, str lock)
{
	uint32_t i;

	for (i = 0; i < *n; i++)
		if (seen[i] == lock)
			return;
	seen[(*n)++] = lock;
	fprintf(f, "%s%s", i ? ", " : "", clean_str(lock));
}

/* The locks that the verdict leans on: guards, or whatever unguarded fields' writers hold. */
static void put_leaned_on(FILE *f, const struct unit_verdict *u)
{
	uint32_t i, j, k, n = 0, max = u->nfields;
	str *seen;

	for (i = 0; i < u->nwrites; i++)
		max += u->writes[i].nheld;
	seen = xcalloc(max, sizeof(*seen));
	for (i = 0; i < u->nfields; i++) {
		const struct unit_field *uf = &u->fields[i];

		if (uf->lifetime == PHASE_RUNTIME && uf->guard)
			put_lock_once(f, seen, &n, uf->guard);
		for (j = 0; uf->lifetime == PHASE_RUNTIME && !uf->guard && j < uf->nwrites; j++) {
			const struct write *w = &u->writes[uf->writes[j]];

			for (k = 0; w->phase == PHASE_RUNTIME && k < w->nheld; k++)
				put_lock_once(f, seen, &n, w->held[k].name);
		}
	}
	if (!n)
		fputs("the contexts they are called in", f);
	free(seen);
}

/* The fields that the sentence is about; caller frees. */
static bool *unit_marked(const struct unit_verdict *u)
{
	bool *marked = xcalloc(u->nfields, sizeof(*marked));
	uint32_t i;

	for (i = 0; i < u->nconflicts; i++)
		marked[u->conflicts[i].a] = marked[u->conflicts[i].b] = true;
	for (i = 0; i < u->nfields && u->verdict != VERDICT_RACY; i++)
		marked[i] = u->fields[i].lifetime == PHASE_RUNTIME;
	return marked;
}

bool field_races(const struct unit_verdict *u, uint32_t field)
{
	uint32_t i;

	for (i = 0; i < u->nconflicts; i++)
		if (u->conflicts[i].a == field || u->conflicts[i].b == field)
			return true;
	return false;
}

const struct loc *unit_loc(const struct unit_verdict *u)
{
	uint32_t i = 0;

	if (u->at)
		return u->at;
	while (u->verdict == VERDICT_RACY && i + 1 < u->nfields && !field_races(u, i))
		i++;
	return &u->fields[i].field->loc;
}

void put_summary(FILE *f, const struct unit_verdict *u)
{
	bool *marked = unit_marked(u);

	fprintf(f, "%s %s: ", record_keyword(u->record), clean_str(u->record->name));
	if (u->verdict == VERDICT_RACY) {
		fputs("stores to ", f);
		put_fields(f, u, marked);
		fprintf(f, " may run at once and lose an update%s",
			u->acknowledged ? ", which the source acknowledges" : "");
	} else if (u->verdict == VERDICT_UNKNOWN) {
		fprintf(f, "the unit of '%s' could not be judged: %s",
			clean_str(u->fields[0].field->name), clean_str(u->why_unknown));
	} else if (u->verdict == VERDICT_SERIALIZED) {
		fputs("runtime stores to ", f);
		put_fields(f, u, marked);
		fputs(" are serialized by ", f);
		put_leaned_on(f, u);
	} else {
		fprintf(f, "the unit of '%s' is stable: no two fields are written at runtime",
			clean_str(u->fields[0].field->name));
	}
	free(marked);
}

void put_sharing(FILE *f, const struct unit_verdict *u)
{
	fprintf(f,
		"they share a storage unit of %u bitfields, %s to %s, in %llu byte%s: a store to one rewrites all",
		u->nfields, clean_str(u->fields[0].field->name),
		clean_str(u->fields[u->nfields - 1].field->name), (unsigned long long)unit_bytes(u),
		unit_bytes(u) == 1 ? "" : "s");
}

static bool same_range(struct byte_range a, struct byte_range b)
{
	return a.first == b.first && a.last == b.last;
}

/* Are the same bytes written by stores to both fields? */
static bool same_bytes(const struct unit_verdict *u, uint32_t i, uint32_t j)
{
	const struct field *x = u->fields[i].field, *y = u->fields[j].field;

	return same_range(touch_gcc(u->record, x), touch_gcc(u->record, y)) &&
	       same_range(touch_clang(u->record, x), touch_clang(u->record, y));
}

void put_range(FILE *f, struct byte_range r)
{
	fprintf(f, r.first == r.last ? "%llu" : "%llu-%llu", (unsigned long long)r.first,
		(unsigned long long)r.last);
}

bool put_written_bytes(FILE *f, const struct unit_verdict *u)
{
	bool *marked = xcalloc(u->nfields, sizeof(*marked)),
	     *done = xcalloc(u->nfields, sizeof(*done));
	uint32_t i, j, n = 0;

	for (i = 0; i < u->nfields; i++)
		done[i] = !(u->fields[i].field->flags & FIELD_BITFIELD) || !field_races(u, i);
	for (i = 0; i < u->nfields; i++) {
		if (done[i])
			continue;
		for (j = i; j < u->nfields; j++) {
			marked[j] = !done[j] && same_bytes(u, i, j);
			done[j] |= marked[j];
		}
		fputs(n++ ? "; to " : "bytes of the struct that are written by a store to ", f);
		put_fields(f, u, marked);
		fputs(": ", f);
		put_range(f, touch_gcc(u->record, u->fields[i].field));
		fputs(" (gcc), ", f);
		put_range(f, touch_clang(u->record, u->fields[i].field));
		fputs(" (clang)", f);
		memset(marked, 0, u->nfields * sizeof(*marked));
	}
	free(marked);
	free(done);
	return n;
}
