// SPDX-License-Identifier: GPL-2.0-only
/*
 * phase.c - from the entry points down the calls to every write of a unit.
 *
 * A node is a function in one entry context: who calls (work, irq, syscall...),
 * the lifecycle phase of each parameter's object, and the locks held at entry,
 * in the function's own frame.  Nodes that differ are kept apart, so a helper
 * that is called unlocked in probe and locked in ioctl is locked at runtime,
 * and the chain that made a node is a true call path with exactly its locks.
 */
#include <uthash.h>

#include "link.h"
#include "linuxmodel.h"
#include "phase.h"

#define NODES_PER_FUNCTION 64

/* Hashes met: open addressing, at most half full. */
struct seen {
	uint64_t *keys; /* 0: free */
	size_t n, cap;
};

/* Many nodes are entered with the same locks. */
struct shared_locks {
	uint64_t key;
	struct lock *locks;
	UT_hash_handle hh;
};

struct explorer {
	struct link *l;
	struct node *nodes;
	size_t n, cap;
	struct seen seen;
	struct shared_locks *shared;
	uint32_t *per_function;
};

static uint64_t node_key(const struct node *n)
{
	uint64_t h = hash_bytes(HASH_SEED, &n->function, sizeof(n->function));

	h = hash_bytes(h, &n->context, sizeof(n->context));
	h = hash_bytes(h, n->phase, sizeof(n->phase));
	h = hash_bytes(h, &n->alloc_phase, sizeof(n->alloc_phase));
	h = hash_bytes(h, &n->global_phase, sizeof(n->global_phase));
	h = hash_bytes(h, &n->unseen, sizeof(n->unseen));
	return lockset_hash(h, &n->entry);
}

static bool lock_before(const struct lock *a, const struct lock *b)
{
	int c = strcmp(str_get(a->name), str_get(b->name));

	return c < 0 || (!c && a->path.nsteps < b->path.nsteps);
}

static void lockset_add(struct lockset *s, const struct lock *lock)
{
	uint32_t i;

	for (i = 0; i < s->n; i++)
		if (same_lock_here(&s->locks[i], lock)) {
			if (lock->mode > s->locks[i].mode)
				s->locks[i].mode = lock->mode;
			return;
		}
	s->locks = xrealloc(s->locks, (s->n + 1) * sizeof(*s->locks));
	for (i = s->n++; i && lock_before(lock, &s->locks[i - 1]); i--)
		s->locks[i] = s->locks[i - 1];
	s->locks[i] = *lock;
}

static size_t seen_place(const struct seen *s, uint64_t key)
{
	size_t i = key & (s->cap - 1);

	while (s->keys[i] && s->keys[i] != key)
		i = (i + 1) & (s->cap - 1);
	return i;
}

static void seen_grow(struct seen *s)
{
	struct seen old = *s;
	size_t i;

	s->cap = old.cap ? old.cap * 2 : 1024;
	s->keys = xcalloc(s->cap, sizeof(*s->keys));
	for (i = 0; i < old.cap; i++)
		if (old.keys[i])
			s->keys[seen_place(s, old.keys[i])] = old.keys[i];
	free(old.keys);
}

/* True the first time. */
static bool seen_add(struct seen *s, uint64_t key)
{
	size_t at;

	if (2 * s->n >= s->cap)
		seen_grow(s);
	key += !key;
	at = seen_place(s, key);
	if (s->keys[at])
		return false;
	s->keys[at] = key;
	s->n++;
	return true;
}

static struct lock *share_locks(struct explorer *x, const struct lockset *entry)
{
	uint64_t key = lockset_hash(HASH_SEED, entry);
	struct shared_locks *s;

	HASH_FIND(hh, x->shared, &key, sizeof(key), s);
	if (!s) {
		s = arena_alloc(x->l->arena, sizeof(*s));
		s->key = key;
		s->locks = arena_copy(x->l->arena, entry->locks, entry->n * sizeof(*entry->locks));
		HASH_ADD(hh, x->shared, key, sizeof(s->key), s);
	}
	return s->locks;
}

/* Takes over n->entry (malloc'd).  Drops a node that is there already. */
static void add_node(struct explorer *x, struct node *n)
{
	struct lock *locks = n->entry.locks;

	if (x->per_function[n->function] >= NODES_PER_FUNCTION && n->entry.n) {
		x->l->p->stats.limits++;
		n->entry.n = 0;
		n->doubt = "more call paths lead here than are told apart";
	}
	if (seen_add(&x->seen, node_key(n))) {
		x->per_function[n->function]++;
		n->entry.locks = share_locks(x, &n->entry);
		*vec_add(x->nodes, x->n, x->cap) = *n;
	}
	free(locks);
}

