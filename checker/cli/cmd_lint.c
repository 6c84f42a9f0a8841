// SPDX-License-Identifier: GPL-2.0-only
/* cmd_lint.c - `racybits lint`: judge a tree before and after a series of patches, and compare. */
#include <stddef.h>

#include "base/progress.h"
#include "base/tempdir.h"
#include "cache.h"
#include "commands.h"
#include "facts/verdicts.h"
#include "lint_carry.h"
#include "lint_confine.h"
#include "lint_quiet.h"
#include "lint_report.h"
#include "lint_tus.h"
#include "lint_warn.h"
#include "tree/compdb.h"
#include "tree/tree_path.h"
#include "tree_options.h"
#include "verdicts_kept.h"

/* --- judgement */

struct side {
	struct lint *l;
	struct analysis an;
	struct tu_list tus;
	uint64_t key; /* of its verdicts, see verdicts_key() */
};

/* BEFORE: are its verdicts kept from an earlier run?  Then takes them. */
static bool is_kept(void *ctx, struct store *s, struct analysis *an, const struct tu_list *tus)
{
	struct side *side = ctx;

	side->key = verdicts_key(s, &an->model, tus);
	return verdicts_kept(s, &side->l->tree, side->key, &an->arena, &an->program);
}

/* Parses what is not known of one state of the tree, and loads its facts unless side->known() says so. */
static bool load(struct side *side, enum series_state state,
		 bool (*known)(void *ctx, struct store *s, struct analysis *an,
			       const struct tu_list *tus))
{
	static const char *const names[] = { [BEFORE] = "before", [AFTER] = "after" };
	struct lint *l = side->l;
	const struct overlay *overlay = l->series.states[state].overlay;
	char *file = xasprintf("%s/overlay.%d", l->dir, state);
	struct view view = { .name = names[state],
			     .other = names[!state],
			     .readable = &l->readable,
			     .files = &l->files,
			     .read = l->read,
			     .known = known,
			     .ctx = side,
			     .extract = state == AFTER ? lint_carry : NULL,
			     .extracting = l };
	bool wanted;

	if (overlay_count(overlay)) {
		overlay_write(overlay, file);
		view.overlay = overlay;
		view.overlay_file = file;
	}
	lint_tus_in(l, state, &side->tus);
	wanted = analysis_load(&side->an, l->o, &l->tree, &side->tus, &view);
	l->parsed += side->tus.n - side->an.program.stats.reused;
	free(file);
	return wanted;
}

static void judge_before(void *ctx, struct buf *answer)
{
	struct side *side = ctx;

	analysis_judge(&side->an, side->l->o);
	verdicts_encode(answer, &side->an.program);
}

static void judge_after(struct side *side)
{
	struct lint *l = side->l;

	side->an.program.added = l->series.added;
	side->an.program.nadded = l->series.nadded;
	analysis_judge(&side->an, l->o);
	analysis_add_absent(&side->an, &side->tus);
}

/* Takes what judge_before() wrote in another process, and keeps it. */
static void take_before(struct side *side, const struct buf *verdicts)
{
	struct lint *l = side->l;

	side->an = (struct analysis){ .program.strict = l->o->strict };
	if (!verdicts_decode(verdicts->data, verdicts->n, &side->an.arena, &side->an.program))
		die("the process that judged the tree before the series wrote no verdicts");
	if (l->db)
		verdicts_keep(&l->tree, l->db, side->key, verdicts);
}

/* What the report needs to know of BEFORE; frees the rest. */
static void read_before(struct side *side)
{
	struct lint *l = side->l;
	struct buf findings = { 0 };

	analysis_add_absent(&side->an, &side->tus);
	lint_before_write(&findings, &side->an.program, l->o->confidence);
	lint_before_read(&l->before, &findings);
	free(findings.data);
	analysis_free(&side->an);
}

/* The state AFTER is the one of BEFORE of the next series. */
static void keep_after(struct side *side)
{
	struct lint *l = side->l;
	struct buf verdicts = { 0 };

	verdicts_encode(&verdicts, &side->an.program);
	verdicts_keep(&l->tree, l->db, side->key, &verdicts);
	free(verdicts.data);
}

struct sides {
	struct side before, after;
};

/* AFTER: are its facts those of BEFORE? */
static bool is_same(void *ctx, struct store *s, struct analysis *an, const struct tu_list *tus)
{
	struct side *side = ctx;
	struct sides *both = (struct sides *)((char *)side - offsetof(struct sides, after));

	side->key = verdicts_key(s, &an->model, tus);
	side->l->same = side->key == both->before.key;
	return side->l->same;
}

