// SPDX-License-Identifier: GPL-2.0-only
/* A callback that frees its object is stored into new objects; another is stored into what is there, too. */
#include <linux/slab.h>

struct conn {
	void (*done)(struct conn *conn);
	void (*abort)(struct conn *conn);
	int a:1, b:1;
};

static void conn_done(struct conn *conn)
{
	conn->a = 1;
	kfree(conn);
}

static void conn_abort(struct conn *conn)
{
	conn->b = 1;
	kfree(conn);
}

struct conn *conn_new(void)
{
	struct conn *conn = kzalloc(sizeof(*conn), GFP_KERNEL);

	if (!conn)
		return NULL;
	conn->done = conn_done;
	conn->abort = conn_abort;
	return conn;
}

void conn_reset(struct conn *conn)
{
	conn->abort = conn_abort;
}
