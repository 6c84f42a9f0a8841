// SPDX-License-Identifier: GPL-2.0-only
/* asleep.c - a store that happens only while a device is suspended. */
#include "kernel/linuxmodel.h"
#include "link/chain_tests.h"
#include "link/unset.h"
#include "refuters.h"

static bool tells_set(const struct member_test *t)
{
	return t->test == TEST_EQUAL && !t->holds && !t->value;
}

/* Do only writers set the field that found a device suspended? */
static bool is_set_asleep(const struct unit_verdict *v, const struct unit_field *f)
{
	bool set = false;
	uint32_t i;

	for (i = 0; i < f->nwrites; i++) {
		const struct write *w = &v->writes[f->writes[i]];

		if (w->phase != PHASE_RUNTIME || value_is_zero(w->value))
			continue;
		if (!w->asleep)
			return false;
		set = true;
	}
	return set;
}

/* Do only writers set and clear the field while which no task runs in the context? */
static bool is_set_frozen(const struct link *l, const struct unit_field *f, str context)
{
	uint32_t i;

	for (i = 0; i < f->nruns_in; i++)
		if (!model_has_pair(l->model, MODEL_FROZEN, f->runs_in[i], context))
			return false;
	return f->to_zero && f->to_other;
}

struct asleep_tests {
	const struct pair *p;
	str context; /* of the other writer, if it is asked whether that is frozen; or 0 */
	bool found;
};

/* Does the test lead on only where such a field of the unit is set? */
static void note_test(void *ctx, uint32_t f, const struct member_test *t)
{
	struct asleep_tests *tests = ctx;
	const struct unit_verdict *v = tests->p->v;
	uint32_t i;

	(void)f;
	for (i = 0; i < v->nfields && t->obj.type == v->record->key && tells_set(t); i++)
		if (v->fields[i].field->name == t->field)
			tests->found |= tests->context ? is_set_frozen(tests->p->l, &v->fields[i],
								       tests->context) :
							 is_set_asleep(v, &v->fields[i]);
}

static bool is_asleep(const struct pair *p, const struct write *w)
{
	struct asleep_tests tests = { p, 0, w->asleep };

	if (!w->asleep)
		chain_tests_each(p->l, w, note_test, &tests);
	return tests.found;
}

/* Is there a field of the unit that only writers set and clear while which no task runs in the context? */
static bool any_set_frozen(const struct pair *p, str context)
{
	uint32_t i;

	for (i = 0; i < p->v->nfields; i++)
		if (is_set_frozen(p->l, &p->v->fields[i], context))
			return true;
	return false;
}

/* Does the write happen only between two callbacks of system sleep, while the other context is frozen? */
static bool is_in_sleep(const struct pair *p, const struct write *w, const struct write *other)
{
	struct asleep_tests tests = { p, other->context, false };

	if (p->v->any_freezes && model_in_pair(p->l->model, MODEL_FROZEN, other->context) &&
	    any_set_frozen(p, other->context))
		chain_tests_each(p->l, w, note_test, &tests);
	return tests.found;
}

/*
 * Most of what works on a device resumes it before, or is stopped by its suspend callback
 * (Documentation/power/runtime_pm.rst).  The status is that of a moment, so that this only doubts.
 */
enum doubt refute_asleep(const struct pair *p)
{
	if (p->v->any_asleep && is_asleep(p, p->a) != is_asleep(p, p->b))
		return DOUBT_ASLEEP;
	return is_in_sleep(p, p->a, p->b) || is_in_sleep(p, p->b, p->a) ? DOUBT_ASLEEP : DOUBT_NONE;
}
