/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_USB_PHY_H
#define _LINUX_USB_PHY_H

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

#endif
