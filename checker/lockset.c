// SPDX-License-Identifier: GPL-2.0-only
/*
 * lockset.c - must-hold locksets inside each function, and what a call of it
 * takes, drops or asserts for its caller.
 *
 * One forward pass per function, callees first: at every point the locks taken
 * since entry on all paths, and those dropped since entry on some path.  The
 * locks of a caller are joined in later (phase.c), so one pass serves all.
 */
#include "link.h"
#include "linuxmodel.h"

#define PENDING_MAX 6

/* A lock that is held if a result says so; it stays until the lock is released. */
struct pending {
	uint32_t lock, mode, result, call, local;
	bool negated;		/* the local has the opposite of the result */
};

struct state {
	bool reached;
	uint64_t exclusive, shared;		/* taken since entry */
	uint64_t asserted, asserted_shared;	/* said to be held since entry */
	uint64_t released;			/* the caller's, dropped and not taken again */
	uint64_t released_shared;		/* only if the caller has it shared */
	uint64_t maybe;				/* taken since entry on some path */
	uint64_t published;
	uint32_t npending;
	struct pending pending[PENDING_MAX];
	uint32_t known_local;	/* local whose last test is known here, or NONE */
	bool known_nonzero;
};

struct flow {
	struct link *l;
	uint32_t f;
	const struct function *fn;
	struct func_info *info;
	struct state *in;		/* per block */
	struct effects summary;
	struct point *points;
	size_t npoints, points_cap;
};

/* May a release of lock r be one of lock h? */
static bool may_be_same(const struct lock *r, const struct lock *h)
{
	if (r->name != h->name)
		return false;
	return same_object(&r->path, &h->path) || r->path.root == ROOT_UNKNOWN ||
	       h->path.root == ROOT_UNKNOWN || r->path.root == ROOT_LOCAL ||
	       r->path.root == ROOT_CALL;
}

static void acquire(struct state *s, uint32_t lock, uint32_t mode)
{
	uint64_t bit = UINT64_C(1) << lock;

	s->exclusive &= ~bit;
	s->shared &= ~bit;
	s->released &= ~bit;
	s->released_shared &= ~bit;	/* dropped and taken again: as the caller left it */
	*(mode == MODE_EXCLUSIVE ? &s->exclusive : &s->shared) |= bit;
}

static void drop_pending(struct state *s, uint32_t i)
{
	s->pending[i] = s->pending[--s->npending];
}

static void release(const struct flow *w, struct state *s, uint32_t lock, uint32_t mode)
{
	uint64_t held = s->exclusive | s->shared | s->asserted | s->asserted_shared;
	uint64_t drop = UINT64_C(1) << lock;
	uint32_t i;

	/* Taken here: dropped here.  Otherwise it was the caller's, too. */
	if (!((s->exclusive | s->shared) & drop))
		*(mode == MODE_SHARED ? &s->released_shared : &s->released) |= drop;
	if (!(held & drop))
		for (i = 0; i < w->info->nlocks; i++)
			if (held >> i & 1 &&
			    may_be_same(&w->info->locks[lock], &w->info->locks[i]))
				drop |= UINT64_C(1) << i;
	/* The end of a reader, or of a reference, is not the end of a writer. */
	if (mode == MODE_SHARED)
		drop &= ~(s->exclusive | s->asserted);
	s->exclusive &= ~drop;
	s->shared &= ~drop;
	s->asserted &= ~drop;
	s->asserted_shared &= ~drop;
	s->maybe &= ~drop;
	for (i = 0; i < s->npending;)
		if (drop >> s->pending[i].lock & 1)
			drop_pending(s, i);
		else
			i++;
}

static void forget_local(struct state *s, uint32_t local)
{
	uint32_t i = 0;

	if (local == NONE)
		return;
	if (s->known_local == local)
		s->known_local = NONE;
	while (i < s->npending)
		if (s->pending[i].local == local)
			drop_pending(s, i);
		else
			i++;
}

static void apply_effect(const struct flow *w, struct state *s, const struct lock_effect *e,
			 uint32_t call)
{
	uint64_t bit = UINT64_C(1) << e->lock;

	if (e->op == OP_RELEASE)
		release(w, s, e->lock, e->mode);
	else if (e->op == OP_ASSERT)
		*(e->mode == MODE_EXCLUSIVE ? &s->asserted : &s->asserted_shared) |= bit;
	else if (e->result == RESULT_ALWAYS)
		acquire(s, e->lock, e->mode);
	else if (e->result == RESULT_MAYBE && !w->fn->calls[call].is_guard)
		return;
	else if (s->npending < PENDING_MAX)
		s->pending[s->npending++] = (struct pending){
			e->lock, e->mode, e->result == RESULT_ZERO ? RESULT_ZERO : RESULT_NONZERO,
			call, w->fn->calls[call].dst,
			w->fn->calls[call].negated,
		};
}

