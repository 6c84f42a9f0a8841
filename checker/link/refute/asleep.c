// SPDX-License-Identifier: GPL-2.0-only
/* asleep.c - a store that happens only while a device is suspended. */
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

struct asleep_tests {
	const struct unit_verdict *v;
	bool found;
};

/* Does the test lead on only where such a field of the unit is set? */
static void note_test(void *ctx, uint32_t f, const struct member_test *t)
{
	struct asleep_tests *tests = ctx;
	const struct unit_verdict *v = tests->v;
	uint32_t i;

	(void)f;
	for (i = 0; i < v->nfields && t->obj.type == v->record->key && tells_set(t); i++)
		if (v->fields[i].field->name == t->field)
			tests->found |= is_set_asleep(v, &v->fields[i]);
}

static bool is_asleep(const struct pair *p, const struct write *w)
{
	struct asleep_tests tests = { p->v, w->asleep };

	if (!w->asleep)
		chain_tests_each(p->l, w, note_test, &tests);
	return tests.found;
}

/*
 * Most of what works on a device resumes it before, or is stopped by its suspend callback
 * (Documentation/power/runtime_pm.rst).  The status is that of a moment, so that this only doubts.
 */
enum doubt refute_asleep(const struct pair *p)
{
	return p->v->any_asleep && is_asleep(p, p->a) != is_asleep(p, p->b) ? DOUBT_ASLEEP :
									      DOUBT_NONE;
}
