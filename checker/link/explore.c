// SPDX-License-Identifier: GPL-2.0-only
/*
 * explore.c - from the entry points down the calls: all contexts, and the writes in them.
 *
 * Contexts that differ are kept apart (context.c), so a helper that is called unlocked in probe
 * and locked in ioctl is locked at runtime, and the chain of calls that led to a context holds
 * exactly its locks.  Callers are explored before callees outside cycles, so that a function has
 * all its contexts when its turn comes.
 */
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
/* So many contexts are in inboxes before all of these are emptied, to bound memory. */
#define UNDERWAY 500000
/* A thread empties so many inboxes at a time. */
#define INBOXES 64

struct turns {
	struct explorer *x;
	struct visit of[TURNS];

	/* The functions of a cycle have many turns, and keep their actions until the next cycle. */
	struct actions *kept; /* by place in the cycle */
	uint32_t nkept;
	uint32_t stage; /* of the agenda: the cycle, or NONE */

	struct context_adder adder; /* of the thread that begins and ends turns */
	uint32_t *full;		    /* functions whose inboxes are to be emptied */
	size_t full_cap;
	size_t underway; /* contexts that were sent since then, at most so many are in inboxes */

	/*
	 * Numbers of turns; turn i is of[i % TURNS].  What follows is read by all threads, and changed by atomic
	 * operations alone; the order in which they see that is the one of the program.
	 */
	size_t next;  /* the first one that no thread works at, or did */
	size_t begun; /* none from this one on is begun */
	bool worked[TURNS];
	size_t nfull;	       /* functions whose inboxes are to be emptied; 0: none */
	size_t taken, emptied; /* of these: a thread works at them, or did; are emptied */
	bool over;
	struct nap helpers; /* until there is something to do */
	struct nap first;   /* of the thread that ends turns: until what others do is done */
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

static size_t get(const size_t *p)
{
	return __atomic_load_n(p, __ATOMIC_SEQ_CST);
}

static void set(size_t *p, size_t to)
{
	__atomic_store_n(p, to, __ATOMIC_SEQ_CST);
}

/* Takes the next `n` numbers from *from on, if they begin before *end.  Returns their first, or SIZE_MAX. */
static size_t take(size_t *from, const size_t *end, size_t n)
{
	size_t i = get(from);

	do {
		if (i >= get(end))
			return SIZE_MAX;
	} while (!__atomic_compare_exchange_n(from, &i, i + n, true, __ATOMIC_SEQ_CST,
					      __ATOMIC_SEQ_CST));
	return i;
}

/* Works at a turn that no thread works at.  Returns false if there is none. */
static bool work_at_turn(struct turns *t, struct context_adder *by)
{
	size_t turn = take(&t->next, &t->begun, 1);

	if (turn == SIZE_MAX)
		return false;
	visit_work(&t->of[turn % TURNS], by);
	__atomic_store_n(&t->worked[turn % TURNS], true, __ATOMIC_SEQ_CST);
	nap_end(&t->first);
	return true;
}

/* Empties some inboxes.  Returns false if no one is left. */
static bool empty_some(struct turns *t, struct context_adder *by)
{
	size_t i = take(&t->taken, &t->nfull, INBOXES), n = get(&t->nfull), k;

	if (i >= n)
		return false;
	if (n > i + INBOXES)
		n = i + INBOXES;
	for (k = i; k < n; k++)
		deliveries_add(inbox_take(t->x, t->full[k]), by);
	__atomic_add_fetch(&t->emptied, n - i, __ATOMIC_SEQ_CST);
	nap_end(&t->first);
	return true;
}

static bool is_over(const struct turns *t)
{
	return __atomic_load_n(&t->over, __ATOMIC_SEQ_CST);
}

static bool has_work(void *ctx)
{
	struct turns *t = ctx;

	return is_over(t) || get(&t->next) < get(&t->begun) || get(&t->taken) < get(&t->nfull);
}

/* A thread that helps. */
static void help(struct turns *t, struct link *l)
{
	struct context_adder by = { .l = l };

	while (!is_over(t))
		if (!empty_some(t, &by) && !work_at_turn(t, &by))
			nap_until(&t->helpers, has_work, t);
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
	t->worked[t->begun % TURNS] = false;
	set(&t->begun, t->begun + 1);
	if (t->begun - get(&t->next) >= WORTH_WAKING)
		nap_end(&t->helpers);
	return true;
}

struct turn_of {
	struct turns *t;
	size_t turn;
};

static bool is_worked(void *ctx)
{
	struct turn_of *w = ctx;

	return __atomic_load_n(&w->t->worked[w->turn % TURNS], __ATOMIC_SEQ_CST);
}

/* Waits until the turn is worked at, and works at others meanwhile. */
static void finish_turn(struct turns *t, size_t turn)
{
	struct turn_of w = { t, turn };

	while (!is_worked(&w))
		if (!work_at_turn(t, &t->adder))
			nap_until(&t->first, is_worked, &w);
}

static bool are_emptied(void *ctx)
{
	struct turns *t = ctx;

	return get(&t->emptied) == get(&t->nfull);
}

/* Empties all inboxes; no turn begins or ends meanwhile. */
static void empty_inboxes(struct turns *t)
{
	size_t n = 0;
	uint32_t f;

	for (f = 0; f < t->x->l->p->nfunctions; f++)
		if (t->x->of[f].inbox)
			*vec_add(t->full, n, t->full_cap) = f;
	set(&t->taken, 0);
	set(&t->emptied, 0);
	set(&t->nfull, n);
	nap_end(&t->helpers);
	while (empty_some(t, &t->adder))
		;
	nap_until(&t->first, are_emptied, t);
	set(&t->nfull, 0);
	t->underway = 0;
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
		t->underway += visit_end(&t->of[ended++ % TURNS], t->x);
		if (t->underway > UNDERWAY)
			empty_inboxes(t);
	}
}

