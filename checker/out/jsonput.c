// SPDX-License-Identifier: GPL-2.0-only
/* jsonput.c - building JSON values: jansson with one way to fail. */
#include "clean.h"
#include "jsonput.h"

void json_put(json_t *object, const char *key, json_t *value)
{
	if (json_object_set_new(object, key, value))
		die("out of memory");
}

void json_add(json_t *array, json_t *value)
{
	if (json_array_append_new(array, value))
		die("out of memory");
}

json_t *json_text(const char *s)
{
	return json_string(clean(s));
}

json_t *json_text_or_null(const char *s)
{
	return s && *s ? json_text(s) : json_null();
}

void json_print(FILE *f, json_t *root)
{
	json_dumpf(root, f, JSON_PRESERVE_ORDER | JSON_INDENT(1));
	fputc('\n', f);
	json_decref(root);
}
