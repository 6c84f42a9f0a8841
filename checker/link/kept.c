// SPDX-License-Identifier: GPL-2.0-only
/* kept.c - which pointers the program keeps in a member. */
#include "kept.h"
#include "base/mutex.h"
#include "base/util.h"

struct kept {
	pthread_mutex_t lock;	  /* of all, until they are found */
	bool found;		  /* atomic */
	struct kept_pointer *all; /* once they are asked for: by bucket, then member */
	size_t n, cap;
	size_t nbuckets, *end; /* of each bucket, in `all` */
};

static int by_member(const void *a, const void *b)
{
	const struct kept_pointer *x = a, *y = b;

	if (x->record != y->record)
		return x->record < y->record ? -1 : 1;
	return x->field < y->field ? -1 : x->field > y->field;
}

static void note_stores(const struct link *l, uint32_t f)
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
static void note_arguments(const struct link *l, uint32_t f)
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

/* How many pointers a bucket has, on average. */
#define BUCKET 4

static size_t bucket_of(const struct kept *k, str record, str field)
{
	return hash_mix(HASH_SEED, (uint64_t)record << 32 | field) % k->nbuckets;
}

/* Sorts by bucket, and in each bucket by member. */
static void sort(struct kept *k)
{
	struct kept_pointer *sorted = xcalloc(k->n + 1, sizeof(*sorted));
	size_t i;

	k->nbuckets = k->n / BUCKET + 1;
	k->end = xcalloc(k->nbuckets + 1, sizeof(*k->end));
	for (i = 0; i < k->n; i++)
		k->end[bucket_of(k, k->all[i].record, k->all[i].field) + 1]++;
	for (i = 0; i < k->nbuckets; i++)
		k->end[i + 1] += k->end[i];
	for (i = 0; i < k->n; i++)
		sorted[k->end[bucket_of(k, k->all[i].record, k->all[i].field)]++] = k->all[i];
	free(k->all);
	k->all = sorted;
	for (i = 0; i < k->nbuckets; i++) {
		size_t first = i ? k->end[i - 1] : 0;

		if (k->end[i] - first > 1)
			qsort(k->all + first, k->end[i] - first, sizeof(*k->all), by_member);
	}
}

void kept_begin(struct link *l)
{
	l->kept = xcalloc(1, sizeof(*l->kept));
	l->kept->lock = MUTEX_INIT;
}

static void find(const struct link *l)
{
	uint32_t f;

	for (f = 0; f < l->p->nfunctions; f++) {
		note_stores(l, f);
		note_arguments(l, f);
	}
	sort(l->kept);
}

/* The first thread that asks finds them. */
static void find_once(const struct link *l)
{
	struct kept *k = l->kept;

	if (__atomic_load_n(&k->found, __ATOMIC_ACQUIRE))
		return;
	pthread_mutex_lock(&k->lock);
	if (!k->found)
		find(l);
	__atomic_store_n(&k->found, true, __ATOMIC_RELEASE);
	pthread_mutex_unlock(&k->lock);
}

void kept_free(struct link *l)
{
	pthread_mutex_destroy(&l->kept->lock);
	free(l->kept->all);
	free(l->kept->end);
	free(l->kept);
	l->kept = NULL;
}

const struct kept_pointer *kept_in_member(const struct link *l, str record, str field, size_t *n)
{
	const struct kept_pointer key = { .record = record, .field = field };
	struct kept *k = l->kept;
	size_t bucket, first, end;

	find_once(l);
	bucket = bucket_of(k, record, field);
	first = bucket ? k->end[bucket - 1] : 0;
	while (first < k->end[bucket] && by_member(&k->all[first], &key))
		first++;
	end = first;
	while (end < k->end[bucket] && !by_member(&k->all[end], &key))
		end++;
	*n = end - first;
	return &k->all[first];
}
