// SPDX-License-Identifier: GPL-2.0-only
/* schema.c - the tables of a database: made, or checked for program and version. */
#include "schema.h"
#include "store.h"

static const char schema[] =
#include "schema.inc"
	;

#define APPLICATION_ID 0x72616379 /* "racy", see PRAGMA application_id */

static void schema_make(struct db *db)
{
	char *sql = xasprintf("PRAGMA application_id = %d; PRAGMA user_version = %d",
			      APPLICATION_ID, STORE_VERSION);

	db_run(db, schema);
	db_run(db, sql);
	free(sql);
}

void schema_check(struct db *db)
{
	int64_t version = db_number(db, "PRAGMA user_version");

	if (!db_number(db, "SELECT count(*) FROM sqlite_master"))
		schema_make(db);
	else if (db_number(db, "PRAGMA application_id") != APPLICATION_ID)
		db_damaged(db, "it belongs to another program");
	else if (version != STORE_VERSION)
		die("%s: database of another version (%lld, this is %d); remove it or name another with --db",
		    db->path, (long long)version, STORE_VERSION);
}
