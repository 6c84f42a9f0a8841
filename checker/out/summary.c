// SPDX-License-Identifier: GPL-2.0-only
/* summary.c - a unit's verdict in one sentence. */
#include "base/names.h"
#include "clean.h"
#include "finding.h"
#include "summary.h"

#define FIELDS_NAMED 8 /* of a longer list the others are counted */

void put_marked(FILE *f, const struct unit_verdict *u, const bool *marked)
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

/* The locks that the verdict rests on: the guards, or all that writers of unguarded fields hold. */
static void put_serialising_locks(FILE *f, const struct unit_verdict *u)
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
		fputs("their calling contexts", f);
	free(seen);
}

/* Why else its pairs of writers do not race. */
static void put_refuters(FILE *f, const struct unit_verdict *u)
{
	uint32_t i, n = 0;

	for (i = 0; i < REFUTER_COUNT; i++)
		if (u->refuted >> i & 1 && i != REFUTER_lock && i != REFUTER_store)
			fprintf(f, "%s %s", n++ ? ";" : ":", refuter_sentence(i));
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

void put_summary(FILE *f, const struct unit_verdict *u)
{
	bool *marked = unit_marked(u);

	fprintf(f, "%s %s: ", record_keyword(u->record), clean_str(u->record->name));
	if (u->verdict == VERDICT_RACY) {
		fputs("concurrent stores to ", f);
		put_marked(f, u, marked);
		fprintf(f, " may lose an update%s",
			u->acknowledged ? " (acknowledged in the source)" : "");
	} else if (u->verdict == VERDICT_UNKNOWN) {
		fprintf(f, "the storage unit of '%s' could not be judged: %s",
			clean_str(u->fields[0].field->name), clean_str(u->why_unknown));
	} else if (u->verdict == VERDICT_SERIALIZED) {
		fputs("runtime stores to ", f);
		put_marked(f, u, marked);
		fputs(" are serialized by ", f);
		put_serialising_locks(f, u);
		put_refuters(f, u);
	} else {
		fprintf(f,
			"the storage unit of '%s' is stable: no two fields are written at runtime",
			clean_str(u->fields[0].field->name));
	}
	free(marked);
}

void put_sharing(FILE *f, const struct unit_verdict *u)
{
	fprintf(f,
		"they share a storage unit (%u bitfields, %s to %s, %llu byte%s): a store to one also writes back the others",
		u->nfields, clean_str(u->fields[0].field->name),
		clean_str(u->fields[u->nfields - 1].field->name), (unsigned long long)unit_bytes(u),
		unit_bytes(u) == 1 ? "" : "s");
}
