/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _MEDIA_VIDEOBUF2_CORE_H
#define _MEDIA_VIDEOBUF2_CORE_H

#include <linux/mutex.h>

struct vb2_queue;

struct vb2_ops {
	int (*start_streaming)(struct vb2_queue *q, unsigned int count);
	void (*stop_streaming)(struct vb2_queue *q);
};

struct vb2_queue {
	const struct vb2_ops *ops;
	struct mutex *lock;
	void *drv_priv;
};

#endif
