// SPDX-License-Identifier: GPL-2.0-only
/* kerneltree.c - a kernel tree: version, architecture, configuration, and whether it can be analysed. */
#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/util.h"
#include "kerneltree.h"
#include "tree_path.h"

static bool exists(const char *dir, const char *name)
{
	char *path = xasprintf("%s/%s", dir, name);
	bool found = !access(path, F_OK);

	free(path);
	return found;
}

static char *read_below(const char *dir, const char *name)
{
	char *path = xasprintf("%s/%s", dir, name);
	char *text = read_file(path, NULL);

	if (!text)
		die("cannot read %s:", path);
	free(path);
	return text;
}

static char *directory(const char *path)
{
	char *real = realpath(path, NULL);
	struct stat st;

	if (real && !stat(real, &st) && !S_ISDIR(st.st_mode)) {
		free(real);
		errno = ENOTDIR;
		real = NULL;
	}
	if (!real)
		die("cannot open the kernel tree %s:", path);
	return real;
}

/* The first line of `text` that starts with `word`, or NULL. */
static const char *line_with(const char *text, const char *word)
{
	size_t n = strlen(word);

	while (text && strncmp(text, word, n)) {
		text = strchr(text, '\n');
		text = text ? text + 1 : NULL;
	}
	return text;
}

/* Copies the value of `NAME = value` into `out`; false if it is not set. */
static bool makefile_value(const char *text, const char *name, char *out, size_t size)
{
	const char *s = line_with(text, name);
	size_t n = 0;

	if (!s)
		return false;
	s += strlen(name);
	s += strspn(s, " \t");
	if (*s++ != '=')
		return false;
	s += strspn(s, " \t");
	while (n + 1 < size && s[n] && !strchr(" \t\n#", s[n]))
		n++;
	memcpy(out, s, n);
	out[n] = '\0';
	return n > 0;
}

/* Documentation/kbuild/makefiles.rst: KERNELVERSION is made of these four. */
static bool read_version(struct kernel_tree *t)
{
	char version[12], patchlevel[12], sublevel[12] = "0", extra[24] = "";
	char *text = read_below(t->kdir, "Makefile");
	bool ok = makefile_value(text, "VERSION", version, sizeof(version)) &&
		  makefile_value(text, "PATCHLEVEL", patchlevel, sizeof(patchlevel));

	if (ok) {
		makefile_value(text, "SUBLEVEL", sublevel, sizeof(sublevel));
		makefile_value(text, "EXTRAVERSION", extra, sizeof(extra));
		snprintf(t->version, sizeof(t->version), "%s.%s.%s%s", version, patchlevel,
			 sublevel, extra);
	}
	free(text);
	return ok;
}

/* The directory below arch/ for a value of ARCH: the top Makefile's SRCARCH. */
static const char *srcarch(const char *arch)
{
	static const char *const map[][2] = {
		{ "i386", "x86" },	{ "x86_64", "x86" },	  { "sparc32", "sparc" },
		{ "sparc64", "sparc" }, { "parisc64", "parisc" },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(map); i++)
		if (!strcmp(arch, map[i][0]))
			return map[i][1];
	return arch;
}

/* Kconfig heads every file it writes with "# Linux/ARCH VERSION Kernel Configuration". */
static void read_config(struct kernel_tree *t)
{
	char *text = read_below(t->objdir, "include/config/auto.conf"), arch[32] = "x86";
	const char *head = line_with(text, "# Linux/");

	if (head)
		sscanf(head, "# Linux/%31[a-z0-9_]", arch);
	snprintf(t->arch, sizeof(t->arch), "%s", srcarch(arch));
	t->clang = line_with(text, "CONFIG_CC_IS_CLANG=y") != NULL;
	free(text);
}

/* Is it the top of a kernel tree?  Directories below have a Kconfig and a Makefile, too. */
static bool is_top(const char *dir)
{
	char *path = xasprintf("%s/Makefile", dir);
	char *text = read_file(path, NULL), value[12];
	bool top = text && makefile_value(text, "VERSION", value, sizeof(value)) &&
		   makefile_value(text, "PATCHLEVEL", value, sizeof(value)) &&
		   (exists(dir, "Kconfig") || exists(dir, "Kbuild"));

	free(text);
	free(path);
	return top;
}

