/* SPDX-License-Identifier: GPL-2.0-only */
/* contents.h - the files of each state that differ from the work tree. */
#ifndef RACYBITS_SERIES_CONTENTS_H
#define RACYBITS_SERIES_CONTENTS_H

#include "series.h"

/* Fills in s->states from s->commits: writes each blob to a file, and makes the overlays. */
void contents_read(struct patch_series *s);

#endif
