// SPDX-License-Identifier: GPL-2.0-only
/*
 * layout_users.c - code that was not analysed and depends on a record's layout or fields: found by its
 * text, for files that this configuration does not build.
 */
#include <ctype.h>
#include <dirent.h>
#include <ftw.h>

#include "base/process.h"
#include "base/uses.h"
#include "decl.h"
#include "layout_users.h"
#include "kernel/linuxmodel.h"

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/* The next occurrence, from `at` on, of `word` as a whole word, or NULL. */
static const char *find_word(const char *text, const char *at, const char *word)
{
	size_t n = strlen(word);

	for (; (at = strstr(at, word)); at += n)
		if ((at == text || !is_word(at[-1])) && !is_word(at[n]))
			return at;
	return NULL;
}

static const char *skip_blanks(const char *at)
{
	return at + strspn(at, " \t\n");
}

static unsigned int line_of(const char *text, const char *at)
{
	unsigned int line = 1;

	for (; text < at; text++)
		line += *text == '\n';
	return line;
}

/* --- one mention of the record */

/* Does the word at `at` follow `struct`? */
static bool is_struct(const char *text, const char *at)
{
	static const char word[] = "struct";
	size_t n = sizeof(word) - 1;

	while (at > text && strchr(" \t\n", at[-1]))
		at--;
	return (size_t)(at - text) >= n && !strncmp(at - n, word, n) &&
	       ((size_t)(at - text) == n || !is_word(at[-(long)n - 1]));
}

/* Is `at` in an assertion that the compiler checks? */
static bool is_asserted(const struct linux_model *m, const char *text, const char *at)
{
	const char *start = at, *call;
	struct model_rule *rule;

	while (start > text && !strchr(";{}", start[-1]))
		start--;
	for (rule = model_first(m, MODEL_LAYOUT_ASSERT); rule; rule = model_next(rule)) {
		call = find_word(text, start, str_get(rule->key[0]));
		if (call && call < at) {
			rule->used = true;
			return true;
		}
	}
	return false;
}

/* Does the initialiser whose brace is at `at` begin with a value, not with a designator? */
static bool starts_by_position(const char *at)
{
	size_t skip;

	at = skip_blanks(at + 1);
	while (*at == '/' && (skip = skip_literal(at, 0)))
		at = skip_blanks(at + skip);
	if (strchr(".[}#", *at))
		return false;
	return !(*at == '0' && *skip_blanks(at + 1) == '}');
}

/* Is the variable or compound literal of the record, whose name ends at `at`, initialised by position? */
static bool is_by_position(const char *at)
{
	bool array = false;

	at = skip_blanks(at);
	if (*at == ')') {
		at = skip_blanks(at + 1);
		return *at == '{' && starts_by_position(at);
	}
	while (is_word(*at))
		at++;
	for (at = skip_blanks(at); *at == '['; at = skip_blanks(at)) {
		array = true;
		at += strcspn(at, "]");
		at += *at == ']';
	}
	while (is_word(*at))
		at = skip_blanks(at + 1);
	if (*at != '=' || *(at = skip_blanks(at + 1)) != '{')
		return false;
	if (array && *(at = skip_blanks(at + 1)) != '{')
		return false;
	return starts_by_position(at);
}

/* --- the tree */

struct text_search {
	const struct program *p;
	const struct fix_plan *plan; /* search for uses of its fields */
	const char *name;
	size_t root; /* length of "KDIR/" */
	const char *found;
	struct arena *a;
};

static struct text_search search; /* nftw() has no context argument */

/* Finds in the text of a file code that depends on the layout of the record. */
static bool find_user(const struct linux_model *m, const char *name, const char *text,
		      struct layout_user *user)
{
	const char *at = text;

	for (; (at = find_word(text, at, name)); at++) {
		if (!is_struct(text, at))
			continue;
		if (is_asserted(m, text, at))
			user->kind = USE_SIZE;
		else if (is_by_position(at + strlen(name)))
			user->kind = USE_POSITION;
		else
			continue;
		user->loc.line = line_of(text, at);
		return true;
	}
	return false;
}

static bool is_analysed(const char *file)
{
	size_t i;

	for (i = 0; i < search.p->nfunctions; i++)
		if (!strcmp(str_get(search.p->functions[i].loc.file), file))
			return true;
	return false;
}

/* Looks for a file that was not analysed and has the record's name and a field behind `.` or `->`. */
static void search_fields(const char *path, const char *text)
{
	const struct fix_plan *plan = search.plan;
	const char *at;
	uint32_t i;

	if (!find_word(text, text, search.name) || is_analysed(path + search.root))
		return;
	for (i = 0; i < plan->nmoves && !search.found; i++) {
		const char *name = str_get(plan->record->fields[plan->moves[i].field].name);

		for (at = text; (at = find_word(text, at, name)); at++)
			if (at > text && strchr(".>", at[-1]))
				search.found = arena_printf(
					search.a,
					"%s:%u may use %s, but this configuration does not build it",
					path + search.root, line_of(text, at), name);
	}
}

