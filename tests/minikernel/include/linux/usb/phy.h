/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_USB_PHY_H
#define _LINUX_USB_PHY_H

#include <linux/fs.h>
#include <linux/types.h>

struct usb_phy {
	int (*init)(struct usb_phy *x);
};

static inline int usb_phy_init(struct usb_phy *x)
{
	if (x && x->init)
		return x->init(x);
	return 0;
}

/* An operation of the core's own file: of any phy. */
static inline long usb_phy_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct usb_phy *x = file->private_data;

	return x->init(x);
}

#endif
