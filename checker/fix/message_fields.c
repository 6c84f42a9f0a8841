// SPDX-License-Identifier: GPL-2.0-only
/* message_fields.c - the part of a message about fields: who writes them, where they go. */
#include "comments.h"
#include "message_fields.h"
#include "plan_lookup.h"
#include "wrap.h"

#define CONTEXTS_MAX 3 /* contexts of a writer that are named */
#define KEPT_MAX 10    /* fields that stay that are named */
#define MOVED_MAX 40   /* fields that move that are named, where only their names are */

/* --- writers */

/* The name of the function of a write: that of its copies for some arguments, too. */
static str writer(const struct fix_series *s, const struct write *w)
{
	return s->p->functions[w->function].name;
}

/* Prints the contexts in which the function of write i writes the field at runtime, if known: " (a, b)". */
static void put_contexts(FILE *f, const struct fix_series *s, const struct unit_verdict *u,
			 const struct unit_field *uf, uint32_t i)
{
	str name = writer(s, &u->writes[uf->writes[i]]);
	uint32_t j, k, n = 0;

	for (j = i; j < uf->nwrites; j++) {
		const struct write *w = &u->writes[uf->writes[j]];

		if (writer(s, w) != name || w->phase != PHASE_RUNTIME || w->unseen)
			continue;
		for (k = i; k < j && (u->writes[uf->writes[k]].context != w->context ||
				      writer(s, &u->writes[uf->writes[k]]) != name);
		     k++)
			;
		if (k == j && n++ < CONTEXTS_MAX)
			fprintf(f, "%s%s", n > 1 ? ", " : " (", str_get(w->context));
	}
	fputs(n > CONTEXTS_MAX ? ", ...)" : n ? ")" : "", f);
}

/* Is write i of the field the first one at runtime, or of all, of its function? */
static bool is_first(const struct fix_series *s, const struct unit_verdict *u,
		     const struct unit_field *uf, uint32_t i, bool runtime)
{
	const struct write *w = &u->writes[uf->writes[i]];
	uint32_t j;

	if (runtime && w->phase != PHASE_RUNTIME)
		return false;
	for (j = 0; j < i; j++) {
		const struct write *other = &u->writes[uf->writes[j]];

		if (writer(s, other) == writer(s, w) && (!runtime || other->phase == PHASE_RUNTIME))
			return false;
	}
	return true;
}

/* The functions that write the field, each once, at most `most`: "f() (context), g() and 2 others"; malloc'd. */
static char *writers_text(const struct fix_series *s, const struct unit_verdict *u,
			  const struct unit_field *uf, bool runtime, uint32_t most)
{
	size_t bytes;
	char *text;
	FILE *f = open_memstream(&text, &bytes);
	uint32_t i, n = 0;

	for (i = 0; i < uf->nwrites; i++) {
		if (!is_first(s, u, uf, i, runtime))
			continue;
		if (n++ >= most)
			continue;
		fprintf(f, "%s%s()", n > 1 ? ", " : "",
			str_get(writer(s, &u->writes[uf->writes[i]])));
		if (runtime)
			put_contexts(f, s, u, uf, i);
	}
	if (n > most)
		fprintf(f, " and %u other%s", n - most, n - most == 1 ? "" : "s");
	fclose(f);
	return text;
}

/* --- fields */

/*
 * Is the guard the pseudo-lock "CONTEXT(WRITER)" of a work that writes the field itself, and is named
 * for that?
 */
static bool is_own_work(const struct unit_verdict *u, const struct unit_field *uf)
{
	const char *bracket = strchr(str_get(uf->guard), '(');
	uint32_t i;

	for (i = 0; bracket && i < uf->nwrites; i++) {
		const struct write *w = &u->writes[uf->writes[i]];
		const char *name = str_get(w->chain[w->nchain - 1]);
		size_t n = strlen(name);

		if (!strncmp(bracket + 1, name, n) && bracket[1 + n] == ')')
			return true;
	}
	return false;
}

/* The lock that guards the field, behind the words " under "; "": none does. */
static const char *under(const struct unit_verdict *u, const struct unit_field *uf,
			 const char *words, struct arena *a)
{
	return uf->guard && !is_own_work(u, uf) ?
		       arena_printf(a, "%s%s", words,
				    lock_words(u->record, str_get(uf->guard), guard_held(u, uf),
					       a)) :
		       "";
}

