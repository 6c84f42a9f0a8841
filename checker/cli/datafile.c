// SPDX-License-Identifier: GPL-2.0-only
/* datafile.c - find and read the files that racybits brings. */
#include <limits.h>
#include <unistd.h>

#include "datafile.h"

/* dir/rest if it has a readable file of this name, else NULL; the caller frees it. */
static char *directory_with(const char *dir, const char *rest, const char *name)
{
	char *found = xasprintf("%s%s", dir, rest), *path = xasprintf("%s/%s", found, name);

	if (access(path, R_OK)) {
		free(found);
		found = NULL;
	}
	free(path);
	return found;
}

/*
 * The directory of a data file: beside the program where it was built, or where make install puts both,
 * which may be moved as a whole.  The caller frees it; dies if the file is in neither.
 */
static char *data_directory(const char *name)
{
	char exe[PATH_MAX], *dir = NULL;
	ssize_t n = readlink("/proc/self/exe", exe, sizeof(exe) - 1);

	if (n > 0) {
		exe[n] = '\0';
		*strrchr(exe, '/') = '\0';
		dir = directory_with(exe, "/checker/kernel", name);
		if (!dir)
			dir = directory_with(exe, "/../share/racybits", name);
	}
	if (!dir)
		die("no %s in checker/kernel/ beside the program nor in ../share/racybits from there: "
		    "run make install, or move the program with its data",
		    name);
	return dir;
}

void models_read(struct linux_model *m, const struct options *o)
{
	char *dir = data_directory(model_default_name());
	size_t i;

	model_read_default(m, dir);
	for (i = 0; i < o->nmodels; i++)
		model_read(m, &o->models[i], 1);
	free(dir);
}

char *annotations_find(void)
{
	static const char name[] = "annotations.h";
	char *dir = data_directory(name), *path = xasprintf("%s/%s", dir, name);

	free(dir);
	return path;
}
