// SPDX-License-Identifier: GPL-2.0-only
/*
 * routes.c - further ways to a store than the one that a context keeps.
 *
 * Any path up the calls that lead to a context in the same way (struct other_call) is a chain that holds
 * the same locks, in the same phase.  The contexts along it are copied, so that a write in the last copy
 * is one like all others.
 */
#include "routes.h"
#include "callgraph.h"
#include "keymap.h"
#include "limit.h"
#include "modules.h"
#include "threads.h"
#include "write_confidence.h"
#include "writes.h"

/* A context from which calls lead to a write. */
struct meeting {
	uint32_t context;
	uint32_t first, n; /* of search.ups; NONE: not listed yet */
	uint32_t above;	   /* the last node above which it was listed, + 1 */
	uint32_t above_up; /* ... there: index of search.ups */
	uint32_t met;	   /* the number of the search that met it last */
	uint32_t met_sure; /* ... by calls that have one callee each */
	bool leads;	   /* to it from an entry point in which a route may start */
};

/* A call that leads to a context: from which node. */
struct up {
	uint32_t node, call;
	bool unsure; /* the call has several callees */
};

/* A node on the way up from the write, and the call by which it leads down to the next one. */
struct hop {
	uint32_t node, call;
	uint32_t below;	  /* index of a hop; NONE: the context has the write */
	uint32_t reached; /* index into explorer.writes */
	uint32_t calls;	  /* from there to the write */
	bool unsure;	  /* one of them has several callees */
};

/* The way from a hop in an entry point down to the write. */
struct route {
	uint32_t hop;
	str file, module; /* that it starts in */
};

/* A route that was found, its contexts from the entry point down. */
struct found_route {
	struct found_route *next;
	uint32_t reached; /* index into explorer.writes */
	str file;	  /* that it starts in */
	uint32_t n;
	struct passed_context {
		uint32_t context, call; /* by which it leads to the next one */
	} of[];
};

/* The routes of a unit, in the order in which they were found. */
struct unit_routes {
	struct found_route *first, **end;
};

struct search {
	struct link *l;
	struct collected *c;
	struct unit_routes *found;
	struct keymap files, modules; /* in which writers of the unit start: those asked for */
	struct hop *hops;	      /* those nearer to the write first */
	size_t n, cap;

	/* The contexts above the writes of the unit, close together, as each of its writes goes up there: */
	uint32_t *node_of; /* by context: its node, if the context of that is this one */
	struct meeting *nodes;
	size_t nnodes, nodes_cap;
	struct up *ups;
	size_t nups, ups_cap;
	uint32_t *downs, *first_down; /* the other way round */
	uint32_t *stack;	      /* of nodes from which `leads` spreads */
	size_t nstack;

	uint32_t number; /* of the search */
	bool marked;	 /* a search keeps to the nodes of which `leads` is set */
	bool any_length; /* a search also follows chains that are too long to be believed */
	struct route routes[ROUTES_MAX];
	uint32_t nroutes;
	bool full; /* there is another route, for which there is no place */
};

uint32_t write_start(const struct write *w)
{
	return w->chain_functions[w->chain_functions[0] == NONE];
}

static str file_of(const struct link *l, uint32_t f)
{
	return l->p->functions[f].loc.file;
}

/* --- the calls above a write */

static void begin_search(struct search *s)
{
	s->n = 0;
	s->number++;
}

static uint32_t node_of(struct search *s, uint32_t context)
{
	uint32_t node = s->node_of[context];

	if (node < s->nnodes && s->nodes[node].context == context)
		return node;
	s->node_of[context] = node = (uint32_t)s->nnodes;
	*vec_add(s->nodes, s->nnodes, s->nodes_cap) =
		(struct meeting){ .context = context, .first = NONE };
	return node;
}

/* Adds a call that leads to the node.  Of several from one context the first that has one callee is as good as any. */
static void add_up(struct search *s, uint32_t node, uint32_t context, uint32_t call)
{
	uint32_t from = node_of(s, context), ntargets;
	struct meeting *n = &s->nodes[from];
	struct up up = { from, call, false };

	call_targets(s->l, context_at(s->l, context)->function, call, &ntargets);
	up.unsure = ntargets > 1;
	if (n->above == node + 1) {
		if (s->ups[n->above_up].unsure && !up.unsure)
			s->ups[n->above_up] = up;
		return;
	}
	n->above = node + 1;
	n->above_up = (uint32_t)s->nups;
	*vec_add(s->ups, s->nups, s->ups_cap) = up;
	s->nodes[node].n++;
}

