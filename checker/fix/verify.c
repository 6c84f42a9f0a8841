// SPDX-License-Identifier: GPL-2.0-only
/* verify.c - the steps of verification, patch by patch, and their record. */
#include "files.h"
#include "verify.h"
#include "verify_verdict.h"

/* --- the patches, one on top of the other */

/* Says how spatch did, which split_make() found out. */
static void check_smpl(struct patch *patch)
{
	static const char *const results[] = {
		[SMPL_SAME] = "spatch makes of the semantic patch what is planned",
		[SMPL_COMMENTS] = "spatch makes of the semantic patch what is planned, but leaves "
				  "comments behind",
		[SMPL_DIFFERS] =
			"the semantic patch cannot say all of the change: it is made directly, "
			"and the result read again",
	};

	if (patch->script)
		patch_add_step(patch, VERIFY_OK, results[patch->smpl], NULL);
}

bool verify_builds(struct fix_series *s)
{
	struct copy_builds copy;
	size_t i;

	copy_builds_open(&copy, s);
	for (i = 0; i < s->n; i++) {
		struct patch *patch = &s->patches[i];

		copy_builds_progress(&copy, str_get(patch->plan.record->name));
		copy_apply(&copy, patch, true);
		check_smpl(patch);
		verify_build(&copy, patch);
		if (patch_moves_fields(patch))
			verify_layout(&copy, patch);
	}
	copy_builds_progress(&copy, "judging the result");
	verify_verdicts(&copy);
	copy_builds_close(&copy);
	return series_verified(s);
}

/* --- the record */

/* Prints a step, and its details indented. */
static void put_step(FILE *f, const struct verify_step *step)
{
	static const char *const outcomes[] = {
		[VERIFY_OK] = "ok", [VERIFY_FAILED] = "FAILED", [VERIFY_SKIPPED] = "not done"
	};
	const char *line = step->detail ? step->detail : "";
	size_t n;

	fprintf(f, "%-8s  %s\n", outcomes[step->outcome], step->what);
	for (; *line; line += n + (line[n] == '\n')) {
		n = strcspn(line, "\n");
		fprintf(f, "          | %.*s\n", (int)n, line);
	}
}

/* By which rule the fields were chosen. */
static const char *chosen_by(const struct fix_series *s, const struct patch *patch)
{
	if (patch->strategy == STRATEGY_LOCK)
		return "stores that lack a lock";
	if (patch->plan.partial)
		return "fields that have room";
	if (patch->plan.nonly)
		return "fields named";
	return s->p->strict || patch->plan.fewest ? "policy strict" : "policy lifetime";
}

void verify_store(struct fix_series *s)
{
	size_t i, j;

	for (i = 0; i < s->n; i++) {
		const struct patch *patch = &s->patches[i];
		char *path = xasprintf("%.*s.verify.txt",
				       (int)(strlen(patch->path) - strlen(".patch")), patch->path);
		struct output out;

		output_open(&out, path);
		fprintf(out.f, "%s\n%s, %s\n\n", patch->subject, s->o->scope, chosen_by(s, patch));
		for (j = 0; j < patch->nsteps; j++) {
			put_step(out.f, &patch->steps[j]);
			if (patch->steps[j].outcome == VERIFY_FAILED)
				warn("%s: failed: %s; see %s", patch->subject, patch->steps[j].what,
				     path);
		}
		output_commit(&out);
		free(path);
	}
}
