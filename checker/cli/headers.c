// SPDX-License-Identifier: GPL-2.0-only
/* headers.c - headers as PATHs of check: all of the tree is analysed, their structs are reported. */
#include "headers.h"
#include "out/clean.h"
#include "tree/kerneltree.h"
#include "tree/tree_path.h"

/* Adds the name of the header in the tree; dies if there is no such file. */
static void name_add(struct args *names, const struct kernel_tree *tree, const char *path)
{
	char *name = tree_name_given(tree, path);

	if (!name)
		die("%s: outside of the kernel tree %s: name its own with -k", clean(path),
		    tree->kdir);
	if (!tree_has(tree, name))
		die("%s: no such file or directory in %s", clean(path), tree->kdir);
	args_add(names, "%s", name);
	free(name);
}

bool headers_asked(const struct options *o, struct args *names)
{
	struct kernel_tree tree;
	size_t i, n = 0;

	for (i = 0; i < o->nargs; i++)
		n += name_ends_in(o->args[i], ".h");
	if (!n)
		return false;
	if (n < o->nargs)
		die("check: headers and other paths together: for headers the whole tree is analysed; "
		    "check them by themselves");
	kerneltree_open(&tree, o->kdir, o->objdir);
	for (i = 0; i < n; i++)
		name_add(names, &tree, o->args[i]);
	kerneltree_close(&tree);
	return true;
}

static bool is_named(const struct args *names, const char *file)
{
	size_t i;

	for (i = 0; i < names->n; i++)
		if (!strcmp(names->v[i], file))
			return true;
	return false;
}

void headers_keep(struct program *p, const struct args *names)
{
	size_t i, n = 0;

	for (i = 0; i < p->nverdicts; i++)
		if (is_named(names, str_get(p->verdicts[i].record->loc.file)))
			p->verdicts[n++] = p->verdicts[i];
	p->nverdicts = n;
}
