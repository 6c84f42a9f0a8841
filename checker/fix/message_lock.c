// SPDX-License-Identifier: GPL-2.0-only
/* message_lock.c - the part of a message about stores that take a lock. */
#include "message_lock.h"
#include "wrap.h"

/* Says why nothing waits for itself: for the callers, and for what they hold. */
static void put_order(FILE *f, const struct patch *patch, const char *lock)
{
	char *text = xasprintf(
		"This cannot deadlock: no caller of these stores holds %s, and they call nothing.%s%s%s",
		lock, patch->lock_under ? " Some callers hold " : "",
		patch->lock_under ? patch->lock_under : "",
		patch->lock_under ? ": what sleeps is taken before what spins." : "");

	fputc('\n', f);
	put_wrapped(f, "", text);
	free(text);
}

void put_taken(FILE *f, const struct patch *patch)
{
	static const char *const ways[] = {
		[TAKEN_AROUND] = "  around the store: ",
		[TAKEN_EARLIER] = "  before the store, not behind it: ",
		[DROPPED_LATER] = "  until behind the store: ",
	};
	const char *lock = str_get(patch->lock);
	char *text = xasprintf(
		patch->lock_is_held ?
			"Other stores to these bitfields hold %s. Let those that lack it hold it, too:" :
			"Functions that store to these bitfields take %s close by. Let all hold it:",
		lock);
	size_t i;

	fputc('\n', f);
	put_wrapped(f, "", text);
	free(text);
	fputc('\n', f);
	for (i = 0; i < TAKEN_WAYS; i++)
		if (patch->taken[i])
			put_wrapped(f, ways[i], patch->taken[i]);
	put_order(f, patch, lock);
}
