// SPDX-License-Identifier: GPL-2.0-only
/* factmsg.c - the message about one translation unit: the sink that writes it, and its reader. */
#include "base/uses.h"
#include "factmsg.h"

static void item_add(struct tu_facts *t, uint32_t kind, const void *data, size_t n)
{
	buf_varint(t->msg, kind);
	buf_varint(t->msg, n);
	buf_add(t->msg, data, n);
}

/* Adds the chunk of a fact called `name`; an unsound one makes the translation unit fail. */
static void chunk_add(struct tu_facts *t, uint32_t kind, bool sound, str name)
{
	char *reason;

	if (sound)
		item_add(t, kind, t->chunk.data, t->chunk.n);
	else {
		reason = xasprintf("the facts of %s contradict themselves (a defect of racybits)",
				   str_get(name));
		facts_fail(t, reason);
		free(reason);
	}
	t->chunk.n = 0;
}

static void sink_record(void *ctx, const struct record *r)
{
	struct tu_facts *t = ctx;

	chunk_add(t, CHUNK_RECORD, facts_encode_record(&t->chunk, r), r->name);
}

static void sink_function(void *ctx, const struct function *f)
{
	struct tu_facts *t = ctx;

	chunk_add(t, CHUNK_FUNCTION, facts_encode_function(&t->chunk, f), f->name);
}

static void sink_slot(void *ctx, const struct slot_store *s)
{
	struct tu_facts *t = ctx;

	chunk_add(t, CHUNK_SLOT, facts_encode_slot(&t->chunk, s), s->func);
}

static void sink_declaration(void *ctx, const struct declaration *d)
{
	struct tu_facts *t = ctx;

	chunk_add(t, CHUNK_DECLARATION, facts_encode_declaration(&t->chunk, d), d->func);
}

static void sink_use(void *ctx, const struct member_use *u)
{
	struct tu_facts *t = ctx;

	chunk_add(t, CHUNK_USE, facts_encode_use(&t->chunk, u), u->field);
}

static void sink_file(void *ctx, const char *path)
{
	item_add(ctx, CHUNK_FILE, path, strlen(path));
}

static void sink_missing(void *ctx, const char *path)
{
	item_add(ctx, CHUNK_MISSING, path, strlen(path));
}

void facts_sink_init(struct sink *sink, struct tu_facts *t, struct buf *msg)
{
	*t = (struct tu_facts){ .msg = msg };
	*sink = (struct sink){
		.ctx = t,
		.record = sink_record,
		.function = sink_function,
		.slot = sink_slot,
		.declaration = sink_declaration,
		.use = sink_use,
		.file = sink_file,
		.missing = sink_missing,
	};
}

void facts_fail(struct tu_facts *t, const char *reason)
{
	item_add(t, CHUNK_FAILED, reason, strlen(reason));
}

void facts_sink_free(struct tu_facts *t)
{
	free(t->chunk.data);
	t->chunk = (struct buf){ 0 };
}

bool facts_next(const unsigned char **at, const unsigned char *end, struct fact_item *item)
{
	const unsigned char *p = *at;
	uint64_t kind, n;

	if (!varint_read(&p, end, &kind) || !varint_read(&p, end, &n) || kind > CHUNK_FAILED ||
	    n > (size_t)(end - p))
		return false;
	*item = (struct fact_item){ .kind = (uint32_t)kind, .data = p, .n = n };
	*at = p + n;
	return true;
}
