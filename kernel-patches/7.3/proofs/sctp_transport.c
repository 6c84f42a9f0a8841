/*
 * Two threads store to pmtu_pending and sack_generation of struct sctp_transport at once, as a kernel's compiler does,
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
	_Alignas(8) unsigned char m2[4];
	unsigned int dead:1;
	unsigned int rto_pending:1;
	unsigned int hb_sent:1;
	unsigned int pmtu_pending:1;
	unsigned int dst_pending_confirm:1;
	unsigned int sack_generation:1;
	_Alignas(8) unsigned char m9[4];
	_Alignas(8) unsigned char m10[88];
	_Alignas(8) unsigned char m11[28];
	_Alignas(8) unsigned char m12[8];
	_Alignas(8) unsigned char m13[8];
	_Alignas(8) unsigned char m14[8];
	_Alignas(8) unsigned char m15[4];
	_Alignas(4) unsigned char m16[4];
	_Alignas(8) unsigned char m17[4];
	_Alignas(4) unsigned char m18[4];
	_Alignas(8) unsigned char m19[4];
	_Alignas(4) unsigned char m20[4];
	_Alignas(8) unsigned char m21[4];
	_Alignas(4) unsigned char m22[4];
	_Alignas(8) unsigned char m23[8];
	_Alignas(8) unsigned char m24[28];
	_Alignas(8) unsigned char m25[8];
	_Alignas(8) unsigned char m26[8];
	_Alignas(8) unsigned char m27[8];
	_Alignas(8) unsigned char m28[4];
	_Alignas(4) unsigned char m29[4];
	_Alignas(8) unsigned char m30[8];
	_Alignas(8) unsigned char m31[8];
	_Alignas(8) unsigned char m32[8];
	_Alignas(8) unsigned char m33[2];
	_Alignas(2) unsigned char m34[2];
	_Alignas(4) unsigned char m35[4];
	_Alignas(8) unsigned char m36[1];
	_Alignas(2) unsigned char m37[2];
	_Alignas(4) unsigned char m38[2];
	_Alignas(8) unsigned char m39[4];
	_Alignas(4) unsigned char m40[4];
	_Alignas(8) unsigned char m41[4];
	_Alignas(4) unsigned char m42[4];
	_Alignas(8) unsigned char m43[2];
	_Alignas(8) unsigned char m44[40];
	_Alignas(8) unsigned char m45[40];
	_Alignas(8) unsigned char m46[40];
	_Alignas(8) unsigned char m47[40];
	_Alignas(8) unsigned char m48[40];
	_Alignas(8) unsigned char m49[16];
	_Alignas(8) unsigned char m50[72];
	_Alignas(8) unsigned char m51[16];
	_Alignas(8) unsigned char m52[8];
	_Alignas(8) unsigned char m53[8];
	_Alignas(8) unsigned char m54[8];
	_Alignas(8) unsigned char m55[16];
} __attribute__((aligned(8))) before;

WRITER(before, pmtu_pending, 0x1ULL)
WRITER(before, sack_generation, 0x1ULL)

static struct after {
	_Alignas(8) unsigned char m0[16];
	_Alignas(8) unsigned char m1[16];
	_Alignas(8) unsigned char m2[4];
	unsigned char dead;
	unsigned char rto_pending;
	unsigned char hb_sent;
	unsigned char pmtu_pending;
	unsigned char dst_pending_confirm;
	unsigned char sack_generation;
	_Alignas(4) unsigned char m9[4];
	_Alignas(8) unsigned char m10[88];
	_Alignas(8) unsigned char m11[28];
	_Alignas(8) unsigned char m12[8];
	_Alignas(8) unsigned char m13[8];
	_Alignas(8) unsigned char m14[8];
	_Alignas(8) unsigned char m15[4];
	_Alignas(4) unsigned char m16[4];
	_Alignas(8) unsigned char m17[4];
	_Alignas(4) unsigned char m18[4];
	_Alignas(8) unsigned char m19[4];
	_Alignas(4) unsigned char m20[4];
	_Alignas(8) unsigned char m21[4];
	_Alignas(4) unsigned char m22[4];
	_Alignas(8) unsigned char m23[8];
	_Alignas(8) unsigned char m24[28];
	_Alignas(8) unsigned char m25[8];
	_Alignas(8) unsigned char m26[8];
	_Alignas(8) unsigned char m27[8];
	_Alignas(8) unsigned char m28[4];
	_Alignas(4) unsigned char m29[4];
	_Alignas(8) unsigned char m30[8];
	_Alignas(8) unsigned char m31[8];
	_Alignas(8) unsigned char m32[8];
	_Alignas(8) unsigned char m33[2];
	_Alignas(2) unsigned char m34[2];
	_Alignas(4) unsigned char m35[4];
	_Alignas(8) unsigned char m36[1];
	_Alignas(2) unsigned char m37[2];
	_Alignas(4) unsigned char m38[2];
	_Alignas(8) unsigned char m39[4];
	_Alignas(4) unsigned char m40[4];
	_Alignas(8) unsigned char m41[4];
	_Alignas(4) unsigned char m42[4];
	_Alignas(8) unsigned char m43[2];
	_Alignas(8) unsigned char m44[40];
	_Alignas(8) unsigned char m45[40];
	_Alignas(8) unsigned char m46[40];
	_Alignas(8) unsigned char m47[40];
	_Alignas(8) unsigned char m48[40];
	_Alignas(8) unsigned char m49[16];
	_Alignas(8) unsigned char m50[72];
	_Alignas(8) unsigned char m51[16];
	_Alignas(8) unsigned char m52[8];
	_Alignas(8) unsigned char m53[8];
	_Alignas(8) unsigned char m54[8];
	_Alignas(8) unsigned char m55[16];
} __attribute__((aligned(8))) after;

WRITER(after, pmtu_pending, 0x1ULL)
WRITER(after, sack_generation, 0x1ULL)

int main(int argc, char **argv)
{
	unsigned long lost;

	if (argc > 1)
		seconds = atof(argv[1]);
	CHECK(before, pmtu_pending, 0x1ULL, 291, 1);
	CHECK(after, pmtu_pending, 0x1ULL, 312, 1);
	CHECK(before, sack_generation, 0x1ULL, 293, 1);
	CHECK(after, sack_generation, 0x1ULL, 328, 1);
	lost = run("before", write_before_pmtu_pending, write_before_sack_generation, seconds);
	if (run("after", write_after_pmtu_pending, write_after_sack_generation, seconds / 10))
		return 1;
	return lost ? 0 : 1;
}
