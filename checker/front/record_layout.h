/* SPDX-License-Identifier: GPL-2.0-only */
/* record_layout.h - the layout of records: offsets, widths and comments of all members. */
#ifndef RACYBITS_FRONT_RECORD_LAYOUT_H
#define RACYBITS_FRONT_RECORD_LAYOUT_H

#include "record.h"

/* The record as it is reported: all members, anonymous ones flattened.  It lives as long as `fr`. */
const struct record *record_layout(struct front *fr, struct record_decl *r);
/* The offset of a named member in its named record, in bits. */
long long record_member_offset(struct front *fr, const struct member_decl *m);
/* The record that a member embeds, itself or in an array; NULL: none. */
struct record_decl *record_embedded(struct front *fr, const struct record_decl *r, str member);
/* Does this member, not a bitfield itself, share bits with a bitfield of its record? */
bool record_overlays(struct front *fr, const struct member_decl *m);
/* Reports every touched record that has bitfields, and those embedded in them. */
void record_report(struct front *fr);

#endif
