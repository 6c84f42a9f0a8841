// SPDX-License-Identifier: GPL-2.0-only
/* error.c - messages on stderr. */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "color.h"
#include "error.h"

void (*error_line_erase)(void);

const char *error_text(int error)
{
	return error == ENOTREGULAR ? "Not a regular file" : strerror(error);
}

static void say(const char *fmt, va_list ap)
{
	int saved = errno;
	size_t n = strlen(fmt);

	if (error_line_erase)
		error_line_erase();
	fflush(stdout);
	fputs(color_of(stderr) ? "\033[1mracybits:\033[0m " : "racybits: ", stderr);
	vfprintf(stderr, fmt, ap);
	if (n && fmt[n - 1] == ':')
		fprintf(stderr, " %s", error_text(saved));
	fputc('\n', stderr);
}

void warn(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say(fmt, ap);
	va_end(ap);
}

void die(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say(fmt, ap);
	va_end(ap);
	exit(2);
}