/* A lock of an object that was not passed here is not one reached from what was. */
static bool released(const struct func_info *info, const struct point *pt, const struct lock *e)
{
	uint32_t i;

	for (i = 0; i < info->nlocks; i++)
		if ((pt->released | (e->mode == MODE_SHARED ? pt->released_shared : 0)) >> i & 1 &&
		    info->locks[i].name == e->name &&
		    (same_object(&info->locks[i].path, &e->path) ||
		     info->locks[i].path.root == ROOT_UNKNOWN))
			return true;
	return false;
}

/* Locks held at a point of a node's function; caller frees s->locks. */
static void locks_at(const struct explorer *x, const struct node *n, const struct point *pt,
		     struct lockset *s)
{
	const struct func_info *info = &x->l->info[n->function];
	struct lock lock;
	uint32_t i;

	*s = (struct lockset){ 0 };
	for (i = 0; i < n->entry.n; i++)
		if (!released(info, pt, &n->entry.locks[i]))
			lockset_add(s, &n->entry.locks[i]);
	for (i = 0; i < info->nlocks; i++) {
		if (!((pt->exclusive | pt->shared) >> i & 1))
			continue;
		lock = info->locks[i];
		lock.mode = pt->exclusive >> i & 1 ? MODE_EXCLUSIVE : MODE_SHARED;
		if (!lock.name)
			lock.name = x->l->p->functions[n->function].params[lock.path.index].name;
		if (lock.name && lock.path.root != ROOT_STACK)
			lockset_add(s, &lock);
	}
}

static uint8_t worse(uint8_t a, uint8_t b)
{
	static const uint8_t order[] = { [PHASE_SETUP] = 1,
					 [PHASE_TEARDOWN] = 2,
					 [PHASE_RUNTIME | PHASE_OWN] = 3,
					 [PHASE_RUNTIME | PHASE_DOUBT] = 4,
					 [PHASE_RUNTIME] = 5 };

	return order[a] >= order[b] ? a : b;
}

static uint8_t phase_at(const struct link *l, const struct node *n, const struct path *p,
			uint64_t published, int depth);

static uint8_t phase_of_local(const struct link *l, const struct node *n, const struct path *p,
			      uint64_t published, int depth)
{
	const struct local *v = &l->p->functions[n->function].locals[p->index];
	uint8_t phase = 0, def;
	uint32_t i, s;

	for (i = 0; i < v->ndefs; i++) {
		for (s = 0; s < v->defs[i].nsteps; s++)
			if (step_traverses(l, &v->defs[i].steps[s]))
				return PHASE_RUNTIME;
		if (v->defs[i].root == ROOT_NULL ||
		    (v->defs[i].root == ROOT_LOCAL && v->defs[i].index == p->index))
			continue;
		def = depth > 4 ? PHASE_RUNTIME | PHASE_DOUBT :
				  phase_at(l, n, &v->defs[i], published, depth + 1);
		phase = worse(phase, def);
	}
	return phase ? phase : PHASE_RUNTIME | PHASE_DOUBT;
}

static uint8_t phase_of_call(const struct link *l, const struct node *n, const struct path *p,
			     uint64_t published)
{
	const struct call *c = &l->p->functions[n->function].calls[p->index];
	struct path root = { .root = ROOT_CALL, .index = p->index };
	int bit = fresh_bit(l, n->function, &root);

	if (bit >= 0)
		return published >> bit & 1 ? n->alloc_phase : PHASE_SETUP;
	if (c->kind == CALLEE_DIRECT && linuxmodel_is_own(l->model, str_unqualified(c->name)))
		return PHASE_RUNTIME | PHASE_OWN;
	if (c->kind == CALLEE_DIRECT && linuxmodel_is_lookup(l->model, str_unqualified(c->name)))
		return PHASE_RUNTIME;
	return PHASE_RUNTIME | PHASE_DOUBT;
}

/*
 * Phase of the object a path ends in.  Embedding keeps the phase, and so does a
 * pointer to an object allocated for its holder; another pointer leads to an
 * object with a life of its own, and a list to another instance.
 */
static uint8_t phase_at(const struct link *l, const struct node *n, const struct path *path,
			uint64_t published, int depth)
{
	struct path p = resolve_path(l, n->function, path);
	uint8_t phase;
	uint32_t i;

	switch (p.root) {
	case ROOT_PARAM:
		phase = p.index < NODE_PARAMS ? n->phase[p.index] : n->phase[NODE_PARAMS - 1];
		break;
	case ROOT_STACK:
		phase = PHASE_SETUP;
		break;
	case ROOT_GLOBAL:
		phase = n->global_phase;
		break;
	case ROOT_LOCAL:
		phase = phase_of_local(l, n, &p, published, depth);
		break;
	case ROOT_CALL:
		phase = phase_of_call(l, n, &p, published);
		break;
	default:
		phase = PHASE_RUNTIME | PHASE_DOUBT;
	}
	for (i = 0; i < p.nsteps; i++) {
		const struct step *s = &p.steps[i];

		if (step_traverses(l, s))
			phase = PHASE_RUNTIME;
		else if (phase & PHASE_OWN && !step_embeds(s))
			phase = PHASE_RUNTIME | PHASE_DOUBT;
		else if (s->kind == STEP_PTR && phase != PHASE_RUNTIME && !field_is_owned(l, s) &&
			 n->global_phase == PHASE_RUNTIME)
			phase = PHASE_RUNTIME | PHASE_DOUBT;
	}
	return phase;
}

