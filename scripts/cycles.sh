#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# cycles.sh ROOM... - print the cycles between the files of a room, as a file that calls another
# one which calls the first cannot be read, tested or replaced by itself.  Reads the symbols of
# the object files in build/obj; exits 1 if there is a cycle.
set -eu

cd "$(dirname "$0")/.."

# "FILE uses SYMBOL" and "FILE defines SYMBOL" from what nm -P says of the functions and data
symbols()
{
	for source in checker/"$1"/*.c; do
		echo "build/obj/$1/$(basename "$source" .c).o"
	done | xargs nm -A -P | awk '
		{ file = $1; gsub(/^.*\/|\.o:$/, "", file) }
		$3 == "U" { print file, "uses", $2 }
		$3 ~ /^[BCDRTVW]$/ { print file, "defines", $2 }'
}

# The strongly connected components of more than one file: those that reach each other.
cycles()
{
	awk -v room="$1" '
	$2 == "defines" { owner[$3] = $1; files[$1] }
	$2 == "uses" { user[NR] = $1; symbol[NR] = $3 }

	END {
		for (i in user)
			if (symbol[i] in owner && owner[symbol[i]] != user[i])
				reach[user[i], owner[symbol[i]]]
		for (via in files)
			for (from in files)
				if ((from, via) in reach)
					for (to in files)
						if ((via, to) in reach)
							reach[from, to]
		for (file in files)
			if ((file, file) in reach && !(file in shown)) {
				line = room ": files that call each other:"
				n = split_sorted(files, names)
				for (i = 1; i <= n; i++)
					if ((file, names[i]) in reach && (names[i], file) in reach) {
						line = line " " names[i]
						shown[names[i]]
					}
				print line
				bad = 1
			}
		exit bad
	}

	function split_sorted(set, out,    n, name, i)
	{
		n = 0
		for (name in set) {
			for (i = ++n; i > 1 && out[i - 1] > name; i--)
				out[i] = out[i - 1]
			out[i] = name
		}
		return n
	}'
}

bad=0
for room; do
	symbols "$room" | cycles "$room" || bad=1
done
exit $bad
