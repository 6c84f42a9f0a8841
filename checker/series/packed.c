// SPDX-License-Identifier: GPL-2.0-only
/* packed.c - findings as bytes, for another process or a later run. */
#include "packed.h"

_Noreturn static void damaged(void)
{
	die("the findings of another process are damaged");
}

size_t packed_number(struct packed *p)
{
	uint64_t n;

	if (!varint_read(&p->at, p->end, &n) || n > (uint64_t)(p->end - p->at))
		damaged();
	return n;
}

void packed_text_put(struct buf *out, const char *text)
{
	buf_add(out, text, strlen(text) + 1);
}

const char *packed_text(struct packed *p)
{
	const char *text = (const char *)p->at;
	const unsigned char *nul = memchr(p->at, '\0', (size_t)(p->end - p->at));

	if (!nul)
		damaged();
	p->at = nul + 1;
	return text;
}