static bool visible(struct flow *w, const struct path *obj, const struct state *s)
{
	int bit = fresh_bit(w->l, w->f, obj);

	if (obj->root == ROOT_STACK)
		return false;
	return bit < 0 || s->published >> bit & 1;
}

static void publish_args(struct flow *w, struct state *s, uint32_t call)
{
	const struct call *c = &w->fn->calls[call];
	const struct func_info *info = w->info;
	uint32_t a, j, t;

	for (a = 0; a < c->nargs && a < 8; a++) {
		struct path arg = resolve_path(w->l, w->f, &c->args[a]);
		int bit = fresh_bit(w->l, w->f, &arg);
		uint64_t into = 0;

		if (bit < 0)
			continue;
		for (t = info->first_target[call]; t < info->first_target[call + 1]; t++)
			into |= w->l->info[info->targets[t]].into[a];
		if (c->kind == CALLEE_DIRECT &&
		    linuxmodel_publish_arg(w->l->model, str_unqualified(c->name)) == (int)a)
			into |= INTO_WORLD;
		for (j = 0; j < c->nargs && j < 62; j++)
			if (into >> j & 1) {
				struct path other = resolve_path(w->l, w->f, &c->args[j]);

				if (visible(w, &other, s))
					into |= INTO_WORLD;
			}
		if (into & INTO_WORLD)
			s->published |= UINT64_C(1) << bit;
	}
}

static void publish_store(struct flow *w, struct state *s, const struct event *e)
{
	struct path src = resolve_path(w->l, w->f, &e->src), obj;
	int bit = fresh_bit(w->l, w->f, &src);

	if (bit < 0)
		return;
	obj = resolve_path(w->l, w->f, &e->obj);
	if (visible(w, &obj, s) && fresh_bit(w->l, w->f, &obj) != bit)
		s->published |= UINT64_C(1) << bit;
}

static void unpublish_result(const struct flow *w, struct state *s, uint32_t call)
{
	uint32_t i;

	/* The next round of a loop allocates another object. */
	for (i = 0; i < w->info->nfresh; i++)
		if (w->info->fresh[i] == call)
			s->published &= ~(UINT64_C(1) << i);
}

static void apply_call(struct flow *w, struct state *s, uint32_t call)
{
	uint32_t i;

	forget_local(s, w->fn->calls[call].dst);
	for (i = 0; i < s->npending;)
		if (s->pending[i].call == call)
			drop_pending(s, i);
		else
			i++;
	unpublish_result(w, s, call);
	for (i = w->info->first_effect[call]; i < w->info->first_effect[call + 1]; i++)
		apply_effect(w, s, &w->info->effects[i], call);
	if (w->info->nfresh)
		publish_args(w, s, call);
}

/* The guard's destructor drops what its constructor took. */
static void end_scope(struct flow *w, struct state *s, uint32_t call)
{
	uint32_t i;

	for (i = w->info->first_effect[call]; i < w->info->first_effect[call + 1]; i++)
		if (w->info->effects[i].op == OP_ACQUIRE) {
			uint64_t bit = UINT64_C(1) << w->info->effects[i].lock;

			s->exclusive &= ~bit;
			s->shared &= ~bit;
		}
	for (i = 0; i < s->npending;)
		if (s->pending[i].call == call)
			drop_pending(s, i);
		else
			i++;
}

static void apply_event(struct flow *w, struct state *s, const struct event *e)
{
	switch (e->kind) {
	case EV_CALL:
		apply_call(w, s, e->call);
		break;
	case EV_SET:
		forget_local(s, e->local);
		if (e->value) {
			s->known_local = e->local;
			s->known_nonzero = strcmp(str_get(e->value), "0") != 0;
		}
		break;
	case EV_SCOPE_END:
		end_scope(w, s, e->call);
		break;
	case EV_STORE:
		if (w->info->nfresh)
			publish_store(w, s, e);
		break;
	}
}