/* Lists all calls that lead to the context of the node. */
static void list_ups(struct search *s, uint32_t node)
{
	const struct context *n = context_at(s->l, s->nodes[node].context);
	uint32_t i;

	s->nodes[node].first = (uint32_t)s->nups;
	if (n->parent != NONE)
		add_up(s, node, n->parent, n->parent_call);
	for (i = n->others; i != NONE; i = other_call_at(s->l, i)->before)
		add_up(s, node, other_call_at(s->l, i)->parent,
		       other_call_at(s->l, i)->parent_call);
}

/* Adds a hop, unless its chains to the write were found before, or none of them would be believed. */
static void add_hop(struct search *s, struct hop h)
{
	struct meeting *n = &s->nodes[h.node];

	if (n->met_sure == s->number || (h.unsure && n->met == s->number))
		return;
	if ((s->marked && !n->leads) || (h.unsure && chain_is_long(h.calls) && !s->any_length))
		return;
	n->met = s->number;
	if (!h.unsure)
		n->met_sure = s->number;
	*vec_add(s->hops, s->n, s->cap) = h;
}

static void go_up(struct search *s, uint32_t at)
{
	const struct hop h = s->hops[at];
	const struct up *up;
	uint32_t i, end;

	if (s->nodes[h.node].first == NONE)
		list_ups(s, h.node);
	end = s->nodes[h.node].first + s->nodes[h.node].n;
	for (i = s->nodes[h.node].first; i < end; i++) {
		up = &s->ups[i];
		add_hop(s, (struct hop){ up->node, up->call, at, h.reached, h.calls + 1,
					 h.unsure || up->unsure });
	}
}

static uint32_t context_of(const struct search *s, uint32_t hop)
{
	return s->nodes[s->hops[hop].node].context;
}

/* Does one that is nearer to the write start in the file; in the module, if it need not be this file? */
static bool is_served(const struct search *s, const struct route *r, bool of_file)
{
	uint32_t i;

	for (i = 0; i < s->nroutes; i++)
		if (s->routes[i].file == r->file || (!of_file && s->routes[i].module == r->module))
			return true;
	return false;
}

/* Notes the way that starts at the hop, in an entry point, if another writer starts there. */
static void note_route(struct search *s, const struct write *w, uint32_t hop)
{
	uint32_t f = context_at(s->l, context_of(s, hop))->function, own = write_start(w);
	struct route r = { hop, file_of(s->l, f), module_of(s->l, f) };
	bool of_file = keymap_has(&s->files, r.file);

	if (r.file == file_of(s->l, own) || is_served(s, &r, of_file))
		return;
	if (!of_file && (r.module == module_of(s->l, own) || !keymap_has(&s->modules, r.module)))
		return;
	if (s->nroutes < ROUTES_MAX)
		s->routes[s->nroutes++] = r;
	else
		s->full = true;
}

/* Adds the contexts that have the write. */
static void add_origins(struct search *s, uint32_t write)
{
	uint32_t i, reached;

	for (i = s->c->origin[write]; i != NONE; i = s->c->origins[i].before) {
		reached = s->c->origins[i].reached;
		add_hop(s, (struct hop){ node_of(s, s->l->explorer->writes[reached].context), 0,
					 NONE, reached, 0, false });
	}
}

static void find_routes(struct search *s, uint32_t write)
{
	const struct write *w = &s->c->writes[write];
	uint32_t i;

	s->nroutes = 0;
	s->full = false;
	begin_search(s);
	add_origins(s, write);
	for (i = 0; i < s->n && !s->full; i++) {
		if (context_at(s->l, context_of(s, i))->parent == NONE)
			note_route(s, w, i);
		go_up(s, i);
	}
	if (s->full)
		limit_met(s->l, LIMIT_ROUTES, w->function);
}

