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
top=$PWD
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

# What starts a work that is flushed, and never cancelled, stores nothing: it is no part of the slice.
kernel=$tmp/kernel
cp -R "$top/tests/minikernel" "$kernel" && cp "$top/tests/fixtures/parallel/flushed-not-shut-racy.c" "$kernel/foo.c"
printf '[{"directory": "%s", "file": "foo.c", "arguments": ["clang", "-nostdinc", "-I./include", "-include", "%s", "%s", "-c", "-o", "foo.o", "foo.c"]}]\n' \
	"$kernel" ./include/linux/compiler_types.h -D__KERNEL__ >"$kernel/compile_commands.json"
"${RACYBITS:-$top/racybits}" explain -k "$kernel" --no-cache foo >out 2>&1
grep -q 'racy, confidence high' out || printf 'not '
tests=$((tests + 1))
echo "ok $tests - a function that only starts a work which is flushed"
echo "1..$tests"
