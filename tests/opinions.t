#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Second opinions: the layout of records with bitfields against what pahole reads in objects, and stores to their members against
# the index of sparse's semind.  Of one of EVERY fixtures and of random structs; with KDIR=TREE of
# the directories DIRS of a kernel tree with DWARF that is built there ("make opinions" makes one).  A difference must be in
# opinions/known, with its reason.
set -u
here=$(cd "$(dirname "$0")" && pwd) || exit
RACYBITS=$(readlink -f "${RACYBITS:-$here/../racybits}")
EVERY=${EVERY:-8} KDIR=${KDIR:-} DIRS=${DIRS:-drivers/vfio fs/btrfs net/ipv4 sound/core}
jobs=$(getconf _NPROCESSORS_ONLN)
tmp=$(mktemp -d) || exit
trap 'rm -rf "$tmp"' EXIT
flags='-nostdinc -I./include -include ./include/linux/kconfig.h -include ./include/linux/compiler_types.h -D__KERNEL__ -DMODULE -std=gnu11'
export flags tmp

for program in pahole semind clang-19; do
	command -v $program >/dev/null || { echo "1..0 # SKIP no $program"; exit; }
done

tests=0
ok() {
	local status=$?

	tests=$((tests + 1))
	[ $status = 0 ] || printf 'not '
	echo "ok $tests - $1"
}

# sampled: one in EVERY names of those read, and one that a test is about; the choice does not depend on which others there are
sampled() {
	awk -v EVERY="$EVERY" '
	BEGIN { for (i = 32; i < 127; i++) code[sprintf("%c", i)] = i }
	{
		name = $0
		sub(/.*\//, "", name)
		sum = 0
		for (i = 1; i <= length(name); i++)
			sum = (31 * sum + code[substr(name, i, 1)]) % 65521
	}
	sum % EVERY == 0 || name == "conditional-annotation-zero-clean.c"'
}

# A tree of our own, its objects and its index.
fixtures() {
	local file comma='['

	tree=$tmp/tree DIRS=fixtures
	# shellcheck disable=SC2012,SC2046 # plain names
	cp -R "$here/minikernel" "$tree" && mkdir "$tree/fixtures" && cd "$tree" &&
		cp $(ls "$here"/fixtures/*/*.c | sampled) fixtures/ &&
		cp -R "$here"/fixtures/*/*.d fixtures/ && # what some of them include
		"${HOSTCC:-gcc}" -O1 -o "$tmp/structs" "$here/structs.c" && "$tmp/structs" 3 0 200 >fixtures/structs.c || return
	for file in fixtures/*.c; do
		printf '%s{"directory": "%s", "file": "%s", "command": "clang %s -c -o %s %s"}\n' "$comma" "$tree" "$file" \
			"$flags" "${file%.c}.o" "$file"
		comma=,
	done >compile_commands.json
	echo ']' >>compile_commands.json
	printf '%s\n' fixtures/*.c | xargs -P "$jobs" -n 20 sh -c '
		for f; do clang-19 $flags -w -Wno-implicit-function-declaration "-D__guarded_by(x)=" -g -fno-eliminate-unused-debug-types -c -o "${f%.c}.o" "$f"; done' sh
	# shellcheck disable=SC2086 # one word an option
	semind -D "$tmp/index.db" add -- $flags -fmax-errors=unlimited fixtures/*.c 2>"$tmp/err"
}

# Those of a kernel
kernel() {
	tree=$(readlink -f "$KDIR") && cd "$tree" || return
	# shellcheck disable=SC2046,SC2086 # one word a directory
	env -i PATH="$PATH" HOME="$HOME" make LLVM=-19 C=2 CHECK="semind -D $tmp/index.db add -- -fmax-errors=unlimited" \
		$(printf '%s/ ' $DIRS) >"$tmp/err" 2>&1 </dev/null
}

objects() {
	# shellcheck disable=SC2086 # one word a directory
	find $DIRS -name '*.o' ! -name '*.mod.o' | sort | while read -r object; do
		[ -e "${object%.o}.c" ] || continue
		echo "object ${object%.o}.c"
		pahole -a -I "$object"
	done
}

if [ -n "$KDIR" ]; then kernel; else fixtures; fi
ok "objects and an index"
echo "# errors of sparse: $(grep -c error: "$tmp/err")"
# shellcheck disable=SC2086 # one word a directory
"$RACYBITS" dump -k "$tree" -o "$tmp/dump" $DIRS 2>"$tmp/err"
ok "facts"
sed 's/^/# /' "$tmp/err"
[ -n "$KDIR" ] || grep -q 'annotation cond_acquires_zero ' "$tmp/dump"
ok "... of an annotation whose success is zero, too"

awk -f "$here/opinions/dump.awk" "$tmp/dump" >"$tmp/ours"
objects 2>"$tmp/err" | awk -f "$here/opinions/pahole.awk" >"$tmp/theirs"
{
	semind -D "$tmp/index.db" search -k f -m def -f 'function %f %n'
	semind -D "$tmp/index.db" search -k m -f 'write %f %l %n %C %m'
} >"$tmp/index"
awk -v DIRS="${DIRS// /|}" -f "$here/opinions/layout.awk" "$tmp/ours" "$tmp/theirs" | sort >"$tmp/layout"
awk -f "$here/opinions/writes.awk" "$tmp/ours" "$tmp/theirs" "$tmp/index" | sort >"$tmp/writes"

# opinions WHAT COUNTED: the differences of a comparison in which there is something to compare
opinions() {
	grep '^=' "$tmp/$1" | sed 's/^= /# /'
	grep -v '^=' "$tmp/$1" | grep -vEf <(sed '/^#/d; /^$/d' "$here/opinions/known") >"$tmp/unknown"
	[ ! -s "$tmp/unknown" ] && grep -q "^= $2: [1-9]" "$tmp/$1"
}

opinions layout records
ok "layouts are those that pahole reads"
head -n "${SHOW:-20}" "$tmp/unknown" | sed 's/^/# /'
opinions writes 'stores to bitfields found by both'
ok "stores to bitfields are those that semind finds"
head -n "${SHOW:-20}" "$tmp/unknown" | sed 's/^/# /'
# A comparison that finds nothing must be able to find something: a member elsewhere, every other store missing.
awk '$1 == "member" && !n++ { $5++ } $1 == "write" && m++ % 2 { next } { print }' "$tmp/ours" >"$tmp/wrong"
awk -v DIRS=none -f "$here/opinions/layout.awk" "$tmp/wrong" "$tmp/theirs" | grep -q "^place: " &&
	awk -f "$here/opinions/writes.awk" "$tmp/wrong" "$tmp/theirs" "$tmp/index" | grep -q "^store only of semind: "
ok "a wrong place and a missing store are found"
echo "1..$tests"
