#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# fix.t - patches for the structs of tests/fix, each compared with what is expected beside it, in
# NAME.expect: exit status, messages and the patch. The patched file must compile and not be racy
# any longer. Then what `fix` says to bad input.
# prove tests/fix.t :: NAME...	only these; UPDATE=1 writes NAME.expect anew

here=$(cd "$(dirname "$0")" && pwd) || exit
tmp=$(mktemp -d) || exit
trap 'rm -rf "$tmp"' EXIT
trap 'exit 130' INT TERM

RACYBITS=${RACYBITS:-$here/../racybits}
TMPDIR=$tmp
flags='-nostdinc -I./include -include ./include/linux/kconfig.h
	-include ./include/linux/compiler_types.h -D__KERNEL__ -DMODULE -std=gnu11'
export RACYBITS TMPDIR

# A tree for each, as what one asserts must not hold up another: tree NAME...
tree() {
	dir=$tmp/$1 commands=
	mkdir -p "$dir" && cp -R "$here/minikernel" "$dir/tree" && mkdir -p "$dir/tree/fix" &&
		cp "$here/fix/race.h" "$dir/tree/fix/" || exit
	# shellcheck disable=SC2086 # one word an option
	words=$(printf '"%s", ' $flags)
	for source; do
		cp "$here/fix/$source.c" "$dir/tree/fix/" || exit
		commands="$commands${commands:+,} {\"directory\": \"$dir/tree\",
			\"file\": \"fix/$source.c\", \"arguments\":
			[\"clang\", $words \"-c\", \"-o\", \"fix/$source.o\", \"fix/$source.c\"]}"
	done
	echo "[$commands]" >"$dir/tree/compile_commands.json"
}

# Runs `fix` on a file and prints the result in the form of NAME.expect.
fix() {
	# (most fixtures read no field: auto would remove them)
	options="--strategy=split $(sed -n 's|^// fix: ||p' "$here/fix/$1.c")"
	# shellcheck disable=SC2086 # one word an option
	"$RACYBITS" fix --no-verify $options -k "$dir/tree" -j1 -o "$dir/out" "fix/$1.c" \
		>"$dir/log" 2>"$dir/err"
	echo "status $?"
	sed "s|$dir/||g" "$dir/err"
	while read -r patch; do
		sed -n '/^diff --git/,$p' "$patch" | sed '/^index /d'
	done <"$dir/log"
}

# Does the patched file compile, and is it free of races, unless that was said to be left?
works() {
	[ -s "$dir/log" ] || return 0
	check=true
	grep -q "stays racy\|are left between\|that of .* is surer\|the patch before\|an earlier patch" "$dir/err" || check="$RACYBITS check"
	# shellcheck disable=SC2086 # one word an option
	(cd "$dir/tree" && xargs cat <"$dir/log" | patch -s -p1 &&
		clang-19 -fsyntax-only $flags "fix/$1.c" &&
		$check -k . -j1 "fix/$1.c" 2>&1)
}

# Has each message at most 45 lines, no line above 75 columns, the script behind them, and no function
# twice in the line of a field?
message() {
	while read -r patch; do
		awk -v file="$patch" '
			!body && /^$/ { body = 1; next }
			body && /^---$/ { below = 1; body = 2 }
			/^diff --git/ { exit }
			below && /^  @.*@$/ { script = 1 }
			body == 1 { lines++; if (length() > 75) bad = bad "\n" $0 }
			body == 1 && /^  [a-z_0-9]+: / { split("", seen) }
			body == 1 { for (i = 1; i <= NF; i++)
				if ($i ~ /^[a-z_0-9]+\(\)/ && seen[$i]++) bad = bad "\ntwice: " $0 }
			END {
				if (lines > 45 || !lines) bad = bad "\n" lines " lines"
				if (script + 0 != wanted) bad = bad "\nscript: " script + 0
				if (bad) print file ":" bad
				exit bad != ""
			}' wanted="$([ -d "${patch%/*}/cocci" ] && echo 1 || echo 0)" "$patch" || return
	done <"$dir/log"
}

n=0
result() {
	n=$((n + 1))
	if [ "$1" = 0 ]; then
		echo "ok $n - $2"
	else
		echo "not ok $n - $2"
		sed 's/^/# /' "$tmp/diff"
	fi
}

# Is the result as expected?  The expectations are those of spatch 1.1; a later one can make some changes
# that it cannot, and the patch is the same.
expected() {
	case $(spatch --version) in
	"spatch version 1.1"*) diff -u "$here/fix/$1.expect" "$dir/found" ;;
	*)
		sed '/: spatch cannot make all of the change/d' "$here/fix/$1.expect" >"$dir/expect"
		sed '/: spatch cannot make all of the change/d' "$dir/found" | diff -u "$dir/expect" -
		;;
	esac
}

