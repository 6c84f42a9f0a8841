#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# `racybits extract` as kbuild's CHECK, in real builds, several files at once; the verdicts are those of `racybits
# check`, which parses nothing again. Some files of drivers/vfio of one tree, in place, and a module; with LONG=1 all of
# drivers/vfio of 6.1, 6.12 and 7.3, in place by clang and with O= by gcc (SERIES="6.1 7.3": of
# those). RACYBITS=program tests another one.
set -u
cd "$(dirname "$0")/.." || exit
unset MAKEFLAGS MFLAGS MAKELEVEL KVER ARCH CC CONFIG RACYBITS_DB
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

# kmake ARGUMENT...: kbuild with our CHECK; its output into $tmp/out and $tmp/make
kmake() {
	env -i PATH="$PATH" HOME="$tmp" make -j4 CHECK='racybits extract' "$@" >"$tmp/out" 2>"$tmp/err" </dev/null
	set -- $?
	cp "$tmp/out" "$tmp/make"
	return "$1"
}

# quiet: no line of make's output is ours
quiet() {
	! grep -E 'racybits|rror|arning' "$tmp/out" "$tmp/err" | grep -vE 'CHECK=|:  [A-Z]+ .*_error_r\.o$' >"$tmp/noise" || ! cat "$tmp/noise" >>"$tmp/err"
}

# checked NUMBER: that many files of drivers/vfio at least were checked
checked() { [ "$(grep -c '^  CHECK  *[^ ]*drivers/vfio/' "$tmp/make")" -ge "$1" ]; }

# same_verdicts DB ARGUMENT...: check says the same from the database, of the files that make has checked
same_verdicts() {
	local db=$1

	shift
	racybits check "$@" --all --format=json >"$tmp/plain" 2>"$tmp/err"
	cp "$db" "$tmp/db"
	racybits check "$@" --db "$tmp/db" --all --format=json >"$tmp/out" 2>"$tmp/err"
	cmp "$tmp/plain" "$tmp/out" >>"$tmp/err" 2>&1 &&
		grep -q "\"tus\": $(grep -c '^  CHECK  *[^ ]*drivers/vfio/' "$tmp/make")," "$tmp/out" &&
		grep -q '"struct": "vfio_pci_core_device"' "$tmp/out"
}

# reused DB ARGUMENT...: check parses nothing again
reused() {
	racybits check --db "$@" >"$tmp/out" 2>"$tmp/err"
	grep -q ' translation units, 0 parsed now, ' "$tmp/err"
}

# judged NAME NUMBER ARGUMENT...: make with these arguments has checked NUMBER files at least; $db, $judge as for check
judged() {
	local name=$1 number=$2

	shift 2
	kmake "$@"
	ok "$name: kbuild succeeds"
	checked "$number" && quiet
	ok "... with every file checked, and says nothing of it"
	same_verdicts "$db" "${judge[@]}"
	ok "... same verdicts as check alone"
	reused "$db" "${judge[@]}"
	ok "... without parsing again"
}

# module NAME ARGUMENT...: the same for a module outside of the tree; ${judge[@]:0:n} are check's -k and -O
module() {
	local name=$1

	shift
	rm -rf "$tmp/module"
	mkdir "$tmp/module"
	echo 'obj-m := racy.o' >"$tmp/module/Makefile"
	cat >"$tmp/module/racy.c" <<-'END'
	#include <linux/fs.h>
	#include <linux/module.h>
	struct racy { struct rw_semaphore lock; bool a:1; bool b:1; };
	static long racy_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
	{
		struct racy *r = file->private_data;

		if (cmd)
			r->a = arg;
		else
			r->b = arg;
		return 0;
	}
	extern const struct file_operations racy_fops;
	const struct file_operations racy_fops = { .unlocked_ioctl = racy_ioctl };
	MODULE_DESCRIPTION("races with itself");
	MODULE_LICENSE("GPL");
	END
	kmake M="$tmp/module" C=2 KBUILD_MODPOST_WARN=1 "$@" racy.o
	ok "$name, M=: kbuild succeeds"
	[ -s "$tmp/module/.racybits.db" ] && quiet
	ok "... and the facts are beside the module"
	racybits check "${tree_options[@]}" --db "$tmp/module/.racybits.db" "$tmp/module" >"$tmp/out" 2>"$tmp/err"
	[ $? = 1 ] && grep -q 'racy.c:3:.*warning: struct racy: .*\[racy-bitfield\]$' "$tmp/out"
	ok "... check finds its race"
	echo >>"$tmp/module/racy.c"
	racybits check "${tree_options[@]}" --db "$tmp/module/.racybits.db" "$tmp/module" >"$tmp/out" 2>"$tmp/err"
	[ $? = 2 ] && grep -q 'racy.c: changed since it was built' "$tmp/err"
	ok "... and does not judge what was changed since"
}

# copy_tree SERIES: what kbuild needs of it, as $tmp/tree
copy_tree() {
	local tree

	tree=$(KVER=$1 CC=${2-clang} scripts/tree.sh) && rm -rf "$tmp/tree" && tests/subset.sh "$tree" "$tmp/tree" || exit
}

### in place, by clang

