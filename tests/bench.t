#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# What make bench writes and says: of a kernel of four files, which is measured, and of figures that are given. No time
# is asserted.
set -u
cd "$(dirname "$0")/.." || exit
unset MAKEFLAGS MFLAGS MAKELEVEL
[ -x build/tests/bench ] || { echo 'Bail out! make build/tests/bench first'; exit 1; }
mkdir -p build && tmp=$(mktemp -d "$PWD/build/bench.XXXXXX") || exit
trap 'rm -rf "$tmp"' EXIT
export XDG_CACHE_HOME=$tmp/cache OUT=$tmp/out KEPT=$tmp/docs/bench.json
mkdir "$tmp/docs" "$tmp/given"
tests=0

# ok NAME: the status of the command before
ok() {
	local status=$?

	tests=$((tests + 1))
	[ $status = 0 ] || printf 'not '
	echo "ok $tests - $1"
	[ $status = 0 ] || sed 's/^/# /' "$tmp/said" | tail -n 40
}
said() { grep -qxF "bench: $1" "$tmp/said"; }

# The compile commands are of the copy that is measured: it is below $OUT.
cp -R tests/minikernel "$tmp/tree"
mkdir -p "$tmp/tree/drv"
comma='['
for name in a b c d; do
	printf '#include <linux/fs.h>\nstruct %s { bool a:1; bool b:1; };\nint f(struct %s *p);\nint f(struct %s *p) { return p->a; }\n' \
		$name $name $name >"$tmp/tree/drv/$name.c"
	printf '%s{"directory": "%s", "file": "drv/%s.c", "arguments": ["clang", "-nostdinc", "-I./include",' "$comma" "$OUT/tree" $name
	printf '"-include", "./include/linux/compiler_types.h", "-D__KERNEL__", "-c", "-o", "%s.o", "drv/%s.c"]}' $name $name
	comma=,
done >"$tmp/tree/compile_commands.json"
echo ']' >>"$tmp/tree/compile_commands.json"
find "$tmp/tree" -type f -exec cksum {} + >"$tmp/before"

ROUNDS=1 JOBS=2 RANDOM_FILES='2 4' DIR=drv WHOLE=1 STRUCTS="a b" scripts/bench.sh "$tmp/tree" >"$tmp/said" 2>&1
ok "a kernel of four files is measured"
cp "$tmp/said" "$tmp/first"
for list in drv.4 random2.2 random4.4 whole.4; do
	for run in clang sparse extract warm-extract warm-check touched-c touched-header check link $([ "$list" != whole.4 ] || echo fix-one fix-all lint-c lint-header check-file); do
		line="{\"list\":\"${list%.*}\",\"files\":${list#*.},\"run\":\"$run\",\"wall_s\":"
		grep -qF "$line" "$OUT/bench.json" || echo "missing: $line"
	done
done >"$tmp/said"
[ ! -s "$tmp/said" ]
ok "bench.json has all runs of all lists"
cp "$OUT/bench.json" "$tmp/said"
grep -q '"processor":"..*"' "$OUT/bench.json" && grep -qx '"cores":[1-9][0-9]*,' "$OUT/bench.json" &&
	grep -qx '"jobs":2,' "$OUT/bench.json" && grep -qx '"kernel":"6.12.0",' "$OUT/bench.json"
ok "... the processor's name, how many there are, and the kernel"
cmp "$OUT/bench.json" "$KEPT" >"$tmp/said" && cmp "$OUT/growth.svg" "$tmp/docs/growth.svg" && cmp "$OUT/bench.svg" "$tmp/docs/bench.svg"
ok "the first figures are kept"
cp "$KEPT" "$tmp/docs/first.json"
find "$tmp/tree" -type f -exec cksum {} + | cmp "$tmp/before" - >"$tmp/said" && [ ! -e "$OUT/tree" ]
ok "the tree is not changed, and its copy is gone"
cp "$tmp/first" "$tmp/said"; [ "$(grep -c '^bench: whole: lint-' "$tmp/said")" = 2 ] && ! grep -q 'fatal:\|error:' "$tmp/said"
ok "lint and check of one file are measured with all of the kernel"
ROUNDS=1 RANDOM_FILES=2 DIR=drv ALONE=1 scripts/bench.sh "$tmp/tree" >"$tmp/said" 2>&1 && ! grep -q 'clang"\|sparse"\|whole"' "$OUT/bench.json" &&
	grep -q '"random2",.*"link"' "$OUT/bench.json" && cmp "$KEPT" "$tmp/docs/first.json" >>"$tmp/said"
