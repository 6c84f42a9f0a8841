/* SPDX-License-Identifier: GPL-2.0-only */
/* record_layout.h - the layout of records: offsets, widths and comments of all members. */
#ifndef RACYBITS_FRONT_RECORD_LAYOUT_H
#define RACYBITS_FRONT_RECORD_LAYOUT_H

#include "record.h"

/* Does this member, not a bitfield itself, share bits with a bitfield of its record? */
bool record_overlays(struct front *fr, const struct member_decl *m);
/* Reports every touched record that has bitfields, and those embedded in them. */
void record_report(struct front *fr);

#endif
