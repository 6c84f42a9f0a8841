// SPDX-License-Identifier: GPL-2.0-only
/*
 * resolve.c - access paths across calls: what a call's result is, what an
 * argument is to the callee, which objects are fresh and when they are not.
 */
#include "link.h"
#include "kernel/linuxmodel.h"

#define RESOLVE_DEPTH 6

static bool same_member(const struct step *a, const struct step *b)
{
	return a->record == b->record && a->field == b->field;
}

/* Member and container_of() undo each other, whichever comes first. */
static bool steps_cancel(const struct step *a, const struct step *b)
{
	return ((a->kind == STEP_FIELD && b->kind == STEP_CONTAINER) ||
		(a->kind == STEP_CONTAINER && b->kind == STEP_FIELD)) &&
	       same_member(a, b);
}

void path_append(struct path *p, const struct step *s)
{
	if (p->root == ROOT_UNKNOWN)
		return;
	if (p->nsteps && steps_cancel(&p->steps[p->nsteps - 1], s)) {
		p->nsteps--;
		return;
	}
	if (p->nsteps == PATH_STEPS) {
		p->root = ROOT_UNKNOWN;
		p->nsteps = 0;
		return;
	}
	p->steps[p->nsteps++] = *s;
}

bool same_root(const struct path *a, const struct path *b)
{
	return a->root == b->root && a->root != ROOT_UNKNOWN && a->index == b->index &&
	       a->name == b->name;
}

static bool same_step(const struct step *a, const struct step *b)
{
	return a->kind == b->kind && same_member(a, b);
}

/* `base` with the steps of `p` behind it. */
static struct path path_concat(const struct path *base, const struct path *p)
{
	struct path out = *base;
	uint32_t i;

	for (i = 0; i < p->nsteps; i++)
		path_append(&out, &p->steps[i]);
	if (p->type)
		out.type = p->type;
	return out;
}

static struct path unknown_path(str type)
{
	return (struct path){ .root = ROOT_UNKNOWN, .type = type };
}

/* The only function a call can reach, or NONE. */
static uint32_t only_target(const struct link *l, uint32_t f, uint32_t call)
{
	const struct func_info *i = &l->info[f];

	if (!i->first_target || i->first_target[call + 1] != i->first_target[call] + 1)
		return NONE;
	return i->targets[i->first_target[call]];
}

static struct path resolve_at(const struct link *l, uint32_t f, const struct path *p, int depth);

static struct path substitute_at(const struct link *l, uint32_t f, const struct call *call,
				 const struct path *inner, int depth)
{
	struct path base;

	if (inner->root == ROOT_GLOBAL || inner->root == ROOT_FUNC)
		return *inner;
	if (inner->root != ROOT_PARAM || inner->index >= call->nargs)
		return unknown_path(inner->type);
	base = resolve_at(l, f, call->args[inner->index], depth);
	return path_concat(&base, inner);
}

int model_arg(const struct link *l, const struct call *c, model_arg_fn *which)
{
	int arg = c->kind == CALLEE_DIRECT ? which(l->model, str_unqualified(c->name)) : -1;

	return arg >= 0 && (uint32_t)arg < c->nargs ? arg : -1;
}

static bool resolve_call(const struct link *l, uint32_t f, const struct path *p, int depth,
			 struct path *out)
{
	const struct call *c = &l->p->functions[f].calls[p->index];
	int arg = model_arg(l, c, linuxmodel_getter_arg);
	uint32_t t;

	if (arg >= 0) {
		static const struct step private = { .kind = STEP_PRIVATE };
		struct path object = resolve_at(l, f, c->args[arg], depth);

		path_append(&object, &private);
		object.type = 0;
		*out = path_concat(&object, p);
		return true;
	}
	if (c->kind == CALLEE_DIRECT && (linuxmodel_is_alloc(l->model, str_unqualified(c->name)) ||
					 linuxmodel_is_lookup(l->model, str_unqualified(c->name)) ||
					 linuxmodel_is_own(l->model, str_unqualified(c->name))))
		return false;
	t = only_target(l, f, p->index);
	if (t == NONE || l->info[t].return_value != RET_PATH)
		return false;
	*out = substitute_at(l, f, c, l->info[t].return_path, depth);
	*out = path_concat(out, p);
	return true;
}

/* A variable whose definitions all come to the same object is that object. */
static bool resolve_local(const struct link *l, uint32_t f, const struct path *p, int depth,
			  struct path *out)
{
	const struct local *v = &l->p->functions[f].locals[p->index];
	struct path first = { 0 }, def;
	bool any = false;
	uint32_t i;

