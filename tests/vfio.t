#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# The main job on real trees: drivers/vfio before and after upstream's fix, for
# clang and for gcc.
set -u
cd "$(dirname "$0")/.." || exit
unset MAKEFLAGS MFLAGS MAKELEVEL KVER ARCH CC
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

# ok STATUS NAME
ok() {
	tests=$((${tests-0} + 1))
	if [ "$1" = 0 ]; then echo "ok $tests - $2"; return; fi
	echo "not ok $tests - $2"
	sed 's/^/# /' "$tmp/why"
}

# check OUT TREE [ARGS]: the JSON report into $tmp/OUT
check() {
	local out=$1 tree=$2
	shift 2
	./racybits check -k "$tree" --all --format=json "$@" drivers/vfio >"$tmp/$out" 2>"$tmp/why"
}

# same A B: byte for byte
same() { cmp "$tmp/$1" "$tmp/$2" >"$tmp/why" 2>&1; }

${HOSTCC:-gcc} -D_GNU_SOURCE -std=gnu11 -o "$tmp/expect" tests/expect.c -ljansson || exit
before=$(KVER=6.12.95 scripts/tree.sh) && gcc=$(KVER=6.12.95 CC=gcc scripts/tree.sh) &&
	after=$(KVER=6.12 scripts/tree.sh) || exit

touch "$tmp/start"
check before "$before"
"$tmp/expect" tests/vfio/before-fix.expect "$tmp/before" $? >"$tmp/why"
ok $? "before the fix: three racy structs, every field as its maintainers know it"

check after "$after"
status=$?
"$tmp/expect" tests/vfio/after-fix.expect "$tmp/after" $status >"$tmp/why"
ok $? "after the fix: nothing is racy"
ok $status "... and the exit status is 0"

check one "$before" -j1
same before one
ok $? "one worker and several give the same bytes"

check gcc "$gcc"
same before gcc
ok $? "a tree for gcc gives the same bytes"

check cold "$before" --db "$tmp/facts.db" && :
check warm "$before" --db "$tmp/facts.db" && :
same before cold && same cold warm
ok $? "a database gives the same bytes, cold and warm"

find "$before" "$gcc" "$after" -newer "$tmp/start" >"$tmp/why"
[ ! -s "$tmp/why" ]
ok $? "the trees were not written to"

./racybits check -k "$before" drivers/vfio >"$tmp/text" 2>"$tmp/why"
[ $? = 1 ] && [ "$(grep -c 'warning: .*\[racy-bitfield\]$' "$tmp/text")" = 3 ] &&
	grep -q "^    called by file_operations.write .*> vfio_basic_config_write\$" "$tmp/text"
ok $? "the text names the racy structs and the chain from the system call to the store"

./racybits explain -k "$before" vfio_pci_core_device.bardirty drivers/vfio >"$tmp/text" 2>"$tmp/why"
[ $? = 1 ]
ok $? "explain knows the field, and that its unit is racy"
grep -q 'vfio_bar_fixup' "$tmp/text"
ok $? "... and names its writers"

echo "1..$tests"
