// SPDX-License-Identifier: GPL-2.0-only
/*
 * writes.c - collects the writes to each storage unit: phase, locks and call chain in every context.
 */
#include <uthash.h>

#include "writes.h"
#include "activity.h"
#include "call_chain.h"
#include "conditions.h"
#include "entry_locks.h"
#include "write_confidence.h"
#include "kernel/linuxmodel.h"
#include "keymap.h"
#include "kinds.h"
#include "layouts.h"
#include "limit.h"
#include "lock_intern.h"
#include "lock_name.h"
#include "lock_params.h"
#include "lock_relation.h"
#include "members.h"
#include "object_phase.h"
#include "oneshot.h"
#include "path.h"
#include "resolve.h"
#include "restarts.h"
#include "rules.h"
#include "save_restore.h"
#include "slice.h"
#include "store_groups.h"
#include "symtab.h"
#include "write_slots.h"

struct unit_writes {
	uint64_t key; /* index of the record << 32 | unit */
	struct collected c;
	UT_hash_handle hh;
};

struct collection {
	struct unit_writes *units;
	struct keymap stays; /* record and name of bitfields: collected_stays() */
	struct path_numbers lock_paths;
	struct numbers store_groups;
	bool *missed;		       /* by record: collected_missed() */
	struct maybe_held **sometimes; /* by lockset_number(): NULL: not listed yet */
	struct held *held;	       /* of the write at hand */
	size_t held_cap;
};

struct collected *collected_get(struct link *l, const struct record *r, uint32_t unit)
{
	struct unit_writes *u;
	uint64_t key = (uint64_t)(r - l->p->records) << 32 | unit;

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

struct path_numbers *collected_paths(const struct link *l)
{
	return &l->collection->lock_paths;
}

void collected_drop(struct collected *c)
{
	free(c->writes);
	free(c->fields);
	free(c->slots);
	free(c->origin);
	free(c->origins);
	*c = (struct collected){ .record = c->record, .unit = c->unit };
}

void collected_free(struct link *l)
{
	struct unit_writes *u, *tmp;

	tmp = l->collection->units;
	HASH_CLEAR(hh, l->collection->units);
	while ((u = tmp)) {
		tmp = u->hh.next;
		collected_drop(&u->c);
	}
	keymap_free(&l->collection->stays);
	path_numbers_end(&l->collection->lock_paths);
	numbers_free(&l->collection->store_groups);
	free(l->collection->sometimes);
	free(l->collection->held);
	l->collection = NULL;
}

static bool is_changed(const struct collected *c, uint32_t field)
{
	uint32_t w;

	for (w = 0; w < c->n; w++)
		if (c->writes[w].phase == PHASE_RUNTIME &&
		    (c->fields[w] == NONE || c->fields[w] == field))
			return true;
	return false;
}

static void note_changes(struct link *l, const struct collected *c)
{
	const struct record *r = c->record;
	const struct unit *u = &r->units[c->unit];
	uint32_t i;

	for (i = u->first; i <= u->last && !collected_missed(l, r); i++)
		if (r->fields[i].name && r->fields[i].flags & FIELD_BITFIELD && !is_changed(c, i))
			keymap_mark(&l->collection->stays, keymap_pair(r->key, r->fields[i].name));
}

void collected_note_changes(struct link *l)
{
	const struct unit_writes *u;

	for (u = l->collection->units; u && !l->p->nfailed; u = u->hh.next)
		note_changes(l, &u->c);
}

bool collected_stays(const struct link *l, str record, str field)
{
	return keymap_has(&l->collection->stays, keymap_pair(record, field));
}

/* --- one write */

/* An activity that is part of the object, or that this is part of: of others nothing follows. */
static void add_activity(struct link *l, struct write *w, const struct path *obj,
			 const struct lockset *held, const struct lock *a)
{
	struct path_numbers *paths = &l->collection->lock_paths;
	struct held h = lock_relation(l, w->function, paths, obj, a);
	bool ended = a->mode == MODE_SHARED;

	if (h.relation != REL_SELF)
		return;
	if (!w->activities)
		w->activities = arena_alloc(l->arena, held->n * sizeof(*w->activities));
	w->activities[w->nactivities++] = (struct activity){
		.name = activity_name_in(l, a, obj),
		.rel = h.rel,
		.ended = ended,
		.again = ended && may_be_started(l, w->context, w->function, paths, a, held),
	};
}

/* Is it a lesser one, which is there to tell what a release releases? */
static bool excludes_nobody(const struct link *l, const struct lock *lock)
{
	const struct path *p = &lock->path;

	return p->nsteps && is_pseudo_lock(lock->name) &&
	       model_begins_pair(l->model, MODEL_LESSER, p->steps[p->nsteps - 1].field);
}

/* `bound`: what the parameters of the function are bound to in this context. */
static void fill_held(struct link *l, struct write *w, uint32_t bound, const struct path *obj,
		      const struct lockset *held)
{
	struct path object = *obj;
	uint32_t i;

	lock_params_path(l, w->function, bound, &object);
	if (held->n > l->collection->held_cap) {
		l->collection->held_cap = (size_t)2 * held->n;
		l->collection->held =
			xrealloc(l->collection->held,
				 l->collection->held_cap * sizeof(*l->collection->held));
	}
	w->held = l->collection->held;
	for (i = 0; i < held->n; i++)
		if (excludes_nobody(l, held->locks[i]))
			continue;
		else if (!held->locks[i]->activity)
			w->held[w->nheld++] = lock_relation(l, w->function,
							    &l->collection->lock_paths, &object,
							    held->locks[i]);
		else
			add_activity(l, w, &object, held, held->locks[i]);
}

static struct maybe_held *list_sometimes(struct link *l, const struct lockset *s)
{
	struct maybe_held *list = arena_alloc(l->arena, s->n * sizeof(*list));
	uint32_t i;

