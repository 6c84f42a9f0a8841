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
