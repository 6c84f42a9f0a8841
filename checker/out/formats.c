// SPDX-License-Identifier: GPL-2.0-only
/* formats.c - the formats that need little: for GitLab, GitHub, the 0-day robot, coccicheck. */
#include "jsonput.h"

static const struct {
	const char *name;
	report_fn *report;
} reports[] = {
	{ "text", text_report },    { "json", json_report },	 { "sarif", sarif_report },
	{ "html", html_report },    { "gitlab", gitlab_report }, { "github", github_report },
	{ "0day", zeroday_report }, { "cocci", cocci_report },
};

const char report_names[] = "text|json|sarif|html|gitlab|github|0day|cocci";

report_fn *report_find(const char *name)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(reports); i++)
		if (!strcmp(reports[i].name, name))
			return reports[i].report;
	return NULL;
}

/* --- GitLab: "Code Quality report format" of its documentation */

static const char *gitlab_severity(const struct unit_verdict *u)
{
	static const char *const names[] = {
		[CONF_LOW] = "minor",
		[CONF_MEDIUM] = "major",
		[CONF_HIGH] = "critical",
	};

	return u->verdict == VERDICT_RACY ? names[u->confidence] : "info";
}

static json_t *gitlab_issue(const struct unit_verdict *u)
{
	json_t *issue = json_object(), *location = json_object(), *lines = json_object();
	const struct loc *at = unit_loc(u);
	char hash[17];
	struct text t;
	FILE *f = text_open(&t);

	put_summary(f, u);
	snprintf(hash, sizeof(hash), "%016llx", (unsigned long long)unit_fingerprint(u));
	json_put(issue, "description", json_stream(&t));
	json_put(issue, "check_name", json_text("racy-bitfield"));
	json_put(issue, "fingerprint", json_text(hash));
	json_put(issue, "severity", json_text(gitlab_severity(u)));
	json_put(location, "path", json_text(str_get(at->file)));
	json_put(lines, "begin", json_integer(at->line));
	json_put(location, "lines", lines);
	json_put(issue, "location", location);
	return issue;
}

void gitlab_report(FILE *f, const struct program *p, const struct out_options *o)
{
	json_t *issues = json_array();
	size_t i;

	(void)o;
	for (i = 0; i < p->nverdicts; i++)
		if (unit_is_finding(&p->verdicts[i]) || p->verdicts[i].verdict == VERDICT_UNKNOWN)
			json_add(issues, gitlab_issue(&p->verdicts[i]));
	json_print(f, issues);
}

/* --- GitHub: "Workflow commands for GitHub Actions" of its documentation */

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

static void github_message(FILE *f, struct text *message)
{
	char *text = text_close(message);
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
	struct text message;
	FILE *m = text_open(&message);

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

/* --- the 0-day robot */

#define ZERODAY_LINES 3 /* of the source, before and after the one meant */

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
	struct text unit;
	bool first = !known;

	text_unit(text_open(&unit), p, u);
	text = text_close(&unit);
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

/* --- coccicheck */

static void cocci_conflict(FILE *f, const struct unit_verdict *u, const struct witnesses *w,
			   uint32_t i)
{
	const struct conflict *c = &w->conflicts[i];
	const struct field *a = u->fields[c->a].field, *b = u->fields[c->b].field;
	const struct loc *at = &u->writes[c->write_a].loc, *other = &u->writes[c->write_b].loc;
	uint32_t col = a->loc.col ? a->loc.col - 1 : 0;

	fprintf(f, "%s:%u:%u-%u: WARNING: stores to bitfields '%s' (%s:%u) and '%s' (%s:%u)",
		clean_str(a->loc.file), a->loc.line, col, col + (uint32_t)strlen(str_get(a->name)),
		clean_str(a->name), clean_str(at->file), at->line, clean_str(b->name),
		clean_str(other->file), other->line);
	fputs(" may run at once and lose an update: ", f);
	put_reason(f, &u->writes[c->write_a], "the first", &u->writes[c->write_b], "the second");
	fputc('\n', f);
}

void cocci_report(FILE *f, const struct program *p, const struct out_options *o)
{
	struct witnesses w;
	uint32_t i;
	size_t n;

	(void)o;
	for (n = 0; n < p->nverdicts; n++) {
		const struct unit_verdict *u = &p->verdicts[n];

		if (!unit_is_finding(u))
			continue;
		witnesses_init(&w, u);
		for (i = 0; i < u->nconflicts; i++)
			cocci_conflict(f, u, &w, i);
		witnesses_free(&w);
	}
}
