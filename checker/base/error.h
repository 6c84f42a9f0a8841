/* SPDX-License-Identifier: GPL-2.0-only */
/* error.h - messages on stderr. */
#ifndef RACYBITS_ERROR_H
#define RACYBITS_ERROR_H

#define PRINTF(fmt, args) __attribute__((format(printf, fmt, args)))

/* An errno of this program: what was opened as a file is a directory, a device or a pipe. */
#define ENOTREGULAR 4096
/* As strerror(), with a text for ENOTREGULAR. */
const char *error_text(int error);

/* Is called before a message, to erase what is on its line; NULL: nothing is. */
extern void (*error_line_erase)(void);

/*
 * Both print one line, "racybits: MESSAGE".  If the format ends in ':', " " and the meaning of errno
 * follow.
 */
void warn(const char *fmt, ...) PRINTF(1, 2);
/* Then exits with status 2, "could not run". */
_Noreturn void die(const char *fmt, ...) PRINTF(1, 2);

#endif
