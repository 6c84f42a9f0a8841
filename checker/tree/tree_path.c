// SPDX-License-Identifier: GPL-2.0-only
/* tree_path.c - names of files in a kernel tree. */
#include <unistd.h>

#include "base/util.h"
#include "tree_path.h"

const char *path_below(const char *dir, const char *path)
{
	size_t n = strlen(dir);

	if (strncmp(path, dir, n) || (path[n] && path[n] != '/'))
		return NULL;
	return path[n] && path[n + 1] ? path + n + 1 : ".";
}

/* The name of an absolute path, relative to the nearer of OBJDIR and KDIR, or NULL. */
static char *nearest_name(const struct kernel_tree *t, const char *path)
{
	const char *obj = path_below(t->objdir, path), *src = path_below(t->kdir, path);

	if (obj && (!src || strlen(obj) < strlen(src)))
		src = obj;
	return src ? xstrdup(src) : NULL;
}

char *tree_name(const struct kernel_tree *t, const char *dir, const char *path)
{
	char *abs = path_absolute(dir, path), *name = nearest_name(t, abs), *real;

	if (!name && (real = realpath(abs, NULL))) {
		name = nearest_name(t, real);
		free(real);
	}
	free(abs);
	return name;
}

bool tree_has(const struct kernel_tree *t, const char *name)
{
	char *source = xasprintf("%s/%s", t->kdir, name);
	char *built = xasprintf("%s/%s", t->objdir, name);
	bool there = !access(source, F_OK) || !access(built, F_OK);

	free(built);
	free(source);
	return there;
}

/* The name, if there is such a file in the tree or in its build directory; else NULL. */
static char *existing_name(const struct kernel_tree *t, const char *dir, const char *path)
{
	char *name = tree_name(t, dir, path);

	if (!name || tree_has(t, name))
		return name;
	free(name);
	return NULL;
}

char *tree_name_given(const struct kernel_tree *t, const char *path)
{
	bool here_first = t->found && t->here;
	char *name = existing_name(t, here_first ? t->here : t->kdir, path);

	if (!name && t->here)
		name = existing_name(t, here_first ? t->kdir : t->here, path);
	return name ? name : tree_name(t, t->kdir, path);
}
