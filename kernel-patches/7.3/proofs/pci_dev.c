/*
 * Two threads store to d3cold_allowed and no_d3cold of struct pci_dev at once, as a kernel's compiler does,
 * and read back what they stored.
 *
 *	cc -O2 -pthread prove.c -o prove && ./prove [SECONDS]
 *
 * Exit status: 0 an update was lost before and none after the split; 1 not so; 2 it could not run.
 */
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <threads.h>
#include <time.h>

#define ENOUGH 3	/* lost updates */

static atomic_bool stop;
static atomic_uint ready;
static double seconds = 20;

struct count { unsigned long stores, lost; };

static double now(void)
{
	struct timespec t;

	timespec_get(&t, TIME_UTC);
	return t.tv_sec + t.tv_nsec / 1e9;
}

/* Both start at once, or one is done before the other begins. */
static void meet(void)
{
	atomic_fetch_add(&ready, 1);
	while (atomic_load(&ready) < 2 && !atomic_load(&stop))
		;
}

/* Nobody else writes the field: what was stored must be read until the next store. */
#define WRITER(s, f, mask) \
__attribute__((noinline)) static void store_##s##_##f(struct s *p, unsigned long long v) { p->f = v; } \
__attribute__((noinline)) static unsigned long long load_##s##_##f(struct s *p) { return p->f & (mask); } \
static int write_##s##_##f(void *arg) \
{ \
	struct count *count = arg; \
	unsigned long long v = 0; \
	meet(); \
	while (!atomic_load(&stop)) { \
		if (load_##s##_##f(&s) != v) \
			count->lost++; \
		atomic_signal_fence(memory_order_seq_cst); \
		v = ++count->stores & (mask); \
		store_##s##_##f(&s, v); \
		atomic_signal_fence(memory_order_seq_cst); \
		if (count->lost >= ENOUGH) \
			atomic_store(&stop, true); \
	} \
	return 0; \
}

/* Two writers at once until updates are lost or the time is over; returns how many were. */
static unsigned long run(const char *name, thrd_start_t a, thrd_start_t b, double limit)
{
	struct count counts[2] = { { 0, 0 } };
	double begin = now();
	thrd_t threads[2];

	atomic_store(&stop, false);
	atomic_store(&ready, 0);
	if (thrd_create(&threads[0], a, &counts[0]) != thrd_success ||
	    thrd_create(&threads[1], b, &counts[1]) != thrd_success) {
		fprintf(stderr, "cannot start a thread\n");
		exit(2);
	}
	while (!atomic_load(&stop) && now() - begin < limit)
		thrd_sleep(&(struct timespec){ .tv_nsec = 1000000 }, NULL);
	atomic_store(&stop, true);
	thrd_join(threads[0], NULL);
	thrd_join(threads[1], NULL);
	printf("%s: %lu updates lost in %lu stores\n", name, counts[0].lost + counts[1].lost,
	       counts[0].stores + counts[1].stores);
	return counts[0].lost + counts[1].lost;
}

/* Is the field where it is in the kernel? */
#define CHECK(s, f, mask, bit, width) do { \
	memset(&s, 0, sizeof(s)); \
	store_##s##_##f(&s, mask); \
	for (unsigned long i = 0; i < 8 * sizeof(s); i++) \
		if ((((unsigned char *)&s)[i / 8] >> i % 8 & 1) != (i >= (bit) && i < (bit) + (width))) { \
			fprintf(stderr, "%s.%s is not at bit %u\n", #s, #f, (unsigned int)(bit)); \
			return 2; \
		} \
	memset(&s, 0, sizeof(s)); \
} while (0)

static struct before {
	_Alignas(8) unsigned char m0[16];
	_Alignas(8) unsigned char m1[8];
	_Alignas(8) unsigned char m2[8];
	_Alignas(8) unsigned char m3[8];
	_Alignas(8) unsigned char m4[8];
	_Alignas(8) unsigned char m5[8];
	_Alignas(8) unsigned char m6[4];
	_Alignas(4) unsigned char m7[2];
	_Alignas(2) unsigned char m8[2];
	_Alignas(8) unsigned char m9[2];
	_Alignas(2) unsigned char m10[2];
	_Alignas(4) unsigned char m11[4];
	_Alignas(8) unsigned char m12[1];
	_Alignas(1) unsigned char m13[1];
	_Alignas(8) unsigned char m14[8];
	_Alignas(8) unsigned char m15[8];
	_Alignas(8) unsigned char m16[4];
	_Alignas(4) unsigned char m17[2];
	_Alignas(2) unsigned char m18[1];
	_Alignas(1) unsigned char m19[1];
	_Alignas(8) unsigned char m20[1];
	unsigned char pcie_mpss:3;
	_Alignas(2) unsigned char m22[1];
	_Alignas(1) unsigned char m23[1];
	_Alignas(4) unsigned char m24[2];
	_Alignas(8) unsigned char m25[8];
	_Alignas(8) unsigned char m26[8];
	_Alignas(8) unsigned char m27[8];
	_Alignas(8) unsigned char m28[8];
	_Alignas(8) unsigned char m29[16];
	_Alignas(8) unsigned char m30[4];
	_Alignas(4) unsigned char m31[1];
	unsigned int pme_support:5;
	unsigned int pme_poll:1;
	unsigned int pinned:1;
	unsigned int config_rrs_sv:1;
	unsigned int imm_ready:1;
	unsigned int d1_support:1;
	unsigned int d2_support:1;
	unsigned int no_d1d2:1;
	unsigned int no_d3cold:1;
	unsigned int bridge_d3:1;
	unsigned int d3cold_allowed:1;
	unsigned int mmio_always_on:1;
	unsigned int wakeup_prepared:1;
	unsigned int skip_bus_pm:1;
	unsigned int ignore_hotplug:1;
	unsigned int hotplug_user_indicators:1;
	unsigned int clear_retrain_link:1;
	unsigned int no_bw_notif:1;
	_Alignas(8) unsigned char m50[4];
	_Alignas(4) unsigned char m51[4];
	_Alignas(8) unsigned char m52[2];
	_Alignas(8) unsigned char m53[8];
	unsigned int aspm_l0s_support:1;
	unsigned int aspm_l1_support:1;
	unsigned int ltr_path:1;
	unsigned int pasid_no_tlp:1;
	unsigned int eetlp_prefix_max:3;
	_Alignas(4) unsigned char m59[4];
	_Alignas(8) unsigned char m60[760];
	_Alignas(8) unsigned char m61[4];
	_Alignas(4) unsigned char m62[4];
	_Alignas(8) unsigned char m63[1088];
	_Alignas(8) unsigned char m64[64];
	unsigned int transparent:1;
	unsigned int io_window:1;
	unsigned int pref_window:1;
	unsigned int pref_64_window:1;
	unsigned int multifunction:1;
	unsigned int is_busmaster:1;
	unsigned int no_msi:1;
	unsigned int no_aer_anfe:1;
	unsigned int block_cfg_access:1;
	unsigned int broken_parity_status:1;
	unsigned int irq_reroute_variant:2;
	unsigned int msi_enabled:1;
	unsigned int msix_enabled:1;
	unsigned int ari_enabled:1;
	unsigned int ats_enabled:1;
	unsigned int pasid_enabled:1;
	unsigned int pri_enabled:1;
	unsigned int tph_enabled:1;
	unsigned int fm_enabled:1;
	unsigned int is_managed:1;
	unsigned int is_msi_managed:1;
	unsigned int needs_freset:1;
	unsigned int state_saved:1;
	unsigned int is_physfn:1;
	unsigned int is_virtfn:1;
	unsigned int is_hotplug_bridge:1;
	unsigned int is_pciehp:1;
	unsigned int shpc_managed:1;
	unsigned int is_thunderbolt:1;
	unsigned int is_cxl:1;
	unsigned int untrusted:1;
	unsigned int external_facing:1;
	unsigned int broken_intx_masking:1;
	unsigned int io_window_1k:1;
	unsigned int irq_managed:1;
	unsigned int non_compliant_bars:1;
	unsigned int is_probed:1;
	unsigned int link_active_reporting:1;
	unsigned int no_vf_scan:1;
	unsigned int no_command_memory:1;
	unsigned int rom_bar_overlap:1;
	unsigned int rom_attr_enabled:1;
	unsigned int non_mappable_bars:1;
	_Alignas(2) unsigned char m108[2];
	_Alignas(8) unsigned char m109[4];
	_Alignas(4) unsigned char m110[4];
	_Alignas(8) unsigned char m111[64];
	_Alignas(8) unsigned char m112[8];
	_Alignas(8) unsigned char m113[8];
	_Alignas(8) unsigned char m114[4];
	_Alignas(8) unsigned char m115[32];
	_Alignas(8) unsigned char m116[8];
	_Alignas(8) unsigned char m117[8];
	_Alignas(8) unsigned char m119[2];
	_Alignas(2) unsigned char m120[1];
	_Alignas(4) unsigned char m121[2];
	_Alignas(8) unsigned char m122[4];
	unsigned int pasid_required:1;
	_Alignas(2) unsigned char m124[2];
	_Alignas(8) unsigned char m125[2];
	_Alignas(2) unsigned char m126[2];
	_Alignas(4) unsigned char m127[2];
	_Alignas(2) unsigned char m128[1];
	_Alignas(8) unsigned char m129[8];
	_Alignas(8) unsigned char m130[8];
	_Alignas(8) unsigned char m131[8];
	_Alignas(8) unsigned char m132[8];
	_Alignas(8) unsigned char m133[8];
} __attribute__((aligned(8))) before;

WRITER(before, d3cold_allowed, 0x1ULL)
WRITER(before, no_d3cold, 0x1ULL)

static struct after {
	_Alignas(8) unsigned char m0[16];
	_Alignas(8) unsigned char m1[8];
	_Alignas(8) unsigned char m2[8];
	_Alignas(8) unsigned char m3[8];
	_Alignas(8) unsigned char m4[8];
	_Alignas(8) unsigned char m5[8];
	_Alignas(8) unsigned char m6[4];
	_Alignas(4) unsigned char m7[2];
	_Alignas(2) unsigned char m8[2];
	_Alignas(8) unsigned char m9[2];
	_Alignas(2) unsigned char m10[2];
	_Alignas(4) unsigned char m11[4];
	_Alignas(8) unsigned char m12[1];
	_Alignas(1) unsigned char m13[1];
	_Alignas(8) unsigned char m14[8];
	_Alignas(8) unsigned char m15[8];
	_Alignas(8) unsigned char m16[4];
	_Alignas(4) unsigned char m17[2];
	_Alignas(2) unsigned char m18[1];
	_Alignas(1) unsigned char m19[1];
	_Alignas(8) unsigned char m20[1];
	unsigned char pcie_mpss:3;
	_Alignas(2) unsigned char m22[1];
	_Alignas(1) unsigned char m23[1];
	_Alignas(4) unsigned char m24[2];
	_Alignas(8) unsigned char m25[8];
	_Alignas(8) unsigned char m26[8];
	_Alignas(8) unsigned char m27[8];
	_Alignas(8) unsigned char m28[8];
	_Alignas(8) unsigned char m29[16];
	_Alignas(8) unsigned char m30[4];
	_Alignas(4) unsigned char m31[1];
	unsigned int config_rrs_sv:1;
	unsigned int d1_support:1;
	unsigned int d2_support:1;
	unsigned int hotplug_user_indicators:1;
	unsigned char pme_support;
	unsigned char pme_poll;
	unsigned char pinned;
	unsigned char imm_ready;
	unsigned char no_d1d2;
	unsigned char no_d3cold;
	unsigned char bridge_d3;
	unsigned char d3cold_allowed;
	unsigned char mmio_always_on;
	unsigned char wakeup_prepared;
	unsigned char skip_bus_pm;
	unsigned char ignore_hotplug;
	unsigned char clear_retrain_link;
	unsigned char no_bw_notif;
	_Alignas(4) unsigned char m50[4];
	_Alignas(8) unsigned char m51[4];
	_Alignas(4) unsigned char m52[2];
	_Alignas(8) unsigned char m53[8];
	unsigned int aspm_l0s_support:1;
	unsigned int aspm_l1_support:1;
	unsigned int ltr_path:1;
	unsigned int pasid_no_tlp:1;
	unsigned int eetlp_prefix_max:3;
	_Alignas(4) unsigned char m59[4];
	_Alignas(8) unsigned char m60[760];
	_Alignas(8) unsigned char m61[4];
	_Alignas(4) unsigned char m62[4];
	_Alignas(8) unsigned char m63[1088];
	_Alignas(8) unsigned char m64[64];
	unsigned int io_window:1;
	unsigned int pref_window:1;
	unsigned int pref_64_window:1;
	unsigned int tph_enabled:1;
	unsigned int fm_enabled:1;
	unsigned int needs_freset:1;
	unsigned int is_physfn:1;
	unsigned int is_virtfn:1;
	unsigned int is_pciehp:1;
	unsigned int shpc_managed:1;
	unsigned int is_thunderbolt:1;
	unsigned int untrusted:1;
	unsigned int irq_managed:1;
	unsigned int non_compliant_bars:1;
	unsigned int is_probed:1;
	unsigned int link_active_reporting:1;
	unsigned int no_vf_scan:1;
	unsigned int no_command_memory:1;
	unsigned int non_mappable_bars:1;
	unsigned char transparent;
	unsigned char multifunction;
	unsigned char is_busmaster;
	unsigned char no_msi;
	unsigned char no_aer_anfe;
	unsigned char broken_parity_status;
	unsigned char irq_reroute_variant;
	unsigned char msi_enabled;
	unsigned char msix_enabled;
	unsigned char ari_enabled;
	unsigned char ats_enabled;
	unsigned char pasid_enabled;
	unsigned char pri_enabled;
	unsigned char is_managed;
	unsigned char is_msi_managed;
	unsigned char state_saved;
	unsigned char is_hotplug_bridge;
	unsigned char is_cxl;
	unsigned char external_facing;
	unsigned char broken_intx_masking;
	unsigned char io_window_1k;
	unsigned char rom_bar_overlap;
	unsigned char rom_attr_enabled;
	unsigned char block_cfg_access;
	_Alignas(4) unsigned char m108[2];
	_Alignas(8) unsigned char m109[4];
	_Alignas(4) unsigned char m110[4];
	_Alignas(8) unsigned char m111[64];
	_Alignas(8) unsigned char m112[8];
	_Alignas(8) unsigned char m113[8];
	_Alignas(8) unsigned char m114[4];
	_Alignas(8) unsigned char m115[32];
	_Alignas(8) unsigned char m116[8];
	_Alignas(8) unsigned char m117[8];
	_Alignas(8) unsigned char m119[2];
	_Alignas(2) unsigned char m120[1];
	_Alignas(4) unsigned char m121[2];
	_Alignas(8) unsigned char m122[4];
	unsigned int pasid_required:1;
	_Alignas(2) unsigned char m124[2];
	_Alignas(8) unsigned char m125[2];
	_Alignas(2) unsigned char m126[2];
	_Alignas(4) unsigned char m127[2];
	_Alignas(2) unsigned char m128[1];
	_Alignas(8) unsigned char m129[8];
	_Alignas(8) unsigned char m130[8];
	_Alignas(8) unsigned char m131[8];
	_Alignas(8) unsigned char m132[8];
	_Alignas(8) unsigned char m133[8];
} __attribute__((aligned(8))) after;

WRITER(after, d3cold_allowed, 0x1ULL)
WRITER(after, no_d3cold, 0x1ULL)

int main(int argc, char **argv)
{
	unsigned long lost;

	if (argc > 1)
		seconds = atof(argv[1]);
	CHECK(before, d3cold_allowed, 0x1ULL, 1334, 1);
	CHECK(after, d3cold_allowed, 0x1ULL, 1384, 1);
	CHECK(before, no_d3cold, 0x1ULL, 1332, 1);
	CHECK(after, no_d3cold, 0x1ULL, 1368, 1);
	lost = run("before", write_before_d3cold_allowed, write_before_no_d3cold, seconds);
	if (run("after", write_after_d3cold_allowed, write_after_no_d3cold, seconds / 10))
		return 1;
	return lost ? 0 : 1;
}