ok "racybits alone: no other tool, and the kept figures stay"

# Figures that are given: time of facts grows as the files, that of link as their square root.
machine() { printf 'processor %s\ncores 2\njobs 2\nrounds 1\nkernel 6.12.95\nload 0.50\n' "$1" >"$tmp/given/machine"; }
machine 'A "fast\" one'
printf 'random20 20\nrandom200 200\nwhole 2000\nvfio 26\n' >"$tmp/given/sizes"
cat >"$tmp/given/runs" <<'END'
random20 extract 5.00 10.00 100
random20 extract 6.00 12.00 100
random20 extract 4.00 9.00 100
random20 warm-extract 0.20 0.20 60
random20 warm-check 1.20 1.20 100
random200 extract 50.00 100.00 100
random200 warm-extract 0.20 0.20 60
random200 warm-check 3.36 3.36 316
whole extract 500.00 1000.00 100
whole warm-extract 0.20 0.20 60
whole warm-check 10.20 10.20 1000
vfio extract 1.00 9000.00 100
END
report() { scripts/bench_report.sh "$tmp/given" >"$tmp/said" 2>&1; }
KEPT=$tmp/docs/given.json
report && said 'cpu_s of extract grows as files^1.00' && said 'cpu_s of link grows as files^0.50' &&
	said 'peak_mb of extract grows as files^0.00' && said 'peak_mb of link grows as files^0.50'
ok "the power of each curve is that of its points, without those of one directory"
[ "$(grep -c '<polyline' "$tmp/given/growth.svg")" = 4 ] && [ "$(grep -c '<circle' "$tmp/given/growth.svg")" = 12 ] &&
	grep -q 'cold facts: grows as files^1.00<' "$tmp/given/growth.svg" && ! grep -q 'nan\|inf' "$tmp/given/growth.svg"
ok "... and in the picture, with three points each"
grep -qF '{"list":"random20","files":20,"run":"extract","wall_s":5.00,"cpu_s":10.00,"peak_mb":100}' "$KEPT"
ok "of three rounds the median counts"
if command -v node >/dev/null; then
	node -e 'const b = JSON.parse(require("fs").readFileSync(process.argv[1]));
		process.exit(b.runs.length == 13 && b.growth.length == 4 && b.processor == "A fast one" && b.cores === 2 ? 0 : 1)' \
		"$KEPT" >"$tmp/said" 2>&1
	ok "bench.json is JSON, whatever the processor's name"
fi

cp "$KEPT" "$tmp/first"
report && said '13 runs compared with those that were kept: 0 figures more than 10 % worse; 0 runs are new, 0 were not measured' &&
	cmp "$KEPT" "$tmp/first" >>"$tmp/said"
ok "the same again: nothing is slower, and the file is the same"
sed -i 's/^random200 extract .*/random200 extract 54.90 111.00 130/; /^vfio/d; s/^random20 warm-check .*/random20 warm-check 1.29 1.00 100/' "$tmp/given/runs"
echo 'whole check 1.00 1.00 1' >>"$tmp/given/runs"
report && said 'slower: random200 of 200 files, extract: cpu_s 111.00, was 100.00 (+11 %)' &&
	said 'slower: random200 of 200 files, extract: peak_mb 130, was 100 (+30 %)' && [ "$(grep -c slower: "$tmp/said")" = 2 ] &&
	said '12 runs compared with those that were kept: 2 figures more than 10 % worse; 1 runs are new, 1 were not measured'
ok "what is more than 10 % worse is named, what is less or faster is not, and it is no failure"
cmp "$KEPT" "$tmp/first" >"$tmp/said"
ok "... the kept figures stay"
machine 'Another one'
report && said 'not compared: the figures that were kept are of processor A fast one, now Another one' && ! grep -q slower: "$tmp/said"
ok "another processor: nothing is compared"
KEEP=1 report && said "kept in $KEPT" && cmp "$KEPT" "$tmp/given/bench.json" >>"$tmp/said"
ok "KEEP=1 keeps the new ones"
sed -i '/^whole/d; /^random200/d' "$tmp/given/runs"
report && ! grep -q 'grows as' "$tmp/said" && grep -q 'one size alone' "$tmp/given/growth.svg" && ! grep -q 'nan\|inf' "$tmp/given/growth.svg"
ok "one number of files: no power"
: >"$tmp/docs/empty.json"
KEPT=$tmp/docs/empty.json report &&
	said '0 runs compared with those that were kept: 0 figures more than 10 % worse; 4 runs are new, 0 were not measured'
ok "a file that has no figures: all runs are new"

echo "1..$tests"
