// SPDX-License-Identifier: GPL-2.0-only
/* wrap.c - text in lines fit for a commit message. */
#include <stdbool.h>
#include <string.h>

#include "wrap.h"

#define WIDTH 72

void put_wrapped(FILE *f, const char *head, const char *text)
{
	size_t indent = *head ? strspn(head, " ") + 2 : 0, col = strlen(head), n;
	bool start = true;

	fputs(head, f);
	for (; *text; text += n + strspn(text + n, " ")) {
		n = strcspn(text, " ");
		if (!start && col + n + 1 > WIDTH) {
			fprintf(f, "\n%*s", (int)indent, "");
			col = indent;
		} else if (!start) {
			fputc(' ', f);
			col++;
		}
		fprintf(f, "%.*s", (int)n, text);
		col += n;
		start = false;
	}
	fputc('\n', f);
}
