/*
 * Two threads store to is_runtime_suspended and is_active of struct musb at once, as a kernel's compiler does,
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
	_Alignas(4) unsigned char m1[4];
	_Alignas(8) unsigned char m2[64];
	_Alignas(8) unsigned char m3[8];
	_Alignas(8) unsigned char m4[400];
	_Alignas(8) unsigned char m5[8];
	_Alignas(8) unsigned char m6[88];
	_Alignas(8) unsigned char m7[88];
	_Alignas(8) unsigned char m8[88];
	_Alignas(8) unsigned char m9[88];
	_Alignas(8) unsigned char m10[2];
	_Alignas(2) unsigned char m11[2];
	_Alignas(4) unsigned char m12[2];
	_Alignas(8) unsigned char m13[4];
	_Alignas(8) unsigned char m14[8];
	_Alignas(8) unsigned char m15[1];
	_Alignas(8) unsigned char m16[8];
	_Alignas(8) unsigned char m17[16];
	_Alignas(8) unsigned char m18[16];
	_Alignas(8) unsigned char m19[16];
	_Alignas(8) unsigned char m20[16];
	_Alignas(8) unsigned char m21[40];
	_Alignas(8) unsigned char m22[40];
	_Alignas(8) unsigned char m23[24];
	_Alignas(8) unsigned char m24[8];
	_Alignas(8) unsigned char m25[8];
	_Alignas(8) unsigned char m26[8];
	_Alignas(8) unsigned char m27[8];
	_Alignas(8) unsigned char m28[1];
	_Alignas(2) unsigned char m29[2];
	_Alignas(4) unsigned char m30[2];
	_Alignas(8) unsigned char m31[8];
	_Alignas(8) unsigned char m32[8];
	_Alignas(8) unsigned char m33[4];
	_Alignas(4) unsigned char m34[4];
	unsigned int irq_wake:1;
	_Alignas(8) unsigned char m36[6016];
	_Alignas(8) unsigned char m37[2];
	_Alignas(2) unsigned char m38[2];
	_Alignas(4) unsigned char m39[1];
	_Alignas(1) unsigned char m40[1];
	_Alignas(8) unsigned char m41[4];
	_Alignas(4) unsigned char m42[1];
	_Alignas(8) unsigned char m43[8];
	_Alignas(8) unsigned char m44[1];
	_Alignas(4) unsigned char m45[4];
	_Alignas(8) unsigned char m46[8];
	unsigned int is_initialized:1;
	unsigned int is_runtime_suspended:1;
	unsigned int is_active:1;
	unsigned int is_multipoint:1;
	unsigned int hb_iso_rx:1;
	unsigned int hb_iso_tx:1;
	unsigned int dyn_fifo:1;
	unsigned int bulk_split:1;
	unsigned int bulk_combine:1;
	unsigned int is_suspended:1;
	unsigned int may_wakeup:1;
	unsigned int is_self_powered:1;
	unsigned int is_bus_powered:1;
	unsigned int set_address:1;
	unsigned int test_mode:1;
	unsigned int softconnect:1;
	unsigned int flush_irq_work:1;
	_Alignas(1) unsigned char m64[1];
	_Alignas(4) unsigned char m65[1];
	_Alignas(2) unsigned char m66[2];
	_Alignas(8) unsigned char m67[1];
	_Alignas(8) unsigned char m68[912];
	_Alignas(8) unsigned char m69[8];
	_Alignas(8) unsigned char m70[8];
	_Alignas(8) unsigned char m71[8];
	_Alignas(8) unsigned char m72[4];
	_Alignas(8) unsigned char m73[8];
} __attribute__((aligned(8))) before;

WRITER(before, is_runtime_suspended, 0x1ULL)
WRITER(before, is_active, 0x1ULL)

static struct after {
	_Alignas(8) unsigned char m0[4];
	_Alignas(4) unsigned char m1[4];
	_Alignas(8) unsigned char m2[64];
	_Alignas(8) unsigned char m3[8];
	_Alignas(8) unsigned char m4[400];
	_Alignas(8) unsigned char m5[8];
	_Alignas(8) unsigned char m6[88];
	_Alignas(8) unsigned char m7[88];
	_Alignas(8) unsigned char m8[88];
	_Alignas(8) unsigned char m9[88];
	_Alignas(8) unsigned char m10[2];
	_Alignas(2) unsigned char m11[2];
	_Alignas(4) unsigned char m12[2];
	unsigned char is_initialized;
	unsigned char is_runtime_suspended;
	_Alignas(8) unsigned char m13[4];
	unsigned char is_multipoint;
	unsigned char hb_iso_rx;
	unsigned char hb_iso_tx;
	unsigned char is_active;
	_Alignas(8) unsigned char m14[8];
	_Alignas(8) unsigned char m15[1];
	_Alignas(8) unsigned char m16[8];
	_Alignas(8) unsigned char m17[16];
	_Alignas(8) unsigned char m18[16];
	_Alignas(8) unsigned char m19[16];
	_Alignas(8) unsigned char m20[16];
	_Alignas(8) unsigned char m21[40];
	_Alignas(8) unsigned char m22[40];
	_Alignas(8) unsigned char m23[24];
	_Alignas(8) unsigned char m24[8];
	_Alignas(8) unsigned char m25[8];
	_Alignas(8) unsigned char m26[8];
	_Alignas(8) unsigned char m27[8];
	_Alignas(8) unsigned char m28[1];
	_Alignas(2) unsigned char m29[2];
	_Alignas(4) unsigned char m30[2];
	_Alignas(8) unsigned char m31[8];
	_Alignas(8) unsigned char m32[8];
	_Alignas(8) unsigned char m33[4];
	_Alignas(4) unsigned char m34[4];
	unsigned int irq_wake:1;
	_Alignas(8) unsigned char m36[6016];
	_Alignas(8) unsigned char m37[2];
	_Alignas(2) unsigned char m38[2];
	_Alignas(4) unsigned char m39[1];
	_Alignas(1) unsigned char m40[1];
	_Alignas(8) unsigned char m41[4];
	_Alignas(4) unsigned char m42[1];
	_Alignas(8) unsigned char m43[8];
	_Alignas(8) unsigned char m44[1];
	_Alignas(4) unsigned char m45[4];
	_Alignas(8) unsigned char m46[8];
	unsigned int is_self_powered:1;
	unsigned int is_bus_powered:1;
	unsigned char dyn_fifo;
	unsigned char bulk_split;
	unsigned char bulk_combine;
	unsigned char flush_irq_work;
	unsigned char is_suspended;
	unsigned char may_wakeup;
	unsigned char set_address;
	unsigned char test_mode;
	unsigned char softconnect;
	_Alignas(2) unsigned char m64[1];
	_Alignas(1) unsigned char m65[1];
	_Alignas(4) unsigned char m66[2];
	_Alignas(2) unsigned char m67[1];
	_Alignas(8) unsigned char m68[912];
	_Alignas(8) unsigned char m69[8];
	_Alignas(8) unsigned char m70[8];
	_Alignas(8) unsigned char m71[8];
	_Alignas(8) unsigned char m72[4];
	_Alignas(8) unsigned char m73[8];
} __attribute__((aligned(8))) after;

WRITER(after, is_runtime_suspended, 0x1ULL)
WRITER(after, is_active, 0x1ULL)

int main(int argc, char **argv)
{
	unsigned long lost;

	if (argc > 1)
		seconds = atof(argv[1]);
	CHECK(before, is_runtime_suspended, 0x1ULL, 57409, 1);
	CHECK(after, is_runtime_suspended, 0x1ULL, 6776, 1);
	CHECK(before, is_active, 0x1ULL, 57410, 1);
	CHECK(after, is_active, 0x1ULL, 6840, 1);
	lost = run("before", write_before_is_runtime_suspended, write_before_is_active, seconds);
	if (run("after", write_after_is_runtime_suspended, write_after_is_active, seconds / 10))
		return 1;
	return lost ? 0 : 1;
}
