// SPDX-License-Identifier: GPL-2.0-only
/* rewrite_list.c - what is left of a declaration of several names. */
#include "comments.h"
#include "rewrite_list.h"

/* What is left of a list, as far as it is written. */
struct list_rest {
	const struct declaration_text *d;
	struct declarators names;
	const char *out;
	const struct declarator *open; /* the last name written; NULL: a member was, or nothing */
	size_t gap; /* start of the white space in front of the name that began this line, or 0 */
};

/* Writes `end`, "," or ";", and the comments behind the last name. */
static void close_name(struct rewrite *w, struct list_rest *r, const char *end)
{
	const char *text = w->text.text;
	const struct declarator *n = r->open;

	r->out = arena_printf(w->a, "%s%.*s%s", r->out, (int)(n->sep - n->to), text + n->to, end);
	r->out = with_comments(w, r->out, n->tail, true);
}

/* White space at an offset. */
static struct span blanks_at(const struct rewrite *w, size_t at)
{
	return (struct span){ at, at + strspn(w->text.text + at, " \t\n") };
}

static bool has_newline(const struct rewrite *w, struct span at)
{
	return memchr(w->text.text + at.from, '\n', at.to - at.from);
}

/*
 * The type as a declaration begins with it, up to the first name: with the comments behind it if the declaration is
 * the first one that is written.
 */
static const char *type_text(struct rewrite *w, const struct list_rest *r)
{
	const struct declarators *l = &r->names;
	const char *text = w->text.text, *indent = r->d->shared_line ? "" : indent_of(w, r->d),
		   *out;
	size_t to = *r->out ? l->type_to : blanks_at(w, l->names_from).to;

	out = arena_printf(w->a, "%s%.*s", indent, (int)(to - r->d->from), text + r->d->from);
	if (!*r->out)
		return out;
	if (l->names_from == l->type_to)
		return arena_printf(w->a, "%s%.*s", out, (int)strspn(text + to, " \t\n"),
				    text + to);
	return arena_printf(w->a, "%s%s", out,
			    padding(w->a, text_column(out, strlen(out)), text, l->v->from));
}

/*
 * Begins a declaration with the name.  Comments on the lines above a name that was not the first are above the
 * declaration now, if the type is on the line of the name.
 */
static void open_list(struct rewrite *w, struct list_rest *r, const struct declarator *n)
{
	struct span own = { blanks_at(w, n->lead).to, n->from };
	const char *above = "", *type = type_text(w, r);

	if (n != r->names.v && has_newline(w, own) && !strchr(type, '\n') && !r->d->shared_line) {
		above = comments_above(w, r->d, own);
		own.from = own.to;
	}
	r->out = arena_printf(w->a, "%s%s%s%.*s", r->out, above, type, (int)(n->to - own.from),
			      w->text.text + own.from);
}

/* Writes a name that stays. */
static void keep_name(struct rewrite *w, struct list_rest *r, const struct declarator *n)
{
	struct span blanks = blanks_at(w, n->lead), own = { blanks.to, n->to };

	if (r->open) {
		close_name(w, r, ",");
		if (r->gap)
			blanks = blanks_at(w, r->gap);
		r->out = arena_printf(w->a, "%s%.*s%.*s", r->out, (int)(blanks.to - blanks.from),
				      w->text.text + blanks.from, (int)(own.to - own.from),
				      w->text.text + own.from);
	} else {
		open_list(w, r, n);
	}
	r->open = n;
	r->gap = 0;
}

/* Ends the declaration of the last name, if there is one. */
static void close_list(struct rewrite *w, struct list_rest *r)
{
	if (!r->open)
		return;
	close_name(w, r, ";");
	if (!r->d->shared_line)
		r->out = arena_printf(w->a, "%s\n", r->out);
	else if (r->open->tail.to > r->open->tail.from)
		r->out = arena_printf(w->a, "%s\n%s", r->out, indent_of(w, r->d));
	r->open = NULL;
}

/* Writes a field that stays in its order, as a member of its own. */
static void put_in_place(struct rewrite *w, struct list_rest *r, const struct field_move *m)
{
	close_list(w, r);
	if (!*r->out)
		r->out = comments_above(w, r->d,
					(struct span){ r->names.type_to, r->names.names_from });
	r->out = arena_printf(w->a, "%s%s%s", r->out,
			      group_comment(w, (uint32_t)(m - w->plan->moves), r->d),
			      member(w, m, r->d));
}

const char *list_rest(struct rewrite *w, const struct declaration_text *d)
{
	struct list_rest r = { .d = d, .names = names_of(w, d), .out = "" };
	size_t i;

	for (i = 0; i < r.names.n; i++) {
		const struct declarator *n = &r.names.v[i];
		const struct field_move *m = move_of(w, n);

		if (has_newline(w, blanks_at(w, n->lead)))
			r.gap = n->lead;
		if (is_left(w, n))
			keep_name(w, &r, n);
		else if (m && m->behind == NONE && !d->shared_line)
			put_in_place(w, &r, m);
	}
	close_list(w, &r);
	return r.out;
}
