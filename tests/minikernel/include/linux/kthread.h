/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_KTHREAD_H
#define _LINUX_KTHREAD_H

#include <linux/err.h>
#include <linux/list.h>

struct task_struct;

struct task_struct *kthread_create_on_node(int (*threadfn)(void *data), void *data, int node,
					   const char *namefmt, ...);
int wake_up_process(struct task_struct *task);
int kthread_stop(struct task_struct *task);
bool kthread_should_stop(void);

struct kthread_worker {
	struct task_struct *task;
	struct list_head work_list;
};

struct kthread_work;
typedef void (*kthread_work_func_t)(struct kthread_work *work);

struct kthread_work {
	struct list_head node;
	kthread_work_func_t func;
};

bool kthread_queue_work(struct kthread_worker *worker, struct kthread_work *work);

#define kthread_init_work(_work, _fn)                                            \
	do {                                                                     \
		INIT_LIST_HEAD(&(_work)->node);                                  \
		(_work)->func = (_fn);                                           \
	} while (0)

#define kthread_create(threadfn, data, namefmt, ...) \
	kthread_create_on_node(threadfn, data, -1, namefmt, ##__VA_ARGS__)

#define kthread_run(threadfn, data, namefmt, ...)                                \
	({                                                                       \
		struct task_struct *__k =                                        \
			kthread_create(threadfn, data, namefmt, ##__VA_ARGS__);  \
		if (!IS_ERR(__k))                                                \
			wake_up_process(__k);                                    \
		__k;                                                             \
	})

#endif
