// SPDX-License-Identifier: GPL-2.0-only
/* compdb.c - the translation units of a configured kernel and how each is compiled. */
#include <jansson.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/util.h"
#include "build_option.h"
#include "ccargs.h"
#include "compdb.h"
#include "kbuild.h"
#include "shell_words.h"
#include "tree_path.h"

/* A path asked for, as given and relative to KDIR ("." is KDIR itself). */
struct selection {
	const char *given;
	char *rel;
	bool found; /* some tu is at or below it */
};

struct compile_command {
	struct tu tu;
	bool own_object; /* the object is beside the source and has its name */
	size_t order;	 /* in which the commands were printed */
};

struct loader {
	const struct kernel_tree *t;
	struct selection *paths;
	size_t npaths;
	struct compile_command *v;
	size_t n, cap;
	size_t seen; /* compilations, asked for or not */
	bool any;    /* a path need not have a tu */
	struct shell_words words;
};

/* --- paths */

static bool is_c_file(const char *name)
{
	return name_ends_in(name, ".c");
}

static bool stat_in(const char *dir, const char *rel, struct stat *st)
{
	char *path = xasprintf("%s/%s", dir, rel);
	bool found = !stat(path, st);

	free(path);
	return found;
}

static void selection_open(struct selection *s, const struct kernel_tree *t, const char *path)
{
	struct stat st;

	s->given = path;
	s->rel = tree_name_given(t, path);
	if (!s->rel)
		die("%s: outside of the kernel tree %s: name its own with -k", path, t->kdir);
	if (!stat_in(t->kdir, s->rel, &st) && !stat_in(t->objdir, s->rel, &st) &&
	    !(t->base && stat_in(t->base, s->rel, &st)))
		die("%s: no such file or directory in %s", path, t->kdir);
	if (!S_ISDIR(st.st_mode) && !(S_ISREG(st.st_mode) && is_c_file(s->rel)))
		die("%s: neither a directory nor a .c file: name one of these", path);
}

static bool selects(const struct selection *s, const char *file)
{
	return !strcmp(s->rel, ".") || path_below(s->rel, file);
}

/* Was `file` asked for?  Marks every path that it is at or below. */
static bool wanted(struct loader *l, const char *file)
{
	bool yes = !l->npaths;
	size_t i;

	for (i = 0; i < l->npaths; i++)
		if (selects(&l->paths[i], file))
			yes = l->paths[i].found = true;
	return yes;
}

static const struct selection *not_found(const struct loader *l)
{
	size_t i;

	for (i = 0; i < l->npaths; i++)
		if (!l->paths[i].found)
			return &l->paths[i];
	return NULL;
}

/* --- commands, from make or from compile_commands.json */

/* Build tools are no part of the kernel, though some are compiled like it. */
static bool is_build_tool(const char *file)
{
	return path_below("scripts", file) || path_below("tools", file);
}

static bool is_own_object(const struct kernel_tree *t, const char *dir, const char *object,
			  const char *file)
{
	char *name = object ? tree_name(t, dir, object) : NULL;
	bool own = name && !strncmp(name, file, strlen(file) - 1) &&
		   !strcmp(name + strlen(file) - 1, "o");

	free(name);
	return own;
}

static void add_command(struct loader *l, const char *dir, char *const *argv,
			const struct compilation *c)
{
	char *file = tree_name(l->t, dir, c->source);
	bool ours = file && !is_build_tool(file);
	struct compile_command *cmd;

	l->seen += ours;
	if (!ours || !wanted(l, file)) {
		free(file);
		return;
	}
	cmd = vec_add(l->v, l->n, l->cap);
	cmd->tu.file = file;
	cmd->tu.dir = xstrdup(dir);
	cmd->tu.argv = ccargs_for_clang(argv, l->t->arch, c->source);
	cmd->own_object = is_own_object(l->t, dir, c->object, file);
	cmd->order = l->n;
}

static void tu_free(struct tu *tu)
{
	free(tu->file);
	free(tu->dir);
	free(tu->argv);
}

static void drop_commands(struct loader *l)
{
	while (l->n)
		tu_free(&l->v[--l->n].tu);
}

/* --- make -n */

static void make_line(void *ctx, const char *line)
{
	struct loader *l = ctx;
	struct compilation c;

	if (!strstr(line, " -c "))
		return;
	words_open(&l->words, line);
	while (words_next(&l->words))
		if (!strcmp(l->words.v[0], kbuild_cc) && ccargs_compilation(l->words.v, &c) &&
		    c.kernel)
			add_command(l, l->t->objdir, l->words.v, &c);
}

