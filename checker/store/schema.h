/* SPDX-License-Identifier: GPL-2.0-only */
/* schema.h - the tables of a database. */
#ifndef RACYBITS_SCHEMA_H
#define RACYBITS_SCHEMA_H

#include "db.h"

/* Makes the tables of a new database.  Dies if those of an old one are of another program or version. */
void schema_check(struct db *db);

#endif
