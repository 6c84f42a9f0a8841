// SPDX-License-Identifier: GPL-2.0-only
/* cmd_explain.c - `racybits explain`: the storage units of a struct and every write to them. */
#include "analysis.h"
#include "commands.h"
#include "out/asked.h"
#include "out/explain.h"

static void loaded(const struct options *o, const struct program *p)
{
	asked_require(p, o->args[0]);
}

int command_explain(const struct options *given)
{
	struct options watched = *given, *o = &watched;
	struct analysis an;
	struct output out;
	unsigned int findings;
	int status;

	if (!o->nargs)
		die("explain: which struct? see racybits explain --help");
	asked_check("explain", o->args[0]);
	o->loaded = loaded;
	analysis_make(&an, o, o->args + 1, o->nargs - 1);
	analysis_warn_failed(&an.program);
	output_open(&out, o->output);
	findings = explain_report(out.f, &an.program, o->args[0]);
	output_commit(&out);
	status = analysis_status(&an.program, findings);
	analysis_free(&an);
	return status;
}