/*
 * The directory to name to make for a path; "." for one whose name has a meaning to make.  The caller
 * frees it.
 */
static char *make_dir(const struct kernel_tree *t, const struct selection *s)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789/._-+,";
	char *dir = xstrdup(s->rel), *slash;
	struct stat st;

	if (*dir == '-' || dir[strspn(dir, plain)])
		strcpy(dir, ".");
	if (stat_in(t->kdir, dir, &st) && S_ISDIR(st.st_mode))
		return dir;
	slash = strrchr(dir, '/');
	strcpy(slash ? slash : dir, slash ? "" : ".");
	return dir;
}

static bool is_below(const char *dir, const char *top)
{
	size_t n = strlen(top);

	return !strncmp(dir, top, n) && (dir[n] == '/' || !dir[n]);
}

/* Drops a directory below another one: make would print its commands once, or not at all. */
static size_t drop_nested(char **dirs, size_t n)
{
	size_t i, j, kept = 0;
	bool nested;

	for (i = 0; i < n; i++) {
		nested = false;
		for (j = 0; j < n && !nested; j++)
			nested = j != i && dirs[j] && is_below(dirs[i], dirs[j]) &&
				 (strcmp(dirs[i], dirs[j]) || j < i);
		if (nested) {
			free(dirs[i]);
			dirs[i] = NULL;
		}
	}
	for (i = 0; i < n; i++)
		if (dirs[i])
			dirs[kept++] = dirs[i];
	return kept;
}

/*
 * A directory may be compiled by another one's makefile (fs/xfs/libxfs): if make prints nothing for a
 * path, all commands are searched.
 */
static char *load_from_make(struct loader *l)
{
	char **dirs = xcalloc(l->npaths, sizeof(*dirs)), *complaint, *all = ".";
	size_t i, n;

	for (i = 0; i < l->npaths; i++)
		dirs[i] = make_dir(l->t, &l->paths[i]);
	n = drop_nested(dirs, l->npaths);
	complaint = kbuild_run(l->t, n ? dirs : &all, n ? n : 1, make_line, l);
	if (!l->any && not_found(l)) {
		drop_commands(l);
		free(complaint);
		complaint = kbuild_run(l->t, &all, 1, make_line, l);
	}
	for (i = 0; i < n; i++)
		free(dirs[i]);
	free(dirs);
	return complaint;
}

/* --- compile_commands.json (clang's JSON Compilation Database Format) */

/* Puts the entry's arguments into l->words; false if it has none. */
static bool entry_words(struct loader *l, const json_t *entry)
{
	const char *command = json_string_value(json_object_get(entry, "command"));
	const json_t *arguments = json_object_get(entry, "arguments");
	struct shell_words *w = &l->words;
	size_t i;

	if (command) {
		words_open(w, command);
		return words_next(w);
	}
	w->n = 0;
	for (i = 0; i < json_array_size(arguments); i++) {
		const char *arg = json_string_value(json_array_get(arguments, i));

		if (arg)
			*vec_add(w->v, w->n, w->cap) = (char *)arg;
	}
	*vec_add(w->v, w->n, w->cap) = NULL;
	return --w->n > 0;
}

static void json_entry(struct loader *l, const json_t *entry, const char *path, size_t i)
{
	const char *dir = json_string_value(json_object_get(entry, "directory"));
	struct compilation c;

	if (!dir || *dir != '/' || !entry_words(l, entry))
		die("%s: entry %zu: expected an absolute \"directory\" and \"command\" or "
		    "\"arguments\"",
		    path, i);
	if (ccargs_compilation(l->words.v, &c) && (c.kernel || !l->t->kbuild))
		add_command(l, dir, l->words.v, &c);
}

/* Returns false if there is no such file.  Dies if it cannot be read or is malformed. */
static bool load_from_json(struct loader *l, const char *dir)
{
	char *path = xasprintf("%s/compile_commands.json", dir), *text;
	json_error_t error;
	json_t *root;
	size_t i, n;

	if (access(path, F_OK)) {
		free(path);
		return false;
	}
	text = read_file(path, &n);
	if (!text)
		die("cannot read %s:", path);
	root = json_loadb(text, n, 0, &error);
	free(text);
	if (!root)
		die("%s:%d: %s; make it again with make compile_commands.json", path, error.line,
		    error.text);
	if (!json_is_array(root))
		die("%s: expected an array of compile commands; make compile_commands.json writes one",
		    path);
	for (i = 0; i < json_array_size(root); i++)
		json_entry(l, json_array_get(root, i), path, i);
	json_decref(root);
	free(path);
	return true;
}

