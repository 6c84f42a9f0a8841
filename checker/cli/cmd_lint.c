// SPDX-License-Identifier: GPL-2.0-only
/* cmd_lint.c - `racybits lint`: judge a tree before and after a series of patches, and compare. */
#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/tempdir.h"
#include "cache.h"
#include "commands.h"
#include "lint_confine.h"
#include "lint_report.h"
#include "lint_tus.h"
#include "series/baseline.h"
#include "store/db.h"
#include "store/store.h"
#include "translation_units.h"
#include "tree/compdb.h"

/* --- judgement */

/* Analyses and judges one state of the tree. */
static void judge(struct lint *l, const struct options *o, enum series_state state)
{
	static const char *const names[] = { [BEFORE] = "before", [AFTER] = "after" };
	const struct overlay *overlay = l->series.states[state].overlay;
	char *file = xasprintf("%s/overlay.%d", l->dir, state);
	struct view view = { .name = names[state],
			     .other = names[!state],
			     .readable = &l->readable,
			     .files = &l->files,
			     .read = l->read };
	struct tu_list tus;

	if (l->series.states[state].n) {
		overlay_write(overlay, file);
		view.overlay = overlay;
		view.overlay_file = file;
	}
	lint_tus_in(l, state, &tus);
	analysis_of_tus(&l->states[state], o, &l->tree, &tus, &view);
	free(tus.tus);
	free(file);
}

/* Compares the verdicts of both states, and counts. */
static void compare(struct lint *l)
{
	const struct program *before = &l->states[BEFORE].program;
	const struct program *after = &l->states[AFTER].program;
	struct baseline *old = baseline_of(before), *new = baseline_of(after);
	size_t i;

	l->news = baseline_states(old, after);
	l->olds = baseline_states(new, before);
	for (i = 0; i < after->nverdicts; i++) {
		l->added += l->news[i] == BASELINE_NEW;
		l->worse += l->news[i] == BASELINE_UPDATED;
	}
	for (i = 0; i < before->nverdicts; i++)
		l->removed += l->olds[i] == BASELINE_NEW;
	baseline_free(old);
	baseline_free(new);
}

/* --- one run */

static void lint_open(struct lint *l)
{
	const struct options *o = l->o;
	size_t first = o->mbox ? 0 : 1;

	kerneltree_open(&l->tree, o->kdir, o->objdir);
	if (o->mbox)
		series_of_mail(&l->series, l->tree.kdir, l->dir, o->mbox);
	else
		series_of_range(&l->series, l->tree.kdir, l->dir, o->args[0]);
	lint_tus_find(l, o->args + first, o->nargs - first);
	l->read = xcalloc(l->files.n + 1, sizeof(*l->read));
	lint_confine(l);
}

static void lint_close(struct lint *l)
{
	size_t i;

	for (i = 0; i < STATES; i++)
		analysis_free(&l->states[i]);
	l->tus.n = l->ntus;
	compdb_free(&l->tus);
	series_free(&l->series);
	kerneltree_close(&l->tree);
	args_free(&l->readable);
	args_free(&l->files);
	free(l->read);
	free(l->base);
	free(l->news);
	free(l->olds);
}

static int lint_status(const struct lint *l)
{
	if (l->partial || lint_unread(l) || l->states[BEFORE].program.nfailed ||
	    l->states[AFTER].program.nfailed)
		return 2;
	return l->added || l->worse;
}

int command_lint(const struct options *given)
{
	struct options o = *given;
	struct lint l = { .o = &o };
	char *own = NULL;
	int status;

	if (!o.mbox && !o.nargs)
		die("lint: which commits? BASE..HEAD or --mbox=FILE; see racybits lint --help");
	l.dir = tempdir_path();
	lint_open(&l);
	cache_use(&o, &l.tree);
	if (!o.db)
		o.db = own = xasprintf("%s/facts.db", l.dir);
	judge(&l, &o, BEFORE);
	judge(&l, &o, AFTER);
	compare(&l);
	lint_report(&l);
	lint_warn(&l);
	status = lint_status(&l);
	lint_close(&l);
	free(own);
	return status;
}
