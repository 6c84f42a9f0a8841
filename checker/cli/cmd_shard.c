// SPDX-License-Identifier: GPL-2.0-only
/* cmd_shard.c - facts gathered in shares: racybits check --shard, racybits merge. */
#include "analysis.h"
#include "commands.h"
#include "tree/compdb.h"
#include "extract.h"
#include "store/db_merge.h"

/* Every N-th unit, beginning with the K-th, for neighbours take about the same time. */
struct tu_list share_of(const struct tu_list *all, const struct options *o)
{
	struct tu_list share = { .tus = xcalloc(all->n + 1, sizeof(*share.tus)) };
	size_t first = o->shards ? o->shard - 1 : 0, step = o->shards ? o->shards : 1;

	for (size_t i = first; i < all->n; i += step)
		share.tus[share.n++] = all->tus[i];
	return share;
}

/* Tells of the units that could not be analysed, and how many they are. */
static size_t warn_share_failed(struct store *s, const struct tu_list *share)
{
	size_t i, n = 0;
	char *reason;

	for (i = 0; i < share->n; i++) {
		reason = store_failed(s, &share->tus[i]);
		if (!reason)
			continue;
		warn_file_failed(share->tus[i].file, reason);
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
	tree_units(&tree, o->db, o->args, o->nargs, &all);
	share = share_of(&all, o);
	name = tree_name_for_store(&tree);
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

int command_merge(const struct options *o)
{
	if (!o->output)
		die("merge: which database to make? see racybits merge --help");
	if (!o->nargs)
		die("merge: of which databases? see racybits merge --help");
	db_merge(o->output, o->args, o->nargs);
	return 0;
}
