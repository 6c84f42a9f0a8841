// SPDX-License-Identifier: GPL-2.0-only
/* patch.c - the parts of a patch. */
#include "patch.h"

void patch_add_file(struct patch *patch, const char *file, char *before, char *after)
{
	*vec_add(patch->files, patch->nfiles, patch->files_cap) =
		(struct changed_file){ .file = file, .before = before, .after = after };
}

struct changed_file *patch_file(const struct fix_series *s, struct patch *patch, const char *file)
{
	char *path, *text;
	size_t i;

	for (i = 0; i < patch->nfiles; i++)
		if (!strcmp(patch->files[i].file, file))
			return &patch->files[i];
	path = xasprintf("%s/%s", s->o->kdir, file);
	text = read_file(path, NULL);
	if (!text)
		die("cannot read %s:", path);
	free(path);
	patch_add_file(patch, file, text, xstrdup(text));
	return &patch->files[patch->nfiles - 1];
}

bool patch_moves_fields(const struct patch *patch)
{
	return patch->strategy == STRATEGY_SPLIT || patch->strategy == STRATEGY_SEPARATE;
}

void patch_drop_files(struct patch *patch)
{
	size_t i;

	for (i = 0; i < patch->nfiles; i++) {
		free(patch->files[i].before);
		free(patch->files[i].after);
	}
	patch->nfiles = 0;
}

struct verify_step *patch_add_step(struct patch *patch, enum verify_outcome outcome,
				   const char *what, const char *detail)
{
	struct verify_step *step = vec_add(patch->steps, patch->nsteps, patch->steps_cap);

	*step = (struct verify_step){ .what = what, .outcome = outcome, .detail = detail };
	return step;
}

void patch_free(struct patch *patch)
{
	patch_drop_files(patch);
	free(patch->files);
	free(patch->plan.units);
	free(patch->plan.rules);
	free(patch->script);
	free(patch->commit);
	free(patch->path);
	free(patch->steps);
	free(patch->taken);
	args_free(&patch->recipients);
}

bool series_verified(const struct fix_series *s)
{
	size_t i, j;

	for (i = 0; i < s->n; i++)
		for (j = 0; j < s->patches[i].nsteps; j++)
			if (s->patches[i].steps[j].outcome == VERIFY_FAILED)
				return false;
	return true;
}

const struct lock_functions *series_lock_functions(struct fix_series *s)
{
	if (!s->lock_functions.p)
		lock_functions_open(&s->lock_functions, s->p);
	return &s->lock_functions;
}

const struct lock_calls *series_lock_calls(struct fix_series *s)
{
	if (!s->lock_calls.n)
		lock_calls_of_program(series_lock_functions(s), &s->lock_calls);
	return &s->lock_calls;
}
