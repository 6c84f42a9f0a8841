#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# The tables of checker/base keep what they promise: ids are unique and documented, and a fixture shows each row.
set -u
cd "$(dirname "$0")/.." || exit
tests=0

# ok NAME: the status of the command before
ok() {
	local status=$?

	tests=$((tests + 1))
	[ $status = 0 ] || printf 'not '
	echo "ok $tests - $1"
}

# none WHAT: true if nothing comes in; else prints it
none() { ! sed "s/^/# $1: /" | grep .; }

### doubts.def

ids=$(sed -n 's/^DOUBT([A-Z_]*, [A-Z]*, "\([^"]*\)".*/\1/p' checker/base/doubts.def)

[ "$(echo "$ids" | wc -l)" = "$(grep -c '^DOUBT(' checker/base/doubts.def)" ] &&
	echo "$ids" | grep -Evx '[a-z]+(-[a-z]+)*' | none "not an id"
ok "doubts: each row has an id of small letters"
echo "$ids" | sort | uniq -d | none twice
ok "doubts: each id is there once"
for id in $ids; do
	grep -q "^\.BR $id " docs/racybits.1 || echo "$id"
done | none undocumented
ok "doubts: the manual names each"
# (a conflict that rests on unseen callers is not judged, so no fixture can show one)
for id in $ids; do
	[ "$id" = unseen-callers ] || grep -rqw "doubt=$id" tests/fixtures/*/ || echo "$id"
done | none "no fixture"
ok "doubts: a fixture shows each"
grep -rhow 'doubt=[a-z-]*' tests/fixtures/*/ | sed 's/.*=//' | sort -u | grep -vxF "none
$ids" | none "no such doubt"
ok "doubts: fixtures name no others"

### refuters.def

rows=$(sed -n 's/^REFUTER(\([a-z_]*\), [a-z]*, "\([^"]*\)", ".*")$/\2 \1/p' checker/base/refuters.def)
ids=$(echo "$rows" | cut -d' ' -f1)

[ "$(echo "$ids" | wc -l)" = "$(grep -c '^REFUTER(' checker/base/refuters.def)" ] &&
	echo "$ids" | grep -Evx '[a-z]+(-[a-z]+)*' | none "not an id"
ok "refuters: each row has an id of small letters"
echo "$ids" | sort | uniq -d | none twice
ok "refuters: each id is there once"
# what can make a pair impossible is documented, and a fixture shows it
echo "$rows" | while read -r id name; do
	grep -q IMPOSSIBLE "checker/link/refute/$name.c" || continue
	grep -q "^\.BR $id " docs/racybits.1 || echo "$id: not in the manual"
	grep -rqw "refuted=$id" tests/fixtures/*/ || echo "$id: no fixture"
done | none refuters
ok "refuters: the manual names each that makes a pair impossible, and a fixture shows it"

### limits.def

rows=$(sed -n 's/^LIMIT([A-Z_]*, \([0-9]*\), \([A-Z]*\), "\([^"]*\)", ".*")$/\3 \1 \2/p' checker/base/limits.def)
ids=$(echo "$rows" | cut -d' ' -f1)

[ "$(echo "$ids" | wc -l)" = "$(grep -c '^LIMIT(' checker/base/limits.def)" ] &&
	echo "$ids" | grep -Evx '[a-z]+(-[a-z]+)*' | none "not an id"
ok "limits: each row has an id of small letters"
echo "$ids" | sort | uniq -d | none twice
ok "limits: each id is there once"
echo "$rows" | while read -r id value kind; do
	sed -n "/^\.I \"$(echo "$kind" | tr '[:upper:]' '[:lower:]'): more than/,/^\.[If]/p" docs/racybits.1 |
	grep -q "^  .fB$id.fR *$value " || echo "$id $value $kind"
done | none undocumented
ok "limits: the manual names each with its value, beside those of its kind"
# (rounds takes recursion that loses a lock in each of 16 rounds)
for id in $ids; do
	[ "$id" = rounds ] ||
	grep -rqx "// expect-limit: $id" tests/fixtures/*/ || echo "$id"
done | none "no fixture"
ok "limits: a fixture meets each that is counted"
grep -rhno '_MAX [0-9]\|[A-Z]_DEPTH [0-9]' checker/front checker/facts checker/link | none "a cap outside of the table"
ok "limits: no cap of the analysis stands elsewhere"

echo "1..$tests"
