// SPDX-License-Identifier: GPL-2.0-only
/* verdict.c - judges each storage unit: conflicts, guards, claims, verdict, what to split. */
#include "verdict.h"
#include "added_pair.h"
#include "alternatives.h"
#include "chain_tests.h"
#include "claim_check.h"
#include "compare_writes.h"
#include "creation.h"
#include "entry_kinds.h"
#include "failures.h"
#include "filled.h"
#include "frames.h"
#include "guard.h"
#include "handed.h"
#include "kernel/linuxmodel.h"
#include "kinds.h"
#include "layouts.h"
#include "listed.h"
#include "lock_pointers.h"
#include "modules.h"
#include "owned_locks.h"
#include "pair_listing.h"
#include "rank.h"
#include "reads.h"
#include "routes.h"
#include "seldom.h"
#include "set_up.h"
#include "slice.h"
#include "split.h"
#include "tables.h"
#include "taken_off.h"
#include "threads.h"
#include "turned_off.h"
#include "unset.h"
#include "user_files.h"
#include "ways.h"
#include "write_confidence.h"
#include "writes.h"

/* Runtime if any write is, else setup if any is, else teardown if there is a write. */
static uint32_t field_lifetime(const struct unit_verdict *v, const struct unit_field *f)
{
	uint32_t i, phase, out = PHASE_NEVER;

	for (i = 0; i < f->nwrites; i++) {
		phase = v->writes[f->writes[i]].phase;
		if (phase == PHASE_RUNTIME)
			return phase;
		if (out != PHASE_SETUP)
			out = phase;
	}
	return out;
}

/* Do all runtime writes store one constant, as it is spelled? */
static bool has_one_value(const struct unit_verdict *v, const struct unit_field *f, bool zero)
{
	const struct write *w, *first = NULL;
	uint32_t i;

	for (i = 0; i < f->nwrites; i++) {
		w = &v->writes[f->writes[i]];
		if (w->phase != PHASE_RUNTIME)
			continue;
		first = first ? first : w;
		if (!w->value || w->value != first->value || value_is_zero(w->value) != zero)
			return false;
	}
	return true;
}

/*
 * A store that happens only if the field is 0 happens again after one that makes it 0; one that clears it
 * if it is set, after one that sets it.
 */
static void settle_set(struct unit_verdict *v, const struct unit_field *f)
{
	bool stays = has_one_value(v, f, false), cleared = has_one_value(v, f, true);
	uint32_t i;

	for (i = 0; i < f->nwrites; i++) {
		v->writes[f->writes[i]].for_good = stays;
		v->writes[f->writes[i]].if_unset &= stays;
		v->writes[f->writes[i]].if_set &= cleared;
	}
}

/* The contexts that the field is written in at runtime, and whether it is set there, and cleared. */
static void note_contexts(struct link *l, const struct unit_verdict *v, struct unit_field *f)
{
	str *contexts = NULL;
	size_t n = 0, cap = 0, k;
	uint32_t i;

	for (i = 0; i < f->nwrites; i++) {
		const struct write *w = &v->writes[f->writes[i]];

		if (w->phase != PHASE_RUNTIME)
			continue;
		f->to_zero |= value_is_zero(w->value);
		f->to_other |= !value_is_zero(w->value);
		for (k = 0; k < n && contexts[k] != w->context; k++)
			;
		if (k == n)
			*vec_add(contexts, n, cap) = w->context;
	}
	f->runs_in = arena_copy(l->arena, contexts, n * sizeof(*contexts));
	f->nruns_in = (uint32_t)n;
	free(contexts);
}

/* Fills v->fields: the named bitfields of the unit, with their writes. */
static void fill_fields(struct link *l, struct unit_verdict *v, const struct collected *c)
{
	const struct record *r = v->record;
	uint32_t i, w;

	v->fields =
		arena_alloc(l->arena, (v->unit->last - v->unit->first + 1) * sizeof(*v->fields));
	for (i = v->unit->first; i <= v->unit->last; i++) {
		struct unit_field *f = &v->fields[v->nfields];

		if (!r->fields[i].name || !(r->fields[i].flags & FIELD_BITFIELD))
			continue;
		v->nfields++;
		f->field = &r->fields[i];
		f->writes = arena_alloc(l->arena, c->n * sizeof(uint32_t));
		for (w = 0; w < c->n; w++)
			if (c->fields[w] == NONE || c->fields[w] == i)
				f->writes[f->nwrites++] = w;
		f->lifetime = field_lifetime(v, f);
		settle_set(v, f);
		note_contexts(l, v, f);
		reads_of_field(l, f);
		f->guard = f->lifetime == PHASE_RUNTIME ? guard_find(v, f) : 0;
	}
}

/* Is the field set and cleared in contexts alone that freeze others, or are frozen? */
static bool may_be_frozen_out(const struct link *l, const struct unit_field *f)
{
	bool freezes = false;
	uint32_t i;

	for (i = 0; i < f->nruns_in; i++) {
		if (!model_in_pair(l->model, MODEL_FROZEN, f->runs_in[i]))
			return false;
		freezes |= model_begins_pair(l->model, MODEL_FROZEN, f->runs_in[i]);
	}
	return freezes && f->to_zero && f->to_other;
}

