// SPDX-License-Identifier: GPL-2.0-only
/* model_read.c - reading model files. */
#include "model_grammar.h"
#include "model_parse.h"
#include "model_parse_rules.h"
#include "model_read.h"

static void (*const parsers[])(struct parser *p) = {
#define SHAPE(id, parse, syntax) [SHAPE_##id] = parse,
#include "shapes.def"
#undef SHAPE
};

static void statement_parse(struct parser *p)
{
	const char *keyword = word_next(&p->w);

	if (!statement_find(keyword, &p->statement))
		word_refuse(&p->w, "a statement (lock, slot, alloc ...)", keyword);
	p->subject = statement_expects(p->statement);
	parsers[statement_shape(p->statement)](p);
}

static void file_parse(struct linux_model *m, const char *path)
{
	struct parser p = { .m = m };
	size_t bytes;
	char *text = read_file(path, &bytes);

	if (!text)
		die("cannot read model file %s:", path);
	if (strlen(text) != bytes)
		die("%s: not a model file: it has a NUL byte", path);
	words_begin(&p.w, path, text);
	while (words_statement(&p.w))
		statement_parse(&p);
	words_end(&p.w);
	free(text);
}

void model_read(struct linux_model *m, const char *const *paths, size_t n)
{
	size_t i;

	m->nsources++;
	for (i = 0; i < n; i++)
		file_parse(m, paths[i]);
}

/* --- the default files */

static const char *const default_names[] = {
#include "models.inc" /* made by the Makefile: "block.model", ... */
};

const char *model_default_name(void)
{
	return default_names[0];
}

void model_read_default(struct linux_model *m, const char *dir)
{
	char *paths[ARRAY_SIZE(default_names)];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(paths); i++)
		paths[i] = xasprintf("%s/%s", dir, default_names[i]);
	model_read(m, (const char *const *)paths, ARRAY_SIZE(paths));
	for (i = 0; i < ARRAY_SIZE(paths); i++)
		free(paths[i]);
}
