// SPDX-License-Identifier: GPL-2.0-only
/* cmd_explain.c - `racybits explain`: the storage units of a struct and every write to them. */
#include "analysis.h"
#include "commands.h"
#include "kept_answer.h"
#include "out/asked.h"
#include "out/explain.h"

static bool loaded(const struct options *o, const struct program *p)
{
	asked_require(p, o->args[0], NULL);
	return true;
}

static const bool *asked(const struct options *o, const struct program *p, struct arena *a)
{
	return asked_records(p, o->args[0], a);
}

/* Without PATHs what is kept of an earlier run answers at once, unless it is not to be used. */
static void analyse(struct analysis *an, const struct options *given)
{
	struct options o = *given;

	o.shown = true;
	o.asked = asked;
	o.loaded = loaded;
	if (o.nargs == 1 && !o.no_cache)
		kept_answer(an, &o);
	else
		analysis_make(an, &o, o.args + 1, o.nargs - 1);
}

int command_explain(const struct options *o)
{
	struct analysis an;
	struct output out;
	unsigned int findings;
	int status;

	if (!o->nargs)
		die("explain: which struct? see racybits explain --help");
	asked_check("explain", o->args[0]);
	analyse(&an, o);
	analysis_warn_failed(&an.program);
	output_open(&out, o->output);
	findings = explain_report(out.f, &an.program, o->args[0]);
	output_commit(&out);
	status = analysis_status(&an.program, findings);
	analysis_free(&an);
	return status;
}
