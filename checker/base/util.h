/* SPDX-License-Identifier: GPL-2.0-only */
/* util.h - what nearly every file uses: the model and the small libraries of this room. */
#ifndef RACYBITS_UTIL_H
#define RACYBITS_UTIL_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "arena.h"
#include "array.h"
#include "error.h"
#include "file.h"
#include "hash.h"
#include "model.h"
#include "output.h"
#include "str.h"

#endif
