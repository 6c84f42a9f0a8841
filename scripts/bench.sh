#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# bench.sh TREE - racybits, sparse and clang -fsyntax-only side by side on the same files of a kernel tree,
# in turn and repeated; the medians go to a table, to bench.json and to two pictures in OUT=build/bench, and are
# compared with those that were kept (scripts/bench_report.sh).
# JOBS=2 processes, ROUNDS=3, RANDOM_FILES="20 200" (how many files are drawn), SEED=1, DIR=drivers/vfio.
# WHOLE=1: the whole configuration as well, once; WHOLE=racybits: by racybits alone, as the others take most of an hour.
# With WHOLE come lint of a commit that changes a .c file, lint of one that changes linux/device.h (a bit and an inline
# function), check of one file, and fix without verification of one struct and of several (STRUCTS="a b": the first, and
# all), with the facts and verdicts of the whole configuration kept: $ROUNDS times.
# ALONE=1: racybits alone everywhere.
set -eu
cd "$(dirname "$0")/.."
jobs=${JOBS:-$(getconf _NPROCESSORS_ONLN)} rounds=${ROUNDS:-3}
out=${OUT:-build/bench} dir=${DIR:-drivers/vfio} numbers=${RANDOM_FILES:-20 200}
structs=${STRUCTS:-usb_port usb_interface mddev n_tty_data phy_device scsi_disk pci_dev}
bench=$PWD/build/tests/bench racybits=$PWD/racybits

# A copy of our own, for some of its files are changed: hard links, so that it costs nothing.
rm -rf "$out/tree"
mkdir -p "$out"
rm -f "$out/runs" "$out"/*.files
cp -al "$1" "$out/tree"
tree=$(cd "$out/tree" && pwd)
trap 'rm -rf "$tree"' EXIT
{
	echo "processor $(LC_ALL=C lscpu | sed -n 's/^Model name: *//p' | head -n 1)"
	echo "cores $(getconf _NPROCESSORS_ONLN)"
	echo "jobs $jobs"
	echo "rounds $rounds"
	awk -F ' *= *' '$1 ~ /^(VERSION|PATCHLEVEL|SUBLEVEL)$/ { v = v "." $2 } /^SUBLEVEL/ { print "kernel " substr(v, 2); exit }' "$tree/Makefile"
	echo "load $(cut -d ' ' -f 1 /proc/loadavg)" # before: beside how much other work this was
} >"$out/machine"

# change FILE: other content, another file than the tree's
change() {
	cp "$tree/$1" "$out/changed"
	echo "/* $RANDOM */" >>"$out/changed"
	mv "$out/changed" "$tree/$1"
}

git() { command git -C "$tree" -c user.name=bench -c user.email=bench@localhost -c gc.auto=0 "$@" >/dev/null; }

# change_facts FILE N: what lint has to judge; of a header a bit and a function that sets it
change_facts() {
	case $1 in
	*.h) awk -v n="$2" '{ print }
		/^struct device \{/ { inside = 1 }
		inside && /:1;/ { print "\tbool bench_bit" n ":1;"; inside = 0 }
		/^static inline void device_lock\(/ { found = 1 }
		found && /^}/ { printf "static inline void bench_set%d(struct device *dev)\n{\n\tdev->bench_bit%d = true;\n}\n", n, n; found = 0 }' "$tree/$1" ;;
	*) cat "$tree/$1" && printf 'void bench%d(int *p);\nvoid bench%d(int *p)\n{\n\t*p = 0;\n}\n' "$2" "$2" ;;
	esac >"$out/changed"
	mv "$out/changed" "$tree/$1"
}

# measure LIST NAME COMMAND...: one line "list name wall cpu memory"
measure() {
	local list=$1 name=$2 result
	shift 2
	echo "bench: $list: $name" >&2
	result=$("$@") || exit
	echo "$list $name $result" >>"$out/runs"
}

