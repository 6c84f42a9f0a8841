/*
 * Two threads store to host_self_blocked and tmf_in_progress of struct Scsi_Host at once, as a kernel's compiler does,
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
	_Alignas(8) unsigned char m1[16];
	_Alignas(8) unsigned char m2[16];
	_Alignas(8) unsigned char m3[4];
	_Alignas(8) unsigned char m4[8];
	_Alignas(8) unsigned char m5[24];
	_Alignas(8) unsigned char m6[16];
	_Alignas(8) unsigned char m7[16];
	_Alignas(8) unsigned char m8[8];
	_Alignas(8) unsigned char m9[8];
	_Alignas(8) unsigned char m10[24];
	_Alignas(8) unsigned char m11[8];
	_Alignas(8) unsigned char m12[8];
	_Alignas(8) unsigned char m13[4];
	_Alignas(8) unsigned char m14[32];
	_Alignas(8) unsigned char m15[224];
	_Alignas(8) unsigned char m16[4];
	_Alignas(4) unsigned char m17[4];
	_Alignas(8) unsigned char m18[4];
	_Alignas(4) unsigned char m19[4];
	_Alignas(8) unsigned char m20[4];
	_Alignas(8) unsigned char m21[8];
	_Alignas(8) unsigned char m22[4];
	_Alignas(4) unsigned char m23[4];
	_Alignas(8) unsigned char m24[8];
	_Alignas(8) unsigned char m25[4];
	_Alignas(4) unsigned char m26[2];
	_Alignas(8) unsigned char m27[4];
	_Alignas(4) unsigned char m28[4];
	_Alignas(8) unsigned char m29[4];
	_Alignas(4) unsigned char m30[2];
	_Alignas(2) unsigned char m31[2];
	_Alignas(8) unsigned char m32[2];
	_Alignas(4) unsigned char m33[4];
	_Alignas(8) unsigned char m34[4];
	_Alignas(4) unsigned char m35[4];
	_Alignas(8) unsigned char m36[4];
	_Alignas(8) unsigned char m37[8];
	_Alignas(8) unsigned char m38[8];
	_Alignas(8) unsigned char m39[4];
	_Alignas(4) unsigned char m40[4];
	_Alignas(8) unsigned char m41[1];
	_Alignas(1) unsigned char m42[1];
	unsigned int active_mode:2;
	unsigned int host_self_blocked:1;
	unsigned int reverse_ordering:1;
	unsigned int tmf_in_progress:1;
	unsigned int no_write_same:1;
	unsigned int host_tagset:1;
	unsigned int queuecommand_may_block:1;
	unsigned int short_inquiry:1;
	unsigned int no_scsi2_lun_in_cdb:1;
	_Alignas(8) unsigned char m52[8];
	_Alignas(8) unsigned char m53[8];
	_Alignas(8) unsigned char m54[4];
	_Alignas(4) unsigned char m55[4];
	_Alignas(8) unsigned char m56[1];
	_Alignas(8) unsigned char m57[8];
	_Alignas(8) unsigned char m58[8];
	_Alignas(8) unsigned char m59[1];
	_Alignas(1) unsigned char m60[1];
	_Alignas(4) unsigned char m61[4];
	_Alignas(8) unsigned char m62[4];
	_Alignas(8) unsigned char m63[760];
	_Alignas(8) unsigned char m64[760];
	_Alignas(8) unsigned char m65[8];
	_Alignas(8) unsigned char m66[8];
	_Alignas(8) unsigned char m67[8];
	_Alignas(8) unsigned char m68[32];
	_Alignas(8) unsigned char m69[4];
} __attribute__((aligned(8))) before;

WRITER(before, host_self_blocked, 0x1ULL)
WRITER(before, tmf_in_progress, 0x1ULL)

static struct after {
	_Alignas(8) unsigned char m0[16];
	_Alignas(8) unsigned char m1[16];
	_Alignas(8) unsigned char m2[16];
	_Alignas(8) unsigned char m3[4];
	_Alignas(8) unsigned char m4[8];
	_Alignas(8) unsigned char m5[24];
	_Alignas(8) unsigned char m6[16];
	_Alignas(8) unsigned char m7[16];
	_Alignas(8) unsigned char m8[8];
	_Alignas(8) unsigned char m9[8];
	_Alignas(8) unsigned char m10[24];
	_Alignas(8) unsigned char m11[8];
	_Alignas(8) unsigned char m12[8];
	_Alignas(8) unsigned char m13[4];
	_Alignas(8) unsigned char m14[32];
	_Alignas(8) unsigned char m15[224];
	_Alignas(8) unsigned char m16[4];
	_Alignas(4) unsigned char m17[4];
	_Alignas(8) unsigned char m18[4];
	_Alignas(4) unsigned char m19[4];
	_Alignas(8) unsigned char m20[4];
	_Alignas(8) unsigned char m21[8];
	_Alignas(8) unsigned char m22[4];
	_Alignas(4) unsigned char m23[4];
	_Alignas(8) unsigned char m24[8];
	_Alignas(8) unsigned char m25[4];
	_Alignas(4) unsigned char m26[2];
	_Alignas(8) unsigned char m27[4];
	_Alignas(4) unsigned char m28[4];
	_Alignas(8) unsigned char m29[4];
	_Alignas(4) unsigned char m30[2];
	_Alignas(2) unsigned char m31[2];
	_Alignas(8) unsigned char m32[2];
	_Alignas(4) unsigned char m33[4];
	_Alignas(8) unsigned char m34[4];
	_Alignas(4) unsigned char m35[4];
	_Alignas(8) unsigned char m36[4];
	_Alignas(8) unsigned char m37[8];
	_Alignas(8) unsigned char m38[8];
	_Alignas(8) unsigned char m39[4];
	_Alignas(4) unsigned char m40[4];
	_Alignas(8) unsigned char m41[1];
	_Alignas(1) unsigned char m42[1];
	unsigned int active_mode:2;
	unsigned int reverse_ordering:1;
	unsigned int no_write_same:1;
	unsigned int queuecommand_may_block:1;
	unsigned int no_scsi2_lun_in_cdb:1;
	unsigned char host_self_blocked;
	unsigned char tmf_in_progress;
	unsigned char host_tagset;
	unsigned char short_inquiry;
	_Alignas(8) unsigned char m52[8];
	_Alignas(8) unsigned char m53[8];
	_Alignas(8) unsigned char m54[4];
	_Alignas(4) unsigned char m55[4];
	_Alignas(8) unsigned char m56[1];
	_Alignas(8) unsigned char m57[8];
	_Alignas(8) unsigned char m58[8];
	_Alignas(8) unsigned char m59[1];
	_Alignas(1) unsigned char m60[1];
	_Alignas(4) unsigned char m61[4];
	_Alignas(8) unsigned char m62[4];
	_Alignas(8) unsigned char m63[760];
	_Alignas(8) unsigned char m64[760];
	_Alignas(8) unsigned char m65[8];
	_Alignas(8) unsigned char m66[8];
	_Alignas(8) unsigned char m67[8];
	_Alignas(8) unsigned char m68[32];
	_Alignas(8) unsigned char m69[4];
} __attribute__((aligned(8))) after;

WRITER(after, host_self_blocked, 0x1ULL)
WRITER(after, tmf_in_progress, 0x1ULL)

int main(int argc, char **argv)
{
	unsigned long lost;

	if (argc > 1)
		seconds = atof(argv[1]);
	CHECK(before, host_self_blocked, 0x1ULL, 4498, 1);
	CHECK(after, host_self_blocked, 0x1ULL, 4504, 1);
	CHECK(before, tmf_in_progress, 0x1ULL, 4500, 1);
	CHECK(after, tmf_in_progress, 0x1ULL, 4512, 1);
	lost = run("before", write_before_host_self_blocked, write_before_tmf_in_progress, seconds);
	if (run("after", write_after_host_self_blocked, write_after_tmf_in_progress, seconds / 10))
		return 1;
	return lost ? 0 : 1;
}
