/* SPDX-License-Identifier: GPL-2.0-only */
/* jsonput.h - JSON values from strings of the analysed source; dies when memory runs out. */
#ifndef RACYBITS_JSONPUT_H
#define RACYBITS_JSONPUT_H

#include <jansson.h>

#include "out.h"

/* Adds a value, which is then owned by the object or array. */
void json_put(json_t *object, const char *key, json_t *value);
void json_add(json_t *array, json_t *value);
/* A string, as clean() makes it; the caller owns it. */
json_t *json_text(const char *s);
json_t *json_text_or_null(const char *s); /* null for NULL and "" */
/* What was written to the text, which is closed. */
json_t *json_stream(struct text *t);
/* Writes the value, keys in the order they were put, and drops it. */
void json_print(FILE *f, json_t *root);

#endif
