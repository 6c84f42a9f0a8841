// SPDX-License-Identifier: GPL-2.0-only
/* ast.c - how a program is put together, and walked. */
#include <stdio.h>
#include <stdlib.h>

#include "ast.h"

uint16_t node_new(struct program *p, enum node_kind kind)
{
	if (!p->nnodes)
		p->nnodes = 1;
	if (p->nnodes == NODES) {
		fprintf(stderr, "interleave: program %u has too many nodes\n", p->number);
		exit(2);
	}
	p->nodes[p->nnodes] =
		(struct node){ .kind = (uint8_t)kind, .lock = LOCK_NONE, .lock_arg = LOCK_NONE };
	return p->nnodes++;
}

uint8_t function_new(struct program *p, enum role role)
{
	if (p->nfunctions == FUNCTIONS) {
		fprintf(stderr, "interleave: program %u has too many functions\n", p->number);
		exit(2);
	}
	p->functions[p->nfunctions] =
		(struct function){ .role = (uint8_t)role, .wants = LOCK_NONE };
	return p->nfunctions++;
}

void block_append(struct program *p, uint16_t *first, uint16_t node)
{
	while (*first)
		first = &p->nodes[*first].next;
	*first = node;
}

void program_layout(struct program *p)
{
	unsigned int i;

	p->nunits = 0;
	for (i = 0; i < p->nfields; i++) {
		struct field *f = &p->fields[i];

		if (!i || f->separator != SEP_NONE || f->group != f[-1].group)
			p->nunits++;
		f->unit = (uint8_t)(p->nunits - 1);
	}
}

const struct function *program_role(const struct program *p, enum role role)
{
	unsigned int i;

	for (i = 0; i < p->nfunctions; i++)
		if (p->functions[i].role == role)
			return &p->functions[i];
	return NULL;
}

void block_walk(const struct program *p, uint16_t first,
		void (*visit)(const struct program *p, uint16_t node, void *data), void *data)
{
	for (; first; first = p->nodes[first].next) {
		visit(p, first, data);
		block_walk(p, p->nodes[first].child[0], visit, data);
		block_walk(p, p->nodes[first].child[1], visit, data);
	}
}

struct search {
	bool (*wanted)(const struct node *n, const struct search *s);
	int kind, index;
	bool found;
};

static void search_visit(const struct program *p, uint16_t node, void *data)
{
	struct search *s = data;

	s->found |= s->wanted(&p->nodes[node], s);
}

static bool search(const struct program *p, struct search s)
{
	unsigned int i;

	for (i = 0; i < p->nfunctions; i++)
		block_walk(p, p->functions[i].body, search_visit, &s);
	return s.found;
}

static bool is_of_kind(const struct node *n, const struct search *s)
{
	return n->kind == s->kind && (s->index < 0 || n->index == s->index);
}

static bool is_wrapped(const struct node *n, const struct search *s)
{
	return n->lock == s->index && ((n->kind == NODE_LOCKED &&
					(n->style == STYLE_WRAPPER || n->style == STYLE_GETTER)) ||
				       (n->kind == NODE_TRY && n->style == TRY_WRAPPER));
}

bool program_has(const struct program *p, enum node_kind kind, int index)
{
	return search(p, (struct search){ .wanted = is_of_kind, .kind = kind, .index = index });
}

bool program_wraps(const struct program *p, unsigned int lock)
{
	return search(p, (struct search){ .wanted = is_wrapped, .index = (int)lock });
}

bool program_calls(const struct program *p, unsigned int function)
{
	return p->functions[function].is_op || program_has(p, NODE_CALL, (int)function);
}
