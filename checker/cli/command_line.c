// SPDX-License-Identifier: GPL-2.0-only
/* command_line.c - the command that makes a report again. */
#include "base/names.h"
#include "command_line.h"
#include "out/memstream.h"

/* POSIX XCU 2.2.2: within single quotes nothing is special but their end. */
static void put_quoted(FILE *f, const char *word)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
				    "%+,-./:=@_";

	if (*word && !word[strspn(word, plain)]) {
		fputs(word, f);
		return;
	}
	fputc('\'', f);
	for (; *word; word++)
		fputs(*word == '\'' ? "'\\''" : (const char[]){ *word, '\0' }, f);
	fputc('\'', f);
}

static void put_option(FILE *f, const char *option, const char *value)
{
	if (!value)
		return;
	fprintf(f, " %s", option);
	put_quoted(f, value);
}

char *command_line(const struct options *o, const char *kdir)
{
	struct memstream t;
	FILE *f = memstream_open(&t);
	size_t i;

	fputs("racybits check", f);
	put_option(f, "-k ", kdir);
	put_option(f, "-O ", o->objdir);
	if (o->strict)
		fputs(" --policy=strict", f);
	if (o->out.all)
		fputs(" --all", f);
	else if (o->confidence != CONF_MEDIUM)
		fprintf(f, " --confidence=%s", confidence_name(o->confidence));
	if (o->max)
		fprintf(f, " --max=%u", o->max);
	put_option(f, "--baseline=", o->baseline);
	for (i = 0; i < o->nmodels; i++)
		put_option(f, "--model=", o->models[i]);
	for (i = 0; i < o->nargs; i++)
		put_option(f, "", o->args[i]);
	return memstream_close(&t);
}
