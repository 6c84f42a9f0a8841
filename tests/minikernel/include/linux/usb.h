/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_USB_H
#define _LINUX_USB_H

#include <linux/types.h>

struct urb {
	void *context;
	void (*complete)(struct urb *urb);
};

#endif
