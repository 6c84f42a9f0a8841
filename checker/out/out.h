/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * out.h - the judged program in the formats people and machines read; one file per format or
 * family of formats, phrases in out.c and summary.c.
 */
#ifndef RACYBITS_OUT_H
#define RACYBITS_OUT_H

#include "base/names.h"
#include "base/util.h"

#define RACYBITS_VERSION "0.1"

struct out_options {
	bool all;	       /* stable units, too */
	bool timing;	       /* real seconds in place of 0, which is the same in every run */
	const char *kdir;      /* where source lines are read; NULL: none are shown */
	const uint8_t *states; /* enum baseline_state of each of the program's verdicts; NULL:
				* there is no baseline */
};

/*
 * Compiler style, "FILE:LINE:COL: warning: ... [racy-bitfield]" at the first
 * racing field of a unit, then notes: each writer once with its call chain and
 * locks, each conflict with the reason why nothing serialises its two writers,
 * and what to split.  Coloured if `f` is a terminal and NO_COLOR is not set.
 */
void text_report(FILE *f, const struct program *p, const struct out_options *o);
/* What text_report() says of one unit, without colours. */
void text_unit(FILE *f, const struct program *p, const struct unit_verdict *u);

/* JSON, version 1: keys may be added, never renamed; units in order of file and line. */
void json_report(FILE *f, const struct program *p, const struct out_options *o);

/*
 * SARIF 2.1.0, one run, a result for each racy unit and each that could not be judged (kind "open"),
 * with `all` for the others, too.  A conflict is a code flow of two thread flows, its two writers.
 * Fingerprints hold names only, never lines; acknowledged units are suppressed "inSource"; what
 * was not analysed is a tool execution notification.
 */
void sarif_report(FILE *f, const struct program *p, const struct out_options *o);

/* GitLab code quality: a JSON array, an issue for each finding and each unit of unknown verdict. */
void gitlab_report(FILE *f, const struct program *p, const struct out_options *o);

/* GitHub workflow commands: an annotation for each finding, and for each file not analysed. */
void github_report(FILE *f, const struct program *p, const struct out_options *o);

/*
 * As the 0-day robot mails: text_unit() of each finding, indented, with ">> " before the warning if
 * it is new (no baseline: all are), then the source around it.
 */
void zeroday_report(FILE *f, const struct program *p, const struct out_options *o);

/*
 * "FILE:LINE:COL-COL: WARNING: ...", columns from 0, a line for each conflict, as coccicheck's mode
 * "report" prints them.
 */
void cocci_report(FILE *f, const struct program *p, const struct out_options *o);

/*
 * One HTML file without references to others: an index with filters, and for each unit its picture,
 * the conflict graph, the writers with their source lines and the layout after the split.
 */
void html_report(FILE *f, const struct program *p, const struct out_options *o);

/* A format by the name --format= knows it by, or NULL. */
typedef void report_fn(FILE *f, const struct program *p, const struct out_options *o);
report_fn *report_find(const char *name);
/* Their names, "text|json|...". */
extern const char report_names[];

/*
 * Dies unless the program has the record `what` or, for "RECORD.FIELD", its field;
 * the message offers the nearest names.
 */
void explain_require(const struct program *p, const char *what);
/*
 * The units of the record, or the unit of the field, with every write to it.
 * Returns how many of the units are findings.
 */
unsigned int explain_report(FILE *f, const struct program *p, const char *what);

/* ------------------------------------------------- shared by the formats (out.c) */

/* The word for an enum baseline_state: "new"; a static string. */
const char *state_name(uint32_t baseline_state);

/*
 * The string fit for a terminal and for JSON: control characters and what is not
 * UTF-8 are replaced by '?'.  Lives as long as the process.
 */
const char *clean(const char *s);
const char *clean_str(str s);

/* A string that is printed to, with the stream that text_open() returns. */
struct text {
	FILE *f;
	char *s;
	size_t bytes;
};

FILE *text_open(struct text *t);
char *text_close(struct text *t); /* returns the string, which the caller frees */

