/* SPDX-License-Identifier: GPL-2.0-only */
/* store_priv.h - the open store, for the files of its room. */
#ifndef RACYBITS_STORE_PRIV_H
#define RACYBITS_STORE_PRIV_H

#include "db.h"
#include "filestate.h"
#include "idmap.h"
#include "store.h"

enum query {
	TREE_ADD,
	TREE_GET,
	TU_LIST,
	TU_COPY,
	FILE_LIST,
	FILE_ADD,
	FILE_TOUCH,
	CHUNK_FIND,
	CHUNK_ADD,
	CHUNK_GET,
	TU_GET,
	TU_PUT,
	TU_LISTS,
	CHUNK_LAST,
	CHUNK_DROP,
	FILE_LAST,
	FILE_DROP,
	COMMANDS_GET,
	COMMANDS_PUT,
	QUERIES
};

struct store {
	struct db db;
	bool kept;     /* on disk: worth knowing which files were read */
	bool shared;   /* see store_open_shared() */
	bool replaced; /* a unit: there may be chunks and files of no use */
	int64_t tree;
	struct file_states files;
	struct idmap versions; /* by file.id: the address of its struct file_version */
};

#endif
