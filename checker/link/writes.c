// SPDX-License-Identifier: GPL-2.0-only
/*
 * writes.c - the writes that reach each storage unit: phase, chain, and how
 * the locks held lie to the object written.
 */
#include <uthash.h>

#include "writes.h"
#include "confidence.h"
#include "kernel/linuxmodel.h"
#include "object_phase.h"
#include "oneshot.h"
#include "path.h"
#include "resolve.h"
#include "rules.h"
#include "save_restore.h"
#include "store_groups.h"
#include "symtab.h"

struct unit_writes {
	uint64_t key; /* record, unit */
	struct collected c;
	UT_hash_handle hh;
};

struct known {
	uint64_t key;
	UT_hash_handle hh;
};

struct collection {
	struct unit_writes *units;
	struct known *known;
};

struct collected *collected_get(struct link *l, const struct record *r, uint32_t unit)
{
	struct unit_writes *u;
	uint64_t key = (uint64_t)(r - l->p->records) << 32 | unit;

	if (!l->collection)
		l->collection = arena_alloc(l->arena, sizeof(*l->collection));
	HASH_FIND(hh, l->collection->units, &key, sizeof(key), u);
	if (!u) {
		u = arena_alloc(l->arena, sizeof(*u));
		u->key = key;
		u->c.record = r;
		u->c.unit = unit;
		HASH_ADD(hh, l->collection->units, key, sizeof(u->key), u);
	}
	return &u->c;
}

void collected_drop(struct collected *c)
{
	free(c->writes);
	free(c->fields);
	*c = (struct collected){ .record = c->record, .unit = c->unit };
}

void collected_free(struct link *l)
{
	struct unit_writes *u, *utmp;
	struct known *k, *ktmp;

	if (!l->collection)
		return;
	HASH_ITER(hh, l->collection->units, u, utmp) {
		HASH_DEL(l->collection->units, u);
		collected_drop(&u->c);
	}
	HASH_ITER(hh, l->collection->known, k, ktmp) {
		HASH_DEL(l->collection->known, k);
		free(k);
	}
	l->collection = NULL;
}

/* False if the same was collected before. */
static bool is_news(struct link *l, uint64_t key)
{
	struct known *k;

	HASH_FIND(hh, l->collection->known, &key, sizeof(key), k);
	if (k)
		return false;
	k = xcalloc(1, sizeof(*k));
	k->key = key;
	HASH_ADD(hh, l->collection->known, key, sizeof(k->key), k);
	return true;
}

/* Record the lock is a member of, 0 if it is none or a pseudo-lock. */
static str lock_record(const struct path *lock)
{
	uint32_t n = lock->nsteps;

	while (n && !lock->steps[n - 1].field)
		n--;
	return n ? lock->steps[n - 1].record : 0;
}

/* The path from the object to the lock, when both start at one root. */
static void relate_same_root(const struct path *obj, const struct path *lock, struct held *h)
{
	struct path up = { .root = ROOT_PARAM };
	uint32_t k = common_steps(obj, lock), i;
	bool through_pointer = false;

	for (i = obj->nsteps; i > k; i--) {
		struct step s = obj->steps[i - 1];

		if (!step_invert(&s))
			through_pointer = true;
		path_append(&up, &s);
	}
	for (i = k; i < lock->nsteps; i++) {
		through_pointer |= !step_embeds(&lock->steps[i]);
		path_append(&up, &lock->steps[i]);
	}
	h->relation = through_pointer ? REL_VIA : REL_SELF;
	h->rel = HASH_SEED;
	for (i = 0; i < up.nsteps; i++)
		h->rel = hash_bytes(h->rel, &up.steps[i], sizeof(struct step));
	if (up.root != ROOT_PARAM)
		h->relation = REL_UNKNOWN;
}

