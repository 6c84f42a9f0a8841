// SPDX-License-Identifier: GPL-2.0-only
/* fix.c - from racy verdicts to patches: the stages in order. */
#include <errno.h>
#include <unistd.h>

#include "files.h"
#include "fix.h"
#include "base/tempdir.h"

/* --- which structs */

static bool is_racy(const struct unit_verdict *u)
{
	return u->verdict == VERDICT_RACY && !u->acknowledged;
}

/* Edit distance (Levenshtein) of two names. */
static size_t distance(const char *a, const char *b)
{
	size_t n = strlen(b), *row = xcalloc(n + 1, sizeof(*row)), i, j, old, next, d;

	for (j = 0; j <= n; j++)
		row[j] = j;
	for (i = 1; a[i - 1]; i++) {
		old = row[0];
		row[0] = i;
		for (j = 1; j <= n; j++) {
			next = old + (a[i - 1] != b[j - 1]);
			old = row[j];
			row[j] = next < old + 1 ? next : old + 1;
			row[j] = row[j] < row[j - 1] + 1 ? row[j] : row[j - 1] + 1;
		}
	}
	d = row[n];
	free(row);
	return d;
}

static _Noreturn void unknown_struct(const struct program *p, const char *name)
{
	const char *near[3] = { NULL };
	size_t best[3] = { SIZE_MAX, SIZE_MAX, SIZE_MAX }, i, k;

	for (i = 0; i < p->nrecords; i++) {
		const char *other = str_get(p->records[i].name);
		size_t d = distance(name, other);

		for (k = 0; k < 3 && best[k] <= d; k++)
			;
		if (k == 3)
			continue;
		memmove(&best[k + 1], &best[k], (2 - k) * sizeof(*best));
		memmove(&near[k + 1], &near[k], (2 - k) * sizeof(*near));
		best[k] = d;
		near[k] = other;
	}
	die("no struct %s with bitfields was analysed%s%s%s%s%s%s", name,
	    near[0] ? "; the nearest names are " : "", near[0] ? near[0] : "", near[1] ? ", " : "",
	    near[1] ? near[1] : "", near[2] ? ", " : "", near[2] ? near[2] : "");
}

static bool asked_for(const struct fix_options *o, const struct record *r)
{
	size_t i;

	for (i = 0; i < o->nnames; i++)
		if (!strcmp(o->names[i], str_get(r->name)))
			return true;
	return !o->nnames;
}

/* Every name must be a struct that was analysed; says so of one that is not racy. */
static void names_check(const struct program *p, const struct fix_options *o)
{
	size_t i, j;

	for (i = 0; i < o->nnames; i++) {
		bool known = false, racy = false;

		for (j = 0; j < p->nrecords; j++)
			known |= !strcmp(str_get(p->records[j].name), o->names[i]);
		for (j = 0; j < p->nverdicts; j++)
			racy |= is_racy(&p->verdicts[j]) &&
				!strcmp(str_get(p->verdicts[j].record->name), o->names[i]);
		if (!known)
			unknown_struct(p, o->names[i]);
		if (!racy)
			warn("struct %s is not racy: nothing to fix", o->names[i]);
	}
}

static void series_add(struct series *s, const struct unit_verdict *u)
{
	struct patch *patch = NULL;
	size_t i;

	for (i = 0; i < s->n; i++)
		if (s->patches[i].plan.record == u->record)
			patch = &s->patches[i];
	if (!patch) {
		patch = vec_add(s->patches, s->n, s->cap);
		*patch = (struct patch){ .plan = { .program = s->p,
						   .record = u->record,
						   .tree_bytes = u->record->bytes,
						   .carried = NONE } };
	}
	*vec_add(patch->plan.units, patch->plan.nunits, patch->plan.units_cap) = u;
}

/* --- plans */

static bool embeds(const struct record *outer, const struct record *inner)
{
	uint32_t i;

	for (i = 0; i < outer->nfields; i++)
		if (outer->fields[i].record == inner->key &&
		    !(outer->fields[i].flags & (FIELD_POINTER | FIELD_ARRAY)))
			return true;
	return false;
}

/* A record comes after those that it embeds; else the order stays. */
static void series_sort(struct series *s)
{
	size_t i, j;

	for (i = 0; i < s->n; i++) {
		for (j = i + 1; j < s->n; j++) {
			struct patch patch = s->patches[j];

			if (!embeds(s->patches[i].plan.record, patch.plan.record))
				continue;
			memmove(&s->patches[i + 1], &s->patches[i], (j - i) * sizeof(patch));
			s->patches[i] = patch;
			j = i;
		}
	}
}

/* Plans patches[i] on top of those before it. */
static void plan_one(struct series *s, size_t i, bool compact)
{
	struct plan *plan = &s->patches[i].plan;
	size_t j;

	plan->record = plan->units[0]->record;
	for (j = 0; j < i; j++) {
		const struct plan *inner = &s->patches[j].plan;

		if (!inner->refusal && inner->bytes != inner->tree_bytes &&
		    embeds(plan->record, inner->record))
			plan->record = members_resized(plan->record, inner->record->key,
						       inner->bytes, &s->a);
	}
	plan_make(plan, s->o, compact, &s->a);
}

/* Where a record would grow, what it embeds and is patched as well is made to shrink if it can. */
static void series_plan(struct series *s)
{
	size_t i, j;

	for (i = 0; i < s->n; i++) {
		plan_one(s, i, false);
		if (s->patches[i].plan.refusal ||
		    s->patches[i].plan.bytes <= s->patches[i].plan.tree_bytes)
			continue;
		for (j = 0; j < i; j++)
			if (embeds(s->patches[i].plan.record, s->patches[j].plan.record))
				plan_one(s, j, true);
		plan_one(s, i, false);
	}
}

