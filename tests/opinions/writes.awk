# SPDX-License-Identifier: GPL-2.0-only
#
# writes.awk OURS THEIRS INDEX - stores to bitfields by dump.awk against those in semind's index. THEIRS, by pahole.awk, has more
# bitfields. INDEX has lines "function FILE NAME" and "write FILE LINE NAME.MEMBER FUNCTION MODE".
#
# Prints a line for each difference, with its kind first, and a line "= WHAT COUNT" for each count.

function differs(kind, what) { print kind ": " what; count[kind]++ }

# The member at a place: a bitfield in that unit; in a header, in any
function is_bitfield(at,    part)
{
	split(at, part, /[: ]/)
	return part[1] in units ? (part[1], part[3]) in bits : part[3] in anywhere
}

FNR == 1 { files++ }

$1 == "bits" { bits[$2, $3 "." $4]; anywhere[$3 "." $4]; units[$2]; next }
files < 3 && $1 == "function" { analysed[$3]; if ($4 != "") inlines[$3]; next }
$1 == "write" && files == 1 { ours[$2 ":" $3 " " $4 "." $5 " " $6 " " ($7 == "rmw" ? "m" : "w")]; next }
$1 == "whole" { whole[$4, $5]; next }
files < 3 { next }

# semind writes "outer:member" for a record that is defined where it is a member
{ sub(/^\.\//, "", $2); gsub(/:/, ".", $4) }
$1 == "function" { function_of[$3]; next }
$6 ~ /^.[wm]/ && is_bitfield($2 ":" $3 " " $4) { theirs[$2 ":" $3 " " $4 " " $5 " " substr($6, 2, 1)] }

function missed(k,    part, name)
{
	split(k, part, " ")
	name = part[2]
	sub(/\.[^.]*$/, "", name)
	if (!(part[3] in function_of))
		differs("initialiser of a variable outside of functions", k)
	else if (!(part[3] in analysed))
		differs("function that nobody calls", k)
	else if ((name, part[3]) in whole)
		differs("part of a store to the whole record", k)
	else
		differs("store only of semind", k)
}

END {
	for (k in ours) {
		split(k, part, " ")
		if (!is_bitfield(k))
			continue;	# what lies over bitfields in a union
		if (k in theirs)
			both++
		else if (part[3] in inlines && !(part[3] in function_of))
			differs("inline function", k)
		else
			differs("store only of racybits", k)
	}
	for (k in theirs)
		if (!(k in ours))
			missed(k)
	print "= stores to bitfields found by both: " both + 0
	for (k in count)
		print "= differs, " k ": " count[k]
}
