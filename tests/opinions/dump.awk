# SPDX-License-Identifier: GPL-2.0-only
#
# dump.awk - what racybits dump says of records with bitfields and of stores to their bitfields, one fact a line:
#
#	record UNIT NAME BYTES FILE		member UNIT NAME MEMBER BIT BITS
#	bits UNIT NAME MEMBER		write FILE LINE NAME MEMBER FUNCTION KIND
#	whole FILE LINE NAME FUNCTION		function UNIT FUNCTION [inline]
#
# A unit's facts come first in a dump, then the names of its files, its own first.

function unqualified(key) { sub(/@.*/, "", key); return key }
function fact(text) { facts[++nfacts] = text }

function put_facts(    i, words)
{
	for (i = 1; i <= nfacts; i++) {
		words = facts[i]
		sub(/ UNIT /, " " $2 " ", words)
		print words
	}
	nfacts = 0
}

function put_record(    i)
{
	if (has_bits) {
		fact("record UNIT " name " " bytes " " file)
		for (i = 1; i <= nmembers; i++)
			fact("member UNIT " name " " members[i])
	}
	nmembers = has_bits = 0
}

# The type of the object of an access: the last <...>
function type_of(text)
{
	sub(/ :: .*/, "", text)
	if (text !~ />$/)
		return ""
	sub(/>$/, "", text)
	sub(/.*</, "", text)
	return text
}

$1 == "file" { put_record(); if (nfacts) put_facts(); next }

$1 == "record" {
	put_record()
	name = unqualified($2)
	file = $2
	sub(/[^@]*@/, "", file)
	bytes = $6
	next
}

/^  field / {
	if ($2 == "-")
		next
	split(substr($3, 2), place, "+")
	members[++nmembers] = $2 " " place[1] " " place[2]
	sub(/ ".*/, "")	# comments
	if (/ bitfield( |$)/) {
		has_bits = 1
		fact("bits UNIT " name " " $2)
	}
	next
}

$1 == "function" {
	put_record()
	match($0, /\) [^ ]+:[0-9]+:[0-9]+/)
	split(substr($0, RSTART + 2, RLENGTH - 2), place, ":")
	in_file = place[1]
	sub(/\(.*/, "", $2)
	in_function = unqualified($2)
	fact("function UNIT " in_function (/\) [^ ]+:[0-9]+:[0-9]+[a-z ]* inline / ? " inline" : ""))
	next
}

/^    [0-9]+:[0-9]+ (write|rmw) / {
	split($1, place, ":")
	member = $0
	sub(/.* :: /, "", member)
	sub(/ .*/, "", member)
	fact("write " in_file " " place[1] " " type_of($0) " " member " " in_function " " $2)
}

/^    [0-9]+:[0-9]+ whole / {
	split($1, place, ":")
	fact("whole " in_file " " place[1] " " type_of($0) " " in_function)
}
