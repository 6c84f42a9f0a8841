# SPDX-License-Identifier: GPL-2.0-only
#
# layout.awk OURS THEIRS - records with bitfields by dump.awk against those by pahole.awk.
#
# Prints a line for each difference, with its kind first, and a line "= WHAT COUNT" for each count. A record is compared where
# both have it: a unit's own records that only one of them has are a difference. DIRS names what is a unit's own, "a|b".

function differs(kind, what) { print kind ": " what; count[kind]++ }
function key(i) { return $2 " " $i }

FNR == 1 { files++ }

files == 1 && $1 == "record" { ours[key(3)] = $4; where[key(3)] = $5; next }
files == 1 && $1 == "member" { member[$2, $3, $4] = $5 " " $6; names[key(3)] = names[key(3)] " " $4; next }
files == 1 && $1 == "bits" { bits[$3, $4]; next }
files == 1 { next }

# pahole prints a definition once for each place that has it
$1 == "record" {
	current = key(3)
	theirs[current] = $4
	their_file[current] = $5
	next
}

$1 == "member" {
	their_member[$2, $3, $4] = $5 " " $6
	their_names[current] = their_names[current] " " $4
	next
}

$1 == "bits" { has_bits[current]; next }

function compare_members(k,    part, all, i, n, id)
{
	split(k, part, " ")
	n = split(names[k], all, " ")
	for (i = 1; i <= n; i++) {
		id = part[1] SUBSEP part[2] SUBSEP all[i]
		counts["members"]++
		if ((part[2], all[i]) in bits)
			counts["bitfields"]++
		if (!(id in their_member))
			differs("no such member", k " " all[i])
		else if (their_member[id] != member[id])
			differs("place", k " " all[i] ": " member[id] ", pahole " their_member[id])
	}
	n = split(their_names[k], all, " ")
	for (i = 1; i <= n; i++)
		if (!((part[1], part[2], all[i]) in member))
			differs("member only of pahole", k " " all[i])
}

END {
	for (k in ours) {
		split(k, part, " ")
		if (!(k in theirs))
			continue
		counts["records"]++
		if (!(part[2] in seen))
			counts["different records"]++
		seen[part[2]]
		if (theirs[k] != ours[k])
			differs("size", k ": " ours[k] ", pahole " theirs[k])
		compare_members(k)
	}
	# a compiler describes what a unit uses
	for (k in ours) {
		split(k, part, " ")
		if (!(k in theirs) && part[2] in seen)
			counts["not used by an object, compared in another one"]++
		else if (!(k in theirs) && where[k] ~ "^(" DIRS ")/")
			differs("only in the source", k)
		else if (!(k in theirs))
			counts["of headers, used by no object"]++
	}
	for (k in theirs)
		if (!(k in ours) && k in has_bits && their_file[k] ~ "^(" DIRS ")/")
			differs("only in the object", k)
	for (k in counts)
		print "= " k ": " counts[k]
	for (k in count)
		print "= differs, " k ": " count[k]
}
