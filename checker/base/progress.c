// SPDX-License-Identifier: GPL-2.0-only
/* progress.c - a line that shows progress, on a terminal only. */
#include <ctype.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "progress.h"

double seconds_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

void progress_start(struct progress *p)
{
	const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");

	p->start = seconds_now();
	p->on = isatty(STDERR_FILENO) && !(no_color && *no_color) && term && *term &&
		strcmp(term, "dumb");
}

static size_t terminal_width(void)
{
	struct winsize w;

	return !ioctl(STDERR_FILENO, TIOCGWINSZ, &w) && w.ws_col ? w.ws_col : 80;
}

void progress_draw(const struct progress *p, size_t done, size_t total, const char *label)
{
	double seconds = seconds_now() - p->start;
	double rate = seconds > 0 ? (double)done / seconds : 0;
	size_t left = rate > 0 ? (size_t)((double)(total - done) / rate) : 0, width, i;
	char *line;

	if (!p->on)
		return;
	line = xasprintf("%zu/%zu %.1f/s ETA %zu:%02zu %s", done, total, rate, left / 60, left % 60,
			 label);
	width = terminal_width() - 1;
	/* The name of a file may contain control sequences of the terminal. */
	for (i = 0; line[i] && i < width; i++)
		if (!isprint((unsigned char)line[i]))
			line[i] = '?';
	fprintf(stderr, "\r\033[K%.*s", (int)i, line);
	free(line);
}

void progress_clear(const struct progress *p)
{
	if (p->on)
		fputs("\r\033[K", stderr);
}