/* (of doubtful writes, and where no two fields are written, it is not asked: that takes time) */
static void note_chains(const struct link *l, struct unit_verdict *v)
{
	uint32_t i, runtime = 0;

	for (i = 0; i < v->nfields; i++)
		runtime += v->fields[i].lifetime == PHASE_RUNTIME;
	for (i = 0; runtime > 1 && i < v->nwrites; i++)
		if (v->writes[i].phase == PHASE_RUNTIME &&
		    write_confidence(&v->writes[i]) != CONF_LOW) {
			write_note_chain(l, &v->writes[i]);
			if (write_fills_anew(l, v, &v->writes[i]))
				doubt_write(DOUBT_FILLED_ANEW, &v->writes[i]);
		}
	for (i = 0; i < v->nwrites; i++)
		v->any_asleep |= v->writes[i].asleep;
	for (i = 0; i < v->nfields; i++)
		v->any_freezes |= may_be_frozen_out(l, &v->fields[i]);
}

static bool conflict_unseen(const struct unit_verdict *v, const struct conflict *c)
{
	return v->writes[c->write_a].unseen || v->writes[c->write_b].unseen;
}

/* Does the source accept the race at one of the writes, or on one of the fields? */
static bool conflict_race_ok(const struct unit_verdict *v, const struct conflict *c)
{
	return v->writes[c->write_a].race_ok || v->writes[c->write_b].race_ok ||
	       v->fields[c->a].field->flags & FIELD_RACE_OK ||
	       v->fields[c->b].field->flags & FIELD_RACE_OK || v->fields[c->a].accepted ||
	       v->fields[c->b].accepted;
}

static str why_unseen(const struct unit_verdict *v, const struct conflict *c)
{
	bool of_a = v->writes[c->write_a].unseen;
	const struct write *w = &v->writes[of_a ? c->write_a : c->write_b];
	const struct field *f = v->fields[of_a ? c->a : c->b].field;

	return str_printf("the callers of %s(), which writes %s, were not analysed",
			  str_get(w->chain[0]), str_get(f->name));
}

/*
 * Drops the conflicts with a write whose entry point has callers that were not analysed: these may
 * hold any lock.  They make the unit unknown, if no other conflict makes it racy.
 */
static void drop_unseen(struct unit_verdict *v)
{
	uint32_t i, n = 0;

	for (i = 0; i < v->nconflicts; i++)
		if (!conflict_unseen(v, &v->conflicts[i]))
			v->conflicts[n++] = v->conflicts[i];
		else if (!v->why_unknown)
			v->why_unknown = why_unseen(v, &v->conflicts[i]);
	v->nconflicts = n;
}

static bool same_directory(const char *a, const char *b)
{
	const char *sa = strrchr(a, '/'), *sb = strrchr(b, '/');
	size_t na = sa ? (size_t)(sa - a) : 0, nb = sb ? (size_t)(sb - b) : 0;

	return na == nb && !strncmp(a, b, na);
}

/* Makes the unit unknown if a file beside its record or its writers was not analysed. */
static void doubt_failed(const struct link *l, struct unit_verdict *v)
{
	const struct program *p = l->p;
	uint32_t w;
	size_t i;

	for (i = 0; i < p->nfailed && !v->why_unknown; i++) {
		bool near = same_directory(p->failed[i].file, str_get(v->record->loc.file));

		for (w = 0; w < v->nwrites && !near; w++)
			near = same_directory(
				p->failed[i].file,
				str_get(p->functions[v->writes[w].function].loc.file));
		if (near)
			v->why_unknown = str_printf("%s, which may write it, was not analysed",
						    p->failed[i].file);
	}
}

/* Makes the unit unknown if a write to it was not collected. */
static void doubt_missed(const struct link *l, struct unit_verdict *v)
{
	if (!v->why_unknown && collected_missed(l, v->record))
		v->why_unknown = str_printf(
			"a record in which it is nested deeper than %d records is written whole",
			EMBEDDED_MAX);
}

static void fill_verdict(const struct link *l, struct unit_verdict *v)
{
	uint32_t i, runtime = 0;
	bool all_ok = true;

	drop_unseen(v);
	if (!v->handed && v->nfields > 1) {
		doubt_failed(l, v);
		doubt_missed(l, v);
	}
	for (i = 0; i < v->nfields; i++)
		runtime += v->fields[i].lifetime == PHASE_RUNTIME;
	for (i = 0; i < v->nconflicts; i++) {
		if (v->conflicts[i].confidence > v->confidence)
			v->confidence = v->conflicts[i].confidence;
		all_ok &= conflict_race_ok(v, &v->conflicts[i]);
	}
	v->verdict = v->nconflicts		? VERDICT_RACY :
		     v->why_unknown		? VERDICT_UNKNOWN :
		     runtime >= 2 && !v->handed ? VERDICT_SERIALIZED :
						  VERDICT_STABLE;
	v->acknowledged = v->verdict == VERDICT_RACY && all_ok;
	if (v->verdict != VERDICT_RACY)
		v->confidence = CONF_HIGH;
}

