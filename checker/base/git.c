// SPDX-License-Identifier: GPL-2.0-only
/* git.c - git commands on a repository that is not ours, and on one that is. */
#include "git.h"

char *plain_line(const char *text)
{
	size_t i, n = strcspn(text, "\n");
	char *line = xasprintf("%.*s", (int)(n < 300 ? n : 300), text);

	for (i = 0; line[i]; i++)
		if ((unsigned char)line[i] < ' ' || line[i] == 0x7f)
			line[i] = '?';
	return line;
}

static void add_setting(struct git *g, const char *key, const char *value)
{
	args_add(&g->settings, "-c");
	args_add(&g->settings, "%s=%s", key, value);
}

/*
 * Turns off filters (gitattributes(5)), which git runs on files of the work tree to compare them.  Each
 * has a name of its own.  An empty command is none; one that is required must not be.
 */
static void filters_turn_off(struct git *g)
{
	static const char programs[] = "^filter\\..*\\.(clean|smudge|process|required)$";
	const char *key, *end;
	struct args args;
	struct result r;

	git_args(g, &args, "config");
	args_add(&args, "--name-only");
	args_add(&args, "-z");
	args_add(&args, "--get-regexp");
	args_add(&args, "%s", programs);
	git_run(&r, &args);
	end = r.out + r.bytes;
	for (key = r.out; key < end; key += strlen(key) + 1) {
		/* git splits "-c KEY=VALUE" at the first '='. */
		if (strchr(key, '='))
			die("%s: cannot turn off %s of git's configuration", g->dir,
			    plain_line(key));
		add_setting(g, key, name_ends_in(key, ".required") ? "false" : "");
	}
	result_free(&r);
}

void git_open(struct git *g, const char *dir)
{
	*g = (struct git){ .dir = dir };
	setenv("GIT_OPTIONAL_LOCKS", "0", 1);
	setenv("GIT_TERMINAL_PROMPT", "0", 1);
	/* A partial clone would fetch what is missing (git 2.44; before, the protocol is refused). */
	setenv("GIT_NO_LAZY_FETCH", "1", 1);
	add_setting(g, "protocol.allow", "never");
	add_setting(g, "core.fsmonitor", "false");
	add_setting(g, "core.hooksPath", "/dev/null");
	add_setting(g, "core.untrackedCache", "false");
	add_setting(g, "core.splitIndex", "false");
	add_setting(g, "gc.auto", "0");
	add_setting(g, "log.showSignature", "false");
	filters_turn_off(g);
}

void git_open_own(struct git *g, const char *dir, const char *author, const char *email)
{
	*g = (struct git){ .dir = dir, .own = true };
	add_setting(g, "user.name", author);
	add_setting(g, "user.email", email);
	add_setting(g, "core.hooksPath", "/dev/null");
	add_setting(g, "commit.gpgSign", "false");
	add_setting(g, "gc.auto", "0");
}

void git_close(struct git *g)
{
	args_free(&g->settings);
}

bool git_is_top(const struct git *g)
{
	struct args args;
	struct result r;
	bool top;

	git_args(g, &args, "rev-parse");
	args_add(&args, "--show-prefix");
	git_run(&r, &args);
	top = !r.status && (!*r.out || *r.out == '\n');
	result_free(&r);
	return top;
}

void git_args(const struct git *g, struct args *args, const char *command)
{
	size_t i;

	*args = (struct args){ 0 };
	if (g->own) {
		args_add(args, "env");
		args_add(args, "GIT_CONFIG_NOSYSTEM=1");
		args_add(args, "GIT_CONFIG_GLOBAL=/dev/null");
	}
	args_add(args, "git");
	args_add(args, "-C");
	args_add(args, "%s", g->dir);
	args_add(args, "--no-pager");
	for (i = 0; i < g->settings.n; i++)
		args_add(args, "%s", g->settings.v[i]);
	args_add(args, "%s", command);
}

void git_run(struct result *r, struct args *args)
{
	process_run(r, NULL, args);
	if (r->status == 127)
		die("%s; install git", result_last_line(r));
	args_free(args);
}

void git_must(struct result *r, struct args *args, const char *what)
{
	git_run(r, args);
	if (r->status)
		die("cannot %s: %s", what, plain_line(result_error(r)));
}

char *git_line(struct args *args)
{
	struct result r;
	char *line = NULL;

	git_run(&r, args);
	r.out[strcspn(r.out, "\n")] = '\0';
	if (!r.status && *r.out)
		line = xstrdup(r.out);
	result_free(&r);
	return line;
}
