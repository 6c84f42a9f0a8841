// SPDX-License-Identifier: GPL-2.0-only
/* bitops_use.c - the strategy "bitops": uses of the fields in code. */
#include <ctype.h>

#include "bitops_use.h"
#include "decl.h"

/* --- which */

static void uses_of_function(const struct bitops *b, const struct function *f,
			     struct bit_uses *uses)
{
	const struct fix_plan *plan = &b->patch->plan;
	uint32_t i, j;

	for (i = 0; i < f->nblocks; i++) {
		for (j = 0; j < f->blocks[i].nevents; j++) {
			const struct event *e = &f->blocks[i].events[j];

			if (e->kind != EV_ACCESS || e->obj->type != plan->record->key ||
			    !e->field || !is_bit(plan, e->field))
				continue;
			*vec_add(uses->v, uses->n, uses->cap) = (struct bit_use){
				.file = e->loc.file,
				.line = e->loc.line,
				.col = e->loc.col,
				.field = e->field,
			};
		}
	}
}

/* By file, then backwards. */
static int compare_uses(const void *x, const void *y)
{
	const struct bit_use *a = x, *b = y;
	int order = strcmp(str_get(a->file), str_get(b->file));

	if (!order)
		order = (a->line < b->line) - (a->line > b->line);
	return order ? order : (a->col < b->col) - (a->col > b->col);
}

void bit_uses_collect(const struct bitops *b, struct bit_uses *uses)
{
	size_t i, n = 0;

	for (i = 0; i < b->s->p->nfunctions; i++)
		uses_of_function(b, &b->s->p->functions[i], uses);
	if (uses->n)
		qsort(uses->v, uses->n, sizeof(*uses->v), compare_uses);
	/* An update in place is a read and a write of one use. */
	for (i = 0; i < uses->n; i++)
		if (!n || compare_uses(&uses->v[n - 1], &uses->v[i]))
			uses->v[n++] = uses->v[i];
	uses->n = n;
}

bool bitops_is_untouched(struct bitops *b, const struct bit_uses *uses)
{
	const struct patch *other;
	size_t i, j;

	for (other = b->s->patches; other < b->patch; other++)
		for (i = 0; i < other->nfiles; i++)
			for (j = 0; j < uses->n; j++)
				if (!strcmp(other->files[i].file, str_get(uses->v[j].file))) {
					b->patch->plan.refusal = arena_printf(
						b->a,
						"the patch before changes %s, too: name this struct alone",
						other->files[i].file);
					return false;
				}
	return true;
}

/* --- expressions */

/* The opening bracket of the one that closes at `at`. */
static size_t opening(const char *text, size_t at)
{
	size_t depth = 0;

	for (;; at--) {
		depth += strchr(")]", text[at]) != NULL;
		depth -= strchr("([", text[at]) != NULL;
		if (!depth || !at)
			return at;
	}
}

size_t object_start(const char *text, size_t end)
{
	size_t at = end;

	for (;;) {
		while (at && strchr(")]", text[at - 1]))
			at = opening(text, at - 1);
		while (at && is_word(text[at - 1]))
			at--;
		if (at > 1 && !strncmp(text + at - 2, "->", 2))
			at -= 2;
		else if (at && text[at - 1] == '.')
			at--;
		else
			return at;
	}
}

size_t before_space(const char *text, size_t at)
{
	for (;;) {
		while (at && isspace((unsigned char)text[at - 1]))
			at--;
		if (at < 4 || strncmp(text + at - 2, "*/", 2))
			return at;
		for (at -= 3; at && strncmp(text + at, "/*", 2); at--)
			;
	}
}

bool is_statement(const char *text, size_t at, bool body)
{
	at = before_space(text, at);
	if (!at || strchr(";{}:", text[at - 1]))
		return true;
	return body && (text[at - 1] == ')' || (at > 3 && !strncmp(text + at - 4, "else", 4)));
}

/* The bit operation that does `target op value`, or NULL. */
static const char *statement(struct bitops *b, const char *op, const char *bit, const char *target,
			     const char *value)
{
	enum constant c = constant_of(value);

	if (!strcmp(op, "=") && c == CONST_NONE)
		return arena_printf(b->a, "assign_bit(%s, %s, %s)", bit, target, value);
	if ((!strcmp(op, "=") || !strcmp(op, "|=")) && c == CONST_ONE)
		return arena_printf(b->a, "set_bit(%s, %s)", bit, target);
	if ((!strcmp(op, "=") || !strcmp(op, "&=")) && c == CONST_ZERO)
		return arena_printf(b->a, "clear_bit(%s, %s)", bit, target);
	if (!strcmp(op, "^=") && c == CONST_ONE)
		return arena_printf(b->a, "change_bit(%s, %s)", bit, target);
	if (!strcmp(op, "|=") && c == CONST_NONE)
		return arena_printf(b->a, "if (%s)\n\tset_bit(%s, %s)", value, bit, target);
	if (!strcmp(op, "&=") && c == CONST_NONE)
		return arena_printf(b->a, "if (!(%s))\n\tclear_bit(%s, %s)", value, bit, target);
	return NULL;
}

/* The code with its second line indented as the line is that `at` is on. */
static const char *indented(struct bitops *b, const char *code, const char *text, size_t at)
{
	const char *second = strchr(code, '\n');
	size_t line = at;

	if (!second)
		return code;
	while (line && text[line - 1] != '\n')
		line--;
	return arena_printf(b->a, "%.*s\n%.*s%s", (int)(second - code), code,
			    (int)strspn(text + line, " \t"), text + line, second + 1);
}

const char *operator_at(const char *at)
{
	static const char *const ops[] = { "|=", "&=", "^=", "+=", "-=", "++", "--", "=" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(ops); i++)
		if (!strncmp(at, ops[i], strlen(ops[i])) && strncmp(at, "==", 2))
			return ops[i];
	return NULL;
}

bool bit_use_change(struct bitops *b, const struct bit_use *use, char **text)
{
	const char *file = str_get(use->file), *name = str_get(use->field), *op, *code;
	size_t at = text_offset(*text, use->line, use->col);
	size_t arrow, start, end = at + strlen(name), value, stop;
	const char *target, *stored;

	if (at < 3 || strncmp(*text + at, name, strlen(name)) || is_word((*text)[end]))
		return bitops_refuse(b, file, *text, at, "a macro uses it");
	arrow = (*text)[at - 1] == '.' ? at - 1 : at - 2;
	if ((*text)[at - 1] != '.' && strncmp(*text + arrow, "->", 2))
		return bitops_refuse(b, file, *text, at, "a macro uses it");
	start = object_start(*text, arrow);
	target = arena_printf(b->a, "&%.*s%s", (int)(at - start), *text + start, b->member);
	value = end + strspn(*text + end, " \t\n");
	op = operator_at(*text + value);
	if (!op) {
		text_replace(text, start, end,
			     arena_printf(b->a, "test_bit(%s, %s)", bit_name(b, use->field),
					  target));
		return true;
	}
	if (!is_statement(*text, start, op[0] == '='))
		return bitops_refuse(b, file, *text, at, "the value of a store to it is used");
	value += strlen(op);
	value += strspn(*text + value, " \t\n");
	stop = value_end(*text, value);
	stored = arena_printf(b->a, "%.*s", (int)(stop - value), *text + value);
	code = statement(b, op, bit_name(b, use->field), target, stored);
	if (!code || (*text)[stop] != ';')
		return bitops_refuse(b, file, *text, at,
				     "no bit operation does what is done to it");
	text_replace(text, start, stop, indented(b, code, *text, start));
	return true;
}
