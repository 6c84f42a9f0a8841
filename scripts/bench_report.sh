#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# bench_report.sh OUT - what scripts/bench.sh measured, as OUT/table.txt, bench.json, bench.svg and growth.svg.
# Reads OUT/runs (LIST RUN WALL CPU MB), OUT/sizes (LIST FILES) and OUT/machine (KEY VALUE...).
# Then names what needs more than 10 % more than in KEPT=docs/bench.json, the figures that were kept, and
# does not fail for it. KEEP=1, or if there are none yet: keeps the new ones, and the two pictures beside them.
set -eu
cd "$(dirname "$0")/.."
out=$1 kept=${KEPT:-docs/bench.json}

# Medians: LIST FILES RUN WALL CPU MB. Link and judge are what a check with all facts there does beyond
# seeing that they are.
sort -k1,1 -k2,2 -k3,3n "$out/runs" | awk '
function flush(    m) {
	if (!n) return
	m = int((n + 1) / 2)
	printf "%s %.2f %.2f %d\n", key, wall[m], cpu[m], memory[m]
	n = 0
}
{ if ($1 " " $2 != key) flush(); key = $1 " " $2; n++; wall[n] = $3; cpu[n] = $4; memory[n] = $5 }
END { flush() }' | awk '
NR == FNR { size[$1] = $2; next }
{ print $1, size[$1], $2, $3, $4, $5; wall[$1, $2] = $3; cpu[$1, $2] = $4 }
$2 == "warm-check" { list[++n] = $1; memory[n] = $5 }
END {
	for (i = 1; i <= n; i++)
		printf "%s %d link %.2f %.2f %d\n", list[i], size[list[i]], wall[list[i], "warm-check"] - wall[list[i], "warm-extract"],
			cpu[list[i], "warm-check"] - cpu[list[i], "warm-extract"], memory[i]
}' "$out/sizes" - | sort -k2,2n -k1,1 -k3,3 >"$out/medians"

# Ratios to clang and sparse
awk '
function ratio(a, b) { return b ? sprintf("%.2f", a / b) : "-" }
{ wall[$1, $3] = $4; row[++n] = $0 }
END {
	printf "%-10s %6s %-15s %8s %8s %7s %8s %9s %9s\n", "list", "files", "run", "wall s", "CPU s", "MB", "ms/file", "x clang", "x sparse"
	for (i = 1; i <= n; i++) {
		split(row[i], f, " ")
		printf "%-10s %6d %-15s %8.2f %8.2f %7d %8.1f %9s %9s\n", f[1], f[2], f[3], f[4], f[5], f[6],
			1000 * f[4] / f[2], ratio(f[4], wall[f[1], "clang"]), ratio(f[4], wall[f[1], "sparse"])
	}
}' "$out/medians" | tee "$out/table.txt"

# One line for a value that stands once, for a run and for a curve: compare reads it so. No dates: measured again, the
# lines of what has not changed are the same but for the measured figures.
{
	sed 's/["\\]//g; s/^\([a-z]*\) \(.*\)$/"\1":"\2",/; s/"\([0-9][0-9]*\)",$/\1,/; 1s/^/{/' "$out/machine"
	awk '{ printf "%s{\"list\":\"%s\",\"files\":%d,\"run\":\"%s\",\"wall_s\":%s,\"cpu_s\":%s,\"peak_mb\":%s}",
		(NR == 1 ? "\"runs\":[\n" : ",\n"), $1, $2, $3, $4, $5, $6 }
	END { print "\n],\n\"growth\":[" }' "$out/medians"
	awk -v kind=json -f scripts/growth.awk "$out/medians"
	echo ']}'
} >"$out/bench.json"

# Bars: milliseconds of wall clock a file.
awk '
$3 ~ /^(clang|sparse|extract|check)$/ { n++; name[n] = $1 ": " $3; ms[n] = 1000 * $4 / $2; if (ms[n] > max) max = ms[n] }
END {
	printf "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"720\" height=\"%d\" font-family=\"sans-serif\" font-size=\"13\">\n", 22 * n + 40
	print "<text x=\"10\" y=\"20\">milliseconds of wall clock for a file</text>"
	for (i = 1; i <= n; i++)
		printf "<text x=\"170\" y=\"%d\" text-anchor=\"end\">%s</text><rect x=\"180\" y=\"%d\" width=\"%.1f\" height=\"14\" fill=\"%s\"/><text x=\"%.1f\" y=\"%d\">%.1f</text>\n",
			22 * i + 26, name[i], 22 * i + 15, (max ? 460 * ms[i] / max : 0), (name[i] ~ /clang|sparse/ ? "#999" : "#27c"),
			186 + (max ? 460 * ms[i] / max : 0), 22 * i + 26, ms[i]
	print "</svg>"
}' "$out/medians" >"$out/bench.svg"
awk -f scripts/growth.awk "$out/medians" >"$out/growth.svg"
sed -n 's/^{"of":"\(.*\)","run":"\(.*\)","power":\(.*\)}.*/bench: \1 of \2 grows as files^\3/p' "$out/bench.json"

# compare OLD NEW: what became slower, or larger. Differences below a tenth of a second or 2 MB are those of rounding.
compare() {
	awk '
	function value(key,    s) {
		s = $0
		if (!sub(".*\"" key "\":\"?", "", s)) return ""
		sub(/[",}].*/, "", s)
		return s
	}
	/^{?"(processor|kernel|cores|jobs)":/ {
		key = $0
		gsub(/^{?"|":.*/, "", key)
		if (FILENAME == ARGV[1]) about[key] = value(key)
		else if (key in about && about[key] != value(key)) differ = differ sprintf("; %s %s, now %s", key, about[key], value(key))
	}
	/^{"list":/ {
		what = value("list") " of " value("files") " files, " value("run")
		for (i = split("wall_s cpu_s peak_mb", k, " "); i; i--) {
			if (FILENAME == ARGV[1]) { old[what, k[i]] = value(k[i]); known += i == 1; continue }
			if (!((what, k[i]) in old)) { new += i == 1; continue }
			compared += i == 1
			was = old[what, k[i]]
			now = value(k[i])
			if (now > 1.1 * was && now - was > (k[i] == "peak_mb" ? 2 : 0.1))
				said[++n] = sprintf("bench: slower: %s: %s %s, was %s%s", what, k[i], now, was,
					was > 0 ? sprintf(" (+%.0f %%)", 100 * (now / was - 1)) : "")
		}
	}
	END {
		if (differ != "") { print "bench: not compared: the figures that were kept are of " substr(differ, 3); exit }
		for (i = 1; i <= n; i++) print said[i]
		printf "bench: %d runs compared with those that were kept: %d figures more than 10 %% worse; ", compared, n
		printf "%d runs are new, %d were not measured\n", new, known - compared
	}' "$1" "$2"
}

[ ! -e "$kept" ] || compare "$kept" "$out/bench.json"
if [ -n "${KEEP-}" ] || [ ! -e "$kept" ]; then
	cp "$out/bench.json" "$kept"
	cp "$out/bench.svg" "$out/growth.svg" "$(dirname "$kept")/"
	echo "bench: kept in $kept"
fi
