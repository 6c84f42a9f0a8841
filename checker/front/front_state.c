// SPDX-License-Identifier: GPL-2.0-only
/* front_state.c - sets up and drops the state of one translation unit. */
#include <limits.h>

#include "front_state.h"
#include "memo.h"
#include "source.h"

static char *without_slash(const char *path)
{
	char *s = xstrdup(path);
	size_t n = strlen(s);

	while (n > 1 && s[n - 1] == '/')
		s[--n] = '\0';
	return s;
}

void front_init(struct front *fr, const struct front_options *opt, const struct tu *tu,
		const struct sink *sink)
{
	char resolved[PATH_MAX];
	const char *slash;

	memset(fr, 0, sizeof(*fr));
	fr->sink = sink;
	fr->recs_end = &fr->recs;
	fr->kdir = without_slash(opt->kdir);
	fr->kdir_real = without_slash(realpath(opt->kdir, resolved) ? resolved : opt->kdir);
	slash = strrchr(tu->file, '/');
	if (slash)
		fr->main_dir =
			arena_printf(&fr->arena, "%.*s", (int)(slash - tu->file + 1), tu->file);
}

void front_free(struct front *fr)
{
	HASH_CLEAR(hh, fr->sources);
	HASH_CLEAR(hh, fr->memos);
	HASH_CLEAR(hh, fr->unreached);
	free(fr->pending);
	free(fr->kids);
	free(fr->kdir);
	free(fr->kdir_real);
	arena_free(&fr->arena);
}

CXIndex front_index(int exclude_precompiled)
{
	if (setenv("LIBCLANG_DISABLE_CRASH_RECOVERY", "1", 1))
		die("cannot set an environment variable:");
	return clang_createIndex(exclude_precompiled, 0);
}

void **front_memo(struct front *fr, CXCursor decl)
{
	return memo_entry(&fr->memos, &fr->arena, decl);
}
