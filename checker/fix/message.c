// SPDX-License-Identifier: GPL-2.0-only
/* message.c - what the patch says: the hazard, who races, what moves and why it may. */
#include "fix.h"

#define WIDTH 72

/* --- text */

void put_wrapped(FILE *f, const char *head, const char *text)
{
	size_t indent = *head ? strspn(head, " ") + 2 : 0, col = strlen(head), n;
	bool start = true;

	fputs(head, f);
	for (; *text; text += n + strspn(text + n, " ")) {
		n = strcspn(text, " ");
		if (!start && col + n + 1 > WIDTH) {
			fprintf(f, "\n%*s", (int)indent, "");
			col = indent;
		} else if (!start) {
			fputc(' ', f);
			col++;
		}
		fprintf(f, "%.*s", (int)n, text);
		col += n;
		start = false;
	}
	fputc('\n', f);
}

/* --- the two writers */

static void put_lockset(FILE *f, const struct write *w)
{
	uint32_t i;

	if (!w->nheld)
		fputs("none", f);
	for (i = 0; i < w->nheld; i++)
		fprintf(f, "%s%s%s", i ? ", " : "", str_get(w->held[i].name),
			w->held[i].mode == MODE_SHARED ? " (shared)" : "");
}

/* "a -> b -> c" of the call chain, from the entry point to the store; malloc'd. */
static char *chain_text(const struct write *w)
{
	size_t bytes;
	char *text;
	FILE *f = open_memstream(&text, &bytes);
	uint32_t i;

	for (i = 0; i < w->nchain; i++)
		fprintf(f, "%s%s", i ? " -> " : "", str_get(w->chain[i]));
	fclose(f);
	return text;
}

static char *locks_text(const struct write *w)
{
	size_t bytes;
	char *text;
	FILE *f = open_memstream(&text, &bytes);

	put_lockset(f, w);
	fclose(f);
	return text;
}

static void put_writer(FILE *f, const struct series *s, const struct unit_verdict *u,
		       uint32_t field, uint32_t write)
{
	const struct write *w = &u->writes[write];
	char *chain = chain_text(w), *locks = locks_text(w), *line;

	line = xasprintf("%s is written by %s() in %s (%s)", str_get(u->fields[field].field->name),
			 str_get(s->p->functions[w->function].name), str_get(w->loc.file),
			 str_get(w->context));
	put_wrapped(f, "  ", line);
	free(line);
	put_wrapped(f, "    called: ", chain);
	put_wrapped(f, "    locks held: ", locks);
	free(chain);
	free(locks);
}

/* How much a conflict shows: sure ones, then writers in different functions, then fewer locks. */
static uint32_t weight(const struct unit_verdict *u, const struct conflict *c)
{
	const struct write *a = &u->writes[c->write_a], *b = &u->writes[c->write_b];

	return c->confidence * 4 + (a->function != b->function) * 2 + (!a->nheld || !b->nheld);
}

static const struct conflict *best_conflict(const struct unit_verdict *u)
{
	const struct conflict *best = u->conflicts;
	uint32_t i;

	for (i = 1; i < u->nconflicts; i++)
		if (weight(u, &u->conflicts[i]) > weight(u, best))
			best = &u->conflicts[i];
	return best;
}

static void put_hazard(FILE *f, struct series *s, const struct patch *patch)
{
	const char *name = str_get(patch->plan.record->name);
	uint32_t i;

	put_wrapped(f, "",
		    "Adjacent bitfields are one memory location (C11 3.14): a store to one of "
		    "them reads, changes and writes back the storage unit with all of them. So "
		    "all bitfields of a unit have to be protected by one lock "
		    "(Documentation/memory-barriers.txt, \"GUARANTEES\").");
	for (i = 0; i < patch->plan.nunits; i++) {
		const struct unit_verdict *u = patch->plan.units[i];
		const struct conflict *c = best_conflict(u);
		char *line = xasprintf("%s of struct %s share a unit, and no lock keeps these two "
				       "writers of one object apart:",
				       u->nfields == 2 ?
					       "Two bitfields" :
					       arena_printf(&s->a, "%u bitfields", u->nfields),
				       name);

		fputc('\n', f);
		put_wrapped(f, "", line);
		fputc('\n', f);
		put_writer(f, s, u, c->a, c->write_a);
		put_writer(f, s, u, c->b, c->write_b);
		free(line);
	}
	fputc('\n', f);
	put_wrapped(f, "",
		    "When they meet, the update of one field is undone by the write-back of the "
		    "other.");
}

/* --- fields */

static bool is_same_writer(const struct write *a, const struct write *b)
{
	return a->function == b->function &&
	       (a->phase == PHASE_RUNTIME) == (b->phase == PHASE_RUNTIME);
}

/* Lists the contexts in which the function of the i-th write writes the field at runtime. */
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

