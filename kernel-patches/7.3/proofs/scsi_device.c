/*
 * Two threads store to expecting_cc_ua and use_10_for_ms of struct scsi_device at once, as a kernel's compiler does,
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
	_Alignas(8) unsigned char m0[8];
	_Alignas(8) unsigned char m1[8];
	_Alignas(8) unsigned char m2[16];
	_Alignas(8) unsigned char m3[16];
	_Alignas(8) unsigned char m4[32];
	_Alignas(8) unsigned char m5[4];
	_Alignas(4) unsigned char m6[4];
	_Alignas(8) unsigned char m7[4];
	_Alignas(8) unsigned char m8[16];
	_Alignas(8) unsigned char m9[2];
	_Alignas(2) unsigned char m10[2];
	_Alignas(4) unsigned char m11[2];
	_Alignas(2) unsigned char m12[2];
	_Alignas(8) unsigned char m13[8];
	_Alignas(8) unsigned char m14[8];
	_Alignas(8) unsigned char m15[8];
	_Alignas(8) unsigned char m16[4];
	_Alignas(4) unsigned char m17[4];
	_Alignas(8) unsigned char m18[8];
	_Alignas(8) unsigned char m19[4];
	_Alignas(4) unsigned char m20[4];
	_Alignas(8) unsigned char m21[8];
	_Alignas(8) unsigned char m22[1];
	_Alignas(1) unsigned char m23[1];
	_Alignas(2) unsigned char m24[1];
	_Alignas(8) unsigned char m25[24];
	_Alignas(8) unsigned char m26[1];
	_Alignas(8) unsigned char m27[8];
	_Alignas(8) unsigned char m28[9];
	_Alignas(1) unsigned char m29[17];
	_Alignas(2) unsigned char m30[5];
	_Alignas(8) unsigned char m31[8];
	_Alignas(8) unsigned char m32[8];
	_Alignas(8) unsigned char m33[8];
	_Alignas(8) unsigned char m34[8];
	_Alignas(8) unsigned char m35[8];
	_Alignas(8) unsigned char m36[8];
	_Alignas(8) unsigned char m37[8];
	_Alignas(8) unsigned char m38[8];
	_Alignas(8) unsigned char m39[8];
	_Alignas(8) unsigned char m40[8];
	_Alignas(8) unsigned char m41[4];
	unsigned int manage_system_start_stop:1;
	unsigned int manage_runtime_start_stop:1;
	unsigned int manage_shutdown:1;
	unsigned int manage_restart:1;
	unsigned int force_runtime_start_on_system_start:1;
	unsigned int is_ata:1;
	unsigned int removable:1;
	unsigned int changed:1;
	unsigned int busy:1;
	unsigned int lockable:1;
	unsigned int locked:1;
	unsigned int borken:1;
	unsigned int disconnect:1;
	unsigned int soft_reset:1;
	unsigned int sdtr:1;
	unsigned int wdtr:1;
	unsigned int ppr:1;
	unsigned int tagged_supported:1;
	unsigned int simple_tags:1;
	unsigned int was_reset:1;
	unsigned int expecting_cc_ua:1;
	unsigned int use_10_for_rw:1;
	unsigned int use_10_for_ms:1;
	unsigned int set_dbd_for_ms:1;
	unsigned int read_before_ms:1;
	unsigned int no_report_opcodes:1;
	unsigned int no_write_same:1;
	unsigned int use_16_for_rw:1;
	unsigned int use_16_for_sync:1;
	unsigned int skip_ms_page_8:1;
	unsigned int skip_ms_page_3f:1;
	unsigned int skip_vpd_pages:1;
	unsigned int try_vpd_pages:1;
	unsigned int use_192_bytes_for_3f:1;
	unsigned int no_start_on_add:1;
	unsigned int allow_restart:1;
	unsigned int start_stop_pwr_cond:1;
	unsigned int no_uld_attach:1;
	unsigned int select_no_atn:1;
	unsigned int fix_capacity:1;
	unsigned int guess_capacity:1;
	unsigned int retry_hwerror:1;
	unsigned int last_sector_bug:1;
	unsigned int no_read_disc_info:1;
	unsigned int no_read_capacity_16:1;
	unsigned int try_rc_10_first:1;
	unsigned int security_supported:1;
	unsigned int is_visible:1;
	unsigned int wce_default_on:1;
	unsigned int no_dif:1;
	unsigned int broken_fua:1;
	unsigned int lun_in_cdb:1;
	unsigned int unmap_limit_for_ws:1;
	unsigned int rpm_autosuspend:1;
	unsigned int ignore_media_change:1;
	unsigned int silence_suspend:1;
	unsigned int no_vpd_size:1;
	unsigned int cdl_supported:1;
	unsigned int cdl_enable:1;
	_Alignas(4) unsigned char m101[4];
	_Alignas(8) unsigned char m102[1];
	_Alignas(4) unsigned char m103[4];
	_Alignas(8) unsigned char m104[4];
	_Alignas(4) unsigned char m105[4];
	_Alignas(8) unsigned char m106[8];
	_Alignas(8) unsigned char m107[8];
	_Alignas(8) unsigned char m108[16];
	_Alignas(8) unsigned char m109[32];
	_Alignas(8) unsigned char m110[4];
	_Alignas(4) unsigned char m111[4];
	_Alignas(8) unsigned char m112[4];
	_Alignas(4) unsigned char m113[4];
	_Alignas(8) unsigned char m114[4];
	_Alignas(8) unsigned char m115[760];
	_Alignas(8) unsigned char m116[760];
	_Alignas(8) unsigned char m117[32];
	_Alignas(8) unsigned char m118[8];
	_Alignas(8) unsigned char m119[8];
	_Alignas(8) unsigned char m120[8];
	_Alignas(8) unsigned char m121[8];
	_Alignas(8) unsigned char m122[4];
	_Alignas(4) unsigned char m123[4];
	_Alignas(8) unsigned char m124[8];
	_Alignas(8) unsigned char m125[1];
	_Alignas(8) unsigned char m126[24];
	_Alignas(8) unsigned char m127[4];
	_Alignas(8) unsigned char m128[8];
} __attribute__((aligned(8))) before;

WRITER(before, expecting_cc_ua, 0x1ULL)
WRITER(before, use_10_for_ms, 0x1ULL)

static struct after {
	_Alignas(8) unsigned char m0[8];
	_Alignas(8) unsigned char m1[8];
	_Alignas(8) unsigned char m2[16];
	_Alignas(8) unsigned char m3[16];
	_Alignas(8) unsigned char m4[32];
	_Alignas(8) unsigned char m5[4];
	_Alignas(4) unsigned char m6[4];
	_Alignas(8) unsigned char m7[4];
	unsigned char manage_system_start_stop;
	unsigned char manage_runtime_start_stop;
	unsigned char manage_shutdown;
	unsigned char manage_restart;
	_Alignas(8) unsigned char m8[16];
	_Alignas(8) unsigned char m9[2];
	_Alignas(2) unsigned char m10[2];
	_Alignas(4) unsigned char m11[2];
	_Alignas(2) unsigned char m12[2];
	_Alignas(8) unsigned char m13[8];
	_Alignas(8) unsigned char m14[8];
	_Alignas(8) unsigned char m15[8];
	_Alignas(8) unsigned char m16[4];
	_Alignas(4) unsigned char m17[4];
	_Alignas(8) unsigned char m18[8];
	_Alignas(8) unsigned char m19[4];
	_Alignas(4) unsigned char m20[4];
	_Alignas(8) unsigned char m21[8];
	_Alignas(8) unsigned char m22[1];
	_Alignas(1) unsigned char m23[1];
	_Alignas(2) unsigned char m24[1];
	unsigned char removable;
	unsigned char changed;
	unsigned char lockable;
	unsigned char locked;
	unsigned char is_ata;
	_Alignas(8) unsigned char m25[24];
	_Alignas(8) unsigned char m26[1];
	unsigned char borken;
	unsigned char soft_reset;
	unsigned char sdtr;
	unsigned char wdtr;
	unsigned char ppr;
	unsigned char tagged_supported;
	unsigned char simple_tags;
	_Alignas(8) unsigned char m27[8];
	_Alignas(8) unsigned char m28[9];
	_Alignas(1) unsigned char m29[17];
	_Alignas(2) unsigned char m30[5];
	unsigned char was_reset;
	_Alignas(8) unsigned char m31[8];
	_Alignas(8) unsigned char m32[8];
	_Alignas(8) unsigned char m33[8];
	_Alignas(8) unsigned char m34[8];
	_Alignas(8) unsigned char m35[8];
	_Alignas(8) unsigned char m36[8];
	_Alignas(8) unsigned char m37[8];
	_Alignas(8) unsigned char m38[8];
	_Alignas(8) unsigned char m39[8];
	_Alignas(8) unsigned char m40[8];
	_Alignas(8) unsigned char m41[4];
	unsigned int force_runtime_start_on_system_start:1;
	unsigned int busy:1;
	unsigned int disconnect:1;
	unsigned int set_dbd_for_ms:1;
	unsigned int read_before_ms:1;
	unsigned int use_16_for_sync:1;
	unsigned int skip_ms_page_8:1;
	unsigned int skip_ms_page_3f:1;
	unsigned int use_192_bytes_for_3f:1;
	unsigned int start_stop_pwr_cond:1;
	unsigned int fix_capacity:1;
	unsigned int guess_capacity:1;
	unsigned int last_sector_bug:1;
	unsigned int no_read_disc_info:1;
	unsigned int no_read_capacity_16:1;
	unsigned int security_supported:1;
	unsigned int wce_default_on:1;
	unsigned int broken_fua:1;
	unsigned int rpm_autosuspend:1;
	unsigned int silence_suspend:1;
	unsigned char cdl_supported;
	unsigned char cdl_enable;
	unsigned char unmap_limit_for_ws;
	unsigned char ignore_media_change;
	unsigned char no_vpd_size;
	_Alignas(4) unsigned char m101[4];
	_Alignas(8) unsigned char m102[1];
	unsigned char expecting_cc_ua;
	unsigned char use_10_for_rw;
	unsigned char use_10_for_ms;
	_Alignas(4) unsigned char m103[4];
	_Alignas(8) unsigned char m104[4];
	_Alignas(4) unsigned char m105[4];
	_Alignas(8) unsigned char m106[8];
	_Alignas(8) unsigned char m107[8];
	_Alignas(8) unsigned char m108[16];
	_Alignas(8) unsigned char m109[32];
	_Alignas(8) unsigned char m110[4];
	_Alignas(4) unsigned char m111[4];
	_Alignas(8) unsigned char m112[4];
	_Alignas(4) unsigned char m113[4];
	_Alignas(8) unsigned char m114[4];
	unsigned char no_report_opcodes;
	unsigned char no_write_same;
	unsigned char use_16_for_rw;
	unsigned char skip_vpd_pages;
	_Alignas(8) unsigned char m115[760];
	_Alignas(8) unsigned char m116[760];
	_Alignas(8) unsigned char m117[32];
	_Alignas(8) unsigned char m118[8];
	_Alignas(8) unsigned char m119[8];
	_Alignas(8) unsigned char m120[8];
	_Alignas(8) unsigned char m121[8];
	_Alignas(8) unsigned char m122[4];
	_Alignas(4) unsigned char m123[4];
	_Alignas(8) unsigned char m124[8];
	_Alignas(8) unsigned char m125[1];
	unsigned char allow_restart;
	unsigned char no_uld_attach;
	unsigned char try_vpd_pages;
	unsigned char no_start_on_add;
	unsigned char select_no_atn;
	unsigned char retry_hwerror;
	unsigned char try_rc_10_first;
	_Alignas(8) unsigned char m126[24];
	_Alignas(8) unsigned char m127[4];
	unsigned char is_visible;
	unsigned char no_dif;
	unsigned char lun_in_cdb;
	_Alignas(8) unsigned char m128[8];
} __attribute__((aligned(8))) after;

WRITER(after, expecting_cc_ua, 0x1ULL)
WRITER(after, use_10_for_ms, 0x1ULL)

int main(int argc, char **argv)
{
	unsigned long lost;

	if (argc > 1)
		seconds = atof(argv[1]);
	CHECK(before, expecting_cc_ua, 0x1ULL, 2740, 1);
	CHECK(after, expecting_cc_ua, 0x1ULL, 2824, 1);
	CHECK(before, use_10_for_ms, 0x1ULL, 2742, 1);
	CHECK(after, use_10_for_ms, 0x1ULL, 2840, 1);
	lost = run("before", write_before_expecting_cc_ua, write_before_use_10_for_ms, seconds);
	if (run("after", write_after_expecting_cc_ua, write_after_use_10_for_ms, seconds / 10))
		return 1;
	return lost ? 0 : 1;
}
