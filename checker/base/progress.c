// SPDX-License-Identifier: GPL-2.0-only
/* progress.c - a line that shows progress, on a terminal only. */
#include <ctype.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "color.h"
#include "progress.h"

enum { BAR = 20 }; /* columns of the bar */

double seconds_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

void progress_start(struct progress *p)
{
	p->start = seconds_now();
	p->on = terminal_takes_escapes(stderr);
	progress_end();
}

static size_t terminal_width(void)
{
	struct winsize w;

	return !ioctl(STDERR_FILENO, TIOCGWINSZ, &w) && w.ws_col ? w.ws_col : 80;
}

static bool drawn; /* a line is shown */

static void line_erase(void)
{
	if (drawn)
		fputs("\r\033[K", stderr);
	drawn = false;
}

/* The name of a file may contain control sequences of the terminal. */
static void line_draw(char *line)
{
	size_t width = terminal_width() - 1, i;

	for (i = 0; line[i] && i < width; i++)
		if (!isprint((unsigned char)line[i]))
			line[i] = '?';
	fprintf(stderr, "\r\033[K%.*s", (int)i, line);
	drawn = true;
	error_line_erase = line_erase;
}

/* "[####------]"; without a total the bar is empty.  Returns `bar`. */
static const char *bar_fill(char bar[BAR + 3], size_t done, size_t total)
{
	size_t full = total ? BAR * (done < total ? done : total) / total : 0;

	memset(bar + 1, '-', BAR);
	memset(bar + 1, '#', full);
	bar[0] = '[';
	bar[BAR + 1] = ']';
	bar[BAR + 2] = '\0';
	return bar;
}

void progress_draw(const struct progress *p, size_t done, size_t total, const char *label)
{
	double seconds = seconds_now() - p->start;
	double rate = seconds > 0 ? (double)done / seconds : 0;
	size_t left = rate > 0 ? (size_t)((double)(total - done) / rate) : 0;
	char *line, bar[BAR + 3];

	if (!p->on)
		return;
	line = xasprintf("%s %zu/%zu %.1f/s ETA %zu:%02zu %s", bar_fill(bar, done, total), done,
			 total, rate, left / 60, left % 60, label);
	line_draw(line);
	free(line);
}

void progress_clear(const struct progress *p)
{
	if (p->on)
		line_erase();
}

void progress_stage(const char *stage, size_t done, size_t total)
{
	char *line, bar[BAR + 3];

	if (!terminal_takes_escapes(stderr))
		return;
	line = xasprintf("%s %s", bar_fill(bar, done, total), stage);
	line_draw(line);
	free(line);
}

void progress_end(void)
{
	line_erase();
}