/* The local whose content the call gives back (class_X_lock_ptr(&scope)), or NONE. */
static uint32_t call_reads_local(const struct flow *w, uint32_t call)
{
	const struct call *c = call == NONE ? NULL : &w->fn->calls[call];
	const struct func_info *t;

	if (!c || w->info->first_target[call + 1] != w->info->first_target[call] + 1)
		return NONE;
	t = &w->l->info[w->info->targets[w->info->first_target[call]]];
	if (t->return_value != RET_PATH || t->return_path.root != ROOT_PARAM ||
	    t->return_path.index >= c->nargs || !t->return_path.nsteps)
		return NONE;
	return c->args[t->return_path.index].root == ROOT_STACK ?
		       c->args[t->return_path.index].index : NONE;
}

/* What successor `which` of a tested branch tells about results not tested before. */
static void apply_test(const struct flow *w, struct state *s, const struct block *b,
		       uint32_t which)
{
	uint32_t content = call_reads_local(w, b->test_call);
	bool holds = (which == 0) != b->negate;
	uint32_t i;

	if ((b->test != TEST_NONZERO && b->test != TEST_NEGATIVE) || b->nsuccs != 2)
		return;
	for (i = 0; i < s->npending; i++) {
		struct pending p = s->pending[i];
		bool same = (b->test_call != NONE && p.call == b->test_call) ||
			    (b->test_local != NONE && p.local == b->test_local) ||
			    (content != NONE && p.local == content);
		bool by_local = b->test_call == NONE || p.call != b->test_call;
		bool nonzero = holds != (by_local && p.negated);
		bool taken = b->test == TEST_NONZERO ? (p.result == RESULT_NONZERO) == nonzero :
						       p.result == RESULT_ZERO && !holds;

		if (same && taken)
			acquire(s, p.lock, p.mode);
	}
	if (b->test_local != NONE && (b->test == TEST_NONZERO || holds)) {
		s->known_local = b->test_local;
		s->known_nonzero = holds;
	}
}

static bool has_pending(const struct state *s, const struct pending *p)
{
	uint32_t i;

	for (i = 0; i < s->npending; i++)
		if (s->pending[i].lock == p->lock && s->pending[i].call == p->call &&
		    s->pending[i].result == p->result && s->pending[i].local == p->local)
			return true;
	return false;
}

static uint64_t may_hold(const struct state *s)
{
	uint64_t out = s->maybe | s->exclusive | s->shared;
	uint32_t i;

	for (i = 0; i < s->npending; i++)
		out |= UINT64_C(1) << s->pending[i].lock;
	return out;
}

/* Must for what is held, may for what was released or published. */
static bool join(struct state *into, const struct state *s)
{
	struct state old = *into;
	uint64_t any, sany;
	uint32_t i = 0;

	if (!into->reached) {
		*into = *s;
		into->reached = true;
		into->maybe = may_hold(s);
		return true;
	}
	any = (into->exclusive | into->shared) & (s->exclusive | s->shared);
	sany = (into->asserted | into->asserted_shared) & (s->asserted | s->asserted_shared);
	into->exclusive &= s->exclusive;
	into->shared = any & ~into->exclusive;
	into->asserted &= s->asserted;
	into->asserted_shared = sany & ~into->asserted;
	into->released |= s->released;
	into->released_shared |= s->released_shared;
	into->maybe |= may_hold(s);
	into->published |= s->published;
	while (i < into->npending)
		if (has_pending(s, &into->pending[i]))
			i++;
		else
			drop_pending(into, i);
	if (into->known_local != s->known_local || into->known_nonzero != s->known_nonzero)
		into->known_local = NONE;
	return old.exclusive != into->exclusive || old.shared != into->shared ||
	       old.asserted != into->asserted || old.asserted_shared != into->asserted_shared ||
	       old.released != into->released ||
	       old.released_shared != into->released_shared || old.maybe != into->maybe ||
	       old.published != into->published ||
	       old.npending != into->npending || old.known_local != into->known_local;
}

static void flow_block(struct flow *w, uint32_t b, struct state *s)
{
	uint32_t e;

	*s = w->in[b];
	for (e = 0; e < w->fn->blocks[b].nevents; e++)
		apply_event(w, s, &w->fn->blocks[b].events[e]);
}

static void initial_state(struct flow *w, struct state *s)
{
	uint32_t i;

	*s = (struct state){ .reached = true, .known_local = NONE };
	for (i = 0; i < w->fn->nannotations; i++) {
		const struct annotation *a = &w->fn->annotations[i];
		struct lock lock;
		uint32_t at;

		if ((a->kind != ANN_MUST_HOLD && a->kind != ANN_MUST_HOLD_SHARED) ||
		    a->lock.root == ROOT_UNKNOWN)
			continue;
		lock = lock_of_path(w->l, MODE_EXCLUSIVE, &a->lock);
		at = lock_index(w->l, w->info, &lock);
		if (at != NONE)
			*(a->kind == ANN_MUST_HOLD ? &s->asserted : &s->asserted_shared) |=
				UINT64_C(1) << at;
	}
}