one() {
	tree "$1"
	fix "$1" >"$dir/found"
	[ -z "$UPDATE" ] || cp "$dir/found" "$here/fix/$1.expect"
	expected "$1" >"$tmp/diff" 2>&1 && works "$1" >"$tmp/diff" 2>&1 &&
		message >"$tmp/diff" 2>&1
	result $? "$1"
}

# says NAME STATUS PATTERN ARG...: this status, and one line on stderr
says() {
	what=$1 status=$2 pattern=$3
	shift 3
	PATH=${bin:-$PATH} "$RACYBITS" fix --no-verify -k "$dir/tree" -j1 "$@" \
		>"$tmp/stdout" 2>"$tmp/diff"
	[ $? = "$status" ] && [ "$(wc -l <"$tmp/diff")" = 1 ] && grep -q -- "$pattern" "$tmp/diff" &&
		[ ! -s "$tmp/stdout" ]
	result $? "$what"
}

# The state of the tree: nothing in it may change.
state() {
	(cd "$dir/tree" && find . -type f ! -path './.git/*' -exec cksum {} + | sort)
}

bad_input() {
	tree beside
	state >"$tmp/state"
	says 'no such struct: the nearest names' 2 "no such struct.*'fooo'.*did you mean.*foo" \
		-o "$dir/out" fooo fix/beside.c
	says 'no such field' 2 "foo.*no.*'x'\|'x'" -o "$dir/out" foo.x fix/beside.c
	says 'a file in place of the output directory' 2 'cannot make directory\|cannot write' \
		-o "$dir/tree/Makefile" fix/beside.c
	says 'an unknown strategy' 2 'expected auto, split, separate, bitops, remove or lock' --strategy=prayer fix/beside.c
	mkdir "$tmp/bin"
	for program in env git cp rm; do ln -s "$(command -v $program)" "$tmp/bin/"; done
	bin=$tmp/bin
	says 'spatch is missing' 2 'spatch.*install coccinelle' -o "$dir/out" fix/beside.c
	bin=
	printf '#!/bin/sh\necho "Fatal error: out of luck" >&2\nexit 1\n' >"$tmp/bin/spatch"
	chmod +x "$tmp/bin/spatch"
	bin=$tmp/bin
	says 'spatch fails: its message is kept' 2 'spatch failed.*out of luck' -o "$dir/out" \
		fix/beside.c
	bin=
	state | diff "$tmp/state" - >"$tmp/diff"
	result $? 'the tree is as it was'

	(cd "$dir/tree" && git init -q && git add -f . &&
		git -c user.name=x -c user.email=x@x commit -q -m 'fix: beside: add' &&
		echo >>Kconfig) >/dev/null
	says 'a dirty tree' 2 'changes that are not committed (Kconfig)' -o "$dir/out" fix/beside.c

	mkdir -p "$dir/tree/include/uapi"
	sed -n '/^struct foo {/,/^};/p' "$here/fix/beside.c" >"$dir/tree/include/uapi/foo.h"
	sed '/^struct foo {/,/^};/d; s|"race.h"|&\n#include <uapi/foo.h>|' "$here/fix/beside.c" \
		>"$dir/tree/fix/beside.c"
	(cd "$dir/tree" && git add -f . && git -c user.name=x -c user.email=x@x commit -q --amend \
		-m 'fix: beside: add')
	says 'a header for user space' 1 'interface to user space' -o "$dir/out" fix/beside.c
	mkdir "$tmp/other" && mv "$dir/tree/include/uapi/foo.h" "$tmp/other/"
	sed -i "s|<uapi/foo.h>|\"$tmp/other/foo.h\"|" "$dir/tree/fix/beside.c"
	(cd "$dir/tree" && git add -fA . && git -c user.name=x -c user.email=x@x commit -q --amend \
		-m 'fix: beside: add')
	says 'a header that is not in the tree' 1 'other/foo.h:1 is not in this tree' -o "$dir/out" fix/beside.c

	sed 's/p->b = len/(void)p/' "$here/fix/beside.c" >"$dir/tree/fix/beside.c"
	says 'a struct that is not racy' 0 'struct foo is not racy' -o "$dir/out" foo fix/beside.c
	sed 's|bool [ab]:1;|& /* racybits: ok a hint */|' "$here/fix/beside.c" >"$dir/tree/fix/beside.c"
	says 'a race that the source accepts' 0 'struct foo has a race that the source accepts' -o "$dir/out" foo fix/beside.c
}

