#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# `racybits extract` as kbuild's CHECK: real builds of drivers/vfio, in place and with O= and M=, for clang and gcc,
# several at once; the verdicts are those of `racybits check`, which parses nothing again. RACYBITS=program tests another.
set -u
cd "$(dirname "$0")/../.." || exit
unset MAKEFLAGS MFLAGS MAKELEVEL KVER ARCH CC RACYBITS_DB
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
tests=0
mkdir "$tmp/bin"
ln -s "$(readlink -f "${RACYBITS:-racybits}")" "$tmp/bin/racybits"
PATH=$tmp/bin:$PATH

# ok NAME: the status of the command before
ok() {
	local status=$?

	tests=$((tests + 1))
	[ $status = 0 ] || printf 'not '
	echo "ok $tests - $1"
	[ $status = 0 ] || tail -n 30 "$tmp/out" "$tmp/err" | sed 's/^/# /'
}

# skip NAME WHY
skip() {
	tests=$((tests + 1))
	echo "ok $tests - $1 # SKIP $2"
}

# kmake ARGUMENT...: kbuild with our CHECK; its output into $tmp/out
kmake() { env -i PATH="$PATH" HOME="$tmp" make -j4 CHECK='racybits extract' "$@" >"$tmp/out" 2>"$tmp/err" </dev/null; }

# quiet: no line in make's output is ours
quiet() { ! grep -E 'racybits|rror|arning' "$tmp/out" "$tmp/err" | grep -v 'CHECK=' >"$tmp/noise" || ! cat "$tmp/noise" >>"$tmp/err"; }

# same_verdicts DB ARGUMENT...: check says the same from the database
same_verdicts() {
	local db=$1

	shift
	racybits check "$@" --all --format=json drivers/vfio >"$tmp/plain" 2>"$tmp/err"
	cp "$db" "$tmp/db"
	racybits check "$@" --db "$tmp/db" --all --format=json drivers/vfio >"$tmp/out" 2>"$tmp/err"
	cmp "$tmp/plain" "$tmp/out" >>"$tmp/err" 2>&1 &&
		grep -q '"tus": 2[0-9]' "$tmp/out"
}

# reused DB ARGUMENT...: a unit that check does not parse again leaves the database as it is
reused() {
	local before after

	before=$(cksum <"$1")
	racybits check --db "$@" >"$tmp/out" 2>"$tmp/err"
	after=$(cksum <"$1")
	[ "$before" = "$after" ]
}

### in place, for clang: the newest 6.12, and 6.1 and 7.3 where those trees have been made

for series in 6.12 6.1 7.3; do
	name="$series, clang, C=2"
	if [ $series = 6.12 ]; then
		tree=$(KVER=6.12 scripts/tree.sh) || exit
	else
		tree=$(find build/trees -maxdepth 1 -name "linux-$series.*-x86_64-clang" | sort -V | tail -n 1)
	fi
	if [ -z "$tree" ]; then
		skip "$name" "make tree KVER=$series brings the tree"
		continue
	fi
	tests/subset.sh "$(readlink -f "$tree")" "$tmp/tree" || exit
	kmake -C "$tmp/tree" LLVM=-19 C=2 drivers/vfio/
	ok "$name: kbuild succeeds"
	[ "$(grep -c '^  CHECK  *drivers/vfio/' "$tmp/out")" -gt 20 ] && quiet
	ok "... with every file checked, and says nothing of it"
	same_verdicts "$tmp/tree/.racybits.db" -k "$tmp/tree"
	ok "... same verdicts as check alone"
	reused "$tmp/tree/.racybits.db" -k "$tmp/tree" drivers/vfio
	ok "... without parsing again"
	rm -rf "$tmp/tree"
done

### for gcc; a file that only gcc understands must not end the build

tree=$(KVER=6.12.95 CC=gcc scripts/tree.sh) || exit
tests/subset.sh "$tree" "$tmp/tree" || exit
file=drivers/vfio/vfio_iommu_type1.c
cat >>"$tmp/tree/$file" <<'END'
int outer(int n);
int outer(int n) { int inner(void) { return n; } return inner(); }
END
kmake -C "$tmp/tree" C=1 drivers/vfio/virqfd.o "${file%c}o"
ok "6.12.95, gcc, C=1: kbuild succeeds, with a file that clang cannot parse"
racybits check -k "$tmp/tree" --db "$tmp/tree/.racybits.db" drivers/vfio >"$tmp/out" 2>"$tmp/err"
[ $? = 2 ] && grep -q "^racybits: $file: not analysed: " "$tmp/err" &&
	[ "$(grep -c 'warning: .*\[racy-bitfield\]$' "$tmp/out")" -ge 3 ]