/* --- one tu for each file */

/* By file; of two commands for a file (kernel and boot stub) the one for its own object is first. */
static int command_cmp(const void *x, const void *y)
{
	const struct compile_command *a = x, *b = y;
	int d = strcmp(a->tu.file, b->tu.file);

	if (!d)
		d = b->own_object - a->own_object;
	return d ? d : (a->order > b->order) - (a->order < b->order);
}

static void take_tus(struct loader *l, struct tu_list *out)
{
	size_t i;

	if (l->n)
		qsort(l->v, l->n, sizeof(*l->v), command_cmp);
	*out = (struct tu_list){ .tus = xcalloc(l->n, sizeof(*out->tus)) };
	for (i = 0; i < l->n; i++) {
		if (out->n && !strcmp(out->tus[out->n - 1].file, l->v[i].tu.file))
			tu_free(&l->v[i].tu);
		else
			out->tus[out->n++] = l->v[i].tu;
	}
}

static void take_absent(const struct loader *l, struct tu_list *out)
{
	size_t i;

	out->absent = xcalloc(l->npaths, sizeof(*out->absent));
	for (i = 0; i < l->npaths; i++)
		if (!l->paths[i].found)
			out->absent[out->nabsent++] = l->paths[i].given;
}

/* Dies, before make is asked, if the configuration is known to build nothing of what was asked for. */
static void require_options(const struct loader *l)
{
	char *unset, *first = NULL;
	size_t i;

	for (i = 0; i < l->npaths; i++) {
		unset = build_option_unset(l->t, l->paths[i].rel);
		if (!unset) {
			free(first);
			return;
		}
		if (i)
			free(unset);
		else
			first = unset;
	}
	if (first)
		die("%s: %s: %s is not set in %s/.config", l->paths[0].given, compdb_absent, first,
		    l->t->objdir);
}

/* Does the work of compdb_load() and, with `any`, of compdb_load_any(). */
static void load(const struct kernel_tree *t, char *const *paths, size_t npaths, bool any,
		 struct tu_list *out)
{
	struct loader l = { .t = t, .npaths = npaths, .any = any };
	const struct selection *missing;
	bool in_place = !strcmp(t->kdir, t->objdir);
	char *complaint = NULL;
	size_t i, shown;

	l.paths = xcalloc(npaths, sizeof(*l.paths));
	for (i = 0; i < npaths; i++)
		selection_open(&l.paths[i], t, paths[i]);
	if (t->kbuild && !any)
		require_options(&l);
	if (t->kbuild)
		complaint = load_from_make(&l);
	shown = l.seen;
	if (!shown && !load_from_json(&l, in_place && t->base ? t->base : t->objdir) &&
	    !load_from_json(&l, t->base ? t->base : t->kdir) && !any)
		die("%s: no compile commands: %s, and there is no compile_commands.json; make defconfig modules_prepare there",
		    t->kdir, complaint ? complaint : "make prints none");
	missing = not_found(&l);
	if (missing && !any && !l.n)
		die("%s: %s (is it enabled in %s/.config?)", missing->given, compdb_absent,
		    t->objdir);
	take_tus(&l, out);
	if (missing && !any)
		take_absent(&l, out);
	for (i = 0; i < npaths; i++)
		free(l.paths[i].rel);
	free(l.paths);
	free(l.v);
	if (shown || !l.seen)
		out->problem = complaint;
	else
		free(complaint);
	words_close(&l.words);
}

void compdb_load(const struct kernel_tree *t, char *const *paths, size_t npaths,
		 struct tu_list *out)
{
	load(t, paths, npaths, false, out);
}

void compdb_load_any(const struct kernel_tree *t, char *const *paths, size_t npaths,
		     struct tu_list *out)
{
	load(t, paths, npaths, true, out);
}

const char compdb_absent[] = "no translation unit of this configuration";

size_t compdb_warn_absent(const struct tu_list *list)
{
	size_t i;

	for (i = 0; i < list->nabsent; i++)
		warn("%s: not analysed: %s", list->absent[i], compdb_absent);
	if (list->problem)
		warn("make: not analysed: %s", list->problem);
	return list->nabsent + (list->problem != NULL);
}

void compdb_free(struct tu_list *list)
{
	while (list->n)
		tu_free(&list->tus[--list->n]);
	free(list->tus);
	free(list->absent);
	free(list->problem);
	*list = (struct tu_list){ 0 };
}