# lints LIST DB FILE: lint and check of one file, with all kept. Each commit is another one, made upon the last.
# Leaves the files as they were, whose facts are kept.
lints() {
	local list=$1 db=$2 round
	git init -q && git add -A && git commit -qm base && git tag base
	for round in $(seq "$rounds"); do
		change_facts "$3" "$round" && git commit -qam "$round"
		measure "$list" lint-c "$bench" run "$racybits" lint -k "$tree" -j "$jobs" --db "$db" HEAD~..HEAD
		change_facts include/linux/device.h "$round" && git commit -qam "$round"
		measure "$list" lint-header "$bench" run "$racybits" lint -k "$tree" -j "$jobs" --db "$db" HEAD~..HEAD
		measure "$list" check-file "$bench" run "$racybits" check -k "$tree" -j "$jobs" --db "$db" "$3"
	done
	git reset -q --hard base
}

# fixes LIST DB: patches without verification, with all kept
fixes() {
	local list=$1 db=$2 round
	for round in $(seq "$rounds"); do
		measure "$list" fix-one "$bench" run "$racybits" fix -k "$tree" -j "$jobs" --db "$db" --no-verify -o "$out/patches/$round/one" "${structs%% *}"
		# shellcheck disable=SC2086 # one word a struct
		measure "$list" fix-all "$bench" run "$racybits" fix -k "$tree" -j "$jobs" --db "$db" --no-verify -o "$out/patches/$round/all" $structs
	done
	rm -rf "$out/patches"
}

# all LIST FILE...: every tool once; no FILE: all there are
all() {
	local list=$1 db=$out/facts.db c
	shift
	c=$(sed -n "$((SEED_LINE % $(wc -l <"$out/$list.files") + 1))p" "$out/$list.files")
	rm -f "$db" "$db"-*
	if [ -z "${ALONE-}" ] && { [ "$list" != whole ] || [ "$WHOLE" != racybits ]; }; then
		measure "$list" clang "$bench" each "$jobs" "$tree" clang-19 -fsyntax-only : "$@"
		measure "$list" sparse "$bench" each "$jobs" "$tree" sparse -w : "$@"
	fi
	measure "$list" extract "$bench" run "$racybits" check -k "$tree" -j "$jobs" --shard=1/1 --db "$db" "$@"
	measure "$list" warm-extract "$bench" run "$racybits" check -k "$tree" -j "$jobs" --shard=1/1 --db "$db" "$@"
	measure "$list" warm-check "$bench" run "$racybits" check -k "$tree" -j "$jobs" --db "$db" "$@"
	[ "$list" != whole ] || fixes "$list" "$db"
	[ "$list" != whole ] || lints "$list" "$db" "$c"
	change "$c"
	measure "$list" touched-c "$bench" run "$racybits" check -k "$tree" -j "$jobs" --shard=1/1 --db "$db" "$@"
	change include/linux/pci.h
	measure "$list" touched-header "$bench" run "$racybits" check -k "$tree" -j "$jobs" --shard=1/1 --db "$db" "$@"
	rm -f "$db" "$db"-*
	measure "$list" check "$bench" run "$racybits" check -k "$tree" --no-cache -j "$jobs" "$@"
}

"$bench" list "$tree" >"$out/whole.files"
list=${dir##*/}
"$bench" list "$tree" "$dir" >"$out/$list.files"
for n in $numbers; do
	awk -v seed="${SEED:-1}" 'BEGIN { srand(seed) } { print rand(), $0 }' "$out/whole.files" | sort |
		sed -n "s/^[^ ]* //;1,${n}p" >"$out/random$n.files"
done
for round in $(seq "$rounds"); do
	SEED_LINE=$round
	all "$list" "$dir"
	for n in $numbers; do
		# shellcheck disable=SC2046 # one word a file
		all "random$n" $(cat "$out/random$n.files")
	done
done
[ -z "${WHOLE-}" ] || all whole

for files in "$out"/*.files; do
	list=${files##*/}
	echo "${list%.files} $(wc -l <"$files")"
done >"$out/sizes"
scripts/bench_report.sh "$out"
echo "bench: $out/bench.json, $out/bench.svg, $out/growth.svg" >&2
