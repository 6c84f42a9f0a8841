/*
 * Two threads store to irq_suspended and irq_rerun of struct phy_device at once, as a kernel's compiler does,
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
	_Alignas(8) unsigned char m0[832];
	_Alignas(8) unsigned char m1[8];
	_Alignas(8) unsigned char m2[8];
	_Alignas(8) unsigned char m3[4];
	_Alignas(4) unsigned char m4[4];
	_Alignas(8) unsigned char m5[136];
	unsigned int is_c45:1;
	unsigned int is_internal:1;
	unsigned int is_pseudo_fixed_link:1;
	unsigned int is_gigabit_capable:1;
	unsigned int has_fixups:1;
	unsigned int suspended:1;
	unsigned int suspended_by_mdio_bus:1;
	unsigned int sysfs_links:1;
	unsigned int loopback_enabled:1;
	unsigned int downshifted_rate:1;
	unsigned int is_on_sfp_module:1;
	unsigned int mac_managed_pm:1;
	unsigned int wol_enabled:1;
	unsigned int is_genphy_driven:1;
	unsigned int autoneg:1;
	unsigned int link:1;
	unsigned int autoneg_complete:1;
	_Bool pause:1;
	_Bool asym_pause:1;
	unsigned int interrupts:1;
	unsigned int irq_suspended:1;
	unsigned int irq_rerun:1;
	unsigned int default_timestamp:1;
	_Alignas(4) unsigned char m29[4];
	_Alignas(8) unsigned char m30[4];
	_Alignas(4) unsigned char m31[4];
	_Alignas(8) unsigned char m32[4];
	_Alignas(8) unsigned char m33[8];
	_Alignas(8) unsigned char m34[4];
	_Alignas(4) unsigned char m35[4];
	_Alignas(8) unsigned char m36[4];
	_Alignas(4) unsigned char m37[1];
	_Alignas(1) unsigned char m38[1];
	_Alignas(2) unsigned char m39[1];
	_Alignas(8) unsigned char m40[16];
	_Alignas(8) unsigned char m41[16];
	_Alignas(8) unsigned char m42[16];
	_Alignas(8) unsigned char m43[16];
	_Alignas(8) unsigned char m44[16];
	_Alignas(8) unsigned char m45[16];
	_Alignas(8) unsigned char m46[16];
	_Alignas(8) unsigned char m47[1];
	_Alignas(1) unsigned char m48[1];
	_Alignas(2) unsigned char m49[1];
	_Alignas(4) unsigned char m50[8];
	_Alignas(8) unsigned char m51[8];
	_Alignas(8) unsigned char m52[16];
	_Alignas(8) unsigned char m53[4];
	_Alignas(8) unsigned char m54[8];
	_Alignas(8) unsigned char m55[8];
	_Alignas(8) unsigned char m56[8];
	_Alignas(8) unsigned char m57[8];
	_Alignas(8) unsigned char m58[8];
	_Alignas(8) unsigned char m59[88];
	_Alignas(8) unsigned char m60[24];
	_Alignas(8) unsigned char m61[1];
	_Alignas(8) unsigned char m62[8];
	_Alignas(8) unsigned char m63[8];
	_Alignas(8) unsigned char m64[8];
	_Alignas(8) unsigned char m65[8];
	_Alignas(8) unsigned char m66[8];
	_Alignas(8) unsigned char m67[16];
	_Alignas(8) unsigned char m68[4];
	_Alignas(4) unsigned char m69[4];
	_Alignas(8) unsigned char m70[1];
	_Alignas(1) unsigned char m71[1];
	_Alignas(4) unsigned char m72[4];
	_Alignas(8) unsigned char m73[4];
	_Alignas(8) unsigned char m74[8];
	_Alignas(8) unsigned char m75[8];
	_Alignas(8) unsigned char m76[8];
	_Alignas(8) unsigned char m77[12];
} __attribute__((aligned(8))) before;

WRITER(before, irq_suspended, 0x1ULL)
WRITER(before, irq_rerun, 0x1ULL)

static struct after {
	_Alignas(8) unsigned char m0[832];
	_Alignas(8) unsigned char m1[8];
	_Alignas(8) unsigned char m2[8];
	_Alignas(8) unsigned char m3[4];
	_Alignas(4) unsigned char m4[4];
	_Alignas(8) unsigned char m5[136];
	unsigned int is_c45:1;
	unsigned int is_internal:1;
	unsigned int is_pseudo_fixed_link:1;
	unsigned int is_gigabit_capable:1;
	unsigned int is_on_sfp_module:1;
	unsigned int default_timestamp:1;
	unsigned char interrupts;
	unsigned char irq_rerun;
	unsigned char irq_suspended;
	_Alignas(4) unsigned char m29[4];
	_Alignas(8) unsigned char m30[4];
	_Alignas(4) unsigned char m31[4];
	_Alignas(8) unsigned char m32[4];
	unsigned char has_fixups;
	unsigned char suspended;
	unsigned char sysfs_links;
	unsigned char suspended_by_mdio_bus;
	_Alignas(8) unsigned char m33[8];
	_Alignas(8) unsigned char m34[4];
	_Alignas(4) unsigned char m35[4];
	_Alignas(8) unsigned char m36[4];
	_Alignas(4) unsigned char m37[1];
	_Alignas(1) unsigned char m38[1];
	_Alignas(2) unsigned char m39[1];
	unsigned char loopback_enabled;
	_Alignas(8) unsigned char m40[16];
	_Alignas(8) unsigned char m41[16];
	_Alignas(8) unsigned char m42[16];
	_Alignas(8) unsigned char m43[16];
	_Alignas(8) unsigned char m44[16];
	_Alignas(8) unsigned char m45[16];
	_Alignas(8) unsigned char m46[16];
	_Alignas(8) unsigned char m47[1];
	_Alignas(1) unsigned char m48[1];
	_Alignas(2) unsigned char m49[1];
	unsigned char downshifted_rate;
	_Alignas(4) unsigned char m50[8];
	unsigned char mac_managed_pm;
	unsigned char wol_enabled;
	unsigned char is_genphy_driven;
	unsigned char autoneg;
	_Alignas(8) unsigned char m51[8];
	_Alignas(8) unsigned char m52[16];
	_Alignas(8) unsigned char m53[4];
	unsigned char link;
	unsigned char autoneg_complete;
	_Bool pause;
	_Bool asym_pause;
	_Alignas(8) unsigned char m54[8];
	_Alignas(8) unsigned char m55[8];
	_Alignas(8) unsigned char m56[8];
	_Alignas(8) unsigned char m57[8];
	_Alignas(8) unsigned char m58[8];
	_Alignas(8) unsigned char m59[88];
	_Alignas(8) unsigned char m60[24];
	_Alignas(8) unsigned char m61[1];
	_Alignas(8) unsigned char m62[8];
	_Alignas(8) unsigned char m63[8];
	_Alignas(8) unsigned char m64[8];
	_Alignas(8) unsigned char m65[8];
	_Alignas(8) unsigned char m66[8];
	_Alignas(8) unsigned char m67[16];
	_Alignas(8) unsigned char m68[4];
	_Alignas(4) unsigned char m69[4];
	_Alignas(8) unsigned char m70[1];
	_Alignas(1) unsigned char m71[1];
	_Alignas(4) unsigned char m72[4];
	_Alignas(8) unsigned char m73[4];
	_Alignas(8) unsigned char m74[8];
	_Alignas(8) unsigned char m75[8];
	_Alignas(8) unsigned char m76[8];
	_Alignas(8) unsigned char m77[12];
} __attribute__((aligned(8))) after;

WRITER(after, irq_suspended, 0x1ULL)
WRITER(after, irq_rerun, 0x1ULL)

int main(int argc, char **argv)
{
	unsigned long lost;

	if (argc > 1)
		seconds = atof(argv[1]);
	CHECK(before, irq_suspended, 0x1ULL, 7956, 1);
	CHECK(after, irq_suspended, 0x1ULL, 7960, 1);
	CHECK(before, irq_rerun, 0x1ULL, 7957, 1);
	CHECK(after, irq_rerun, 0x1ULL, 7952, 1);
	lost = run("before", write_before_irq_suspended, write_before_irq_rerun, seconds);
	if (run("after", write_after_irq_suspended, write_after_irq_rerun, seconds / 10))
		return 1;
	return lost ? 0 : 1;
}
