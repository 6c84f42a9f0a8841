// SPDX-License-Identifier: GPL-2.0-only
/* generate.c - the record, the locks and the functions of a random program. */
#include <string.h>

#include "generate.h"

static struct node *node_at(struct generator *g, uint16_t i)
{
	return &g->p->nodes[i];
}

/* --- the record */

static void make_fields(struct generator *g)
{
	static const uint8_t kinds[] = { GROUP_NESTED, GROUP_NESTED, GROUP_UNION, GROUP_ARRAY,
					 GROUP_CHILD };
	struct program *p = g->p;
	unsigned int i, group = 0;

	p->ngroups = percent(g, 35) ? 2 : 1;
	p->nfields = (uint8_t)(2 + roll(g, 3));
	for (i = 0; i < p->ngroups; i++) {
		uint8_t kind = i || percent(g, 35) ? kinds[roll(g, sizeof(kinds))] : GROUP_PLAIN;
		bool two = kind == GROUP_ARRAY || (kind == GROUP_NESTED && percent(g, 40));

		p->groups[i] = (struct group){ .kind = kind, .copies = two ? 2 : 1 };
	}
	if (p->ngroups == 2 && p->nfields < 4)
		p->nfields = 4;
	for (i = 0; i < p->nfields; i++) {
		struct field *f = &p->fields[i];

		group = p->ngroups == 2 && i >= 2;
		f->group = (uint8_t)group;
		f->width = percent(g, 80) ? 1 : 2;
		f->type = percent(g, 30);
		if (i && group == p->fields[i - 1].group && p->groups[group].kind != GROUP_UNION &&
		    percent(g, 18))
			f->separator = percent(g, 50) ? SEP_ZERO : SEP_MEMBER;
	}
	program_layout(p);
	p->nflags = (uint8_t)roll(g, FLAGS + 1);
	p->once = percent(g, 30);
}

static void make_locks(struct generator *g)
{
	struct program *p = g->p;
	unsigned int i;

	p->nlocks = (uint8_t)(1 + roll(g, 3));
	for (i = 0; i < p->nlocks; i++) {
		static const uint8_t kinds[] = { LOCK_MUTEX, LOCK_MUTEX, LOCK_SPIN, LOCK_SPIN,
						 LOCK_RWSEM };

		p->locks[i].kind = kinds[roll(g, sizeof(kinds))];
		p->locks[i].global = percent(g, 25);
	}
	if (percent(g, 10)) {
		p->locks[i].kind = p->locks[i + 1].kind = (uint8_t)roll(g, 2);
		p->locks[i].element = 1;
		p->locks[i + 1].element = 2;
		p->nlocks += 2;
	}
	p->spin_flavour = (uint8_t)roll(g, 3);
}

/* --- contexts */

static void make_roles(struct generator *g)
{
	static const uint8_t files[] = { ROLE_IOCTL, ROLE_WRITE, ROLE_READ };
	static const uint8_t others[] = { ROLE_WORK0, ROLE_TIMER, ROLE_IRQ0,
					  ROLE_WORK1, ROLE_IRQ1,  ROLE_THREAD };
	struct program *p = g->p;
	unsigned int i, n, first = roll(g, 3), other = roll(g, 6);

	if (p->birth == BIRTH_OPEN || (p->find == FIND_MISC && percent(g, 35)) ||
	    (p->find != FIND_MISC && percent(g, 15)))
		function_new(p, ROLE_OPEN);
	n = 1 + roll(g, 2);
	for (i = 0; i < n; i++)
		function_new(p, files[(first + i) % 3]);
	if (program_role(p, ROLE_OPEN) && percent(g, 40))
		function_new(p, ROLE_RELEASE);
	n = roll(g, 3);
	for (i = 0; i < n && (p->birth != BIRTH_STATIC || program_role(p, ROLE_PROBE)); i++)
		function_new(p, others[(other + i) % 6]);
	if (program_role(p, ROLE_PROBE) && percent(g, 40))
		function_new(p, ROLE_REMOVE);
}

