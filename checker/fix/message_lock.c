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

/* "f(), g()": the functions with these ways alone, or (0) with several; NULL: none; from `a`. */
static const char *functions_of(const struct patch *patch, unsigned int ways, struct arena *a)
{
	const char *list = NULL;
	size_t i;

	for (i = 0; i < patch->ntaken; i++) {
		unsigned int own = patch->taken[i].ways;

		if (ways ? own != ways : !(own & (own - 1)))
			continue;
		list = arena_printf(a, "%s%s%s()", list ? list : "", list ? ", " : "",
				    str_get(patch->taken[i].name));
	}
	return list;
}

void put_taken(FILE *f, struct fix_series *s, const struct patch *patch)
{
	static const char *const ways[] = {
		[TAKEN_AROUND] = "  around the store: ",
		[TAKEN_EARLIER] = "  before the store, not behind it: ",
		[MOVED_INSIDE] = "  by a store that is made where it is held: ",
		[DROPPED_LATER] = "  until behind the store: ",
	};
	const char *lock = str_get(patch->lock);
	char *text = xasprintf(
		patch->lock_is_held ?
			"Other stores to these bitfields hold %s. Let those that lack it hold it, too:" :
			"Functions that store to these bitfields take %s close by. Let all hold it:",
		lock);
	const char *list;
	size_t i;

	fputc('\n', f);
	put_wrapped(f, "", text);
	free(text);
	fputc('\n', f);
	for (i = 0; i < TAKEN_WAYS; i++)
		if ((list = functions_of(patch, 1U << i, &s->a)))
			put_wrapped(f, ways[i], list);
	if ((list = functions_of(patch, 0, &s->a)))
		put_wrapped(f, "  around several stores: ", list);
	put_order(f, patch, lock);
}
