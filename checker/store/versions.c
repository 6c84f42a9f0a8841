// SPDX-License-Identifier: GPL-2.0-only
/* versions.c - the table `file`: the versions of files that facts were made from. */
#include "versions.h"

static void version_add(struct store *s, const char *path, const struct file_version *v)
{
	*idmap_at(&s->versions, (uint64_t)v->id) = (intptr_t)filestate_add(&s->files, path, v);
}

struct file_version *versions_get(const struct store *s, uint64_t id)
{
	return (struct file_version *)(intptr_t)idmap_get(&s->versions, id);
}

void versions_load(struct store *s)
{
	struct sqlite3_stmt *st = db_query(&s->db, FILE_LIST);
	struct file_version v = { 0 };
	const char *path;

	while (db_row(&s->db, st)) {
		v.id = db_int(st, 0);
		v.hash = (uint64_t)db_int(st, 1);
		v.size = db_int(st, 2);
		v.mtime_ns = db_int(st, 3);
		path = db_text(st, 4);
		if (v.id < 0 || v.id > ID_MAX || !path)
			db_damaged(&s->db, "table file");
		version_add(s, path, &v);
	}
}

int64_t versions_put(struct store *s, const char *path, struct file_version *now)
{
	struct sqlite3_stmt *st = db_query(&s->db, FILE_ADD);

	db_bind_int(st, 1, (int64_t)now->hash);
	db_bind_int(st, 2, now->size);
	db_bind_int(st, 3, now->mtime_ns);
	db_bind_text(st, 4, path);
	db_row(&s->db, st);
	now->id = db_last_id(&s->db);
	version_add(s, path, now);
	return now->id;
}

void versions_touch(struct store *s, const struct file_version *v)
{
	struct sqlite3_stmt *st = db_query(&s->db, FILE_TOUCH);

	db_bind_int(st, 1, v->id);
	db_bind_int(st, 2, v->mtime_ns);
	db_row(&s->db, st);
}

int64_t versions_now(struct store *s, const char *path, bool *known)
{
	struct file_version now, *v;
	bool touched = false;

	v = filestate_find(&s->files, path, &now, known, &touched);
	if (v && touched)
		versions_touch(s, v);
	if (v || !*known)
		return v ? v->id : 0;
	return versions_put(s, path, &now);
}
