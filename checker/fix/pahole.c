// SPDX-License-Identifier: GPL-2.0-only
/* pahole.c - the layout that a compiler made, as pahole prints it, compared with the planned one. */
#include <ctype.h>

#include "base/process.h"
#include "pahole.h"

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/* The line of pahole's output, at one tab of indentation, that declares the member; or NULL. */
static const char *member_line(const char *text, const char *name)
{
	size_t n = strlen(name);
	const char *at, *line;

	for (at = strstr(text, name); at; at = strstr(at + 1, name)) {
		if (is_word(at[-1]) || is_word(at[n]) || !strchr(";:[ )", at[n]))
			continue;
		for (line = at; line > text && line[-1] != '\n'; line--)
			;
		if (line[0] == '\t' && line[1] != '\t' && line[1] != '}' && line[1] != '/')
			return line;
	}
	return NULL;
}

/* Reads the offset in bits from the comment BYTE[:BIT] SIZE at the end of a line; false: there is none. */
static bool line_offset(const char *line, uint64_t *bits)
{
	const char *end = line + strcspn(line, "\n"), *comment = NULL, *at;
	char *colon;

	for (at = line; (at = strstr(at, "/*")) && at < end; at++)
		comment = at;
	if (!comment)
		return false;
	*bits = strtoul(comment + 2, &colon, 10) * 8;
	if (*colon == ':')
		*bits += strtoul(colon + 1, NULL, 10);
	return colon != comment + 2;
}

static const char *compare(const struct fix_plan *plan, const char *text, struct arena *a)
{
	/* that of the record itself: of clang, pahole prints the types of anonymous members within it */
	static const char head[] = "\n\t/* size: ";
	const char *wrong = "", *size = strstr(text, head), *line;
	uint64_t bits;
	uint32_t i;

	size = size ? size + strlen(head) : NULL;
	if (!size || strtoull(size, NULL, 10) != plan->bytes)
		wrong = arena_printf(a, "sizeof is %.*s, planned %llu\n",
				     size ? (int)strcspn(size, ",\n") : 7, size ? size : "unknown",
				     (unsigned long long)plan->bytes);
	for (i = 0; i < plan->record->nfields; i++) {
		const struct field *f = &plan->record->fields[i];

		line = f->name && !f->group ? member_line(text, str_get(f->name)) : NULL;
		if (line && line_offset(line, &bits) && bits != plan->offsets[i])
			wrong = arena_printf(a, "%s%s is at bit %llu, planned %llu\n", wrong,
					     str_get(f->name), (unsigned long long)bits,
					     (unsigned long long)plan->offsets[i]);
	}
	return *wrong ? wrong : NULL;
}

const char *pahole_compare(const struct fix_plan *plan, const char *object, bool *found,
			   struct arena *a)
{
	const char *wrong = NULL;
	struct args args = { 0 };
	struct result r;

	args_add(&args, "pahole");
	args_add(&args, "-F");
	args_add(&args, "dwarf");
	args_add(&args, "-C");
	args_add(&args, "%s", str_get(plan->record->name));
	args_add(&args, "%s", object);
	process_run(&r, NULL, &args);
	/* the last line of a record; pahole 1.30 exits with 1 though it has printed all of it */
	*found = strstr(r.out, "/* size: ");
	if (*found)
		wrong = compare(plan, r.out, a);
	result_free(&r);
	args_free(&args);
	return wrong;
}
