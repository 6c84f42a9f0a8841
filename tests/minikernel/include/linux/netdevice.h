/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_NETDEVICE_H
#define _LINUX_NETDEVICE_H

#include <linux/device.h>
#include <linux/notifier.h>

struct ethtool_ops;
struct net_device;
struct rtnl_link_stats64;
struct sk_buff;
typedef int netdev_tx_t;
#define NETDEV_TX_OK 0

struct net_device_ops {
	int (*ndo_open)(struct net_device *dev);
	int (*ndo_stop)(struct net_device *dev);
	netdev_tx_t (*ndo_start_xmit)(struct sk_buff *skb, struct net_device *dev);
	int (*ndo_change_mtu)(struct net_device *dev, int new_mtu);
	void (*ndo_set_rx_mode)(struct net_device *dev);
	void (*ndo_get_stats64)(struct net_device *dev, struct rtnl_link_stats64 *storage);
};

struct net_device {
	const struct net_device_ops *netdev_ops;
	const struct ethtool_ops *ethtool_ops;
	unsigned long priv_len;
	u8 priv[] __aligned(32);
};

static inline void *netdev_priv(const struct net_device *dev)
{
	return (void *)dev->priv;
}

struct napi_struct {
	unsigned long state;
	int (*poll)(struct napi_struct *napi, int budget);
};

static inline void netif_napi_add(struct net_device *dev, struct napi_struct *napi,
				  int (*poll)(struct napi_struct *, int))
{
	napi->state = 0;
	napi->poll = poll;
}

void napi_enable(struct napi_struct *n);
void napi_disable(struct napi_struct *n);

int register_netdevice_notifier(struct notifier_block *nb);
void netif_tx_lock_bh(struct net_device *dev);
void netif_tx_unlock_bh(struct net_device *dev);

#endif
