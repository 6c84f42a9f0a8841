// SPDX-License-Identifier: GPL-2.0-only
/* build_option.c - which option of the configuration builds a file or directory. */
#include "base/util.h"
#include "build_option.h"

#define OPTIONS_SHOWN 3 /* of those that would build it: more make no better message */

struct naming {
	const char *config;	      /* text of auto.conf */
	char *options[OPTIONS_SHOWN]; /* unset ones of lines that name it */
	size_t n;
	bool maybe; /* a line names it that needs none, or one that is set */
};

/* Does auto.conf have a line "OPTION=..."? */
static bool is_set(const char *config, const char *option)
{
	size_t n = strlen(option);
	const char *at = config;

	while ((at = strstr(at, option))) {
		if ((at == config || at[-1] == '\n') && at[n] == '=')
			return true;
		at += n;
	}
	return false;
}

/* Is `word` one of the words of the line? */
static bool has_word(const char *line, const char *word)
{
	size_t n = strlen(word);
	const char *at = line;

	while ((at = strstr(at, word))) {
		if ((at == line || strchr(" \t=", at[-1])) && strchr(" \t\\", at[n]))
			return true;
		at += n;
	}
	return false;
}

static void option_add(struct naming *w, const char *option)
{
	size_t i;

	for (i = 0; i < w->n; i++)
		if (!strcmp(w->options[i], option))
			return;
	if (w->n < OPTIONS_SHOWN)
		w->options[w->n++] = xstrdup(option);
}

/* Takes note of the line "obj-$(CONFIG_A) += ... word ...", with what continues it. */
static void line_read(struct naming *w, const char *line, const char *word)
{
	char option[128];

	if (!has_word(line, word))
		return;
	if (sscanf(line, "obj-$(%127[A-Z0-9a-z_])", option) == 1 && !is_set(w->config, option))
		option_add(w, option);
	else
		w->maybe = true;
}

/* Takes note of the lines of DIR/Makefile or DIR/Kbuild that name `word`. */
static void makefile_read(struct naming *w, const char *dir, const char *word)
{
	static const char *const names[] = { "Kbuild", "Makefile" };
	char *path, *text = NULL, *line, *end;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(names) && !text; i++) {
		path = xasprintf("%s/%s", dir, names[i]);
		text = read_file(path, NULL);
		free(path);
	}
	for (line = text; line && *line; line = end) {
		for (end = strchr(line, '\n'); end && end > line && end[-1] == '\\';
		     end = strchr(end, '\n'))
			end[-1] = *end = ' ';
		end = end ? end + 1 : line + strlen(line);
		if (end > line && end[-1] == '\n')
			end[-1] = '\0';
		line_read(w, line, word);
	}
	free(text);
}

/* "A or B", of the options that were noted; NULL if the part may be built. */
static char *naming_end(struct naming *w)
{
	char *text = NULL, *more;
	size_t i;

	for (i = 0; i < w->n; i++) {
		if (!w->maybe) {
			more = xasprintf("%s%s%s", text ? text : "", text ? " or " : "",
					 w->options[i]);
			free(text);
			text = more;
		}
		free(w->options[i]);
	}
	return text;
}

/* The word by which a makefile names the part of a path from `at` on: "dir/", "file.o"; malloc'd. */
static char *part_word(const char *at, bool directory)
{
	size_t n = strcspn(at, "/");

	if (directory || at[n])
		return xasprintf("%.*s/", (int)n, at);
	return xasprintf("%.*s.o", (int)(n - 2), at);
}

char *build_option_unset(const struct kernel_tree *t, const char *name)
{
	char *path = xasprintf("%s/include/config/auto.conf", t->objdir);
	char *config = read_file(path, NULL), *unset = NULL, *dir, *word;
	bool file = name_ends_in(name, ".c");
	const char *at = name;

	free(path);
	while (config && !unset && *at && strcmp(name, ".")) {
		struct naming w = { .config = config };

		dir = xasprintf("%s/%.*s", t->kdir, (int)(at - name), name);
		word = part_word(at, !file);
		makefile_read(&w, dir, word);
		unset = naming_end(&w);
		free(word);
		free(dir);
		at += strcspn(at, "/");
		at += *at == '/';
	}
	free(config);
	return unset;
}