	for (i = 0; i < s->n; i++)
		list[i] = (struct maybe_held){ s->locks[i]->name, s->locks[i]->mode,
					       lock_is_lost(s->locks[i]),
					       lock_is_optional(s->locks[i]),
					       s->locks[i]->activity };
	return list;
}

/* There may be a hundred of them: writes with one set share the list. */
static void fill_sometimes(struct link *l, struct write *w, const struct lockset *s)
{
	struct maybe_held **list;
	uint32_t i;

	if (!s)
		return;
	list = &l->collection->sometimes[lockset_number(s)];
	if (!*list)
		*list = list_sometimes(l, s);
	w->sometimes = *list;
	w->nsometimes = s->n;
	for (i = 0; i < s->n; i++)
		w->optional |= w->sometimes[i].optional;
}

/* Is the object part of its root, and not reached from it through a pointer? */
static bool is_embedded(const struct path *p)
{
	uint32_t i;

	for (i = 0; i < p->nsteps; i++)
		if (p->steps[i].kind != STEP_FIELD && p->steps[i].kind != STEP_INDEX)
			return false;
	return true;
}

/*
 * The member of another record that the object is; an element of an array counts as the array.  None
 * if it is in a union: the members of one are one piece of memory (C11 6.7.2.1p16).
 */
static struct step member_of(const struct link *l, const struct path *p)
{
	uint32_t n = p->nsteps, i;

