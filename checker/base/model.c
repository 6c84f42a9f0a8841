// SPDX-License-Identifier: GPL-2.0-only
/* model.c - the path that all events and arguments without one share. */
#include "model.h"

const struct path path_none;