/* Keeps the way down from the hop. */
static void note_found(struct search *s, const struct route *r)
{
	const struct hop *h;
	struct found_route *found;
	uint32_t n = 1;

	for (h = &s->hops[r->hop]; h->below != NONE; h = &s->hops[h->below])
		n++;
	found = arena_alloc(s->l->arena, sizeof(*found) + n * sizeof(found->of[0]));
	found->reached = s->hops[r->hop].reached;
	found->file = r->file;
	for (h = &s->hops[r->hop]; h; h = h->below == NONE ? NULL : &s->hops[h->below])
		found->of[found->n++] =
			(struct passed_context){ s->nodes[h->node].context, h->call };
	*s->found->end = found;
	s->found->end = &found->next;
}

/* --- of a unit */

/* Is the write, or would it be by another chain of calls, believed more than others that are shown last? */
static bool is_useful(const struct write *w)
{
	return w->phase == PHASE_RUNTIME && !w->unseen &&
	       (w->confidence != CONF_LOW || w->doubt == DOUBT_FOREIGN_CALLEE ||
		w->doubt == DOUBT_OTHER_CONTAINER || w->doubt == DOUBT_LONG_CHAIN);
}

/* Has the unit such writes to more than one field? */
static bool may_conflict(const struct collected *c)
{
	uint32_t i, first = NONE;

	for (i = 0; i < c->n; i++) {
		if (!is_useful(&c->writes[i]))
			continue;
		if (c->fields[i] == NONE || (first != NONE && c->fields[i] != first))
			return true;
		first = c->fields[i];
	}
	return false;
}

/* Is it an entry point in which a writer of the unit starts, or in whose file or module one does? */
static bool is_wanted(const struct search *s, const struct context *n)
{
	return n->parent == NONE && (keymap_has(&s->files, file_of(s->l, n->function)) ||
				     keymap_has(&s->modules, module_of(s->l, n->function)));
}

/* Lists the nodes that each of them calls: those of node i from downs[first_down[i]] on. */
static void list_downs(struct search *s)
{
	uint32_t n = (uint32_t)s->nnodes, i, k;

	s->downs = xrealloc(s->downs, (s->nups + 1) * sizeof(*s->downs));
	s->first_down = xrealloc(s->first_down, (n + 2) * sizeof(*s->first_down));
	memset(s->first_down, 0, (n + 2) * sizeof(*s->first_down));
	for (i = 0; i < s->nups; i++)
		s->first_down[s->ups[i].node + 2]++;
	for (i = 2; i < n + 2; i++)
		s->first_down[i] += s->first_down[i - 1];
	for (i = 0; i < n; i++)
		for (k = s->nodes[i].first; k < s->nodes[i].first + s->nodes[i].n; k++)
			s->downs[s->first_down[s->ups[k].node + 1]++] = i;
}

/* Marks the node, and all that it leads to. */
static void mark_from(struct search *s, uint32_t node)
{
	uint32_t i;

	if (s->nodes[node].leads)
		return;
	s->nodes[node].leads = true;
	for (s->stack[0] = node, s->nstack = 1; s->nstack;) {
		node = s->stack[--s->nstack];
		for (i = s->first_down[node]; i < s->first_down[node + 1]; i++)
			if (!s->nodes[s->downs[i]].leads) {
				s->nodes[s->downs[i]].leads = true;
				s->stack[s->nstack++] = s->downs[i];
			}
	}
}

/* Finds all nodes above the first `n` writes, and marks those that lead to them from a wanted entry point. */
static void mark_leading(struct search *s, uint32_t n)
{
	uint32_t i;

	s->nnodes = s->nups = 0;
	s->marked = false;
	s->any_length = false;
	begin_search(s);
	for (i = 0; i < n; i++)
		if (is_useful(&s->c->writes[i])) {
			/* (such a write is believed more, whatever its chain) */
			s->any_length |= s->c->writes[i].doubt == DOUBT_UNKNOWN_OBJECT;
			add_origins(s, i);
		}
	for (i = 0; i < s->n; i++)
		go_up(s, i);
	list_downs(s);
	s->stack = xrealloc(s->stack, (s->nnodes + 1) * sizeof(*s->stack));
	for (i = 0; i < s->nnodes; i++)
		if (is_wanted(s, context_at(s->l, s->nodes[i].context)))
			mark_from(s, i);
	s->marked = true;
}

/* Finds the routes of the first `n` writes. */
static void find_ways(struct search *s, uint32_t n)
{
	uint32_t i, k;

	mark_leading(s, n);
	for (i = 0; i < n; i++) {
		if (!is_useful(&s->c->writes[i]))
			continue;
		find_routes(s, i);
		for (k = 0; k < s->nroutes; k++)
			note_found(s, &s->routes[k]);
	}
}

