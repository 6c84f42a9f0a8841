// SPDX-License-Identifier: GPL-2.0-only
/* fix.c - from racy verdicts to patches: the stages, in order. */
#include <unistd.h>

#include "base/names.h"
#include "base/tempdir.h"
#include "bitops.h"
#include "bitops_choice.h"
#include "files.h"
#include "fix.h"
#include "format_patch.h"
#include "message.h"
#include "patch_subject.h"
#include "plan_lookup.h"
#include "planning.h"
#include "postings.h"
#include "removal.h"
#include "split.h"
#include "taking.h"
#include "verify.h"

/* --- which records */

static bool is_racy(const struct unit_verdict *u)
{
	return u->verdict == VERDICT_RACY && !u->acknowledged;
}

static bool asked_for(const struct fix_options *o, const struct record *r)
{
	size_t i;

	for (i = 0; i < o->ntargets; i++)
		if (!strcmp(o->targets[i].record, str_get(r->name)))
			return true;
	return !o->ntargets;
}

/* The fields of the record that were asked for by name: plan->only. */
static void choose_fields(struct fix_series *s, struct fix_plan *plan)
{
	size_t i;

	plan->only = arena_alloc(&s->a, (s->o->ntargets + 1) * sizeof(*plan->only));
	for (i = 0; i < s->o->ntargets; i++)
		if (s->o->targets[i].field &&
		    !strcmp(s->o->targets[i].record, str_get(plan->record->name)))
			plan->only[plan->nonly++] = str_intern(s->o->targets[i].field);
}

/* Adds the unit to the patch for its record. */
static void series_add(struct fix_series *s, const struct unit_verdict *u)
{
	struct fix_plan plan = { .program = s->p,
				 .record = u->record,
				 .tree_bytes = u->record->bytes,
				 .carried = NONE };
	struct patch *patch = NULL;
	size_t i;

	choose_fields(s, &plan);
	if (!plan_wants_unit(&plan, u))
		return;
	for (i = 0; i < s->n; i++)
		if (s->patches[i].plan.record == u->record)
			patch = &s->patches[i];
	if (!patch) {
		patch = vec_add(s->patches, s->n, s->cap);
		*patch = (struct patch){ .plan = plan };
	}
	*vec_add(patch->plan.units, patch->plan.nunits, patch->plan.units_cap) = u;
}

static const char *field_name(const struct unit_verdict *u, uint32_t i)
{
	return str_get(u->fields[i].field->name);
}

/* The names of the unit's first two fields: "a, b, ..."; from `s->a`. */
static const char *unit_name(struct fix_series *s, const struct unit_verdict *u)
{
	return arena_printf(&s->a, "%s, %s%s", field_name(u, 0), field_name(u, 1),
			    u->nfields > 2 ? ", ..." : "");
}

/* Leaves units of low confidence if another of the record is surer and no field is named. */
static void leave_unsure(struct fix_series *s, struct fix_plan *plan)
{
	const enum confidence sure = plan_argument(plan, plan_lead(plan))->confidence;
	uint32_t i, n = 0;

	if (plan->nonly || sure == CONF_LOW)
		return;
	for (i = 0; i < plan->nunits; i++) {
		const struct unit_verdict *u = plan->units[i];

		if (plan_argument(plan, u)->confidence != CONF_LOW)
			plan->units[n++] = u;
		else
			warn("struct %s: the unit of %s is left, its race is of low confidence; to move a field, name it",
			     str_get(plan->record->name), unit_name(s, u));
	}
	plan->nunits = n;
}

/* Says which conflict of a unit is surer than those of the fields that are named. */
static void warn_doubted(const struct fix_plan *plan)
{
	uint32_t i;

	for (i = 0; i < plan->nunits; i++) {
		const struct unit_verdict *u = plan->units[i];
		const struct conflict *c = plan_argument(plan, u), *surest = u->conflicts;

		while (surest->confidence != u->confidence)
			surest++;
		if (c->confidence == u->confidence)
			continue;
		warn("struct %s: the race of %s and %s is of %s confidence: %s; that of %s and %s is surer",
		     str_get(plan->record->name), field_name(u, c->a), field_name(u, c->b),
		     confidence_name(c->confidence), doubt_sentence(c->doubt),
		     field_name(u, surest->a), field_name(u, surest->b));
	}
}

/* Moves each record behind those that are embedded in it, and changes no other order. */
static void series_sort(struct fix_series *s)
{
	size_t i, j;

	for (i = 0; i < s->n; i++) {
		for (j = i + 1; j < s->n; j++) {
			struct patch patch = s->patches[j];

			if (!record_embeds(s->patches[i].plan.record, patch.plan.record))
				continue;
			memmove(&s->patches[i + 1], &s->patches[i], (j - i) * sizeof(patch));
			s->patches[i] = patch;
			j = i;
		}
	}
}

