/*
 * Two threads store to ro_error and ro_mount of struct ubifs_info at once, as a kernel's compiler does,
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
	_Alignas(8) unsigned char m2[8];
	_Alignas(8) unsigned char m3[8];
	_Alignas(8) unsigned char m4[8];
	_Alignas(8) unsigned char m5[4];
	_Alignas(4) unsigned char m6[4];
	_Alignas(8) unsigned char m7[4];
	_Alignas(4) unsigned char m8[16];
	_Alignas(4) unsigned char m9[4];
	_Alignas(8) unsigned char m10[4];
	_Alignas(4) unsigned char m11[4];
	_Alignas(8) unsigned char m12[24];
	_Alignas(8) unsigned char m13[4];
	_Alignas(8) unsigned char m14[8];
	_Alignas(8) unsigned char m15[8];
	_Alignas(8) unsigned char m16[8];
	_Alignas(8) unsigned char m17[4];
	_Alignas(4) unsigned char m18[4];
	_Alignas(8) unsigned char m19[8];
	_Alignas(8) unsigned char m20[8];
	_Alignas(8) unsigned char m21[8];
	_Alignas(8) unsigned char m22[16];
	_Alignas(8) unsigned char m23[4];
	_Alignas(4) unsigned char m24[4];
	_Alignas(8) unsigned char m25[24];
	_Alignas(8) unsigned char m26[32];
	_Alignas(8) unsigned char m27[4];
	_Alignas(4) unsigned char m28[4];
	_Alignas(8) unsigned char m29[24];
	_Alignas(8) unsigned char m30[64];
	_Alignas(8) unsigned char m31[32];
	unsigned int big_lpt:1;
	unsigned int space_fixup:1;
	unsigned int double_hash:1;
	unsigned int encrypted:1;
	unsigned int no_chk_data_crc:1;
	unsigned int bulk_read:1;
	unsigned int default_compr:2;
	unsigned int rw_incompat:1;
	unsigned int assert_action:2;
	unsigned int authenticated:1;
	unsigned int superblock_need_write:1;
	_Alignas(8) unsigned char m43[24];
	_Alignas(8) unsigned char m44[32];
	_Alignas(8) unsigned char m45[8];
	_Alignas(8) unsigned char m46[8];
	_Alignas(8) unsigned char m47[8];
	_Alignas(8) unsigned char m48[8];
	_Alignas(8) unsigned char m49[8];
	_Alignas(8) unsigned char m50[4];
	_Alignas(4) unsigned char m51[4];
	_Alignas(8) unsigned char m52[4];
	_Alignas(8) unsigned char m53[8];
	_Alignas(8) unsigned char m54[4];
	_Alignas(4) unsigned char m55[4];
	_Alignas(8) unsigned char m56[8];
	_Alignas(8) unsigned char m57[8];
	_Alignas(8) unsigned char m58[8];
	_Alignas(8) unsigned char m59[4];
	_Alignas(4) unsigned char m60[4];
	_Alignas(8) unsigned char m61[24];
	_Alignas(8) unsigned char m62[1064];
	_Alignas(8) unsigned char m63[24];
	_Alignas(8) unsigned char m64[8];
	_Alignas(8) unsigned char m65[4];
	_Alignas(8) unsigned char m66[8];
	_Alignas(8) unsigned char m67[4];
	_Alignas(4) unsigned char m68[4];
	_Alignas(8) unsigned char m69[4];
	_Alignas(4) unsigned char m70[4];
	_Alignas(8) unsigned char m71[4];
	_Alignas(4) unsigned char m72[4];
	_Alignas(8) unsigned char m73[4];
	_Alignas(4) unsigned char m74[4];
	_Alignas(8) unsigned char m75[4];
	_Alignas(8) unsigned char m76[8];
	_Alignas(8) unsigned char m77[1];
	_Alignas(8) unsigned char m78[8];
	_Alignas(8) unsigned char m79[4];
	_Alignas(4) unsigned char m80[4];
	_Alignas(8) unsigned char m81[4];
	_Alignas(4) unsigned char m82[4];
	_Alignas(8) unsigned char m83[4];
	_Alignas(4) unsigned char m84[4];
	_Alignas(8) unsigned char m85[4];
	_Alignas(4) unsigned char m86[4];
	_Alignas(8) unsigned char m87[4];
	_Alignas(4) unsigned char m88[4];
	_Alignas(8) unsigned char m89[4];
	_Alignas(4) unsigned char m90[4];
	_Alignas(8) unsigned char m91[4];
	_Alignas(4) unsigned char m92[4];
	unsigned int ro_media:1;
	unsigned int ro_mount:1;
	unsigned int ro_error:1;
	_Alignas(8) unsigned char m96[8];
	_Alignas(8) unsigned char m97[8];
	_Alignas(8) unsigned char m98[8];
	_Alignas(8) unsigned char m99[4];
	_Alignas(8) unsigned char m100[56];
	_Alignas(8) unsigned char m101[64];
	_Alignas(8) unsigned char m102[8];
	_Alignas(8) unsigned char m103[4];
	_Alignas(4) unsigned char m104[4];
	_Alignas(8) unsigned char m105[4];
	_Alignas(4) unsigned char m106[4];
	_Alignas(8) unsigned char m107[8];
	_Alignas(8) unsigned char m108[4];
	_Alignas(4) unsigned char m109[4];
	_Alignas(8) unsigned char m110[4];
	_Alignas(4) unsigned char m111[4];
	_Alignas(8) unsigned char m112[4];
	_Alignas(4) unsigned char m113[112];
	_Alignas(8) unsigned char m114[8];
	_Alignas(8) unsigned char m115[28];
	_Alignas(8) unsigned char m116[80];
	_Alignas(8) unsigned char m117[8];
	_Alignas(8) unsigned char m118[16];
	_Alignas(8) unsigned char m119[16];
	_Alignas(8) unsigned char m120[8];
	_Alignas(8) unsigned char m121[8];
	_Alignas(8) unsigned char m122[4];
	_Alignas(8) unsigned char m123[8];
	_Alignas(8) unsigned char m124[4];
	_Alignas(4) unsigned char m125[4];
	_Alignas(8) unsigned char m126[4];
	_Alignas(4) unsigned char m127[4];
	_Alignas(8) unsigned char m128[4];
	_Alignas(4) unsigned char m129[4];
	_Alignas(8) unsigned char m130[4];
	_Alignas(8) unsigned char m131[8];
	_Alignas(8) unsigned char m132[24];
	_Alignas(8) unsigned char m133[4];
	_Alignas(4) unsigned char m134[4];
	_Alignas(8) unsigned char m135[4];
	_Alignas(8) unsigned char m136[8];
	_Alignas(8) unsigned char m137[16];
	_Alignas(8) unsigned char m138[4];
	_Alignas(4) unsigned char m139[4];
	_Alignas(8) unsigned char m140[4];
	_Alignas(8) unsigned char m141[16];
	_Alignas(8) unsigned char m142[24];
	_Alignas(8) unsigned char m143[4];
	_Alignas(4) unsigned char m144[4];
	_Alignas(8) unsigned char m145[4];
	_Alignas(4) unsigned char m146[4];
	_Alignas(8) unsigned char m147[4];
	_Alignas(4) unsigned char m148[4];
	_Alignas(8) unsigned char m149[4];
	_Alignas(4) unsigned char m150[4];
	_Alignas(8) unsigned char m151[4];
	_Alignas(4) unsigned char m152[4];
	_Alignas(8) unsigned char m153[4];
	_Alignas(4) unsigned char m154[4];
	_Alignas(8) unsigned char m155[4];
	_Alignas(4) unsigned char m156[4];
	_Alignas(8) unsigned char m157[4];
	_Alignas(8) unsigned char m158[24];
	_Alignas(8) unsigned char m159[4];
	_Alignas(4) unsigned char m160[4];
	_Alignas(8) unsigned char m161[4];
	_Alignas(4) unsigned char m162[4];
	_Alignas(8) unsigned char m163[4];
	_Alignas(4) unsigned char m164[4];
	_Alignas(8) unsigned char m165[4];
	_Alignas(4) unsigned char m166[4];
	_Alignas(8) unsigned char m167[8];
	_Alignas(8) unsigned char m168[8];
	_Alignas(8) unsigned char m169[8];
	_Alignas(8) unsigned char m170[8];
	_Alignas(8) unsigned char m171[8];
	_Alignas(8) unsigned char m172[48];
	_Alignas(8) unsigned char m173[16];
	_Alignas(8) unsigned char m174[16];
	_Alignas(8) unsigned char m175[16];
	_Alignas(8) unsigned char m176[16];
	_Alignas(8) unsigned char m177[16];
	_Alignas(8) unsigned char m178[4];
	_Alignas(4) unsigned char m179[4];
	_Alignas(8) unsigned char m180[4];
	_Alignas(4) unsigned char m181[4];
	_Alignas(8) unsigned char m182[8];
	_Alignas(8) unsigned char m183[8];
	_Alignas(8) unsigned char m184[4];
	_Alignas(4) unsigned char m185[4];
	_Alignas(8) unsigned char m186[4];
	_Alignas(8) unsigned char m187[8];
	_Alignas(8) unsigned char m188[4];
	_Alignas(8) unsigned char m189[8];
	_Alignas(8) unsigned char m190[8];
	_Alignas(8) unsigned char m191[4];
	_Alignas(4) unsigned char m192[4];
	_Alignas(8) unsigned char m193[8];
	_Alignas(8) unsigned char m194[8];
	_Alignas(8) unsigned char m195[4];
	_Alignas(8) unsigned char m196[8];
	_Alignas(8) unsigned char m197[8];
	_Alignas(8) unsigned char m198[4];
	_Alignas(8) unsigned char m199[8];
	unsigned int empty:1;
	unsigned int need_recovery:1;
	unsigned int replaying:1;
	unsigned int mounting:1;
	unsigned int remounting_rw:1;
	unsigned int probing:1;
	_Alignas(8) unsigned char m206[16];
	_Alignas(8) unsigned char m207[16];
	_Alignas(8) unsigned char m208[8];
	_Alignas(8) unsigned char m209[16];
	_Alignas(8) unsigned char m210[8];
	_Alignas(8) unsigned char m211[8];
	_Alignas(8) unsigned char m212[4];
	_Alignas(8) unsigned char m213[8];
	_Alignas(8) unsigned char m214[8];
} __attribute__((aligned(8))) before;

WRITER(before, ro_error, 0x1ULL)
WRITER(before, ro_mount, 0x1ULL)

static struct after {
	_Alignas(8) unsigned char m0[8];
	_Alignas(8) unsigned char m1[8];
	_Alignas(8) unsigned char m2[8];
	_Alignas(8) unsigned char m3[8];
	_Alignas(8) unsigned char m4[8];
	_Alignas(8) unsigned char m5[4];
	_Alignas(4) unsigned char m6[4];
	_Alignas(8) unsigned char m7[4];
	_Alignas(4) unsigned char m8[16];
	_Alignas(4) unsigned char m9[4];
	_Alignas(8) unsigned char m10[4];
	_Alignas(4) unsigned char m11[4];
	_Alignas(8) unsigned char m12[24];
	_Alignas(8) unsigned char m13[4];
	unsigned char big_lpt;
	unsigned char space_fixup;
	unsigned char double_hash;
	_Alignas(8) unsigned char m14[8];
	_Alignas(8) unsigned char m15[8];
	_Alignas(8) unsigned char m16[8];
	_Alignas(8) unsigned char m17[4];
	_Alignas(4) unsigned char m18[4];
	_Alignas(8) unsigned char m19[8];
	_Alignas(8) unsigned char m20[8];
	_Alignas(8) unsigned char m21[8];
	_Alignas(8) unsigned char m22[16];
	_Alignas(8) unsigned char m23[4];
	_Alignas(4) unsigned char m24[4];
	_Alignas(8) unsigned char m25[24];
	_Alignas(8) unsigned char m26[32];
	_Alignas(8) unsigned char m27[4];
	_Alignas(4) unsigned char m28[4];
	_Alignas(8) unsigned char m29[24];
	_Alignas(8) unsigned char m30[64];
	_Alignas(8) unsigned char m31[32];
	unsigned int authenticated:1;
	unsigned char encrypted;
	unsigned char rw_incompat;
	unsigned char superblock_need_write;
	unsigned char no_chk_data_crc;
	unsigned char bulk_read;
	unsigned char default_compr;
	unsigned char assert_action;
	_Alignas(8) unsigned char m43[24];
	_Alignas(8) unsigned char m44[32];
	_Alignas(8) unsigned char m45[8];
	_Alignas(8) unsigned char m46[8];
	_Alignas(8) unsigned char m47[8];
	_Alignas(8) unsigned char m48[8];
	_Alignas(8) unsigned char m49[8];
	_Alignas(8) unsigned char m50[4];
	_Alignas(4) unsigned char m51[4];
	_Alignas(8) unsigned char m52[4];
	_Alignas(8) unsigned char m53[8];
	_Alignas(8) unsigned char m54[4];
	_Alignas(4) unsigned char m55[4];
	_Alignas(8) unsigned char m56[8];
	_Alignas(8) unsigned char m57[8];
	_Alignas(8) unsigned char m58[8];
	_Alignas(8) unsigned char m59[4];
	_Alignas(4) unsigned char m60[4];
	_Alignas(8) unsigned char m61[24];
	_Alignas(8) unsigned char m62[1064];
	_Alignas(8) unsigned char m63[24];
	_Alignas(8) unsigned char m64[8];
	_Alignas(8) unsigned char m65[4];
	_Alignas(8) unsigned char m66[8];
	_Alignas(8) unsigned char m67[4];
	_Alignas(4) unsigned char m68[4];
	_Alignas(8) unsigned char m69[4];
	_Alignas(4) unsigned char m70[4];
	_Alignas(8) unsigned char m71[4];
	_Alignas(4) unsigned char m72[4];
	_Alignas(8) unsigned char m73[4];
	_Alignas(4) unsigned char m74[4];
	_Alignas(8) unsigned char m75[4];
	_Alignas(8) unsigned char m76[8];
	_Alignas(8) unsigned char m77[1];
	_Alignas(8) unsigned char m78[8];
	_Alignas(8) unsigned char m79[4];
	_Alignas(4) unsigned char m80[4];
	_Alignas(8) unsigned char m81[4];
	_Alignas(4) unsigned char m82[4];
	_Alignas(8) unsigned char m83[4];
	_Alignas(4) unsigned char m84[4];
	_Alignas(8) unsigned char m85[4];
	_Alignas(4) unsigned char m86[4];
	_Alignas(8) unsigned char m87[4];
	_Alignas(4) unsigned char m88[4];
	_Alignas(8) unsigned char m89[4];
	_Alignas(4) unsigned char m90[4];
	_Alignas(8) unsigned char m91[4];
	_Alignas(4) unsigned char m92[4];
	unsigned int ro_media:1;
	unsigned char ro_mount;
	unsigned char ro_error;
	_Alignas(8) unsigned char m96[8];
	_Alignas(8) unsigned char m97[8];
	_Alignas(8) unsigned char m98[8];
	_Alignas(8) unsigned char m99[4];
	_Alignas(8) unsigned char m100[56];
	_Alignas(8) unsigned char m101[64];
	_Alignas(8) unsigned char m102[8];
	_Alignas(8) unsigned char m103[4];
	_Alignas(4) unsigned char m104[4];
	_Alignas(8) unsigned char m105[4];
	_Alignas(4) unsigned char m106[4];
	_Alignas(8) unsigned char m107[8];
	_Alignas(8) unsigned char m108[4];
	_Alignas(4) unsigned char m109[4];
	_Alignas(8) unsigned char m110[4];
	_Alignas(4) unsigned char m111[4];
	_Alignas(8) unsigned char m112[4];
	_Alignas(4) unsigned char m113[112];
	_Alignas(8) unsigned char m114[8];
	_Alignas(8) unsigned char m115[28];
	_Alignas(8) unsigned char m116[80];
	_Alignas(8) unsigned char m117[8];
	_Alignas(8) unsigned char m118[16];
	_Alignas(8) unsigned char m119[16];
	_Alignas(8) unsigned char m120[8];
	_Alignas(8) unsigned char m121[8];
	_Alignas(8) unsigned char m122[4];
	_Alignas(8) unsigned char m123[8];
	_Alignas(8) unsigned char m124[4];
	_Alignas(4) unsigned char m125[4];
	_Alignas(8) unsigned char m126[4];
	_Alignas(4) unsigned char m127[4];
	_Alignas(8) unsigned char m128[4];
	_Alignas(4) unsigned char m129[4];
	_Alignas(8) unsigned char m130[4];
	_Alignas(8) unsigned char m131[8];
	_Alignas(8) unsigned char m132[24];
	_Alignas(8) unsigned char m133[4];
	_Alignas(4) unsigned char m134[4];
	_Alignas(8) unsigned char m135[4];
	_Alignas(8) unsigned char m136[8];
	_Alignas(8) unsigned char m137[16];
	_Alignas(8) unsigned char m138[4];
	_Alignas(4) unsigned char m139[4];
	_Alignas(8) unsigned char m140[4];
	_Alignas(8) unsigned char m141[16];
	_Alignas(8) unsigned char m142[24];
	_Alignas(8) unsigned char m143[4];
	_Alignas(4) unsigned char m144[4];
	_Alignas(8) unsigned char m145[4];
	_Alignas(4) unsigned char m146[4];
	_Alignas(8) unsigned char m147[4];
	_Alignas(4) unsigned char m148[4];
	_Alignas(8) unsigned char m149[4];
	_Alignas(4) unsigned char m150[4];
	_Alignas(8) unsigned char m151[4];
	_Alignas(4) unsigned char m152[4];
	_Alignas(8) unsigned char m153[4];
	_Alignas(4) unsigned char m154[4];
	_Alignas(8) unsigned char m155[4];
	_Alignas(4) unsigned char m156[4];
	_Alignas(8) unsigned char m157[4];
	_Alignas(8) unsigned char m158[24];
	_Alignas(8) unsigned char m159[4];
	_Alignas(4) unsigned char m160[4];
	_Alignas(8) unsigned char m161[4];
	_Alignas(4) unsigned char m162[4];
	_Alignas(8) unsigned char m163[4];
	_Alignas(4) unsigned char m164[4];
	_Alignas(8) unsigned char m165[4];
	_Alignas(4) unsigned char m166[4];
	_Alignas(8) unsigned char m167[8];
	_Alignas(8) unsigned char m168[8];
	_Alignas(8) unsigned char m169[8];
	_Alignas(8) unsigned char m170[8];
	_Alignas(8) unsigned char m171[8];
	_Alignas(8) unsigned char m172[48];
	_Alignas(8) unsigned char m173[16];
	_Alignas(8) unsigned char m174[16];
	_Alignas(8) unsigned char m175[16];
	_Alignas(8) unsigned char m176[16];
	_Alignas(8) unsigned char m177[16];
	_Alignas(8) unsigned char m178[4];
	_Alignas(4) unsigned char m179[4];
	_Alignas(8) unsigned char m180[4];
	_Alignas(4) unsigned char m181[4];
	_Alignas(8) unsigned char m182[8];
	_Alignas(8) unsigned char m183[8];
	_Alignas(8) unsigned char m184[4];
	_Alignas(4) unsigned char m185[4];
	_Alignas(8) unsigned char m186[4];
	_Alignas(8) unsigned char m187[8];
	_Alignas(8) unsigned char m188[4];
	_Alignas(8) unsigned char m189[8];
	_Alignas(8) unsigned char m190[8];
	_Alignas(8) unsigned char m191[4];
	_Alignas(4) unsigned char m192[4];
	_Alignas(8) unsigned char m193[8];
	_Alignas(8) unsigned char m194[8];
	_Alignas(8) unsigned char m195[4];
	_Alignas(8) unsigned char m196[8];
	_Alignas(8) unsigned char m197[8];
	_Alignas(8) unsigned char m198[4];
	_Alignas(8) unsigned char m199[8];
	unsigned int empty:1;
	unsigned int need_recovery:1;
	unsigned int replaying:1;
	unsigned int mounting:1;
	unsigned int remounting_rw:1;
	unsigned int probing:1;
	_Alignas(8) unsigned char m206[16];
	_Alignas(8) unsigned char m207[16];
	_Alignas(8) unsigned char m208[8];
	_Alignas(8) unsigned char m209[16];
	_Alignas(8) unsigned char m210[8];
	_Alignas(8) unsigned char m211[8];
	_Alignas(8) unsigned char m212[4];
	_Alignas(8) unsigned char m213[8];
	_Alignas(8) unsigned char m214[8];
} __attribute__((aligned(8))) after;

WRITER(after, ro_error, 0x1ULL)
WRITER(after, ro_mount, 0x1ULL)

int main(int argc, char **argv)
{
	unsigned long lost;

	if (argc > 1)
		seconds = atof(argv[1]);
	CHECK(before, ro_error, 0x1ULL, 14402, 1);
	CHECK(after, ro_error, 0x1ULL, 14416, 1);
	CHECK(before, ro_mount, 0x1ULL, 14401, 1);
	CHECK(after, ro_mount, 0x1ULL, 14408, 1);
	lost = run("before", write_before_ro_error, write_before_ro_mount, seconds);
	if (run("after", write_after_ro_error, write_after_ro_mount, seconds / 10))
		return 1;
	return lost ? 0 : 1;
}