	for (i = n; i && step_embeds(&p->steps[i - 1]); i--)
		if (member_is_overlaid(l, &p->steps[i - 1]))
			return (struct step){ 0 };
	while (n && p->steps[n - 1].kind == STEP_INDEX)
		n--;
	return n && p->steps[n - 1].kind == STEP_FIELD && p->steps[n - 1].record ?
		       p->steps[n - 1] :
		       (struct step){ 0 };
}

/* One event that writes, in one context.  It may write hundreds of units: all of a record. */
struct site {
	struct link *l;
	uint32_t at;
	uint32_t number;	/* index into explorer.writes */
	struct collected *only; /* of a further way: the unit that it is for, or NULL */
	str start;		/* the file that this way starts in, or 0 */
	const struct point *pt;
	const struct lockset *held, *sometimes;
	uint8_t doubted; /* enum lock_doubt */
	struct loc loc;
	uint32_t access;
	bool other; /* the bytes are written as another member of a union than the record is */
	struct write reached; /* has the call chain of all that is written here, once it is known */
};

/* Fills in the chain of the write; all writes of the event share it. */
static void fill_chain(struct site *s, struct write *w)
{
	struct write *reached = &s->reached;

	if (!reached->nchain) {
		reached->loc = w->loc;
		call_chain_fill(s->l, s->at, reached);
	}
	w->nchain = reached->nchain;
	w->chain = reached->chain;
	w->chain_locs = reached->chain_locs;
	w->chain_functions = reached->chain_functions;
	w->nvia = reached->nvia;
	w->via = reached->via;
	w->via_frames = reached->via_frames;
}

/* Fills in what is only asked of a write that is new, to that member, or to all (0). */
static void fill_new(struct site *s, str field, const struct path *obj, struct write *w)
{
	w->held = arena_copy(s->l->arena, w->held, w->nheld * sizeof(*w->held));
	fill_sometimes(s->l, w, s->sometimes);
	w->together = store_group(s->l, &s->l->collection->store_groups,
				  context_at(s->l, s->at)->function, s->pt);
	fill_chain(s, w);
	kinds_fill(s->l, &s->l->collection->lock_paths, s->at, obj, w);
	conditions_fill(s->l, &s->l->collection->lock_paths, obj, field, s->pt, w);
}

/* Notes that the write at hand is the one of that index, and of others that are like it. */
static void note_origin(struct collected *c, uint32_t write, const struct site *s)
{
	uint32_t before = c->origin[write];

	if (s->only || c->writes[write].phase != PHASE_RUNTIME)
		return;
	c->origin[write] = (uint32_t)c->norigins;
	*vec_add(c->origins, c->norigins, c->origins_cap) = (struct origin){ s->number, before };
}

/* Adds a write to a unit that is asked for: to one field (an index into same->record) or to all. */
static void add_asked(struct site *s, const struct layout_unit *same, uint32_t field,
		      const struct path *obj)
{
	const struct context *n = context_at(s->l, s->at);
	enum object_phase phase = phase_of_path(s->l, n, obj, s->pt);
	struct path resolved = resolve_path(s->l, n->function, obj);
	struct collected *c;
	uint32_t *slot;
	struct write w = {
		.function = n->function,
		.loc = s->loc,
		.access = s->access,
		.phase = lifecycle_phase(phase),
		.own = phase == OBJECT_RUNTIME_OWN,
		.restored = phase == OBJECT_RUNTIME_OWN &&
			    model_has(s->l->model, MODEL_INTERRUPT, n->kind) &&
			    is_restored(s->l, n, s->pt),
		.context = n->kind,
		.value = s->pt->event->value,
		.race_ok = s->pt->event->race_ok,
		.whole = field == NONE,
		.once = oneshot_in_chain(s->l, s->at),
		.start = s->start,
	};

	if (path_on_stack(&resolved))
		return;
	c = collected_get(s->l, same->record, same->unit);
	if (s->only && s->only != c)
		return;
	if (resolved.root == ROOT_GLOBAL && is_embedded(&resolved))
		w.global = resolved.name;
	w.member = member_of(s->l, &resolved);
	fill_held(s->l, &w, n->bound, &resolved, s->held);
	believe_write(s->l, s->at, s->doubted, phase, &resolved, &w);
	if (n->against || s->pt->is->against)
		doubt_write(DOUBT_CHANGED_BETWEEN, &w);
	if (s->other)
		doubt_write(DOUBT_OTHER_ALTERNATIVE, &w);
	if (s->only && w.confidence == CONF_LOW)
		return;
	slot = collected_slot(c, &w, field);
	if (!*slot) {
		fill_new(s, field == NONE ? 0 : same->record->fields[field].name, &resolved, &w);
		*vec_add(c->fields, c->nfields, c->fields_cap) = field;
		*vec_add(c->origin, c->norigin, c->origin_cap) = NONE;
		*vec_add(c->writes, c->n, c->cap) = w;
		*slot = (uint32_t)c->n;
	}
	note_origin(c, *slot - 1, s);
}

/* Adds a write to one unit: to one field (an index into r->fields) or to all (NONE). */
static void add_write(struct site *s, const struct record *r, uint32_t unit, uint32_t field,
		      const struct path *obj)
{
	const struct layout_unit same = layout_unit_find(s->l, r, unit);

	if (!record_is_asked(s->l, same.record))
		return;
	if (field != NONE)
		field = field - r->units[unit].first + same.record->units[same.unit].first;
	add_asked(s, &same, field, obj);
}

/* A write to the record, and so to those embedded in it, is not collected. */
static void miss_writes(struct link *l, const struct record *r)
{
	bool *missed = &l->collection->missed[r - l->p->records];
	uint32_t i;

	if (*missed)
		return;
	*missed = true;
	for (i = 0; i < r->nfields; i++) {
		const struct record *inner =
			r->fields[i].record ? symtab_record(l, r->fields[i].record) : NULL;

		if (inner)
			miss_writes(l, inner);
	}
}

bool collected_missed(const struct link *l, const struct record *r)
{
	return l->collection->missed[r - l->p->records];
}

static void write_whole(struct site *s, str key, const struct path *obj, int depth);

/* Adds a write to each unit of a layout, and of the records embedded in it. */
static void write_layout(struct site *s, const struct record *r, const struct path *obj, int depth)
{
	uint32_t i;

	for (i = 0; i < r->nunits; i++)
		add_write(s, r, i, NONE, obj);
	for (i = 0; i < r->nfields; i++) {
		const struct record *inner =
			r->fields[i].record ? symtab_record(s->l, r->fields[i].record) : NULL;
		struct step step = { STEP_FIELD, r->key, r->fields[i].name };
		struct path p = *obj;

		if (!inner || inner == r)
			continue;
		if (depth == EMBEDDED_MAX) {
			limit_met_at(s->l, LIMIT_EMBEDDED, &inner->loc, inner->name);
			miss_writes(s->l, inner);
			continue;
		}
		if (!path_append(&p, &step))
			limit_met(s->l, LIMIT_PATH_STEPS, context_at(s->l, s->at)->function);
		p.type = inner->key;
		write_whole(s, inner->key, &p, depth + 1);
	}
}

/* Adds a write to all of a record, in each layout that it may have here. */
static void write_whole(struct site *s, str key, const struct path *obj, int depth)
{
	const struct record *r;
	uint32_t n;

	for (n = 0; (r = symtab_layout(s->l, context_at(s->l, s->at)->function, key, n)); n++)
		write_layout(s, r, obj, depth);
}

/* Adds a write to the unit that the member is in, or overlays. */
static void write_member(struct site *s, const struct record *r, str name, const struct path *obj)
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

/* Adds a write to a member, in each layout that its record may have here. */
static void write_field(struct site *s, str key, str name, const struct path *obj)
{
	const struct record *r;
	uint32_t n;

	for (n = 0; (r = symtab_layout(s->l, context_at(s->l, s->at)->function, key, n)); n++)
		write_member(s, r, name, obj);
}

/* Adds what explorer.writes[reached] writes in that context to the collected units, or to `only` one. */
static void collect_write(struct link *l, uint32_t reached, uint32_t context,
			  struct collected *only, str start)
{
	const struct reached_write *w = &l->explorer->writes[reached];
	const struct function *f = &l->p->functions[context_at(l, context)->function];
	const struct event *e = w->point->event;
	struct site s = { .l = l,
			  .at = context,
			  .number = reached,
			  .only = only,
			  .start = start,
			  .pt = w->point,
			  .held = w->held,
			  .doubted = w->doubted,
			  .sometimes = w->sometimes,
			  .loc = e->loc,
			  .access = e->access };
	const struct path *written;
	const struct part_write *part;
	uint32_t at = 0;

