// SPDX-License-Identifier: GPL-2.0-only
/* cmd_prove.c - `racybits prove`: write a program that shows the lost update. */
#include "analysis.h"
#include "commands.h"
#include "fix/prove.h"
#include "out/asked.h"
#include "out/clean.h"
#include "out/finding.h"

static uint32_t field_find(const struct record *r, const char *name)
{
	uint32_t i;

	for (i = 0; i < r->nfields && strcmp(str_get(r->fields[i].name), name); i++)
		;
	return i < r->nfields ? i : NONE;
}

/* The first record of that name with both fields: their indexes in pair[0] and pair[1].  Dies. */
static const struct record *pair_find(const struct program *p, char *const *args, uint32_t *pair)
{
	uint32_t a, b;
	size_t i;

	for (i = 0; i < p->nrecords; i++) {
		const struct record *r = &p->records[i];

		if (strcmp(str_get(r->name), args[0]))
			continue;
		a = field_find(r, args[1]);
		b = field_find(r, args[2]);
		if (a == NONE || b == NONE)
			continue;
		if (r->fields[a].unit == NONE || r->fields[a].unit != r->fields[b].unit || a == b)
			die("prove: %s and %s of %s %s are not two fields of one storage unit; racybits explain %s shows its units",
			    clean(args[1]), clean(args[2]), record_keyword(r), clean(args[0]),
			    clean(args[0]));
		if ((r->flags & RECORD_UNION) ||
		    ((r->fields[a].flags | r->fields[b].flags) & FIELD_IN_UNION))
			die("prove: %s and %s are members of a union, which is not proved here: name two fields outside of it",
			    clean(args[1]), clean(args[2]));
		pair[0] = a;
		pair[1] = b;
		return r;
	}
	die("prove: %s has no fields %s and %s; see racybits explain %s", clean(args[0]),
	    clean(args[1]), clean(args[2]), clean(args[0]));
}

static bool loaded(const struct options *o, const struct program *p)
{
	asked_require(p, o->args[0], NULL);
	return true;
}

static const bool *asked(const struct options *o, const struct program *p, struct arena *a)
{
	return asked_records(p, o->args[0], a);
}

int command_prove(const struct options *given)
{
	struct options watched = *given, *o = &watched;
	struct kernel_tree tree;
	struct analysis an;
	const struct record *r;
	struct output out;
	uint32_t pair[2];
	int status;

	if (o->nargs < 3)
		die("prove: which struct and which two fields? see racybits prove --help");
	asked_check("prove", o->args[0]);
	o->loaded = loaded;
	o->asked = asked;
	kerneltree_open(&tree, o->kdir, o->objdir);
	analysis_make(&an, o, o->args + 3, o->nargs - 3);
	analysis_warn_failed(&an.program);
	r = pair_find(&an.program, o->args, pair);
	output_open(&out, o->output);
	prove_write(out.f, &an.program, r, pair, tree.kdir);
	output_commit(&out);
	status = an.program.nfailed ? 2 : 0;
	analysis_free(&an);
	kerneltree_close(&tree);
	return status;
}