/* Locks of two global objects are two locks; what a pointer leads to may be one. */
static uint64_t global_lock(const struct path *lock)
{
	uint64_t h = hash_bytes(HASH_SEED, &lock->name, sizeof(lock->name));
	uint32_t i;

	for (i = 0; i < lock->nsteps; i++) {
		if (lock->steps[i].kind != STEP_FIELD && lock->steps[i].kind != STEP_INDEX)
			return 0;
		h = hash_bytes(h, &lock->steps[i], sizeof(lock->steps[i]));
	}
	return h;
}

/* Through pointers up or down to the same kind of record: another instance's lock. */
static bool other_instance(const struct path *obj, const struct path *lock)
{
	str record = lock_record(lock);
	uint32_t i;

	if (!record)
		return false;
	if (record == obj->type)
		return true;
	for (i = 0; i < obj->nsteps; i++)
		if (obj->steps[i].kind == STEP_FIELD && obj->steps[i].record == record)
			return true;
	return false;
}

static void relate(const struct path *obj, const struct lock *lock, struct held *h)
{
	*h = (struct held){ .name = lock->name, .mode = lock->mode, .relation = REL_UNKNOWN };
	if (lock->path.root == ROOT_GLOBAL && lock->path.nsteps == 0) {
		h->relation = REL_GLOBAL;
		h->rel = global_lock(&lock->path);
		return;
	}
	if (lock->path.root == ROOT_UNKNOWN)
		return;
	h->rel = 1;
	if (obj->root == ROOT_UNKNOWN)
		return;
	if (same_root(obj, &lock->path)) {
		relate_same_root(obj, &lock->path, h);
		if (h->relation == REL_VIA && other_instance(obj, &lock->path))
			h->relation = REL_OTHER;
	} else if (lock->path.root == ROOT_GLOBAL) {
		h->relation = REL_GLOBAL;
		h->rel = global_lock(&lock->path);
	} else if (other_instance(obj, &lock->path)) {
		h->relation = REL_OTHER;
	}
}

static void fill_held(struct link *l, struct write *w, const struct path *obj,
		      const struct lockset *held)
{
	uint32_t i;

	w->nheld = held->n;
	w->held = arena_alloc(l->arena, held->n * sizeof(*w->held));
	for (i = 0; i < held->n; i++)
		relate(obj, held->locks[i], &w->held[i]);
}

/* The call that led to the node, or NULL for an entry point. */
static const struct call *call_to(const struct link *l, const struct context *contexts, uint32_t at)
{
	const struct context *n = &contexts[at];

	return n->parent == NONE ?
		       NULL :
		       &l->p->functions[contexts[n->parent].function].calls[n->parent_call];
}

static void fill_via(struct link *l, const struct context *contexts, uint32_t at, struct write *w)
{
	const struct call *c;
	uint32_t i;

	w->via = arena_alloc(l->arena, w->nchain * sizeof(*w->via));
	for (i = at; (c = call_to(l, contexts, i)); i = contexts[i].parent)
		if (c->kind == CALLEE_SLOT)
			w->via[w->nvia++] =
				(struct via){ c->record,
					      l->p->functions[contexts[i].function].key };
}

static void fill_chain(struct link *l, const struct context *contexts, uint32_t at, struct write *w)
{
	uint32_t n = 0, i;

	for (i = at; i != NONE; i = contexts[i].parent)
		n += 1 + !!contexts[i].label;
	w->nchain = n;
	w->chain = arena_alloc(l->arena, n * sizeof(*w->chain));
	w->chain_locs = arena_alloc(l->arena, n * sizeof(*w->chain_locs));
	for (i = at; i != NONE; i = contexts[i].parent) {
		const struct function *f = &l->p->functions[contexts[i].function];

		w->chain[--n] = f->name;
		if (i == at)
			w->chain_locs[n] = w->loc;
		if (contexts[i].parent != NONE && n)
			w->chain_locs[n - 1] = call_to(l, contexts, i)->loc;
		if (contexts[i].label) {
			w->chain[--n] = contexts[i].label;
			w->chain_locs[n] = f->loc;
		}
	}
}

