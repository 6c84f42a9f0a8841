// SPDX-License-Identifier: GPL-2.0-only
/* inbox.c - contexts on their way to the functions that they are of. */
#include <stdlib.h>

#include "inbox.h"

/* So many contexts ahead, memory is asked for. */
#define LOOK_AHEAD 4

struct parcel *parcel_new(uint32_t nfunctions, size_t room, struct context **contexts)
{
	struct parcel *p = xmalloc(sizeof(*p) + nfunctions * sizeof(p->deliveries[0]) +
				   room * sizeof(**contexts));

	p->left = p->ndeliveries = nfunctions;
	*contexts = (struct context *)&p->deliveries[nfunctions];
	return p;
}

static void leave(struct parcel *p, uint32_t n)
{
	if (!__atomic_sub_fetch(&p->left, n, __ATOMIC_ACQ_REL))
		free(p);
}

size_t parcel_send(struct parcel *p, struct explorer *x)
{
	uint32_t i, none = 1; /* (of the sender, so that p lives until all are sent) */
	size_t n = 0;

	p->left++;
	for (i = 0; i < p->ndeliveries; i++) {
		struct delivery *a = &p->deliveries[i];
		struct contexts_of *of = &x->of[a->function];

		if (!a->n) {
			none++;
			continue;
		}
		a->next = NULL;
		a->parcel = p;
		if (of->inbox)
			of->inbox_end->next = a;
		else
			of->inbox = a;
		of->inbox_end = a;
		n += a->n;
		agenda_add(&x->agenda, a->function);
	}
	leave(p, none);
	return n;
}

struct delivery *inbox_take(struct explorer *x, uint32_t f)
{
	struct delivery *first = x->of[f].inbox;

	x->of[f].inbox = NULL;
	return first;
}

static void add(const struct delivery *a, struct context_adder *by)
{
	uint32_t i;

	for (i = 0; i < a->n; i++) {
		if (i + LOOK_AHEAD < a->n)
			context_expect(by->l, &a->contexts[i + LOOK_AHEAD]);
		context_add(by, &a->contexts[i]);
	}
}

void deliveries_add(struct delivery *a, struct context_adder *by)
{
	struct delivery *next;

	for (; a; a = next) {
		next = a->next;
		add(a, by);
		leave(a->parcel, 1);
	}
}