/* --- texts */

/* The file as the patches before this one leave it, or as it is in the tree; malloc'd. */
static char *text_before(const struct series *s, size_t n, const char *file)
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

static void touch(struct patch *patch, const char *file, char *before, char *after)
{
	*vec_add(patch->files, patch->nfiles, patch->files_cap) =
		(struct touched){ .file = file, .before = before, .after = after };
}

/* Line in `text` that starts like line `line` of `old`. */
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

/* Where the record is after the patches before this one changed lines in front of it. */
static void relocate(struct series *s, struct plan *plan, const char *text)
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

static void script_store(struct series *s, struct patch *patch)
{
	patch->cocci = arena_printf(&s->a, "%s/cocci/%s.cocci", s->o->out,
				    str_get(patch->plan.record->name));
	file_replace(patch->cocci, patch->script);
}

static void apply_script(struct series *s, struct patch *patch)
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

/* Makes the texts and the script of patches[i]; false: refused. */
static bool make_split(struct series *s, size_t i)
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
	touch(patch, file, before, after);
	patch->script = smpl_split(&patch->plan, before, lists);
	script_store(s, patch);
	apply_script(s, patch);
	if (patch->smpl == SMPL_DIFFERS)
		warn("struct %s: spatch cannot make all of the change%s%s; it is made directly",
		     str_get(patch->plan.record->name), patch->smpl_said ? ": " : "",
		     patch->smpl_said ? patch->smpl_said : "");
	return true;
}

static bool make_one(struct series *s, size_t i)
{
	return s->o->strategy == STRATEGY_BITOPS ? bitops_make(s, &s->patches[i]) :
						   make_split(s, i);
}

static void patch_free(struct patch *patch)
{
	size_t i;

	for (i = 0; i < patch->nfiles; i++) {
		free(patch->files[i].before);
		free(patch->files[i].after);
	}
	free(patch->files);
	free(patch->plan.units);
	free(patch->script);
	free(patch->commit);
	free(patch->path);
	free(patch->checks);
}

/* Drops the patches that are refused, saying why; returns how many were. */
static size_t series_make(struct series *s)
{
	size_t i, n = 0, refused = 0;

	for (i = 0; i < s->n; i++) {
		s->patches[n] = s->patches[i];
		if (!s->patches[n].plan.refusal && make_one(s, n)) {
			n++;
			continue;
		}
		warn("struct %s is left as it is: %s", str_get(s->patches[n].plan.record->name),
		     s->patches[n].plan.refusal);
		patch_free(&s->patches[n]);
		refused++;
	}
	s->n = n;
	return refused;
}

/* --- the command */

/* A patch is against what is committed: a tree with other changes would not take it. */
static void tree_check(const struct fix_options *o)
{
	struct args args = { 0 };
	struct result r;

	setenv("GIT_OPTIONAL_LOCKS", "0", 1);
	args_add(&args, "git");
	args_add(&args, "rev-parse");
	args_add(&args, "--show-prefix");
	process_run(&r, o->kdir, &args);
	args_free(&args);
	if (r.status == 127)
		die("%s: install git", result_last_line(&r));
	if (r.status || r.out[0] != '\n') {
		result_free(&r);
		return;
	}
	result_free(&r);
	args_add(&args, "git");
	args_add(&args, "status");
	args_add(&args, "--porcelain");
	args_add(&args, "--untracked-files=no");
	process_run(&r, o->kdir, &args);
	if (!r.status && r.bytes)
		die("%s has changes that are not committed (%.*s): commit or stash them", o->kdir,
		    (int)strcspn(r.out + 3, "\n"), r.out + 3);
	result_free(&r);
	args_free(&args);
}

static void out_check(const struct fix_options *o)
{
	directory_make(o->out);
	if (access(o->out, W_OK | X_OK))
		die("cannot write to %s:", o->out);
}

static void series_collect(struct series *s)
{
	size_t i;

	for (i = 0; i < s->p->nverdicts; i++)
		if (is_racy(&s->p->verdicts[i]) && asked_for(s->o, s->p->verdicts[i].record))
			series_add(s, &s->p->verdicts[i]);
	series_sort(s);
}

static void series_free(struct series *s)
{
	size_t i;

	for (i = 0; i < s->n; i++)
		patch_free(&s->patches[i]);
	free(s->patches);
	free(s->repo);
	free(s->base);
	arena_free(&s->a);
}

/* Makes the patches in the temporary directory `scratch`; returns the exit status. */
static int make_patches(const char *scratch, void *ctx)
{
	struct series *s = ctx;
	size_t refused, i;
	bool ok = true;

	s->scratch = scratch;
	series_plan(s);
	refused = series_make(s);
	if (!s->n)
		return 1;
	patch_begin(s);
	if (s->o->verify)
		ok = verify_begin(s);
	for (i = 0; i < s->n; i++) {
		message_write(s, &s->patches[i]);
		patch_commit(s, &s->patches[i]);
	}
	patch_format(s);
	if (s->o->verify) {
		ok = verify_end(s) && ok;
		verify_store(s);
	}
	for (i = 0; i < s->n; i++)
		puts(s->patches[i].path);
	return refused || !ok ? 1 : 0;
}

int fix_run(const struct program *p, const struct fix_options *o)
{
	struct series s = { .p = p, .o = o };
	int status = 0;

	names_check(p, o);
	series_collect(&s);
	if (s.n) {
		out_check(o);
		tree_check(o);
		status = tempdir_run(make_patches, &s);
	}
	series_free(&s);
	return status;
}