	if (e->kind == EV_ACCESS) {
		if (e->field)
			write_field(&s, e->obj->type, e->field, e->obj);
		else
			write_whole(&s, e->obj->type, e->obj, 0);
		return;
	}
	written = call_overwrites(l, f, e->call);
	s.loc = f->calls[e->call].loc;
	s.access = ACCESS_WHOLE;
	if (written)
		write_whole(&s, written->type, written, 0);
	while ((part = call_overwrites_part(l, f, e->call, &at))) {
		s.other = paths_part(f->calls[e->call].args[part->arg], &part->obj);
		write_field(&s, part->obj.type, part->field, &part->obj);
	}
}

void writes_collect(struct link *l)
{
	uint32_t i;

	l->collection = arena_alloc(l->arena, sizeof(*l->collection));
	path_numbers_begin(&l->collection->lock_paths);
	l->collection->missed = arena_alloc(l->arena, l->p->nrecords * sizeof(bool));
	l->collection->sometimes = xcalloc(lockset_count(l), sizeof(*l->collection->sometimes));
	oneshot_remember(l, l->explorer->ncontexts);
	believe_begin(l);
	for (i = 0; i < l->explorer->nwrites; i++)
		collect_write(l, i, l->explorer->writes[i].context, NULL, 0);
	oneshot_forget(l);
}

void writes_collect_way(struct link *l, struct collected *c, uint32_t reached, uint32_t context,
			str start)
{
	collect_write(l, reached, context, c, start);
}

static int by_location(const void *a, const void *b)
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

struct collected **collected_sorted(const struct link *l, size_t *n)
{
	struct collected **all;
	struct unit_writes *u, *tmp;

	*n = HASH_COUNT(l->collection->units);
	all = arena_alloc(l->arena, *n * sizeof(struct collected *));
	*n = 0;
	HASH_ITER(hh, l->collection->units, u, tmp)
		all[(*n)++] = &u->c;
	if (*n)
		qsort(all, *n, sizeof(struct collected *), by_location);
	return all;
}
