// SPDX-License-Identifier: GPL-2.0-only
/* gated.c - what starts one writer tests the field that the other one sets. */
#include "link/continued.h"
#include "link/gates.h"
#include "refuters.h"

/* The field that the write stores to; NULL: to all of them. */
static const struct unit_field *field_of(const struct unit_verdict *v, const struct write *w)
{
	uint32_t i, j;

	for (i = 0; i < v->nfields && !w->whole; i++)
		for (j = 0; j < v->fields[i].nwrites; j++)
			if (&v->writes[v->fields[i].writes[j]] == w)
				return &v->fields[i];
	return NULL;
}

static bool is_gate(const struct pair *p, const struct write *sets, const struct write *other)
{
	bool asked = sets->for_good && other->nchain > 1 && is_work_callback(p->l, other->chain[1]);
	const struct unit_field *f = asked ? field_of(p->v, sets) : NULL;

	return f && gate_of_work(p->l, other, p->v->record->key, f->field->name);
}

enum doubt refute_gated(const struct pair *p)
{
	if (is_gate(p, p->a, p->b) || is_gate(p, p->b, p->a))
		return DOUBT_GATED;
	return gates_shut(p->l, p->a, p->b) || gates_shut(p->l, p->b, p->a) ? DOUBT_STARTED_AGAIN :
									      DOUBT_NONE;
}
