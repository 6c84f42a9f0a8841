// SPDX-License-Identifier: GPL-2.0-only
/* limit.c - notes where a limit of the analysis is met. */
#include "limit.h"
#include "base/numbers.h"

/* Where each limit was met, told apart. */
struct limits {
	struct numbers met[LIMIT_COUNT];
};

static bool comes_before(const struct loc *at, str name, const struct limit_use *use)
{
	int c = strcmp(str_get(at->file), str_get(use->at.file));

	if (!c && at->line != use->at.line)
		c = at->line < use->at.line ? -1 : 1;
	return c ? c < 0 : strcmp(str_get(name), str_get(use->name)) < 0;
}

void limit_met_at(const struct link *l, enum limit limit, const struct loc *at, str name)
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

void limit_met(const struct link *l, enum limit limit, uint32_t f)
{
	const struct function *fn = &l->p->functions[f];

	limit_met_at(l, limit, &fn->loc, fn->name);
}

void limits_begin(struct link *l)
{
	l->limits = xcalloc(1, sizeof(*l->limits));
	memset(l->p->limits, 0, sizeof(l->p->limits));
}

void limits_end(struct link *l)
{
	int i;

	for (i = 0; i < LIMIT_COUNT; i++)
		numbers_free(&l->limits->met[i]);
	free(l->limits);
	l->limits = NULL;
}
