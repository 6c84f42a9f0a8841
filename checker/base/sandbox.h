/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * sandbox.h - rights that a child process gives up before it runs what is not trusted.
 *
 * They rest on namespaces (namespaces(7)) and Landlock (Documentation/userspace-api/landlock.rst), as far
 * as the running kernel has and allows them.  All but sandbox_network() change the calling process, for
 * good and for what it starts; it must have one thread.
 */
#ifndef RACYBITS_SANDBOX_H
#define RACYBITS_SANDBOX_H

#include <stdbool.h>
#include <stddef.h>

enum network {
	NETWORK_OFF,	/* none but the loopback device of a namespace of its own, which is down */
	NETWORK_NO_TCP, /* TCP is off, other protocols are not (Landlock) */
	NETWORK_ON,	/* the kernel allows neither */
};

/* How much sandbox_network_off() can cut off here.  Tried once, in a child process. */
enum network sandbox_network(void);
void sandbox_network_off(void);

/* Can the next two functions do what they say? */
bool sandbox_has_landlock(void);
/* Allows writes to /dev/null only; false if the kernel cannot refuse others. */
bool sandbox_writes_off(void);
/*
 * Allows reads of the files at and below the paths only, symbolic links resolved; a path that does not
 * exist counts for nothing.  False if the kernel cannot refuse others.
 */
bool sandbox_reads_only(const char *const *paths, size_t n);

#endif
