/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_ETHTOOL_H
#define _LINUX_ETHTOOL_H

struct net_device;
struct ethtool_link_ksettings;

struct ethtool_ops {
	int (*set_link_ksettings)(struct net_device *dev, const struct ethtool_link_ksettings *cmd);
	int (*nway_reset)(struct net_device *dev);
};

#endif