/* Was a kernel built in this directory whose sources are elsewhere?  Then it has a link to them. */
static bool is_build(const char *dir)
{
	char *source = xasprintf("%s/source", dir);
	bool build = exists(dir, ".config") && !is_top(dir) && is_top(source);

	free(source);
	return build;
}

/* The nearest directory at or above the current one that is a tree or was built in; malloc'd; "." if none is. */
static char *tree_above(void)
{
	char *dir = realpath(".", NULL), *end;

	while (dir && !is_top(dir) && !is_build(dir)) {
		end = strrchr(dir, '/');
		if (!end || end == dir) {
			free(dir);
			dir = NULL;
		} else {
			*end = '\0';
		}
	}
	return dir ? dir : xstrdup(".");
}

/* Sets kdir and objdir of the tree; a build directory stands for its sources, too. */
static void tree_locate(struct kernel_tree *t, const char *kdir, const char *objdir)
{
	char *named = kdir ? xstrdup(kdir) : tree_above(), *source;

	t->found = !kdir;
	if (!objdir && is_build(named)) {
		source = xasprintf("%s/source", named);
		t->kdir = directory(source);
		t->objdir = directory(named);
		free(source);
	} else {
		t->kdir = directory(named);
		t->objdir = objdir ? directory(objdir) : xstrdup(t->kdir);
	}
	free(named);
}

char *kerneltree_top(const char *kdir)
{
	char *named = kdir ? xstrdup(kdir) : tree_above();
	char *source = is_build(named) ? xasprintf("%s/source", named) : xstrdup(named);
	char *top = is_top(source) ? realpath(source, NULL) : NULL;

	free(source);
	free(named);
	return top;
}

/* Notes the current directory if it is in the tree. */
static void here_find(struct kernel_tree *t)
{
	t->here = realpath(".", NULL);
	if (t->here && !path_below(t->kdir, t->here) && !path_below(t->objdir, t->here)) {
		free(t->here);
		t->here = NULL;
	}
}

static void check_sources(struct kernel_tree *t, const char *name)
{
	if (!exists(t->kdir, "Kconfig") && !exists(t->kdir, "Kbuild")) {
		die("%s is not a kernel tree (no Kconfig)%s: name one with -k", name,
		    t->found ? ", nor is a directory above" : "");
	}
	if (!exists(t->kdir, "Makefile") || !read_version(t))
		die("%s is not a kernel tree (no Makefile with VERSION and PATCHLEVEL): name one with -k",
		    name);
}

static void check_build(const struct kernel_tree *t, const char *name)
{
	/* asm-offsets.h comes last: an interrupted preparation lacks it. */
	static const char *const made[] = { "include/config/auto.conf",
					    "include/generated/autoconf.h",
					    "include/generated/asm-offsets.h" };
	size_t i, n = t->kbuild ? 3 : 2;

	if (!exists(t->objdir, ".config"))
		die("%s is not configured (no .config): run make defconfig there, or pass -O OBJDIR "
		    "if it is built elsewhere",
		    name);
	for (i = 0; i < n; i++)
		if (!exists(t->objdir, made[i]))
			die("%s is not prepared (no %s): run make modules_prepare there", name,
			    made[i]);
}

void kerneltree_open(struct kernel_tree *t, const char *kdir, const char *objdir)
{
	memset(t, 0, sizeof(*t));
	tree_locate(t, kdir, objdir);
	here_find(t);
	check_sources(t, kdir ? kdir : t->kdir);
	t->kbuild = exists(t->kdir, "scripts/Makefile.build");
	check_build(t, objdir ? objdir : kdir ? kdir : t->objdir);
	read_config(t);
}

void kerneltree_open_building(struct kernel_tree *t, const char *kdir, const char *objdir)
{
	memset(t, 0, sizeof(*t));
	t->kdir = directory(kdir);
	t->objdir = directory(objdir);
	check_sources(t, kdir);
	t->kbuild = true;
	read_config(t);
}

void kerneltree_close(struct kernel_tree *t)
{
	free(t->kdir);
	free(t->objdir);
	free(t->here);
	memset(t, 0, sizeof(*t));
}
