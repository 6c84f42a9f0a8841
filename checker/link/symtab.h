/* SPDX-License-Identifier: GPL-2.0-only */
/* symtab.h - look up functions, records and declarations by name. */
#ifndef RACYBITS_SYMTAB_H
#define RACYBITS_SYMTAB_H

#include "link.h"

/*
 * Makes l->symtab from the facts.  The first pass.  Functions that specialise() adds later have
 * the key of the function they are copies of, which a look-up still finds.
 */
void symtab_build(struct link *l);
void symtab_check(const struct link *l);
void symtab_free(struct link *l);

/*
 * The function with the key `name`, or the function that code in file `from` means by `name`: an
 * external one, else a static one of that file.  `from` may be 0 if `name` is a key.  NONE if the
 * program has no body for it.
 */
uint32_t symtab_function(const struct link *l, str name, str from);
/*
 * The functions that `name` may mean if that is not known (function.variant_of): *n of them, by key; NULL
 * if there is none.  symtab_function() has NONE for such a name.
 */
const uint32_t *symtab_variants(const struct link *l, str name, size_t *n);
/* The function whose address the path, in the frame of function f, is; else NONE. */
uint32_t symtab_function_value(const struct link *l, uint32_t f, const struct path *p);
/* The record with this key; NULL if it neither has bitfields nor embeds a record that has. */
struct record *symtab_record(const struct link *l, str key);
/* The member `name` of that record; NULL if there is none, or no such record. */
const struct field *symtab_member(const struct link *l, str key, str name);
/*
 * The layouts that the record with this key may have in function f, by number: the n-th one, NULL if
 * there are not so many.  All but a few records have one.
 */
const struct record *symtab_layout(const struct link *l, uint32_t f, str key, uint32_t n);
/* The same without regard to a function: the n-th layout of all.  `variant_of`: see struct record. */
const struct record *symtab_layouts(const struct link *l, str variant_of, uint32_t n);
/* The annotated prototype of a function without a body in the program, or NULL. */
const struct declaration *symtab_declaration(const struct link *l, str name);
/*
 * Compares two functions by key, for qsort() and the like: the numbers of functions depend on the
 * order in which the facts were read, and what is shown must not.
 */
int symtab_compare(const struct program *p, uint32_t x, uint32_t y);

#endif