uint8_t phase_of_path(const struct link *l, const struct node *n, const struct path *path,
		      uint64_t published)
{
	return phase_at(l, n, path, published, 0);
}

static void call_node(struct explorer *x, uint32_t from, const struct point *pt,
		      const struct lockset *held, uint32_t target)
{
	struct link *l = x->l;
	const struct node *caller = &x->nodes[from];
	const struct call *c = &l->p->functions[caller->function].calls[pt->event->call];
	const struct entry_rule *rule = c->kind == CALLEE_SLOT ? slot_rule(l, c->record, c->name) :
								 NULL;
	struct node n = *caller;
	uint32_t i;

	n.function = target;
	n.label = 0;
	n.parent = from;
	n.parent_call = pt->event->call;
	n.entry = (struct lockset){ 0 };
	for (i = 0; i < NODE_PARAMS; i++)
		n.phase[i] = i < c->nargs ? phase_of_path(l, caller, &c->args[i], pt->published) :
					    PHASE_RUNTIME;
	if (rule) {
		if (rule->owner >= 0 && rule->owner < NODE_PARAMS)
			n.phase[rule->owner] = (uint8_t)rule->phase;
		n.alloc_phase = rule->phase == PHASE_SETUP ? PHASE_SETUP : PHASE_RUNTIME;
	}
	for (i = 0; i < held->n; i++) {
		struct lock lock = held->locks[i];

		if (!express_path(l, caller->function, c, &held->locks[i].path, &lock.path))
			lock.path = (struct path){ .root = ROOT_UNKNOWN };
		lockset_add(&n.entry, &lock);
	}
	add_node(x, &n);
}

/* What a lock API does inside is the lock's own business. */
static bool is_lock_api(const struct link *l, const struct call *c)
{
	return c->kind == CALLEE_DIRECT && linuxmodel_lock(l->model, str_unqualified(c->name));
}

static void call_targets(struct explorer *x, uint32_t at, const struct point *pt,
			 const struct lockset *held)
{
	const struct func_info *info = &x->l->info[x->nodes[at].function];
	uint32_t t, call = pt->event->call;

	for (t = info->first_target[call]; t < info->first_target[call + 1]; t++)
		if (x->l->info[info->targets[t]].relevant)
			call_node(x, at, pt, held, info->targets[t]);
}

static void explore_node(struct explorer *x, uint32_t at)
{
	struct link *l = x->l;
	uint32_t f = x->nodes[at].function, i;
	const struct func_info *info = &l->info[f];

	for (i = 0; i < info->npoints; i++) {
		const struct point *pt = &info->points[i];
		struct lockset held;

		locks_at(x, &x->nodes[at], pt, &held);
		collect_writes(l, x->nodes, at, pt, &held);
		if (pt->event->kind == EV_CALL &&
		    !is_lock_api(l, &l->p->functions[f].calls[pt->event->call]))
			call_targets(x, at, pt, &held);
		free(held.locks);
	}
}

static void explore(struct explorer *x, size_t *done)
{
	for (; *done < x->n; (*done)++)
		explore_node(x, (uint32_t)*done);
}

/* --- entry points */

static void fill_phases(struct node *n, uint8_t phase)
{
	memset(n->phase, phase, sizeof(n->phase));
}

static struct lock held_by_rule(const struct function *f, const struct held_lock *h, str context)
{
	struct path object = { .root = ROOT_PARAM };
	const char *name = str_get(h->name), *dot;
	struct lock lock = { .name = h->name, .mode = h->mode };

	if (h->self) {
		lock.name = str_printf("%s(%s)", str_get(context), str_get(f->name));
		lock.mode = MODE_EXCLUSIVE;
		return lock;
	}
	if (h->arg < 0)
		return named_lock(h->mode, h->name, NULL);
	object.index = (uint32_t)h->arg;
	dot = strchr(name, '.');
	if (!dot)
		return named_lock(h->mode, h->name, &object);
	/* "inode.i_rwsem(0)": a member of the argument, if that is what it is. */
	if ((uint32_t)h->arg < f->nparams &&
	    str_unqualified(f->params[h->arg].type) == str_intern_n(name, (size_t)(dot - name))) {
		struct step s = { STEP_FIELD, f->params[h->arg].type, str_intern(dot + 1) };

		path_append(&object, &s);
		lock.path = object;
	}
	return lock;
}

