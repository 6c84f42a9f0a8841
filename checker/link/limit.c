// SPDX-License-Identifier: GPL-2.0-only
/* limit.c - notes where a limit of the analysis is met. */
#include "limit.h"
#include "base/mutex.h"
#include "base/numbers.h"
#include "base/uses.h"

/* Where each limit was met, told apart. */
struct limits {
	struct numbers met[LIMIT_COUNT];
	pthread_mutex_t lock;
};

static bool comes_before(const struct loc *at, str name, const struct limit_use *use)
{
	int c = strcmp(str_get(at->file), str_get(use->at.file));

	if (!c && at->line != use->at.line)
		c = at->line < use->at.line ? -1 : 1;
	return c ? c < 0 : strcmp(str_get(name), str_get(use->name)) < 0;
}

/* With limits.lock held. */
static void note_met(const struct link *l, enum limit limit, const struct loc *at, str name)
{
	const uint32_t key[] = { at->file, at->line, name };
	struct limit_use *use = &l->p->limits[limit];

	if (numbers_get(&l->limits->met[limit], key, sizeof(key)) <= use->count)
		return;
	if (!use->count++ || comes_before(at, name, use)) {
		use->at = *at;
		use->name = name;
	}
}

void limit_met_at(const struct link *l, enum limit limit, const struct loc *at, str name)
{
	pthread_mutex_lock(&l->limits->lock);
	note_met(l, limit, at, name);
	pthread_mutex_unlock(&l->limits->lock);
}

void limit_met(const struct link *l, enum limit limit, uint32_t f)
{
	const struct function *fn = &l->p->functions[f];

	limit_met_at(l, limit, &fn->loc, fn->name);
}

void limits_begin(struct link *l)
{
	l->limits = xcalloc(1, sizeof(*l->limits));
	l->limits->lock = MUTEX_INIT;
	memset(l->p->limits, 0, sizeof(l->p->limits));
}

/* --- those that the front end met */

/* Was the path cut by a limit?  Notes that. */
static bool is_cut(const struct link *l, uint32_t f, const struct path *p)
{
	int i;

	if (p->root != ROOT_UNKNOWN || !p->name)
		return false;
	for (i = 0; i < LIMIT_COUNT; i++)
		if (!strcmp(limit_rows[i].id, str_get(p->name)))
			limit_met(l, (enum limit)i, f);
	return true;
}

static bool any_cut(const struct link *l, uint32_t f, const struct path *p, uint32_t n)
{
	bool cut = false;
	uint32_t i;

	for (i = 0; i < n; i++)
		cut |= is_cut(l, f, &p[i]);
	return cut;
}

static bool events_cut(const struct link *l, uint32_t f, const struct block *b)
{
	bool cut = false;
	uint32_t i;

	for (i = 0; i < b->nevents; i++) {
		is_cut(l, f, b->events[i].obj);
		cut |= is_cut(l, f, b->events[i].src);
	}
	return cut;
}

static bool calls_cut(const struct link *l, uint32_t f)
{
	const struct function *fn = &l->p->functions[f];
	bool cut = false;
	uint32_t c, a;

	for (c = 0; c < fn->ncalls; c++) {
		is_cut(l, f, fn->calls[c].base);
		for (a = 0; a < fn->calls[c].nargs; a++)
			cut |= is_cut(l, f, fn->calls[c].args[a]);
	}
	return cut;
}

/* A pointer that was not followed may be to any object of the function. */
static bool pointer_cut(const struct link *l, uint32_t f)
{
	const struct function *fn = &l->p->functions[f];
	bool cut = calls_cut(l, f);
	uint32_t i;

	for (i = 0; i < fn->nblocks; i++)
		cut |= events_cut(l, f, &fn->blocks[i]);
	for (i = 0; i < fn->nlocals; i++)
		cut |= any_cut(l, f, fn->locals[i].defs, fn->locals[i].ndefs);
	return cut | any_cut(l, f, fn->returns, fn->nreturns);
}

void limits_of_facts(struct link *l)
{
	struct program *p = l->p;
	size_t i;

	for (i = 0; i < p->nfunctions; i++)
		if (pointer_cut(l, (uint32_t)i))
			p->functions[i].flags |= FUNC_CUT;
	for (i = 0; i < p->nuses; i++)
		if (p->uses[i].kind == USE_RANGE)
			limit_met_at(l, LIMIT_INIT_RANGE, &p->uses[i].loc,
				     str_intern("initialiser"));
}

void limits_end(struct link *l)
{
	int i;

	for (i = 0; i < LIMIT_COUNT; i++)
		numbers_free(&l->limits->met[i]);
	pthread_mutex_destroy(&l->limits->lock);
	free(l->limits);
	l->limits = NULL;
}
