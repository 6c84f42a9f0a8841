// SPDX-License-Identifier: GPL-2.0-only
/* pch.c - the precompiled headers of a run and the directory they are built in. */
#include <fcntl.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/tempdir.h"
#include "pch.h"
#include "pch_choose.h"
#include "pch_compile.h"
#include "pch_index.h"
#include "pch_read.h"

struct pch_set {
	struct front_options opt;
	const char *dir; /* NULL: there is none yet */
	struct pch **pchs;
	size_t n, cap;
	struct pch **of; /* by tu; NULL: none */
};

struct pch_planning {
	struct pch_set *set;
	const struct tu *const *tus;
};

static void plan_group(void *ctx, const struct pch_group *g)
{
	struct pch_planning *p = ctx;
	struct pch_set *s = p->set;
	struct pch *pch;

	if (!s->dir)
		s->dir = tempdir_get();
	if (!s->dir) {
		free(g->text);
		return;
	}
	pch = xcalloc(1, sizeof(*pch));
	pch->tu = p->tus[g->tus[0]];
	pch->text = g->text;
	pch->fd = -1;
	pch->overlay = s->opt.overlay;
	*vec_add(s->pchs, s->n, s->cap) = pch;
	for (size_t i = 0; i < g->n; i++)
		s->of[g->tus[i]] = pch;
}

struct pch_set *pch_plan(const struct tu *const *tus, size_t n, const struct front_options *opt)
{
	struct pch_set *s = xcalloc(1, sizeof(*s));
	struct pch_planning planning = { s, tus };

	s->opt = *opt;
	s->of = xcalloc(n + 1, sizeof(struct pch *));
	if (pch_is_usable())
		pch_choose(tus, n, opt->overlay, plan_group, &planning);
	return s;
}

void pch_free(struct pch_set *s)
{
	for (size_t i = 0; i < s->n; i++) {
		struct pch *pch = s->pchs[i];

		if (pch->fd >= 0)
			close(pch->fd);
		for (uint32_t f = 0; f < pch->nfiles; f++)
			free(pch->files[f].text);
		HASH_CLEAR(hh, pch->decls);
		HASH_CLEAR(hh, pch->by_name);
		HASH_CLEAR(hh, pch->mentions);
		arena_free(&pch->arena);
		free(pch->text);
		free(pch);
	}
	free(s->pchs);
	free(s->of);
	free(s);
}

size_t pch_count(const struct pch_set *s)
{
	return s->n;
}

const char *pch_label(const struct pch_set *s, size_t i)
{
	return s->pchs[i]->tu->file;
}

struct pch *pch_of(const struct pch_set *s, size_t tu)
{
	return s->of[tu] && s->of[tu]->fd >= 0 ? s->of[tu] : NULL;
}

static char *pch_path(const struct pch_set *s, size_t i)
{
	return xasprintf("%s/pch.%zu", s->dir, i);
}

void pch_build(struct pch_set *s, size_t i, struct buf *reply)
{
	char *path = pch_path(s, i);

	pch_compile(s->pchs[i], &s->opt, path, reply);
	free(path);
}

void pch_take(struct pch_set *s, size_t i, const unsigned char *data, size_t n)
{
	char *path = pch_path(s, i);

	if (data && pch_read(s->pchs[i], data, n))
		s->pchs[i]->fd = open(path, O_RDONLY | O_CLOEXEC);
	unlink(path);
	free(path);
}
