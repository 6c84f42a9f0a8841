// SPDX-License-Identifier: GPL-2.0-only
/* gitlab.c - the report for GitLab's code quality widget. */
#include "emit.h"
#include "finding.h"
#include "gitlab.h"
#include "summary.h"

static const char *const severities[] = {
	[CONF_LOW] = "minor",
	[CONF_MEDIUM] = "major",
	[CONF_HIGH] = "critical",
};

static void emit_issue(struct emitter *e, const struct unit_verdict *u)
{
	const struct loc *at = unit_loc(u);
	char hash[17];
	struct memstream t;

	put_summary(memstream_open(&t), u);
	snprintf(hash, sizeof(hash), "%016llx", (unsigned long long)unit_fingerprint(u));
	emit_object(e, NULL);
	emit_stream(e, "description", &t);
	emit_text(e, "check_name", "racy-bitfield");
	emit_text(e, "fingerprint", hash);
	emit_text(e, "severity", severities[u->confidence]);
	emit_object(e, "location");
	emit_text(e, "path", str_get(at->file));
	emit_object(e, "lines");
	emit_number(e, "begin", at->line);
	emit_end(e);
	emit_end(e);
	emit_end(e);
}

/* An issue is a finding: a unit that could not be judged is none. */
void gitlab_report(FILE *f, const struct program *p, const struct out_options *o)
{
	struct emitter e;
	size_t i;

	(void)o;
	emit_start(&e, f);
	emit_array(&e, NULL);
	for (i = 0; i < p->nverdicts; i++)
		if (unit_is_finding(&p->verdicts[i]))
			emit_issue(&e, &p->verdicts[i]);
	emit_end(&e);
}