ok "... check names that file and reports on the others"
cp "$tmp/tree/.racybits.db" "$tmp/db"
kmake -C "$tmp/tree" C=1 drivers/vfio/virqfd.o "${file%c}o"
! grep -q CHECK "$tmp/out" && cmp -s "$tmp/db" "$tmp/tree/.racybits.db"
ok "... what is up to date is not extracted again"
kmake -C "$tmp/tree" CHECK="racybits extract --db=$tmp/no/such" C=2 drivers/vfio/virqfd.o
[ $? != 0 ] && grep -q "racybits: $tmp/no/such: cannot be opened" "$tmp/err"
ok "a database that cannot be written ends the build, and says why"
rm -rf "$tmp/tree"

### O= and M=

tree=$(KVER=6.12 scripts/tree.sh) || exit
tests/subset.sh "$tree" "$tmp/tree" || exit
mkdir "$tmp/obj" "$tmp/module"
mv "$tmp/tree/.config" "$tmp/obj/"
rm -r "$tmp/tree"/include/{config,generated} "$tmp/tree/arch/x86/include/generated"
kmake -C "$tmp/tree" O="$tmp/obj" LLVM=-19 olddefconfig &&
	kmake -C "$tmp/tree" O="$tmp/obj" LLVM=-19 C=2 drivers/vfio/virqfd.o drivers/vfio/vfio_main.o
ok "O=: kbuild succeeds"
same_verdicts "$tmp/obj/.racybits.db" -k "$tmp/tree" -O "$tmp/obj"
ok "... same verdicts as check alone"
reused "$tmp/obj/.racybits.db" -k "$tmp/tree" -O "$tmp/obj" drivers/vfio/vfio_main.c
ok "... without parsing again"

echo 'obj-m := racy.o' >"$tmp/module/Makefile"
cat >"$tmp/module/racy.c" <<'END'
#include <linux/fs.h>
#include <linux/module.h>
struct racy { bool a:1; bool b:1; };
static long racy_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct racy *r = file->private_data;

	if (cmd)
		r->a = arg;
	else
		r->b = arg;
	return 0;
}
const struct file_operations racy_fops = { .unlocked_ioctl = racy_ioctl };
MODULE_DESCRIPTION("races with itself");
MODULE_LICENSE("GPL");
END
: >"$tmp/obj/Module.symvers"
kmake -C "$tmp/obj" M="$tmp/module" LLVM=-19 C=2 KBUILD_MODPOST_WARN=1 racy.o
ok "M=: kbuild succeeds"
[ -s "$tmp/module/.racybits.db" ]
ok "... and the facts are beside the module"
racybits check -k "$tmp/tree" -O "$tmp/obj" --db "$tmp/module/.racybits.db" "$tmp/module" >"$tmp/out" 2>"$tmp/err"
[ $? = 1 ] && grep -q 'racy.c:3:.*warning: struct racy: .*\[racy-bitfield\]$' "$tmp/out"
ok "... check finds its race"
echo >>"$tmp/module/racy.c"
racybits check -k "$tmp/tree" -O "$tmp/obj" --db "$tmp/module/.racybits.db" "$tmp/module" >"$tmp/out" 2>"$tmp/err"
[ $? = 2 ] && grep -q 'racy.c: changed since it was built' "$tmp/err"
ok "... and does not judge what was changed since"

### what sparse accepts, and what the kernel asks of a checker (scripts/checker-valid.sh of Linux 7.x)

cat >"$tmp/valid" <<'END'
static inline int u(const int *q)
{
	__typeof_unqual__(*q) v = *q;
	return v;
}
END
sparse='-D__linux__ -Dlinux -D__STDC__ -Dunix -D__unix__ -Wbitwise -Wno-return-void -Wno-unknown-attribute --arch=x86 -mlittle-endian -m64'
# shellcheck disable=SC2086 # one word an argument
(cd "$tmp" && racybits extract $sparse valid >out 2>err && [ ! -s out ] && [ ! -s err ])
ok "a file without suffix is checked, with all that sparse is given"
echo 'int f(void) { return nothing; }' >"$tmp/valid"
# shellcheck disable=SC2086 # one word an argument
(cd "$tmp" && racybits extract $sparse valid >out 2>err; [ $? = 2 ] && grep -q 'error' err)
ok "... and an error in it is called one"
[ ! -e "$tmp/.racybits.db" ]
ok "... no database is made for it"

echo "1..$tests"
