// SPDX-License-Identifier: GPL-2.0-only
/* removal.c - the strategy "remove": a field that nothing reads goes, with what stores to it. */
#include "bitops.h"
#include "bitops_init.h"
#include "bitops_use.h"
#include "declarators.h"
#include "edits.h"
#include "layout_users.h"
#include "plan_lookup.h"
#include "refusal.h"
#include "removal.h"

/* --- which fields */

static bool is_unread(const struct unit_field *uf)
{
	return !uf->nreaders;
}

/*
 * Is it a conflict that the patch is to end: of a field that was asked for by name or, if none was, one above
 * low confidence, unless there are no others?
 */
static bool is_to_end(const struct fix_plan *plan, const struct unit_verdict *u,
		      const struct conflict *c)
{
	if (plan->nonly)
		return plan_asks(plan, u, c);
	return c->confidence != CONF_LOW ||
	       plan_argument(plan, plan_lead(plan))->confidence == CONF_LOW;
}

/* Does nothing read the field, and may it go: was none, or was it, asked for by name? */
static bool may_go(const struct fix_plan *plan, const struct unit_field *uf)
{
	return is_unread(uf) && (!plan->nonly || plan_is_only(plan, uf->field->name));
}

/* Does the conflict end if the fields that may go are gone? */
static bool is_ended(const struct fix_plan *plan, const struct unit_verdict *u,
		     const struct conflict *c)
{
	return may_go(plan, &u->fields[c->a]) || may_go(plan, &u->fields[c->b]);
}

bool removal_ends_race(const struct fix_plan *plan)
{
	uint32_t i, j;

	for (i = 0; i < plan->nunits; i++) {
		const struct unit_verdict *u = plan->units[i];

		for (j = 0; j < u->nconflicts; j++)
			if (is_to_end(plan, u, &u->conflicts[j]) &&
			    !is_ended(plan, u, &u->conflicts[j]))
				return false;
	}
	return true;
}

static bool removes(const struct fix_plan *plan, const struct unit_verdict *u, uint32_t field)
{
	return plan_move(plan, (uint32_t)(u->fields[field].field - u->record->fields)) != NULL;
}

/* Are conflicts left, of low confidence, if no field was asked for by name? */
static bool leaves_doubtful(const struct fix_plan *plan)
{
	uint32_t i, j;

	for (i = 0; i < plan->nunits && !plan->nonly; i++)
		for (j = 0; j < plan->units[i]->nconflicts; j++)
			if (!removes(plan, plan->units[i], plan->units[i]->conflicts[j].a) &&
			    !removes(plan, plan->units[i], plan->units[i]->conflicts[j].b))
				return true;
	return false;
}

/* Is the field in a conflict that the patch is to end? */
static bool conflicts(const struct fix_plan *plan, const struct unit_verdict *u, uint32_t field)
{
	uint32_t i;

	for (i = 0; i < u->nconflicts; i++)
		if ((u->conflicts[i].a == field || u->conflicts[i].b == field) &&
		    is_to_end(plan, u, &u->conflicts[i]))
			return true;
	return false;
}

/* Makes plan->moves the fields that may go, of conflicts that the patch is to end. */
static void choose(struct fix_plan *plan, struct arena *a)
{
	uint32_t i, j;

	plan->nmoves = 0;
	plan->moves = arena_alloc(a, plan->record->nfields * sizeof(*plan->moves));
	for (i = 0; i < plan->nunits; i++) {
		const struct unit_verdict *u = plan->units[i];

		for (j = 0; j < u->nfields; j++)
			if (may_go(plan, &u->fields[j]) && conflicts(plan, u, j))
				plan->moves[plan->nmoves++] = (struct field_move){
					.unit = u,
					.judged = &u->fields[j],
					.field = (uint32_t)(u->fields[j].field - u->record->fields),
					.behind = NONE,
				};
	}
}

/* --- stores */

/* May the evaluation of the value, as it is spelled, do anything else: call, assign, count? */
static bool has_effect(const char *value)
{
	return strchr(value, '(') || strchr(value, '=') || strstr(value, "++") ||
	       strstr(value, "--");
}

/* The line around text[from, to), with its newline, if nothing else is on it; else the same range. */
static void widen_to_line(const char *text, size_t *from, size_t *to)
{
	size_t start = *from, end = *to + strspn(text + *to, " \t");

	while (start && strchr(" \t", text[start - 1]))
		start--;
	if ((start && text[start - 1] != '\n') || text[end] != '\n')
		return;
	*from = start;
	*to = end + 1;
}