/* "f(), g() (context)": each function that writes the field at runtime, or before and after; malloc'd. */
static char *writers_text(const struct series *s, const struct unit_verdict *u,
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

static void put_kept(FILE *f, const struct series *s, const struct unit_verdict *u,
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

static void put_moved(FILE *f, const struct series *s, const struct move *m)
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

static bool is_moved(const struct plan *plan, const struct unit_verdict *u, uint32_t i)
{
	return plan_move(plan, (uint32_t)(u->fields[i].field - u->record->fields));
}

/* Says `head` and lists the fields that stay in their unit; with `runtime`, those then written. */
static void put_kept_fields(FILE *f, const struct series *s, const struct plan *plan, bool runtime,
			    const char *head)
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

static void put_fields(FILE *f, const struct series *s, const struct patch *patch)
{
	const struct plan *plan = &patch->plan;
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

/* A hole is named by the member in front of it. */
static void put_hole(FILE *f, const struct plan *plan, const struct move *m)
{
	const char *name = str_get(plan->record->fields[m->field].name);
	char *line;

	line = xasprintf(
		"%s: byte %llu bit %u, now byte %llu%s%s", name,
		(unsigned long long)plan->record->fields[m->field].bit_offset / 8,
		(unsigned int)(plan->record->fields[m->field].bit_offset % 8),
		(unsigned long long)plan->offsets[m->field] / 8,
		m->behind != NONE && !plan_touches(plan, m->behind) ? ", in the hole behind " : "",
		m->behind != NONE && !plan_touches(plan, m->behind) ?
			str_get(plan->record->fields[m->behind].name) :
			"");
	put_wrapped(f, "  ", line);
	free(line);
}

static void put_size(FILE *f, const struct plan *plan)
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

static void put_layout(FILE *f, const struct patch *patch)
{
	const struct plan *plan = &patch->plan;
	char *line;
	uint32_t i;

	fputc('\n', f);
	put_size(f, plan);
	fputc('\n', f);
	for (i = 0; i < plan->nmoves; i++)
		put_hole(f, plan, &plan->moves[i]);
	if (plan->carried == NONE)
		return;
	line = xasprintf("%s: byte %llu, now byte %llu: it fills the hole behind them",
			 str_get(plan->record->fields[plan->carried].name),
			 (unsigned long long)plan->record->fields[plan->carried].bit_offset / 8,
			 (unsigned long long)plan->offsets[plan->carried] / 8);
	put_wrapped(f, "  ", line);
	free(line);
}

/* --- how it was made, and tested */

/* The script's rules for patch mode, which come first, indented. */
static void put_script(FILE *f, const struct patch *patch)
{
	const char *line = strstr(patch->script, "\n@"), *end;
	size_t n;

	end = strstr(patch->script, "\n@depends on context@");
	for (line = line ? line + 1 : end; line && end && line < end; line += n + 1) {
		n = strcspn(line, "\n");
		fprintf(f, "%s%.*s\n", n ? "  " : "", (int)n, line);
	}
}

static void put_origin(FILE *f, const struct series *s, const struct patch *patch)
{
	char *line = xasprintf(
		"Found by racybits, a static checker for racy bitfields, in Linux %s "
		"(policy %s, confidence %s), which also made this patch%s%s",
		s->o->kernel, s->p->strict ? "strict" : "lifetime",
		(const char *const[]){ "low", "medium", "high" }[patch->plan.units[0]->confidence],
		!patch->script ? ": it changed every use that it found." :
				 ", with this semantic patch",
		!patch->script ? "" :
		patch->smpl == SMPL_DIFFERS ?
				 " as the plan, which spatch cannot carry out in full:" :
		patch->smpl == SMPL_COMMENTS ? " but for comments, which move with their fields:" :
					       ":");

	fputc('\n', f);
	put_wrapped(f, "", line);
	if (patch->script) {
		fputc('\n', f);
		put_script(f, patch);
	}
	free(line);
}

static void put_tested(FILE *f, const struct patch *patch)
{
	size_t i;

	if (!patch->nchecks)
		return;
	fputs("\nTested by these steps, none of them on hardware:\n\n", f);
	for (i = 0; i < patch->nchecks; i++)
		if (patch->checks[i].outcome == CHECK_OK)
			put_wrapped(f, "  - ", patch->checks[i].what);
}

void message_write(struct series *s, struct patch *patch)
{
	size_t bytes;
	char *text;
	FILE *f = open_memstream(&text, &bytes);

	if (!f)
		die("out of memory");
	put_hazard(f, s, patch);
	put_fields(f, s, patch);
	if (s->o->strategy == STRATEGY_SPLIT)
		put_layout(f, patch);
	put_origin(f, s, patch);
	put_tested(f, patch);
	if (*message_fixes(s, patch))
		fprintf(f, "\n%s", message_fixes(s, patch));
	fclose(f);
	patch->subject = message_subject(s, patch);
	patch->body = arena_printf(&s->a, "%s", text);
	free(text);
}