	/* Of variables with many definitions that lead to each other no end would be seen. */
	if (v->ndefs > DEFINITIONS_MANY && depth > 1)
		return false;
	for (i = 0; i < v->ndefs; i++) {
		if (v->defs[i].root == ROOT_NULL)
			continue;
		def = resolve_at(l, f, &v->defs[i], depth);
		if (def.root == ROOT_UNKNOWN || def.root == ROOT_LOCAL)
			return false;
		if (any && !same_object(&first, &def))
			return false;
		first = def;
		any = true;
	}
	if (any)
		*out = path_concat(&first, p);
	return any;
}

static struct path resolve_at(const struct link *l, uint32_t f, const struct path *p, int depth)
{
	struct path out;

	if (depth >= RESOLVE_DEPTH)
		return *p;
	if (p->root == ROOT_CALL && resolve_call(l, f, p, depth + 1, &out))
		return resolve_at(l, f, &out, depth + 1);
	if (p->root == ROOT_LOCAL && resolve_local(l, f, p, depth + 1, &out))
		return out;
	return *p;
}

struct path resolve_path(const struct link *l, uint32_t f, const struct path *p)
{
	return resolve_at(l, f, p, 0);
}

struct path substitute_path(const struct link *l, uint32_t f, const struct call *call,
			    const struct path *inner)
{
	return substitute_at(l, f, call, inner, 0);
}

bool step_embeds(const struct step *s)
{
	return s->kind == STEP_FIELD || s->kind == STEP_CONTAINER;
}

bool step_invert(struct step *s)
{
	if (!step_embeds(s))
		return false;
	s->kind = s->kind == STEP_FIELD ? STEP_CONTAINER : STEP_FIELD;
	return true;
}

uint32_t common_steps(const struct path *a, const struct path *b)
{
	uint32_t k = 0;

	while (k < a->nsteps && k < b->nsteps && same_step(&a->steps[k], &b->steps[k]))
		k++;
	return k;
}

bool same_object(const struct path *a, const struct path *b)
{
	return same_root(a, b) && a->nsteps == b->nsteps && common_steps(a, b) == a->nsteps;
}

/* Path `outer` as seen from the object `arg`: up through its embedding, then down. */
static bool express_from(const struct path *arg, uint32_t index, const struct path *outer,
			 struct path *inner)
{
	uint32_t k, i;

	if (!same_root(arg, outer))
		return false;
	k = common_steps(arg, outer);
	*inner = (struct path){ .root = ROOT_PARAM, .index = index, .type = outer->type };
	for (i = arg->nsteps; i > k; i--) {
		struct step up = arg->steps[i - 1];

		if (!step_invert(&up))
			return false;
		path_append(inner, &up);
	}
	for (i = k; i < outer->nsteps; i++)
		path_append(inner, &outer->steps[i]);
	return inner->root == ROOT_PARAM;
}

bool express_path(const struct link *l, uint32_t f, const struct call *call,
		  const struct path *outer, struct path *inner)
{
	struct path arg, best, candidate;
	bool found = false;
	uint32_t a;

	if (outer->root == ROOT_GLOBAL) {
		*inner = *outer;
		return true;
	}
	for (a = 0; a < call->nargs; a++) {
		arg = resolve_path(l, f, call->args[a]);
		if (!express_from(&arg, a, outer, &candidate))
			continue;
		if (!found || candidate.nsteps < best.nsteps)
			best = candidate;
		found = true;
	}
	if (found)
		*inner = best;
	return found;
}

bool step_traverses(const struct link *l, const struct step *s)
{
	return (s->kind == STEP_PTR || s->kind == STEP_FIELD) &&
	       linuxmodel_is_traversal(l->model, str_unqualified(s->record), s->field);
}

bool path_traverses(const struct link *l, const struct path *p)
{
	uint32_t i;

	for (i = 0; i < p->nsteps; i++)
		if (step_traverses(l, &p->steps[i]))
			return true;
	return false;
}

static bool steps_all_embed(const struct path *p)
{
	uint32_t i;

	for (i = 0; i < p->nsteps; i++)
		if (!step_embeds(&p->steps[i]) && p->steps[i].kind != STEP_INDEX)
			return false;
	return true;
}

int fresh_bit(const struct link *l, uint32_t f, const struct path *p)
{
	const struct func_info *info = &l->info[f];
	const struct local *v;
	struct path def;
	uint32_t i;
	int bit = -1;

	if (!steps_all_embed(p))
		return -1;
	for (i = 0; p->root == ROOT_CALL && i < info->nfresh; i++)
		if (info->fresh[i] == p->index)
			return (int)i;
	if (p->root != ROOT_LOCAL)
		return -1;
	/* A variable is fresh when everything assigned to it is. */
	v = &l->p->functions[f].locals[p->index];
	for (i = 0; i < v->ndefs; i++) {
		if (v->defs[i].root == ROOT_NULL)
			continue;
		if (v->defs[i].root == ROOT_LOCAL)
			return -1;
		def = resolve_path(l, f, &v->defs[i]);
		if (def.root == ROOT_LOCAL)
			return -1;
		bit = fresh_bit(l, f, &def);
		if (bit < 0)
			return -1;
	}
	return bit;
}