/* Works, timers and interrupts need an object that was set up: a static one gets a probe for it. */
static void make_world(struct generator *g)
{
	struct program *p = g->p;
	unsigned int dice = roll(g, 100), i;

	p->nobjects = percent(g, 40) ? 2 : 1;
	p->delayed = percent(g, 25);
	if (dice < 55) {
		p->birth = BIRTH_PROBE;
		p->find = percent(g, 60) ? FIND_MISC : FIND_GLOBAL;
	} else if (dice < 80) {
		p->birth = BIRTH_OPEN;
		p->find = FIND_FILE;
	} else {
		p->birth = BIRTH_STATIC;
		p->find = FIND_STATIC;
		p->nobjects = 1;
	}
	for (i = 0; i < p->ngroups; i++)
		if (p->birth == BIRTH_STATIC && p->groups[i].kind == GROUP_CHILD)
			p->groups[i].kind = GROUP_NESTED;
	p->list = p->birth != BIRTH_STATIC && percent(g, 35);
	p->peer = p->nobjects == 2 && percent(g, 35);
	if (p->birth == BIRTH_PROBE || (p->birth == BIRTH_STATIC && percent(g, 60)))
		function_new(p, ROLE_PROBE);
	p->ops = (p->birth == BIRTH_PROBE || p->birth == BIRTH_OPEN) && percent(g, 20) ?
			 (uint8_t)(1 + roll(g, TABLES)) :
			 0;
	make_roles(g);
}

static void make_guards(struct generator *g)
{
	static const uint8_t cares[] = { 100, 100, 100, 100, 85, 85, 85, 50, 50, 0 };
	unsigned int i;

	g->care = cares[roll(g, sizeof(cares))];
	g->life = percent(g, 40);
	for (i = 0; i <= WORKS; i++) {
		g->fence[i] = percent(g, 50) ? (uint8_t)roll(g, g->p->nlocks) : LOCK_NONE;
		if (g->fence[i] != LOCK_NONE && g->p->locks[g->fence[i]].kind == LOCK_SPIN)
			g->fence[i] = LOCK_NONE;
	}
	for (i = 0; i < FIELDS; i++)
		g->guard[i] = percent(g, 20) ? LOCK_NONE : (uint8_t)roll(g, g->p->nlocks);
}

/* --- the life of an object */

static uint16_t life_node(struct generator *g, enum node_kind kind, unsigned int index)
{
	uint16_t i = node_new(g->p, kind);

	node_at(g, i)->index = (uint8_t)index;
	return i;
}

static unsigned int collect_starts(struct generator *g, uint8_t function, uint16_t *list)
{
	struct program *p = g->p;
	bool probe = p->functions[function].role == ROLE_PROBE;
	unsigned int n = 0, i;

	list[n++] = life_node(g, NODE_DRVDATA, 0);
	if (probe && p->find == FIND_MISC)
		list[n++] = life_node(g, NODE_REGISTER, 0);
	if (probe && p->find == FIND_GLOBAL) {
		list[n] = life_node(g, NODE_PUBLISH, 0);
		node_at(g, list[n++])->style = percent(g, 30);
	}
	if (p->list)
		list[n++] = life_node(g, NODE_LIST_ADD, 0);
	if (p->peer)
		list[n++] = life_node(g, NODE_PAIR, 0);
	for (i = 0; i < 2; i++) {
		if (program_role(p, ROLE_IRQ0 + i))
			list[n++] = life_node(g, NODE_REQUEST, i);
		if (program_role(p, ROLE_WORK0 + i) && percent(g, 50))
			list[n++] = life_node(g, NODE_QUEUE, i);
	}
	if (program_role(p, ROLE_TIMER) && percent(g, 50))
		list[n++] = life_node(g, NODE_ARM, 0);
	if (program_role(p, ROLE_THREAD))
		list[n++] = life_node(g, NODE_RUN, 0);
	return n;
}

static void shuffle(struct generator *g, uint16_t *list, unsigned int n)
{
	while (n > 1) {
		unsigned int k = roll(g, n--);
		uint16_t swap = list[k];

		list[k] = list[n];
		list[n] = swap;
	}
}

