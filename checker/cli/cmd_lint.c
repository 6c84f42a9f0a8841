// SPDX-License-Identifier: GPL-2.0-only
/* cmd_lint.c - `racybits lint`: judge a tree before and after a series of patches, and compare. */
#include "base/progress.h"
#include "base/tempdir.h"
#include "cache.h"
#include "commands.h"
#include "lint_confine.h"
#include "lint_quiet.h"
#include "lint_report.h"
#include "lint_tus.h"
#include "lint_warn.h"
#include "tree/compdb.h"
#include "tree/tree_path.h"
#include "tree_options.h"

/* --- judgement */

/* Parses what is not known of one state of the tree, and loads its facts. */
static void load(struct lint *l, const struct options *o, enum series_state state,
		 struct analysis *an, struct tu_list *tus)
{
	static const char *const names[] = { [BEFORE] = "before", [AFTER] = "after" };
	const struct overlay *overlay = l->series.states[state].overlay;
	char *file = xasprintf("%s/overlay.%d", l->dir, state);
	struct view view = { .name = names[state],
			     .other = names[!state],
			     .readable = &l->readable,
			     .files = &l->files,
			     .read = l->read };

	if (overlay_count(overlay)) {
		overlay_write(overlay, file);
		view.overlay = overlay;
		view.overlay_file = file;
	}
	lint_tus_in(l, state, tus);
	analysis_load(an, o, &l->tree, tus, &view);
	l->parsed += tus->n - an->program.stats.reused;
	free(file);
}

struct before {
	struct analysis an;
	struct tu_list tus;
	const struct options *o;
};

static void judge_before(void *ctx, struct buf *answer)
{
	struct before *b = ctx;

	analysis_judge(&b->an, b->o);
	analysis_add_absent(&b->an, &b->tus);
	lint_before_write(answer, &b->an.program, b->o->confidence);
}

/* Judges both states, at the same time if there may be two processes. */
static void judge(struct lint *l, const struct options *o)
{
	char *path = xasprintf("%s/findings", l->dir);
	struct before before = { .o = o };
	struct program *after = &l->after.program;
	struct tu_list tus;
	struct aside aside;

	load(l, o, BEFORE, &before.an, &before.tus);
	aside_start(&aside, o->jobs > 1, path, judge_before, &before);
	analysis_free(&before.an);
	free(before.tus.tus);
	load(l, o, AFTER, &l->after, &tus);
	after->added = l->series.added;
	after->nadded = l->series.nadded;
	analysis_judge(&l->after, o);
	analysis_add_absent(&l->after, &tus);
	free(tus.tus);
	aside_wait(&aside);
	lint_before_read(&l->before, &aside.answer);
	aside_free(&aside);
	free(path);
}

/* Compares the verdicts of both states, and counts. */
static void compare(struct lint *l)
{
	const struct program *after = &l->after.program;
	uint32_t least = l->o->confidence;
	struct baseline *now = baseline_of(after, least);
	size_t i;

	l->news = baseline_states(l->before.known, after, least);
	for (i = 0; i < after->nverdicts; i++) {
		l->added += l->news[i] == BASELINE_NEW;
		l->worse += l->news[i] == BASELINE_UPDATED;
		l->known += l->news[i] == BASELINE_UNCHANGED;
		l->unsure += after->verdicts[i].verdict == VERDICT_RACY &&
			     after->verdicts[i].confidence < least;
	}
	l->gone = xcalloc(l->before.nfindings + 1, sizeof(*l->gone));
	for (i = 0; i < l->before.nfindings; i++) {
		l->gone[i] = baseline_compare(now, l->before.findings[i].pairs) == BASELINE_NEW;
		l->removed += l->gone[i];
	}
	baseline_free(now);
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
}

static void lint_close(struct lint *l)
{
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
	judge(&l, &o);
	compare(&l);
	l.seconds = seconds_now() - start;
	lint_report(&l);
	lint_warn(&l);
	status = lint_is_incomplete(&l) ? 2 : l.added || l.worse;
	lint_close(&l);
	free(own);
	return status;
}
