// SPDX-License-Identifier: GPL-2.0-only
/* print_stmt.c - the statements of a program as C. */
#include <string.h>

#include "print.h"

static struct node *node_at(const struct printer *pr, uint16_t i)
{
	return &pr->p->nodes[i];
}

/* --- expressions */

/* "p->st0": the record of a group */
static const char *record_text(struct printer *pr, unsigned int var, unsigned int copy,
			       unsigned int group)
{
	static char text[40];
	const char *name = var_name(var);

	if (copy == COPY_PARAM)
		return "*st";
	if (pr->p->groups[group].kind == GROUP_CHILD)
		snprintf(text, sizeof(text), "*%s->st%u", name, group);
	else if (copy == COPY_ARG)
		snprintf(text, sizeof(text), "%s->st%u[arg & 1]", name, group);
	else if (pr->p->groups[group].kind == GROUP_ARRAY)
		snprintf(text, sizeof(text), "%s->st%u[%u]", name, group, copy);
	else
		snprintf(text, sizeof(text), "%s->%s%u", name, copy ? "alt" : "st", group);
	return text;
}

/* "p->st0.a" */
static const char *field_text(struct printer *pr, unsigned int var, unsigned int copy,
			      unsigned int field)
{
	static char text[48];
	unsigned int g = pr->p->fields[field].group;
	const char *record;

	if (!group_has_record(&pr->p->groups[g])) {
		snprintf(text, sizeof(text), "%s->%c", var_name(var), field_name(field));
		return text;
	}
	record = record_text(pr, var, copy, g);
	if (*record == '*')
		snprintf(text, sizeof(text), "%s->%c", record + 1, field_name(field));
	else
		snprintf(text, sizeof(text), "%s.%c", record, field_name(field));
	return text;
}

/* "&p->st0" */
static const char *record_address(struct printer *pr, unsigned int var, unsigned int copy,
				  unsigned int group)
{
	static char text[48];
	const char *record = record_text(pr, var, copy, group);

	snprintf(text, sizeof(text), "%s%s", *record == '*' ? "" : "&", record + (*record == '*'));
	return text;
}

const char *cond_text(struct printer *pr, const struct cond *c)
{
	static char text[64];
	char positive[56];

	switch (c->kind) {
	case COND_ARG:
		snprintf(positive, sizeof(positive), "(arg & %d)", 1 << c->index);
		break;
	case COND_FLAG:
		snprintf(positive, sizeof(positive), pr->p->once ? "READ_ONCE(%s->%s)" : "%s->%s",
			 var_name(c->var), flag_name(c->index));
		break;
	case COND_FIELD:
		snprintf(positive, sizeof(positive), "%s", field_text(pr, c->var, 0, c->index));
		break;
	default:
		snprintf(positive, sizeof(positive), "locked");
	}
	if (!c->negate && positive[0] == '(') { /* the parentheses of `if` do */
		snprintf(text, sizeof(text), "%.*s", (int)strlen(positive) - 2, positive + 1);
		return text;
	}
	snprintf(text, sizeof(text), "%s%s", c->negate ? "!" : "", positive);
	return text;
}

/* --- stores */

static void print_store(struct printer *pr, const struct node *n, unsigned int depth)
{
	const char *field = field_text(pr, n->var, n->copy, n->field);
	unsigned int mask = (1U << pr->p->fields[n->field].width) - 1;
	bool bit = mask == 1;

	if (n->value == VALUE_ARG && n->style == 1 && bit)
		put(pr, depth, "%s = !!(arg & 1);", field);
	else if (n->value == VALUE_ARG)
		put(pr, depth, "%s = arg & %u;", field, mask);
	else if (n->value == VALUE_FLIP)
		put(pr, depth, "%s ^= 1;", field);
	else if (n->style == 1 && bit)
		put(pr, depth, n->value ? "%s |= 1;" : "%s &= 0;", field);
	else if (n->style == 2)
		put(pr, depth, "if ((%s = %d))\n%*s;", field, n->value, (int)depth * 8 + 8, ""),
			pr->line++;
	else if (n->style == 3)
		put(pr, depth, "(void)0, %s = %d;", field, n->value);
	else
		put(pr, depth, "%s = %d;", field, n->value);
}

static void print_whole(struct printer *pr, const struct node *n, unsigned int depth)
{
	const char *record = record_text(pr, n->var, n->copy, n->index);

	if (n->style)
		put(pr, depth, "memset(%s, 0, sizeof(%s));",
		    record_address(pr, n->var, n->copy, n->index), record);
	else
		put(pr, depth, "%s = (struct dev%u_st%u){ 0 };", record, pr->p->number, n->index);
}

