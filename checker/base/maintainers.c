// SPDX-License-Identifier: GPL-2.0-only
/* maintainers.c - the subsystems of the tree's MAINTAINERS, and which files are theirs. */
#include "maintainers.h"

struct file_pattern {
	const char *text;
	size_t section;
	bool excludes;
};

struct maintainers {
	char *text; /* of the file, cut into strings */
	const char **titles;
	struct file_pattern *patterns; /* in the order of the file */
	size_t ntitles, npatterns, titles_cap, patterns_cap;
};

/* --- reading */

/* A section begins with its title, a line that is no "X:\t..." and is followed by one that is. */
static bool is_entry(const char *line)
{
	return line && line[0] >= 'A' && line[0] <= 'Z' && line[1] == ':';
}

static void entry_add(struct maintainers *m, char *line)
{
	char kind = *line;

	if (!m->ntitles || (kind != 'F' && kind != 'X'))
		return;
	line += 2;
	line += strspn(line, " \t");
	line[strcspn(line, " \t\r")] = '\0';
	if (*line)
		*vec_add(m->patterns, m->npatterns, m->patterns_cap) = (struct file_pattern){
			.text = line, .section = m->ntitles - 1, .excludes = kind == 'X'
		};
}

static void text_read(struct maintainers *m)
{
	char *line, *rest, *before = NULL;

	for (line = strtok_r(m->text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
		if (!is_entry(line)) {
			before = line;
			continue;
		}
		if (before)
			*vec_add(m->titles, m->ntitles, m->titles_cap) = before;
		before = NULL;
		entry_add(m, line);
	}
}

struct maintainers *maintainers_read(const char *kdir)
{
	struct maintainers *m = xcalloc(1, sizeof(*m));
	char *path = xasprintf("%s/MAINTAINERS", kdir);

	m->text = read_file(path, NULL);
	if (m->text)
		text_read(m);
	free(path);
	return m;
}

void maintainers_free(struct maintainers *m)
{
	free(m->text);
	free(m->titles);
	free(m->patterns);
	free(m);
}

/* --- matching */

/* Only the last * is tried again: what one before it took does not matter. */
bool maintainers_match(const char *pattern, const char *file)
{
	const char *star = NULL, *at = NULL, *begin = pattern;

	while (*file) {
		if (!*pattern && (*file == '/' || (pattern > begin && pattern[-1] == '/')))
			return true;
		if (*pattern == '*') {
			star = ++pattern;
			at = file;
		} else if (*pattern && (*pattern == *file || (*pattern == '?' && *file != '/'))) {
			if (*pattern == '/')
				star = NULL;
			pattern++;
			file++;
		} else if (star && *at != '/') {
			pattern = star;
			file = ++at;
		} else {
			return false;
		}
	}
	while (*pattern == '*')
		pattern++;
	return !*pattern;
}

/* Directories count more than letters, and letters more than wildcards. */
static size_t weight(const char *pattern)
{
	size_t slashes = 0, letters = 0;

	for (; *pattern; pattern++) {
		slashes += *pattern == '/';
		letters += *pattern != '*' && *pattern != '?';
	}
	return slashes * 1000 + letters;
}

static bool is_excluded(const struct maintainers *m, size_t section, const char *file)
{
	size_t i;

	for (i = 0; i < m->npatterns; i++)
		if (m->patterns[i].section == section && m->patterns[i].excludes &&
		    maintainers_match(m->patterns[i].text, file))
			return true;
	return false;
}

size_t maintainers_section(const struct maintainers *m, const char *file)
{
	size_t i, most = 0, w, best = SIZE_MAX;

	for (i = 0; i < m->npatterns; i++) {
		const struct file_pattern *p = &m->patterns[i];

		if (p->excludes || !maintainers_match(p->text, file))
			continue;
		w = weight(p->text) + 1;
		if (w > most && !is_excluded(m, p->section, file)) {
			most = w;
			best = p->section;
		}
	}
	return best;
}

const char *maintainers_of(const struct maintainers *m, const char *file)
{
	size_t section = maintainers_section(m, file);

	return section == SIZE_MAX ? NULL : m->titles[section];
}

const char *maintainers_pattern(const struct maintainers *m, size_t section, size_t n)
{
	size_t i;

	for (i = 0; i < m->npatterns; i++)
		if (m->patterns[i].section == section && !m->patterns[i].excludes && !n--)
			return m->patterns[i].text;
	return NULL;
}

/* --- an excerpt */

/* May the F: pattern name the file, by the text before its first wildcard?  If it has more than wildcards, yes. */
static bool may_name(const char *pattern, size_t n, const char *file)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
				    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_/.,-";
	size_t i, same = 0;

	for (i = 0; i < n; i++)
		if (strchr("|+({\\", pattern[i]))
			return true;
	while (same < n && file[same] == pattern[same] && strchr(plain, file[same]))
		same++;
	return same == n || !strchr(plain, pattern[same]);
}

/* May the line of a section make it one of the files?  N: and K: are regular expressions of Perl. */
static bool may_be_of(const char *line, size_t n, const char *const *files, size_t nfiles)
{
	size_t i, skip;

	if (*line == 'N' || *line == 'K')
		return true;
	if (*line != 'F')
		return false;
	for (skip = 2; skip < n && strchr(" \t", line[skip]); skip++)
		;
	for (i = 0; i < nfiles; i++)
		if (may_name(line + skip, n - skip, files[i]))
			return true;
	return false;
}

/* Is it a line that the sections do not have: blank, or a comment? */
static bool is_no_line(const char *line)
{
	line += strspn(line, " \t\r");
	return *line == '#' || *line == '\n' || !*line;
}

char *maintainers_excerpt(const char *text, const char *const *files, size_t n)
{
	char *out = xmalloc(strlen(text) + 1), *to = out;
	const char *line, *next, *section = text;
	bool entries = false, kept = false;

	for (line = text;; line = next) {
		next = line + strcspn(line, "\n");
		if (is_entry(line)) {
			entries = true;
			kept |= may_be_of(line, (size_t)(next - line), files, n);
		} else if (!*line || (entries && !is_no_line(line))) {
			if (kept)
				to = mempcpy(to, section, (size_t)(line - section));
			section = line;
			entries = kept = false;
		}
		if (!*line)
			break;
		next += *next == '\n';
	}
	*to = '\0';
	return out;
}
