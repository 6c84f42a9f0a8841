/*
 * Two threads store to hp_jack_present and automute_speaker of struct hda_gen_spec at once, as a kernel's compiler does,
 * and read back what they stored.
 *
 *	cc -O2 -pthread prove.c -o prove && ./prove [SECONDS]
 *
 * Exit status: 0 an update was lost before and none after the split; 1 not so; 2 it could not run.
 * There is no layout after the split: nothing is planned, for it is not racy.
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
	_Alignas(8) unsigned char m1[8];
	_Alignas(8) unsigned char m2[8];
	_Alignas(8) unsigned char m3[32];
	_Alignas(8) unsigned char m4[8];
	_Alignas(8) unsigned char m5[8];
	_Alignas(8) unsigned char m6[32];
	_Alignas(8) unsigned char m7[8];
	_Alignas(8) unsigned char m8[8];
	_Alignas(8) unsigned char m9[4];
	_Alignas(8) unsigned char m10[24];
	_Alignas(8) unsigned char m11[104];
	_Alignas(8) unsigned char m12[2];
	_Alignas(2) unsigned char m13[6];
	_Alignas(8) unsigned char m14[4];
	_Alignas(4) unsigned char m15[4];
	_Alignas(8) unsigned char m16[36];
	_Alignas(4) unsigned char m17[2];
	_Alignas(2) unsigned char m18[2];
	_Alignas(8) unsigned char m19[2];
	_Alignas(8) unsigned char m20[288];
	_Alignas(8) unsigned char m21[144];
	_Alignas(8) unsigned char m22[2];
	_Alignas(4) unsigned char m23[4];
	_Alignas(8) unsigned char m24[4];
	_Alignas(4) unsigned char m25[1300];
	_Alignas(8) unsigned char m26[12];
	_Alignas(4) unsigned char m27[4];
	_Alignas(8) unsigned char m28[4];
	_Alignas(4) unsigned char m29[4];
	_Alignas(8) unsigned char m30[24];
	_Alignas(8) unsigned char m31[368];
	_Alignas(8) unsigned char m32[24];
	_Alignas(8) unsigned char m33[10];
	_Alignas(2) unsigned char m34[72];
	_Alignas(4) unsigned char m35[144];
	_Alignas(4) unsigned char m36[2];
	_Alignas(2) unsigned char m37[2];
	_Alignas(8) unsigned char m38[4];
	_Alignas(4) unsigned char m39[4];
	_Alignas(8) unsigned char m40[32];
	_Alignas(8) unsigned char m41[4];
	_Alignas(4) unsigned char m42[36];
	_Alignas(8) unsigned char m43[24];
	_Alignas(8) unsigned char m44[20];
	_Alignas(4) unsigned char m45[20];
	_Alignas(8) unsigned char m46[20];
	_Alignas(4) unsigned char m47[12];
	_Alignas(8) unsigned char m48[20];
	_Alignas(4) unsigned char m49[2592];
	_Alignas(4) unsigned char m50[144];
	_Alignas(4) unsigned char m51[4];
	_Alignas(8) unsigned char m52[4];
	_Alignas(4) unsigned char m53[4];
	_Alignas(8) unsigned char m54[36];
	unsigned int hp_jack_present:1;
	unsigned int line_jack_present:1;
	unsigned int speaker_muted:1;
	unsigned int line_out_muted:1;
	unsigned int auto_mic:1;
	unsigned int automute_speaker:1;
	unsigned int automute_lo:1;
	unsigned int detect_hp:1;
	unsigned int detect_lo:1;
	unsigned int automute_speaker_possible:1;
	unsigned int automute_lo_possible:1;
	unsigned int master_mute:1;
	unsigned int keep_vref_in_automute:1;
	unsigned int line_in_auto_switch:1;
	unsigned int auto_mute_via_amp:1;
	unsigned int suppress_auto_mute:1;
	unsigned int suppress_auto_mic:1;
	unsigned int need_dac_fix:1;
	unsigned int hp_mic:1;
	unsigned int suppress_hp_mic_detect:1;
	unsigned int no_primary_hp:1;
	unsigned int no_multi_io:1;
	unsigned int multi_cap_vol:1;
	unsigned int inv_dmic_split:1;
	unsigned int own_eapd_ctl:1;
	unsigned int keep_eapd_on:1;
	unsigned int vmaster_mute_led:1;
	unsigned int mic_mute_led:1;
	unsigned int indep_hp:1;
	unsigned int prefer_hp_amp:1;
	unsigned int add_stereo_mix_input:2;
	unsigned int add_jack_modes:1;
	unsigned int power_down_unused:1;
	unsigned int dac_min_mute:1;
	unsigned int suppress_vmaster:1;
	unsigned int no_analog:1;
	unsigned int dyn_adc_switch:1;
	unsigned int indep_hp_enabled:1;
	unsigned int have_aamix_ctl:1;
	unsigned int hp_mic_jack_modes:1;
	unsigned int skip_verbs:1;
	_Alignas(8) unsigned char m96[8];
	_Alignas(8) unsigned char m97[8];
	_Alignas(8) unsigned char m98[8];
	_Alignas(8) unsigned char m99[8];
	_Alignas(8) unsigned char m100[8];
	_Alignas(8) unsigned char m101[1];
	_Alignas(2) unsigned char m102[2];
	_Alignas(4) unsigned char m103[2];
	_Alignas(8) unsigned char m104[16];
	_Alignas(8) unsigned char m105[24];
	_Alignas(8) unsigned char m106[16];
	_Alignas(8) unsigned char m107[24];
	_Alignas(8) unsigned char m108[4];
	_Alignas(4) unsigned char m109[32];
	_Alignas(8) unsigned char m110[8];
	_Alignas(8) unsigned char m111[8];
	_Alignas(8) unsigned char m112[8];
	_Alignas(8) unsigned char m113[8];
	_Alignas(8) unsigned char m114[8];
	_Alignas(8) unsigned char m115[8];
	_Alignas(8) unsigned char m116[8];
	_Alignas(8) unsigned char m117[8];
	_Alignas(8) unsigned char m118[16];
} __attribute__((aligned(8))) before;

WRITER(before, hp_jack_present, 0x1ULL)
WRITER(before, automute_speaker, 0x1ULL)

int main(int argc, char **argv)
{
	unsigned long lost;

	if (argc > 1)
		seconds = atof(argv[1]);
	CHECK(before, hp_jack_present, 0x1ULL, 45920, 1);
	CHECK(before, automute_speaker, 0x1ULL, 45925, 1);
	lost = run("before", write_before_hp_jack_present, write_before_automute_speaker, seconds);
	return lost ? 0 : 1;
}
