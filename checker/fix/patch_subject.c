// SPDX-License-Identifier: GPL-2.0-only
/* patch_subject.c - the subject of a patch, in the style of its subsystem. */
#include "base/maintainers.h"
#include "patch_subject.h"
#include "kernel/linuxmodel.h"

/* --- from paths */

char *common_directory(const char *a, const char *b)
{
	size_t i, slash = 0;

	for (i = 0; a[i] && a[i] == b[i]; i++)
		if (a[i] == '/')
			slash = i;
	if ((!a[i] && b[i] == '/') || (a[i] == '/' && !b[i]))
		slash = i;
	return xasprintf("%.*s", (int)slash, a);
}

char *subject_prefix_of_writers(const struct patch *patch)
{
	char *dir = NULL, *next, *prefix;
	uint32_t i, j;

	for (i = 0; i < patch->plan.nunits; i++) {
		const struct unit_verdict *u = patch->plan.units[i];

		for (j = 0; j < u->nwrites; j++) {
			const char *file = str_get(u->writes[j].loc.file);

			if (!dir) {
				dir = xasprintf(
					"%.*s",
					(int)(strrchr(file, '/') ? strrchr(file, '/') - file : 0),
					file);
				continue;
			}
			next = common_directory(dir, file);
			free(dir);
			dir = next;
		}
	}
	if (!dir || !*dir) {
		free(dir);
		return xstrdup("treewide");
	}
	prefix = xstrdup(strncmp(dir, "drivers/", 8) ? dir : dir + 8);
	free(dir);
	return prefix;
}

/* --- from the model */

/* Is `path` the file, or a directory that it is below? */
static bool is_at_or_above(const char *path, const char *file)
{
	size_t n = strlen(path);

	return !strncmp(path, file, n) && (!file[n] || file[n] == '/');
}

/* What the model says of the longest path around the file, malloc'd, or NULL. */
static char *prefix_from_model(const struct linux_model *m, const char *file)
{
	struct model_rule *rule, *best = NULL;

	for (rule = model_first(m, MODEL_SUBJECT); rule; rule = model_next(rule))
		if (is_at_or_above(str_get(rule->key[0]), file) &&
		    (!best || strlen(str_get(rule->key[0])) > strlen(str_get(best->key[0]))))
			best = rule;
	if (!best)
		return NULL;
	best->used = true;
	return xstrdup(str_get(best->text));
}

/* What the model says of the pattern of MAINTAINERS, if it has that very path; malloc'd, or NULL. */
static char *prefix_of_pattern(const struct linux_model *m, const char *pattern)
{
	size_t n = strlen(pattern);
	struct model_rule *rule;

	n -= n && pattern[n - 1] == '/';
	for (rule = model_first(m, MODEL_SUBJECT); rule; rule = model_next(rule)) {
		const char *path = str_get(rule->key[0]);

		if (strncmp(path, pattern, n) != 0 || path[n])
			continue;
		rule->used = true;
		return xstrdup(str_get(rule->text));
	}
	return NULL;
}

/* The prefix of the first path of the model that is of the same section of MAINTAINERS; malloc'd, or NULL. */
static char *prefix_of_owner(const struct fix_series *s, const char *file)
{
	struct maintainers *m = maintainers_read(s->o->kdir);
	size_t i, section = maintainers_section(m, file);
	const char *pattern;
	char *prefix = NULL;

	for (i = 0; !prefix && (pattern = maintainers_pattern(m, section, i)); i++)
		prefix = prefix_of_pattern(s->p->model, pattern);
	maintainers_free(m);
	return prefix;
}

/* How many writes of the patch's units are in files of that prefix. */
static uint32_t count_writes(const struct linux_model *m, const struct patch *patch,
			     const char *prefix)
{
	uint32_t i, j, n = 0;

	for (i = 0; i < patch->plan.nunits; i++)
		for (j = 0; j < patch->plan.units[i]->nwrites; j++) {
			char *other = prefix_from_model(
				m, str_get(patch->plan.units[i]->writes[j].loc.file));

			n += other && !strcmp(other, prefix);
			free(other);
		}
	return n;
}

