/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_TTY_H
#define _LINUX_TTY_H

#include <linux/mutex.h>

struct tty_struct {
	struct mutex legacy_mutex;
	void *driver_data;
};

void tty_lock(struct tty_struct *tty);
void tty_unlock(struct tty_struct *tty);

#endif
