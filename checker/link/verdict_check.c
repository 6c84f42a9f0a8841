// SPDX-License-Identifier: GPL-2.0-only
/* verdict_check.c - check the verdicts that link gives to the other rooms. */
#include "verdict_check.h"
#include "broken.h"

static void check_write(const struct link *l, const struct write *w)
{
	uint32_t i;

	if (w->function >= l->p->nfunctions)
		broken(l, "verdict", NONE, "a write in function %u of %zu", w->function,
		       l->p->nfunctions);
	if (!w->nchain || w->chain[w->nchain - 1] != l->p->functions[w->function].name)
		broken(l, "verdict", w->function, "its chain of calls does not end there");
	if (w->phase < PHASE_SETUP || w->phase > PHASE_RUNTIME || w->confidence > CONF_HIGH)
		broken(l, "verdict", w->function, "a write of phase %u, confidence %u", w->phase,
		       w->confidence);
	for (i = 1; i < w->nheld; i++)
		if (strcmp(str_get(w->held[i - 1].name), str_get(w->held[i].name)) > 0)
			broken(l, "verdict", w->function, "the locks held are not sorted");
}

static bool writes_field(const struct unit_field *f, uint32_t write)
{
	uint32_t i;

	for (i = 0; i < f->nwrites; i++)
		if (f->writes[i] == write)
			return true;
	return false;
}

/* Each of the two writes is a runtime write of the field it is shown for. */
static void check_conflict(const struct link *l, const struct unit_verdict *v,
			   const struct conflict *c)
{
	if (c->a >= c->b || c->b >= v->nfields)
		broken(l, "verdict", NONE, "%s: a conflict of fields %u and %u of %u",
		       str_get(v->record->key), c->a, c->b, v->nfields);
	if (!writes_field(&v->fields[c->a], c->write_a) ||
	    !writes_field(&v->fields[c->b], c->write_b))
		broken(l, "verdict", NONE, "%s: writes %u and %u are not of fields %u and %u",
		       str_get(v->record->key), c->write_a, c->write_b, c->a, c->b);
	if (v->writes[c->write_a].phase != PHASE_RUNTIME ||
	    v->writes[c->write_b].phase != PHASE_RUNTIME)
		broken(l, "verdict", NONE, "%s: a conflict that is not at runtime",
		       str_get(v->record->key));
}

/* A set of fields to move: indexes that ascend. */
static void check_split(const struct link *l, const struct unit_verdict *v, const uint32_t *fields,
			uint32_t n)
{
	uint32_t i;

	for (i = 0; i < n; i++)
		if (fields[i] >= v->nfields || (i && fields[i] <= fields[i - 1]))
			broken(l, "verdict", NONE, "%s: field %u of %u is to be moved",
			       str_get(v->record->key), fields[i], v->nfields);
}

static void check_unit(const struct link *l, const struct unit_verdict *v)
{
	uint32_t i, j;

	if ((v->verdict == VERDICT_RACY) != (v->nconflicts != 0))
		broken(l, "verdict", NONE, "%s: verdict %u with %u conflicts",
		       str_get(v->record->key), v->verdict, v->nconflicts);
	for (i = 0; i < v->nwrites; i++)
		check_write(l, &v->writes[i]);
	for (i = 0; i < v->nfields; i++)
		for (j = 0; j < v->fields[i].nwrites; j++)
			if (v->fields[i].writes[j] >= v->nwrites)
				broken(l, "verdict", NONE, "%s: field %u has write %u of %u",
				       str_get(v->record->key), i, v->fields[i].writes[j],
				       v->nwrites);
	for (i = 0; i < v->nconflicts; i++)
		check_conflict(l, v, &v->conflicts[i]);
	check_split(l, v, v->split_lifetime, v->nlifetime);
	check_split(l, v, v->split_strict, v->nstrict);
}

void verdict_check(const struct link *l)
{
	size_t i;

	for (i = 0; i < l->p->nverdicts; i++)
		check_unit(l, &l->p->verdicts[i]);
}