static void flow_function(struct flow *w)
{
	uint32_t n = w->fn->nblocks, b, i;
	bool changed = true;
	struct state out;

	w->in = xcalloc(n, sizeof(*w->in));
	initial_state(w, &w->in[0]);
	while (changed) {
		changed = false;
		for (b = 0; b < n; b++) {
			const struct block *blk = &w->fn->blocks[b];

			if (!w->in[b].reached)
				continue;
			flow_block(w, b, &out);
			for (i = 0; i < blk->nsuccs; i++) {
				struct state edge = out;

				apply_test(w, &edge, blk, i);
				changed |= join(&w->in[blk->succs[i]], &edge);
			}
		}
	}
}

/* Locks at the exits of a function, told apart by whether it returns zero. */
struct exits {
	bool any, zero, nonzero;
	struct state all, when_zero, when_nonzero;
};

static void add_exit(bool *seen, struct state *into, const struct state *s)
{
	if (!*seen)
		into->reached = false;
	*seen = true;
	join(into, s);
}

/* An exit that returns a result not tested: as if it had been, both ways. */
static void exit_untested(const struct flow *w, struct exits *x, const struct state *s,
			  const struct block *b)
{
	struct state z = *s, nz = *s;
	struct block test = { .nsuccs = 2, .test = TEST_NONZERO, .test_call = NONE,
			      .test_local = NONE, .test_param = NONE };

	if (b->return_kind == RETURN_CALL)
		test.test_call = b->return_index;
	else if (b->return_kind == RETURN_LOCAL)
		test.test_local = b->return_index;
	else
		test.test = TEST_NONE;
	apply_test(w, &nz, &test, 0);
	apply_test(w, &z, &test, 1);
	add_exit(&x->zero, &x->when_zero, &z);
	add_exit(&x->nonzero, &x->when_nonzero, &nz);
	add_exit(&x->any, &x->all, &z);
	add_exit(&x->any, &x->all, &nz);
}

static void exit_block(const struct flow *w, struct exits *x, const struct state *s,
		       const struct block *b)
{
	uint32_t kind = b->return_kind;

	if (kind == RETURN_LOCAL && s->known_local == b->return_index)
		kind = s->known_nonzero ? RETURN_NONZERO : RETURN_ZERO;
	if (kind == RETURN_ZERO)
		add_exit(&x->zero, &x->when_zero, s);
	else if (kind == RETURN_NONZERO)
		add_exit(&x->nonzero, &x->when_nonzero, s);
	else {
		exit_untested(w, x, s, b);
		return;
	}
	add_exit(&x->any, &x->all, s);
}

static bool ends_without_return(const struct flow *w, const struct block *b)
{
	const struct call *c;
	uint32_t t;

	if (!b->nevents || b->events[b->nevents - 1].kind != EV_CALL)
		return false;
	c = &w->fn->calls[b->events[b->nevents - 1].call];
	if (c->kind != CALLEE_DIRECT)
		return false;
	t = find_function(w->l, c->name, w->fn->loc.file);
	return linuxmodel_is_noreturn(w->l->model, str_unqualified(c->name)) ||
	       (t != NONE && w->l->p->functions[t].flags & FUNC_NORETURN);
}

/*
 * Callers hear of locks of the objects they passed and of global ones, and by
 * name of locks taken on others.  A release of an object the function got hold
 * of itself (a child it cloned, an entry it looked up) is not one of theirs.
 */
static bool exported(const struct lock *lock, uint32_t op)
{
	if (op == OP_RELEASE && (lock->path.root == ROOT_CALL || lock->path.root == ROOT_LOCAL))
		return false;
	return lock->path.root != ROOT_STACK;
}

static void add_summary(struct flow *w, uint32_t op, uint32_t lock, uint32_t mode, uint32_t result)
{
	if (exported(&w->info->locks[lock], op))
		*vec_add(w->summary.v, w->summary.n, w->summary.cap) =
			(struct lock_effect){ op, lock, mode, result };
}

static uint32_t held_mode(const struct state *s, uint64_t bit)
{
	return s->exclusive & bit ? MODE_EXCLUSIVE : s->shared & bit ? MODE_SHARED : 0;
}

