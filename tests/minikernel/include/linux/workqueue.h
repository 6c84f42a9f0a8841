/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_WORKQUEUE_H
#define _LINUX_WORKQUEUE_H

#include <linux/list.h>
#include <linux/timer.h>

struct workqueue_struct;
struct work_struct;
typedef void (*work_func_t)(struct work_struct *work);

struct work_struct {
	atomic_t data;
	struct list_head entry;
	work_func_t func;
};

struct delayed_work {
	struct work_struct work;
	struct timer_list timer;
};

extern struct workqueue_struct *system_wq;

enum { WQ_UNBOUND = 1 << 1, WQ_MEM_RECLAIM = 1 << 3, __WQ_ORDERED = 1 << 17 };

struct workqueue_struct *alloc_workqueue(const char *fmt, unsigned int flags, int max_active, ...);
void destroy_workqueue(struct workqueue_struct *wq);

#define alloc_ordered_workqueue(fmt, flags, args...) \
	alloc_workqueue(fmt, WQ_UNBOUND | __WQ_ORDERED | (flags), 1, ##args)

bool queue_work_on(int cpu, struct workqueue_struct *wq, struct work_struct *work);
bool queue_delayed_work_on(int cpu, struct workqueue_struct *wq, struct delayed_work *dwork,
			   unsigned long delay);
bool cancel_work_sync(struct work_struct *work);
bool cancel_delayed_work_sync(struct delayed_work *dwork);
bool flush_work(struct work_struct *work);
bool flush_delayed_work(struct delayed_work *dwork);
void delayed_work_timer_fn(struct timer_list *timer);

#define INIT_WORK(_work, _func)                                                  \
	do {                                                                     \
		(_work)->data = (atomic_t){ 0 };                                 \
		INIT_LIST_HEAD(&(_work)->entry);                                 \
		(_work)->func = (_func);                                         \
	} while (0)

#define INIT_DELAYED_WORK(_work, _func)                                          \
	do {                                                                     \
		INIT_WORK(&(_work)->work, (_func));                              \
		init_timer_key(&(_work)->timer, delayed_work_timer_fn, 0);       \
	} while (0)

static inline bool queue_work(struct workqueue_struct *wq, struct work_struct *work)
{
	return queue_work_on(-1, wq, work);
}

static inline bool schedule_work(struct work_struct *work)
{
	return queue_work(system_wq, work);
}

static inline bool schedule_delayed_work(struct delayed_work *dwork, unsigned long delay)
{
	return queue_delayed_work_on(-1, system_wq, dwork, delay);
}

static inline struct delayed_work *to_delayed_work(struct work_struct *work)
{
	return container_of(work, struct delayed_work, work);
}

#endif
