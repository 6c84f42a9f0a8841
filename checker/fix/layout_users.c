// SPDX-License-Identifier: GPL-2.0-only
/* layout_users.c - code of the tree that depends on a record's layout or fields, found by its text. */
#include <ctype.h>
#include <ftw.h>

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
			rule->hits++;
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
	const struct fix_plan
		*plan; /* search for uses of its fields; NULL: for users of the layout */
	const char *name;
	size_t root; /* length of "KDIR/" */
	const char *found;
	struct arena *a;
};

static struct text_search search; /* nftw() has no context argument */

/* Looks for code that depends on the layout. */
static void search_text(const char *path, const char *text)
{
	const char *at = text, *what = NULL;

	for (; !what && (at = find_word(text, at, search.name)); at++) {
		if (is_asserted(search.p->model, text, at))
			what = "its size or an offset in it is asserted";
		else if (is_by_position(at + strlen(search.name)))
			what = "it is initialised by position";
		if (what)
			break;
	}
	if (what)
		search.found = arena_printf(search.a, "%s at %s:%u", what, path + search.root,
					    line_of(text, at));
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
				search.found = arena_printf(search.a,
							    "%s:%u may use %s and was not analysed",
							    path + search.root, line_of(text, at),
							    name);
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
	if (text && search.plan)
		search_fields(path, text);
	else if (text)
		search_text(path, text);
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

const char *layout_users_forbid(const struct program *p, const struct record *r, const char *kdir,
				struct arena *a)
{
	return search_scope((struct text_search){ .p = p, .a = a }, r, kdir);
}

const char *layout_users_unknown(const struct program *p, const struct fix_plan *plan,
				 const char *kdir, struct arena *a)
{
	return search_scope((struct text_search){ .p = p, .plan = plan, .a = a }, plan->record,
			    kdir);
}
