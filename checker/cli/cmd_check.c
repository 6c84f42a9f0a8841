// SPDX-License-Identifier: GPL-2.0-only
/* cmd_check.c - `racybits check`: analyse a tree or a part of it, and report. */
#include "analysis.h"
#include "command_line.h"
#include "commands.h"
#include "findings.h"
#include "headers.h"
#include "out/finding.h"
#include "out/html.h"
#include "out/limits_met.h"
#include "out/summary_table.h"
#include "out/text.h"
#include "series/baseline.h"

static unsigned int count_verdicts(const struct program *p, enum verdict verdict)
{
	unsigned int n = 0;
	size_t i;

	for (i = 0; i < p->nverdicts; i++)
		n += p->verdicts[i].verdict == verdict;
	return n;
}

static unsigned int count_sure(const struct program *p, enum confidence confidence)
{
	unsigned int n = 0;
	size_t i;

	for (i = 0; i < p->nverdicts; i++)
		n += p->verdicts[i].verdict == VERDICT_RACY &&
		     p->verdicts[i].confidence == confidence;
	return n;
}

/* Marks the findings that are less sure than `least`: reports for people leave them out. */
static void hide_unsure(struct program *p, uint32_t least)
{
	size_t i;

	for (i = 0; i < p->nverdicts; i++)
		p->verdicts[i].hidden = p->verdicts[i].verdict == VERDICT_RACY &&
					p->verdicts[i].confidence < least;
}

static void warn_figures(const struct program *p)
{
	char *met = limits_met(p);

	warn("%u racy (confidence: %u high, %u medium, %u low), %u serialized, %u stable, %u unknown units; %u translation units, %u parsed now, %u failed; %u indirect calls unresolved; %.1f s%s%s",
	     count_verdicts(p, VERDICT_RACY), count_sure(p, CONF_HIGH), count_sure(p, CONF_MEDIUM),
	     count_sure(p, CONF_LOW), count_verdicts(p, VERDICT_SERIALIZED),
	     count_verdicts(p, VERDICT_STABLE), count_verdicts(p, VERDICT_UNKNOWN), p->stats.tus,
	     p->stats.tus - p->stats.reused, p->stats.failed, p->stats.calls_unresolved,
	     p->stats.seconds, met ? "; limits met: " : "", met ? met : "");
	free(met);
}

/* Counts the findings that the baseline does not have. */
static unsigned int count_findings(const struct program *p, const struct out_options *o)
{
	unsigned int n = 0;
	size_t i;

	for (i = 0; i < p->nverdicts; i++)
		n += unit_is_finding(&p->verdicts[i]) && unit_state(o, i) != BASELINE_UNCHANGED;
	return n;
}

static void write_baseline(const char *path, const struct program *p)
{
	struct baseline *b = baseline_of(p, CONF_LOW);
	struct output out;

	output_open(&out, path);
	baseline_write(out.f, b);
	output_commit(&out);
	baseline_free(b);
}

static void write_report(const char *path, report_fn *report, const struct program *p,
			 const struct out_options *shown)
{
	struct output out;

	output_open(&out, path);
	report(out.f, p, shown);
	output_commit(&out);
}

int command_check(const struct options *given)
{
	struct options judged = *given, *o = &judged;
	struct out_options shown = o->out;
	struct args headers = { 0 };
	struct baseline *known;
	struct analysis an;
	uint8_t *states = NULL;
	char *command;
	unsigned int findings;
	int status;

	if (o->shards)
		return command_shard(o);
	if (o->summary && o->report != text_report)
		die("--summary is a table of its own: without --format");
	o->shown = true;
	known = o->baseline ? baseline_read(o->baseline) : NULL;
	if (headers_asked(o, &headers)) {
		analysis_make(&an, o, NULL, 0);
		headers_keep(&an.program, &headers);
	} else {
		analysis_make(&an, o, o->args, o->nargs);
	}
	if (known) {
		states = baseline_states(known, &an.program, CONF_LOW);
		baseline_free(known);
	}
	shown.states = states;
	if (!shown.all)
		hide_unsure(&an.program, o->confidence);
	shown.kdir = an.kdir;
	shown.config = an.config;
	shown.command = command = command_line(o, an.kdir);
	findings = count_findings(&an.program, &shown);
	findings_limit(&an.program, &shown, o->max);
	write_report(o->output, o->summary ? summary_table_report : o->report, &an.program, &shown);
	if (o->html)
		write_report(o->html, html_report, &an.program, &shown);
	if (o->write_baseline)
		write_baseline(o->write_baseline, &an.program);
	analysis_warn_failed(&an.program);
	warn_figures(&an.program);
	status = analysis_status(&an.program, findings);
	free(states);
	free(command);
	args_free(&headers);
	analysis_free(&an);
	return status;
}
