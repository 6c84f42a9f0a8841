// SPDX-License-Identifier: GPL-2.0-only
/* smpl_apply.c - let spatch apply a script, and compare with the plan. */
#include <unistd.h>

#include "base/process.h"
#include "decl.h"
#include "smpl_apply.h"

/* Offset behind white space and, unless they count, comments. */
static size_t skip_space(const char *text, size_t at, bool comments)
{
	size_t next;

	for (;; at = next) {
		next = at + strspn(text + at, " \t\n");
		if (!comments && text[next] == '/')
			next = skip_literal(text, next);
		if (next == at)
			return at;
	}
}

bool words_equal(const char *a, const char *b, bool comments)
{
	size_t i = skip_space(a, 0, comments), j = skip_space(b, 0, comments);

	while (a[i] && a[i] == b[j]) {
		i = skip_space(a, i + 1, comments);
		j = skip_space(b, j + 1, comments);
	}
	return a[i] == b[j];
}

enum smpl_result smpl_apply(const char *cocci, const char *path, const char *planned,
			    const char *scratch, char **said)
{
	char *result = xasprintf("%s/spatch.out", scratch), *text;
	enum smpl_result same = SMPL_DIFFERS;
	struct args args = { 0 };
	struct result r;

	unlink(result);
	args_add(&args, "spatch");
	args_add(&args, "--very-quiet");
	args_add(&args, "--sp-file");
	args_add(&args, "%s", cocci);
	args_add(&args, "-D");
	args_add(&args, "patch");
	args_add(&args, "--no-includes");
	args_add(&args, "--smpl-spacing");
	/* The words of a file tell whether it is worth trying: this one is, and to find them may take most of the time. */
	args_add(&args, "--disable-worth-trying-opt");
	args_add(&args, "%s", path);
	args_add(&args, "-o");
	args_add(&args, "%s", result);
	process_run(&r, scratch, &args);
	if (r.status == 127)
		die("%s: install coccinelle", result_last_line(&r));
	if (r.status && !strstr(r.err, "parse error"))
		die("spatch failed on %s: %s", cocci, result_error(&r));
	*said = r.status ? xstrdup(result_error(&r)) : NULL;
	text = read_file(result, NULL);
	if (text && words_equal(text, planned, true))
		same = SMPL_SAME;
	else if (text && words_equal(text, planned, false))
		same = SMPL_COMMENTS;
	free(text);
	result_free(&r);
	args_free(&args);
	free(result);
	return same;
}