/* Some of the starts are done by a helper. */
static uint16_t in_helper(struct generator *g, uint8_t function, uint16_t start)
{
	uint16_t call;
	struct site at;
	uint8_t f;

	if (node_at(g, start)->kind == NODE_DRVDATA || !percent(g, 20) ||
	    g->p->nfunctions + 2 >= FUNCTIONS)
		return start;
	f = function_new(g->p, ROLE_HELPER);
	g->p->functions[f].level = g->p->functions[function].level + 1;
	g->p->functions[f].body = start;
	site_begin(g, &at, f);
	at.no_return = true;
	at.setup = percent(g, 50);
	if (g->life && percent(g, 50))
		block_append(g->p, &g->p->functions[f].body, make_store(g, at));
	call = node_new(g->p, NODE_CALL);
	node_at(g, call)->index = f;
	return call;
}

/* Makes the object, sets it up and makes it known, with stores before, after and in between. */
static void make_birth(struct generator *g, uint8_t function)
{
	uint16_t list[12], body = node_new(g->p, NODE_ALLOC);
	unsigned int i, n = collect_starts(g, function, list), quiet = 0;
	struct site at;

	site_begin(g, &at, function);
	at.setup = true;
	if (percent(g, 50))
		block_append(g->p, &body, node_new(g->p, NODE_INIT));
	else
		quiet = body;
	if (percent(g, 60))
		block_append(g->p, &body, make_block(g, at, 1 + roll(g, 2)));
	if (quiet)
		block_append(g->p, &body, node_new(g->p, NODE_INIT));
	if (g->p->ops == 2 && percent(g, 50)) {
		uint16_t set = node_new(g->p, NODE_SET_OPS);

		node_at(g, set)->value = 1;
		block_append(g->p, &body, set);
	}
	shuffle(g, list, n);
	for (i = 0; i < n; i++) {
		if (g->life && percent(g, 30)) {
			at.setup = percent(g, 50); /* heeds the locks, or not */
			block_append(g->p, &body, make_block(g, at, 1));
		}
		block_append(g->p, &body, in_helper(g, function, list[i]));
	}
	if (g->life && percent(g, 40)) {
		at.setup = percent(g, 30);
		block_append(g->p, &body, make_block(g, at, 1));
	}
	g->p->functions[function].body = body;
}

/* Ends all that runs on the object, with stores in between, and frees it. */
static void make_death(struct generator *g, uint8_t function)
{
	struct program *p = g->p;
	uint16_t list[10], body = node_new(p, NODE_FIND);
	unsigned int i, n = 0;
	struct site at;

	site_begin(g, &at, function);
	at.setup = true;
	if (p->find == FIND_MISC)
		list[n++] = life_node(g, NODE_DEREGISTER, 0);
	if (p->list)
		list[n++] = life_node(g, NODE_LIST_DEL, 0);
	for (i = 0; i < 2; i++) {
		if (program_role(p, ROLE_IRQ0 + i))
			list[n++] = life_node(g, NODE_FREE_IRQ, i);
		if (program_role(p, ROLE_WORK0 + i))
			list[n++] = life_node(g, NODE_CANCEL, i);
	}
	if (program_role(p, ROLE_TIMER))
		list[n++] = life_node(g, NODE_DISARM, 0);
	if (program_role(p, ROLE_THREAD))
		list[n++] = life_node(g, NODE_STOP, 0);
	shuffle(g, list, n);
	for (i = 0; i < n; i++) {
		if (percent(g, 20))
			block_append(p, &body, make_store(g, at));
		block_append(p, &body, list[i]);
	}
	if (percent(g, 30))
		block_append(p, &body, make_store(g, at));
	if (p->find != FIND_STATIC)
		block_append(p, &body, node_new(p, NODE_FREE));
	p->functions[function].body = body;
}

/* --- functions */