static bool is_moved(const struct fix_plan *plan, const struct unit_verdict *u, uint32_t i)
{
	return plan_move(plan, (uint32_t)(u->fields[i].field - u->record->fields));
}

/* Prints the names of the fields that stay and are, or are not, written at runtime, in one sentence; are there any? */
static bool put_kept(FILE *f, struct fix_series *s, const struct fix_plan *plan, bool runtime,
		     const char *what)
{
	const char *list = "";
	uint32_t i, j, n = 0;

	for (i = 0; i < plan->nunits; i++) {
		const struct unit_verdict *u = plan->units[i];

		for (j = 0; j < u->nfields; j++) {
			const struct unit_field *uf = &u->fields[j];

			if (is_moved(plan, u, j) || (uf->lifetime == PHASE_RUNTIME) != runtime ||
			    n++ >= KEPT_MAX)
				continue;
			list = arena_printf(&s->a, "%s%s%s%s", list, *list ? ", " : "",
					    str_get(uf->field->name),
					    under(u, uf, " under ", &s->a));
		}
	}
	if (!n)
		return false;
	if (n > KEPT_MAX)
		list = arena_printf(&s->a, "%s and %u other%s", list, n - KEPT_MAX,
				    n - KEPT_MAX == 1 ? "" : "s");
	fputc('\n', f);
	put_wrapped(f, "", arena_printf(&s->a, "%s %s.", what, list));
	return true;
}

/* Prints a field that moves, with its writers. */
static void put_moved(FILE *f, struct fix_series *s, const struct field_move *m, uint32_t most)
{
	const struct unit_field *uf = m->judged;
	char *writers = writers_text(s, m->unit, uf, true, most), *head, *line;

	line = xasprintf("%s%s%s%s", writers, under(m->unit, uf, ", under ", &s->a),
			 m->width ? "; it keeps its width: " : "", m->width ? m->why_width : "");
	head = xasprintf("  %s: ", str_get(uf->field->name));
	put_wrapped(f, head, line);
	free(head);
	free(line);
	free(writers);
}

/* All names in one paragraph. */
static void put_moved_names(FILE *f, struct fix_series *s, const struct fix_plan *plan)
{
	const char *list = "";
	uint32_t i;

	for (i = 0; i < plan->nmoves && i < MOVED_MAX; i++)
		list = arena_printf(&s->a, "%s%s%s", list, i ? ", " : "",
				    str_get(plan->moves[i].judged->field->name));
	if (i < plan->nmoves)
		list = arena_printf(&s->a, "%s and %u other%s", list, plan->nmoves - i,
				    plan->nmoves - i == 1 ? "" : "s");
	put_wrapped(f, "  ", list);
}

/* Does a field that stays still conflict with another? */
static bool still_races(const struct fix_plan *plan, const struct unit_verdict *u, uint32_t field)
{
	uint32_t i;

	for (i = 0; i < u->nconflicts; i++) {
		const struct conflict *c = &u->conflicts[i];

		if ((c->a == field || c->b == field) && !is_moved(plan, u, c->a) &&
		    !is_moved(plan, u, c->b))
			return true;
	}
	return false;
}

/* "a, b and 2 others still race" of the fields for which there is no room; from `s->a`. */
static const char *left(struct fix_series *s, const struct fix_plan *plan)
{
	const char *list = "";
	uint32_t i, j, n = 0;

	for (i = 0; i < plan->nunits; i++)
		for (j = 0; j < plan->units[i]->nfields; j++)
			if (still_races(plan, plan->units[i], j) && n++ < CONTEXTS_MAX)
				list = arena_printf(&s->a, "%s%s%s", list, *list ? ", " : "",
						    str_get(plan->units[i]->fields[j].field->name));
	return n > CONTEXTS_MAX ?
		       arena_printf(&s->a, "%s and %u more still race", list, n - CONTEXTS_MAX) :
		       arena_printf(&s->a, "%s still race", list);
}

