/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_USB_H
#define _LINUX_USB_H

#include <linux/device.h>

struct usb_interface {
	struct device dev;
	unsigned int authorized:1;
	unsigned int needs_remote_wakeup:1;
};

struct usb_device {
	struct device dev;
};

static inline void *usb_get_intfdata(struct usb_interface *intf)
{
	return intf->dev.driver_data;
}

struct usb_driver {
	const char *name;
	int (*suspend)(struct usb_interface *intf, int message);
	int (*resume)(struct usb_interface *intf);
	int (*pre_reset)(struct usb_interface *intf);
	int (*post_reset)(struct usb_interface *intf);
	long (*unlocked_ioctl)(struct usb_interface *intf, unsigned int code, void *buf);
};

struct urb {
	void *context;
	void (*complete)(struct urb *urb);
};

#define to_usb_device(d) container_of(d, struct usb_device, dev)
#define interface_to_usbdev(intf) to_usb_device(intf->dev.parent)
#define to_usb_interface(d) container_of(d, struct usb_interface, dev)

#define usb_lock_device(udev) device_lock(&(udev)->dev)
#define usb_unlock_device(udev) device_unlock(&(udev)->dev)
int usb_lock_device_for_reset(struct usb_device *udev, const struct usb_interface *iface);

#endif