/* Collects the racy records that were asked for, in the order of the patches. */
static void series_collect(struct fix_series *s)
{
	size_t i;

	for (i = 0; i < s->p->nverdicts; i++)
		if (is_racy(&s->p->verdicts[i]) && asked_for(s->o, s->p->verdicts[i].record))
			series_add(s, &s->p->verdicts[i]);
	for (i = 0; i < s->n; i++) {
		leave_unsure(s, &s->patches[i].plan);
		warn_doubted(&s->patches[i].plan);
	}
	series_sort(s);
}

/* Is the field that is named, or any, one of the unit? */
static bool is_meant(const struct fix_target *t, const struct unit_verdict *u)
{
	uint32_t j;

	if (strcmp(str_get(u->record->name), t->record) != 0)
		return false;
	for (j = 0; t->field && j < u->nfields && strcmp(field_name(u, j), t->field); j++)
		;
	return !t->field || j < u->nfields;
}

/* Says of each target that it has no racy unit, or that the source accepts the race. */
static void warn_not_racy(const struct fix_series *s)
{
	size_t i, k;

	for (i = 0; i < s->o->ntargets; i++) {
		const struct fix_target *t = &s->o->targets[i];
		bool racy = false, accepted = false;

		for (k = 0; k < s->p->nverdicts; k++) {
			const struct unit_verdict *u = &s->p->verdicts[k];

			if (!is_meant(t, u))
				continue;
			racy |= is_racy(u);
			accepted |= u->acknowledged;
		}
		if (!racy)
			warn("struct %s %s%s%s: nothing to fix", t->record,
			     accepted ? "has a race that the source accepts" : "is not racy",
			     t->field ? " in the unit of " : "", t->field ? t->field : "");
	}
}

/* --- texts */

/* Were fields asked for by name? */
static bool is_named(const struct fix_plan *plan)
{
	return plan->nonly && !plan->partial;
}

/* For a strategy that needs no room. */
static void forget_partial(struct fix_plan *plan)
{
	if (plan->partial)
		plan->nonly = 0;
	plan->partial = false;
}

/*
 * Removes fields that nothing reads, if that is asked for; with "auto", if it ends all conflicts but doubtful ones,
 * and can be.
 */
static bool make_removal(struct fix_series *s, struct patch *patch)
{
	bool only = s->o->strategy == STRATEGY_REMOVE;
	struct fix_plan before = patch->plan;

	forget_partial(&patch->plan);
	patch->strategy = STRATEGY_REMOVE;
	if ((only || (s->o->strategy == STRATEGY_AUTO && removal_ends_race(&patch->plan))) &&
	    removal_make(s, patch))
		return true;
	if (!only)
		patch->plan = before;
	return false;
}

/*
 * Lets stores take a lock, if that is asked for; with "auto", if of each field the stores of one function lack
 * it, or if not all fields that race can get storage of their own.
 */
static bool make_taking(struct fix_series *s, struct patch *patch)
{
	bool only = s->o->strategy == STRATEGY_LOCK;
	struct fix_plan before = patch->plan;
	bool single = !only && !before.refusal && !before.partial;

	if (!only && (s->o->strategy != STRATEGY_AUTO || is_named(&before)))
		return false;
	forget_partial(&patch->plan);
	patch->strategy = STRATEGY_LOCK;
	if (taking_make(s, patch, single))
		return true;
	if (!only) {
		patch->not_taken = patch->plan.refusal;
		patch->plan = before;
	}
	return false;
}

/*
 * Makes fields bits that are changed atomically, if that is asked for; with "auto", if no storage of their own
 * suits them as well, and can be.
 */
static bool make_bits(struct fix_series *s, size_t i)
{
	struct patch *patch = &s->patches[i];
	struct fix_plan before = patch->plan;
	bool only = s->o->strategy == STRATEGY_BITOPS, planned;

	patch->why_bits = s->o->strategy == STRATEGY_AUTO ? bitops_choice(&before, &s->a) : NULL;
	if (!only && !patch->why_bits)
		return false;
	if (!only) {
		forget_partial(&patch->plan);
		plan_bits(s, i);
	}
	patch->strategy = STRATEGY_BITOPS;
	planned = !patch->plan.refusal;
	if (planned && bitops_make(s, patch))
		return true;
	if (!only) {
		patch->not_bits = planned ? patch->plan.refusal : NULL;
		patch->plan = before;
		patch_drop_files(patch);
	}
	return false;
}

static bool make_one(struct fix_series *s, size_t i)
{
	struct patch *patch = &s->patches[i];
	enum strategy strategy = s->o->strategy;

	if (make_removal(s, patch) || make_taking(s, patch))
		return true;
	if (strategy == STRATEGY_REMOVE || strategy == STRATEGY_LOCK)
		return false;
	if (make_bits(s, i))
		return true;
	if (strategy == STRATEGY_BITOPS || patch->plan.refusal)
		return false;
	patch->strategy = strategy == STRATEGY_AUTO ? STRATEGY_SPLIT : strategy;
	return split_make(s, i);
}

