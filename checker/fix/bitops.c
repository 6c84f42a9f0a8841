// SPDX-License-Identifier: GPL-2.0-only
/*
 * bitops.c - the other strategy: runtime flags become bits of one word that are changed atomically
 * (Documentation/atomic_bitops.txt), at every use of them.
 */
#include <ctype.h>

#include "fix.h"

struct bitops {
	struct series *s;
	struct patch *patch;
	const char *member; /* name of the flags word */
	struct arena *a;
};

/* A place in the tree's text that names one of the fields. */
struct use {
	str file;
	size_t at; /* of the field's name */
	str field;
};

struct uses {
	struct use *v;
	size_t n, cap;
};

static bool refuse(struct bitops *b, const char *file, const char *text, size_t at, const char *why)
{
	unsigned int line = 1;
	size_t i;

	for (i = 0; i < at; i++)
		line += text[i] == '\n';
	b->patch->plan.refusal = arena_printf(b->a, "%s at %s:%u", why, file, line);
	return false;
}

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/* FOO_FIELD, the bit's number. */
static const char *bit_name(struct bitops *b, str field)
{
	char *name = arena_printf(b->a, "%s_%s", str_get(b->patch->plan.record->name),
				  str_get(field)),
	     *c;

	for (c = name; *c; c++)
		*c = (char)toupper((unsigned char)*c);
	return name;
}

static bool is_bit(const struct plan *plan, str field)
{
	uint32_t i;

	for (i = 0; i < plan->nmoves; i++)
		if (plan->record->fields[plan->moves[i].field].name == field)
			return true;
	return false;
}

/* --- uses */

static void uses_of_function(struct bitops *b, const struct function *f, struct uses *uses)
{
	const struct plan *plan = &b->patch->plan;
	uint32_t i, j;

	for (i = 0; i < f->nblocks; i++) {
		for (j = 0; j < f->blocks[i].nevents; j++) {
			const struct event *e = &f->blocks[i].events[j];

			if (e->kind != EV_ACCESS || e->obj->type != plan->record->key ||
			    !e->field || !is_bit(plan, e->field))
				continue;
			*vec_add(uses->v, uses->n, uses->cap) = (struct use){
				.file = e->loc.file,
				.at = (size_t)e->loc.line << 16 | (e->loc.col & 0xffff),
				.field = e->field,
			};
		}
	}
}

/* By file, then backwards, so that a change does not move those that are still to be made. */
static int compare_uses(const void *x, const void *y)
{
	const struct use *a = x, *b = y;
	int order = strcmp(str_get(a->file), str_get(b->file));

	return order ? order : a->at > b->at ? -1 : a->at < b->at;
}

/* All uses, each once: an update in place is a read and a write of one. */
static void uses_collect(struct bitops *b, struct uses *uses)
{
	size_t i, n = 0;

	for (i = 0; i < b->s->p->nfunctions; i++)
		uses_of_function(b, &b->s->p->functions[i], uses);
	if (uses->n)
		qsort(uses->v, uses->n, sizeof(*uses->v), compare_uses);
	for (i = 0; i < uses->n; i++)
		if (!n || compare_uses(&uses->v[n - 1], &uses->v[i]))
			uses->v[n++] = uses->v[i];
	uses->n = n;
}

/* --- expressions */

/* Start of the parenthesis or bracket that closes at `at`. */
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

/* Start of the postfix expression (C11 6.5.2) that ends in front of `end`. */
static size_t object_start(const char *text, size_t end)
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

/* End of the expression from `at` on: the first `;`, `,` or closing parenthesis of its own. */
static size_t value_end(const char *text, size_t at)
{
	size_t depth = 0;

	for (; text[at] && (depth || !strchr(";,)]}", text[at])); at++) {
		depth += strchr("([{", text[at]) != NULL;
		depth -= strchr(")]}", text[at]) != NULL;
	}
	return at;
}

/* Behind the last word in front of `at`: white space and comments are passed over. */
static size_t before_space(const char *text, size_t at)
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

