// SPDX-License-Identifier: GPL-2.0-only
/* generate_body.c - random statements. */
#include "generate.h"

#define LEVELS 3

unsigned int roll(struct generator *g, unsigned int sides)
{
	g->state ^= g->state >> 12;
	g->state ^= g->state << 25;
	g->state ^= g->state >> 27;
	return (unsigned int)((g->state * 0x2545f4914f6cdd1dULL >> 32) % sides);
}

bool percent(struct generator *g, unsigned int chance)
{
	return roll(g, 100) < chance;
}

static struct node *node_at(struct generator *g, uint16_t i)
{
	return &g->p->nodes[i];
}

static struct function *function_at(struct generator *g, const struct site *at)
{
	return &g->p->functions[at->function];
}

void site_begin(struct generator *g, struct site *at, uint8_t function)
{
	unsigned int role = g->p->functions[function].role;

	*at = (struct site){ .function = function, .inner = LOCK_NONE };
	at->atomic = role_is_atomic(role);
	at->root = role >= ROLE_WORK0 && role <= ROLE_IRQ1 ? (uint8_t)(1U << (role - ROLE_WORK0)) :
							     0;
	at->has_arg = role == ROLE_READ || role == ROLE_WRITE || role == ROLE_IOCTL;
	at->no_return = role == ROLE_PROBE || role == ROLE_OPEN || role == ROLE_REMOVE ||
			role == ROLE_RELEASE;
}

uint8_t random_var(struct generator *g, const struct site *at)
{
	return at->has_q && percent(g, 60) ? VAR_Q : VAR_P;
}

struct cond random_cond(struct generator *g, const struct site *at)
{
	struct cond c = { .kind = COND_FIELD,
			  .index = (uint8_t)roll(g, g->p->nfields),
			  .negate = (uint8_t)roll(g, 2) };

	if (at->has_arg && percent(g, 50)) {
		c.kind = COND_ARG;
		c.index = (uint8_t)roll(g, 2);
	} else if (g->p->nflags && percent(g, 70)) {
		c.kind = COND_FLAG;
		c.index = (uint8_t)roll(g, g->p->nflags);
		c.var = random_var(g, at);
	}
	return c;
}

/* --- stores */

static uint8_t random_copy(struct generator *g, const struct site *at, const struct group *group)
{
	if (group->kind == GROUP_ARRAY && at->has_arg && percent(g, 30))
		return COPY_ARG;
	return group->copies == 2 ? (uint8_t)roll(g, 2) : 0;
}

static uint16_t store_node(struct generator *g, const struct site *at, unsigned int field)
{
	static const uint8_t values[] = { VALUE_0,   VALUE_1,	VALUE_1,
					  VALUE_ARG, VALUE_ARG, VALUE_FLIP };
	const struct group *group = &g->p->groups[g->p->fields[field].group];
	enum node_kind kind = NODE_STORE;
	uint16_t i;

	if (group_has_record(group) && percent(g, 12))
		kind = NODE_WHOLE;
	if (group->kind == GROUP_UNION && percent(g, 20))
		kind = NODE_OVERLAY;
	i = node_new(g->p, kind);
	node_at(g, i)->var = random_var(g, at);
	node_at(g, i)->field = (uint8_t)field;
	node_at(g, i)->index = g->p->fields[field].group;
	node_at(g, i)->copy = random_copy(g, at, group);
	node_at(g, i)->style = (uint8_t)roll(g, kind == NODE_OVERLAY ? 3 : 2);
	if (kind == NODE_STORE)
		node_at(g, i)->style = percent(g, 60) ? 0 : (uint8_t)(1 + roll(g, 3));
	node_at(g, i)->value = values[roll(g, sizeof(values))];
	if (node_at(g, i)->value == VALUE_ARG && !at->has_arg)
		node_at(g, i)->value = VALUE_1;
	return i;
}

/* A field whose guard can be had here, if the dice want so. */
static unsigned int random_field(struct generator *g, const struct site *at)
{
	unsigned int tries, field = 0;

	for (tries = 0; tries < 6; tries++) {
		uint8_t guard;

		field = roll(g, g->p->nfields);
		guard = g->guard[g->p->fields[field].unit];
		if (guard == LOCK_NONE || is_held(at, VAR_P, guard) ||
		    may_lock(g, at, VAR_P, guard) || !percent(g, g->care))
			break;
	}
	return field;
}

