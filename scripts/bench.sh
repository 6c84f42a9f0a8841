#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# bench.sh TREE - racybits, sparse and clang -fsyntax-only side by side on the same files of a kernel tree,
# in turn and repeated; the median of each goes to the table, build/bench/bench.json and bench.svg.
# JOBS=2 processes, ROUNDS=3, RANDOM_FILES=200, SEED=1, WHOLE=1: the whole configuration as well, once;
# WHOLE=racybits: by racybits alone, as the others take most of an hour.
set -eu
cd "$(dirname "$0")/.."
jobs=${JOBS:-$(getconf _NPROCESSORS_ONLN)} rounds=${ROUNDS:-3}
out=build/bench
bench=$PWD/build/tests/bench racybits=$PWD/racybits

# A copy of our own, for some of its files are changed: hard links, so that it costs nothing.
rm -rf "$out"
mkdir -p "$out"
cp -al "$1" "$out/tree"
tree=$PWD/$out/tree
trap 'rm -rf "$PWD/$out/tree"' EXIT

# change FILE: other content, another file than the tree's
change() {
	cp "$tree/$1" "$out/changed"
	echo "/* $RANDOM */" >>"$out/changed"
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

# all LIST FILE...: every tool once; no FILE: all there are
all() {
	local list=$1 db=$out/facts.db c
	shift
	c=$(sed -n "$((SEED_LINE % $(wc -l <"$out/$list.files") + 1))p" "$out/$list.files")
	rm -f "$db" "$db"-*
	if [ "$list" != whole ] || [ "$WHOLE" != racybits ]; then
		measure "$list" clang "$bench" each "$jobs" "$tree" clang-19 -fsyntax-only : "$@"
		measure "$list" sparse "$bench" each "$jobs" "$tree" sparse -w : "$@"
	fi
	measure "$list" extract "$bench" run "$racybits" check -k "$tree" -j "$jobs" --shard=1/1 --db "$db" "$@"
	measure "$list" warm-extract "$bench" run "$racybits" check -k "$tree" -j "$jobs" --shard=1/1 --db "$db" "$@"
	measure "$list" warm-check "$bench" run "$racybits" check -k "$tree" -j "$jobs" --db "$db" "$@"
	change "$c"
	measure "$list" touched-c "$bench" run "$racybits" check -k "$tree" -j "$jobs" --shard=1/1 --db "$db" "$@"
	change include/linux/pci.h
	measure "$list" touched-header "$bench" run "$racybits" check -k "$tree" -j "$jobs" --shard=1/1 --db "$db" "$@"
	rm -f "$db" "$db"-*
	measure "$list" check "$bench" run "$racybits" check -k "$tree" --no-cache -j "$jobs" "$@"
}

"$bench" list "$tree" >"$out/whole.files"
"$bench" list "$tree" drivers/vfio >"$out/vfio.files"
for n in 20 "${RANDOM_FILES:-200}"; do
	awk -v seed="${SEED:-1}" 'BEGIN { srand(seed) } { print rand(), $0 }' "$out/whole.files" | sort |
		sed -n "s/^[^ ]* //;1,${n}p" >"$out/random$n.files"
done
for round in $(seq "$rounds"); do
	SEED_LINE=$round
	all vfio drivers/vfio
	for n in 20 "${RANDOM_FILES:-200}"; do
		# shellcheck disable=SC2046 # one word a file
		all "random$n" $(cat "$out/random$n.files")
	done
done
[ -z "${WHOLE-}" ] || all whole

# Medians, then ratios to clang and sparse.
sort -k1,1 -k2,2 -k3,3n "$out/runs" | awk '
function flush(    m) {
	if (!n) return
	m = int((n + 1) / 2)
	print key, wall[m], cpu[m], memory[m]
	n = 0
}
{ if ($1 " " $2 != key) flush(); key = $1 " " $2; n++; wall[n] = $3; cpu[n] = $4; memory[n] = $5 }
END { flush() }' >"$out/medians"
# Link and judge are what a check with all facts there does beyond seeing that they are.
awk '{ wall[$1, $2] = $3; cpu[$1, $2] = $4; if ($2 == "warm-check") { list[++n] = $1; memory[n] = $5 } }
END {
	for (i = 1; i <= n; i++)
		print list[i], "link", wall[list[i], "warm-check"] - wall[list[i], "warm-extract"],
			cpu[list[i], "warm-check"] - cpu[list[i], "warm-extract"], memory[i]
}' "$out/medians" >"$out/link" && cat "$out/link" >>"$out/medians" && sort -o "$out/medians" -k1,1 -k2,2 "$out/medians"
for list in vfio random20 "random${RANDOM_FILES:-200}" whole; do
	[ ! -e "$out/$list.files" ] || echo "$list $(wc -l <"$out/$list.files")"
done >"$out/sizes"

awk '
function ratio(a, b) { return b ? a / b : 0 }
NR == FNR { size[$1] = $2; next }
{ wall[$1, $2] = $3; line[++n] = $0 }
END {
	printf "%-10s %6s %-15s %8s %8s %7s %8s %9s %9s\n", "list", "files", "run", "wall s", "CPU s", "MB", "ms/file", "x clang", "x sparse"
	for (i = 1; i <= n; i++) {
		split(line[i], f, " ")
		printf "%-10s %6d %-15s %8.2f %8.2f %7d %8.1f %9.2f %9.2f\n", f[1], size[f[1]], f[2], f[3], f[4], f[5],
			1000 * f[3] / size[f[1]], ratio(f[3], wall[f[1], "clang"]), ratio(f[3], wall[f[1], "sparse"])
	}
}' "$out/sizes" "$out/medians" | tee "$out/table.txt"

awk -v jobs="$jobs" -v rounds="$rounds" '
NR == FNR { size[$1] = $2; next }
{ printf "%s{\"list\":\"%s\",\"files\":%d,\"run\":\"%s\",\"wall_s\":%s,\"cpu_s\":%s,\"peak_mb\":%s}",
	(FNR == 1 ? "{\"jobs\":" jobs ",\"rounds\":" rounds ",\"runs\":[\n" : ",\n"), $1, size[$1], $2, $3, $4, $5 }
END { print "\n]}" }' "$out/sizes" "$out/medians" >"$out/bench.json"

# Bars: milliseconds of wall clock a file.
awk '
NR == FNR { size[$1] = $2; next }
$2 ~ /^(clang|sparse|extract|check)$/ { n++; name[n] = $1 ": " $2; ms[n] = 1000 * $3 / size[$1]; if (ms[n] > max) max = ms[n] }
END {
	printf "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"720\" height=\"%d\" font-family=\"sans-serif\" font-size=\"13\">\n", 22 * n + 40
	print "<text x=\"10\" y=\"20\">milliseconds of wall clock for a file</text>"
	for (i = 1; i <= n; i++)
		printf "<text x=\"170\" y=\"%d\" text-anchor=\"end\">%s</text><rect x=\"180\" y=\"%d\" width=\"%.1f\" height=\"14\" fill=\"%s\"/><text x=\"%.1f\" y=\"%d\">%.1f</text>\n",
			22 * i + 26, name[i], 22 * i + 15, 460 * ms[i] / max, (name[i] ~ /clang|sparse/ ? "#999" : "#27c"), 186 + 460 * ms[i] / max, 22 * i + 26, ms[i]
	print "</svg>"
}' "$out/sizes" "$out/medians" >"$out/bench.svg"
echo "bench: $out/bench.json, $out/bench.svg" >&2
