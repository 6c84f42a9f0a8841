/*
 * Two threads store to lv_drive_type_mix_valid and enable_r5_writes of struct pqi_ctrl_info at once, as a kernel's compiler does,
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
	_Alignas(8) unsigned char m0[4];
	_Alignas(8) unsigned char m1[8];
	_Alignas(8) unsigned char m2[32];
	_Alignas(8) unsigned char m3[17];
	_Alignas(1) unsigned char m4[17];
	_Alignas(2) unsigned char m5[9];
	_Alignas(1) unsigned char m6[1];
	_Alignas(4) unsigned char m7[1];
	_Alignas(8) unsigned char m8[8];
	_Alignas(8) unsigned char m9[8];
	_Alignas(8) unsigned char m10[8];
	_Alignas(8) unsigned char m11[4];
	_Alignas(4) unsigned char m12[4];
	_Alignas(8) unsigned char m13[4];
	_Alignas(4) unsigned char m14[2];
	_Alignas(2) unsigned char m15[2];
	_Alignas(8) unsigned char m16[2];
	_Alignas(2) unsigned char m17[2];
	_Alignas(4) unsigned char m18[2];
	_Alignas(2) unsigned char m19[2];
	_Alignas(8) unsigned char m20[4];
	_Alignas(4) unsigned char m21[4];
	_Alignas(8) unsigned char m22[4];
	_Alignas(4) unsigned char m23[4];
	_Alignas(8) unsigned char m24[2];
	_Alignas(4) unsigned char m25[4];
	_Alignas(8) unsigned char m26[4];
	_Alignas(8) unsigned char m27[8];
	_Alignas(8) unsigned char m28[8];
	_Alignas(8) unsigned char m29[8];
	_Alignas(8) unsigned char m30[4];
	_Alignas(4) unsigned char m31[2];
	_Alignas(2) unsigned char m32[2];
	_Alignas(8) unsigned char m33[2];
	_Alignas(2) unsigned char m34[2];
	_Alignas(4) unsigned char m35[4];
	_Alignas(8) unsigned char m36[4];
	_Alignas(8) unsigned char m37[8];
	_Alignas(8) unsigned char m38[4];
	_Alignas(8) unsigned char m39[8];
	_Alignas(8) unsigned char m40[8];
	_Alignas(8) unsigned char m41[4];
	_Alignas(8) unsigned char m42[8];
	_Alignas(8) unsigned char m43[112];
	_Alignas(8) unsigned char m44[12288];
	_Alignas(8) unsigned char m45[56];
	_Alignas(8) unsigned char m46[4];
	_Alignas(4) unsigned char m47[4];
	_Alignas(8) unsigned char m48[4];
	_Alignas(4) unsigned char m49[4];
	_Alignas(8) unsigned char m50[4];
	_Alignas(8) unsigned char m51[8];
	_Alignas(8) unsigned char m52[24];
	_Alignas(8) unsigned char m53[24];
	_Alignas(8) unsigned char m54[1];
	_Alignas(1) unsigned char m55[1];
	_Alignas(2) unsigned char m56[1];
	unsigned char inbound_spanning_supported:1;
	unsigned char outbound_spanning_supported:1;
	unsigned char pqi_mode_enabled:1;
	unsigned char pqi_reset_quiesce_supported:1;
	unsigned char soft_reset_handshake_supported:1;
	unsigned char raid_iu_timeout_supported:1;
	unsigned char tmf_iu_timeout_supported:1;
	unsigned char firmware_triage_supported:1;
	unsigned char rpl_extended_format_4_5_supported:1;
	unsigned char multi_lun_device_supported:1;
	unsigned char ctrl_logging_supported:1;
	unsigned char enable_r1_writes:1;
	unsigned char enable_r5_writes:1;
	unsigned char enable_r6_writes:1;
	unsigned char lv_drive_type_mix_valid:1;
	unsigned char enable_stream_detection:1;
	unsigned char disable_managed_interrupts:1;
	_Alignas(2) unsigned char m74[1];
	_Alignas(8) unsigned char m75[4];
	_Alignas(4) unsigned char m76[4];
	_Alignas(8) unsigned char m77[4];
	_Alignas(4) unsigned char m78[4];
	_Alignas(8) unsigned char m79[4];
	_Alignas(4) unsigned char m80[4];
	_Alignas(8) unsigned char m81[16];
	_Alignas(8) unsigned char m82[4];
	_Alignas(8) unsigned char m83[88];
	_Alignas(8) unsigned char m84[88];
	_Alignas(8) unsigned char m85[8];
	_Alignas(8) unsigned char m86[8];
	_Alignas(8) unsigned char m87[8];
	_Alignas(8) unsigned char m88[56];
	_Alignas(8) unsigned char m89[32];
	_Alignas(8) unsigned char m90[4];
	_Alignas(4) unsigned char m91[4];
	_Alignas(8) unsigned char m92[4];
	_Alignas(8) unsigned char m93[8];
	_Alignas(8) unsigned char m94[8];
	_Alignas(8) unsigned char m95[40];
	_Alignas(8) unsigned char m96[32];
	_Alignas(8) unsigned char m97[16];
	_Alignas(8) unsigned char m98[4];
	_Alignas(4) unsigned char m99[4];
	_Alignas(8) unsigned char m100[24];
	_Alignas(8) unsigned char m101[24];
	_Alignas(8) unsigned char m102[32];
	_Alignas(8) unsigned char m103[32];
	_Alignas(8) unsigned char m104[4];
	_Alignas(4) unsigned char m105[2];
	_Alignas(2) unsigned char m106[24];
	_Alignas(2) unsigned char m107[24];
	_Alignas(8) unsigned char m108[4];
} __attribute__((aligned(8))) before;

WRITER(before, lv_drive_type_mix_valid, 0x1ULL)
WRITER(before, enable_r5_writes, 0x1ULL)

static struct after {
	_Alignas(8) unsigned char m0[4];
	unsigned char pqi_mode_enabled;
	unsigned char pqi_reset_quiesce_supported;
	unsigned char soft_reset_handshake_supported;
	unsigned char raid_iu_timeout_supported;
	_Alignas(8) unsigned char m1[8];
	_Alignas(8) unsigned char m2[32];
	_Alignas(8) unsigned char m3[17];
	_Alignas(1) unsigned char m4[17];
	_Alignas(2) unsigned char m5[9];
	_Alignas(1) unsigned char m6[1];
	_Alignas(4) unsigned char m7[1];
	unsigned char tmf_iu_timeout_supported;
	unsigned char firmware_triage_supported;
	unsigned char rpl_extended_format_4_5_supported;
	_Alignas(8) unsigned char m8[8];
	_Alignas(8) unsigned char m9[8];
	_Alignas(8) unsigned char m10[8];
	_Alignas(8) unsigned char m11[4];
	_Alignas(4) unsigned char m12[4];
	_Alignas(8) unsigned char m13[4];
	_Alignas(4) unsigned char m14[2];
	_Alignas(2) unsigned char m15[2];
	_Alignas(8) unsigned char m16[2];
	_Alignas(2) unsigned char m17[2];
	_Alignas(4) unsigned char m18[2];
	_Alignas(2) unsigned char m19[2];
	_Alignas(8) unsigned char m20[4];
	_Alignas(4) unsigned char m21[4];
	_Alignas(8) unsigned char m22[4];
	_Alignas(4) unsigned char m23[4];
	_Alignas(8) unsigned char m24[2];
	unsigned char multi_lun_device_supported;
	unsigned char ctrl_logging_supported;
	_Alignas(4) unsigned char m25[4];
	_Alignas(8) unsigned char m26[4];
	unsigned char enable_r1_writes;
	unsigned char enable_r5_writes;
	_Alignas(8) unsigned char m27[8];
	_Alignas(8) unsigned char m28[8];
	_Alignas(8) unsigned char m29[8];
	_Alignas(8) unsigned char m30[4];
	_Alignas(4) unsigned char m31[2];
	_Alignas(2) unsigned char m32[2];
	_Alignas(8) unsigned char m33[2];
	_Alignas(2) unsigned char m34[2];
	_Alignas(4) unsigned char m35[4];
	_Alignas(8) unsigned char m36[4];
	_Alignas(8) unsigned char m37[8];
	_Alignas(8) unsigned char m38[4];
	_Alignas(8) unsigned char m39[8];
	_Alignas(8) unsigned char m40[8];
	_Alignas(8) unsigned char m41[4];
	_Alignas(8) unsigned char m42[8];
	_Alignas(8) unsigned char m43[112];
	_Alignas(8) unsigned char m44[12288];
	_Alignas(8) unsigned char m45[56];
	_Alignas(8) unsigned char m46[4];
	_Alignas(4) unsigned char m47[4];
	_Alignas(8) unsigned char m48[4];
	_Alignas(4) unsigned char m49[4];
	_Alignas(8) unsigned char m50[4];
	_Alignas(8) unsigned char m51[8];
	_Alignas(8) unsigned char m52[24];
	_Alignas(8) unsigned char m53[24];
	_Alignas(8) unsigned char m54[1];
	_Alignas(1) unsigned char m55[1];
	_Alignas(2) unsigned char m56[1];
	unsigned char inbound_spanning_supported:1;
	unsigned char outbound_spanning_supported:1;
	unsigned char disable_managed_interrupts:1;
	unsigned char enable_r6_writes;
	unsigned char enable_stream_detection;
	unsigned char lv_drive_type_mix_valid;
	_Alignas(1) unsigned char m74[1];
	_Alignas(8) unsigned char m75[4];
	_Alignas(4) unsigned char m76[4];
	_Alignas(8) unsigned char m77[4];
	_Alignas(4) unsigned char m78[4];
	_Alignas(8) unsigned char m79[4];
	_Alignas(4) unsigned char m80[4];
	_Alignas(8) unsigned char m81[16];
	_Alignas(8) unsigned char m82[4];
	_Alignas(8) unsigned char m83[88];
	_Alignas(8) unsigned char m84[88];
	_Alignas(8) unsigned char m85[8];
	_Alignas(8) unsigned char m86[8];
	_Alignas(8) unsigned char m87[8];
	_Alignas(8) unsigned char m88[56];
	_Alignas(8) unsigned char m89[32];
	_Alignas(8) unsigned char m90[4];
	_Alignas(4) unsigned char m91[4];
	_Alignas(8) unsigned char m92[4];
	_Alignas(8) unsigned char m93[8];
	_Alignas(8) unsigned char m94[8];
	_Alignas(8) unsigned char m95[40];
	_Alignas(8) unsigned char m96[32];
	_Alignas(8) unsigned char m97[16];
	_Alignas(8) unsigned char m98[4];
	_Alignas(4) unsigned char m99[4];
	_Alignas(8) unsigned char m100[24];
	_Alignas(8) unsigned char m101[24];
	_Alignas(8) unsigned char m102[32];
	_Alignas(8) unsigned char m103[32];
	_Alignas(8) unsigned char m104[4];
	_Alignas(4) unsigned char m105[2];
	_Alignas(2) unsigned char m106[24];
	_Alignas(2) unsigned char m107[24];
	_Alignas(8) unsigned char m108[4];
} __attribute__((aligned(8))) after;

WRITER(after, lv_drive_type_mix_valid, 0x1ULL)
WRITER(after, enable_r5_writes, 0x1ULL)

int main(int argc, char **argv)
{
	unsigned long lost;

	if (argc > 1)
		seconds = atof(argv[1]);
	CHECK(before, lv_drive_type_mix_valid, 0x1ULL, 102502, 1);
	CHECK(after, lv_drive_type_mix_valid, 0x1ULL, 102512, 1);
	CHECK(before, enable_r5_writes, 0x1ULL, 102500, 1);
	CHECK(after, enable_r5_writes, 0x1ULL, 1384, 1);
	lost = run("before", write_before_lv_drive_type_mix_valid, write_before_enable_r5_writes, seconds);
	if (run("after", write_after_lv_drive_type_mix_valid, write_after_enable_r5_writes, seconds / 10))
		return 1;
	return lost ? 0 : 1;
}