# Has the patch for the header this prefix?  owner WHAT PREFIX
owner() {
	rm -rf "$dir/out"
	"$RACYBITS" fix --no-verify --model="$dir/model" -k "$dir/tree" -j1 -o "$dir/out" fix/beside.c \
		>"$dir/log" 2>"$tmp/diff"
	cat "$dir"/out/*.patch >>"$tmp/diff"
	grep -q "^Subject: \[PATCH\] $2: Use" "$tmp/diff"
	result $? "subject $1"
}

# A header that two files see with other macros.
variants() {
	rm -rf "$tmp/beside"
	tree beside hole
	(cd "$dir/tree/fix" && awk '/^struct foo {/ { print "struct foo {\n#ifdef WIDE\n\tu64 wide;\n#endif"; next } 1' beside.c |
		sed -n '/^struct foo {/,/^};/p' >foo.h &&
		sed -i '/^struct foo {/,/^};/d; s|"race.h"|&\n#include "foo.h"|' beside.c &&
		sed 's|^#include "race.h"|#define WIDE\n&|' beside.c >hole.c)
	says 'a struct that files lay out in two ways' 1 'files that set other macros lay it out otherwise than fix/foo.h:1' \
		-o "$dir/out" foo fix/
}

# Where there is none: the prefix of the longest path that the model has.
subject() {
	rm -rf "$tmp/beside"
	tree beside
	printf 'subject fix lib\nsubject fix/beside.c lib: beside\nsubject fix/besides no\n' >"$dir/model"
	"$RACYBITS" fix --no-verify --model="$dir/model" -k "$dir/tree" -j1 -o "$dir/out" fix/beside.c \
		>"$dir/log" 2>"$tmp/diff"
	grep -q '^Subject: \[PATCH\] lib: beside: Use' "$dir"/out/*.patch
	result $? 'subject: the prefix of the model'
	rm -rf "$dir/out"
	sed -i 's/\<foo\>/foo_flags/g' "$dir/tree/fix/beside.c"
	"$RACYBITS" fix --no-verify --model="$dir/model" -k "$dir/tree" -j1 -o "$dir/out" fix/beside.c \
		>"$dir/log" 2>"$tmp/diff"
	cat "$dir"/out/*.patch >>"$tmp/diff"
	grep -q '^Subject: .*: Use dedicated storage for foo_flags$' "$tmp/diff"
	result $? 'subject: no flags of flags'

	rm -rf "$dir/out"
	mkdir -p "$dir/tree/include/linux"
	sed -n "/^struct foo_flags {/,/^};/p" "$dir/tree/fix/beside.c" >"$dir/tree/include/linux/foo.h"
	sed -i "/^struct foo_flags {/,/^};/d; s|\"race.h\"|&\\n#include <linux/foo.h>|" "$dir/tree/fix/beside.c"
	echo "subject lib lib: foo" >>"$dir/model"
	printf "OTHER\nM:\tA\nF:\tinclude/linux/\n\nFOO\nM:\tB\nF:\tlib/foo.c\nF:\tlib/\nF:\tinclude/linux/foo.h\n" \
		>"$dir/tree/MAINTAINERS"
	owner "of a header: what the model has of its section of MAINTAINERS" "lib: foo"
	sed -i "/foo\.h/d" "$dir/tree/MAINTAINERS"
	owner "of a header that no section tells: that of most writers" "lib: beside"
}

# A message about a lock names it, the functions that take it and what is held there; one about storage says
# why no lock is taken instead, and one about atomic bits why they are better.
locks() {
	rm -rf "$tmp/take-plain" "$tmp/take-not-twice"
	tree take-plain
	fix take-plain >"$tmp/diff"
	cat "$dir"/out/*.patch >>"$tmp/diff"
	grep -q '^Subject: .*: Hold lock to change part flags$' "$tmp/diff" &&
		grep -q '^Other stores to these bitfields hold foo.lock' "$tmp/diff" &&
		grep -q '^  around the store: foo_first()$' "$tmp/diff" &&
		tr '\n' ' ' <"$tmp/diff" | grep -q 'no caller of these stores holds foo.lock, and they call nothing. Some callers hold foo.outer: what sleeps'
	result $? 'what a message says of a lock'
	tree take-not-twice
	fix take-not-twice >"$tmp/diff"
	cat "$dir"/out/*.patch >>"$tmp/diff"
	sed '1,/^---$/d' "$dir"/out/*.patch | tr '\n' ' ' |
		grep -q 'No store takes a lock instead: foo.lock, the best one, is lacked by 2 stores of 4 (fix/take-not-twice.c:16, fix/take-not-twice.c:25)'
	result $? 'auto says why no lock is taken'
	rm -rf "$tmp/sock-owned"
	tree sock-owned
	fix sock-owned >"$tmp/diff"
	cat "$dir"/out/*.patch >>"$tmp/diff"
	tr '\n' ' ' <"$tmp/diff" |
		grep -q 'holding  *sock.sk_lock.slock (while a task owns sock.sk_lock)  *c at [^,]*, in [^,]*, *holding sock.sk_lock  *If'
	result $? 'a message names what an interrupt holds of a lock that a task owns'
	rm -rf "$tmp/auto-bitops" "$tmp/auto-bitops-refused"
	tree auto-bitops
	fix auto-bitops >"$tmp/diff"
	cat "$dir"/out/*.patch >>"$tmp/diff"
	tr '\n' ' ' <"$tmp/diff" |
		grep -q 'Use atomic bitops, because no lock guards two of these 9 fields, most of which race with one another, and a storage unit each would take 9 bytes: .*sizeof(struct foo) stays '
	result $? 'auto says why the fields become atomic bits'
	tree auto-bitops-refused
	fix auto-bitops-refused >"$tmp/diff"
	cat "$dir"/out/*.patch >>"$tmp/diff"
	sed '1,/^---$/d' "$dir"/out/*.patch | tr '\n' ' ' |
		grep -q 'No field becomes an atomic bit instead: no bit operation does what is done to it at fix/auto-bitops-refused.c:'
	result $? 'auto says why no field becomes an atomic bit'
}

# A file with a struct of N bitfields of one bit that all race: many N
many() {
	awk -v n="$1" 'BEGIN {
		print "#include \"race.h\"\nstruct foo {\n\tstruct mutex lock;"
		for (i = 1; i <= n; i++) print "\tbool f" i ":1;"
		print "};\nstatic void foo_first(struct foo *p, unsigned long arg)\n{"
		for (i = 1; i <= n; i += 2) print "\tp->f" i " = arg == " i ";"
		print "}\nstatic void foo_second(struct foo *p, size_t len)\n{"
		for (i = 2; i <= n; i += 2) print "\tp->f" i " = len == " i ";"
		print "}\nRACE(foo, p->lock = (struct mutex){ 0 }, foo_first(p, arg), foo_second(p, len));"
	}'
}

# A message names what still races where there is no room, does not go on from a sentence that is not there,
# and has the unit first whose argument is the surest; a message about very many fields is no longer.
messages() {
	rm -rf "$tmp/partial" "$tmp/strict-locks" "$tmp/two-units-near" "$tmp/beside" "$tmp/field-doubted" "$tmp/remove-doubtful"
	tree partial
	fix partial >"$tmp/diff"
	cat "$dir"/out/*.patch >>"$tmp/diff"
	tr '\n' ' ' <"$tmp/diff" | grep -q 'no room for all fields that race: b, c still race. Give this one'
	result $? 'a message names the fields that still race'
	tree strict-locks
	sed -i 's/	bool ready:1;//; s/p->ready = true/(void)p/' "$dir/tree/fix/strict-locks.c"
	fix strict-locks >"$tmp/diff"
	cat "$dir"/out/*.patch >>"$tmp/diff"
	tr '\n' ' ' <"$tmp/diff" | grep -q 'Not written at the same time as another of them, these stay bitfields: a under' &&
		! grep -q 'So do these' "$tmp/diff"
	result $? 'a message does not go on from what it does not say'
	tree two-units-near
	fix two-units-near >"$tmp/diff"
	cat "$dir"/out/*.patch >>"$tmp/diff"
	sed -n '/^  [a-d] at /{p;q}' "$tmp/diff" | grep -q '^  [cd] at ' && grep -q 'confidence high' "$tmp/diff"
	result $? 'the unit with the surest argument comes first'
	tree field-doubted
	fix field-doubted >"$tmp/diff"
	cat "$dir"/out/*.patch >>"$tmp/diff"
	tr '\n' ' ' <"$tmp/diff" | grep -q 'racybits doubts this pair (confidence low): the whole record is written' &&
		grep -q '(confidence low)' "$tmp/diff"
	result $? 'a message says that a pair is doubted, and why'
	tree remove-doubtful
	fix remove-doubtful >"$tmp/diff"
	cat "$dir"/out/*.patch >>"$tmp/diff"
	grep -q '^Nothing reads this field: remove it' "$tmp/diff" && grep -q '^Subject: .*: Remove unused field a$' "$tmp/diff" && ! grep -q 'policy lifetime' "$tmp/diff" &&
		! grep -q 'doubts this pair' "$tmp/diff" &&
		grep -q '^Whether the fields that stay can race is doubtful (low' "$tmp/diff"
	result $? 'a message says what the removal of a field leaves'
	tree beside
	many 60 >"$dir/tree/fix/beside.c"
	"$RACYBITS" fix --no-verify --allow-growth -k "$dir/tree" -j1 -o "$dir/out" fix/beside.c \
		>"$dir/log" 2>"$tmp/diff"
	cat "$dir"/out/*.patch >>"$tmp/diff"
	message >>"$tmp/diff" && grep -q 'and 20 others$' "$tmp/diff"
	result $? 'a message about very many fields has 45 lines at most'
}

# Three structs of two subsystems: a series for each of the two.
postings() {
	rm -rf "$tmp/beside"
	tree beside hole padding
	for name in hole padding; do
		sed -i "s/\\<foo\\>/$name/g" "$dir/tree/fix/$name.c"
	done
	printf 'subject fix lib: x\nsubject fix/hole.c DRV: hole\n' >"$dir/model"
	"$RACYBITS" fix --no-verify --model="$dir/model" -k "$dir/tree" -j1 -o "$dir/out" fix/ \
		>"$dir/log" 2>"$tmp/diff"
	(cd "$dir/out" && find . -name '*.patch' -exec grep -H '^Subject' {} + |
		sed 's/[^/]*: Subject: / /; s/[^/]*:Subject: / /' | sort) >"$tmp/found"
	diff - "$tmp/found" >>"$tmp/diff" <<-END
		./drv/ [PATCH] DRV: hole: Use dedicated storage for hole flags
		./lib/ [PATCH 0/2] lib: x: Give racy bitfields storage units of their own
		./lib/ [PATCH 1/2] lib: x: Use dedicated storage for foo flags
		./lib/ [PATCH 2/2] lib: x: Use dedicated storage for padding flags
	END
	result $? 'a series for each subsystem'
	while read -r patch; do
		[ -s "$patch" ] && (cd "$dir/tree" && patch -s -p1) <"$patch" || return
	done <"$dir/log" >"$tmp/diff" 2>&1
	(cd "$dir/tree" && "$RACYBITS" check -k . -j1 fix/) >"$tmp/diff" 2>&1
	result $? 'what is printed are the patches, and they mend all'
	rm -rf "$tmp/hole"
	tree hole remove
	sed -i "s/\\<foo\\>/hole/g" "$dir/tree/fix/hole.c"
	printf 'subject fix lib: x\n' >"$dir/model"
	"$RACYBITS" fix --no-verify --strategy=auto --model="$dir/model" -k "$dir/tree" -j1 -o "$dir/out" fix/ \
		>"$dir/log" 2>"$tmp/diff"
	cat "$dir"/out/0000-* >>"$tmp/diff"
	grep -q 'PATCH 0/2. lib: x: End races of bitfields in one storage unit' "$tmp/diff" &&
		grep -q 'struct foo: 1 field removed, which nothing reads' "$tmp/diff"
	result $? 'a cover letter says what is not moved but removed'
}

# Where there is history: the subject's prefix, and the commit that brought the fields together.
history() {
	rm -rf "$tmp/beside"
	tree beside
	git="git -c user.name=x -c user.email=x@x"
	(cd "$dir/tree" && git init -q && grep -v 'bool b' "$here/fix/beside.c" >fix/beside.c &&
		git add -f . && $git commit -q -m 'lib: beside: add' &&
		cp "$here/fix/beside.c" fix/ && $git commit -q -a -m 'lib: beside: add one more' &&
		echo '* filter=evil diff=evil' >.git/info/attributes && touch fix/beside.c &&
		for key in filter.evil.clean diff.evil.textconv core.fsmonitor; do
			git config $key "touch $tmp/pwned; cat"
		done) >/dev/null
	"$RACYBITS" fix --no-verify -k "$dir/tree" -j1 -o "$dir/out" fix/beside.c >"$dir/log" 2>"$tmp/diff"
	cat "$dir"/out/*.patch >>"$tmp/diff"
	grep -q '^Subject: \[PATCH\] lib: beside: Use' "$tmp/diff"
	result $? 'subject: the prefix of the last commit'
	[ "$(grep '^Fixes:' "$tmp/diff")" = "Fixes: $(cd "$dir/tree" && git log -1 --abbrev=12 \
		--format='%h ("%s")')" ]
	result $? 'Fixes: what brought the fields together'
	[ ! -e "$tmp/pwned" ]
	result $? "no program of the repository's configuration is run"
	! grep -q '^Signed-off-by' "$tmp/diff"
	result $? 'no Signed-off-by: the sender adds it'
}

# Verification says which programs it lacks, and a patch is as good without them.
programs() {
	rm -rf "$tmp/beside"
	tree beside
	mkdir "$dir/tree/scripts" "$tmp/few" && touch "$dir/tree/scripts/checkpatch.pl"
	for program in env git cp rm sh spatch; do ln -s "$(command -v $program)" "$tmp/few/"; done
	PATH=$tmp/few "$RACYBITS" fix -k "$dir/tree" -j1 -o "$dir/out" fix/beside.c >"$dir/log" 2>"$tmp/diff"
	status=$?
	cat "$dir"/out/*.verify.txt >>"$tmp/diff"
	[ $status = 0 ] && [ "$(grep -c '^not done' "$tmp/diff")" = 5 ] && ! grep -q FAILED "$tmp/diff" &&
		grep -q '^ok .*git am on a clean copy' "$tmp/diff" && grep -A1 '^not done  patch -p1' "$tmp/diff" | grep -q 'patch is not there' &&
		grep -A1 '^not done  checkpatch' "$tmp/diff" | grep -q 'perl is not there'
	result $? 'a program that is not there fails no verification'
}

# A struct that is named is judged in all of the tree if the facts of that are kept. Once its fields have moved,
# only what uses them is read again; whatever else is done, all is judged again.
kept() {
	rm -rf "$tmp/beside"
	tree beside hole
	sed -i 's/\<foo\>/hole/g' "$dir/tree/fix/hole.c"
	PATH=$tmp/few "$RACYBITS" fix -k "$dir/tree" -j1 --db "$dir/db" -o "$dir/part" foo fix/beside.c >"$dir/log" 2>"$tmp/diff"
	cat "$dir"/part/*.patch "$dir"/part/*.verify.txt >>"$tmp/diff"
	grep -q '^fix/beside.c of Linux' "$tmp/diff" && tr '\n' ' ' <"$tmp/diff" | grep -q 'bitfields, in fix/beside.c of Linux'
	result $? 'what was analysed, if it was not all'
	PATH=$tmp/few "$RACYBITS" check -k "$dir/tree" -j1 --db "$dir/db" >/dev/null 2>&1
	PATH=$tmp/few "$RACYBITS" fix -k "$dir/tree" -j1 --db "$dir/db" -o "$dir/all" foo fix/beside.c >"$dir/log" 2>"$tmp/diff"
	cat "$dir"/all/*.patch "$dir"/all/*.verify.txt >>"$tmp/diff"
	grep -q '^Linux' "$tmp/diff" && grep -q '^ok .*racybits check of the objects built, with the writers found before: the unit is not racy' "$tmp/diff"
	result $? 'facts of all the tree are used, and what uses the fields is read again'
	for how in --anew ''; do
		# shellcheck disable=SC2086 # one word or none
		"$RACYBITS" fix --no-verify $how -k "$dir/tree" -j1 --db "$dir/db" -o "$dir/judged$how" foo hole \
			>"$dir/log$how" 2>"$dir/err$how"
	done
	[ "$(wc -l <"$dir/log")" = 2 ] && { diff -r "$dir/judged--anew" "$dir/judged" && diff "$dir/err--anew" "$dir/err"; } >"$tmp/diff"
	result $? 'verdicts that are kept give the patches that judging anew gives'
	echo '/* changed */' >>"$dir/tree/fix/hole.c"
	PATH=$tmp/few "$RACYBITS" fix -k "$dir/tree" -j1 --db "$dir/db" -o "$dir/stale" foo fix/beside.c >"$dir/log" 2>"$tmp/diff"
	cat "$dir"/stale/*.verify.txt >>"$tmp/diff"
	grep -q '^fix/beside.c of Linux' "$tmp/diff"
	result $? 'facts of all the tree are not used if some are of old files'
}

names=${*:-$(cd "$here/fix" && printf '%s\n' *.c | sed 's/\.c$//')}
for name in $names; do
	one "$name"
done
[ $# -gt 0 ] || { rm -rf "$tmp/beside" && bad_input && variants && subject && locks && messages && postings && history && programs && kept; }
echo "1..$n"
