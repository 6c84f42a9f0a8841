/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * facts.h - facts as bytes, as a worker sends them and the store keeps them.
 *
 * A chunk is one fact: a record, function, slot store, declaration or use of a member.  It refers to
 * nothing outside of itself: numbers are LEB128 varints, and a string is written out where it first occurs and is a
 * number from then on.  Equal facts have equal chunks, whatever process made them.
 */
#ifndef RACYBITS_FACTS_FACTS_H
#define RACYBITS_FACTS_FACTS_H

#include "base/buf.h"

enum chunk_kind {
	CHUNK_RECORD,
	CHUNK_FUNCTION,
	CHUNK_SLOT,
	CHUNK_DECLARATION,
	CHUNK_USE,
	CHUNK_KINDS,
	/* only in messages (factmsg.h), not in the store */
	CHUNK_FILE = CHUNK_KINDS, /* path of a file that was read */
	CHUNK_MISSING,		  /* absolute path of one that was not there */
	CHUNK_FAILED,		  /* reason why there are no facts */
};

/*
 * Append the chunk of one fact; record.units and field.unit are not part of it.  Return false if the
 * fact is unsound, that is, an enumeration, index or number of steps is out of range; the bytes
 * appended are then of no use.
 */
bool facts_encode_record(struct buf *b, const struct record *r);
bool facts_encode_function(struct buf *b, const struct function *f);
bool facts_encode_slot(struct buf *b, const struct slot_store *s);
bool facts_encode_declaration(struct buf *b, const struct declaration *d);
bool facts_encode_use(struct buf *b, const struct member_use *u);

/*
 * Read a chunk of `n` bytes into *out, whose arrays `a` owns.  Return false if the chunk is damaged:
 * shorter or longer than the fact, or with an enumeration or index out of range; *out is then of no
 * use.  The memory allocated is proportional to `n`.
 */
bool facts_decode_record(const unsigned char *data, size_t n, struct arena *a, struct record *out);
bool facts_decode_function(const unsigned char *data, size_t n, struct arena *a,
			   struct function *out);
bool facts_decode_slot(const unsigned char *data, size_t n, struct arena *a,
		       struct slot_store *out);
bool facts_decode_declaration(const unsigned char *data, size_t n, struct arena *a,
			      struct declaration *out);
bool facts_decode_use(const unsigned char *data, size_t n, struct arena *a, struct member_use *out);

#endif
