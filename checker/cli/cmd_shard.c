// SPDX-License-Identifier: GPL-2.0-only
/* cmd_shard.c - `racybits check --shard`: store the facts of a share of the tree. */
#include "commands.h"
#include "datafile.h"
#include "extract.h"
#include "translation_units.h"
#include "tree/compdb.h"

/* Names the tus that could not be analysed; returns how many. */
static size_t warn_share_failed(struct store *s, const struct tu_list *share)
{
	size_t i, n = 0;
	char *reason;

	for (i = 0; i < share->n; i++) {
		reason = store_failed(s, &share->tus[i]);
		if (!reason)
			continue;
		tu_warn_failed(share->tus[i].file, reason);
		free(reason);
		n++;
	}
	return n;
}

int command_shard(const struct options *o)
{
	char *annotations = annotations_find(), *name;
	struct extraction x = { .key = extract_key(annotations),
				.workers = o->jobs,
				.plain = o->plain,
				.front = { .annotations = annotations } };
	struct kernel_tree tree;
	struct tu_list all, share;
	size_t new, failed, absent;

	if (!o->db)
		die("--shard: which database to put the facts in? see --db");
	kerneltree_open(&tree, o->kdir, o->objdir);
	tus_of_tree(&tree, o->db, o->args, o->nargs, &all);
	share = tus_share(&all, o);
	name = tree_store_name(&tree);
	x.front.kdir = tree.kdir;
	x.store = store_open(o->db, name);
	new = extract_stale(&x, &share);
	failed = warn_share_failed(x.store, &share);
	store_close(x.store);
	warn("share %u of %u: %zu translation units, %zu analysed now, %zu failed", o->shard,
	     o->shards, share.n, new, failed);
	absent = compdb_warn_absent(&all);
	free(share.tus);
	free(name);
	compdb_free(&all);
	kerneltree_close(&tree);
	free(annotations);
	return failed || absent ? 2 : 0;
}
