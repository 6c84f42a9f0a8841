// SPDX-License-Identifier: GPL-2.0-only
/*
 * explore.c - from the entry points down the calls: all contexts, and the writes in them.
 *
 * Contexts that differ are kept apart (context.c), so a helper that is called unlocked in probe
 * and locked in ioctl is locked at runtime, and the chain of calls that led to a context holds
 * exactly its locks.  Callers are explored before callees outside cycles, so that a function has
 * all its contexts when its turn comes.
 */
#include <pthread.h>

#include "explore.h"
#include "broken.h"
#include "callgraph.h"
#include "entries.h"
#include "lock_intern.h"
#include "shortest.h"
#include "threads.h"
#include "visit.h"

/* So many functions take their turns at the same time, at most. */
#define TURNS 64
/* A thread that waits is woken for so many turns, which cost about as much as to wake it. */
#define WORTH_WAKING 4

struct turns {
	struct explorer *x;
	struct visit of[TURNS];

	/* The functions of a cycle have many turns, and keep their actions until the next cycle. */
	struct actions *kept; /* by place in the cycle */
	uint32_t nkept;
	uint32_t stage; /* of the agenda: the cycle, or NONE */

	pthread_mutex_t lock; /* of all that follows */
	pthread_cond_t more;  /* turns, or none any more */
	pthread_cond_t some_worked;
	/* Numbers of turns; turn i is of[i % TURNS]: */
	size_t next;  /* the first one that no thread works at, or did */
	size_t begun; /* none from this one on is begun */
	bool worked[TURNS];
	bool over;
};

/* --- one function after the other */

static void forget_actions(struct turns *t)
{
	uint32_t i;

	for (i = 0; i < t->nkept; i++)
		actions_free(&t->kept[i]);
	free(t->kept);
	t->kept = NULL;
	t->nkept = 0;
}

static void keep_actions(struct turns *t)
{
	const struct agenda *a = &t->x->agenda;

	if (t->stage == a->now)
		return;
	forget_actions(t);
	t->stage = a->now;
	if (!agenda_is_cycle(a))
		return;
	t->nkept = a->first[a->now + 1] - a->first[a->now];
	t->kept = xcalloc(t->nkept, sizeof(*t->kept));
}

static struct actions *actions_of(const struct turns *t, uint32_t f)
{
	const struct agenda *a = &t->x->agenda;

	return t->kept ? &t->kept[a->position[f] - a->first[a->now]] : NULL;
}

/* Works at the first turn that no thread works at; with t->lock held. */
static void work_at_next(struct turns *t, struct link *l)
{
	size_t i = t->next++ % TURNS;

	pthread_mutex_unlock(&t->lock);
	visit_work(&t->of[i], l);
	pthread_mutex_lock(&t->lock);
	t->worked[i] = true;
	pthread_cond_signal(&t->some_worked);
}

/* A thread that helps. */
static void help(struct turns *t, struct link *l)
{
	pthread_mutex_lock(&t->lock);
	while (!t->over) {
		if (t->next < t->begun)
			work_at_next(t, l);
		else
			pthread_cond_wait(&t->more, &t->lock);
	}
	pthread_mutex_unlock(&t->lock);
}

/* Begins a turn, if one may begin before turn `ended` and later ones have ended. */
static bool begin_turn(struct turns *t, size_t ended)
{
	struct agenda *a = &t->x->agenda;
	uint32_t before = NONE, f;
	size_t i;

	if (t->begun - ended >= TURNS)
		return false;
	for (i = ended; i < t->begun; i++)
		if (agenda_next(a, t->of[i % TURNS].f) < before)
			before = agenda_next(a, t->of[i % TURNS].f);
	f = agenda_take(a, t->begun == ended, before);
	if (f == NONE)
		return false;
	keep_actions(t);
	visit_begin(&t->of[t->begun % TURNS], t->x, f, actions_of(t, f));
	pthread_mutex_lock(&t->lock);
	t->worked[t->begun++ % TURNS] = false;
	if (t->begun - t->next >= WORTH_WAKING)
		pthread_cond_signal(&t->more);
	pthread_mutex_unlock(&t->lock);
	return true;
}