/* Is the object part of its root, not reached through a pointer from it? */
static bool is_embedded(const struct path *p)
{
	uint32_t i;

	for (i = 0; i < p->nsteps; i++)
		if (p->steps[i].kind != STEP_FIELD && p->steps[i].kind != STEP_INDEX)
			return false;
	return true;
}

/* The member of another record that the object is; an element of an array counts as all of it. */
static struct step place_of(const struct path *p)
{
	uint32_t n = p->nsteps;

	while (n && p->steps[n - 1].kind == STEP_INDEX)
		n--;
	return n && p->steps[n - 1].kind == STEP_FIELD && p->steps[n - 1].record ?
		       p->steps[n - 1] :
		       (struct step){ 0 };
}

static uint64_t write_key(const struct write *w, const struct collected *c, uint32_t field)
{
	uint64_t h = hash_bytes(HASH_SEED, &c->record->key, sizeof(str));
	uint32_t i;

	h = hash_bytes(h, &c->unit, sizeof(c->unit));
	h = hash_bytes(h, &field, sizeof(field));
	h = hash_bytes(h, &w->loc, sizeof(w->loc));
	h = hash_bytes(h, &w->phase, sizeof(w->phase));
	h = hash_bytes(h, &w->context, sizeof(w->context));
	h = hash_bytes(h, &w->confidence, sizeof(w->confidence));
	h = hash_bytes(h, &w->global, sizeof(w->global));
	h = hash_bytes(h, &w->own, sizeof(w->own));
	h = hash_bytes(h, &w->once, sizeof(w->once));
	h = hash_bytes(h, &w->place.record, sizeof(str));
	h = hash_bytes(h, &w->place.field, sizeof(str));
	for (i = 0; i < w->nheld; i++) {
		h = hash_bytes(h, &w->held[i].name, sizeof(str));
		h = hash_bytes(h, &w->held[i].mode, sizeof(uint32_t));
		h = hash_bytes(h, &w->held[i].relation, sizeof(uint32_t));
		h = hash_bytes(h, &w->held[i].rel, sizeof(uint64_t));
	}
	return h;
}

/* What is the same for every unit that one event writes: all of a record may be hundreds. */
struct site {
	struct link *l;
	const struct context *contexts;
	uint32_t at;
	const struct point *pt;
	const struct lockset *held;
	bool doubted;
	struct loc loc;
	uint32_t access;
	struct write way; /* chain and via of all that is written here, once something is */
};

/* How the write is reached. */
static void fill_way(struct site *s, struct write *w)
{
	struct write *way = &s->way;

	if (!way->nchain) {
		way->loc = w->loc;
		fill_chain(s->l, s->contexts, s->at, way);
		fill_via(s->l, s->contexts, s->at, way);
	}
	w->nchain = way->nchain;
	w->chain = way->chain;
	w->chain_locs = way->chain_locs;
	w->nvia = way->nvia;
	w->via = way->via;
}

static void add_write(struct site *s, const struct record *r, uint32_t unit, uint32_t field,
		      const struct path *obj)
{
	const struct context *n = &s->contexts[s->at];
	enum object_phase phase = phase_of_path(s->l, n, obj, s->pt);
	struct path resolved = resolve_path(s->l, n->function, obj);
	struct collected *c;
	struct write w = {
		.function = n->function,
		.loc = s->loc,
		.access = s->access,
		.phase = lifecycle_phase(phase),
		.own = phase == OBJECT_RUNTIME_OWN,
		.restored = phase == OBJECT_RUNTIME_OWN &&
			    model_has(s->l->model, MODEL_INTERRUPT, n->context) &&
			    is_restored(s->l, n, s->pt),
		.context = n->context,
		.value = s->pt->event->value,
		.race_ok = s->pt->event->race_ok,
		.whole = field == NONE,
		.once = oneshot_in_chain(s->l, s->contexts, s->at),
	};

	if (resolved.root == ROOT_STACK)
		return;
	if (resolved.root == ROOT_GLOBAL && is_embedded(&resolved))
		w.global = resolved.name;
	w.place = place_of(&resolved);
	c = collected_get(s->l, r, unit);
	believe_write(s->l, s->contexts, s->at, s->doubted, phase, &resolved, &w);
	fill_held(s->l, &w, &resolved, s->held);
	if (!is_news(s->l, write_key(&w, c, field)))
		return;
	w.together = stored_together(s->l, n->function, s->pt);
	fill_way(s, &w);
	*vec_add(c->fields, c->nfields, c->fields_cap) = field;
	*vec_add(c->writes, c->n, c->cap) = w;
}

