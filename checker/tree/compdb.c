// SPDX-License-Identifier: GPL-2.0-only
/* compdb.c - the translation units of a configured kernel, and how each is compiled. */
#include <errno.h>
#include <jansson.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ccargs.h"
#include "compdb.h"
#include "kbuild.h"
#include "base/util.h"

/* A path to look at, as given and relative to KDIR ("." is KDIR itself). */
struct selection {
	const char *given;
	char *rel;
	bool found; /* some unit is at or below it */
};

struct command {
	struct tu tu;
	bool own_object; /* the object lies beside the source, under its name */
	size_t order;	 /* of appearance */
};

struct loader {
	const struct kernel_tree *t;
	struct selection *paths;
	size_t npaths;
	struct command *v;
	size_t n, cap;
	size_t seen; /* compilations, wanted or not */
	bool any;    /* no path need have a unit */
	struct words words;
};

/* --- paths */

/* Absolute path of `path` as seen from `dir`: no ".", "..", or double slashes in it. */
static char *absolute(const char *dir, const char *path)
{
	char *text = *path == '/' ? xstrdup(path) : xasprintf("%s/%s", dir, path);
	char *out = xmalloc(strlen(text) + 2), *end = out, *save, *part;

	for (part = strtok_r(text, "/", &save); part; part = strtok_r(NULL, "/", &save)) {
		if (!strcmp(part, "."))
			continue;
		if (!strcmp(part, "..")) {
			while (end > out && *--end != '/')
				;
			continue;
		}
		*end++ = '/';
		end = stpcpy(end, part);
	}
	strcpy(end, end == out ? "/" : "");
	free(text);
	return out;
}

/* What of `path` is below `dir`, "." for `dir` itself; NULL if it is elsewhere. */
static const char *below(const char *dir, const char *path)
{
	size_t n = strlen(dir);

	if (strncmp(path, dir, n) || (path[n] && path[n] != '/'))
		return NULL;
	return path[n] && path[n + 1] ? path + n + 1 : ".";
}

/*
 * The name of a file in the tree: relative to OBJDIR or KDIR, whichever is
 * nearer; NULL if it is in neither.  The caller frees it.
 */
static char *tree_name(const struct kernel_tree *t, const char *path)
{
	const char *obj = below(t->objdir, path), *src = below(t->kdir, path);

	if (obj && (!src || strlen(obj) < strlen(src)))
		src = obj;
	return src ? xstrdup(src) : NULL;
}

char *compdb_name(const struct kernel_tree *t, const char *dir, const char *path)
{
	char *abs = absolute(dir, path), *name = tree_name(t, abs), *real;

	if (!name && (real = realpath(abs, NULL))) {
		name = tree_name(t, real);
		free(real);
	}
	free(abs);
	return name;
}

static bool is_c_file(const char *name)
{
	size_t n = strlen(name);

	return n > 2 && !strcmp(name + n - 2, ".c");
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
	s->rel = compdb_name(t, t->kdir, path);
	if (!s->rel)
		die("%s: outside of the kernel tree %s", path, t->kdir);
	if (!stat_in(t->kdir, s->rel, &st) && !stat_in(t->objdir, s->rel, &st))
		die("%s: no such file or directory in %s", path, t->kdir);
	if (!S_ISDIR(st.st_mode) && !is_c_file(s->rel))
		die("%s: neither a directory nor a .c file", path);
}

static bool selects(const struct selection *s, const char *file)
{
	return !strcmp(s->rel, ".") || below(s->rel, file);
}

/* Is `file` wanted?  Marks every path that it is below. */
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

/* --- commands, from wherever they come */

/* Tools for the build: some are compiled like the kernel, none is part of it. */
static bool is_build_tool(const char *file)
{
	return below("scripts", file) || below("tools", file);
}

static bool is_own_object(const struct kernel_tree *t, const char *dir, const char *object,
			  const char *file)
{
	char *name = object ? compdb_name(t, dir, object) : NULL;
	bool own = name && !strncmp(name, file, strlen(file) - 1) &&
		   !strcmp(name + strlen(file) - 1, "o");

	free(name);
	return own;
}

static void add_command(struct loader *l, const char *dir, char *const *argv,
			const struct compilation *c)
{
	char *file = compdb_name(l->t, dir, c->source);
	bool ours = file && !is_build_tool(file);
	struct command *cmd;

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
 * The directory make has to look into for a path; "." for a name that would
 * mean something else to make.
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

/* make is asked for a directory once: below another one that is asked for, it prints nothing. */
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
 * A directory may be compiled by another one's makefile (fs/xfs/libxfs): when
 * make finds nothing for a path, it is looked for among all commands.
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

/* The entry's arguments in l->words; false if it has none. */
static bool entry_words(struct loader *l, const json_t *entry)
{
	const char *command = json_string_value(json_object_get(entry, "command"));
	const json_t *arguments = json_object_get(entry, "arguments");
	struct words *w = &l->words;
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

/* Returns false if there is no such file. */
static bool load_from_json(struct loader *l, const char *dir)
{
	char *path = xasprintf("%s/compile_commands.json", dir);
	json_error_t error;
	json_t *root;
	size_t i;

	if (access(path, F_OK)) {
		free(path);
		return false;
	}
	root = json_load_file(path, 0, &error);
	if (!root)
		die("%s:%d: %s", path, error.line, error.text);
	if (!json_is_array(root))
		die("%s: expected an array of compile commands", path);
	for (i = 0; i < json_array_size(root); i++)
		json_entry(l, json_array_get(root, i), path, i);
	json_decref(root);
	free(path);
	return true;
}

/* --- one unit a file */

/* A file compiled twice (for the kernel and for a boot stub) is its own object's first. */
static int command_cmp(const void *x, const void *y)
{
	const struct command *a = x, *b = y;
	int d = strcmp(a->tu.file, b->tu.file);

	if (!d)
		d = b->own_object - a->own_object;
	return d ? d : (a->order > b->order) - (a->order < b->order);
}

static void take_units(struct loader *l, struct tu_list *out)
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

static void load(const struct kernel_tree *t, char *const *paths, size_t npaths, bool any,
		 struct tu_list *out)
{
	struct loader l = { .t = t, .npaths = npaths, .any = any };
	const struct selection *missing;
	char *complaint = NULL;
	size_t i;

	l.paths = xcalloc(npaths, sizeof(*l.paths));
	for (i = 0; i < npaths; i++)
		selection_open(&l.paths[i], t, paths[i]);
	if (t->kbuild)
		complaint = load_from_make(&l);
	if (!l.seen && !load_from_json(&l, t->objdir) && !load_from_json(&l, t->kdir) && !any)
		die("%s: no compile commands: %s, and there is no compile_commands.json", t->kdir,
		    complaint ? complaint : "make shows none");
	if (!l.seen && complaint && any)
		warn("make shows no compile commands: %s", complaint);
	missing = not_found(&l);
	if (missing && !any && !l.n)
		die("%s: %s (is it enabled in %s/.config?)", missing->given, compdb_absent,
		    t->objdir);
	take_units(&l, out);
	if (missing && !any)
		take_absent(&l, out);
	for (i = 0; i < npaths; i++)
		free(l.paths[i].rel);
	free(l.paths);
	free(l.v);
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
	return list->nabsent;
}

void compdb_free(struct tu_list *list)
{
	while (list->n)
		tu_free(&list->tus[--list->n]);
	free(list->tus);
	free(list->absent);
	*list = (struct tu_list){ 0 };
}
