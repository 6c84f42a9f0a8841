#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Units judged by themselves, as explain and prove do it, get the verdicts that they get among all.
# SLICES=N draws so many sets of structs, SEED=N other ones.
set -u
cd "$(dirname "$0")/.." || exit
unset MAKEFLAGS MFLAGS MAKELEVEL KVER ARCH CC
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

make -s build/tests/slice >&2 || exit
tree=$(KVER=6.12.95 scripts/tree.sh) || exit
# The program looks for its data beside itself.
cp build/tests/slice "$tmp/slice"
ln -s "$PWD/checker" "$tmp/checker"
cd "$tmp" || exit

# slices RECORDS ROUNDS NAME
slices() {
	tests=$((${tests-0} + 1))
	./slice "$tree" facts.db "$2" "$1" "${SEED:-21}" drivers/vfio drivers/usb/core >out 2>&1 ||
		printf 'not '
	echo "ok $tests - $3"
	sed 's/^/# /' out
}

slices 1 "${SLICES:-6}" "one struct"
slices 8 $((${SLICES:-6} / 2)) "eight structs"
echo "1..$tests"