static int search_file(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	size_t n = strlen(path);
	char *text;

	(void)ftw;
	if (type != FTW_F || !st->st_size || n < 2 || path[n - 2] != '.' ||
	    !strchr("ch", path[n - 1]))
		return 0;
	text = read_file(path, NULL);
	if (text)
		search_fields(path, text);
	free(text);
	return search.found != NULL;
}

/* The directory of all files that can see the record that is declared in `file`; malloc'd. */
static char *scope(const char *kdir, const char *file)
{
	const char *slash = strchr(file, '/');

	if (!strncmp(file, "include/", 8) || strstr(file, "/include/") || !slash)
		return xstrdup(kdir);
	if (strchr(slash + 1, '/'))
		slash = strchr(slash + 1, '/');
	return xasprintf("%s/%.*s", kdir, (int)(slash - file), file);
}

static const char *search_scope(struct text_search what, const struct record *r, const char *kdir)
{
	char *dir = scope(kdir, str_get(r->loc.file));

	search = what;
	search.name = str_get(r->name);
	search.root = strlen(kdir) + 1;
	nftw(dir, search_file, 32, FTW_PHYS);
	free(dir);
	return search.found;
}

const char *layout_users_unknown(const struct program *p, const struct fix_plan *plan,
				 const char *kdir, struct arena *a)
{
	return search_scope((struct text_search){ .p = p, .plan = plan, .a = a }, plan->record,
			    kdir);
}

/* --- the directories of those that use the record */

static bool event_uses(const struct event *e, str record)
{
	return e->kind == EV_ACCESS && e->obj->type == record;
}

static bool function_uses(const struct function *f, str record)
{
	uint32_t i, j;

	for (i = 0; i < f->nblocks; i++)
		for (j = 0; j < f->blocks[i].nevents; j++)
			if (event_uses(&f->blocks[i].events[j], record))
				return true;
	return false;
}

static void add_directory(struct args *dirs, str file)
{
	if (*str_get(file) != '/')
		args_add_dir(dirs, str_get(file));
}

/* The files that have functions: those that were analysed. */
struct files {
	str *v; /* malloc'd */
	size_t n, cap;
};

static int compare_files(const void *a, const void *b)
{
	const str *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static void files_collect(struct files *files, const struct program *p)
{
	size_t i;

	for (i = 0; i < p->nfunctions; i++)
		if (!i || p->functions[i].loc.file != p->functions[i - 1].loc.file)
			*vec_add(files->v, files->n, files->cap) = p->functions[i].loc.file;
	if (files->n)
		qsort(files->v, files->n, sizeof(*files->v), compare_files);
}

/* Is it a header, or a source file that was not analysed? */
static bool is_unseen(const struct files *analysed, const char *file)
{
	size_t n = strlen(file);
	str name;

	if (n < 3 || file[n - 2] != '.' || !strchr("ch", file[n - 1]))
		return false;
	if (file[n - 1] == 'h' || !analysed->n)
		return true;
	name = str_intern(file);
	return !bsearch(&name, analysed->v, analysed->n, sizeof(name), compare_files);
}

static bool search_directory(const struct program *p, const struct files *analysed,
			     const struct record *r, const char *kdir, const char *dir,
			     struct layout_user *user)
{
	char *path = xasprintf("%s/%s", kdir, dir), *text, *file;
	struct dirent **names;
	int i, n = scandir(path, &names, NULL, alphasort);
	bool found = false;

	for (i = 0; i < n; i++) {
		file = xasprintf("%s%s%s", strcmp(dir, ".") ? dir : "", strcmp(dir, ".") ? "/" : "",
				 names[i]->d_name);
		free(path);
		path = xasprintf("%s/%s", kdir, file);
		text = !found && is_unseen(analysed, file) ? read_file(path, NULL) : NULL;
		if (text && find_user(p->model, str_get(r->name), text, user)) {
			user->loc.file = str_intern(file);
			found = true;
		}
		free(text);
		free(file);
		free(names[i]);
	}
	if (n >= 0)
		free(names);
	free(path);
	return found;
}

bool layout_users_unseen(const struct program *p, const struct record *r, const char *kdir,
			 struct layout_user *user)
{
	struct args dirs = { 0 };
	struct files analysed = { 0 };
	bool found = false;
	size_t i;

	add_directory(&dirs, r->loc.file);
	for (i = 0; i < p->nfunctions; i++)
		if (function_uses(&p->functions[i], r->key))
			add_directory(&dirs, p->functions[i].loc.file);
	files_collect(&analysed, p);
	for (i = 0; i < dirs.n && !found; i++)
		found = search_directory(p, &analysed, r, kdir, dirs.v[i], user);
	free(analysed.v);
	args_free(&dirs);
	return found;
}