/* --- all contexts */

static void explore(struct turns *t)
{
	struct unseen unseen = { 0 };

	entries_add(&t->adder);
	explore_all(t);
	while (entries_add_unseen(&t->adder, &unseen))
		explore_all(t);
	__atomic_store_n(&t->over, true, __ATOMIC_SEQ_CST);
	nap_end(&t->helpers);
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
	struct turns t = { .stage = NONE, .adder.l = l, .helpers = NAP_INIT, .first = NAP_INIT };
	size_t i;

	explorer_begin(l);
	t.x = l->explorer;
	threads_run(l, explore_or_help, &t);
	forget_actions(&t);
	free(t.full);
	for (i = 0; i < TURNS; i++)
		visit_free(&t.of[i]);
	explorer_done(l);
	contexts_shorten(l);
	lockset_unions_forget(l);
}

void contexts_free(struct link *l)
{
	explorer_end(l);
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
	if (n->parent >= x->ncontexts)
		broken(l, "contexts", n->function, "a context with parent %u of %u", n->parent,
		       x->ncontexts);
	p = context_at(l, n->parent);
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

		if (w->context >= x->ncontexts || context_at(l, w->context)->dropped || !w->point ||
		    !w->held)
			broken(l, "contexts", NONE, "write %zu is in context %u of %u", i,
			       w->context, x->ncontexts);
	}
}

void contexts_check(const struct link *l)
{
	const struct explorer *x = l->explorer;
	uint32_t f, at;

	for (f = 0; f < l->p->nfunctions; f++) {
		if (x->of[f].todo != NONE)
			broken(l, "contexts", f, "context %u was not explored", x->of[f].todo);
		for (at = x->of[f].first; at != NONE; at = context_at(l, at)->next) {
			if (context_at(l, at)->function != f || !l->explored[f])
				broken(l, "contexts", f, "it has a context of function %u",
				       context_at(l, at)->function);
			check_parent(l, context_at(l, at));
		}
	}
	check_writes(l);
}