static void search_unit(struct search *s)
{
	uint32_t i, n = (uint32_t)s->c->n;

	for (i = 0; i < n; i++) {
		uint32_t f = write_start(&s->c->writes[i]);

		if (!is_useful(&s->c->writes[i]))
			continue;
		keymap_mark(&s->files, file_of(s->l, f));
		keymap_mark(&s->modules, module_of(s->l, f));
	}
	if (s->files.n > 1)
		find_ways(s, n);
	keymap_free(&s->files);
	keymap_free(&s->modules);
}

/* Threads search, each another unit. */
struct searches {
	struct collected **all;
	struct unit_routes *found; /* of each */
	size_t n;
	size_t next; /* the first one that no thread has taken; atomic */
};

static void search_units(struct link *l, void *ctx)
{
	struct searches *of = ctx;
	struct search s = { .l = l };
	size_t i;

	s.node_of = xcalloc(l->explorer->ncontexts, sizeof(*s.node_of));
	while ((i = __atomic_fetch_add(&of->next, 1, __ATOMIC_RELAXED)) < of->n) {
		s.c = of->all[i];
		s.found = &of->found[i];
		s.found->end = &s.found->first;
		if (may_conflict(s.c))
			search_unit(&s);
	}
	free(s.node_of);
	free(s.nodes);
	free(s.ups);
	free(s.downs);
	free(s.first_down);
	free(s.stack);
	free(s.hops);
}

/* --- writes for them */

/* Copies the contexts of the way below its first one; returns the one with the write. */
static uint32_t copy_contexts(struct context_adder *by, const struct found_route *r)
{
	uint32_t at = r->of[0].context, i;

	for (i = 1; i < r->n; i++) {
		struct context n = *context_at(by->l, r->of[i].context);

		n.parent = at;
		n.parent_call = r->of[i - 1].call;
		n.depth = context_at(by->l, at)->depth + 1;
		n.root = context_at(by->l, at)->root;
		n.label = 0;
		at = context_new(by, &n);
	}
	return at;
}

void routes_add(struct link *l)
{
	struct searches of = { 0 };
	struct context_adder by = { .l = l };
	const struct found_route *r;
	size_t i;

	of.all = collected_sorted(l, &of.n);
	of.found = xcalloc(of.n + 1, sizeof(*of.found));
	threads_run(l, search_units, &of);
	for (i = 0; i < of.n; i++)
		for (r = of.found[i].first; r; r = r->next)
			writes_collect_way(l, of.all[i], r->reached, copy_contexts(&by, r),
					   r->file);
	free(of.found);
}

/* --- in conflicts */

bool routes_meet(const struct link *l, const struct write *a, const struct write *b)
{
	return (!a->start && !b->start) ||
	       module_of(l, write_start(a)) == module_of(l, write_start(b));
}

/* Renumbers the writes of the unit; of those that go nothing is left. */
static void renumber(struct unit_verdict *v, const uint32_t *number)
{
	uint32_t i, k, n;

	for (i = 0; i < v->nconflicts; i++) {
		v->conflicts[i].write_a = number[v->conflicts[i].write_a];
		v->conflicts[i].write_b = number[v->conflicts[i].write_b];
	}
	for (i = 0; i < v->nfields; i++) {
		struct unit_field *f = &v->fields[i];

		for (k = n = 0; k < f->nwrites; k++)
			if (number[f->writes[k]] != NONE)
				f->writes[n++] = number[f->writes[k]];
		f->nwrites = n;
	}
}

void routes_drop(struct unit_verdict *v)
{
	uint32_t *number = xcalloc(v->nwrites, sizeof(*number)), i, n = 0;

	for (i = 0; i < v->nconflicts; i++)
		number[v->conflicts[i].write_a] = number[v->conflicts[i].write_b] = 1;
	for (i = 0; i < v->nwrites; i++) {
		bool stays = !v->writes[i].start || number[i];

		number[i] = stays ? n : NONE;
		if (stays)
			v->writes[n++] = v->writes[i];
	}
	if (n < v->nwrites)
		renumber(v, number);
	v->nwrites = n;
	free(number);
}
