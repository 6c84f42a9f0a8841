/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_PM_H
#define _LINUX_PM_H

#include <linux/types.h>
#include <linux/workqueue.h>

struct device;

enum rpm_status {
	RPM_ACTIVE = 0,
	RPM_RESUMING,
	RPM_SUSPENDED,
	RPM_SUSPENDING,
};

struct dev_pm_info {
	struct work_struct work;
	bool can_wakeup:1;
	unsigned int disable_depth;
	bool needs_force_resume:1;
	bool timer_autosuspends:1;
	enum rpm_status runtime_status;
};

struct dev_pm_ops {
	int (*suspend)(struct device *dev);
	int (*resume)(struct device *dev);
	int (*resume_noirq)(struct device *dev);
	int (*runtime_suspend)(struct device *dev);
	int (*runtime_resume)(struct device *dev);
	int (*runtime_idle)(struct device *dev);
};

#endif