/* Judges both states, at the same time if there may be two processes, and what is not known. */
static void judge(struct lint *l)
{
	char *path = xasprintf("%s/findings", l->dir);
	struct sides s = { .before.l = l, .after.l = l };
	struct aside aside = { 0 };
	bool kept = !load(&s.before, BEFORE, is_kept);

	if (!kept) {
		aside_start(&aside, l->o->jobs > 1, path, judge_before, &s.before);
		analysis_free(&s.before.an);
	}
	if (load(&s.after, AFTER, is_same))
		judge_after(&s.after);
	if (!kept) {
		aside_wait(&aside);
		take_before(&s.before, &aside.answer);
		aside_free(&aside);
	}
	read_before(&s.before);
	if (l->db && !l->same)
		keep_after(&s.after);
	l->after = s.after.an;
	l->after.program.stats.tus = (uint32_t)s.after.tus.n;
	free(s.before.tus.tus);
	free(s.after.tus.tus);
	free(path);
}

/* Counts the findings of a series that changes no fact. */
static void count_known(struct lint *l)
{
	struct baseline *none = baseline_new();
	size_t i;

	for (i = 0; i < l->before.nfindings; i++)
		l->known += baseline_compare(none, l->before.findings[i].pairs) != BASELINE_NONE;
	baseline_free(none);
}

/* Compares the verdicts of both states, and counts. */
static void compare(struct lint *l)
{
	const struct program *after = &l->after.program;
	uint32_t least = l->o->confidence;
	struct baseline *now = baseline_of(after, least);
	size_t i;

	l->gone = xcalloc(l->before.nfindings + 1, sizeof(*l->gone));
	l->news = baseline_states(l->before.known, after, least);
	for (i = 0; i < after->nverdicts; i++) {
		l->added += l->news[i] == BASELINE_NEW;
		l->worse += l->news[i] == BASELINE_UPDATED;
		l->known += l->news[i] == BASELINE_UNCHANGED;
		l->unsure += after->verdicts[i].verdict == VERDICT_RACY &&
			     after->verdicts[i].confidence < least;
	}
	for (i = 0; i < l->before.nfindings && !l->same; i++) {
		l->gone[i] = baseline_compare(now, l->before.findings[i].pairs) == BASELINE_NEW;
		l->removed += l->gone[i];
	}
	baseline_free(now);
	if (l->same)
		count_known(l);
}

/* --- one run */

/* The options of the tree as it was before the series, which must not choose how it is judged. */
static void take_tree_options(struct lint *l, struct options *o)
{
	char *path, *name;

	if (o->no_tree_options || !series_has(&l->series, BEFORE, tree_options_file,
					      tree_has(&l->tree, tree_options_file)))
		return;
	path = series_content(&l->series, BEFORE, tree_options_file);
	name = xasprintf("%s/%s", l->tree.kdir, tree_options_file);
	tree_options_take_of(o, path, name);
	free(path);
	free(name);
}

static void lint_open(struct lint *l, struct options *o)
{
	size_t first = o->mbox ? 0 : 1;

	kerneltree_open(&l->tree, o->kdir, o->objdir);
	cache_use(o, &l->tree);
	l->db = o->db;
	if (o->mbox)
		series_of_mail(&l->series, l->tree.kdir, l->dir, o->mbox);
	else
		series_of_range(&l->series, l->tree.kdir, l->dir, o->args[0]);
	take_tree_options(l, o);
	lint_quiet(l);
	lint_tus_find(l, o->args + first, o->nargs - first);
	l->read = xcalloc(l->files.n + 1, sizeof(*l->read));
	lint_confine(l);
	lint_carry_find(l);
}

static void lint_close(struct lint *l)
{
	lint_carry_free(l);
	lint_before_free(&l->before);
	analysis_free(&l->after);
	l->tus.n = l->ntus;
	compdb_free(&l->tus);
	series_free(&l->series);
	kerneltree_close(&l->tree);
	args_free(&l->readable);
	args_free(&l->files);
	free(l->read);
	free(l->base);
	free(l->news);
	free(l->gone);
}

int command_lint(const struct options *given)
{
	struct options o = *given;
	struct lint l = { .o = &o };
	double start = seconds_now();
	char *own = NULL;
	int status;

	if (!o.mbox && !o.nargs)
		die("lint: which commits? BASE..HEAD or --mbox=FILE; see racybits lint --help");
	l.dir = tempdir_path();
	lint_open(&l, &o);
	if (!o.db)
		o.db = own = xasprintf("%s/facts.db", l.dir);
	judge(&l);
	compare(&l);
	l.seconds = seconds_now() - start;
	lint_report(&l);
	lint_warn(&l);
	status = lint_is_incomplete(&l) ? 2 : l.added || l.worse;
	lint_close(&l);
	free(own);
	return status;
}
