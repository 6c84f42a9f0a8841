// SPDX-License-Identifier: GPL-2.0-only
/* message.c - the commit message of a patch, and the notes below it. */
#include "base/names.h"
#include "fixes_tag.h"
#include "message.h"
#include "message_fields.h"
#include "message_lock.h"
#include "message_writers.h"
#include "plan_lookup.h"
#include "wrap.h"

#define LINES_MAX 45 /* of a message, without the subject and what stands below the --- */

/* --- how it was found, and tested */

/* "a, b and c" of the steps that passed, in few words. */
static const char *tested(const struct patch *patch, struct arena *a)
{
	const char *list = "";
	size_t i, n = 0;

	for (i = 0; i < patch->nsteps; i++)
		if (patch->steps[i].outcome == VERIFY_OK && patch->steps[i].brief)
			list = arena_printf(a, "%s%s%s", list, n++ ? ", " : "",
					    patch->steps[i].brief);
	return list;
}

static void put_origin(FILE *f, struct fix_series *s, const struct patch *patch)
{
	const char *steps = tested(patch, &s->a);
	const struct conflict *c = plan_argument(&patch->plan, plan_lead(&patch->plan));
	const char *policy = patch->plan.nonly || patch->strategy == STRATEGY_LOCK ||
					     patch->strategy == STRATEGY_REMOVE ?
				     "" :
			     s->p->strict || patch->plan.fewest ? "policy strict, " :
								  "policy lifetime, ";
	char *line = xasprintf(
		"Found by racybits, a static checker for racy bitfields, in %s (%sconfidence %s), which also made this patch%s.%s%s%s",
		s->o->scope, policy, confidence_name(c->confidence),
		patch->script ? ", with the semantic patch below" : "",
		*steps ? " Tested, not on hardware: " : "", steps, *steps ? "." : "");

	fputc('\n', f);
	put_wrapped(f, "", line);
	free(line);
}

/* --- the whole */

static void put_body(FILE *f, struct fix_series *s, const struct patch *patch, enum detail detail)
{
	put_hazard(f, s, patch, detail);
	if (patch->strategy == STRATEGY_LOCK)
		put_taken(f, s, patch);
	else
		put_fields(f, s, patch, detail);
	if (patch_moves_fields(patch) || patch->strategy == STRATEGY_BITOPS)
		put_layout(f, s, patch, detail);
	put_origin(f, s, patch);
	if (*fixes_tags(s, patch))
		fprintf(f, "\n%s", fixes_tags(s, patch));
}

static size_t lines_of(const char *text)
{
	size_t n = 0;

	for (; *text; text++)
		n += *text == '\n';
	return n;
}

/* With as much detail as LINES_MAX lines have room for; malloc'd. */
static char *body(struct fix_series *s, const struct patch *patch)
{
	enum detail detail = DETAIL_FULL;
	size_t bytes;
	char *text;
	FILE *f;

	for (;; detail++) {
		f = open_memstream(&text, &bytes);
		if (!f)
			die("out of memory");
		put_body(f, s, patch, detail);
		fclose(f);
		if (lines_of(text) <= LINES_MAX || detail == DETAIL_LEAST)
			return text;
		free(text);
	}
}

/* Why another remedy is not taken, if that was asked: a paragraph, or "". */
static const char *why_not(struct fix_series *s, const char *remedy, const char *why)
{
	const char *text;
	size_t bytes;
	char *lines;
	FILE *f;

	if (!why)
		return "";
	f = open_memstream(&lines, &bytes);
	if (!f)
		die("out of memory");
	put_wrapped(f, "", arena_printf(&s->a, "%s: %s.", remedy, why));
	fputc('\n', f);
	fclose(f);
	text = arena_printf(&s->a, "%s", lines);
	free(lines);
	return text;
}

/* The rules of mode patch, which come first in the script, indented: git am takes no line for a header. */
static const char *notes(struct fix_series *s, const struct patch *patch)
{
	const char *how = patch->smpl == SMPL_DIFFERS ?
				  " (the plan: spatch cannot carry it out in full)" :
			  patch->smpl == SMPL_COMMENTS ? " (but for comments)" :
							 "";
	const char *line, *end, *text;
	size_t n;

	if (!patch->script)
		return NULL;
	text = arena_printf(&s->a, "%s%sThe semantic patch%s:\n\n",
			    why_not(s, "No store takes a lock instead", patch->not_taken),
			    why_not(s, "No field becomes an atomic bit instead", patch->not_bits),
			    how);
	line = strstr(patch->script, "\n@");
	end = strstr(patch->script, "\n@depends on context@");
	for (line = line ? line + 1 : end; line && end && line < end; line += n + 1) {
		n = strcspn(line, "\n");
		text = arena_printf(&s->a, "%s%s%.*s\n", text, n ? "  " : "", (int)n, line);
	}
	return text;
}

void message_write(struct fix_series *s, struct patch *patch)
{
	char *text = body(s, patch);

	patch->body = arena_printf(&s->a, "%s", text);
	patch->notes = notes(s, patch);
	free(text);
}
