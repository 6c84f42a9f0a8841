// SPDX-License-Identifier: GPL-2.0-only
/* kept.c - which pointers the program keeps in a member. */
#include "kept.h"
#include "base/util.h"

struct kept {
	struct kept_pointer *all; /* sorted by member */
	size_t n, cap;
};

static int by_member(const void *a, const void *b)
{
	const struct kept_pointer *x = a, *y = b;

	if (x->record != y->record)
		return x->record < y->record ? -1 : 1;
	return x->field < y->field ? -1 : x->field > y->field;
}

static void note_stores(struct link *l, uint32_t f)
{
	const struct function *fn = &l->p->functions[f];
	uint32_t b, e;

	for (b = 0; b < fn->nblocks; b++)
		for (e = 0; e < fn->blocks[b].nevents; e++) {
			const struct event *ev = &fn->blocks[b].events[e];

			if (ev->kind == EV_STORE && ev->field && ev->obj->type &&
			    ev->src->root != ROOT_NULL && ev->src->root != ROOT_FUNC)
				*vec_add(l->kept->all, l->kept->n, l->kept->cap) =
					(struct kept_pointer){ ev->obj->type, ev->field, f,
							       ev->src,	      NONE,	 NONE };
		}
}

/* Addresses of members that are no records: a callee may store a pointer there. */
static void note_arguments(struct link *l, uint32_t f)
{
	const struct function *fn = &l->p->functions[f];
	uint32_t c, a;

	for (c = 0; c < fn->ncalls; c++)
		for (a = 0; a < fn->calls[c].nargs; a++) {
			const struct path *p = fn->calls[c].args[a];
			const struct step *s = p->nsteps ? &p->steps[p->nsteps - 1] : NULL;

			if (s && !p->type && s->kind == STEP_FIELD)
				*vec_add(l->kept->all, l->kept->n, l->kept->cap) =
					(struct kept_pointer){ s->record, s->field, f, NULL, c, a };
		}
}

void kept_find(struct link *l)
{
	uint32_t f;

	l->kept = xcalloc(1, sizeof(*l->kept));
	for (f = 0; f < l->p->nfunctions; f++) {
		note_stores(l, f);
		note_arguments(l, f);
	}
	if (l->kept->n)
		qsort(l->kept->all, l->kept->n, sizeof(*l->kept->all), by_member);
}

void kept_free(struct link *l)
{
	free(l->kept->all);
	free(l->kept);
	l->kept = NULL;
}

/* The first of those that are not before the member. */
static size_t lower_bound(const struct kept *k, const struct kept_pointer *key)
{
	size_t low = 0, high = k->n;

	while (low < high) {
		size_t mid = (low + high) / 2;

		if (by_member(&k->all[mid], key) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

const struct kept_pointer *kept_in_member(const struct link *l, str record, str field, size_t *n)
{
	const struct kept_pointer key = { .record = record, .field = field };
	size_t first = lower_bound(l->kept, &key), end = first;

	while (end < l->kept->n && !by_member(&l->kept->all[end], &key))
		end++;
	*n = end - first;
	return &l->kept->all[first];
}
