/* SPDX-License-Identifier: GPL-2.0-only */
/* symtab.h - look up functions, records and declarations by name. */
#ifndef RACYBITS_SYMTAB_H
#define RACYBITS_SYMTAB_H

#include "link.h"

/* Indexes the facts of the program.  First of all passes. */
void symtab_build(struct link *l);
void symtab_free(struct link *l);

/*
 * The function with this key, or with this name as seen from file `from` (static functions
 * first by external name); NONE if it has no body in the program.  `from` may be 0 for a key.
 */
uint32_t symtab_function(const struct link *l, str name, str from);
/* The function that a path in the frame of f names as a value, or NONE. */
uint32_t symtab_function_value(const struct link *l, uint32_t f, const struct path *p);
/* The record with this key; NULL if it has no bitfields and embeds none that has. */
struct record *symtab_record(const struct link *l, str key);
/* Annotated prototype of a function that has no body in the program, or NULL. */
const struct declaration *symtab_declaration(const struct link *l, str name);
#endif
