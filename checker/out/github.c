// SPDX-License-Identifier: GPL-2.0-only
/* github.c - the report as annotations of a GitHub workflow. */
#include "clean.h"
#include "finding.h"
#include "github.h"
#include "memstream.h"
#include "text.h"

/* Escapes as actions/toolkit does: `property` is true before the "::" that ends the command. */
static void github_put(FILE *f, const char *s, bool property)
{
	for (; *s; s++) {
		if (strchr("%\r\n", *s) || (property && strchr(":,", *s)))
			fprintf(f, "%%%02X", (unsigned char)*s);
		else
			fputc(*s, f);
	}
}

static void github_message(FILE *f, struct memstream *message)
{
	char *text = memstream_close(message);
	size_t n;

	for (n = strlen(text); n && text[n - 1] == '\n';)
		text[--n] = '\0';
	github_put(f, text, false);
	fputc('\n', f);
	free(text);
}

static void github_head(FILE *f, const char *command, const char *file)
{
	fprintf(f, "::%s file=", command);
	github_put(f, clean(file), true);
}

static void github_unit(FILE *f, const struct program *p, const struct unit_verdict *u, bool known)
{
	const struct loc *at = unit_loc(u);
	struct memstream message;
	FILE *m = memstream_open(&message);

	github_head(f, known ? "notice" : "warning", str_get(at->file));
	fprintf(f, ",line=%u,col=%u,title=racy-bitfield::", at->line, at->col);
	text_unit(m, p, u);
	github_message(f, &message);
}

void github_report(FILE *f, const struct program *p, const struct out_options *o)
{
	size_t i;

	for (i = 0; i < p->nverdicts; i++)
		if (unit_is_finding(&p->verdicts[i]))
			github_unit(f, p, &p->verdicts[i], unit_state(o, i) == BASELINE_UNCHANGED);
	for (i = 0; i < p->nfailed; i++) {
		github_head(f, "error", p->failed[i].file);
		fputs(",title=not analysed::", f);
		github_put(f, clean(p->failed[i].reason), false);
		fputc('\n', f);
	}
}
