/* SPDX-License-Identifier: GPL-2.0-only */
/* record.h - the part of the data model that says what a record is made of. */
#ifndef RACYBITS_RECORD_H
#define RACYBITS_RECORD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* An interned string, see str.h.  0 is "no string". */
typedef uint32_t str;

#define NONE UINT32_MAX /* "no index", in any uint32_t that indexes an array */

/*
 * An integer type, or that of a bitfield.  A value of it is kept as a long long: sign-extended if the
 * type is signed, else zero-extended; of an unsigned type of 64 bits the same 64 bits.
 */
struct integer {
	uint32_t bits; /* width; 0: no integer type */
	bool is_signed;
	bool is_bool; /* _Bool, which has 1 bit and converts to 0 or 1 */
};

/* A position in the source. */
struct loc {
	str file;      /* relative to KDIR if the file is below it, else absolute */
	uint32_t line; /* from 1; 0: unknown */
	uint32_t col;  /* from 1 */
};

static inline bool same_loc(const struct loc *a, const struct loc *b)
{
	return a->line == b->line && a->col == b->col && a->file == b->file;
}

/* --- records (front/record_layout.c) and their storage units (link/storage_unit.c) */

enum field_flag {
	FIELD_BITFIELD = 1 << 0,
	FIELD_SIGNED = 1 << 1,
	FIELD_BOOL = 1 << 2,
	FIELD_POINTER = 1 << 3,
	FIELD_RACE_OK = 1 << 4,	 /* declared __data_racy */
	FIELD_IN_UNION = 1 << 5, /* inside a union in the record: other members may overlay it */
	FIELD_ARRAY = 1 << 6,
	FIELD_CONDITIONAL = 1 << 7, /* declared between #if and #endif */
	FIELD_ALTERNATIVE = 1 << 8, /* a direct member of a union */
};

/* A member of a record.  Members of anonymous structs and unions count as the record's own. */
struct field {
	str name;	   /* 0: unnamed bitfield (padding) */
	str type;	   /* as spelled; of a bitfield the declared type, without the width */
	str record;	   /* key of the record type of the member or of its array elements, or 0 */
	str comment;	   /* comment above or behind the declaration, or 0 */
	str group_comment; /* comments that head the group of lines or the section, or 0 */
	struct loc loc;
	uint64_t bit_offset; /* bits from the start of the record */
	uint64_t bit_size;   /* bits; the width of a bitfield; 0 for `:0` */
	uint32_t flags;	     /* enum field_flag */
	uint32_t group;	     /* number of the anonymous struct or union the member is in; 0: none.
			      * Fields of different groups are in different storage units:
			      * C11 3.14 */
	uint64_t group_end; /* bits: where that anonymous member ends, or the record if group is 0 */
	uint32_t unit;	    /* index into record.units, or NONE; set by layout_units() */
};

enum record_flag {
	RECORD_UNION = 1 << 0,
	RECORD_PACKED = 1 << 1,
	RECORD_UAPI = 1 << 2,	 /* defined in a uapi header */
	RECORD_CARRIED = 1 << 3, /* set by link: see handed.h */
};

/*
 * A storage unit, the C11 3.14 "memory location" made of bitfields: a maximal run of adjacent
 * bitfields of nonzero width.
 */
struct unit {
	uint32_t first, last; /* its first and last field, both included: indexes into
			       * record.fields */
	uint64_t bit_offset;  /* of the first bit of `first` */
	uint64_t bit_size;    /* bits from there to the last bit of `last` */
};

struct record {
	str key;	/* "tag@file", one per definition; "tag@file@scope" inside a function.  An
			 * anonymous record is "outer.member@file"; one with a typedef name has that
			 * name as its tag */
	str name;	/* the key without "@file" */
	str variant_of; /* set by the store: the key that it and other layouts had in common, or 0 */
	struct loc loc;
	uint64_t bytes; /* sizeof */
	uint64_t align; /* bytes */
	uint32_t flags; /* enum record_flag */
	str comment;	/* above the definition, or 0 */
	uint32_t nfields, nunits;
	struct field *fields; /* in declaration order, unnamed bitfields and `:0` included */
	struct unit *units;   /* set by layout_units(); not stored */
};

#endif