/* A helper that locks what its caller names: h(p, &p->lock). */
static uint16_t call_with_lock(struct generator *g, const struct site *at, unsigned int var,
			       unsigned int lock)
{
	uint8_t f = function_new(g->p, ROLE_HELPER), other = (uint8_t)roll(g, g->p->nlocks);
	struct site inside, locked;
	uint16_t call = node_new(g->p, NODE_CALL), n = node_new(g->p, NODE_LOCKED);

	g->p->functions[f].takes_lock = 1;
	g->p->functions[f].lock_kind = g->p->locks[lock].kind;
	g->p->functions[f].level = (uint8_t)(function_at(g, at)->level + 1);
	g->p->functions[f].takes = (uint8_t)(1U << lock);
	g->p->functions[f].sleeps = g->p->locks[lock].kind != LOCK_SPIN;
	site_begin(g, &inside, f);
	inside.atomic = at->atomic || at->spins;
	inside.root = at->root;
	inside.held[VAR_P] = at->held[var];
	node_at(g, n)->lock = LOCK_PARAM;
	node_at(g, n)->style = percent(g, 70) ? STYLE_MANUAL : STYLE_GUARD;
	locked = with_lock(g, inside, VAR_P, lock);
	node_at(g, n)->child[0] = make_block(g, locked, 1 + roll(g, 2));
	g->p->functions[f].body = n;
	node_at(g, call)->var = (uint8_t)var;
	node_at(g, call)->index = f;
	node_at(g, call)->lock_arg = (uint8_t)lock;
	if (!percent(g, g->care) && g->p->locks[other].kind == g->p->locks[lock].kind &&
	    !is_held(at, VAR_P, other) && !is_held(at, VAR_Q, other))
		node_at(g, call)->lock_arg = other;
	note_lock(g, at, lock);
	note_lock(g, at, node_at(g, call)->lock_arg);
	return call;
}

static bool may_create(struct generator *g, const struct site *at)
{
	return g->p->nfunctions + 2 < FUNCTIONS && function_at(g, at)->level < LEVELS &&
	       g->p->nnodes + 80 < NODES && at->depth < DEPTH;
}

/* Takes the lock and does `body` (made by it if 0) with it. */
static uint16_t under_lock(struct generator *g, const struct site *at, unsigned int var,
			   unsigned int lock, uint16_t body)
{
	uint16_t n;
	struct site inside;

	if (!body && may_create(g, at) && percent(g, 8))
		return call_with_lock(g, at, var, lock);
	n = lock_node(g, at, var, lock);
	note_lock(g, at, lock);
	inside = inside_of(g, at, node_at(g, n));
	if (body)
		node_at(g, n)->child[0] = body;
	if (!body || percent(g, 30)) {
		uint16_t more = make_block(g, inside, 1 + roll(g, 2));

		block_append(g->p, &node_at(g, n)->child[0], more);
	}
	return n;
}

uint16_t make_store(struct generator *g, struct site at)
{
	unsigned int field = random_field(g, &at);
	uint8_t guard = g->guard[g->p->fields[field].unit];
	uint16_t store = store_node(g, &at, field);
	unsigned int var = node_at(g, store)->var;

	if (at.setup || guard == LOCK_NONE || is_held(&at, var, guard) || !percent(g, g->care) ||
	    !may_lock(g, &at, var, guard))
		return store;
	return under_lock(g, &at, var, guard, store);
}

/* --- calls */

static uint16_t call_of(struct generator *g, const struct site *at, uint8_t f, unsigned int var)
{
	uint16_t call = node_new(g->p, NODE_CALL);
	struct node *n = node_at(g, call);

	n->var = (uint8_t)var;
	n->index = f;
	n->pass_arg = at->has_arg && percent(g, 80);
	n->arg = (uint8_t)roll(g, 4);
	n->copy = 0;
	function_at(g, at)->takes |= g->p->functions[f].takes;
	function_at(g, at)->sleeps |= g->p->functions[f].sleeps;
	function_at(g, at)->waits |= g->p->functions[f].waits;
	return call;
}

/* h(p, locked): takes the lock if its caller has not. */
static void make_locked_param(struct generator *g, struct site inside, uint8_t f, uint8_t guard)
{
	uint16_t n = node_new(g->p, NODE_MAYLOCK);

	g->p->functions[f].takes_locked = 1;
	g->p->functions[f].wants = guard;
	node_at(g, n)->lock = guard;
	node_at(g, n)->cond = (struct cond){ .kind = COND_PARAM, .negate = 1 };
	note_lock(g, &inside, guard);
	node_at(g, n)->child[0] = make_block(g, with_lock(g, inside, VAR_P, guard), 1 + roll(g, 2));
	g->p->functions[f].body = n;
}

