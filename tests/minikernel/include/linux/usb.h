/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_USB_H
#define _LINUX_USB_H

#include <linux/device.h>

struct usb_interface {
	struct device dev;
};

struct usb_device {
	struct device dev;
};

#define usb_lock_device(udev) device_lock(&(udev)->dev)
#define usb_unlock_device(udev) device_unlock(&(udev)->dev)
int usb_lock_device_for_reset(struct usb_device *udev, const struct usb_interface *iface);

#endif
