// SPDX-License-Identifier: GPL-2.0-only
/* split.c - the strategy "split": the fields that move get storage of their own. */
#include "decl.h"
#include "files.h"
#include "rewrite.h"
#include "smpl.h"
#include "split.h"

/* --- the files */

/* The file as patches before number n leave it, else as it is in the tree; malloc'd. */
static char *text_before(const struct fix_series *s, size_t n, const char *file)
{
	char *path, *text;
	size_t i, j;

	for (i = n; i-- > 0;)
		for (j = 0; j < s->patches[i].nfiles; j++)
			if (!strcmp(s->patches[i].files[j].file, file))
				return xstrdup(s->patches[i].files[j].after);
	path = xasprintf("%s/%s", s->o->kdir, file);
	text = read_file(path, NULL);
	if (!text)
		die("cannot read %s:", path);
	free(path);
	return text;
}

/* Number of the line of `text` that begins with all of line `line` of `old`. */
static uint32_t same_line(const char *old, const char *text, uint32_t line)
{
	const char *head = old + text_offset(old, line, 1);
	size_t n = strcspn(head, "\n");
	uint32_t i = 1;

	while (*text && (strncmp(text, head, n) || text[n] != '\n')) {
		text += strcspn(text, "\n");
		text += *text == '\n';
		i++;
	}
	return i;
}

/* Moves the locations of the record to where it is after earlier patches changed lines in front of it. */
static void relocate(struct fix_series *s, struct fix_plan *plan, const char *text)
{
	struct record *copy = arena_copy(&s->a, plan->record, sizeof(*copy));
	char *old = text_before(s, 0, str_get(copy->loc.file));
	uint32_t i, line = same_line(old, text, copy->loc.line);

	copy->fields = arena_copy(&s->a, copy->fields, copy->nfields * sizeof(*copy->fields));
	for (i = 0; i < copy->nfields; i++)
		copy->fields[i].loc.line += line - copy->loc.line;
	copy->loc.line = line;
	plan->record = copy;
	free(old);
}

/* Writes the script to the output directory. */
static void script_store(struct fix_series *s, struct patch *patch)
{
	patch->cocci =
		arena_printf(&s->a, "%s/cocci/%s.cocci", s->out, str_get(patch->plan.record->name));
	file_replace(patch->cocci, patch->script);
}

/* Lets spatch apply the script, to find out whether it makes what is planned. */
static void apply_script(struct fix_series *s, struct patch *patch)
{
	char *copy = xasprintf("%s/spatch.in%s", s->scratch, strrchr(patch->files[0].file, '.')),
	     *said;
	char *cocci = realpath(patch->cocci, NULL);

	file_replace(copy, patch->files[0].before);
	patch->smpl = smpl_apply(cocci, copy, patch->files[0].after, s->scratch, &said);
	patch->smpl_said = said ? arena_printf(&s->a, "%s", said) : NULL;
	free(said);
	free(cocci);
	free(copy);
}

bool split_make(struct fix_series *s, size_t i)
{
	struct patch *patch = &s->patches[i];
	const char *file = str_get(patch->plan.record->loc.file);
	char *before = text_before(s, i, file), *after;
	bool lists = false;

	relocate(s, &patch->plan, before);
	after = rewrite_split(&patch->plan, before, &lists, &s->a);
	if (!after) {
		free(before);
		return false;
	}
	patch_add_file(patch, file, before, after);
	patch->script = smpl_script(&patch->plan, before, lists);
	script_store(s, patch);
	apply_script(s, patch);
	if (patch->smpl == SMPL_DIFFERS)
		warn("struct %s: spatch cannot make all of the change%s%s; it is made directly",
		     str_get(patch->plan.record->name), patch->smpl_said ? ": " : "",
		     patch->smpl_said ? patch->smpl_said : "");
	return true;
}
