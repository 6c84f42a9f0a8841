// SPDX-License-Identifier: GPL-2.0-only
/* message_writers.c - the part of a message about the race: its two writers, and what is lost. */
#include "base/names.h"
#include "comments.h"
#include "message_writers.h"
#include "plan_lookup.h"
#include "wrap.h"

#define CHAIN_MAX 4   /* functions of a call chain that are named: the first and the last ones */
#define READERS_MAX 2 /* functions that read a field that are named */

/* --- one writer */

/* "a -> ... -> y -> z", from the entry point to the store, without middle ones; from `a`. */
static const char *chain_text(const struct write *w, struct arena *a)
{
	const char *text = "";
	uint32_t i;

	for (i = 0; i < w->nchain; i++) {
		if (i == 1 && w->nchain > CHAIN_MAX) {
			i = w->nchain - CHAIN_MAX + 1;
			text = arena_printf(a, "%s -> ...", text);
		}
		text = arena_printf(a, "%s%s%s", text, i ? " -> " : "", str_get(w->chain[i]));
	}
	return text;
}

/*
 * Is it the pseudo-lock "CONTEXT(...)" of the writer's own context, which the message names: a timer does
 * not run against itself?
 */
static bool is_own_context(const struct write *w, const struct held *h)
{
	const char *name = str_get(h->name), *context = str_get(w->context);
	size_t n = strlen(context);

	return !strncmp(name, context, n) && name[n] == '(';
}

/* The locks that the writer holds, each once, and no queue, which is none; from `a`. */
static const char *locks_text(const struct record *r, const struct write *w, struct arena *a)
{
	const char *text = "";
	uint32_t i;

	for (i = 0; i < w->nheld; i++) {
		if (is_own_context(w, &w->held[i]) || is_queue_lock(str_get(w->held[i].name)) ||
		    (i && w->held[i].name == w->held[i - 1].name))
			continue;
		text = arena_printf(a, "%s%s%s%s", text, *text ? ", " : "",
				    lock_words(r, str_get(w->held[i].name), &w->held[i], a),
				    w->held[i].mode == MODE_SHARED ? " (shared)" : "");
		if (w->held[i].owned)
			text = arena_printf(a, "%s (while a task owns %s)", text,
					    lock_words(r, str_get(w->held[i].owned), NULL, a));
	}
	return *text ? text : "no lock";
}

static void put_writer(FILE *f, struct fix_series *s, const struct unit_verdict *u, uint32_t field,
		       uint32_t write)
{
	const struct write *w = &u->writes[write];
	const char *file = strrchr(str_get(w->loc.file), '/');
	char *line = xasprintf("%s%s%s at %s:%u, in %s (%s), holding %s",
			       str_get(u->fields[field].field->name), w->value ? " = " : "",
			       str_get(w->value), file ? file + 1 : str_get(w->loc.file),
			       w->loc.line, chain_text(w, &s->a), str_get(w->context),
			       locks_text(u->record, w, &s->a));

	put_wrapped(f, "  ", line);
	free(line);
}

/* --- what is lost */

/* "f() and g()", functions that read the field, or NULL if none was seen. */
static const char *readers(struct fix_series *s, const struct unit_field *uf)
{
	const char *text = NULL;
	uint32_t i, n = 0;
	str last = 0;

	for (i = 0; i < uf->nreaders && n < READERS_MAX; i++) {
		str name = s->p->functions[uf->readers[i]].name;

		if (name == last) /* a copy for other arguments */
			continue;
		text = arena_printf(&s->a, "%s%s%s()", text ? text : "", text ? " and " : "",
				    str_get(name));
		last = name;
		n++;
	}
	return text;
}

/* Says what a lost update does: to the field that something reads. */
static void put_loss(FILE *f, struct fix_series *s, const struct unit_verdict *u,
		     const struct conflict *c)
{
	str a = u->fields[c->a].field->name, b = u->fields[c->b].field->name;
	const char *who = readers(s, &u->fields[c->a]);
	str lost = who ? a : b, other = who ? b : a;
	char *line;

	if (!who)
		who = readers(s, &u->fields[c->b]);
	line = xasprintf(
		"If they run at once, the store to %s may write back the old value of %s%s%s%s.",
		str_get(other), str_get(lost), who ? ", which " : "", who ? who : "",
		who ? " would then read" : "");
	fputc('\n', f);
	put_wrapped(f, "", line);
	free(line);
}

/* The two writers of the unit's argument, and what is lost; `rule`: the sentence in front of them. */
static void put_unit(FILE *f, struct fix_series *s, const struct patch *patch,
		     const struct unit_verdict *u, const char *rule)
{
	const struct conflict *c = plan_argument(&patch->plan, u);

	put_wrapped(
		f, "",
		arena_printf(
			&s->a,
			"%sIn struct %s, nothing keeps these two writers of one unit of %u bitfields apart:",
			rule, str_get(patch->plan.record->name), u->nfields));
	fputc('\n', f);
	put_writer(f, s, u, c->a, c->write_a);
	put_writer(f, s, u, c->b, c->write_b);
	if (c->doubt != DOUBT_NONE) {
		fputc('\n', f);
		put_wrapped(f, "",
			    arena_printf(&s->a, "racybits doubts this pair (confidence %s): %s.",
					 confidence_name(c->confidence), doubt_sentence(c->doubt)));
	}
	put_loss(f, s, u, c);
}

void put_hazard(FILE *f, struct fix_series *s, const struct patch *patch, enum detail detail)
{
	const struct unit_verdict *lead = plan_lead(&patch->plan);
	uint32_t i;

	put_unit(
		f, s, patch, lead,
		"A store to a bitfield reads, changes and writes back its whole storage unit (C11 "
		"3.14), so all bitfields of a unit need one lock (Documentation/memory-barriers.txt, "
		"\"GUARANTEES\"). ");
	for (i = 0; i < patch->plan.nunits && detail == DETAIL_FULL; i++) {
		if (patch->plan.units[i] == lead)
			continue;
		fputc('\n', f);
		put_unit(f, s, patch, patch->plan.units[i], "");
	}
}