/* To how many calls of f is the address of its variable v handed? */
static uint32_t calls_with_address(const struct function *fn, uint32_t v)
{
	uint32_t c, i, n = 0;

	for (c = 0; c < fn->ncalls; c++)
		for (i = 0; i < fn->calls[c].nargs; i++)
			n += fn->calls[c].args[i]->root == ROOT_STACK &&
			     fn->calls[c].args[i]->index == v;
	return n;
}

void resolve_created(struct link *l, uint32_t f)
{
	const struct function *fn = &l->p->functions[f];
	uint32_t c, i;

	for (c = 0; c < fn->ncalls; c++) {
		int arg = model_arg(l, &fn->calls[c], linuxmodel_creator_arg);
		const struct path *p = arg < 0 ? NULL : fn->calls[c].args[arg];
		struct local *v;

		if (!p || p->root != ROOT_STACK || p->nsteps ||
		    calls_with_address(fn, p->index) != 1)
			continue;
		v = &fn->locals[p->index];
		for (i = 0; i < v->ndefs; i++)
			if (v->defs[i].root == ROOT_UNKNOWN)
				v->defs[i] = (struct path){ .root = ROOT_CALL,
							    .index = c,
							    .type = v->defs[i].type };
	}
}

static bool call_is_fresh(const struct link *l, uint32_t f, uint32_t c)
{
	const struct call *call = &l->p->functions[f].calls[c];
	uint32_t t;

	if (model_arg(l, call, linuxmodel_creator_arg) >= 0)
		return true;
	if (call->kind == CALLEE_DIRECT &&
	    linuxmodel_is_alloc(l->model, str_unqualified(call->name)))
		return true;
	t = only_target(l, f, c);
	return t != NONE && l->info[t].return_value == RET_FRESH;
}

bool call_sleeps(const struct link *l, uint32_t f, uint32_t c)
{
	const struct call *call = &l->p->functions[f].calls[c];
	uint32_t t = only_target(l, f, c);

	return (call->kind == CALLEE_DIRECT &&
		linuxmodel_sleeps(l->model, str_unqualified(call->name))) ||
	       (t != NONE && l->info[t].sleeps);
}

/* An object of f whose publication is asked for: a parameter's, or a fresh one. */
struct subject {
	uint32_t param; /* NONE: a fresh object */
	int bit;	/* of a fresh object, see fresh_bit() */
};

static bool is_subject(const struct link *l, uint32_t f, const struct subject *s,
		       const struct path *p)
{
	if (s->param == NONE)
		return fresh_bit(l, f, p) == s->bit;
	return p->root == ROOT_PARAM && p->index == s->param;
}

/* Where does storing into, or passing on to, `obj` take the subject? */
static uint64_t reaches(const struct link *l, uint32_t f, const struct subject *s,
			const struct path *obj)
{
	if (obj->root == ROOT_STACK || fresh_bit(l, f, obj) >= 0 || is_subject(l, f, s, obj))
		return 0;
	if (obj->root != ROOT_PARAM)
		return INTO_WORLD;
	return obj->index < 62 ? UINT64_C(1) << obj->index : INTO_WORLD;
}

static uint64_t store_publishes(const struct link *l, uint32_t f, const struct subject *s,
				const struct event *e)
{
	struct path src = resolve_path(l, f, e->src), obj;

	if (!is_subject(l, f, s, &src))
		return 0;
	obj = resolve_path(l, f, e->obj);
	return reaches(l, f, s, &obj);
}

static uint64_t call_publishes(const struct link *l, uint32_t f, const struct subject *s,
			       uint32_t c)
{
	const struct call *call = &l->p->functions[f].calls[c];
	const struct func_info *info = &l->info[f];
	int published = model_arg(l, call, linuxmodel_publish_arg);
	uint64_t out = 0;
	uint32_t a, j, t;

	for (a = 0; a < call->nargs && a < 8; a++) {
		struct path arg = resolve_path(l, f, call->args[a]);

		if (!is_subject(l, f, s, &arg))
			continue;
		if (published == (int)a)
			out |= INTO_WORLD;
		for (t = info->first_target[c]; t < info->first_target[c + 1]; t++) {
			uint64_t into = l->info[info->targets[t]].into[a];

			out |= into & INTO_WORLD;
			for (j = 0; j < call->nargs && j < 62; j++)
				if (into >> j & 1) {
					struct path other = resolve_path(l, f, call->args[j]);

					out |= reaches(l, f, s, &other);
				}
		}
	}
	return out;
}