static void summarise_exits(struct flow *w, const struct exits *x)
{
	uint32_t i, mode;

	for (i = 0; i < w->info->nlocks; i++)
		if (x->all.released >> i & 1)
			add_summary(w, OP_RELEASE, i, MODE_EXCLUSIVE, RESULT_ALWAYS);
		else if (x->all.released_shared >> i & 1)
			add_summary(w, OP_RELEASE, i, MODE_SHARED, RESULT_ALWAYS);
	for (i = 0; i < w->info->nlocks; i++) {
		uint64_t bit = UINT64_C(1) << i;

		mode = held_mode(&x->all, bit);
		if (mode)
			add_summary(w, OP_ACQUIRE, i, mode, RESULT_ALWAYS);
		else if (x->zero && (mode = held_mode(&x->when_zero, bit)))
			add_summary(w, OP_ACQUIRE, i, mode, RESULT_ZERO);
		else if (x->nonzero && (mode = held_mode(&x->when_nonzero, bit)))
			add_summary(w, OP_ACQUIRE, i, mode, RESULT_NONZERO);
		else if (x->all.maybe & bit)
			add_summary(w, OP_ACQUIRE, i, MODE_EXCLUSIVE, RESULT_MAYBE);
		if (x->all.asserted & bit)
			add_summary(w, OP_ASSERT, i, MODE_EXCLUSIVE, RESULT_ALWAYS);
		else if (x->all.asserted_shared & bit)
			add_summary(w, OP_ASSERT, i, MODE_SHARED, RESULT_ALWAYS);
	}
}

static void summarise_function(struct flow *w)
{
	struct exits x = { 0 };
	struct state s;
	uint32_t b;

	for (b = 0; b < w->fn->nblocks; b++) {
		if (!w->in[b].reached || w->fn->blocks[b].nsuccs ||
		    ends_without_return(w, &w->fn->blocks[b]))
			continue;
		flow_block(w, b, &s);
		exit_block(w, &x, &s, &w->fn->blocks[b]);
	}
	if (x.any)
		summarise_exits(w, &x);
	/* Annotated wrappers around what has no body here (assembler, macros). */
	if (!w->summary.n)
		annotation_effects(w->l, w->f, &w->summary);
	w->info->nsummary = (uint32_t)w->summary.n;
	w->info->summary = arena_copy(w->l->arena, w->summary.v,
				      w->summary.n * sizeof(*w->summary.v));
	free(w->summary.v);
}

static bool is_point(const struct event *e)
{
	return e->kind == EV_CALL || (e->kind == EV_ACCESS && e->access != ACCESS_READ);
}

static void keep_points(struct flow *w)
{
	struct state s;
	uint32_t b, e;

	for (b = 0; b < w->fn->nblocks; b++) {
		const struct block *blk = &w->fn->blocks[b];

		if (!w->in[b].reached)
			continue;
		s = w->in[b];
		for (e = 0; e < blk->nevents; e++) {
			if (is_point(&blk->events[e]))
				*vec_add(w->points, w->npoints, w->points_cap) = (struct point){
					.event = &blk->events[e],
					.exclusive = s.exclusive | s.asserted,
					.shared = s.shared | s.asserted_shared,
					.released = s.released,
					.released_shared = s.released_shared,
					.published = s.published,
				};
			apply_event(w, &s, &blk->events[e]);
		}
	}
	w->info->npoints = (uint32_t)w->npoints;
	w->info->points = arena_copy(w->l->arena, w->points, w->npoints * sizeof(*w->points));
	free(w->points);
}

static void summarise_one(struct link *l, uint32_t f)
{
	struct flow w = { .l = l, .f = f, .fn = &l->p->functions[f], .info = &l->info[f] };

	w.info->nlocks = 0;
	lock_effects(l, f);
	if (w.fn->nblocks) {
		flow_function(&w);
		summarise_function(&w);
		if (w.info->relevant)
			keep_points(&w);
		free(w.in);
	}
	w.info->summarised = true;
}

void lockset_summarise(struct link *l)
{
	uint32_t i;

	for (i = 0; i < l->p->nfunctions; i++)
		summarise_one(l, l->bottom_up[i]);
	/* In a cycle a callee's summary was missing the first time. */
	for (i = 0; i < l->p->nfunctions; i++)
		if (l->info[l->bottom_up[i]].cyclic)
			summarise_one(l, l->bottom_up[i]);
}
