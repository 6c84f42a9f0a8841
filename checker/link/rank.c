// SPDX-License-Identifier: GPL-2.0-only
/* rank.c - which candidate pair is the better argument: what a maintainer believes and can check. */
#include "rank.h"
#include "alternatives.h"
#include "base/access_unit.h"
#include "base/names.h"
#include "write_confidence.h"
#include "kernel/linuxmodel.h"
#include "lock_compare.h"

struct merit merit_of(const struct link *l, const struct write *w)
{
	return (struct merit){ .of = {
				       [RANK_UNSEEN] = w->unseen,
				       [RANK_DISBELIEF] = CONF_HIGH - write_confidence(w),
				       [RANK_RACE_OK] = w->race_ok,
				       [RANK_WHOLE] = w->whole,
				       [RANK_SELDOM] =
					       2 * w->seldom +
					       !model_has(l->model, MODEL_EVERYDAY, w->context),
				       [RANK_KIND] = w->of_kind,
				       [RANK_LENGTH] = w->nchain + w->nvia + exclusive_count(w),
			       } };
}

struct merit merit_of_both(const struct merit *a, const struct merit *b)
{
	struct merit m;
	uint32_t i;

	for (i = 0; i < CRITERIA; i++)
		m.of[i] = a->of[i] + b->of[i];
	if (a->of[RANK_DISBELIEF] && b->of[RANK_DISBELIEF])
		m.of[RANK_DISBELIEF] = a->of[RANK_DISBELIEF] > b->of[RANK_DISBELIEF] ?
					       a->of[RANK_DISBELIEF] :
					       b->of[RANK_DISBELIEF];
	return m;
}

static bool ranges_meet(struct byte_range a, struct byte_range b)
{
	return a.first <= b.last && b.first <= a.last;
}

/* Do the two stores of the compiler, clang or gcc, write a common byte? */
static bool fields_meet(const struct unit_verdict *v, const struct conflict *c, bool clang)
{
	const struct field *a = v->fields[c->a].field, *b = v->fields[c->b].field;

	return clang ? ranges_meet(access_unit_clang(v->record, a),
				   access_unit_clang(v->record, b)) :
		       ranges_meet(access_unit_gcc(v->record, a), access_unit_gcc(v->record, b));
}

static bool any_is_whole(const struct unit_verdict *v, const struct conflict *c)
{
	return v->writes[c->write_a].whole || v->writes[c->write_b].whole;
}

/*
 * Are the two entered in one way?  Any number of tasks may be in some contexts, each for itself, and two
 * that ask for different things are as good as two ways.
 */
static uint32_t one_root(const struct link *l, const struct write *a, const struct write *b)
{
	if (a->context != b->context || a->chain[0] != b->chain[0] ||
	    (a->nchain > 1 && b->nchain > 1 && a->chain[1] != b->chain[1]))
		return 0;
	if (!model_has(l->model, MODEL_PARALLEL, a->context))
		return 2;
	return chains_are_alternatives(l, a, b) ? 0 : 1;
}

struct merit merit_of_fields(const struct unit_verdict *v, const struct conflict *c)
{
	const struct unit_field *a = &v->fields[c->a], *b = &v->fields[c->b];

	return (struct merit){ .of = {
				       [RANK_RACE_OK] = a->accepted || b->accepted ||
							(a->field->flags | b->field->flags) &
								FIELD_RACE_OK,
				       [RANK_APART] =
					       !fields_meet(v, c, false) + !fields_meet(v, c, true),
				       [RANK_UNREAD] = !a->nreaders + !b->nreaders,
			       } };
}

void merit_add_pair(const struct link *l, const struct unit_verdict *v, const struct merit *fields,
		    const struct conflict *c, struct merit *m)
{
	const struct write *a = &v->writes[c->write_a], *b = &v->writes[c->write_b];

	m->of[RANK_RACE_OK] += fields->of[RANK_RACE_OK];
	m->of[RANK_APART] = any_is_whole(v, c) ? 0 : fields->of[RANK_APART];
	m->of[RANK_ONCE] = (a->if_unset || a->if_set) + (b->if_unset || b->if_set);
	m->of[RANK_ROOT] = one_root(l, a, b);
	m->of[RANK_INTERNAL] = model_has(l->model, MODEL_INTERNAL, a->context) &&
			       model_has(l->model, MODEL_INTERNAL, b->context);
	m->of[RANK_UNREAD] = fields->of[RANK_UNREAD];
}

void merit_add_doubts(const struct conflict *c, struct merit *m)
{
	m->of[RANK_DISBELIEF] = CONF_HIGH - c->confidence;
	m->of[RANK_DOUBTS] = (uint32_t)__builtin_popcountll(c->doubts);
}

struct merit merit_bound(const struct merit *a, const struct merit *b)
{
	struct merit m;
	uint32_t i;

	for (i = 0; i < CRITERIA; i++)
		m.of[i] = a->of[i] < b->of[i] ? a->of[i] : b->of[i];
	return m;
}

int merit_compare(const struct merit *a, const struct merit *b)
{
	uint32_t i;

	for (i = 0; i < CRITERIA; i++)
		if (a->of[i] != b->of[i])
			return a->of[i] < b->of[i] ? -1 : 1;
	return 0;
}

static struct merit merit_of_conflict(const struct link *l, const struct unit_verdict *v,
				      const struct conflict *c)
{
	struct merit a = merit_of(l, &v->writes[c->write_a]),
		     b = merit_of(l, &v->writes[c->write_b]), m = merit_of_both(&a, &b),
		     fields = merit_of_fields(v, c);

	merit_add_pair(l, v, &fields, c, &m);
	merit_add_doubts(c, &m);
	return m;
}

static void fill_meets(const struct unit_verdict *v, struct conflict *c)
{
	c->meets_gcc = any_is_whole(v, c) || fields_meet(v, c, false);
	c->meets_clang = any_is_whole(v, c) || fields_meet(v, c, true);
}

void conflicts_rank(const struct link *l, struct unit_verdict *v)
{
	struct merit *merits = xcalloc(v->nconflicts, sizeof(*merits));
	uint32_t i, j;
	int order;

	for (i = 0; i < v->nconflicts; i++) {
		merits[i] = merit_of_conflict(l, v, &v->conflicts[i]);
		fill_meets(v, &v->conflicts[i]);
	}
	if (v->added)
		fill_meets(v, v->added);
	for (i = 0; i < v->nconflicts; i++)
		for (j = 0; j < i; j++) {
			order = merit_compare(&merits[j], &merits[i]);
			v->conflicts[order <= 0 ? i : j].rank++;
		}
	free(merits);
}
