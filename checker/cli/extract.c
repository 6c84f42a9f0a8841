// SPDX-License-Identifier: GPL-2.0-only
/* extract.c - bring the stored facts of translation units (tus) up to date. */
#include <unistd.h>

#include "base/sandbox.h"
#include "extract.h"
#include "facts/factmsg.h"
#include "store/put.h"
#include "front/pch.h"
#include "base/pool.h"

struct extract_jobs {
	const struct extraction *x;
	const struct tu **jobs;
	size_t njobs, cap;
	struct pch_set *pchs; /* NULL: none */
};

void extract_confine_to(const struct args *readable)
{
	const char **paths = xcalloc(readable->n + 1, sizeof(*paths));
	size_t i;

	for (i = 0; i < readable->n; i++)
		paths[i] = readable->v[i];
	paths[i] = "/proc/self"; /* the pool reads how much memory it has */
	if (!freopen("/dev/null", "w", stderr))
		_exit(1);
	sandbox_reads_only(paths, readable->n + 1);
	free(paths);
}

static void extract_confine(void *ctx)
{
	const struct extract_jobs *w = ctx;

	if (w->x->readable)
		extract_confine_to(w->x->readable);
}

static void extract_work(size_t job, struct buf *reply, void *ctx)
{
	const struct extract_jobs *w = ctx;
	struct front_options front = w->x->front;
	struct tu_facts facts;
	struct sink sink;
	char *reason = NULL;

	front.pch = w->pchs ? pch_of(w->pchs, job) : NULL;
	facts_sink_init(&sink, &facts, reply);
	if (front_extract(w->jobs[job], &front, &sink, &reason))
		facts_fail(&facts, reason);
	facts_sink_free(&facts);
	free(reason);
}

static void extract_done(size_t job, const unsigned char *data, size_t n, const char *failure,
			 void *ctx)
{
	const struct extract_jobs *w = ctx;
	const struct extraction *x = w->x;

	if (failure)
		store_put_failed(x->store, w->jobs[job], failure);
	else
		store_put(x->store, w->jobs[job], x->key, x->front.kdir, data, n);
}

static const char *extract_label(size_t job, void *ctx)
{
	const struct extract_jobs *w = ctx;

	return w->jobs[job]->file;
}

static void headers_work(size_t job, struct buf *reply, void *ctx)
{
	const struct extract_jobs *w = ctx;

	pch_build(w->pchs, job, reply);
}

/* A failure costs time only: the tus are then parsed without precompiled headers. */
static void headers_done(size_t job, const unsigned char *data, size_t n, const char *failure,
			 void *ctx)
{
	const struct extract_jobs *w = ctx;

	(void)failure;
	pch_take(w->pchs, job, data, n);
}

static const char *headers_label(size_t job, void *ctx)
{
	const struct extract_jobs *w = ctx;

	return pch_label(w->pchs, job);
}

static void headers_precompile(struct extract_jobs *w)
{
	const struct pool_job job = { .confine = extract_confine,
				      .work = headers_work,
				      .done = headers_done,
				      .label = headers_label,
				      .ctx = w };

	w->pchs = pch_plan(w->jobs, w->njobs, &w->x->front);
	pool_run(w->x->workers, pch_count(w->pchs), &job, NULL);
}

size_t extract_stale(const struct extraction *x, const struct tu_list *tus)
{
	struct extract_jobs w = { .x = x };
	const struct pool_job job = { .confine = extract_confine,
				      .work = extract_work,
				      .done = extract_done,
				      .label = extract_label,
				      .ctx = &w };

	for (size_t i = 0; i < tus->n; i++)
		if (*tus->tus[i].argv && !store_fresh(x->store, &tus->tus[i], x->key))
			*vec_add(w.jobs, w.njobs, w.cap) = &tus->tus[i];
	if (!x->plain)
		headers_precompile(&w);
	pool_run(x->workers, w.njobs, &job, NULL);
	if (w.pchs)
		pch_free(w.pchs);
	free(w.jobs);
	return w.njobs;
}

uint64_t extract_key(const char *annotations)
{
	static const char front[] =
#include "front.inc"
		;
	uint64_t key = hash_string(HASH_SEED, front);
	size_t bytes;
	char *text = read_file(annotations, &bytes);

	if (!text)
		die("cannot read %s:", annotations);
	key = hash_bytes(key, text, bytes);
	free(text);
	return key;
}
