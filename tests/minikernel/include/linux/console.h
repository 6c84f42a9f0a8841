/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_CONSOLE_H
#define _LINUX_CONSOLE_H

void console_lock(void);
int console_trylock(void);
void console_unlock(void);

#endif
