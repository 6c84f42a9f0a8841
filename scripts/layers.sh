#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# layers.sh [DIR] - check the rooms of DIR (checker/), which are its folders: base includes
# itself; kernel and facts themselves and base; cli all; each other room itself, base, kernel
# and facts.  A library is included only by the room or file named for it.  No file has more than
# 600 lines, and no function more than 60.  No two structs, enums or unions have one tag.
set -eu

cd "${1:-$(dirname "$0")/../checker}"
# shellcheck disable=SC2046 # one word a file
awk '
function library(header, users) { users_of[header] = users }
function breach(what) { print FILENAME ":" FNR ": " what; bad = 1 }

function may_include(from, to)
{
	if (from == to || from == "cli" || to == "base")
		return 1
	return (to == "kernel" || to == "facts") && from !~ /^(base|kernel|facts)$/
}

function may_use(header,    users, n, i)
{
	n = split(users_of[header], users, " ")
	for (i = 1; i <= n; i++)
		if (index(FILENAME, users[i]) == 1)
			return 1
	return 0
}

BEGIN {
	library("clang-c/", "front/")
	library("sqlite3.h", "store/db.c")
	library("jansson.h", "out/jsonput.h tree/compdb.c series/baseline.c series/report_read.c")
}

FNR == 1 {
	head = body = 0
	room = FILENAME
	if (!sub(/\/.*/, "", room))
		breach("stands in no room")
}

# (an .inc is made by the Makefile)
/^[ \t]*#[ \t]*include[ \t]*"/ && !/\.inc"/ {
	split($0, part, "\"")
	to = part[2]
	if (!sub(/\/.*/, "", to))
		to = room
	if (!may_include(room, to))
		breach(room " includes " part[2])
}

/^[ \t]*#[ \t]*include/ {
	split($0, part, /[<>"]/)
	for (header in users_of)
		if (index(part[2], header) == 1 && !may_use(header))
			breach("includes " part[2] ", which is for " users_of[header] " only")
}

FNR == 601 { breach("more than 600 lines") }

# A tag is defined once (on a line of its own, as the style has it).
/^[ \t]*(static |const )*(struct|enum|union) [a-z_0-9]+ {$/ {
	for (i = 1; $i !~ /^(struct|enum|union)$/; i++)
		;
	if ($(i + 1) in tags)
		breach("defines " $(i + 1) ", as does " tags[$(i + 1)])
	tags[$(i + 1)] = FILENAME
}

# In kernel style, a function begins in the first column, and so do its braces.
!body && /^$/ { head = 0 }
!head && /^[A-Za-z_]/ { head = FNR }
/^{/ { body = FNR }
/^}/ {
	if (body && FNR - head >= 60)
		breach("function of " FNR - head + 1 " lines, more than 60")
	head = body = 0
}

END { exit bad }
' $(find . -name '*.[ch]' | sed 's|^\./||' | sort)