/* Is this a finding: racy and not acknowledged in the source? */
bool unit_is_finding(const struct unit_verdict *u);
uint64_t unit_bytes(const struct unit_verdict *u); /* from its first to its last bit */
/* "struct" or "union" */
const char *record_keyword(const struct record *r);

/* Directory of the code that the unit is about, two levels deep: "drivers/vfio"; to be freed. */
char *unit_subsystem(const struct unit_verdict *u);
/* State of verdict `i` against the baseline. */
enum baseline_state unit_state(const struct out_options *o, size_t i);
/*
 * Names the finding in every run: hash of the record's key and of the fields that race, so that a
 * moved line keeps it and another racing field changes it.
 */
uint64_t unit_fingerprint(const struct unit_verdict *u);

/* What is stored, "'field = 1'", in words of the store's access kind. */
void put_store(FILE *f, const struct unit_verdict *u, const struct write *w, str field);
/* "none", or the locks with their modes. */
void put_locks(FILE *f, const struct write *w);
/* Why no lock keeps the two writes apart; they are called writer_a and writer_b. */
void put_reason(FILE *f, const struct write *a, const char *writer_a, const struct write *b,
		const char *writer_b);
/* What p's policy moves out of the unit, and what stays and why it may. */
void put_split(FILE *f, const struct program *p, const struct unit_verdict *u);

/* ----------------------------------------- what a compiler's store touches (access_unit.c) */

struct byte_range {
	uint64_t first, last; /* of the record, both included */
};

/*
 * Bytes that a store to bitfield `f` of `r` writes, by the rule at the top of access_unit.c: gcc 12 for x86-64,
 * clang 19 for x86-64 and arm64.
 */
struct byte_range touch_gcc(const struct record *r, const struct field *f);
struct byte_range touch_clang(const struct record *r, const struct field *f);

/* ------------------------------------------------- sentences about a unit (summary.c) */

/* Is the field of index `field` in a conflict? */
bool field_races(const struct unit_verdict *u, uint32_t field);
/* Where a unit is reported: u->at, else its first racing field, else its first one. */
const struct loc *unit_loc(const struct unit_verdict *u);
/* "struct x: stores to 'a' and 'b' may run at once and lose an update", by verdict. */
void put_summary(FILE *f, const struct unit_verdict *u);
/* Why that is: "they share a storage unit of ..." */
void put_sharing(FILE *f, const struct unit_verdict *u);
/* "1", or "1-2" */
void put_range(FILE *f, struct byte_range r);
/* Which bytes stores to the racing bitfields write, by compiler; false: there is none, nothing put. */
bool put_written_bytes(FILE *f, const struct unit_verdict *u);

/* -------------------------------- what comments claim of fields (claim_text.c) */

const char *claim_state_name(uint32_t state);
/* The words, whether they are so, and the write that is against them. */
void put_claim(FILE *f, const struct program *p, const struct unit_verdict *u,
	       const struct claim *claim);
/* The same words, and the same came of them? */
bool same_claim(const struct claim *a, const struct claim *b);

/* -------------------------------------------- conflicts and their writers (witness.c) */

struct writer {
	uint32_t write; /* index into unit_verdict.writes */
	uint32_t field; /* that it was first seen to write; index into unit_verdict.fields */
};

/* The conflicts of a unit, best first, and the numbers its writers go by. */
struct witnesses {
	const struct unit_verdict *u;
	struct conflict *conflicts;
	char **reasons;		/* of each conflict, as shown */
	uint32_t *numbers;	/* of each write: from 1, 0: in no conflict */
	struct writer *writers; /* writers[number - 1] */
	uint32_t nwriters;
};

/* Fills in `w`, which witnesses_free() empties. */
void witnesses_init(struct witnesses *w, const struct unit_verdict *u);
void witnesses_free(struct witnesses *w);

/* ------------------------------------------------------- lines of the source (lines.c) */

/*
 * Line `line` (from 1) of a file of the kernel tree, clean() and with blanks for its tabs; the string
 * lives until the next call.  NULL: no tree was named, the file is not below it, or has no such line.
 */
const char *source_line(const char *kdir, str file, uint32_t line);

#endif
