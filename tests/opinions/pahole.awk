# SPDX-License-Identifier: GPL-2.0-only
#
# pahole.awk - the records that pahole -a -I prints, one fact a line. "object FILE" goes before each object's.
#
#	record UNIT NAME BYTES FILE		member UNIT NAME MEMBER BIT BITS		bits UNIT NAME MEMBER
#
# Members of anonymous members are members of the record around them, as in C; a record that is
# defined where it is a member is called "outer.member", as racybits calls it.

# The member's name in a declaration
function name_of(text)
{
	gsub(/ __attribute__\(\([^;]*\)\)/, "", text)
	sub(/;.*/, "", text)
	if (text ~ /\(\*/) {
		sub(/^[^(]*\(\**/, "", text)
		sub(/[^A-Za-z0-9_].*/, "", text)
		return text
	}
	sub(/:[0-9]+$/, "", text)
	while (sub(/\[[^]]*\]$/, "", text))
		;
	sub(/.*[^A-Za-z0-9_]/, "", text)
	return text
}

# The product of the dimensions
function elements(text,    n, dim)
{
	sub(/;.*/, "", text)
	n = 1
	while (match(text, /\[[0-9]*\]/)) {
		dim = substr(text, RSTART + 1, RLENGTH - 2)
		n *= dim
		text = substr(text, RSTART + RLENGTH)
	}
	return n
}

function member(name, bit, bits, is_bitfield)
{
	n[depth]++
	members[depth, n[depth]] = name " " bit " " bits " " is_bitfield + 0
}

function put_record(name, d, bytes, base,    i, m)
{
	print "record", unit, name, bytes, file
	for (i = 1; i <= n[d]; i++) {
		split(members[d, i], m, " ")
		print "member", unit, name, m[1], m[2] - base, m[3]
		if (m[4])
			print "bits", unit, name, m[1]
	}
}

# A record inside of the one at depth - 1 ends: unnamed ones give their members to it.
function leave(name, bit, bits, count,    i, m)
{
	if (name != "") {
		put_record(prefix[depth - 1] "." name, depth, count ? bits / 8 / count : 0, bit)
		depth--
		member(name, bit, bits)
		return
	}
	for (i = 1; i <= n[depth]; i++) {
		split(members[depth, i], m, " ")
		depth--
		member(m[1], m[2], m[3], m[4])
		depth++
	}
	depth--
}

$1 == "object" { unit = $2; depth = 0; next }

/^\/\* <[0-9a-f]+> / { file = $3; sub(/:[0-9]+$/, "", file); sub(/^\.\//, "", file); next }

/\{$/ {
	depth++
	n[depth] = 0
	prefix[depth] = depth > 1 ? prefix[depth - 1] : $1 == "typedef" ? "" : $2 == "{" ? "" : $2
	next
}

/^\t*\/\* size: [0-9]/ && depth == 1 { bytes = $3 + 0; next }
/^\t*\/\*/ || !/;/ { next }

# "/* BYTE[:BIT]  BYTES */" ends the line of a member
{
	place = ""
	if (match($0, /\/\* *[0-9]+(: *[0-9]+)? +[0-9]+ \*\/$/)) {
		place = substr($0, RSTART + 2, RLENGTH - 4)
		text = substr($0, 1, RSTART - 1)
		at = place
		sub(/[ :].*/, "", at)
		split(place, part, /[ :]+/)
		bit = part[2] * 8
		bits = part[3] * 8
		if (place ~ /:/) {
			bit += part[3]
			match(text, /:[0-9]+[ ;]/)
			bits = substr(text, RSTART + 1) + 0
		}
	} else {
		text = $0
	}
}

/^\t*\}/ && depth == 1 {
	if (prefix[1] == "")
		prefix[1] = name_of(substr(text, index(text, "}") + 1))
	if (prefix[1] != "")
		put_record(prefix[1], 1, bytes, 0)
	depth = 0
	next
}

# (pahole prints anonymous unions a second time, without a place)
/^\t*\}/ && place == "" { depth--; next }

/^\t*\}/ {
	sub(/^\t*\}/, " ", text)
	leave(name_of(text), bit, bits, elements(text))
	next
}

place != "" { member(name_of(text), bit, bits, place ~ /:/) }