/* Says that conflicts of low confidence are left. */
static void warn_leaves(const struct fix_plan *plan)
{
	if (plan->leaves_doubtful)
		warn("struct %s: races of low confidence are left between other fields; --strategy=split moves all",
		     str_get(plan->record->name));
}

/* Says that fields are left that race, if there are any; are there? */
static bool warn_partial(const struct fix_plan *plan)
{
	if (plan->partial)
		warn("struct %s stays racy: it has room for %u of its fields; --allow-growth moves all",
		     str_get(plan->record->name), plan->nmoves);
	return plan->partial;
}

/* Says why the struct is left as it is, and what else was tried. */
static void warn_refused(const struct patch *patch)
{
	warn("struct %s is left as it is: %s%s%s%s%s", str_get(patch->plan.record->name),
	     patch->plan.refusal, patch->not_taken ? "; no store takes a lock instead: " : "",
	     patch->not_taken ? patch->not_taken : "",
	     patch->not_bits ? "; no field becomes an atomic bit instead: " : "",
	     patch->not_bits ? patch->not_bits : "");
}

/* Makes the patches, drops those that are refused, and says why on stderr; returns how many. */
static size_t series_make(struct fix_series *s)
{
	size_t i, n = 0, refused = 0;

	for (i = 0; i < s->n; i++) {
		s->patches[n] = s->patches[i];
		if (make_one(s, n)) {
			warn_leaves(&s->patches[n].plan);
			refused += warn_partial(&s->patches[n++].plan);
			continue;
		}
		warn_refused(&s->patches[n]);
		if (s->patches[n].plan.picture)
			fputs(s->patches[n].plan.picture, stderr);
		patch_free(&s->patches[n]);
		refused++;
	}
	s->n = n;
	return refused;
}

/* --- conditions */

/* Dies if the tree has changes that are not committed: a patch has to apply to a commit. */
static void tree_check(const struct fix_series *s)
{
	struct args args;
	struct result r;

	if (!git_is_top(&s->git))
		return;
	git_args(&s->git, &args, "status");
	args_add(&args, "--porcelain");
	args_add(&args, "--untracked-files=no");
	git_run(&r, &args);
	if (!r.status && r.bytes)
		die("%s has changes that are not committed (%.*s): commit or stash them",
		    s->o->kdir, (int)strcspn(r.out + 3, "\n"), r.out + 3);
	result_free(&r);
}

/* Makes the output directory; dies if it cannot be written to. */
static void out_open(struct fix_series *s)
{
	directory_make(s->o->out);
	s->out = realpath(s->o->out, NULL);
	if (!s->out)
		die("cannot open the directory %s:", s->o->out);
	directory_check(s->out);
}

/* Prints the path of a patch below the output directory as the user named it. */
static void print_path(const struct fix_series *s, const struct patch *patch)
{
	const char *name = patch->path + strlen(s->out) + 1, *dir = s->o->out;

	if (!strcmp(dir, "."))
		puts(name);
	else
		printf("%s%s%s\n", dir, dir[strlen(dir) - 1] == '/' ? "" : "/", name);
}

/* --- all stages */

static void series_free(struct fix_series *s)
{
	size_t i;

	for (i = 0; i < s->n; i++)
		patch_free(&s->patches[i]);
	free(s->patches);
	free(s->out);
	git_close(&s->repo);
	free(s->base);
	free(s->lock_calls.v);
	lock_functions_free(&s->lock_functions);
	git_close(&s->git);
	arena_free(&s->a);
}

/* Makes the patches; returns the exit status. */
static int make_patches(struct fix_series *s)
{
	size_t refused, i;
	bool ok = true;

	s->scratch = tempdir_path();
	series_plan(s);
	refused = series_make(s);
	if (!s->n)
		return 1;
	for (i = 0; i < s->n; i++)
		s->patches[i].subject = patch_subject(s, &s->patches[i]);
	postings_make(s);
	if (s->o->verify)
		ok = verify_builds(s);
	for (i = 0; i < s->n; i++)
		message_write(s, &s->patches[i]);
	patches_format(s);
	if (s->o->verify) {
		ok = verify_mails(s) && ok;
		verify_store(s);
	}
	for (i = 0; i < s->n; i++)
		print_path(s, &s->patches[i]);
	return !ok ? 2 : refused ? 1 : 0;
}

int fix_run(const struct program *p, const struct fix_options *o)
{
	struct fix_series s = { .p = p, .o = o };
	int status = 0;

	warn_not_racy(&s);
	series_collect(&s);
	if (s.n) {
		out_open(&s);
		git_open(&s.git, o->kdir);
		tree_check(&s);
		status = make_patches(&s);
	}
	series_free(&s);
	return status;
}