static void add_entry(struct explorer *x, uint32_t f, const struct entry_rule *r, str label)
{
	struct node n = { .function = f, .parent = NONE, .label = label };
	bool anybody = r->owner < 0 && r->phase != PHASE_RUNTIME;
	uint32_t i;

	if (!x->l->info[f].relevant)
		return;
	n.context = strcmp(str_get(r->context), "caller") ? r->context : str_intern("callback");
	n.alloc_phase = r->phase == PHASE_SETUP ? PHASE_SETUP : PHASE_RUNTIME;
	n.global_phase = anybody ? (uint8_t)r->phase : PHASE_RUNTIME;
	fill_phases(&n, anybody ? (uint8_t)r->phase : PHASE_RUNTIME);
	if (r->owner >= 0 && r->owner < NODE_PARAMS)
		n.phase[r->owner] = (uint8_t)r->phase;
	for (i = 0; i < r->nheld; i++) {
		struct lock lock = held_by_rule(&x->l->p->functions[f], &r->held[i], n.context);

		lockset_add(&n.entry, &lock);
	}
	add_node(x, &n);
}

static void entries_of_slots(struct explorer *x)
{
	size_t i;

	for (i = 0; i < x->l->nstored; i++) {
		const struct stored *s = &x->l->stored[i];
		const struct entry_rule *r = stored_rule(x->l, s);

		if (!r)
			continue;
		if (!strcmp(str_get(r->context), "caller") &&
		    slot_is_called(x->l, s->record, s->field))
			continue;
		add_entry(x, s->function, r,
			  str_printf("%s.%s", str_get(str_unqualified(s->record)),
				     str_get(s->field)));
	}
}

static void entries_of_registrations(struct explorer *x)
{
	struct program *p = x->l->p;
	uint32_t c, a, fn;
	size_t f;

	for (f = 0; f < p->nfunctions; f++)
		for (c = 0; c < p->functions[f].ncalls; c++) {
			const struct call *call = &p->functions[f].calls[c];

			if (call->kind != CALLEE_DIRECT)
				continue;
			for (a = 0; a < call->nargs; a++) {
				const struct entry_rule *r;

				if (call->args[a].root != ROOT_FUNC)
					continue;
				r = linuxmodel_registration(x->l->model,
							    str_unqualified(call->name), (int)a);
				fn = find_function(x->l, call->args[a].name,
						   p->functions[f].loc.file);
				if (r && fn != NONE)
					add_entry(x, fn, r, str_unqualified(call->name));
			}
		}
}

/* module_init() and initcalls: nothing else runs on these objects yet. */
static void entries_of_init(struct explorer *x)
{
	struct program *p = x->l->p;
	struct entry_rule r = { .owner = -1 };
	size_t f;

	for (f = 0; f < p->nfunctions; f++) {
		uint32_t flags = p->functions[f].flags;

		if (!(flags & (FUNC_INIT | FUNC_EXIT)) || x->l->info[f].ncallers)
			continue;
		r.phase = flags & FUNC_INIT ? PHASE_SETUP : PHASE_TEARDOWN;
		r.context = str_intern(flags & FUNC_INIT ? "init" : "exit");
		add_entry(x, (uint32_t)f, &r, r.context);
	}
}

/*
 * What nothing analysed calls: its callers, and so the locks they hold, are
 * not known.  First functions without any caller, then what is left in cycles.
 */
static void entries_unseen(struct explorer *x, size_t *done)
{
	struct link *l = x->l;
	int round;
	size_t f;

	for (round = 0; round < 2; round++)
		for (f = 0; f < l->p->nfunctions; f++) {
			struct node n = { .function = (uint32_t)f,
					  .parent = NONE,
					  .alloc_phase = PHASE_RUNTIME,
					  .global_phase = PHASE_RUNTIME,
					  .unseen = true };

			if (!l->info[f].relevant || x->per_function[f] || l->info[f].cloned ||
			    (!round && l->info[f].ncallers))
				continue;
			n.context = str_intern("unknown");
			n.doubt = "callers outside the analysed set";
			fill_phases(&n, PHASE_RUNTIME);
			add_node(x, &n);
			explore(x, done);
		}
}

void phase_explore(struct link *l)
{
	struct explorer x = { .l = l };
	size_t done = 0;

	x.per_function = xcalloc(l->p->nfunctions, sizeof(*x.per_function));
	entries_of_init(&x);
	entries_of_slots(&x);
	entries_of_registrations(&x);
	explore(&x, &done);
	entries_unseen(&x, &done);
	HASH_CLEAR(hh, x.shared);
	free(x.seen.keys);
	free(x.per_function);
	free(x.nodes);
}
