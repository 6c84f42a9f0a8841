// SPDX-License-Identifier: GPL-2.0-only
/* lint_quiet.c - files of which a series changes comments and white space alone. */
#include "datafile.h"
#include "front/same_tokens.h"
#include "link/claim_parse.h"
#include "lint_confine.h"
#include "lint_quiet.h"
#include "base/pool.h"
#include "store/files_read.h"
#include "store/store.h"
#include "translation_units.h"
#include "tree/tree_path.h"

struct quiet {
	struct lint *l;
	struct linux_model model;
	size_t *files; /* indexes into l->series.touched of those that are compared */
	bool *same;    /* of each */
	size_t n;
};

/* --- which: in worker processes, as nothing of the series is trusted */

static void confine(void *ctx)
{
	const struct quiet *q = ctx;

	lint_confine_worker(q->l);
}

static bool speaks(const char *comment, void *ctx)
{
	const struct quiet *q = ctx;

	return claim_speaks(&q->model, comment);
}

static void compare(size_t job, struct buf *reply, void *ctx)
{
	const struct quiet *q = ctx;
	const struct patch_series *s = &q->l->series;
	const char *file = s->touched.v[q->files[job]];
	char *before = series_content(s, BEFORE, file), *after = series_content(s, AFTER, file);

	buf_varint(reply, tokens_same(before, after, speaks, ctx));
	free(before);
	free(after);
}

static void compared(size_t job, const unsigned char *data, size_t n, const char *failure,
		     void *ctx)
{
	struct quiet *q = ctx;

	q->same[job] = !failure && n == 1 && *data == 1;
}

static bool is_code(const char *file)
{
	return name_ends_in(file, ".c") || name_ends_in(file, ".h");
}

static void files_choose(struct quiet *q)
{
	const struct lint *l = q->l;
	size_t i;

	q->files = xcalloc(l->series.touched.n + 1, sizeof(*q->files));
	for (i = 0; i < l->series.touched.n; i++) {
		const char *file = l->series.touched.v[i];
		bool in_tree = tree_has(&l->tree, file);

		if (is_code(file) && series_has(&l->series, BEFORE, file, in_tree) &&
		    series_has(&l->series, AFTER, file, in_tree))
			q->files[q->n++] = i;
	}
	q->same = xcalloc(q->n + 1, sizeof(*q->same));
}

/* --- which content */

/* Of each of the files, BEFORE and AFTER in turn; the caller frees the strings and the array. */
static struct content_of *contents_of(const struct quiet *q)
{
	const struct patch_series *s = &q->l->series;
	struct content_of *v = xcalloc(STATES * q->n + 1, sizeof(*v));
	size_t i, state;

	for (i = 0; i < q->n; i++)
		for (state = 0; state < STATES; state++) {
			const char *file = s->touched.v[q->files[i]];

			v[STATES * i + state] = (struct content_of){
				.path = xasprintf("%s/%s", s->kdir, file),
				.actual = series_content(s, state, file),
			};
		}
	return v;
}

static void count_readers(const struct lint *l, struct content_of *v, size_t n)
{
	char *name = tree_store_name(&l->tree);
	struct store *store = store_open(l->db, name);

	store_count_readers(store, v, n);
	store_close(store);
	free(name);
}

static void files_leave(struct quiet *q)
{
	struct content_of *v = contents_of(q);
	size_t i;

	if (q->l->db && q->n)
		count_readers(q->l, v, STATES * q->n);
	/* (from the end: the indexes of those that remain do not change) */
	for (i = q->n; i--;)
		if (q->same[i])
			series_leave(&q->l->series, q->files[i],
				     v[STATES * i + AFTER].readers > v[STATES * i].readers ?
					     AFTER :
					     BEFORE);
	for (i = 0; i < STATES * q->n; i++) {
		free((char *)v[i].path);
		free((char *)v[i].actual);
	}
	free(v);
}

void lint_quiet(struct lint *l)
{
	struct quiet q = { .l = l };
	const struct pool_job job = {
		.confine = confine, .work = compare, .done = compared, .ctx = &q
	};

	files_choose(&q);
	if (q.n) {
		models_read(&q.model, l->o);
		pool_run(l->o->jobs, q.n, &job, NULL);
		files_leave(&q);
		model_free(&q.model);
	}
	free(q.files);
	free(q.same);
}
