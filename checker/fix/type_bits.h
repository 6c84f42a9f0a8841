/* SPDX-License-Identifier: GPL-2.0-only */
/* type_bits.h - the size of an arithmetic or pointer type, by its name. */
#ifndef RACYBITS_FIX_TYPE_BITS_H
#define RACYBITS_FIX_TYPE_BITS_H

#include <stdint.h>

#define POINTER_BITS 64 /* of the architectures that are analysed: x86-64, arm64 */

/* Size in bits of "unsigned int", "u8", "enum x", "char *"...; 0: not known. */
uint64_t type_bits(const char *name);

#endif
