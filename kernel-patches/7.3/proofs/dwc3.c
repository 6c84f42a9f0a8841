/*
 * Two threads store to softconnect and connected of struct dwc3 at once, as a kernel's compiler does,
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
	_Alignas(8) unsigned char m0[32];
	_Alignas(8) unsigned char m1[32];
	_Alignas(8) unsigned char m2[8];
	_Alignas(8) unsigned char m3[8];
	_Alignas(8) unsigned char m4[8];
	_Alignas(8) unsigned char m5[8];
	_Alignas(8) unsigned char m6[8];
	_Alignas(8) unsigned char m7[176];
	_Alignas(8) unsigned char m8[32];
	_Alignas(8) unsigned char m9[4];
	_Alignas(8) unsigned char m10[24];
	_Alignas(8) unsigned char m11[24];
	_Alignas(8) unsigned char m12[8];
	_Alignas(8) unsigned char m13[8];
	_Alignas(8) unsigned char m14[8];
	_Alignas(8) unsigned char m15[128];
	_Alignas(8) unsigned char m16[8];
	_Alignas(8) unsigned char m17[256];
	_Alignas(8) unsigned char m18[8];
	_Alignas(8) unsigned char m19[8];
	_Alignas(8) unsigned char m20[8];
	_Alignas(8) unsigned char m21[8];
	_Alignas(8) unsigned char m22[8];
	_Alignas(8) unsigned char m23[8];
	_Alignas(8) unsigned char m24[8];
	_Alignas(8) unsigned char m25[8];
	_Alignas(8) unsigned char m26[8];
	_Alignas(8) unsigned char m27[8];
	_Alignas(8) unsigned char m28[8];
	_Alignas(8) unsigned char m29[120];
	_Alignas(8) unsigned char m30[32];
	_Alignas(8) unsigned char m31[1];
	_Alignas(1) unsigned char m32[1];
	_Alignas(2) unsigned char m33[1];
	_Alignas(8) unsigned char m34[8];
	_Alignas(8) unsigned char m35[1];
	_Alignas(8) unsigned char m36[8];
	_Alignas(8) unsigned char m37[8];
	_Alignas(8) unsigned char m38[4];
	_Alignas(4) unsigned char m39[4];
	_Alignas(8) unsigned char m40[4];
	_Alignas(8) unsigned char m41[8];
	_Alignas(8) unsigned char m42[24];
	_Alignas(8) unsigned char m43[4];
	_Alignas(8) unsigned char m44[8];
	_Alignas(8) unsigned char m45[4];
	_Alignas(8) unsigned char m46[8];
	_Alignas(8) unsigned char m47[8];
	_Alignas(8) unsigned char m48[24];
	_Alignas(8) unsigned char m49[32];
	_Alignas(8) unsigned char m50[4];
	_Alignas(4) unsigned char m51[4];
	_Alignas(8) unsigned char m52[4];
	_Alignas(4) unsigned char m53[4];
	_Alignas(8) unsigned char m54[4];
	_Alignas(4) unsigned char m55[4];
	_Alignas(8) unsigned char m56[4];
	_Alignas(4) unsigned char m57[1];
	_Alignas(8) unsigned char m58[4];
	_Alignas(4) unsigned char m59[4];
	_Alignas(8) unsigned char m60[4];
	_Alignas(4) unsigned char m61[4];
	_Alignas(8) unsigned char m62[4];
	_Alignas(4) unsigned char m63[4];
	_Alignas(8) unsigned char m64[4];
	_Alignas(4) unsigned char m65[4];
	_Alignas(8) unsigned char m66[4];
	_Alignas(4) unsigned char m67[4];
	_Alignas(8) unsigned char m68[4];
	_Alignas(4) unsigned char m69[4];
	_Alignas(8) unsigned char m70[4];
	_Alignas(4) unsigned char m71[2];
	_Alignas(2) unsigned char m72[2];
	_Alignas(8) unsigned char m73[1];
	_Alignas(1) unsigned char m74[1];
	_Alignas(2) unsigned char m75[1];
	_Alignas(1) unsigned char m76[1];
	_Alignas(4) unsigned char m77[40];
	_Alignas(8) unsigned char m78[8];
	_Alignas(8) unsigned char m79[4];
	_Alignas(4) unsigned char m80[1];
	_Alignas(1) unsigned char m81[1];
	_Alignas(2) unsigned char m82[1];
	_Alignas(1) unsigned char m83[1];
	_Alignas(8) unsigned char m84[1];
	_Alignas(1) unsigned char m85[1];
	_Alignas(2) unsigned char m86[1];
	_Alignas(1) unsigned char m87[1];
	_Alignas(4) unsigned char m88[1];
	_Alignas(1) unsigned char m89[1];
	_Alignas(2) unsigned char m90[1];
	_Alignas(1) unsigned char m91[1];
	_Alignas(8) unsigned char m92[1];
	_Alignas(1) unsigned char m93[1];
	_Alignas(2) unsigned char m94[2];
	_Alignas(8) unsigned char m95[8];
	unsigned int connected:1;
	unsigned int softconnect:1;
	unsigned int delayed_status:1;
	unsigned int ep0_bounced:1;
	unsigned int ep0_expect_in:1;
	unsigned int sysdev_is_parent:1;
	unsigned int has_lpm_erratum:1;
	unsigned int is_utmi_l1_suspend:1;
	unsigned int is_fpga:1;
	unsigned int pending_events:1;
	unsigned int do_fifo_resize:1;
	unsigned int pullups_connected:1;
	unsigned int setup_packet_pending:1;
	unsigned int three_stage_setup:1;
	unsigned int dis_start_transfer_quirk:1;
	unsigned int usb3_lpm_capable:1;
	unsigned int usb2_lpm_disable:1;
	unsigned int usb2_gadget_lpm_disable:1;
	unsigned int needs_full_reinit:1;
	unsigned int disable_scramble_quirk:1;
	unsigned int u2exit_lfps_quirk:1;
	unsigned int u2ss_inp3_quirk:1;
	unsigned int req_p1p2p3_quirk:1;
	unsigned int del_p1p2p3_quirk:1;
	unsigned int del_phy_power_chg_quirk:1;
	unsigned int lfps_filter_quirk:1;
	unsigned int rx_detect_poll_quirk:1;
	unsigned int dis_u3_susphy_quirk:1;
	unsigned int dis_u2_susphy_quirk:1;
	unsigned int dis_enblslpm_quirk:1;
	unsigned int dis_u1_entry_quirk:1;
	unsigned int dis_u2_entry_quirk:1;
	unsigned int dis_rxdet_inp3_quirk:1;
	unsigned int dis_u2_freeclk_exists_quirk:1;
	unsigned int dis_del_phy_power_chg_quirk:1;
	unsigned int dis_tx_ipgap_linecheck_quirk:1;
	unsigned int resume_hs_terminations:1;
	unsigned int ulpi_ext_vbus_drv:1;
	unsigned int parkmode_disable_ss_quirk:1;
	unsigned int parkmode_disable_hs_quirk:1;
	unsigned int gfladj_refclk_lpm_sel:1;
	unsigned int tx_de_emphasis_quirk:1;
	unsigned int tx_de_emphasis:2;
	unsigned int dis_metastability_quirk:1;
	unsigned int dis_split_quirk:1;
	unsigned int enable_usb2_transceiver_delay:1;
	unsigned int async_callbacks:1;
	unsigned int sys_wakeup:1;
	unsigned int wakeup_configured:1;
	unsigned int suspended:1;
	unsigned int susphy_state:1;
	_Alignas(8) unsigned char m147[2];
	_Alignas(4) unsigned char m148[4];
	_Alignas(8) unsigned char m149[4];
	_Alignas(4) unsigned char m150[4];
	_Alignas(8) unsigned char m151[8];
	_Alignas(8) unsigned char m152[4];
	_Alignas(4) unsigned char m153[4];
} __attribute__((aligned(8))) before;

WRITER(before, softconnect, 0x1ULL)
WRITER(before, connected, 0x1ULL)

static struct after {
	_Alignas(8) unsigned char m0[32];
	_Alignas(8) unsigned char m1[32];
	_Alignas(8) unsigned char m2[8];
	_Alignas(8) unsigned char m3[8];
	_Alignas(8) unsigned char m4[8];
	_Alignas(8) unsigned char m5[8];
	_Alignas(8) unsigned char m6[8];
	_Alignas(8) unsigned char m7[176];
	_Alignas(8) unsigned char m8[32];
	_Alignas(8) unsigned char m9[4];
	unsigned char connected;
	unsigned char softconnect;
	unsigned char delayed_status;
	unsigned char ep0_bounced;
	_Alignas(8) unsigned char m10[24];
	_Alignas(8) unsigned char m11[24];
	_Alignas(8) unsigned char m12[8];
	_Alignas(8) unsigned char m13[8];
	_Alignas(8) unsigned char m14[8];
	_Alignas(8) unsigned char m15[128];
	_Alignas(8) unsigned char m16[8];
	_Alignas(8) unsigned char m17[256];
	_Alignas(8) unsigned char m18[8];
	_Alignas(8) unsigned char m19[8];
	_Alignas(8) unsigned char m20[8];
	_Alignas(8) unsigned char m21[8];
	_Alignas(8) unsigned char m22[8];
	_Alignas(8) unsigned char m23[8];
	_Alignas(8) unsigned char m24[8];
	_Alignas(8) unsigned char m25[8];
	_Alignas(8) unsigned char m26[8];
	_Alignas(8) unsigned char m27[8];
	_Alignas(8) unsigned char m28[8];
	_Alignas(8) unsigned char m29[120];
	_Alignas(8) unsigned char m30[32];
	_Alignas(8) unsigned char m31[1];
	_Alignas(1) unsigned char m32[1];
	_Alignas(2) unsigned char m33[1];
	unsigned char ep0_expect_in;
	unsigned char setup_packet_pending;
	unsigned char pending_events;
	unsigned char pullups_connected;
	unsigned char is_fpga;
	_Alignas(8) unsigned char m34[8];
	_Alignas(8) unsigned char m35[1];
	_Alignas(8) unsigned char m36[8];
	_Alignas(8) unsigned char m37[8];
	_Alignas(8) unsigned char m38[4];
	_Alignas(4) unsigned char m39[4];
	_Alignas(8) unsigned char m40[4];
	_Alignas(8) unsigned char m41[8];
	_Alignas(8) unsigned char m42[24];
	_Alignas(8) unsigned char m43[4];
	_Alignas(8) unsigned char m44[8];
	_Alignas(8) unsigned char m45[4];
	_Alignas(8) unsigned char m46[8];
	_Alignas(8) unsigned char m47[8];
	_Alignas(8) unsigned char m48[24];
	_Alignas(8) unsigned char m49[32];
	_Alignas(8) unsigned char m50[4];
	_Alignas(4) unsigned char m51[4];
	_Alignas(8) unsigned char m52[4];
	_Alignas(4) unsigned char m53[4];
	_Alignas(8) unsigned char m54[4];
	_Alignas(4) unsigned char m55[4];
	_Alignas(8) unsigned char m56[4];
	_Alignas(4) unsigned char m57[1];
	_Alignas(8) unsigned char m58[4];
	_Alignas(4) unsigned char m59[4];
	_Alignas(8) unsigned char m60[4];
	_Alignas(4) unsigned char m61[4];
	_Alignas(8) unsigned char m62[4];
	_Alignas(4) unsigned char m63[4];
	_Alignas(8) unsigned char m64[4];
	_Alignas(4) unsigned char m65[4];
	_Alignas(8) unsigned char m66[4];
	_Alignas(4) unsigned char m67[4];
	_Alignas(8) unsigned char m68[4];
	_Alignas(4) unsigned char m69[4];
	_Alignas(8) unsigned char m70[4];
	_Alignas(4) unsigned char m71[2];
	_Alignas(2) unsigned char m72[2];
	_Alignas(8) unsigned char m73[1];
	_Alignas(1) unsigned char m74[1];
	_Alignas(2) unsigned char m75[1];
	_Alignas(1) unsigned char m76[1];
	_Alignas(4) unsigned char m77[40];
	_Alignas(8) unsigned char m78[8];
	_Alignas(8) unsigned char m79[4];
	_Alignas(4) unsigned char m80[1];
	_Alignas(1) unsigned char m81[1];
	_Alignas(2) unsigned char m82[1];
	_Alignas(1) unsigned char m83[1];
	_Alignas(8) unsigned char m84[1];
	_Alignas(1) unsigned char m85[1];
	_Alignas(2) unsigned char m86[1];
	_Alignas(1) unsigned char m87[1];
	_Alignas(4) unsigned char m88[1];
	_Alignas(1) unsigned char m89[1];
	_Alignas(2) unsigned char m90[1];
	_Alignas(1) unsigned char m91[1];
	_Alignas(8) unsigned char m92[1];
	_Alignas(1) unsigned char m93[1];
	_Alignas(2) unsigned char m94[2];
	_Alignas(8) unsigned char m95[8];
	unsigned int sysdev_is_parent:1;
	unsigned int has_lpm_erratum:1;
	unsigned int is_utmi_l1_suspend:1;
	unsigned int do_fifo_resize:1;
	unsigned int dis_start_transfer_quirk:1;
	unsigned int usb3_lpm_capable:1;
	unsigned int usb2_lpm_disable:1;
	unsigned int usb2_gadget_lpm_disable:1;
	unsigned int needs_full_reinit:1;
	unsigned int disable_scramble_quirk:1;
	unsigned int u2exit_lfps_quirk:1;
	unsigned int u2ss_inp3_quirk:1;
	unsigned int req_p1p2p3_quirk:1;
	unsigned int del_p1p2p3_quirk:1;
	unsigned int del_phy_power_chg_quirk:1;
	unsigned int lfps_filter_quirk:1;
	unsigned int rx_detect_poll_quirk:1;
	unsigned int dis_u3_susphy_quirk:1;
	unsigned int dis_u2_susphy_quirk:1;
	unsigned int dis_enblslpm_quirk:1;
	unsigned int dis_u1_entry_quirk:1;
	unsigned int dis_u2_entry_quirk:1;
	unsigned int dis_rxdet_inp3_quirk:1;
	unsigned int dis_u2_freeclk_exists_quirk:1;
	unsigned int dis_del_phy_power_chg_quirk:1;
	unsigned int dis_tx_ipgap_linecheck_quirk:1;
	unsigned int resume_hs_terminations:1;
	unsigned int ulpi_ext_vbus_drv:1;
	unsigned int parkmode_disable_ss_quirk:1;
	unsigned int parkmode_disable_hs_quirk:1;
	unsigned int gfladj_refclk_lpm_sel:1;
	unsigned int tx_de_emphasis_quirk:1;
	unsigned int tx_de_emphasis:2;
	unsigned int dis_metastability_quirk:1;
	unsigned int dis_split_quirk:1;
	unsigned int enable_usb2_transceiver_delay:1;
	unsigned int sys_wakeup:1;
	unsigned char three_stage_setup;
	unsigned char async_callbacks;
	unsigned char wakeup_configured;
	unsigned char suspended;
	unsigned char susphy_state;
	_Alignas(2) unsigned char m147[2];
	_Alignas(4) unsigned char m148[4];
	_Alignas(8) unsigned char m149[4];
	_Alignas(4) unsigned char m150[4];
	_Alignas(8) unsigned char m151[8];
	_Alignas(8) unsigned char m152[4];
	_Alignas(4) unsigned char m153[4];
} __attribute__((aligned(8))) after;

WRITER(after, softconnect, 0x1ULL)
WRITER(after, connected, 0x1ULL)

int main(int argc, char **argv)
{
	unsigned long lost;

	if (argc > 1)
		seconds = atof(argv[1]);
	CHECK(before, softconnect, 0x1ULL, 11073, 1);
	CHECK(after, softconnect, 0x1ULL, 2536, 1);
	CHECK(before, connected, 0x1ULL, 11072, 1);
	CHECK(after, connected, 0x1ULL, 2528, 1);
	lost = run("before", write_before_softconnect, write_before_connected, seconds);
	if (run("after", write_after_softconnect, write_after_connected, seconds / 10))
		return 1;
	return lost ? 0 : 1;
}
