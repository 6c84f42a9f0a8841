/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_MMC_H
#define _LINUX_MMC_H

struct mmc_host;

struct mmc_host_ops {
	void (*set_ios)(struct mmc_host *host, int ios);
	int (*get_cd)(struct mmc_host *host);
};

void *mmc_priv(struct mmc_host *host);
int __mmc_claim_host(struct mmc_host *host, void *ctx, void *abort);
void mmc_release_host(struct mmc_host *host);

static inline void mmc_claim_host(struct mmc_host *host)
{
	__mmc_claim_host(host, (void *)0, (void *)0);
}

#endif
