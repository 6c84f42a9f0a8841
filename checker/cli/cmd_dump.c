// SPDX-License-Identifier: GPL-2.0-only
/*
 * cmd_dump.c - `racybits dump`: print facts as text, without worker processes and database; with
 * --after what a pass of the analysis made of them.
 */
#include "analysis.h"
#include "commands.h"
#include "datafile.h"
#include "facts/dump.h"
#include "base/buf.h"
#include "front/front.h"
#include "front/pch.h"
#include "link/dump.h"
#include "translation_units.h"
#include "tree/compdb.h"

static struct pch_set *precompile(const struct tu_list *tus, const struct front_options *front)
{
	const struct tu **list = xcalloc(tus->n, sizeof(*list));
	struct pch_set *pchs;
	struct buf reply = { 0 };

	for (size_t i = 0; i < tus->n; i++)
		list[i] = &tus->tus[i];
	pchs = pch_plan(list, tus->n, front);
	for (size_t i = 0; i < pch_count(pchs); i++) {
		reply.n = 0;
		pch_build(pchs, i, &reply);
		pch_take(pchs, i, reply.data, reply.n);
	}
	free(reply.data);
	free(list);
	return pchs;
}

/* Prints the facts of each tu; returns how many could not be analysed. */
static size_t dump_tus(const struct tu_list *tus, struct front_options *front, bool plain,
		       const struct sink *sink)
{
	struct pch_set *pchs = plain ? NULL : precompile(tus, front);
	size_t failed = 0;
	char *reason;

	for (size_t i = 0; i < tus->n; i++) {
		front->pch = pchs ? pch_of(pchs, i) : NULL;
		if (!front_extract(&tus->tus[i], front, sink, &reason))
			continue;
		tu_warn_failed(tus->tus[i].file, reason);
		free(reason);
		failed++;
	}
	if (pchs)
		pch_free(pchs);
	return failed;
}

/* --- after a pass */

struct pass_dump {
	FILE *f;
	const struct dump_pass *pass;
};

static void dump_watched(void *ctx, const struct link *l, const char *pass)
{
	const struct pass_dump *d = ctx;

	if (!strcmp(pass, d->pass->pass))
		dump_after(d->f, l, d->pass);
}

/* Analyses the paths and prints what a pass made of them. */
static int dump_pass(const struct options *o)
{
	struct pass_dump d = { .pass = o->after };
	const struct link_watch watch = { .after = dump_watched, .ctx = &d };
	struct options watched = *o;
	struct analysis an;
	struct output out;
	int status;

	watched.watch = &watch;
	output_open(&out, o->output);
	d.f = out.f;
	analysis_make(&an, &watched, o->args, o->nargs);
	analysis_warn_failed(&an.program);
	output_commit(&out);
	status = analysis_status(&an.program, 0);
	analysis_free(&an);
	return status;
}

int command_dump(const struct options *o)
{
	char *annotations = annotations_find();
	struct front_options front = { .annotations = annotations };
	struct kernel_tree tree;
	struct tu_list all, tus;
	struct output out;
	struct sink sink;
	size_t failed;

	if (!o->nargs && !o->shards)
		die("dump: which files? see racybits dump --help");
	if (o->after)
		return dump_pass(o);
	kerneltree_open(&tree, o->kdir, o->objdir);
	compdb_load(&tree, o->args, o->nargs, &all);
	tus = tus_share(&all, o);
	front.kdir = tree.kdir;
	output_open(&out, o->output);
	dump_sink_init(&sink, out.f);
	failed = dump_tus(&tus, &front, o->plain, &sink);
	failed += compdb_warn_absent(&all);
	output_commit(&out);
	free(tus.tus);
	compdb_free(&all);
	kerneltree_close(&tree);
	free(annotations);
	return failed ? 2 : 0;
}
