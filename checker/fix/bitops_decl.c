// SPDX-License-Identifier: GPL-2.0-only
/* bitops_decl.c - the strategy "bitops": the declaration of the record. */
#include "bitops_decl.h"
#include "declarators.h"
#include "edits.h"
#include "plan_lookup.h"

/* Edits kernel-doc between `top` and `end`: describes the word in place of the first bit, removes the others. */
static void change_doc(struct bitops *b, struct edits *edits, const char *text, size_t top,
		       size_t end)
{
	size_t at, next, name;
	bool said = false, bit = false;

	for (at = top; at < end; at = next) {
		const char *line = text + at + strspn(text + at, " \t");

		next = at + strcspn(text + at, "\n") + 1;
		name = strspn(line + 3,
			      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789");
		if (!strncmp(line, "* @", 3))
			bit = line[3 + name] == ':' &&
			      is_bit(&b->patch->plan, str_intern_n(line + 3, name));
		else if (!strncmp(line, "*\n", 2) || !strncmp(line, "*/", 2))
			bit = false;
		if (!bit)
			continue;
		edits_add(
			edits, at, next, "%s",
			said ? "" :
			       arena_printf(
				       b->a,
				       " * @%s: bits that are changed at runtime, see enum %s_bits\n",
				       b->member, str_get(b->patch->plan.record->name)));
		said = true;
	}
}

/* The line of the enum for a bit, with the comments of its declaration and those behind it. */
static const char *enumerator(struct bitops *b, const struct record_text *t,
			      const struct declaration_text *d, str name)
{
	const char *line = arena_printf(b->a, "\t%s,", bit_name(b, name));
	struct span at = { d->from, d->comment_to ? d->comment_to : d->to }, c;

	while (next_comment(t->text, &at, &c))
		line = arena_printf(b->a, "%s %.*s", line, (int)(c.to - c.from), t->text + c.from);
	return line;
}

/* Lines of the enum that numbers the bits, each with the comments of its field. */
static const char *enumerators(struct bitops *b, const struct record_text *t)
{
	const struct fix_plan *plan = &b->patch->plan;
	const char *list = "";
	uint32_t i;

	for (i = 0; i < plan->record->nfields; i++) {
		const struct declaration_text *d;

		if (!plan_move(plan, i))
			continue;
		d = decl_of(t, &plan->record->fields[i]);
		list = arena_printf(b->a, "%s%.*s%s\n", list, (int)(d->lines_from - d->above),
				    t->text + d->above,
				    enumerator(b, t, d, plan->record->fields[i].name));
	}
	return list;
}

/* The declaration of the word. */
static const char *word_declaration(struct bitops *b)
{
	return arena_printf(b->a, "\t/* %s */\n\tunsigned long %s;\n",
			    "Flags modified at runtime - atomic bit operations", b->member);
}

/* Replaces a field by the word, and removes the others; false: refused. */
static bool change_fields(struct bitops *b, struct edits *edits, const struct record_text *t,
			  const char *file)
{
	const struct fix_plan *plan = &b->patch->plan;
	const struct declaration_text *d;
	uint32_t i;

	for (i = 0; i < plan->record->nfields; i++) {
		if (!plan_move(plan, i))
			continue;
		d = decl_of(t, &plan->record->fields[i]);
		if (!d || d->shared_line || declares_list(t, d))
			return bitops_refuse(b, file, t->text, t->open,
					     "a bit is not declared by itself");
		edits_add(edits, d->above, d->lines_to, "%s",
			  i == plan->word ? word_declaration(b) : "");
	}
	return true;
}

/* Start of the comment that ends right above the record, else of the record's line. */
static size_t record_top(const char *text, const struct record *r)
{
	size_t top = text_offset(text, r->loc.line, 1);

	if (top > 3 && !strncmp(text + top - 4, " */\n", 4))
		for (top -= 3; top && strncmp(text + top, "/*", 2); top--)
			;
	return top;
}

bool bit_declaration_change(struct bitops *b, const char *file, char **text)
{
	const struct record *r = b->patch->plan.record;
	char *before = *text;
	struct record_text t;
	struct edits edits = { 0 };
	size_t top;
	bool ok;

	if (!decl_parse(&t, before, &r->loc))
		return bitops_refuse(b, file, before, text_offset(before, r->loc.line, 1),
				     "its declaration is made by a macro");
	ok = change_fields(b, &edits, &t, file);
	if (ok) {
		top = record_top(before, r);
		edits_add(&edits, top, top,
			  "/* Bits of %s in struct %s */\nenum %s_bits {\n%s};\n\n", b->member,
			  str_get(r->name), str_get(r->name), enumerators(b, &t));
		change_doc(b, &edits, before, top, text_offset(before, r->loc.line, 1));
		*text = edits_apply(&edits, before);
		free(before);
	}
	edits_free(&edits);
	decl_free(&t);
	return ok;
}
