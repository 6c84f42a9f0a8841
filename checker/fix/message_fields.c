// SPDX-License-Identifier: GPL-2.0-only
/* message_fields.c - the part of a message about fields: who writes them, where they go. */
#include "message_fields.h"
#include "plan_lookup.h"
#include "wrap.h"

/* --- writers */

/* Are both by one function, and both or neither at runtime? */
static bool is_same_writer(const struct write *a, const struct write *b)
{
	return a->function == b->function &&
	       (a->phase == PHASE_RUNTIME) == (b->phase == PHASE_RUNTIME);
}

/* Prints the contexts in which the function of write i writes the field at runtime: " (a, b)". */
static void put_contexts(FILE *f, const struct unit_verdict *u, const struct unit_field *uf,
			 uint32_t i)
{
	const struct write *first = &u->writes[uf->writes[i]];
	uint32_t j, k, n = 0;

	for (j = i; j < uf->nwrites; j++) {
		const struct write *w = &u->writes[uf->writes[j]];

		for (k = i; k < j && (u->writes[uf->writes[k]].context != w->context ||
				      !is_same_writer(&u->writes[uf->writes[k]], w));
		     k++)
			;
		if (k == j && is_same_writer(first, w))
			fprintf(f, "%s%s", n++ ? ", " : " (", str_get(w->context));
	}
	fputs(n ? ")" : "", f);
}

/*
 * Each function that writes the field at runtime, or else at set-up and teardown: "f(), g() (context)";
 * malloc'd.
 */
static char *writers_text(const struct fix_series *s, const struct unit_verdict *u,
			  const struct unit_field *uf, bool runtime)
{
	size_t bytes;
	char *text;
	FILE *f = open_memstream(&text, &bytes);
	uint32_t i, j, n = 0;

	for (i = 0; i < uf->nwrites; i++) {
		const struct write *w = &u->writes[uf->writes[i]];

		for (j = 0; j < i && !is_same_writer(&u->writes[uf->writes[j]], w); j++)
			;
		if (j < i || (w->phase == PHASE_RUNTIME) != runtime)
			continue;
		fprintf(f, "%s%s()", n++ ? ", " : "", str_get(s->p->functions[w->function].name));
		if (runtime)
			put_contexts(f, u, uf, i);
	}
	fclose(f);
	return text;
}

/* Prints a field that stays, with its writers. */
static void put_kept(FILE *f, const struct fix_series *s, const struct unit_verdict *u,
		     const struct unit_field *uf)
{
	bool runtime = uf->lifetime == PHASE_RUNTIME;
	char *writers = writers_text(s, u, uf, runtime), *head;
	char *line = xasprintf("%s%s%s", *writers ? writers : "not written by the code checked",
			       uf->guard ? ", write locked by " : "", str_get(uf->guard));

	head = xasprintf("  %s: ", str_get(uf->field->name));
	put_wrapped(f, head, line);
	free(head);
	free(line);
	free(writers);
}

/* Prints a field that moves, with its writers. */
static void put_moved(FILE *f, const struct fix_series *s, const struct field_move *m)
{
	const struct unit_field *uf = m->judged;
	char *writers = writers_text(s, m->unit, uf, true), *head, *line;

	line = xasprintf("%s%s%s", writers, uf->guard ? ", write locked by " : "",
			 uf->guard ? str_get(uf->guard) : "; no lock is held at all of these");
	head = xasprintf("  %s: ", str_get(uf->field->name));
	put_wrapped(f, head, line);
	free(head);
	free(line);
	free(writers);
}

static bool is_moved(const struct fix_plan *plan, const struct unit_verdict *u, uint32_t i)
{
	return plan_move(plan, (uint32_t)(u->fields[i].field - u->record->fields));
}

