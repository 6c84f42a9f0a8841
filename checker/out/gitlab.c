// SPDX-License-Identifier: GPL-2.0-only
/* gitlab.c - the report for GitLab's code quality widget. */
#include "finding.h"
#include "gitlab.h"
#include "jsonput.h"
#include "summary.h"

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
	struct memstream t;
	FILE *f = memstream_open(&t);

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
