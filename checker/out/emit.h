/* SPDX-License-Identifier: GPL-2.0-only */
/* emit.h - writes JSON (RFC 8259) to a stream as it is made; nothing of it stays in memory. */
#ifndef RACYBITS_EMIT_H
#define RACYBITS_EMIT_H

#include "memstream.h"

#define EMIT_DEPTH_MAX 32 /* containers in one another; no format needs more */

struct emitter {
	FILE *f;
	unsigned int depth; /* containers that are open */
	unsigned int lines; /* those up to this depth have an element a line; what is deeper is on the
			     * line of the container it is in */
	bool first;	    /* the next element is the first of its container */
	char ends[EMIT_DEPTH_MAX];
};

/* Fills in *e: an empty stream of JSON, written to `f`.  Write errors are left in the stream. */
void emit_start(struct emitter *e, FILE *f);

/*
 * Each of these writes one value: an element of the array that was opened last (then `key` is NULL),
 * or a member of the object.  A container is open until emit_end(); the last emit_end() ends the line.
 */
void emit_object(struct emitter *e, const char *key);
void emit_array(struct emitter *e, const char *key);
/* The same on one line, with all that is in it. */
void emit_object_line(struct emitter *e, const char *key);
void emit_array_line(struct emitter *e, const char *key);
void emit_end(struct emitter *e);

void emit_text(struct emitter *e, const char *key, const char *s);	   /* as clean() makes it */
void emit_text_or_null(struct emitter *e, const char *key, const char *s); /* null: NULL or "" */
/* What was printed to `t`, which is closed: UTF-8, with line ends. */
void emit_stream(struct emitter *e, const char *key, struct memstream *t);
void emit_number(struct emitter *e, const char *key, long long n);
void emit_bool(struct emitter *e, const char *key, bool b);
void emit_null(struct emitter *e, const char *key);

#endif
