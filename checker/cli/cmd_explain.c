// SPDX-License-Identifier: GPL-2.0-only
/* cmd_explain.c - `racybits explain`: the storage units of a struct and every write to them. */
#include "analysis.h"
#include "commands.h"
#include "out/asked.h"
#include "out/explain.h"

static bool loaded(const struct options *o, const struct program *p)
{
	asked_require(p, o->args[0]);
	return true;
}

/* For facts of an earlier run on a part of the tree: there may be more. */
static bool is_there(const struct options *o, const struct program *p)
{
	return asked_is_known(p, o->args[0]);
}

static const bool *asked(const struct options *o, const struct program *p, struct arena *a)
{
	return asked_records(p, o->args[0], a);
}

/* Without PATHs, what is kept of an earlier run answers at once if it has the struct. */
static void analyse(struct analysis *an, const struct options *given)
{
	struct options o = *given;

	o.shown = true;
	o.asked = asked;
	o.loaded = is_there;
	if (o.nargs == 1 && analysis_make_kept(an, &o, loaded))
		return;
	o.loaded = loaded;
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
