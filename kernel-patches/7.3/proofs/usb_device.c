/*
 * Two threads store to can_submit and persist_enabled of struct usb_device at once, as a kernel's compiler does,
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
	_Alignas(4) unsigned char m1[16];
	_Alignas(4) unsigned char m2[4];
	_Alignas(8) unsigned char m3[4];
	_Alignas(4) unsigned char m4[4];
	_Alignas(8) unsigned char m5[4];
	_Alignas(4) unsigned char m6[4];
	_Alignas(8) unsigned char m7[4];
	_Alignas(8) unsigned char m8[8];
	_Alignas(8) unsigned char m9[4];
	_Alignas(4) unsigned char m10[8];
	_Alignas(8) unsigned char m11[8];
	_Alignas(8) unsigned char m12[8];
	_Alignas(8) unsigned char m13[88];
	_Alignas(8) unsigned char m14[760];
	_Alignas(8) unsigned char m15[18];
	_Alignas(8) unsigned char m16[8];
	_Alignas(8) unsigned char m17[8];
	_Alignas(8) unsigned char m18[8];
	_Alignas(8) unsigned char m19[128];
	_Alignas(8) unsigned char m20[128];
	_Alignas(8) unsigned char m21[8];
	_Alignas(8) unsigned char m22[2];
	_Alignas(2) unsigned char m23[1];
	_Alignas(1) unsigned char m24[1];
	_Alignas(4) unsigned char m25[1];
	unsigned int can_submit:1;
	unsigned int persist_enabled:1;
	unsigned int reset_in_progress:1;
	unsigned int have_langid:1;
	unsigned int authorized:1;
	unsigned int authenticated:1;
	unsigned int lpm_capable:1;
	unsigned int lpm_devinit_allow:1;
	unsigned int usb2_hw_lpm_capable:1;
	unsigned int usb2_hw_lpm_besl_capable:1;
	unsigned int usb2_hw_lpm_enabled:1;
	unsigned int usb2_hw_lpm_allowed:1;
	unsigned int usb3_lpm_u1_enabled:1;
	unsigned int usb3_lpm_u2_enabled:1;
	_Alignas(8) unsigned char m40[4];
	_Alignas(8) unsigned char m41[8];
	_Alignas(8) unsigned char m42[8];
	_Alignas(8) unsigned char m43[8];
	_Alignas(8) unsigned char m44[16];
	_Alignas(8) unsigned char m45[4];
	_Alignas(4) unsigned char m46[4];
	_Alignas(8) unsigned char m47[4];
	_Alignas(8) unsigned char m48[8];
	_Alignas(8) unsigned char m49[8];
	unsigned int do_remote_wakeup:1;
	unsigned int reset_resume:1;
	unsigned int port_is_suspended:1;
	unsigned int offload_pm_locked:1;
	_Alignas(4) unsigned char m54[4];
	_Alignas(8) unsigned char m55[4];
	_Alignas(4) unsigned char m56[4];
	_Alignas(8) unsigned char m57[8];
	_Alignas(8) unsigned char m58[4];
	_Alignas(4) unsigned char m59[8];
	_Alignas(4) unsigned char m60[16];
	_Alignas(4) unsigned char m61[16];
	_Alignas(4) unsigned char m62[4];
	_Alignas(8) unsigned char m63[2];
	unsigned int use_generic_driver:1;
} __attribute__((aligned(8))) before;

WRITER(before, can_submit, 0x1ULL)
WRITER(before, persist_enabled, 0x1ULL)

static struct after {
	_Alignas(8) unsigned char m0[4];
	_Alignas(4) unsigned char m1[16];
	_Alignas(4) unsigned char m2[4];
	_Alignas(8) unsigned char m3[4];
	_Alignas(4) unsigned char m4[4];
	_Alignas(8) unsigned char m5[4];
	_Alignas(4) unsigned char m6[4];
	_Alignas(8) unsigned char m7[4];
	unsigned char can_submit;
	unsigned char persist_enabled;
	unsigned char have_langid;
	unsigned char reset_in_progress;
	_Alignas(8) unsigned char m8[8];
	_Alignas(8) unsigned char m9[4];
	_Alignas(4) unsigned char m10[8];
	unsigned char authorized;
	_Alignas(8) unsigned char m11[8];
	_Alignas(8) unsigned char m12[8];
	_Alignas(8) unsigned char m13[88];
	_Alignas(8) unsigned char m14[760];
	_Alignas(8) unsigned char m15[18];
	_Alignas(8) unsigned char m16[8];
	_Alignas(8) unsigned char m17[8];
	_Alignas(8) unsigned char m18[8];
	_Alignas(8) unsigned char m19[128];
	_Alignas(8) unsigned char m20[128];
	_Alignas(8) unsigned char m21[8];
	_Alignas(8) unsigned char m22[2];
	_Alignas(2) unsigned char m23[1];
	_Alignas(1) unsigned char m24[1];
	_Alignas(4) unsigned char m25[1];
	unsigned int authenticated:1;
	unsigned int usb2_hw_lpm_capable:1;
	unsigned int usb2_hw_lpm_besl_capable:1;
	unsigned char lpm_capable;
	unsigned char usb2_hw_lpm_enabled;
	unsigned char usb2_hw_lpm_allowed;
	unsigned char lpm_devinit_allow;
	unsigned char usb3_lpm_u1_enabled;
	unsigned char usb3_lpm_u2_enabled;
	_Alignas(4) unsigned char m40[4];
	_Alignas(8) unsigned char m41[8];
	_Alignas(8) unsigned char m42[8];
	_Alignas(8) unsigned char m43[8];
	_Alignas(8) unsigned char m44[16];
	_Alignas(8) unsigned char m45[4];
	_Alignas(4) unsigned char m46[4];
	_Alignas(8) unsigned char m47[4];
	_Alignas(8) unsigned char m48[8];
	_Alignas(8) unsigned char m49[8];
	unsigned int offload_pm_locked:1;
	unsigned char port_is_suspended;
	unsigned char do_remote_wakeup;
	unsigned char reset_resume;
	_Alignas(4) unsigned char m54[4];
	_Alignas(8) unsigned char m55[4];
	_Alignas(4) unsigned char m56[4];
	_Alignas(8) unsigned char m57[8];
	_Alignas(8) unsigned char m58[4];
	_Alignas(4) unsigned char m59[8];
	_Alignas(4) unsigned char m60[16];
	_Alignas(4) unsigned char m61[16];
	_Alignas(4) unsigned char m62[4];
	_Alignas(8) unsigned char m63[2];
	unsigned int use_generic_driver:1;
} __attribute__((aligned(8))) after;

WRITER(after, can_submit, 0x1ULL)
WRITER(after, persist_enabled, 0x1ULL)

int main(int argc, char **argv)
{
	unsigned long lost;

	if (argc > 1)
		seconds = atof(argv[1]);
	CHECK(before, can_submit, 0x1ULL, 10024, 1);
	CHECK(after, can_submit, 0x1ULL, 352, 1);
	CHECK(before, persist_enabled, 0x1ULL, 10025, 1);
	CHECK(after, persist_enabled, 0x1ULL, 360, 1);
	lost = run("before", write_before_can_submit, write_before_persist_enabled, seconds);
	if (run("after", write_after_can_submit, write_after_persist_enabled, seconds / 10))
		return 1;
	return lost ? 0 : 1;
}