/* All of a record, and all records embedded in it. */
static void write_whole(struct site *s, const struct record *r, const struct path *obj, int depth)
{
	uint32_t i;

	for (i = 0; i < r->nunits; i++)
		add_write(s, r, i, NONE, obj);
	for (i = 0; i < r->nfields && depth < 8; i++) {
		const struct record *inner =
			r->fields[i].record ? symtab_record(s->l, r->fields[i].record) : NULL;
		struct step step = { STEP_FIELD, r->key, r->fields[i].name };
		struct path p = *obj;

		if (!inner || inner == r)
			continue;
		path_append(&p, &step);
		p.type = inner->key;
		write_whole(s, inner, &p, depth + 1);
	}
}

static void write_field(struct site *s, const struct record *r, str name, const struct path *obj)
{
	uint32_t i;

	for (i = 0; i < r->nfields; i++) {
		const struct field *f = &r->fields[i];

		if (f->name != name)
			continue;
		if (f->unit != NONE)
			add_write(s, r, f->unit, f->flags & FIELD_BITFIELD ? i : NONE, obj);
		else if (f->record && s->access == ACCESS_WHOLE)
			break;
		return;
	}
}

void collect_writes(struct link *l, const struct context *contexts, uint32_t at,
		    const struct point *pt, const struct lockset *held, bool doubted)
{
	const struct function *f = &l->p->functions[contexts[at].function];
	const struct event *e = pt->event;
	struct site s = { l, contexts, at, pt, held, doubted, e->loc, e->access, { 0 } };
	const struct record *r;
	const struct path *written;
	const struct call *c;

	if (e->kind == EV_ACCESS) {
		r = symtab_record(l, e->obj->type);
		if (r && e->field)
			write_field(&s, r, e->field, e->obj);
		else if (r)
			write_whole(&s, r, e->obj, 0);
		return;
	}
	c = &f->calls[e->call];
	written = call_overwrites(l, c);
	if (!written)
		return;
	s.loc = c->loc;
	s.access = ACCESS_WHOLE;
	write_whole(&s, symtab_record(l, written->type), written, 0);
}

static int by_place(const void *a, const void *b)
{
	const struct collected *x = *(struct collected *const *)a;
	const struct collected *y = *(struct collected *const *)b;
	const struct loc *at_x = &x->record->fields[x->record->units[x->unit].first].loc;
	const struct loc *at_y = &y->record->fields[y->record->units[y->unit].first].loc;
	int c = strcmp(str_get(at_x->file), str_get(at_y->file));

	if (!c && at_x->line != at_y->line)
		c = at_x->line < at_y->line ? -1 : 1;
	if (!c)
		c = strcmp(str_get(x->record->key), str_get(y->record->key));
	return c ? c : (int)x->unit - (int)y->unit;
}

struct collected **collected_sorted(struct link *l, size_t *n)
{
	struct collected **all;
	struct unit_writes *u, *tmp;

	*n = l->collection ? HASH_COUNT(l->collection->units) : 0;
	all = arena_alloc(l->arena, *n * sizeof(struct collected *));
	*n = 0;
	if (l->collection)
		HASH_ITER(hh, l->collection->units, u, tmp)
			all[(*n)++] = &u->c;
	if (*n)
		qsort(all, *n, sizeof(struct collected *), by_place);
	return all;
}
