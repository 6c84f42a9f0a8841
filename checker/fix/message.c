// SPDX-License-Identifier: GPL-2.0-only
/* message.c - the commit message of a patch: the hazard, the fields, how it was made and tested. */
#include "fixes_tag.h"
#include "message.h"
#include "message_fields.h"
#include "patch_subject.h"
#include "wrap.h"

/* --- the two writers */

/* "LOCK, LOCK (shared)" or "none" */
static void put_lockset(FILE *f, const struct write *w)
{
	uint32_t i;

	if (!w->nheld)
		fputs("none", f);
	for (i = 0; i < w->nheld; i++)
		fprintf(f, "%s%s%s", i ? ", " : "", str_get(w->held[i].name),
			w->held[i].mode == MODE_SHARED ? " (shared)" : "");
}

/* The call chain from the entry point to the store, "a -> b -> c"; malloc'd. */
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

/* Prints one of the two writes of a conflict. */
static void put_writer(FILE *f, const struct fix_series *s, const struct unit_verdict *u,
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

/* The argument of the unit. */
static const struct conflict *best_conflict(const struct unit_verdict *u)
{
	uint32_t i;

	for (i = 0; u->conflicts[i].rank; i++)
		;
	return &u->conflicts[i];
}

/* Prints why the stores race, and two writers for each unit. */
static void put_hazard(FILE *f, struct fix_series *s, const struct patch *patch)
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

/* --- how it was made, and tested */

/* Prints the rules of mode patch, which come first in the script, indented. */
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

/* Prints how the patch was found and made. */
static void put_origin(FILE *f, const struct fix_series *s, const struct patch *patch)
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

/* Lists the steps of verification that passed. */
static void put_tested(FILE *f, const struct patch *patch)
{
	size_t i;

	if (!patch->nsteps)
		return;
	fputs("\nTested by these steps, none of them on hardware:\n\n", f);
	for (i = 0; i < patch->nsteps; i++)
		if (patch->steps[i].outcome == VERIFY_OK)
			put_wrapped(f, "  - ", patch->steps[i].what);
}

void message_write(struct fix_series *s, struct patch *patch)
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
	if (*fixes_tags(s, patch))
		fprintf(f, "\n%s", fixes_tags(s, patch));
	fclose(f);
	patch->subject = patch_subject(s, patch);
	patch->body = arena_printf(&s->a, "%s", text);
	free(text);
}
