#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# check.sh KDIR [ARGUMENT]... - what `make check` does with a tree: racybits check, then the same as a
# page, build/report.html, and in words what to do with it.  Findings are no error, unless STRICT is set.
# DIR has the words of ARGUMENT that are directories or files: what it suggests looks at these, too, and not at
# the whole kernel.
kdir=$1
shift
# (with a format or a file of the user's own there is nothing to add)
case " $* " in
*" --format"* | *" -o"* | *" --help "*)
	./racybits check -k "$kdir" "$@"
	status=$?
	[ $status -lt 2 ] || exit $status
	exit $((status && ${STRICT:-0}))
	;;
esac
./racybits check -k "$kdir" --html=build/report.html "$@" >build/report.txt
status=$?
cat build/report.txt
[ $status -lt 2 ] || exit $status
structs=$(grep -c ' warning: .*\[racy-bitfield\]$' build/report.txt)
tree=$(printf '%s' "$kdir" | sed "s/'/'\\\\''/g; s/.*[^A-Za-z0-9_./+-].*/'&'/")
within=
for path in ${DIR-}; do
	case $path in
	*/* | *.c) within="$within $path" ;;
	*) within="$within $path/" ;;	# (a word without a slash would be a struct)
	esac
done
if [ "$structs" = 0 ]; then
	echo "No two bitfields of a storage unit were found to race here. The page build/report.html says the same."
	exit 0
fi
cat <<END

Found $structs storage units whose bitfields race: a store to one field may undo a store to another.
Each warning above names the fields, the two writers, and what each of them holds.
  build/report.html                       the same as a page for a browser
  ./racybits explain -k $tree STRUCT
                                          every write to the bitfields of a struct
  ./racybits fix -k $tree -o DIR STRUCT$within
                                          the patch for it, verified
  docs/TRIAGE.md                          how to tell whether a finding is true
Findings are no error of the build: the exit status is 0. It is 1 with STRICT=1.
END
exit $((${STRICT:-0} != 0))