/* Removes the statement that stores to the field. */
static bool store_remove(struct bitops *b, const struct bit_use *use, char **text)
{
	const char *file = str_get(use->file), *name = str_get(use->field), *op;
	size_t at = text_offset(*text, use->line, use->col), n = strlen(name);
	size_t arrow, from, value, to, next;

	if (at < 3 || strncmp(*text + at, name, n) || is_word((*text)[at + n]) ||
	    ((*text)[at - 1] != '.' && strncmp(*text + at - 2, "->", 2)))
		return bitops_refuse(b, file, *text, at, "a macro uses it");
	arrow = (*text)[at - 1] == '.' ? at - 1 : at - 2;
	from = object_start(*text, arrow);
	value = at + n + strspn(*text + at + n, " \t\n");
	op = operator_at(*text + value);
	if (!op || strcmp(op, "="))
		return bitops_refuse(b, file, *text, at, "it is not only stored to");
	if (!is_statement(*text, from, false))
		return bitops_refuse(b, file, *text, at, "the store is no statement in a block");
	to = value_end(*text, value + 1);
	if ((*text)[to] != ';' ||
	    has_effect(arena_printf(b->a, "%.*s", (int)(to - value - 1), *text + value + 1)))
		return bitops_refuse(b, file, *text, at, "the value stored may have an effect");
	next = to + 1 + strspn(*text + to + 1, " \t\n");
	if ((*text)[next] == '}' && strchr("{:", (*text)[before_space(*text, from) - 1]))
		return bitops_refuse(b, file, *text, at, "nothing would be left in a block");
	to++;
	widen_to_line(*text, &from, &to);
	text_replace(text, from, to, "");
	return true;
}

/* --- the declaration */

/* Removes the lines of kernel-doc that describe a field that goes, above `end`. */
static void remove_doc(struct bitops *b, struct edits *edits, const char *text, size_t end)
{
	static const char word[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_0123456789";
	size_t at = end, next, name;
	bool gone = false;

	if (end < 4 || strncmp(text + end - 4, " */\n", 4))
		return;
	for (at -= 3; at && strncmp(text + at, "/*", 2); at--)
		;
	for (; at < end; at = next) {
		const char *line = text + at + strspn(text + at, " \t");

		next = at + strcspn(text + at, "\n") + 1;
		name = strncmp(line, "* @", 3) ? 0 : strspn(line + 3, word);
		if (name)
			gone = line[3 + name] == ':' &&
			       is_bit(&b->patch->plan, str_intern_n(line + 3, name));
		else if (!strncmp(line, "*\n", 2) || !strncmp(line, "*/", 2))
			gone = false;
		if (gone)
			edits_add(edits, at, next, "%s", "");
	}
}

static bool declarations_remove(struct bitops *b, const char *file, char **text)
{
	const struct fix_plan *plan = &b->patch->plan;
	struct edits edits = { 0 };
	struct record_text t;
	char *before = *text;
	bool ok = true;
	uint32_t i;

	if (!decl_parse(&t, before, &plan->record->loc))
		return bitops_refuse(b, file, before,
				     text_offset(before, plan->record->loc.line, 1),
				     "its declaration is made by a macro");
	for (i = 0; i < plan->nmoves && ok; i++) {
		const struct declaration_text *d =
			decl_of(&t, &plan->record->fields[plan->moves[i].field]);

		if (!d || d->shared_line || declares_list(&t, d))
			ok = bitops_refuse(b, file, before, t.open,
					   "a field is not declared by itself");
		else
			edits_add(&edits, d->lines_from, d->lines_to, "%s", "");
	}
	if (ok) {
		remove_doc(b, &edits, before, text_offset(before, plan->record->loc.line, 1));
		*text = edits_apply(&edits, before);
		free(before);
	}
	edits_free(&edits);
	decl_free(&t);
	return ok;
}

/* --- all */

static bool stores_remove(struct bitops *b, struct bit_uses *uses)
{
	size_t i;

	for (i = 0; i < uses->n; i++) {
		struct changed_file *f = patch_file(b->s, b->patch, str_get(uses->v[i].file));

		if (!store_remove(b, &uses->v[i], &f->after))
			return false;
	}
	for (i = 0; i < b->patch->nfiles; i++) {
		const struct changed_file *f = &b->patch->files[i];
		size_t at = bit_initialiser_at(b, f->before);

		if (at)
			return bitops_refuse(b, f->file, f->before, at, "an initialiser names it");
	}
	return true;
}

bool removal_make(struct fix_series *s, struct patch *patch)
{
	struct bitops b = { .s = s, .patch = patch, .a = &s->a };
	struct fix_plan *plan = &patch->plan;
	struct bit_uses uses = { 0 };
	struct changed_file *f;
	bool ok;

	choose(plan, &s->a);
	plan->picture = NULL;
	plan->refusal = refusal_of_removal(plan, &s->a);
	if (plan->refusal)
		return false;
	if (!removal_ends_race(plan)) {
		plan->refusal =
			"functions read both fields of a conflict: none of its fields is unused";
		return false;
	}
	plan->refusal = layout_users_unknown(s->p, plan, s->o->kdir, &s->a);
	if (plan->refusal)
		return false;
	bit_uses_collect(&b, &uses);
	patch_file(s, patch, str_get(plan->record->loc.file));
	ok = bitops_is_untouched(&b, &uses) && stores_remove(&b, &uses);
	f = &patch->files[0];
	ok = ok && declarations_remove(&b, f->file, &f->after);
	free(uses.v);
	plan->leaves_doubtful = ok && leaves_doubtful(plan);
	if (!ok)
		patch_drop_files(patch);
	return ok;
}