files=(drivers/vfio/virqfd drivers/vfio/vfio_main drivers/vfio/pci/vfio_pci_config)
series=(6.12)
# shellcheck disable=SC2206 # words
[ -z "${LONG-}" ] || series=(${SERIES:-6.12 6.1 7.3})
for s in "${series[@]}"; do
	copy_tree "$s"
	tree_options=(-k "$tmp/tree")
	db=$tmp/tree/.racybits.db
	if [ -n "${LONG-}" ]; then
		judge=(-k "$tmp/tree" drivers/vfio)
		judged "$s, clang, C=2" 12 -C "$tmp/tree" LLVM=-19 C=2 drivers/vfio/
	else
		judge=(-k "$tmp/tree" "${files[@]/%/.c}")
		judged "$s, clang, C=2" 3 -C "$tmp/tree" LLVM=-19 C=2 "${files[@]/%/.o}"
	fi
	: >>"$tmp/tree/Module.symvers"
	module "$s, clang" -C "$tmp/tree" LLVM=-19
done

kmake -C "$tmp/tree" LLVM=-19 C=1 "${files[0]}.o"
! grep -q 'CHECK  *drivers' "$tmp/out"
ok "C=1: what is up to date is not extracted again"
! kmake -C "$tmp/tree" LLVM=-19 CHECK="racybits extract --db=$tmp/no/such" C=2 "${files[0]}.o" &&
	grep -q "racybits: $tmp/no/such: cannot be opened" "$tmp/err"
ok "a database that cannot be written ends the build, and says why"

### a module whose files are named relative to its own directory (Linux 6.13 and later), one of them broken

rm -rf "$tmp/module"
mkdir "$tmp/module"
echo 'struct own { _Bool a:1; }; void set(struct own *o); void set(struct own *o) { o->a = 1; }' >"$tmp/module/own.c"
echo 'int f(void) { return nothing; }' >"$tmp/module/bad.c"
(
	cd "$tmp/module" || exit
	export srctree=$tmp/tree objtree=$tmp/tree KBUILD_EXTMOD=$tmp/module
	racybits extract -Wp,-MMD,./.own.o.d -D__KERNEL__ own.c >"$tmp/out" 2>"$tmp/err" &&
		racybits extract -Wp,-MMD,./.bad.o.d -D__KERNEL__ bad.c >>"$tmp/out" 2>>"$tmp/err" && [ ! -s "$tmp/err" ]
)
ok "module with relative names: extracted, and a file that cannot be parsed ends no build"
racybits check -k "$tmp/tree" --db "$tmp/module/.racybits.db" "$tmp/module" >"$tmp/out" 2>"$tmp/err"
[ $? = 2 ] && grep -q "^racybits: $tmp/module/bad.c: not analysed: bad.c:1: use of undeclared" "$tmp/err" &&
	grep -q '; 2 translation units, 0 parsed now, 1 failed;' "$tmp/err"
ok "... check names that one, and judges the other"
rm "$tmp/module/own.c"
racybits check -k "$tmp/tree" --db "$tmp/module/.racybits.db" "$tmp/module" >"$tmp/out" 2>"$tmp/err"
[ $? = 2 ] && grep -q "^racybits: $tmp/module/own.c: changed since it was built: " "$tmp/err"
ok "... and a file that is gone has changed"

### the targets of docs/kbuild.md

awk '/^# make check/ { inside = 1 } /^```/ { inside = 0 } inside' docs/kbuild.md >"$tmp/snippet"
awk -v snippet="$tmp/snippet" '/^endif # config-build/ { while ((getline line <snippet) > 0) print line } { print }' \
	"$tmp/tree/Makefile" >"$tmp/Makefile" && cp "$tmp/Makefile" "$tmp/tree/Makefile"
kmake -C "$tmp/tree" check DIR="${files[1]}.c"
grep -q ' units; 1 translation units, ' "$tmp/err"
ok "make check as a target of the tree"

### with O=, by gcc, and a file that only gcc understands

[ -z "${LONG-}" ] || for s in "${series[@]}"; do
	copy_tree "$s"
	rm -rf "$tmp/obj"
	mkdir "$tmp/obj"
	mv "$tmp/tree/.config" "$tmp/obj/"
	rm -r "$tmp/tree"/include/{config,generated} "$tmp/tree/arch/x86/include/generated"
	db=$tmp/obj/.racybits.db
	tree_options=(-k "$tmp/tree" -O "$tmp/obj")
	judge=("${tree_options[@]}" drivers/vfio)
	kmake -C "$tmp/tree" O="$tmp/obj" olddefconfig
	ok "$s, gcc, O=: configured"
	judged "$s, gcc, O=, C=2" 12 -C "$tmp/tree" O="$tmp/obj" C=2 drivers/vfio/
	: >>"$tmp/obj/Module.symvers"
	module "$s, gcc, O=" -C "$tmp/obj"
done

if [ -n "${LONG-}" ]; then
	copy_tree 6.12.95 gcc
	file=drivers/vfio/vfio_iommu_type1.c
	cat >>"$tmp/tree/$file" <<-'END'
	int outer(int n);
	int outer(int n) { int inner(void) { return n; } return inner(); }
	END
	kmake -C "$tmp/tree" C=1 drivers/vfio/virqfd.o "${file%c}o"
	ok "6.12.95, gcc, C=1: kbuild succeeds, with a file that clang cannot parse"
	racybits check -k "$tmp/tree" --db "$tmp/tree/.racybits.db" drivers/vfio >"$tmp/out" 2>"$tmp/err"
	[ $? = 2 ] && grep -q "^racybits: $file: not analysed: " "$tmp/err" &&
		[ "$(grep -c 'warning: .*\[racy-bitfield\]$' "$tmp/out")" -ge 3 ]
	ok "... check names that file and reports on the others"
fi

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
