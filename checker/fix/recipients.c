// SPDX-License-Identifier: GPL-2.0-only
/* recipients.c - who gets a patch. */
#include <unistd.h>

#include "recipients.h"

/* Adds --HEADER=ADDRESS for each address that get_maintainer.pl prints with the options. */
static void add_addresses(struct fix_series *s, const struct patch *patch, const char *header,
			  const char *const *options, struct args *to)
{
	char *line, *save;
	struct args args = { 0 };
	struct result r;
	size_t i, j;

	args_add(&args, "perl");
	args_add(&args, "scripts/get_maintainer.pl");
	args_add(&args, "--nogit");
	args_add(&args, "--nogit-fallback");
	args_add(&args, "--norolestats");
	for (i = 0; options[i]; i++)
		args_add(&args, "%s", options[i]);
	args_add(&args, "-f");
	for (j = 0; j < patch->nfiles; j++)
		args_add(&args, "%s", patch->files[j].file);
	process_run(&r, s->o->kdir, &args);
	for (line = r.status ? NULL : strtok_r(r.out, "\n", &save); line;
	     line = strtok_r(NULL, "\n", &save)) {
		for (i = 0; i < to->n && (strlen(to->v[i]) < 5 || strcmp(to->v[i] + 5, line)); i++)
			;
		if (i == to->n)
			args_add(to, "--%s=%s", header, line);
	}
	result_free(&r);
	args_free(&args);
}

void recipients_add(struct fix_series *s, const struct patch *patch, struct args *args)
{
	static const char *const people[] = { "--nol", "--nor", NULL };
	static const char *const others[] = { "--nom", NULL };
	char *script = xasprintf("%s/scripts/get_maintainer.pl", s->o->kdir);

	if (!access(script, R_OK)) {
		add_addresses(s, patch, "to", people, args);
		add_addresses(s, patch, "cc", others, args);
	}
	free(script);
}