/* Waits until the turn is worked at, and works at others meanwhile. */
static void finish_turn(struct turns *t, size_t turn)
{
	pthread_mutex_lock(&t->lock);
	while (!t->worked[turn % TURNS]) {
		if (t->next < t->begun)
			work_at_next(t, t->x->l);
		else
			pthread_cond_wait(&t->some_worked, &t->lock);
	}
	pthread_mutex_unlock(&t->lock);
}

/*
 * Explores until no function has contexts left to be explored.  As many turns as may begin do so before the next one
 * ends.
 */
static void explore_all(struct turns *t)
{
	size_t ended = t->begun;

	for (;;) {
		while (begin_turn(t, ended))
			;
		if (ended == t->begun)
			return;
		finish_turn(t, ended);
		visit_end(&t->of[ended++ % TURNS], t->x);
	}
}

/* --- all contexts */

static void explore(struct turns *t)
{
	struct explorer *x = t->x;
	struct unseen unseen = { 0 };

	entries_add(x->l, x);
	explore_all(t);
	while (entries_add_unseen(x->l, x, &unseen))
		explore_all(t);
	pthread_mutex_lock(&t->lock);
	t->over = true;
	pthread_cond_broadcast(&t->more);
	pthread_mutex_unlock(&t->lock);
}

static void explore_or_help(struct link *l, void *ctx)
{
	struct turns *t = ctx;

	if (l == t->x->l)
		explore(t);
	else
		help(t, l);
}

void contexts_explore(struct link *l)
{
	struct explorer *x = l->explorer = arena_alloc(l->arena, sizeof(*x));
	struct turns t = { .x = x,
			   .stage = NONE,
			   .lock = PTHREAD_MUTEX_INITIALIZER,
			   .more = PTHREAD_COND_INITIALIZER,
			   .some_worked = PTHREAD_COND_INITIALIZER };
	size_t i;

	explorer_begin(x, l);
	threads_run(l, explore_or_help, &t);
	forget_actions(&t);
	for (i = 0; i < TURNS; i++)
		visit_free(&t.of[i]);
	contexts_shorten(x);
	explorer_done(x);
	lockset_unions_forget(l);
}

void contexts_free(struct link *l)
{
	explorer_end(l->explorer);
	l->explorer = NULL;
}

/* --- */

/* Each context is an entry point, or was reached by a call from a context nearer to one. */
static void check_parent(const struct link *l, const struct context *n)
{
	const struct explorer *x = l->explorer;
	const struct context *p;

	if (n->parent == NONE) {
		if (n->depth)
			broken(l, "contexts", n->function, "an entry point at depth %u", n->depth);
		return;
	}
	if (n->parent >= x->n)
		broken(l, "contexts", n->function, "a context with parent %u of %zu", n->parent,
		       x->n);
	p = &x->contexts[n->parent];
	if (p->depth + 1 != n->depth)
		broken(l, "contexts", n->function, "at depth %u, with a parent at depth %u",
		       n->depth, p->depth);
	if (n->parent_call >= l->p->functions[p->function].ncalls ||
	    !callgraph_has(l, p->function, n->function))
		broken(l, "contexts", n->function,
		       "entered by call %u of %s, which does not call it", n->parent_call,
		       str_get(l->p->functions[p->function].key));
}

static void check_writes(const struct link *l)
{
	const struct explorer *x = l->explorer;
	size_t i;

	for (i = 0; i < x->nwrites; i++) {
		const struct reached_write *w = &x->writes[i];

		if (w->context >= x->n || x->contexts[w->context].dropped || !w->point || !w->held)
			broken(l, "contexts", NONE, "write %zu is in context %u of %zu", i,
			       w->context, x->n);
	}
}

void contexts_check(const struct link *l)
{
	const struct explorer *x = l->explorer;
	uint32_t f, at;

	for (f = 0; f < l->p->nfunctions; f++) {
		if (x->of[f].todo != NONE)
			broken(l, "contexts", f, "context %u was not explored", x->of[f].todo);
		for (at = x->of[f].first; at != NONE; at = x->contexts[at].next) {
			if (x->contexts[at].function != f || !l->explored[f])
				broken(l, "contexts", f, "it has a context of function %u",
				       x->contexts[at].function);
			check_parent(l, &x->contexts[at]);
		}
	}
	check_writes(l);
}