/* The prefix that the model has for the files of most writes, malloc'd, or NULL. */
static char *prefix_of_most_writes(const struct linux_model *m, const struct patch *patch)
{
	uint32_t i, j, n, most = 0;
	char *best = NULL;

	for (i = 0; i < patch->plan.nunits; i++)
		for (j = 0; j < patch->plan.units[i]->nwrites; j++) {
			char *prefix = prefix_from_model(
				m, str_get(patch->plan.units[i]->writes[j].loc.file));

			n = prefix ? count_writes(m, patch, prefix) : 0;
			if (n > most) {
				most = n;
				free(best);
				best = prefix;
			} else {
				free(prefix);
			}
		}
	return best;
}

/* Of the file, which for a header in include/ may tell nothing; then of its owner, else of its writers. */
static char *prefix_without_history(struct fix_series *s, const struct patch *patch)
{
	char *prefix = prefix_from_model(s->p->model, patch->files[0].file);

	if (!prefix)
		prefix = prefix_of_owner(s, patch->files[0].file);
	if (!prefix)
		prefix = prefix_of_most_writes(s->p->model, patch);
	return prefix ? prefix : subject_prefix_of_writers(patch);
}

/* --- from history */

/* Length of the prefix of a subject, words that each end in ": ", without the last ": ": "wifi: iwlwifi". */
static size_t prefix_bytes(const char *subject)
{
	size_t n = 0, word;

	for (;;) {
		word = strcspn(subject + n, ": \n");
		if (!word || strncmp(subject + n + word, ": ", 2))
			return n > 2 ? n - 2 : 0;
		n += word + 2;
	}
}

/* The prefix that the last commit to the file has in its subject, or NULL. */
static char *prefix_from_history(struct fix_series *s, const char *file)
{
	struct args args;
	struct result r;
	char *prefix = NULL;
	size_t n;

	git_args(&s->git, &args, "log");
	args_add(&args, "-1");
	args_add(&args, "--no-merges");
	args_add(&args, "--format=%%s");
	args_add(&args, "--");
	args_add(&args, "%s", file);
	git_run(&r, &args);
	n = r.status ? 0 : prefix_bytes(r.out);
	if (n && n < 40)
		prefix = xasprintf("%.*s", (int)n, r.out);
	result_free(&r);
	return prefix;
}

static const char *verb(const struct patch *patch)
{
	switch (patch->strategy) {
	case STRATEGY_BITOPS:
		return "Use atomic bit operations for";
	case STRATEGY_REMOVE:
		return "Remove unused";
	case STRATEGY_SEPARATE:
		return "Use a storage unit a lock for";
	default:
		return "Use dedicated storage for";
	}
}

/* "lock" of "foo.lock". */
static const char *last_member(const char *name)
{
	const char *dot = strrchr(name, '.');

	return dot ? dot + 1 : name;
}

const char *patch_subject(struct fix_series *s, const struct patch *patch)
{
	char *prefix = git_is_top(&s->git) ? prefix_from_history(s, patch->files[0].file) : NULL;
	const char *text, *what = verb(patch), *record = str_get(patch->plan.record->name);

	if (!prefix)
		prefix = prefix_without_history(s, patch);
	if (patch->strategy == STRATEGY_LOCK)
		what = arena_printf(&s->a, "Hold %s to change", last_member(str_get(patch->lock)));
	if (patch->strategy == STRATEGY_REMOVE && patch->plan.nmoves == 1)
		text = arena_printf(&s->a, "%s: %s field %s", prefix, what,
				    str_get(patch->plan.moves[0].judged->field->name));
	else
		text = arena_printf(&s->a, "%s: %s %s%s", prefix, what, record,
				    strstr(record, "flags") ? "" : " flags");
	if (strlen(text) > 75)
		text = arena_printf(&s->a, "%s: %s runtime flags", prefix, what);
	free(prefix);
	return text;
}
