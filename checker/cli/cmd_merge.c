// SPDX-License-Identifier: GPL-2.0-only
/* cmd_merge.c - `racybits merge`: make one database of those that check --shard filled. */
#include "commands.h"
#include "store/db_merge.h"

int command_merge(const struct options *o)
{
	if (!o->output)
		die("merge: which database to make? see racybits merge --help");
	if (!o->nargs)
		die("merge: which databases to join? see racybits merge --help");
	db_merge(o->output, o->args, o->nargs);
	return 0;
}
