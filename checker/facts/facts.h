/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * facts.h - facts as bytes: what a worker sends and the store keeps.
 *
 * A chunk is one fact (a record, function, slot store or declaration), self-contained: numbers
 * are LEB128 varints, a string is written out where it first occurs and is a number from then on.
 * Equal facts have equal chunks, in whatever process they were made.
 */
#ifndef RACYBITS_FACTS_H
#define RACYBITS_FACTS_H

#include "base/util.h"

/* Bytes that grow.  Start with all zero; drop with free(data). */
struct buf {
	unsigned char *data;
	size_t n, cap;
};

void buf_add(struct buf *b, const void *p, size_t bytes);
void buf_varint(struct buf *b, uint64_t v);
/* Reads what buf_varint() wrote and moves *at behind it; false if it is cut off or too long. */
bool varint_read(const unsigned char **at, const unsigned char *end, uint64_t *v);

enum chunk_kind {
	CHUNK_RECORD,
	CHUNK_FUNCTION,
	CHUNK_SLOT,
	CHUNK_DECLARATION,
	CHUNK_KINDS,
	/* in the message about a translation unit only, not in the store */
	CHUNK_FILE = CHUNK_KINDS, /* path of a file that was read */
	CHUNK_MISSING,		  /* absolute path of one that was not there */
	CHUNK_FAILED,		  /* reason why there are no facts */
};

/*
 * Append the chunk of one fact.  record.units and field.unit are not part of it.  False if the fact
 * is not sound: an enumeration, index or number of steps is out of range; what was appended is then
 * of no use.
 */
bool facts_encode_record(struct buf *b, const struct record *r);
bool facts_encode_function(struct buf *b, const struct function *f);
bool facts_encode_slot(struct buf *b, const struct slot_store *s);
bool facts_encode_declaration(struct buf *b, const struct declaration *d);

/*
 * Read a chunk of `n` bytes; arrays are allocated from `a`.  False if the chunk is damaged: cut
 * off, longer than the fact, or with an enumeration or index out of range; *out is then of no use.
 * What is allocated is proportional to `n`.
 */
bool facts_decode_record(const unsigned char *data, size_t n, struct arena *a, struct record *out);
bool facts_decode_function(const unsigned char *data, size_t n, struct arena *a,
			   struct function *out);
bool facts_decode_slot(const unsigned char *data, size_t n, struct arena *a,
		       struct slot_store *out);
bool facts_decode_declaration(const unsigned char *data, size_t n, struct arena *a,
			      struct declaration *out);

/*
 * True when every index and number of steps in a function is in range.  The paths of a declaration
 * have nothing to be compared with.
 */
bool facts_function_fits(const struct function *f);

/* --- the message about one translation unit: items of kind, length and bytes */

struct tu_facts {
	struct buf *msg;  /* the caller's; items are appended */
	struct buf chunk; /* scratch */
};

/*
 * Makes a sink that appends every fact and file it is given to t->msg.  A fact that is not
 * sound makes the whole unit fail.
 */
void facts_sink_init(struct sink *sink, struct tu_facts *t, struct buf *msg);
/* Says that the unit could not be analysed; `reason` is one line. */
void facts_fail(struct tu_facts *t, const char *reason);
void facts_sink_free(struct tu_facts *t); /* the scratch; the message is the caller's */

struct fact_item {
	uint32_t kind;		   /* enum chunk_kind */
	const unsigned char *data; /* within the message; not terminated */
	size_t n;
};

/* The next item of a message; false at its end, or, with *at before `end`, where it is damaged. */
bool facts_next(const unsigned char **at, const unsigned char *end, struct fact_item *item);

#endif