/* Bits from the lowest on, as both compilers lay them out on little-endian machines. */
static void print_overlay(struct printer *pr, const struct node *n, unsigned int depth)
{
	static const char *const ops[] = { "=", "|=", "=" };
	unsigned int i, bit = 0;

	for (i = 0; i < n->field; i++)
		if (pr->p->fields[i].group == n->index)
			bit += pr->p->fields[i].width;
	put(pr, depth, "%s->all%u %s %u;", var_name(n->var), n->index, ops[n->style],
	    n->style ? 1U << bit : 0);
}

/* --- calls */

static void print_call(struct printer *pr, const struct node *n, unsigned int depth)
{
	const struct function *f = &pr->p->functions[n->index];
	char arg[16] = "", locked[16] = "", first[48];
	const char *lock = f->takes_lock ? print_lock_name(pr, n->lock_arg, var_name(n->var)) : "";

	if (f->takes_arg && n->pass_arg)
		snprintf(arg, sizeof(arg), ", arg");
	else if (f->takes_arg)
		snprintf(arg, sizeof(arg), ", %u", n->arg);
	if (f->takes_locked)
		snprintf(locked, sizeof(locked), ", %s", n->value ? "true" : "false");
	snprintf(first, sizeof(first), "%s",
		 f->takes_st ? record_address(pr, n->var, n->copy, f->takes_st - 1U) :
			       var_name(n->var));
	put(pr, depth, "dev%u_h%u(%s%s%s%s%s);", pr->p->number, n->index, first, arg,
	    *lock ? ", " : "", lock, locked);
}

static void print_return(struct printer *pr, unsigned int depth)
{
	print_leave_all(pr, depth);
	put(pr, depth, "%s", return_text(pr->fn));
}

static void print_switch(struct printer *pr, const struct node *n, unsigned int depth)
{
	put(pr, depth, "switch (arg & 1) {");
	put(pr, depth, "case 1:");
	print_block(pr, n->child[0], depth + 1);
	put(pr, depth + 1, n->style ? "fallthrough;" : "break;");
	put(pr, depth, "default:");
	print_block(pr, n->child[1], depth + 1);
	put(pr, depth + 1, "break;");
	put(pr, depth, "}");
}

static void print_nested(struct printer *pr, const struct node *n, const char *end,
			 unsigned int depth)
{
	print_block(pr, n->child[0], depth + 1);
	if (n->child[1]) {
		put(pr, depth, "} else {");
		print_block(pr, n->child[1], depth + 1);
	}
	put(pr, depth, "%s", end);
}

static void print_node(struct printer *pr, uint16_t i, unsigned int depth)
{
	struct node *n = node_at(pr, i);
	unsigned int number = pr->p->number;

	n->line[0] = n->line[1] = (uint16_t)pr->line;
	switch (n->kind) {
	case NODE_STORE:
		print_store(pr, n, depth);
		break;
	case NODE_WHOLE:
		print_whole(pr, n, depth);
		break;
	case NODE_OVERLAY:
		print_overlay(pr, n, depth);
		break;
	case NODE_FLAG:
		put(pr, depth, pr->p->once ? "WRITE_ONCE(%s->%s, %d);" : "%s->%s = %d;",
		    var_name(n->var), flag_name(n->index), n->value);
		break;
	case NODE_IF:
		put(pr, depth, "if (%s) {", cond_text(pr, &n->cond));
		print_nested(pr, n, "}", depth);
		break;
	case NODE_SWITCH:
		print_switch(pr, n, depth);
		break;
	case NODE_REPEAT:
		put(pr, depth, "for (i = 0; i < 2; i++) {");
		print_nested(pr, n, "}", depth);
		break;
	case NODE_RETURN:
		print_return(pr, depth);
		break;
	case NODE_CALL:
		print_call(pr, n, depth);
		break;
	case NODE_CALL_OPS:
		put(pr, depth, "%s->ops->set(%s);", var_name(n->var), var_name(n->var));
		break;
	case NODE_SET_OPS:
		put(pr, depth, "%s->ops = &dev%u_ops%u;", var_name(n->var), number, n->value);
		break;
	case NODE_LOCKED:
	case NODE_TRY:
	case NODE_MAYLOCK:
	case NODE_DROP:
	case NODE_RCU:
		print_locks_of(pr, i, depth);
		break;
	case NODE_ALIAS:
		put(pr, depth, "q = p;");
		print_block(pr, n->child[0], depth);
		break;
	case NODE_PEER:
		put(pr, depth, "q = p->peer;");
		put(pr, depth, "if (q) {");
		print_nested(pr, n, "}", depth);
		break;
	case NODE_EACH:
		put(pr, depth, "list_for_each_entry(q, &dev%u_list, node) {", number);
		print_nested(pr, n, "}", depth);
		break;
	default:
		print_life(pr, n, depth);
	}
}

void print_block(struct printer *pr, uint16_t first, unsigned int depth)
{
	for (; first; first = node_at(pr, first)->next)
		print_node(pr, first, depth);
}
