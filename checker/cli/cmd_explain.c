// SPDX-License-Identifier: GPL-2.0-only
/* cmd_explain.c - `racybits explain`: the storage units of a struct and every write to them. */
#include "analysis.h"
#include "commands.h"
#include "out/explain.h"

int command_explain(const struct options *o)
{
	struct analysis an;
	struct output out;
	unsigned int findings;
	int status;

	if (!o->nargs)
		die("explain: which struct? see racybits explain --help");
	analysis_make(&an, o, o->args + 1, o->nargs - 1);
	analysis_warn_failed(&an.program);
	explain_require(&an.program, o->args[0]);
	output_open(&out, o->output);
	findings = explain_report(out.f, &an.program, o->args[0]);
	output_commit(&out);
	status = analysis_status(&an.program, findings);
	analysis_free(&an);
	return status;
}
