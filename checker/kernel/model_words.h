/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * model_words.h - a model file as statements, and a statement as words.
 *
 * A statement is a line.  One that ends in `\` goes on in the next; `#` begins a comment.  Words
 * are separated by blanks.
 */
#ifndef RACYBITS_KERNEL_MODEL_WORDS_H
#define RACYBITS_KERNEL_MODEL_WORDS_H

#include "base/util.h"

struct word {
	char *text; /* within the text given to words_begin(); readers may cut it up */
	uint32_t line;
};

/* All zero at first. */
struct words {
	const char *path; /* of the file, for messages */
	char *next;	  /* text of the lines not read yet, NULL: none */
	uint32_t line;	  /* number of the last line read */
	struct word *words;
	size_t n, cap; /* words of the statement at hand */
	size_t at;     /* how many of them were taken by word_next() */
};

/* Reads statements from `text`, which is changed and has to outlive `w`. */
void words_begin(struct words *w, const char *path, char *text);
/* The words of the next statement that has any; false at the end of the file. */
bool words_statement(struct words *w);
/* Frees the array; `w` is all zero then. */
void words_end(struct words *w);

/* Line of the first word of the statement at hand. */
uint32_t words_line(const struct words *w);

/* The next word, or NULL at the end of the statement. */
char *word_next(struct words *w);
/* The next word; dies at the end of the statement: `expected` says what is missing. */
char *word_expect(struct words *w, const char *expected);
/* The same without taking it; NULL at the end of the statement. */
char *word_peek(const struct words *w);
/* "FILE:LINE: expected ..., found ...", exit status 2; `found` NULL: the end of the line. */
_Noreturn void word_refuse(const struct words *w, const char *expected, const char *found);

/*
 * Parts of a word.  Each dies if the text is none, with `expected` where it is given; names are
 * interned.
 */
str word_name(const struct words *w, const char *text, const char *expected);
/* Number of an argument: 0 to 127. */
int word_number(const struct words *w, const char *text);
/* "N" or "N.MEMBER"; without a member *member is left as it is. */
int word_argument(const struct words *w, const char *text, str *member);
/* The text behind "KEY=", or NULL if the word does not begin so. */
const char *word_option(const char *word, const char *key);

struct names {
	str *v;
	size_t n, cap;
};

/* Adds each name of a list "NAME[,NAME...]" */
void word_names(const struct words *w, char *text, const char *expected, struct names *out);
/*
 * Splits "RECORD.FIELD" at its last dot: an unnamed record has dots in its name.  Either side may
 * be a list "{NAME,NAME...}", which is written out: the i-th of `records` goes with the i-th of
 * `fields`.  With `star` the field may be `*`.  Adds to both.
 */
void word_fields(const struct words *w, char *text, bool star, struct names *records,
		 struct names *fields);
/* The same without lists and `*`. */
void word_field(const struct words *w, char *text, str *record, str *field);

#endif
