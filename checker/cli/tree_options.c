// SPDX-License-Identifier: GPL-2.0-only
/* tree_options.c - options that a tree asks for, in its file .racybits. */
#include <errno.h>
#include <sys/stat.h>

#include "out/clean.h"
#include "tree/kerneltree.h"
#include "tree_options.h"

#define BYTES_MAX 65536 /* more is no list of options */

const char tree_options_file[] = ".racybits";

struct tree_file {
	const char *path;
	unsigned int line;
	char *taken; /* the options that were set, each behind a blank */
};

_Noreturn static void refuse(const struct tree_file *f, const char *text, const char *why)
{
	die("%s:%u: %s: %s", clean(f->path), f->line, clean(text), why);
}

static void check(const struct tree_file *f, const char *text, enum tree_option what)
{
	static const char *const why[] = {
		[TREE_OPTION_UNKNOWN] = "there is no such option",
		[TREE_OPTION_REFUSED] = "a tree may not set this option, see racybits help files",
		[TREE_OPTION_VALUE] = "it takes an argument and has none, or takes none",
	};

	if (what != TREE_OPTION_SET && what != TREE_OPTION_LEFT)
		refuse(f, text, why[what]);
}

/* The name of the option on a line, and its value or NULL; NULL if the line is a comment or blank. */
static char *option_of(const struct tree_file *f, char *line, char **value)
{
	char *end = line + strlen(line);

	line += strspn(line, " \t");
	while (end > line && strchr(" \t\r", end[-1]))
		*--end = '\0';
	if (!*line || *line == '#')
		return NULL;
	if (strncmp(line, "--", 2) != 0)
		refuse(f, line, "expected --OPTION or --OPTION=VALUE");
	*value = strchr(line, '=');
	if (*value)
		*(*value)++ = '\0';
	return line + 2;
}

static void line_check(struct options *o, struct tree_file *f, char *line)
{
	char *value, *name = option_of(f, line, &value), *more;
	enum tree_option what;

	if (!name)
		return;
	what = options_of_tree(o, name, value, true);
	check(f, name, what);
	if (what != TREE_OPTION_SET)
		return;
	more = xasprintf("%s --%s%s%s", f->taken ? f->taken : "", name, value ? "=" : "",
			 value ? value : "");
	free(f->taken);
	f->taken = more;
}

static void line_take(struct options *o, struct tree_file *f, char *line)
{
	char *value, *name = option_of(f, line, &value);

	if (name)
		options_of_tree(o, name, value, false);
}

/* A symbolic link is not followed: an error would show what it leads to. */
static char *text_read(const char *path)
{
	size_t bytes = 0;
	struct stat st;
	char *text;

	if (!lstat(path, &st) && !S_ISREG(st.st_mode))
		die("%s: not a regular file: remove it, or pass --no-tree-options", clean(path));
	text = read_file(path, &bytes);

	if (!text && errno != ENOENT)
		die("cannot read %s:", clean(path));
	if (text && (bytes > BYTES_MAX || strlen(text) != bytes))
		die("%s: not a list of options, one a line: mend it, or pass --no-tree-options",
		    clean(path));
	return text;
}

/* All lines are looked at before one is taken, so that what is taken is said first. */
static void each_line(struct options *o, struct tree_file *f, char *text,
		      void (*take)(struct options *o, struct tree_file *f, char *line))
{
	char *line = text, *end;

	for (f->line = 1; line; line = end, f->line++) {
		end = strchr(line, '\n');
		if (end)
			*end++ = '\0';
		take(o, f, line);
	}
}

void tree_options_take_of(struct options *o, const char *path, const char *name)
{
	struct tree_file f = { .path = name };
	char *text = text_read(path), *copy = text ? xstrdup(text) : NULL;

	if (!text)
		return;
	each_line(o, &f, copy, line_check);
	if (f.taken) {
		warn("options of %s:%s", clean(name), clean(f.taken));
		each_line(o, &f, text, line_take);
	}
	/* (options may point into `text`) */
	free(copy);
	free(f.taken);
}

void tree_options_take(struct options *o)
{
	char *top = o->no_tree_options ? NULL : kerneltree_top(o->kdir);
	char *path = top ? xasprintf("%s/%s", top, tree_options_file) : NULL;

	if (path)
		tree_options_take_of(o, path, path);
	free(path);
	free(top);
}
