/* SPDX-License-Identifier: GPL-2.0-only */
/* jsonput.h - building JSON values; every function dies when memory runs out. */
#ifndef RACYBITS_JSONPUT_H
#define RACYBITS_JSONPUT_H

#include <jansson.h>

#include <stdio.h>

/* Adds a value to an object or array, which then owns it. */
void json_put(json_t *object, const char *key, json_t *value);
void json_add(json_t *array, json_t *value);
/* New strings, as clean() makes them; the caller owns them. */
json_t *json_text(const char *s);
json_t *json_text_or_null(const char *s); /* null for NULL and "" */
/* Prints the value, keys in the order they were put, and drops it. */
void json_print(FILE *f, json_t *root);

#endif
