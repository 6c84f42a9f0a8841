// SPDX-License-Identifier: GPL-2.0-only
/* path.c - building blocks of access paths. */
#include "path.h"
#include "type.h"

struct path path_unknown(str type)
{
	return (struct path){ .root = ROOT_UNKNOWN, .type = type };
}

struct path path_cut(enum limit limit, str type)
{
	return (struct path){ .root = ROOT_UNKNOWN,
			      .name = str_intern(limit_rows[limit].id),
			      .type = type };
}

bool path_equal(const struct path *a, const struct path *b)
{
	return a->root == b->root && a->index == b->index && a->name == b->name &&
	       a->nsteps == b->nsteps &&
	       !memcmp(a->steps, b->steps, a->nsteps * sizeof(a->steps[0]));
}

static bool is_step(const struct step *s, enum step_kind kind, str record, str field)
{
	return s->kind == kind && s->record == record && s->field == field;
}

void path_step(struct path *p, enum step_kind kind, str record, str field)
{
	const struct step *last = p->nsteps ? &p->steps[p->nsteps - 1] : NULL;

	if (last && kind == STEP_INDEX && last->kind == STEP_INDEX)
		return;
	if (last && ((kind == STEP_CONTAINER && is_step(last, STEP_FIELD, record, field)) ||
		     (kind == STEP_FIELD && is_step(last, STEP_CONTAINER, record, field)))) {
		memset(&p->steps[--p->nsteps], 0, sizeof(p->steps[0]));
		return;
	}
	if (p->root == ROOT_NULL)
		*p = path_unknown(p->type);
	else if (p->nsteps == PATH_STEPS_MAX)
		*p = path_cut(LIMIT_PATH_STEPS, p->type);
	p->steps[p->nsteps++] = (struct step){ .kind = kind, .record = record, .field = field };
}

static bool is_number(str index)
{
	const char *s = str_get(index);

	return *s == '-' || (*s >= '0' && *s <= '9');
}

static str sum_of(str a, str b)
{
	if (!a || !b)
		return 0;
	if (is_number(a) && is_number(b))
		return str_printf("%lld", atoll(str_get(a)) + atoll(str_get(b)));
	if (is_number(a))
		return atoll(str_get(a)) ? 0 : b;
	return is_number(b) && !atoll(str_get(b)) ? a : 0;
}

void path_index(struct path *p, str index)
{
	struct step *last = p->nsteps ? &p->steps[p->nsteps - 1] : NULL;

	if (last && last->kind == STEP_INDEX)
		last->record = sum_of(last->record, index);
	else
		path_step(p, STEP_INDEX, index, 0);
}

void path_member(struct path *p, const struct member_decl *m)
{
	if (!m->name)
		return;
	if (type_is_pointer(m->type))
		path_step(p, STEP_PTR, m->rec->key, m->name);
	else
		path_step(p, STEP_FIELD, m->rec->key, m->name);
}

const struct path *path_keep(struct arena *a, const struct path *p)
{
	return memcmp(p, &path_none, sizeof(*p)) ? arena_copy(a, p, sizeof(*p)) : &path_none;
}
