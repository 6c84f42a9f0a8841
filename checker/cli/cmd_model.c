// SPDX-License-Identifier: GPL-2.0-only
/* cmd_model.c - racybits model: the rules that the model files state, and which of them are of use. */
#include "analysis.h"
#include "commands.h"
#include "datafile.h"
#include "kernel/model_grammar.h"
#include "kernel/model_print.h"

/* "FILE:LINE: statement", one rule a line */
static void print_rule(FILE *out, enum model_statement s, const struct model_rule *r)
{
	fprintf(out, "%s:%u: ", str_get(r->file), r->line);
	rule_print(out, s, r);
	fputc('\n', out);
}

static void list_rules(FILE *out, const struct options *o)
{
	struct linux_model m = { 0 };
	const struct model_rule *r;
	size_t s;

	models_read(&m, o);
	for (s = 0; s < MODEL_STATEMENTS; s++)
		for (r = model_first(&m, s); r; r = model_next(r))
			print_rule(out, s, r);
	model_free(&m);
}

/* The rules that no look-up of the analysis found; those that fix alone asks for are left out. */
static void list_unused(FILE *out, const struct linux_model *m)
{
	size_t s, rules = 0, unused = 0;
	const struct model_rule *r;

	for (s = 0; s < MODEL_STATEMENTS; s++)
		for (r = model_first(m, s); r && !statement_is_for_fix(s); r = model_next(r)) {
			rules++;
			if (r->used)
				continue;
			unused++;
			print_rule(out, s, r);
		}
	warn("%zu of %zu rules name nothing that was analysed", unused, rules);
}

int command_model(const struct options *o)
{
	struct analysis an;
	struct output out;
	int status = 0;

	if (o->grammar && o->unused)
		die("--grammar and --unused exclude each other");
	if (o->nargs && !o->unused)
		die("model: PATHs are for --unused; see racybits model --help");
	output_open(&out, o->output);
	if (o->grammar) {
		grammar_print(out.f);
	} else if (!o->unused) {
		list_rules(out.f, o);
	} else {
		analysis_make(&an, o, o->args, o->nargs);
		analysis_warn_failed(&an.program);
		list_unused(out.f, &an.model);
		status = an.program.nfailed ? 2 : 0;
		analysis_free(&an);
	}
	output_commit(&out);
	return status;
}
