/* SPDX-License-Identifier: GPL-2.0-only */
/* sarif_location.h - messages and locations of a SARIF log. */
#ifndef RACYBITS_SARIF_LOCATION_H
#define RACYBITS_SARIF_LOCATION_H

#include "emit.h"

#define SARIF_ROOT "SRCROOT" /* the base of relative addresses: the top of the kernel tree */

/* SARIF 2.1.0, 3.11: an object with the text of a message. */
void sarif_message(struct emitter *e, const char *key, const char *text);
void sarif_message_stream(struct emitter *e, const char *key, struct memstream *t); /* closes `t` */

/*
 * 3.28, location: begins the object, which the caller may add to and ends with emit_end().  A
 * relative path is below the top of the tree.  No region if `line` is 0, no column if `col` is 0.
 */
void sarif_location(struct emitter *e, const char *key, const char *file, uint32_t line,
		    uint32_t col);
void sarif_location_of(struct emitter *e, const char *key, const struct loc *at);

#endif