/* All that can be said of a unit before its writes are compared. */
static void begin_unit(struct link *l, struct collected *c, struct unit_verdict *v)
{
	v->record = c->record;
	v->unit = &c->record->units[c->unit];
	v->nwrites = (uint32_t)c->n;
	v->writes = arena_copy(l->arena, c->writes, c->n * sizeof(*c->writes));
	owned_locks_note(l, v);
	fill_fields(l, v, c);
	collected_drop(c);
	claims_accept(l, v);
	v->handed = record_is_handed(l, v->record);
	if (!v->handed)
		note_chains(l, v);
}

/* Stores into records that are handed over, whole, conflict with no other one. */
static void judge_unit(struct link *l, struct collected *c, struct unit_verdict *v)
{
	begin_unit(l, c, v);
	if (!v->handed)
		conflicts_find(l, v);
	routes_drop(v);
	if (!v->handed)
		pairs_keep(l, v);
	fill_verdict(l, v);
	added_pair_find(l, v);
	conflicts_rank(l, v);
	claims_check(l, v);
	if (v->verdict == VERDICT_RACY)
		split_choose(l, v);
}

/* --- all units */

/* A unit's verdict depends on its own writes and on what earlier passes have found: any thread may judge it. */
struct judging {
	struct collected **all; /* in the order of their verdicts */
	struct turn {
		size_t unit;
		size_t writes;
	} *turns; /* those that take longest first, so that no thread is left with one at the end */
	size_t next;
};

static int by_writes(const void *a, const void *b)
{
	const struct turn *x = a, *y = b;

	if (x->writes != y->writes)
		return x->writes > y->writes ? -1 : 1;
	return x->unit < y->unit ? -1 : x->unit > y->unit;
}

/* Answers that several units ask for, which each thread keeps for those that it judges. */
static const struct {
	void (*begin)(struct link *l), (*end)(struct link *l);
} kept_answers[] = {
	{ modules_remember, modules_forget },
	{ chain_tests_begin, chain_tests_end },
	{ frames_begin, frames_end },
	{ kinds_remember, kinds_forget },
	{ listed_begin, listed_end },
	{ taken_off_begin, taken_off_end },
	{ set_up_remember, set_up_forget },
	{ tables_begin, tables_end },
	{ entry_kinds_remember, entry_kinds_forget },
	{ failures_begin, failures_end },
	{ seldom_begin, seldom_end },
	{ alternatives_begin, alternatives_end },
};

static void judge_some(struct link *of_thread, void *ctx)
{
	struct link own = *of_thread, *l = &own;
	struct judging *j = ctx;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(kept_answers); i++)
		kept_answers[i].begin(l);
	while ((i = __atomic_fetch_add(&j->next, 1, __ATOMIC_RELAXED)) < l->p->nverdicts)
		judge_unit(l, j->all[j->turns[i].unit], &l->p->verdicts[j->turns[i].unit]);
	for (i = 0; i < ARRAY_SIZE(kept_answers); i++)
		kept_answers[i].end(l);
}

static void judge_all(struct link *l)
{
	struct judging j = { .all = collected_sorted(l, &l->p->nverdicts) };
	size_t n = l->p->nverdicts, i;

	l->p->verdicts = arena_alloc(l->arena, n * sizeof(*l->p->verdicts));
	j.turns = xcalloc(n + 1, sizeof(*j.turns));
	for (i = 0; i < n; i++)
		j.turns[i] = (struct turn){ i, j.all[i]->n };
	qsort(j.turns, n, sizeof(*j.turns), by_writes);
	threads_run(l, judge_some, &j);
	free(j.turns);
}

/* Units that nothing writes are listed, too. */
static void list_units(struct link *l)
{
	struct program *p = l->p;
	size_t r;
	uint32_t u;

	for (r = 0; r < p->nrecords; r++)
		for (u = 0; u < p->records[r].nunits; u++) {
			const struct layout_unit unit = layout_unit_find(l, &p->records[r], u);

			if (record_is_asked(l, unit.record))
				collected_get(l, unit.record, unit.unit);
		}
}

void verdict_judge(struct link *l)
{
	list_units(l);
	handed_mark_carried(l);
	collected_note_changes(l);
	creations_find(l);
	kinds_find(l);
	user_files_find(l);
	ways_begin(l);
	lock_pointers_begin(l);
	turned_off_begin(l);
	set_up_begin(l);
	entry_kinds_begin(l);
	claims_begin(l);
	judge_all(l);
	l->p->stats.units = (uint32_t)l->p->nverdicts;
	l->p->stats.functions = (uint32_t)l->p->nfunctions;
	collected_free(l);
	creations_free(l);
	kinds_free(l);
	user_files_free(l);
	ways_end(l);
	lock_pointers_end(l);
	turned_off_end(l);
	set_up_end(l);
	entry_kinds_end(l);
	claims_end(l);
}
