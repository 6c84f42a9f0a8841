#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# layers.sh [DIR] - check the rooms of DIR (checker/): a file includes headers of
# its own room and of base, main those of every room. A library is included only
# by the files named for it.
set -eu

awk '
# room: files, without .c and .h
function rooms()
{
	room("main", "main options dump extract analysis units commands cmdlint lint lintunits lintreport cmdprove cmdextract cmdshard cmddump")
	room("base", "util model layout linuxmodel modelset claims facts factcheck factmsg pool progress run overlay workdir")
	room("tree", "compdb inputs kerneltree kbuild ccargs")
	room("front", "front front_priv tu ccflags macros pch pchbuild pchread visible absent source record node stmt expr tested path var call cfg simplify" \
		" function access lock slot")
	room("store", "store store_priv recall schema db idmap merge filestate join")
	room("link", "link callgraph values registered clone resolve locks lockset lockstate conditions phase contexts needs lifecycle" \
		" entries once restore together sharing collect believe conflict verdict claimed")
	room("out", "out explain text json sarif formats html article picture graph " \
		" summary witness claimtext lines touch jsonput change")
	room("fix", "fix plan fit members place comments decl uses rewrite message subject history smpl patch" \
		" scratch verify build pahole bitops prove")
	room("lint", "series git mail impact includers baseline")
	room("none", "annotations")	# for the analysed code, not ours
}

function libraries()
{
	library("clang-c/", "front_priv.h")
	library("sqlite3.h", "db.c")
	library("jansson.h", "jsonput.h compdb.c baseline.c")
}

function room(name, files,    n, i, f)
{
	n = split(files, f, " ")
	for (i = 1; i <= n; i++)
		room_of[f[i]] = name
}

function library(header, files) { users[header] = " " files " " }
function stem(name) { sub(/^.*\//, "", name); sub(/\.[ch]$/, "", name); return name }
function breach(what) { print FILENAME ":" FNR ": " what; bad = 1 }

function may_include(from, to)
{
	if (room_of[from] == "main")
		return 1
	return room_of[to] == "base" || room_of[to] == room_of[from]
}

BEGIN { rooms(); libraries() }

FNR == 1 {
	name = FILENAME
	sub(/^.*\//, "", name)
	me = stem(name)
	if (!(me in room_of))
		breach(name " belongs to no room")
}

# (an .inc is made by the Makefile)
/^[ \t]*#[ \t]*include[ \t]*"/ && !/\.inc"/ {
	split($0, part, "\"")
	to = stem(part[2])
	if (!(to in room_of))
		breach(part[2] " belongs to no room")
	else if ((me in room_of) && !may_include(me, to))
		breach(name " (" room_of[me] ") includes " part[2] " (" room_of[to] ")")
}

/^[ \t]*#[ \t]*include/ {
	split($0, part, /[<>"]/)
	for (header in users)
		if (index(part[2], header) == 1 && !index(users[header], " " name " "))
			breach(name " includes " part[2] ", which is for" users[header] "only")
}

END { exit bad }
' "${1:-$(dirname "$0")/../checker}"/*.[ch]
