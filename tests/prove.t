#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# racybits prove: updates are lost in the seed drivers' structs as they are, and none in those that fix plans.
# KDIR=tree RACYBITS=program try others.
set -u
here=$(cd "$(dirname "$0")" && pwd) || exit
RACYBITS=$(readlink -f "${RACYBITS:-$here/../racybits}")
tmp=$(mktemp -d) || exit
trap 'rm -rf "$tmp"' EXIT
kdir=${KDIR:-$(KVER=6.12.95 CC=clang "$here/../scripts/tree.sh" 2>/dev/null)}
tests=0

ok() {
	local status=$?

	tests=$((tests + 1))
	[ $status = 0 ] || printf 'not '
	echo "ok $tests - $1"
	[ $status = 0 ] || sed 's/^/# /' "$tmp/out" "$tmp/err"
}

prove() {
	"$RACYBITS" prove -k "$kdir" --db "$tmp/facts" -o "$tmp/prove.c" "$@" >"$tmp/out" 2>"$tmp/err"
}

# lost STRUCT FIELD FIELD: the program says so; it tries for at most 20 s of its own clock
lost() {
	: >"$tmp/out"
	prove "$@" drivers/vfio/pci &&
		${HOSTCC:-gcc} -std=gnu11 -O2 -Wall -Werror -pthread -o "$tmp/prove" "$tmp/prove.c" 2>>"$tmp/err" &&
		timeout 120 "$tmp/prove" 20 >"$tmp/out" 2>>"$tmp/err" &&
		grep -q '^before: [1-9][0-9]* updates lost' "$tmp/out" && grep -q '^after: 0 updates lost' "$tmp/out"
	ok "$1: $2 and $3 lose updates, and none in the new layout"
	sed "s/^/# /" "$tmp/out"
}

lost vfio_pci_core_device virq_disabled bardirty
lost mlx5vf_pci_core_device deferred_reset log_active
lost mlx5_vhca_page_tracker is_err object_changed

prove vfio_pci_core_device virq_disabled virq_disabled drivers/vfio/pci
[ $? = 2 ] && grep -q 'not two fields of one storage unit' "$tmp/err"
ok "a field against itself is refused"
prove vfio_pci_core_device virq_disabled pci_saved_state drivers/vfio/pci
[ $? = 2 ] && grep -q 'not two fields of one storage unit' "$tmp/err"
ok "a member that is no bitfield is refused"
prove vfio_pci_core_device virq_disabled nowhere drivers/vfio/pci
[ $? = 2 ] && grep -q 'has no fields virq_disabled and nowhere' "$tmp/err"
ok "a field that is not there is refused"
echo "1..$tests"
