#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# cycles.sh ROOM... - print the cycles of calls between the files of a room: a file that calls
# another one which calls it back cannot be read, tested or replaced by itself.  Reads the symbols
# of the objects in build/obj, below $ROOT; exits 1 if there is a cycle.
set -eu

cd "${ROOT:-$(dirname "$0")/..}"

# "FILE uses SYMBOL" and "FILE defines SYMBOL" for the functions and data of a room
symbols()
{
	room=$1
	set --
	for source in checker/"$room"/*.c; do
		object=build/obj/$room/$(basename "$source" .c).o
		[ -n "$(find "$object" -newer "$source" 2>/dev/null)" ] || {
			echo "cycles.sh: $object is not newer than its source: run make" >&2
			return 2
		}
		set -- "$@" "$object"
	done
	nm -A -P "$@" | awk '
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
	found=$(symbols "$room") || exit
	printf '%s\n' "$found" | cycles "$room" || bad=1
done
exit $bad