/* Prints `head` and the fields that stay, those written at runtime or the others; nothing if there are none. */
static void put_kept_fields(FILE *f, const struct fix_series *s, const struct fix_plan *plan,
			    bool runtime, const char *head)
{
	bool said = false;
	uint32_t i, j;

	for (i = 0; i < plan->nunits; i++) {
		const struct unit_verdict *u = plan->units[i];

		for (j = 0; j < u->nfields; j++) {
			if (is_moved(plan, u, j) ||
			    (u->fields[j].lifetime == PHASE_RUNTIME) != runtime)
				continue;
			if (!said) {
				fputc('\n', f);
				put_wrapped(f, "", head);
				fputc('\n', f);
			}
			said = true;
			put_kept(f, s, u, &u->fields[j]);
		}
	}
}

void put_fields(FILE *f, const struct fix_series *s, const struct patch *patch)
{
	const struct fix_plan *plan = &patch->plan;
	uint32_t i;

	put_kept_fields(f, s, plan, false,
			"Flags that are only written while the object is set up or released stay "
			"bitfields:");
	put_kept_fields(
		f, s, plan, true,
		"So do these, whose writers at runtime do not run at the same time as those of "
		"another field that stays:");
	fputc('\n', f);
	put_wrapped(f, "",
		    s->o->strategy == STRATEGY_BITOPS ?
			    "Flags that are written at runtime become bits that are changed "
			    "atomically:" :
			    "Flags that are written at runtime get a storage unit of their own:");
	fputc('\n', f);
	for (i = 0; i < plan->nmoves; i++)
		put_moved(f, s, &plan->moves[i]);
}

/* --- layout */

/* Prints where a field that moves was and is; a hole is named by the member in front of it. */
static void put_offsets(FILE *f, const struct fix_plan *plan, const struct field_move *m)
{
	const char *name = str_get(plan->record->fields[m->field].name);
	char *line;

	line = xasprintf("%s: byte %llu bit %u, now byte %llu%s%s%s%s", name,
			 (unsigned long long)plan->record->fields[m->field].bit_offset / 8,
			 (unsigned int)(plan->record->fields[m->field].bit_offset % 8),
			 (unsigned long long)plan->offsets[m->field] / 8,
			 m->behind != NONE && !plan_changes_unit_of(plan, m->behind) ?
				 ", in the hole behind " :
				 "",
			 m->behind != NONE && !plan_changes_unit_of(plan, m->behind) ?
				 str_get(plan->record->fields[m->behind].name) :
				 "",
			 m->width ? "; it keeps its width, alone in its unit: " : "",
			 m->width ? m->why_width : "");
	put_wrapped(f, "  ", line);
	free(line);
}

/* Prints how sizeof changes. */
static void put_size(FILE *f, const struct fix_plan *plan)
{
	unsigned long long before = plan->record->bytes, after = plan->bytes;
	const char *name = str_get(plan->record->name);
	char *line;

	if (before == after)
		line = xasprintf("sizeof(struct %s) is %llu bytes as before:", name, after);
	else if (after < before)
		line = xasprintf("sizeof(struct %s) shrinks from %llu to %llu bytes:", name, before,
				 after);
	else if (after <= plan->tree_bytes)
		line = xasprintf(
			"sizeof(struct %s) goes from %llu to %llu bytes, what it was before an "
			"earlier patch of this series made a member smaller:",
			name, before, after);
	else
		line = xasprintf(
			"sizeof(struct %s) grows from %llu to %llu bytes: no hole is left for "
			"the fields:",
			name, before, after);
	put_wrapped(f, "", line);
	free(line);
}

void put_layout(FILE *f, const struct patch *patch)
{
	const struct fix_plan *plan = &patch->plan;
	char *line;
	uint32_t i;

	fputc('\n', f);
	put_size(f, plan);
	fputc('\n', f);
	for (i = 0; i < plan->nmoves; i++)
		put_offsets(f, plan, &plan->moves[i]);
	if (plan->carried == NONE)
		return;
	line = xasprintf("%s: byte %llu, now byte %llu: it fills the hole behind them",
			 str_get(plan->record->fields[plan->carried].name),
			 (unsigned long long)plan->record->fields[plan->carried].bit_offset / 8,
			 (unsigned long long)plan->offsets[plan->carried] / 8);
	put_wrapped(f, "  ", line);
	free(line);
}