static void make_function(struct generator *g, uint8_t function)
{
	struct program *p = g->p;
	unsigned int role = p->functions[function].role;
	struct site at;
	uint16_t body;

	if (role == ROLE_PROBE || (role == ROLE_OPEN && p->birth == BIRTH_OPEN)) {
		make_birth(g, function);
		return;
	}
	if (role == ROLE_REMOVE || (role == ROLE_RELEASE && p->birth == BIRTH_OPEN)) {
		make_death(g, function);
		return;
	}
	site_begin(g, &at, function);
	body = node_new(p, NODE_FIND);
	if (role == ROLE_OPEN && p->find == FIND_MISC)
		block_append(p, &body, node_new(p, NODE_DRVDATA));
	if ((role != ROLE_OPEN && role != ROLE_RELEASE) || percent(g, 40))
		block_append(p, &body, make_block(g, at, 1 + roll(g, 3)));
	if (role >= ROLE_READ && role <= ROLE_IOCTL && percent(g, 30)) {
		uint16_t end = make_end(g, &at);

		if (end)
			block_append(p, &body, end);
	}
	p->functions[function].body = body;
}

/* Makes the functions that the tables of operations point to. */
static void make_ops(struct generator *g)
{
	unsigned int i;

	for (i = 0; i < g->p->ops; i++) {
		uint8_t f = function_new(g->p, ROLE_HELPER);
		struct site at;
		uint16_t body;

		g->p->functions[f].level = 1;
		g->p->functions[f].is_op = (uint8_t)(i + 1);
		site_begin(g, &at, f);
		body = make_block(g, at, 1 + roll(g, 2));
		g->p->functions[f].body = body;
	}
}

static uint16_t *first_file_body(struct program *p)
{
	unsigned int f = 0;

	while (p->functions[f].role < ROLE_READ || p->functions[f].role > ROLE_IOCTL)
		f++;
	return &p->functions[f].body;
}

struct flag_use {
	bool tested[FLAGS], set[FLAGS];
};

static void note_flag(const struct program *p, uint16_t node, void *data)
{
	const struct node *n = &p->nodes[node];
	struct flag_use *use = data;

	if (n->kind == NODE_FLAG && n->value)
		use->set[n->index] = true;
	if (n->kind == NODE_IF && n->cond.kind == COND_FLAG)
		use->tested[n->cond.index] = true;
}

/* A work or timer that nothing starts, and a flag that nothing sets: the first file operation does. */
static void start_all(struct generator *g)
{
	static const uint8_t roles[] = { ROLE_WORK0, ROLE_WORK1, ROLE_TIMER };
	struct program *p = g->p;
	struct flag_use use = { 0 };
	unsigned int i;

	for (i = 0; i < 3; i++) {
		enum node_kind kind = roles[i] == ROLE_TIMER ? NODE_ARM : NODE_QUEUE;
		int index = roles[i] == ROLE_WORK1;

		if (program_role(p, roles[i]) && !program_has(p, kind, index))
			block_append(p, first_file_body(p),
				     life_node(g, kind, (unsigned int)index));
	}
	for (i = 0; i < p->nfunctions; i++)
		block_walk(p, p->functions[i].body, note_flag, &use);
	for (i = 0; i < p->nflags; i++)
		if (use.tested[i] && !use.set[i]) {
			uint16_t set = life_node(g, NODE_FLAG, i);

			node_at(g, set)->value = 1;
			block_append(p, first_file_body(p), set);
		}
}

void generate(struct program *p, uint64_t seed, uint32_t number)
{
	struct generator g = { .p = p };
	uint8_t i, entries;

	memset(p, 0, sizeof(*p));
	p->number = number;
	g.state = (seed + 1) * 0x9e3779b97f4a7c15ULL ^ (number + 1) * 0xd1342543de82ef95ULL;
	roll(&g, 2);
	make_fields(&g);
	make_locks(&g);
	make_world(&g);
	make_guards(&g);
	entries = p->nfunctions;
	make_ops(&g);
	for (i = 0; i < entries; i++)
		make_function(&g, i);
	start_all(&g);
}
