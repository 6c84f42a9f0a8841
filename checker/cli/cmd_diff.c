// SPDX-License-Identifier: GPL-2.0-only
/* cmd_diff.c - `racybits diff`: compare the findings of two reports in JSON. */
#include "base/names.h"
#include "commands.h"
#include "out/clean.h"
#include "series/report_read.h"

enum change { CHANGE_NONE, CHANGE_NEW, CHANGE_WORSE, CHANGE_BETTER, CHANGE_GONE, CHANGES };

static const char *const change_names[CHANGES] = {
	[CHANGE_NONE] = "unchanged", [CHANGE_NEW] = "new",   [CHANGE_WORSE] = "worse",
	[CHANGE_BETTER] = "better",  [CHANGE_GONE] = "gone",
};

struct comparison {
	struct report_file old, new;
	size_t of[CHANGES];
	FILE *f;
};

/* The finding of the same pairs, or NULL. */
static const struct reported *same_struct(const struct report_file *r, const struct reported *f)
{
	size_t i;

	for (i = 0; i < r->n; i++)
		if (r->v[i].name == f->name && r->v[i].file == f->file &&
		    baseline_compare(r->v[i].pairs, f->pairs) != BASELINE_NEW)
			return &r->v[i];
	return NULL;
}

/* How a finding of the new report lies to those of the old one. */
static enum change change_of(const struct comparison *c, const struct reported *f)
{
	enum baseline_state state = baseline_compare(c->old.all, f->pairs);
	const struct reported *before = same_struct(&c->old, f);

	if (state == BASELINE_NEW || !before)
		return CHANGE_NEW;
	if (state == BASELINE_UPDATED || f->confidence > before->confidence)
		return CHANGE_WORSE;
	if (f->confidence < before->confidence ||
	    baseline_compare(c->new.all, before->pairs) != BASELINE_UNCHANGED)
		return CHANGE_BETTER;
	return CHANGE_NONE;
}

static void put_change(struct comparison *c, enum change change, const struct reported *f)
{
	const struct reported *before = change == CHANGE_GONE ? f : same_struct(&c->old, f);

	fprintf(c->f, "%s:%u: %s: struct %s: '%s' and '%s' (confidence %s", clean_str(f->file),
		f->line, change_names[change], clean_str(f->name), clean_str(f->fields[0]),
		clean_str(f->fields[1]), confidence_name(f->confidence));
	if (before && before->confidence != f->confidence)
		fprintf(c->f, ", was %s", confidence_name(before->confidence));
	fputs(")\n", c->f);
}

static void put_changes(struct comparison *c)
{
	enum change *changes = xcalloc(c->new.n + 1, sizeof(*changes));
	uint32_t change;
	size_t i;

	for (i = 0; i < c->new.n; i++)
		c->of[changes[i] = change_of(c, &c->new.v[i])]++;
	for (change = CHANGE_NEW; change < CHANGE_GONE; change++)
		for (i = 0; i < c->new.n; i++)
			if (changes[i] == change)
				put_change(c, change, &c->new.v[i]);
	free(changes);
	for (i = 0; i < c->old.n; i++)
		if (!same_struct(&c->new, &c->old.v[i])) {
			c->of[CHANGE_GONE]++;
			put_change(c, CHANGE_GONE, &c->old.v[i]);
		}
}

int command_diff(const struct options *o)
{
	struct comparison c = { 0 };
	struct output out;

	if (o->nargs != 2)
		die("diff: which two reports? OLD.json NEW.json; see racybits diff --help");
	report_read(&c.old, o->args[0], o->confidence);
	report_read(&c.new, o->args[1], o->confidence);
	output_open(&out, o->output);
	c.f = out.f;
	put_changes(&c);
	output_commit(&out);
	warn("%zu new, %zu worse, %zu better, %zu gone, %zu unchanged findings", c.of[CHANGE_NEW],
	     c.of[CHANGE_WORSE], c.of[CHANGE_BETTER], c.of[CHANGE_GONE], c.of[CHANGE_NONE]);
	report_file_free(&c.old);
	report_file_free(&c.new);
	return c.of[CHANGE_NEW] || c.of[CHANGE_WORSE];
}
