// SPDX-License-Identifier: GPL-2.0-only
/* recipients.c - who gets a patch. */
#include "base/maintainers.h"
#include "files.h"
#include "recipients.h"

/* Adds "--to=ADDRESS" or "--cc=ADDRESS" unless the address has one of them. */
static void add_recipient(struct args *to, const char *header, const char *address)
{
	size_t i;

	for (i = 0; i < to->n; i++)
		if (!strcmp(to->v[i] + strlen("--to="), address))
			return;
	args_add(to, "--%s=%s", header, address);
}

/* Adds --HEADER=ADDRESS for each address that get_maintainer.pl prints with the options. */
static void add_addresses(const struct fix_series *s, struct patch *patch, const char *header,
			  const char *const *options, const char *excerpt)
{
	char *line, *save;
	struct args args = { 0 };
	struct result r;
	size_t i;

	args_add(&args, "perl");
	args_add(&args, "scripts/get_maintainer.pl");
	args_add(&args, "--nogit");
	args_add(&args, "--nogit-fallback");
	args_add(&args, "--norolestats");
	if (excerpt)
		args_add(&args, "--maintainer-path=%s", excerpt);
	for (i = 0; options[i]; i++)
		args_add(&args, "%s", options[i]);
	args_add(&args, "-f");
	for (i = 0; i < patch->nfiles; i++)
		args_add(&args, "%s", patch->files[i].file);
	process_run(&r, s->o->kdir, &args);
	for (line = r.status ? NULL : strtok_r(r.out, "\n", &save); line;
	     line = strtok_r(NULL, "\n", &save))
		add_recipient(&patch->recipients, header, line);
	result_free(&r);
	args_free(&args);
}

/* Writes what the script has to read of MAINTAINERS to a file; its path, or NULL: the script reads all of it. */
static char *excerpt_write(const struct fix_series *s, const struct patch *patch,
			   const char *script)
{
	char *path = xasprintf("%s/MAINTAINERS", s->o->kdir), *text = read_file(path, NULL), *part;
	const char **files = xcalloc(patch->nfiles + 1, sizeof(*files));
	size_t i;

	free(path);
	path = NULL;
	for (i = 0; i < patch->nfiles; i++)
		files[i] = patch->files[i].file;
	if (text && strstr(script, "maintainer-path=")) {
		part = maintainers_excerpt(text, files, patch->nfiles);
		path = xasprintf("%s/MAINTAINERS", s->scratch);
		file_replace(path, part);
		free(part);
	}
	free(files);
	free(text);
	return path;
}

/* Fills in patch->recipients. */
static void recipients_find(const struct fix_series *s, struct patch *patch)
{
	static const char *const people[] = { "--nol", "--nor", NULL };
	static const char *const others[] = { "--nom", NULL };
	char *path = xasprintf("%s/scripts/get_maintainer.pl", s->o->kdir),
	     *script = read_file(path, NULL), *excerpt;

	free(path);
	if (!script)
		return;
	excerpt = excerpt_write(s, patch, script);
	add_addresses(s, patch, "to", people, excerpt);
	add_addresses(s, patch, "cc", others, excerpt);
	free(excerpt);
	free(script);
}

void recipients_add(const struct fix_series *s, struct patch *patch, struct args *args)
{
	size_t i;

	if (!patch->recipients.n)
		recipients_find(s, patch);
	for (i = 0; i < patch->recipients.n; i++) {
		const char *to = patch->recipients.v[i];

		add_recipient(args, strncmp(to, "--to", 4) ? "cc" : "to", to + strlen("--to="));
	}
}
