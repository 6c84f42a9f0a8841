/* SPDX-License-Identifier: GPL-2.0-only */
/* type.h - questions about clang types; the argument is a canonical type unless said otherwise. */
#ifndef RACYBITS_FRONT_TYPE_H
#define RACYBITS_FRONT_TYPE_H

#include <clang-c/Index.h>
#include <stdbool.h>

#include "base/integer.h"

bool type_is_pointer(CXType canonical);
bool type_is_array(CXType canonical);
bool type_is_record(CXType canonical);
/* A function type or a pointer to one. */
bool type_is_function(CXType canonical);
/* Is it neither a record nor an array? */
bool type_is_scalar(CXType canonical);
/* The canonical type of the elements of an array of any dimension; of another type, canonical or not,
 * its own canonical type. */
CXType type_element(CXType t);

/* Has an object of the type room for a function pointer?  Big tables of numbers have not. */
bool type_holds_function(CXType any);
/* The same for pointers of any type. */
bool type_holds_pointer(CXType any);
/* The integer that a type is; an enumeration is its underlying type, a pointer an unsigned integer of
 * its size. */
struct integer type_integer(CXType t);

/*
 * The declaration of a record or enumeration type: the one that defines it, if there is one.  (Up to
 * clang 21 clang_getTypeDeclaration() is that, from 22 on it may be a forward declaration.)
 */
CXCursor type_declaration(CXType t);

#endif