/* h(&p->st): stores, nothing else. */
static void make_st_param(struct generator *g, const struct site *inside, uint8_t f,
			  unsigned int field)
{
	unsigned int i, count = 1 + roll(g, 2);

	g->p->functions[f].takes_st = (uint8_t)(g->p->fields[field].group + 1);
	for (i = 0; i < count; i++) {
		uint16_t store = store_node(g, inside, field);

		node_at(g, store)->var = VAR_P;
		node_at(g, store)->copy = COPY_PARAM;
		block_append(g->p, &g->p->functions[f].body, store);
	}
}

static uint16_t call_new(struct generator *g, const struct site *at)
{
	unsigned int var = random_var(g, at), field = roll(g, g->p->nfields);
	uint8_t f = function_new(g->p, ROLE_HELPER), guard = g->guard[g->p->fields[field].unit];
	struct function *fn = &g->p->functions[f];
	const struct group *group = &g->p->groups[g->p->fields[field].group];
	struct site inside;
	uint16_t call;

	fn->level = (uint8_t)(function_at(g, at)->level + 1);
	site_begin(g, &inside, f);
	inside.setup = at->setup;
	inside.root = at->root;
	inside.atomic = at->atomic || at->spins || percent(g, 30);
	fn->takes_arg = percent(g, 50);
	inside.has_arg = fn->takes_arg;
	inside.held[VAR_P] = at->held[var];
	if (group_has_record(group) && percent(g, 40)) {
		make_st_param(g, &inside, f, field);
		fn->wants = guard;
	} else if (guard != LOCK_NONE && !is_held(at, var, guard) &&
		   may_lock(g, &inside, VAR_P, guard) && percent(g, 25)) {
		make_locked_param(g, inside, f, guard);
	} else {
		if (guard != LOCK_NONE && is_held(at, var, guard))
			fn->wants = guard;
		fn->container = group->kind == GROUP_NESTED && group->copies == 1 && percent(g, 30);
		if (fn->container)
			fn->takes_st = (uint8_t)(g->p->fields[field].group + 1);
		fn->body = make_block(g, inside, 1 + roll(g, 3));
	}
	call = call_of(g, at, f, var);
	if (fn->takes_st)
		node_at(g, call)->copy = random_copy(g, at, group);
	if (fn->takes_locked)
		return call;
	if (fn->wants != LOCK_NONE && !at->setup && !is_held(at, var, fn->wants) &&
	    may_lock(g, at, var, fn->wants) && percent(g, g->care))
		return under_lock(g, at, var, fn->wants, call);
	return call;
}

static bool may_call(struct generator *g, const struct site *at, uint8_t f, unsigned int var)
{
	const struct function *fn = &g->p->functions[f];

	if (fn->role != ROLE_HELPER || fn->is_op || fn->takes_lock ||
	    fn->level <= function_at(g, at)->level || !fn->body)
		return false;
	if (function_at(g, at)->role == ROLE_HELPER && f <= at->function)
		return false;
	if ((fn->sleeps && (at->atomic || at->spins)) || fn->waits & at->root)
		return false;
	return fn->takes_locked || !(fn->takes & (at->held[var] | at->held[VAR_P]));
}

static uint16_t call_old(struct generator *g, const struct site *at)
{
	unsigned int var = random_var(g, at);
	uint8_t f = (uint8_t)roll(g, g->p->nfunctions);
	const struct function *fn = &g->p->functions[f];
	uint16_t call;

	if (!may_call(g, at, f, var))
		return make_store(g, *at);
	call = call_of(g, at, f, var);
	if (fn->takes_locked) {
		node_at(g, call)->value = is_held(at, var, fn->wants) &&
					  percent(g, 50 + g->care / 2);
		return call;
	}
	if (fn->wants == LOCK_NONE || at->setup || is_held(at, var, fn->wants) ||
	    !may_lock(g, at, var, fn->wants) || !percent(g, g->care))
		return call;
	return under_lock(g, at, var, fn->wants, call);
}

static uint16_t make_statement(struct generator *g, struct site at)
{
	unsigned int dice = roll(g, 100);

	if (at.depth >= DEPTH || g->p->nnodes + 100 > NODES || dice < 45)
		return make_store(g, at);
	if (dice < 57 && may_create(g, &at))
		return call_new(g, &at);
	if (dice < 65)
		return call_old(g, &at);
	return make_other(g, at);
}

uint16_t make_block(struct generator *g, struct site at, unsigned int count)
{
	uint16_t first = 0;

	while (count--)
		block_append(g->p, &first, make_statement(g, at));
	return first;
}
