/* SPDX-License-Identifier: GPL-2.0-only */
/* address.h - values that lead to an object: pointers, and integers that were made of them. */
#ifndef RACYBITS_FRONT_ADDRESS_H
#define RACYBITS_FRONT_ADDRESS_H

#include "node.h"

/*
 * Is the value an address: a pointer, or an integer as wide as one that a pointer was converted to (C11
 * 6.3.2.3p6), with or without flags in its low bits?  So is a parameter of type unsigned long, in which
 * the kernel passes addresses.
 */
bool address_in(struct node *n);
/* Has an object of this type room for addresses? */
bool address_fits(CXType type);

#endif
