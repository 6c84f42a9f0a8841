// SPDX-License-Identifier: GPL-2.0-only
/* threads.c - share the work of a pass among threads. */
#include "threads.h"
#include "callgraph.h"
#include "lock_intern.h"
#include "point_states.h"

/* --- threads */

struct link_thread {
	struct link l;
	struct arena arena;
	pthread_t thread;
	void (*work)(struct link *l, void *ctx);
	void *ctx;
};

static void *run_thread(void *arg)
{
	struct link_thread *w = arg;

	w->work(&w->l, w->ctx);
	return NULL;
}

/* Returns false if the system makes no thread. */
static bool start(struct link_thread *w, const struct link *l)
{
	w->l = *l;
	w->l.arena = &w->arena;
	lock_intern_share(&w->l);
	point_states_share(&w->l);
	if (!pthread_create(&w->thread, NULL, run_thread, w))
		return true;
	lock_intern_unshare(&w->l);
	point_states_unshare(&w->l);
	return false;
}

static void finish(struct link_thread *w, struct link *l)
{
	if (pthread_join(w->thread, NULL))
		die("cannot wait for a thread");
	lock_intern_unshare(&w->l);
	point_states_unshare(&w->l);
	arena_adopt(l->arena, &w->arena);
}

void threads_run(struct link *l, void (*work)(struct link *l, void *ctx), void *ctx)
{
	struct link_thread *threads = xcalloc(l->jobs, sizeof(*threads));
	size_t n, i;

	for (n = 0; n + 1 < l->jobs; n++) {
		threads[n].work = work;
		threads[n].ctx = ctx;
		if (!start(&threads[n], l))
			break;
	}
	work(l, ctx);
	for (i = 0; i < n; i++)
		finish(&threads[i], l);
	free(threads);
}

/* --- waiting */

/* A thread looks so many times before it sleeps: some 20 microseconds. */
#define LOOKS 2000

static void pause_shortly(void)
{
#if defined(__x86_64__) || defined(__i386__)
	__builtin_ia32_pause();
#elif defined(__aarch64__)
	__asm__ volatile("yield");
#endif
}

void nap_until(struct nap *n, bool (*ready)(void *ctx), void *ctx)
{
	int i;

	for (i = 0; i < LOOKS; i++) {
		if (ready(ctx))
			return;
		pause_shortly();
	}
	pthread_mutex_lock(&n->lock);
	__atomic_add_fetch(&n->sleepers, 1, __ATOMIC_SEQ_CST);
	while (!ready(ctx))
		pthread_cond_wait(&n->wake, &n->lock);
	__atomic_sub_fetch(&n->sleepers, 1, __ATOMIC_SEQ_CST);
	pthread_mutex_unlock(&n->lock);
}

void nap_end(struct nap *n)
{
	/* Who sleeps counts itself first, and looks once more then: it sees the change, or is seen here. */
	if (!__atomic_load_n(&n->sleepers, __ATOMIC_SEQ_CST))
		return;
	pthread_mutex_lock(&n->lock);
	pthread_cond_broadcast(&n->wake);
	pthread_mutex_unlock(&n->lock);
}

/* --- callees before callers */

struct bottom_up {
	void (*each)(struct link *l, uint32_t f);
	uint32_t *position;   /* by function: in l->bottom_up */
	uint32_t *waits;      /* by function: how many come first; NONE: it is not asked for */
	pthread_mutex_t lock; /* of all that follows, and of `waits` */
	pthread_cond_t ready;
	uint32_t *stack; /* functions that wait for nothing */
	size_t n;
	size_t left; /* functions that are not done */
};

/*
 * Calls with() for each function behind `f` in the order that waits for it: its callers, and those that it calls
 * in a cycle, of which it must know nothing yet.
 */
static void each_waiting(struct bottom_up *b, const struct link *l, uint32_t f,
			 void (*with)(struct bottom_up *b, uint32_t later))
{
	const struct callgraph_node *g = &l->callgraph[f];
	uint32_t i, to;

	for (i = 0; i < g->ncallers + g->ntargets; i++) {
		to = i < g->ncallers ? g->callers[i] : g->targets[i - g->ncallers];
		if (b->waits[to] != NONE && b->position[to] > b->position[f])
			with(b, to);
	}
}

static void wait_more(struct bottom_up *b, uint32_t later)
{
	b->waits[later]++;
}

static void wait_less(struct bottom_up *b, uint32_t later)
{
	if (--b->waits[later])
		return;
	b->stack[b->n++] = later;
	pthread_cond_signal(&b->ready);
}

static void take_functions(struct link *l, void *ctx)
{
	struct bottom_up *b = ctx;
	uint32_t f;

	pthread_mutex_lock(&b->lock);
	for (;;) {
		while (!b->n && b->left)
			pthread_cond_wait(&b->ready, &b->lock);
		if (!b->left)
			break;
		f = b->stack[--b->n];
		pthread_mutex_unlock(&b->lock);
		b->each(l, f);
		pthread_mutex_lock(&b->lock);
		each_waiting(b, l, f, wait_less);
		if (!--b->left)
			pthread_cond_broadcast(&b->ready);
	}
	pthread_mutex_unlock(&b->lock);
}

static void bottom_up_begin(struct bottom_up *b, const struct link *l, const bool *which)
{
	size_t n = l->p->nfunctions, i;
	uint32_t f;

	b->position = xmalloc((n + 1) * sizeof(*b->position));
	b->waits = xmalloc((n + 1) * sizeof(*b->waits));
	b->stack = xmalloc((n + 1) * sizeof(*b->stack));
	for (i = 0; i < n; i++) {
		b->position[l->bottom_up[i]] = (uint32_t)i;
		b->waits[i] = !which || which[i] ? 0 : NONE;
		b->left += b->waits[i] != NONE;
	}
	for (f = 0; f < n; f++)
		if (b->waits[f] != NONE)
			each_waiting(b, l, f, wait_more);
	for (i = n; i-- > 0;)
		if (!b->waits[l->bottom_up[i]])
			b->stack[b->n++] = l->bottom_up[i];
}

void threads_bottom_up(struct link *l, const bool *which, void (*each)(struct link *l, uint32_t f))
{
	struct bottom_up b = { .each = each,
			       .lock = MUTEX_INIT,
			       .ready = PTHREAD_COND_INITIALIZER };

	bottom_up_begin(&b, l, which);
	threads_run(l, take_functions, &b);
	free(b.position);
	free(b.waits);
	free(b.stack);
}