/* Does a statement begin at `at`, and not the body of an if, whose else could be taken away? */
static bool is_statement(const char *text, size_t at, bool body)
{
	at = before_space(text, at);
	if (!at || strchr(";{}:", text[at - 1]))
		return true;
	return body && (text[at - 1] == ')' || (at > 3 && !strncmp(text + at - 4, "else", 4)));
}

enum constant { CONST_NONE, CONST_ZERO, CONST_ONE };

static enum constant constant(const char *value)
{
	if (!strcmp(value, "1") || !strcmp(value, "true") || !strcmp(value, "1U"))
		return CONST_ONE;
	return !strcmp(value, "0") || !strcmp(value, "false") || !strcmp(value, "0U") ? CONST_ZERO :
											CONST_NONE;
}

/* The statement in place of `target op value`, or NULL if no bit operation does it. */
static const char *statement(struct bitops *b, const char *op, const char *bit, const char *target,
			     const char *value)
{
	enum constant c = constant(value);

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

/* Indents what follows the first line as deep as the line that `at` is on. */
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

static const char *operator_at(const char *at)
{
	static const char *const ops[] = { "|=", "&=", "^=", "+=", "-=", "++", "--", "=" };
	size_t i;

	for (i = 0; i < ARRAY_SIZE(ops); i++)
		if (!strncmp(at, ops[i], strlen(ops[i])) && strncmp(at, "==", 2))
			return ops[i];
	return NULL;
}

/* --- one use */

static void replace(char **text, size_t from, size_t to, const char *with)
{
	char *old = *text;

	*text = xasprintf("%.*s%s%s", (int)from, old, with, old + to);
	free(old);
}

static bool change_use(struct bitops *b, const struct use *use, char **text)
{
	const char *file = str_get(use->file), *name = str_get(use->field), *op, *code;
	size_t at = text_offset(*text, (uint32_t)(use->at >> 16), use->at & 0xffff);
	size_t arrow, start, end = at + strlen(name), value, stop;
	const char *target, *stored;

	if (at < 3 || strncmp(*text + at, name, strlen(name)) || is_word((*text)[end]))
		return refuse(b, file, *text, at, "a macro uses it");
	arrow = (*text)[at - 1] == '.' ? at - 1 : at - 2;
	if ((*text)[at - 1] != '.' && strncmp(*text + arrow, "->", 2))
		return refuse(b, file, *text, at, "a macro uses it");
	start = object_start(*text, arrow);
	target = arena_printf(b->a, "&%.*s%s", (int)(at - start), *text + start, b->member);
	value = end + strspn(*text + end, " \t\n");
	op = operator_at(*text + value);
	if (!op) {
		replace(text, start, end,
			arena_printf(b->a, "test_bit(%s, %s)", bit_name(b, use->field), target));
		return true;
	}
	if (!is_statement(*text, start, op[0] == '='))
		return refuse(b, file, *text, at, "the value of a store to it is used");
	value += strlen(op);
	value += strspn(*text + value, " \t\n");
	stop = value_end(*text, value);
	stored = arena_printf(b->a, "%.*s", (int)(stop - value), *text + value);
	code = statement(b, op, bit_name(b, use->field), target, stored);
	if (!code || (*text)[stop] != ';')
		return refuse(b, file, *text, at, "no bit operation does what is done to it");
	replace(text, start, stop, indented(b, code, *text, start));
	return true;
}

/* --- initialisers */

/* The brace that the initialiser at `at` is in. */
static size_t brace_around(const char *text, size_t at)
{
	size_t depth = 0;

	while (at--) {
		depth += text[at] == '}';
		if (text[at] == '{' && !depth--)
			return at;
	}
	return 0;
}

/* Is the brace at `at` that of an initialiser of the record? */
static bool initialises(const struct bitops *b, const char *text, size_t at)
{
	const char *name = str_get(b->patch->plan.record->name), *head;
	size_t from = at;

	while (from && !strchr(";{}", text[from - 1]))
		from--;
	head = strstr(text + from, name);
	return head && head < text + at && !is_word(head[strlen(name)]) &&
	       !strncmp(head - strlen("struct "), "struct ", strlen("struct "));
}

/* The bits that the initialiser from `open` on sets, "A | B", with their designators taken out. */
static bool take_designators(struct bitops *b, const char *file, char **text, size_t open,
			     size_t *first, const char **bits)
{
	const struct plan *plan = &b->patch->plan;
	uint32_t i;

	for (i = 0; i < plan->nmoves; i++) {
		const struct field *f = &plan->record->fields[plan->moves[i].field];
		char *designator = arena_printf(b->a, ".%s", str_get(f->name));
		char *at = strstr(*text + open, designator), *value;
		size_t from, stop;
		enum constant c;

		if (!at || is_word(at[strlen(designator)]) ||
		    brace_around(*text, (size_t)(at - *text)) != open)
			continue;
		from = (size_t)(at - *text);
		value = at + strlen(designator);
		value += strspn(value, " \t\n=");
		stop = value_end(*text, (size_t)(value - *text));
		while (isspace((unsigned char)(*text)[stop - 1]))
			stop--;
		c = constant(arena_printf(b->a, "%.*s", (int)(*text + stop - value), value));
		if (c == CONST_NONE)
			return refuse(b, file, *text, from,
				      "it is initialised with what is no constant");
		if (c == CONST_ONE)
			*bits = arena_printf(b->a, "%s%sBIT(%s)", *bits, **bits ? " | " : "",
					     bit_name(b, f->name));
		*first = !*first || from < *first ? from : *first;
		stop += (*text)[stop] == ',';
		stop += strspn(*text + stop, " \t");
		if ((*text)[stop] == '\n' && from && strchr("\t ", (*text)[from - 1]))
			stop += 1 + strspn(*text + stop + 1, " \t");
		replace(text, from, stop, "");
	}
	return true;
}

/* The first designator of a bit from `at` on that stands in an initialiser of the record, or 0. */
static size_t next_initialiser(const struct bitops *b, const char *text, size_t at)
{
	const struct plan *plan = &b->patch->plan;
	const char *dot;
	uint32_t i;

	for (dot = text + at; (dot = strchr(dot, '.')); dot++) {
		for (i = 0; i < plan->nmoves; i++) {
			const char *name = str_get(plan->record->fields[plan->moves[i].field].name);
			size_t n = strlen(name), open;

			if (dot == text || !strchr(" \t\n{,", dot[-1]) ||
			    strncmp(dot + 1, name, n) || is_word(dot[1 + n]))
				continue;
			open = brace_around(text, (size_t)(dot - text));
			if (open && initialises(b, text, open))
				return open;
		}
	}
	return 0;
}

static bool change_initialisers(struct bitops *b, const char *file, char **text)
{
	size_t open = 0;

	while ((open = next_initialiser(b, *text, open))) {
		const char *bits = "", *line;
		size_t first = 0;

		if (!take_designators(b, file, text, open, &first, &bits))
			return false;
		line = arena_printf(b->a, ".%s = %s", b->member, *bits ? bits : "0");
		if ((*text)[first - 1] == '\t')
			line = arena_printf(b->a, "%s,\n%s", line,
					    (*text)[first] == '}' ? "" : "\t");
		else
			line = arena_printf(b->a, "%s%s", line, (*text)[first] == '}' ? " " : ", ");
		replace(text, first, first, line);
	}
	return true;
}

/* --- the declaration */

/* Kernel-doc between `top` and `end`: the first bit's line speaks of the word, the others' go. */
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

/* Where the fields of the plan are, the last of them first: each goes, the word comes for one. */
static bool change_declaration(struct bitops *b, const char *file, const char *before, char **text)
{
	const struct plan *plan = &b->patch->plan;
	struct record_text t;
	struct edits edits = { 0 };
	const struct declaration_text *d;
	const char *list = "";
	uint32_t i, last = 0;
	size_t top;

	if (!decl_parse(&t, before, &plan->record->loc))
		return refuse(b, file, before, 0, "its declaration is made by a macro");
	for (i = 0; i < plan->record->nfields; i++)
		last = plan_move(plan, i) ? i : last;
	for (i = 0; i < plan->record->nfields; i++) {
		if (!plan_move(plan, i))
			continue;
		d = decl_of(&t, &plan->record->fields[i]);
		if (!d || d->shared_line || memchr(before + d->from, ',', d->to - d->from)) {
			decl_free(&t);
			return refuse(b, file, before, t.open, "a bit is not declared by itself");
		}
		list = arena_printf(b->a, "%s\t%s,\n", list,
				    bit_name(b, plan->record->fields[i].name));
		edits_add(&edits, d->lines_from, d->lines_to, "%s",
			  i == last ?
				  arena_printf(b->a, "\t/* %s */\n\tunsigned long %s;\n",
					       "Flags modified at runtime - atomic bit operations",
					       b->member) :
				  "");
	}
	top = d ? text_offset(before, plan->record->loc.line, 1) : 0;
	if (top > 3 && !strncmp(before + top - 4, " */\n", 4))
		for (top -= 3; top && strncmp(before + top, "/*", 2); top--)
			;
	edits_add(&edits, top, top, "/* Bits of %s in struct %s */\nenum %s_bits {\n%s};\n\n",
		  b->member, str_get(plan->record->name), str_get(plan->record->name), list);
	change_doc(b, &edits, before, top, text_offset(before, plan->record->loc.line, 1));
	free(*text);
	*text = edits_apply(&edits, before);
	edits_free(&edits);
	decl_free(&t);
	return true;
}

/* --- all of it */

static struct touched *touched_file(struct bitops *b, const char *file)
{
	struct patch *patch = b->patch;
	char *path, *text;
	size_t i;

	for (i = 0; i < patch->nfiles; i++)
		if (!strcmp(patch->files[i].file, file))
			return &patch->files[i];
	path = xasprintf("%s/%s", b->s->o->kdir, file);
	text = read_file(path, NULL);
	if (!text)
		die("cannot read %s:", path);
	free(path);
	*vec_add(patch->files, patch->nfiles, patch->files_cap) =
		(struct touched){ .file = file, .before = text, .after = xstrdup(text) };
	return &patch->files[patch->nfiles - 1];
}

static bool are_bits(struct bitops *b)
{
	const struct plan *plan = &b->patch->plan;
	uint32_t i;

	b->member = "flags";
	for (i = 0; i < plan->record->nfields; i++) {
		const struct field *f = &plan->record->fields[i];

		if (!strcmp(str_get(f->name), "flags"))
			b->member = "runtime_flags";
		if (!plan_move(plan, i) || (f->bit_size == 1 && (f->flags & FIELD_BOOL)) ||
		    (f->bit_size == 1 && !(f->flags & FIELD_SIGNED)))
			continue;
		b->patch->plan.refusal =
			arena_printf(b->a, "%s is no flag of one unsigned bit", str_get(f->name));
		return false;
	}
	return true;
}

/* Facts are about the tree: they do not tell where things are in a file that was changed since. */
static bool is_untouched(struct bitops *b, const struct uses *uses)
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

bool bitops_make(struct series *s, struct patch *patch)
{
	struct bitops b = { .s = s, .patch = patch, .a = &s->a };
	struct uses uses = { 0 };
	struct touched *t;
	bool ok = are_bits(&b);
	size_t i;

	patch->plan.refusal = ok ? uses_elsewhere(s->p, &patch->plan, s->o->kdir, &s->a) :
				   patch->plan.refusal;
	ok = !patch->plan.refusal;
	/* The uses in the file of the record come after it, and so do their changes' offsets. */
	uses_collect(&b, &uses);
	ok = ok && is_untouched(&b, &uses);
	t = touched_file(&b, str_get(patch->plan.record->loc.file));
	for (i = 0; i < uses.n && ok; i++)
		ok = change_use(&b, &uses.v[i], &touched_file(&b, str_get(uses.v[i].file))->after);
	for (i = 0; i < patch->nfiles && ok; i++)
		ok = change_initialisers(&b, patch->files[i].file, &patch->files[i].after);
	t = &patch->files[0];
	if (ok) {
		char *declared = xstrdup(t->after);

		ok = change_declaration(&b, t->file, declared, &t->after);
		free(declared);
	}
	free(uses.v);
	return ok;
}
