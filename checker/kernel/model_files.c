// SPDX-License-Identifier: GPL-2.0-only
/* model_files.c - the model files that are read by default. */
#include "model_files.h"

static const char *const names[] = {
#include "models.inc" /* made by the Makefile: "block.model", ... */
};

const char *model_file_first(void)
{
	return names[0];
}

void model_read_default(struct linux_model *m, const char *dir)
{
	char *paths[ARRAY_SIZE(names)];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(names); i++)
		paths[i] = xasprintf("%s/%s", dir, names[i]);
	model_read(m, (const char *const *)paths, ARRAY_SIZE(names));
	for (i = 0; i < ARRAY_SIZE(names); i++)
		free(paths[i]);
}
