// SPDX-License-Identifier: GPL-2.0-only
/* asleep.c - a store that happens only while a device is suspended. */
#include "link/unset.h"
#include "refuters.h"

static bool tells_set(const struct fact *t)
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

/* Is it a test that leads on only where such a field of the object is set? */
static bool tells_asleep(const struct unit_verdict *v, const struct fact *t)
{
	uint32_t i;

	for (i = 0; i < v->nfields && t->record == v->record->key && tells_set(t); i++)
		if (v->fields[i].field->name == t->field)
			return is_set_asleep(v, &v->fields[i]);
	return false;
}

static bool is_asleep(const struct unit_verdict *v, const struct write *w)
{
	uint32_t i;

	for (i = 0; i < w->nfacts; i++)
		if (tells_asleep(v, &w->facts[i]))
			return true;
	return w->asleep;
}

/*
 * Most of what works on a device resumes it before, or is stopped by its suspend callback
 * (Documentation/power/runtime_pm.rst).  The status is that of a moment, so that this only doubts.
 */
enum doubt refute_asleep(const struct pair *p)
{
	return is_asleep(p->v, p->a) != is_asleep(p->v, p->b) ? DOUBT_ASLEEP : DOUBT_NONE;
}
