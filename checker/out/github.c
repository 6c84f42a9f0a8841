// SPDX-License-Identifier: GPL-2.0-only
/* github.c - the report as annotations of a GitHub workflow. */
#include "base/names.h"
#include "argument.h"
#include "clean.h"
#include "finding.h"
#include "github.h"
#include "memstream.h"

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

/*
 * GitHub keeps 64 KB of a message and 255 characters of a title, and shows 10 annotations of a kind
 * for each step: the surest findings come first.
 */
enum { MESSAGE_BYTES = 4000, TITLE_BYTES = 200, SHOWN_BY_GITHUB = 10 };

/* Prints what `t` has, closed, up to `max` bytes and to the end of a character of UTF-8. */
static void github_stream(FILE *f, struct memstream *t, size_t max, bool property)
{
	char *text = memstream_close(t);
	size_t n = strlen(text);

	if (n > max) {
		for (n = max; n && (text[n] & 0xc0) == 0x80;)
			n--;
		text[n] = '\0';
	}
	github_put(f, text, property);
	if (n < t->bytes)
		fputs("...", f);
	free(text);
}

static void github_head(FILE *f, const char *command, const char *file)
{
	fprintf(f, "::%s file=", command);
	github_put(f, clean(file), true);
}

/* Why, and the two writers of the argument, a line each. */
static void put_message(FILE *f, const struct program *p, const struct unit_verdict *u)
{
	const struct conflict *c = unit_argument(u);
	uint32_t i;

	put_claimed_race(f, u, c);
	for (i = 1; i <= 2; i++) {
		const struct loc *at = &u->writes[i == 1 ? c->write_a : c->write_b].loc;

		fputc('\n', f);
		put_argument_writer(f, p, u, c, i);
		fprintf(f, ", %s:%u", clean_str(at->file), at->line);
	}
	fprintf(f, "\nconfidence %s; racybits explain %s shows more",
		confidence_name(u->confidence), clean_str(u->record->name));
}

static void github_unit(FILE *f, const struct program *p, const struct unit_verdict *u, bool known)
{
	const struct loc *at = unit_loc(u);
	struct memstream title, message;

	github_head(f, known ? "notice" : "warning", str_get(at->file));
	fprintf(f, ",line=%u,col=%u,title=", at->line, at->col);
	fprintf(memstream_open(&title), "racy bitfields of %s %s", record_keyword(u->record),
		clean_str(u->record->name));
	github_stream(f, &title, TITLE_BYTES, true);
	fputs("::", f);
	put_message(memstream_open(&message), p, u);
	github_stream(f, &message, MESSAGE_BYTES, false);
	fputc('\n', f);
}

static void github_failed(FILE *f, const struct failed_tu *failed)
{
	github_head(f, "error", failed->file);
	fputs(",title=not analysed::", f);
	github_put(f, clean(failed->reason), false);
	fputc('\n', f);
}

void github_report(FILE *f, const struct program *p, const struct out_options *o)
{
	uint32_t confidence, n = 0;
	size_t i;

	for (confidence = CONF_HIGH + 1; confidence-- > 0;)
		for (i = 0; i < p->nverdicts; i++) {
			const struct unit_verdict *u = &p->verdicts[i];
			bool known = unit_state(o, i) == BASELINE_UNCHANGED;

			if (!unit_is_finding(u) || u->confidence != confidence)
				continue;
			github_unit(f, p, u, known);
			n += !known;
		}
	for (i = 0; i < p->nfailed; i++)
		github_failed(f, &p->failed[i]);
	if (n > SHOWN_BY_GITHUB)
		fprintf(f,
			"::notice title=racybits::%u findings; GitHub shows %d of them, the log all\n",
			n, SHOWN_BY_GITHUB);
}
