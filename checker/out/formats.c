// SPDX-License-Identifier: GPL-2.0-only
/* formats.c - the table of report formats. */
#include "cocci.h"
#include "formats.h"
#include "github.h"
#include "gitlab.h"
#include "html.h"
#include "json.h"
#include "json1.h"
#include "sarif.h"
#include "text.h"
#include "zeroday.h"

static const struct {
	const char *name;
	report_fn *report;
} reports[] = {
	{ "text", text_report },     { "json", json_report },	 { "json1", json1_report },
	{ "sarif", sarif_report },   { "html", html_report },	 { "gitlab", gitlab_report },
	{ "github", github_report }, { "0day", zeroday_report }, { "cocci", cocci_report },
};

const char report_names[] = "text|json|json1|sarif|html|gitlab|github|0day|cocci";

report_fn *report_find(const char *name)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(reports); i++)
		if (!strcmp(reports[i].name, name))
			return reports[i].report;
	return NULL;
}
