// SPDX-License-Identifier: GPL-2.0-only
/* zeroday.c - the report as the 0-day robot mails it. */
#include "clean.h"
#include "finding.h"
#include "memstream.h"
#include "source_line.h"
#include "text.h"
#include "zeroday.h"

#define ZERODAY_LINES 3 /* of source shown before and after the line of the finding */

static void zeroday_source(FILE *f, const struct loc *at, const char *kdir)
{
	uint32_t line = at->line > ZERODAY_LINES ? at->line - ZERODAY_LINES : 1;
	const char *text;

	if (!source_line(kdir, at->file, at->line))
		return;
	fprintf(f, "\nvim +%u %s\n\n", at->line, clean_str(at->file));
	for (; line <= at->line + ZERODAY_LINES; line++) {
		text = source_line(kdir, at->file, line);
		if (text)
			fprintf(f, "%s%6u  %s\n", line == at->line ? "  >" : "   ", line, text);
	}
}

static void zeroday_unit(FILE *f, const struct program *p, const struct unit_verdict *u, bool known)
{
	char *text, *line, *rest;
	struct memstream unit;
	bool first = !known;

	text_unit(memstream_open(&unit), p, u);
	text = memstream_close(&unit);
	for (line = strtok_r(text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
		fprintf(f, "%s %s\n", first ? ">>" : "  ", line);
		first = false;
	}
	free(text);
}

void zeroday_report(FILE *f, const struct program *p, const struct out_options *o)
{
	unsigned int n = 0;
	size_t i;

	for (i = 0; i < p->nverdicts; i++) {
		const struct unit_verdict *u = &p->verdicts[i];
		bool known = unit_state(o, i) == BASELINE_UNCHANGED;

		if (!unit_is_finding(u))
			continue;
		if (n++)
			fputc('\n', f);
		zeroday_unit(f, p, u, known);
		if (!known)
			zeroday_source(f, unit_loc(u), o->kdir);
	}
}