/* Into what f publishes it anywhere, a set as in func_info.into. */
static uint64_t publication(const struct link *l, uint32_t f, const struct subject *s)
{
	const struct function *fn = &l->p->functions[f];
	uint64_t out = 0;
	uint32_t b, e, c;

	for (b = 0; b < fn->nblocks; b++)
		for (e = 0; e < fn->blocks[b].nevents; e++)
			if (fn->blocks[b].events[e].kind == EV_STORE)
				out |= store_publishes(l, f, s, &fn->blocks[b].events[e]);
	for (c = 0; c < fn->ncalls; c++)
		out |= call_publishes(l, f, s, c);
	return out;
}

static void summarise_return(struct link *l, uint32_t f)
{
	const struct function *fn = &l->p->functions[f];
	struct func_info *info = &l->info[f];
	struct path returned = { 0 };
	uint32_t i, kind = RET_NULL;

	for (i = 0; i < fn->nreturns && kind != RET_UNKNOWN; i++) {
		struct path p = resolve_path(l, f, &fn->returns[i]);
		uint32_t t, this = RET_UNKNOWN;
		int bit = fresh_bit(l, f, &p);

		t = p.root == ROOT_CALL ? only_target(l, f, p.index) : NONE;
		if (p.root == ROOT_NULL || (t != NONE && l->info[t].return_value == RET_NULL))
			continue;
		if (bit >= 0)
			this = publication(l, f, &(struct subject){ NONE, bit }) & INTO_WORLD ?
				       RET_UNKNOWN :
				       RET_FRESH;
		else if (p.root == ROOT_PARAM || p.root == ROOT_GLOBAL)
			this = RET_PATH;
		if (this == RET_PATH && kind == RET_PATH && !same_object(&p, &returned))
			this = RET_UNKNOWN;
		if (kind != RET_NULL && kind != this)
			this = RET_UNKNOWN;
		kind = this;
		returned = p;
	}
	info->return_value = fn->nreturns ? kind : RET_UNKNOWN;
	if (info->return_value == RET_PATH)
		info->return_path = arena_copy(l->arena, &returned, sizeof(returned));
}

void summarise_values(struct link *l, uint32_t f)
{
	const struct function *fn = &l->p->functions[f];
	struct func_info *info = &l->info[f];
	uint32_t fresh[FRESH_MAX], c, i;

	for (c = 0; c < fn->ncalls; c++) {
		if (!call_is_fresh(l, f, c))
			continue;
		if (info->nfresh == FRESH_MAX) {
			l->p->stats.limits++;
			break;
		}
		fresh[info->nfresh++] = c;
	}
	info->fresh = arena_copy(l->arena, fresh, info->nfresh * sizeof(*fresh));
	summarise_return(l, f);
	for (i = 0; i < fn->nparams && i < 8; i++)
		info->into[i] = publication(l, f, &(struct subject){ i, -1 });
}

/* --- members that get another value */

static uint32_t change_bit(str record, str field)
{
	return str_pair_hash(record, field) % (64 * CHANGES_WORDS);
}

bool may_change(const struct func_info *info, str record, str field)
{
	uint32_t bit = change_bit(record, field);

	return info->changes[bit / 64] >> bit % 64 & 1;
}

static void add_changes(struct link *l, uint32_t f, uint32_t callee)
{
	uint32_t i;

	for (i = 0; i < CHANGES_WORDS; i++)
		l->info[f].changes[i] |= l->info[callee].changes[i];
}

static void add_own_changes(struct link *l, uint32_t f)
{
	const struct function *fn = &l->p->functions[f];
	uint32_t i, bit;

	for (i = 0; i < fn->nchanged; i++) {
		bit = change_bit(fn->changed[i].record, fn->changed[i].field);
		l->info[f].changes[bit / 64] |= UINT64_C(1) << bit % 64;
	}
}

void summarise_changes(struct link *l, uint32_t f)
{
	uint32_t t;

	add_own_changes(l, f);
	for (t = 0; t < l->info[f].ntargets_total; t++)
		add_changes(l, f, l->info[f].targets[t]);
}

void narrow_changes(struct link *l, uint32_t f, const bool *reached)
{
	const struct function *fn = &l->p->functions[f];
	struct func_info *info = &l->info[f];
	uint32_t b, e, t, c;

	memset(info->changes, 0, sizeof(info->changes));
	add_own_changes(l, f);
	for (b = 0; b < fn->nblocks; b++)
		for (e = 0; reached[b] && e < fn->blocks[b].nevents; e++) {
			if (fn->blocks[b].events[e].kind != EV_CALL)
				continue;
			c = fn->blocks[b].events[e].call;
			for (t = info->first_target[c]; t < info->first_target[c + 1]; t++)
				add_changes(l, f, info->targets[t]);
		}
}