/* The sentence above the fields that move. */
static const char *purpose(struct fix_series *s, const struct patch *patch)
{
	const struct fix_plan *plan = &patch->plan;

	if (patch->strategy == STRATEGY_REMOVE)
		return plan->nmoves == 1 ?
			       "Nothing reads this field: remove it, with what stores to it:" :
			       "Nothing reads these fields: remove them, with what stores to them:";
	if (patch->strategy == STRATEGY_SEPARATE)
		return "Give the fields that are written at runtime a storage unit for each lock:";
	if (patch->strategy == STRATEGY_BITOPS && patch->why_bits)
		return arena_printf(&s->a, "Use atomic bitops, because %s:", patch->why_bits);
	if (patch->strategy == STRATEGY_BITOPS)
		return "Make the fields that are written at runtime bits that are changed "
		       "atomically:";
	if (plan->partial)
		return arena_printf(
			&s->a,
			"There is no room for all fields that race: %s. Give %s:", left(s, plan),
			plan->nmoves == 1 ? "this one a storage unit of its own" :
					    "these a storage unit each");
	if (plan->fewest)
		return "There is no room for all fields that are written at runtime. Give as few "
		       "of them a storage unit each as end the race:";
	if (!plan->nonly)
		return "Give the fields that are written at runtime a storage unit each:";
	return plan->nmoves == 1 ? "Give this field a storage unit of its own:" :
				   "Give these fields a storage unit each:";
}

void put_fields(FILE *f, struct fix_series *s, const struct patch *patch, enum detail detail)
{
	const struct fix_plan *plan = &patch->plan;
	bool kept;
	uint32_t i;

	fputc('\n', f);
	put_wrapped(f, "", purpose(s, patch));
	fputc('\n', f);
	if (detail == DETAIL_LEAST)
		put_moved_names(f, s, plan);
	for (i = 0; i < plan->nmoves && detail < DETAIL_LEAST; i++)
		put_moved(f, s, &plan->moves[i], detail == DETAIL_FULL ? 3 : 1);
	if (plan->leaves_doubtful) {
		fputc('\n', f);
		put_wrapped(
			f, "",
			"Whether the fields that stay can race is doubtful (low confidence): they stay as they are.");
	}
	if (plan->nonly || patch->strategy == STRATEGY_REMOVE)
		return;
	kept = put_kept(f, s, plan, false,
			"Written only at set-up and release, these stay bitfields:");
	put_kept(
		f, s, plan, true,
		kept ? "So do these, which are not written at the same time as another that stays:" :
		       "Not written at the same time as another of them, these stay bitfields:");
}

/* --- layout */

/* "a and b fill the hole behind c" for each hole; from `a`. */
static const char *holes(const struct fix_plan *plan, struct arena *a)
{
	const char *text = "";
	uint32_t i, last = NONE;

	for (i = 0; i < plan->nmoves; i++) {
		const struct field_move *m = &plan->moves[i];

		if (m->behind == NONE || plan_changes_unit_of(plan, m->behind))
			continue;
		text = m->behind == last ?
			       arena_printf(a, "%s, %s", text, str_get(m->judged->field->name)) :
			       arena_printf(a, "%s; the hole behind %s takes %s", text,
					    str_get(plan->record->fields[m->behind].name),
					    str_get(m->judged->field->name));
		last = m->behind;
	}
	return text;
}

void put_layout(FILE *f, struct fix_series *s, const struct patch *patch, enum detail detail)
{
	const struct fix_plan *plan = &patch->plan;
	unsigned long long before = plan->record->bytes, after = plan->bytes;
	const char *name = str_get(plan->record->name), *size;

	if (before == after)
		size = arena_printf(&s->a, "sizeof(struct %s) stays %llu bytes", name, after);
	else if (after < before)
		size = arena_printf(&s->a, "sizeof(struct %s) shrinks from %llu to %llu bytes",
				    name, before, after);
	else if (after <= plan->tree_bytes)
		size = arena_printf(
			&s->a,
			"sizeof(struct %s) is %llu bytes, as before an earlier patch of this series",
			name, after);
	else
		size = arena_printf(
			&s->a, "sizeof(struct %s) grows from %llu to %llu bytes%s", name, before,
			after,
			plan->in_padding ?
				", the padding behind it in what embeds it, where nothing else moves" :
				", for it has no hole");
	if (plan->carried != NONE)
		size = arena_printf(&s->a, "%s; %s moves up to fill the hole", size,
				    str_get(plan->record->fields[plan->carried].name));
	fputc('\n', f);
	put_wrapped(f, "",
		    arena_printf(&s->a, "%s%s.", size,
				 detail == DETAIL_LEAST ? "" : holes(plan, &s->a)));
}
