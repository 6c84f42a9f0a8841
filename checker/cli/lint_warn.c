// SPDX-License-Identifier: GPL-2.0-only
/* lint_warn.c - what lint did not look at, and its figures. */
#include "base/names.h"
#include "lint_confine.h"
#include "lint_warn.h"
#include "out/clean.h"
#include "translation_units.h"
#include "tree/tree_path.h"

/* --- files of the series that nothing reads */

/* Is the file, an absolute path, that of a tu?  If it was not read, the tu has failed. */
static bool is_tu(const struct lint *l, const char *path)
{
	const char *file = path + strlen(l->tree.kdir) + 1;
	size_t i;

	for (i = 0; i < l->tus.n; i++)
		if (!strcmp(l->tus.tus[i].file, file))
			return true;
	return false;
}

static bool is_unread(const struct lint *l, size_t i)
{
	return !l->read[i] && !is_tu(l, l->files.v[i]);
}

static bool some_unread(const struct lint *l)
{
	size_t i;

	for (i = 0; i < l->files.n; i++)
		if (is_unread(l, i))
			return true;
	return false;
}

static void warn_unread(const struct lint *l)
{
	size_t i, root = strlen(l->tree.kdir) + 1;

	for (i = 0; i < l->files.n; i++) {
		const char *file = l->files.v[i] + root;
		const char *why = name_ends_in(file, ".h") ?
					  "no file that was analysed includes it" :
					  "this configuration does not build it";

		if (!is_unread(l, i))
			continue;
		if (l->o->unbuilt)
			warn("%s: passed over: %s", clean(file), why);
		else
			tu_warn_failed(file, why);
	}
}

/* --- tus that failed */

/* The file and the reason of a tu that failed AFTER: of number i; false: there are not so many. */
static bool failed_at(const struct lint *l, size_t i, struct failed_tu *out)
{
	const struct program *p = &l->after.program;

	if (l->same && i < l->before.nfailed)
		*out = (struct failed_tu){ l->before.failed[2 * i], l->before.failed[2 * i + 1] };
	else if (!l->same && i < p->nfailed)
		*out = p->failed[i];
	else
		return false;
	return true;
}

/* Does the series change the file of the tu? */
static bool is_touched(const struct lint *l, const char *file)
{
	size_t i;

	for (i = 0; i < l->series.touched.n; i++)
		if (!strcmp(l->series.touched.v[i], file))
			return true;
	return false;
}

/*
 * With all tus of a configuration some may fail for lack of what a build makes, series or not: such a tu is
 * none of the series if it fails before and after it for one reason and is not changed by it.
 */
static bool is_of_series(const struct lint *l, const struct failed_tu *failed)
{
	const char *before = lint_before_failed(&l->before, failed->file);

	return !l->whole || !before || strcmp(before, failed->reason) != 0 ||
	       is_touched(l, failed->file);
}

static bool failed_after(const struct lint *l, const char *file)
{
	struct failed_tu failed;
	size_t i;

	for (i = 0; failed_at(l, i, &failed); i++)
		if (!strcmp(failed.file, file))
			return true;
	return false;
}

/* Returns how many of them are none of the series. */
static size_t warn_failed(const struct lint *l)
{
	struct failed_tu failed;
	size_t i, others = 0;

	for (i = 0; failed_at(l, i, &failed); i++)
		if (is_of_series(l, &failed))
			tu_warn_failed(failed.file, failed.reason);
		else
			others++;
	for (i = 0; i < l->before.nfailed; i++)
		if (!failed_after(l, l->before.failed[2 * i]))
			warn("%s: not analysed before the series: %s",
			     clean(l->before.failed[2 * i]), clean(l->before.failed[2 * i + 1]));
	return others;
}

bool lint_is_incomplete(const struct lint *l)
{
	struct failed_tu failed;
	size_t i;

	if (l->partial || (some_unread(l) && !l->o->unbuilt))
		return true;
	for (i = 0; failed_at(l, i, &failed); i++)
		if (is_of_series(l, &failed))
			return true;
	for (i = 0; i < l->before.nfailed; i++)
		if (!failed_after(l, l->before.failed[2 * i]))
			return true;
	return false;
}

/* --- the rest */

/* The directories of the tus, as "drivers/vfio, drivers/vfio/pci and 3 more"; malloc'd. */
static char *directories(const struct lint *l)
{
	struct args dirs = { 0 };
	char *text = NULL, *more;
	size_t i;

	for (i = 0; i < l->tus.n; i++)
		args_add_dir(&dirs, l->tus.tus[i].file);
	for (i = 0; i < dirs.n && i < 3; i++) {
		more = xasprintf("%s%s%s", text ? text : "", text ? ", " : "", clean(dirs.v[i]));
		free(text);
		text = more;
	}
	if (dirs.n > 3) {
		more = xasprintf("%s and %zu more", text, dirs.n - 3);
		free(text);
		text = more;
	}
	args_free(&dirs);
	return text;
}

/* Says what was not seen. */
static void warn_scope(const struct lint *l, size_t failed)
{
	char *dirs = l->whole ? NULL : directories(l);

	if (dirs)
		warn("only the callers in %s were seen: 'racybits check' of the whole tree, once, makes lint see all",
		     dirs);
	if (failed)
		warn("%zu files that the series does not change are not analysed, before and after it: 'racybits check' names them",
		     failed);
	free(dirs);
}

void lint_warn(const struct lint *l)
{
	if (l->partial)
		warn("too many files include the headers that the series changes: only the directories of its .c files were analysed; name others as PATH");
	warn_unread(l);
	warn_scope(l, warn_failed(l));
	lint_warn_unconfined();
	warn("%u new, %u worse, %u known, %u gone findings%s; %zu translation units, before and after, %zu parsed now; %.1f s",
	     l->added, l->worse, l->known, l->removed,
	     l->unsure ? " (less sure ones are left out: --confidence=low)" : "", l->tus.n,
	     l->parsed, l->seconds);
}
