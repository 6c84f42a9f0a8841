/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_DEVICE_H
#define _LINUX_DEVICE_H

#include <linux/kernel.h>
#include <linux/mutex.h>
#include <linux/pm.h>

struct device;

struct device_driver {
	const char *name;
	int (*probe)(struct device *dev);
	const struct dev_pm_ops *pm;
};

struct device {
	struct device *parent;
	struct mutex mutex;
	struct device_driver *driver;
	void *driver_data;
	struct dev_pm_info power;
	bool offline_disabled:1;
};

struct device_attribute {
	const char *name;
	umode_t mode;
	ssize_t (*show)(struct device *dev, struct device_attribute *attr, char *buf);
	ssize_t (*store)(struct device *dev, struct device_attribute *attr, const char *buf,
			 size_t count);
};

#define DEVICE_ATTR_RW(_name)                                                    \
	struct device_attribute dev_attr_##_name = {                             \
		.name = #_name,                                                  \
		.mode = 0644,                                                    \
		.show = _name##_show,                                            \
		.store = _name##_store,                                          \
	}
#define DEVICE_ATTR_WO(_name)                                                    \
	struct device_attribute dev_attr_##_name = {                             \
		.name = #_name,                                                  \
		.mode = 0200,                                                    \
		.store = _name##_store,                                          \
	}

static inline void *dev_get_drvdata(const struct device *dev)
{
	return dev->driver_data;
}

static inline void dev_set_drvdata(struct device *dev, void *data)
{
	dev->driver_data = data;
}

static inline void device_lock(struct device *dev)
{
	mutex_lock(&dev->mutex);
}

static inline int device_trylock(struct device *dev)
{
	return mutex_trylock(&dev->mutex);
}

static inline void device_unlock(struct device *dev)
{
	mutex_unlock(&dev->mutex);
}

DEFINE_GUARD(device, struct device *, device_lock(_T), device_unlock(_T))

#endif
