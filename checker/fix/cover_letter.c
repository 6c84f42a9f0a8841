// SPDX-License-Identifier: GPL-2.0-only
/* cover_letter.c - the cover letter of a series. */
#include "cover_letter.h"
#include "patch_subject.h"
#include "wrap.h"

/* The directory that the prefixes of all patches have in common; malloc'd. */
static char *common_prefix(const struct fix_series *s)
{
	char *dir = NULL, *next;
	size_t i;

	for (i = 0; i < s->n; i++) {
		next = subject_prefix_of_writers(&s->patches[i]);
		if (dir) {
			char *both = common_directory(dir, next);

			free(dir);
			free(next);
			next = both;
		}
		dir = next;
	}
	return dir;
}

const char *cover_letter(struct fix_series *s)
{
	size_t bytes, i;
	char *text;
	FILE *f = open_memstream(&text, &bytes);
	char *dir = common_prefix(s);
	const char *cover;

	fprintf(f, "%s%s%s\n\n", dir, *dir ? ": " : "",
		s->o->strategy != STRATEGY_BITOPS ?
			"Give racy bitfields storage units of their own" :
			"Make racy bitfields atomic bits");
	free(dir);
	put_wrapped(f, "",
		    "Each of these structs has bitfields in one storage unit that are written "
		    "under different locks, so that one update can undo another. There is a "
		    "patch for each; the messages name the writers and their locks.");
	fputc('\n', f);
	for (i = 0; i < s->n; i++) {
		const struct fix_plan *plan = &s->patches[i].plan;

		fprintf(f, "  struct %s: %u field%s", str_get(plan->record->name), plan->nmoves,
			plan->nmoves == 1 ? "" : "s");
		if (s->o->strategy != STRATEGY_BITOPS)
			fprintf(f, ", %llu -> %llu bytes", (unsigned long long)plan->tree_bytes,
				(unsigned long long)plan->bytes);
		fputc('\n', f);
	}
	fclose(f);
	cover = arena_printf(&s->a, "%s", text);
	free(text);
	return cover;
}
