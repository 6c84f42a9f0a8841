#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# racybits lint: what a range of commits, or a mail, adds to and removes from a kernel tree in git. First a little tree,
# with bad and hostile input, then drivers/vfio of a real one. RACYBITS=program tests another one.
set -u
cd "$(dirname "$0")/.." || exit
unset MAKEFLAGS MFLAGS MAKELEVEL KVER ARCH CC
here=$PWD
RACYBITS=$(readlink -f "${RACYBITS:-racybits}")
tmp=$(mktemp -d)
# not of a child that is killed before it is a program
trap '[ $BASHPID != $$ ] || rm -rf "$tmp"' EXIT
tests=0
mkdir "$tmp/scratch" "$tmp/cache"
export TMPDIR=$tmp/scratch XDG_CACHE_HOME=$tmp/cache GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null

ok() {
	local status=$?

	tests=$((tests + 1))
	[ $status = 0 ] || printf 'not '
	echo "ok $tests - $1"
	[ $status = 0 ] || sed 's/^/# /' "$tmp/out" "$tmp/err"
}

# lint ARGUMENT...: of $tree; status into $status
lint() {
	"$RACYBITS" lint -k "$tree" "$@" >"$tmp/out" 2>"$tmp/err"
	status=$?
}

commit() { git -C "$tree" add -A -f . && git -C "$tree" commit -qm "$1"; }
patch() { git -C "$tree" format-patch -q -1 --stdout "${1-HEAD}"; }

# untouched: nothing of the work tree, the index, the repository changed, and nothing is left behind (git may give an
# object that it would have written, but has, a new date)
state() {
	(cd "$tree" && sha256sum .git/index && git --no-optional-locks status --porcelain && git worktree list &&
		find .git | sort | sha256sum && find . -path ./.git/objects -prune -o -newer "$tmp/start" -print) 2>&1
	ls -A "$TMPDIR"
}
untouched() {
	state >"$tmp/now"
	diff "$tmp/then" "$tmp/now" >>"$tmp/err"
}
# soon COMMAND...: succeeds within two minutes
soon() {
	local until=$((SECONDS + 120))

	until "$@"; do
		[ $SECONDS -lt $until ] || return 1
		sleep 0.1
	done
}
not() { ! "$@"; }
# left_clean: untouched, soon: an interrupted run ends what it has started before it removes what that wrote, and if
# all of it was killed, rm(1) does, which may have to wait for a processor
left_clean() { soon untouched; }
# interrupt SIGNAL: the job in the background ends of it
interrupt() { { kill -"$1" $! && soon not kill -0 $! && wait $!; } 2>/dev/null; }
# (what was ignored when this shell started, as SIGHUP is under nohup(1), it could not give back to the program itself)
heeding='env --default-signal=HUP,INT,TERM'
settle() { sleep 0.1 && touch "$tmp/start" && sleep 0.1 && state >"$tmp/then"; }

### a little tree

tree=$tmp/tree
cp -R tests/minikernel "$tree"
mkdir "$tree/drv" "$tree/Documentation"
cat >"$tree/drv/foo.h" <<'END'
struct foo {
	bool a:1;
	bool b;
	bool c;
	int setup;
	struct rw_semaphore lock;
};
END
cat >"$tree/drv/foo.c" <<'END'
#include <linux/fs.h>
#include <linux/mutex.h>
#include "foo.h"

static long foo_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct foo *foo = file->private_data;

	foo->a = cmd;
	foo->b = arg;
	return 0;
}

const struct file_operations foo_fops = { .unlocked_ioctl = foo_ioctl };
END
cat >"$tree/compile_commands.json" <<END
[{"directory":"$tree","file":"drv/foo.c","arguments":["clang","-nostdinc","-I./include","-include",
"./include/linux/compiler_types.h","-D__KERNEL__","-c","-o","drv/foo.o","drv/foo.c"]}]
END
git init -q "$tree" && git -C "$tree" config user.name T && git -C "$tree" config user.email t@example.org &&
	git -C "$tree" config gc.auto 0 && commit start || exit
git -C "$tree" tag start
sed -i 's/bool b;/bool b:1;/' "$tree/drv/foo.h" && commit "foo: pack b"
git -C "$tree" tag packed
settle

lint start..packed
[ $status = 1 ] && grep -q "^drv/foo.h:3:.*warning: struct foo: stores to 'a' and 'b' may be lost \[racy-bitfield\]$" "$tmp/out" &&
	grep -q 'note: writer 2: ' "$tmp/out"
ok "a field that is packed beside another: on the line that does it, with the witness"
untouched
ok "... and nothing is touched, nothing left"
lint packed..packed
[ $status = 0 ] && [ ! -s "$tmp/out" ]
ok "no commits, no findings"
lint --terse start..packed
[ $status = 1 ] && [ "$(wc -l <"$tmp/out")" = 1 ] && grep -q '^drv/foo.h:3: WARNING: .*\[racy-bitfield\]$' "$tmp/out"
ok "--terse: one line"
for format in json sarif github 0day cocci gitlab; do
	lint --format=$format start..packed
	[ $status = 1 ] && grep -q 'foo' "$tmp/out"
	ok "--format=$format"
done
lint --format=0day start..packed
grep -q '^>> drv/foo.h:3:' "$tmp/out" && grep -q '^  > *3 .*bool b:1;' "$tmp/out"
ok "the line is shown, and marked as new"

# The cache as it was left, damaged in the ways a crash or a full disk does
cache=$(echo "$tmp"/cache/racybits/facts-*.db)
for damage in 'no database' 'cut off' 'bytes in the middle'; do
	case $damage in
	no*) echo 'not a database' >"$cache" ;;
	cut*) truncate -s 8192 "$cache" ;;
	bytes*) head -c 20000 /dev/zero | dd of="$cache" bs=1 seek=16384 conv=notrunc 2>/dev/null ;;
	esac
	lint start..packed
	[ $status = 1 ] && grep -q "^drv/foo.h:3:.*warning: " "$tmp/out" &&
		[ "$(grep -c 'the cache was damaged' "$tmp/err")" = 1 ]
	ok "a damaged cache is made anew: $damage"
	lint start..packed
	[ $status = 1 ] && ! grep -q damaged "$tmp/err"
	ok "... and is good the next time"
done

git -C "$tree" checkout -q start
settle
lint start..packed
[ $status = 1 ] && grep -q "^drv/foo.h:3:.*warning: " "$tmp/out"
ok "the range need not be checked out"
echo 'broken' >>"$tree/drv/foo.c"
settle
lint start..packed
[ $status = 1 ] && grep -q "^drv/foo.h:3:.*warning: " "$tmp/out"
ok "what is not committed does not count"
untouched
ok "... and stays as it is"
git -C "$tree" checkout -q -f packed
sed -i 's/bool b:1;/bool b;/' "$tree/drv/foo.h" && commit "foo: unpack"
lint packed..HEAD
[ $status = 0 ] && grep -q "note: gone: struct foo: concurrent stores to 'a' and 'b'" "$tmp/out" &&
	tail -1 "$tmp/err" | grep -q '0 new, 0 worse, 0 known, 1 gone findings'

ok "what a series removes is said, and no reason to fail"
lint --format=json packed..HEAD
[ $status = 0 ] && grep -q 'gone: struct foo' "$tmp/err" && ! grep -q 'gone' "$tmp/out"
ok "... on stderr, where the report is for programs"

git -C "$tree" checkout -q -f packed
sed -i '1i\\n\n\n/* moved */\n\n' "$tree/drv/foo.h" && commit "foo: move"
lint packed..HEAD
[ $status = 0 ] && [ ! -s "$tmp/out" ]
ok "a struct that moves is nothing new"
echo text >"$tree/Documentation/foo.rst" && commit "doc"
lint HEAD^..HEAD
[ $status = 0 ] && [ ! -s "$tmp/out" ]
ok "a commit without code is nothing"

git -C "$tree" checkout -q -f packed
sed -i 's/bool c;/bool c:1;/' "$tree/drv/foo.h" && commit "foo: pack c"
lint packed..HEAD
[ $status = 0 ] && grep -q "^drv/foo.h:4:.*note: struct foo: the new bitfield 'c' shares a storage unit with 'a', 'b', written at runtime" "$tmp/out"
ok "a bitfield that joins others is noted on its line, if it does not race itself"
sed -i 's/foo->b = arg;/&\n\tfoo->c = !arg;/' "$tree/drv/foo.c" && commit "foo: write c"
lint HEAD^..HEAD
[ $status = 1 ] && grep -q "^drv/foo.c:11:.*warning: .* (known, but now worse) \[racy-bitfield\]$" "$tmp/out" &&
	grep -q 'move out of the unit .*: a, b, c$' "$tmp/out"
ok "a store that makes it worse is reported where it is"

git -C "$tree" checkout -q -f start
sed 's/foo_fops/bar_fops/; s/foo.h/bar.h/; s/foo/bar/g' "$tree/drv/foo.c" >"$tree/drv/bar.c"
sed 's/bool b/&:1/; s/struct foo/struct bar/' "$tree/drv/foo.h" >"$tree/drv/bar.h"
commit "bar: new driver" && patch >"$tmp/bar.mbox"
git -C "$tree" checkout -q -f start
lint --mbox="$tmp/bar.mbox"
[ $status = 1 ] && grep -q '^drv/bar.h:2:.*warning: struct bar: ' "$tmp/out"
ok "a new driver is compiled as its neighbours are"
sed -i "s|\"directory\":\"$tree\"|\"directory\":\"$tree/drv\"|; s|\./include|../include|g; s|\"drv/foo|\"foo|g" "$tree/compile_commands.json"
lint --mbox="$tmp/bar.mbox"
[ $status = 1 ] && grep -q '^drv/bar.h:2:.*warning: struct bar: ' "$tmp/out"
ok "... in whatever directory"
git -C "$tree" checkout -q compile_commands.json
git -C "$tree" rm -q drv/foo.c && commit "foo: remove"
lint HEAD^..HEAD
[ $status = 0 ] && ! grep -q 'not analysed' "$tmp/err"
ok "a driver may be removed"
git -C "$tree" checkout -q -f packed
lint HEAD^..HEAD drv
[ $status = 1 ]
ok "a PATH can be given"
mkdir "$tree/other"
for n in $(seq 420); do echo '#include "foo.h"' >"$tree/other/$n.c"; done
echo 'struct other { int a; };' >"$tree/other/foo.h" && commit "other: many files with a header of that name"
lint start..HEAD
[ $status = 2 ] && grep -q "too many files include the headers that the series changes: .* PATH$" "$tmp/err"
ok "more files than can be looked at: says so, status 2"
echo '#include "../other/foo.h"' >"$tree/drv/bar.h" && commit "foo: a neighbour"
sed -i 's/bool c;/bool c:1;/' "$tree/drv/foo.h" && commit "foo: pack c"
lint HEAD^..HEAD
[ $status = 0 ] && grep -q "^drv/foo.h:4:.*the new bitfield 'c'" "$tmp/out"
ok "... but another header of the same name has other files"
git -C "$tree" checkout -q -f packed
mkdir "$tmp/hook" && git clone -q "$tree" "$tmp/hook/other" 2>/dev/null
GIT_DIR=$tmp/hook/other/.git GIT_INDEX_FILE=$tmp/hook/index GIT_WORK_TREE=$tmp/hook lint HEAD^..HEAD
[ $status = 1 ] && [ ! -e "$tmp/hook/index" ]
ok "a hook of another repository does not mislead it"

### mails

git -C "$tree" checkout -q -f start
patch packed >"$tmp/good.mbox"
settle
lint --mbox="$tmp/good.mbox" --terse
[ $status = 1 ] && grep -q '^drv/foo.h:3: WARNING: ' "$tmp/out"
ok "a mail"
"$RACYBITS" lint -k "$tree" --terse --mbox=- <"$tmp/good.mbox" >"$tmp/out" 2>"$tmp/err"
[ $? = 1 ] && grep -q '^drv/foo.h:3: WARNING: ' "$tmp/out"
ok "... on standard input"
grep -v '^From ' "$tmp/good.mbox" >"$tmp/one.mail"
lint --mbox="$tmp/one.mail"
[ $status = 1 ]
ok "... without mbox's first line"
{
	printf 'From git@z Thu Jan  1 00:00:00 1970\nFrom: T <t@example.org>\nSubject: [PATCH 0/2] cover\n\nText.\n\n'
	cat "$tmp/good.mbox"
	git -C "$tree" format-patch -q --stdout packed^..packed~0 | sed 's/drv\/foo.h/drv\/other.h/g
		s/^index.*/new file mode 100644/; s/^--- a.*/--- \/dev\/null/; s/^@@.*/@@ -0,0 +1,6 @@/; s/^ \(\t\|struct\|}\)/+\1/; /^-\t/d
		s/^+\tbool b:1/+\tbool bb:1;\n&/' 
} >"$tmp/series.mbox"
lint --mbox="$tmp/series.mbox" --terse
[ $status = 2 ] && grep -q '^drv/foo.h:3: WARNING: ' "$tmp/out" &&
	grep -q 'drv/other.h: not analysed: no file that was analysed includes it' "$tmp/err"
ok "a series with a cover letter, and with a header that nothing includes"
untouched
ok "... and nothing is touched, nothing left"

# refused PATTERN NAME: status 2, one line that matches, nothing touched
refused() {
	[ $status = 2 ] && [ ! -s "$tmp/out" ] && [ "$(wc -l <"$tmp/err")" = 1 ] && grep -q "^racybits: .*$1" "$tmp/err" && untouched
	ok "$2"
}

sed 's/^ \tbool a:1;/ \tbool z:1;/' "$tmp/good.mbox" >"$tmp/bad.mbox"
lint --mbox="$tmp/bad.mbox"
refused 'patch 1 of 1 does not apply: the hunk at line 1 of drv/foo.h' "a patch that does not apply: which hunk"
sed '/^+\tbool b:1/,$d' "$tmp/good.mbox" >"$tmp/bad.mbox"
lint --mbox="$tmp/bad.mbox"
refused 'patch 1 of 1 does not apply: corrupt patch' "a truncated mail"
head -c 100000 /dev/urandom >"$tmp/bad.mbox"
lint --mbox="$tmp/bad.mbox"
refused 'bad.mbox: n' "no mail at all"
echo hello >"$tmp/bad.mbox"
lint --mbox="$tmp/bad.mbox"
refused 'no patch in it' "no patch in it"
: >"$tmp/bad.mbox"
lint --mbox="$tmp/bad.mbox"
refused 'empty' "an empty file"
lint --mbox="$tmp/nowhere"
refused 'nowhere: No such file' "a file that is not there"
lint --mbox="$tmp"
refused 'Is a directory' "a directory"

# evil NAME: a mail that adds a file of that name
evil() {
	printf 'From: E <e@example.org>\nSubject: [PATCH] $(touch pwned) `touch pwned`\n\n---\n'
	printf 'diff --git "a/%s" "b/%s"\nnew file mode 100644\n--- /dev/null\n+++ "b/%s"\n@@ -0,0 +1 @@\n+int x;\n-- \n' "$1" "$1" "$1"
}

cd "$tmp/hook" || exit
for name in '../../etc/passwd' '/etc/passwd' 'drv/../../pwned.c' '.git/hooks/pre-commit'; do
	evil "$name" >"$tmp/bad.mbox"
	lint --mbox="$tmp/bad.mbox"
	[ ! -e "$tmp/pwned.c" ] && refused 'does not apply: invalid path' "a patch to $name"
done
evil 'drv/a b\n\"$(touch pwned)`touch pwned`;touch pwned;c.c' >"$tmp/bad.mbox"
lint --mbox="$tmp/bad.mbox"
[ $status = 0 ] && grep -q '2 translation units' "$tmp/err" && untouched
ok "a name with blanks, quotes and a newline is a name"
{
	evil drv/Makefile | sed 's/^+int x;/+$(shell touch pwned)/'
	evil Makefile | sed 's/^new file.*//; s/^--- .*/--- a\/Makefile/; s/^@@.*/@@ -1,1 +1,2 @@/; s/^+int x;/+$(shell touch pwned)\n # SPDX-License-Identifier: GPL-2.0-only/'
} >"$tmp/bad.mbox"
lint --mbox="$tmp/bad.mbox"
untouched
ok "a makefile of a mail is not run"
evil drv/link.c | sed 's/100644/120000/; s/^+int x;/+\/etc\/passwd/' >"$tmp/bad.mbox"
lint --mbox="$tmp/bad.mbox"
! grep -q root "$tmp/out" "$tmp/err" && untouched
ok "a symbolic link of a mail is not followed"
[ -z "$(find "$tmp" -name 'pwned*')" ]
ok "nothing of all that was run"
evil 'drv/a b\n\"$(touch pwned)`touch pwned`;c.c' | sed 's/^+int x;/+struct x { int a:1, b:1; }; void f(struct x *x); void f(struct x *x) { x->a = 1; }/' >"$tmp/bad.mbox"
git -C "$tree" apply "$tmp/bad.mbox" && commit 'a name'
lint HEAD^..HEAD
[ $status = 0 ] && grep -q '2 translation units' "$tmp/err" && [ "$(grep -c 'racybits:' "$tmp/err")" = 2 ] &&
	grep -q 'only the callers in drv were seen' "$tmp/err" && [ -z "$(find "$tmp" -name 'pwned*')" ]
ok "... nor of such names in a range"

### what is not analysed

sed -i 's/int x;/int y;/' "$tree"/drv/*c.c 2>/dev/null
echo 'int other;' >"$tree/drv/unbuilt.c" && echo 'struct u { int a:1; };' >"$tree/drv/unbuilt.h" && commit 'not built: add'
git -C "$tree" tag unbuilt
echo 'int more;' >>"$tree/drv/unbuilt.c" && echo 'struct v { int b:1; };' >>"$tree/drv/unbuilt.h" && commit 'not built: change'
lint HEAD^..HEAD
[ $status = 2 ] && [ ! -s "$tmp/out" ] && grep -q 'drv/unbuilt.c: not analysed: ' "$tmp/err" &&
	grep -q 'drv/unbuilt.h: not analysed: ' "$tmp/err"
ok "a file that is not built, a header that nothing includes: named, status 2"
mkdir "$tree/tools" && echo 'int tool;' >"$tree/tools/tool.c" && commit 'tools: no code of the kernel'
lint HEAD^..HEAD
[ $status = 0 ] && ! grep -q 'not analysed' "$tmp/err"
ok "... but a tool is no code of the kernel"
git -C "$tree" checkout -q -f start
settle
{
	sed '/^-- $/,$d' "$tmp/good.mbox"
	echo '-- '
	head -c 52000000 /dev/zero | tr '\0' x | fold -w 70
} >"$tmp/big.mbox"
lint --mbox="$tmp/big.mbox"
[ $status = 1 ] && grep -q '^drv/foo.h:3:.*warning: ' "$tmp/out" && untouched
ok "a mail of 50 MB"
head -c 52000000 /dev/zero | tr '\0' x >"$tmp/big.mbox"
lint --mbox="$tmp/big.mbox"
refused 'no patch in it' "50 MB that are no mail"
rm "$tmp/big.mbox"
cd "$here" || exit

plain_foo=$tmp/plain.c
cp "$tree/drv/foo.c" "$plain_foo"

### what a patched file includes, and asks of the compiler

# bounded ARGUMENT...: lint that ends by itself; it takes a second of an idle processor
bounded() {
	timeout -s KILL 120 "$RACYBITS" lint -k "$tree" "$@" >"$tmp/out" 2>"$tmp/err"
	status=$?
}
if [ -e /sys/kernel/security/landlock ] || "$RACYBITS" lint -k "$tree" HEAD..HEAD 2>&1 | grep -qv Landlock; then
	echo 'int outside; struct { int a:1; } *secret = outside_of_the_tree;' >"$tmp/outside.h"
	mkfifo "$tmp/fifo"
	for file in "$tmp/outside.h" "$tmp/fifo" /dev/zero zero.h link.h /etc/passwd; do
		ln -sf /dev/zero "$tree/drv/zero.h"
		ln -sf "$tmp/outside.h" "$tree/drv/link.h"
		sed "1i#include \"$file\"" "$plain_foo" >"$tree/drv/foo.c"
		commit "include $file"
		bounded HEAD^..HEAD
		[ $status = 2 ] && grep -q 'drv/foo.c: not analysed: ' "$tmp/err" &&
			! grep -q 'outside_of_the_tree\|root:' "$tmp/out" "$tmp/err"
		ok "#include of ${file##*/}: refused, and not read"
		git -C "$tree" reset -q --hard HEAD^
	done
fi
for what in crash parser_crash overflow_stack llvm_fatal_error llvm_unreachable assert handle_crash 'dump foo_fops'; do
	{
		cat "$plain_foo"
		printf '#pragma clang __debug %s\n' "$what"
	} >"$tree/drv/foo.c"
	git -C "$tree" commit -qam "$what"
	bounded HEAD^..HEAD
	[ $status -lt 3 ] && { [ $status = 0 ] || grep -q 'drv/foo.c: not analysed: ' "$tmp/err"; } &&
		! grep -qv '^racybits: ' "$tmp/err"
	ok "#pragma clang __debug $what: bounded, and prints nothing"
	git -C "$tree" reset -q --hard HEAD^
done

settle

### ranges

lint nowhere..HEAD
refused 'nowhere: no such commit' "a commit that does not exist"
lint HEAD
refused 'expected BASE..HEAD' "no range"
lint -- '--output=pwned..HEAD'
refused '--output=pwned: no such commit' "a commit that looks like an option"
lint 'HEAD..$(touch pwned)'
refused 'no such commit' "a commit that a shell would run"
lint
refused 'which commits' "nothing to lint"
cp -R tests/minikernel "$tmp/plain"
"$RACYBITS" lint -k "$tmp/plain" HEAD^..HEAD >"$tmp/out" 2>"$tmp/err"
status=$?
refused 'not a git work tree.*git init' "no git tree"
command git init -q "$tmp" && "$RACYBITS" lint -k "$tmp/plain" HEAD^..HEAD >"$tmp/out" 2>"$tmp/err"
status=$?
refused "not the top of its git work tree; .git init" "a tree in the directory of another repository"
rm -rf "$tmp/.git"

### makefiles: those before the series, without network, and an end

plain=$tree
tree=$tmp/kbuild
cp -R "$plain" "$tree" && git -C "$tree" checkout -q -f start && git -C "$tree" rm -q compile_commands.json
mkdir -p "$tree/scripts" "$tree/include/generated" && touch "$tree/include/generated/asm-offsets.h" && echo '# not used' >"$tree/scripts/Makefile.build"
printf '\ninclude drv/Makefile\ndrv/ ./: drv/foo.o\n' >>"$tree/Makefile"
printf 'drv/foo.o: drv/foo.c\n\t$(CC) -nostdinc -I./include -include ./include/linux/compiler_types.h -D__KERNEL__ -c -o $@ $<\n' \
	>"$tree/drv/Makefile"
commit 'kbuild: makefiles'
git -C "$tree" tag -f start >/dev/null
sed -i 's/bool b;/bool b:1;/' "$tree/drv/foo.h" && commit "foo: pack b"
lint start..HEAD
[ $status = 1 ] && grep -q "^drv/foo.h:3:.*warning: " "$tmp/out"
ok "commands from make"
printf '$(error a makefile of the series was run)\n' >>"$tree/drv/Makefile"
sed -i '1i$(error a makefile of the series was run)' "$tree/Makefile"
cp "$tree/drv/foo.c" "$tree/drv/new.c" && sed -i 's/foo_fops/new_fops/' "$tree/drv/new.c"
commit "foo: other makefiles"
settle
lint start..HEAD
[ $status = 1 ] && grep -q "^drv/foo.h:3:.*warning: " "$tmp/out" && grep -q '2 translation units' "$tmp/err"
ok "... those of the makefiles before the series, with a new file as its neighbour"
untouched
ok "... and nothing is touched, nothing left"
lint HEAD^..HEAD
[ $status = 0 ] && ! grep -q 'not analysed' "$tmp/err"
ok "... also of a series that changes makefiles alone"
git -C "$tree" checkout -q -f HEAD^
network=off
"$RACYBITS" lint -k "$tree" start..start 2>&1 | grep -q 'take no network\|take TCP alone' && network=on
if [ $network = off ]; then
	{
		printf 'ifneq ($(shell sed -n "s/:.*//p" /proc/net/dev | tr -d " "),lo)\n'
		printf '$(error there is a network)\nendif\n'
	} >>"$tree/Makefile" && commit network
	sed -i 's/bool c;/bool c:1;/' "$tree/drv/foo.h" && commit "foo: pack c"
	lint HEAD^..HEAD
	[ $status = 0 ] && grep -q "new bitfield 'c'" "$tmp/out"
	ok "make has no network"
	git -C "$tree" checkout -q -f HEAD~2
fi
mkdir "$tmp/nomake" && ln -s "$(command -v git)" "$tmp/nomake/"
PATH=$tmp/nomake lint start..HEAD
[ $status = 2 ] && grep -q 'make: not analysed: cannot start make: No such file' "$tmp/err" &&
	grep -q 'drv/foo.h: not analysed' "$tmp/err"
ok "no make: status 2, and what was not looked at"
printf 'drv/foo.o: drv/foo.c\n    no tab\n' >"$tree/drv/Makefile" && commit 'foo: break the makefile'
echo 'struct more;' >>"$tree/drv/foo.h" && commit 'foo: declare'
lint HEAD^..HEAD
[ $status = 2 ] && grep -q 'make: not analysed: drv/Makefile:2: missing separator' "$tmp/err" &&
	grep -q 'drv/foo.h: not analysed' "$tmp/err"
ok "a syntax error in a makefile: the same"
printf 'X := $(shell trap "" TERM; sleep 1000.%s)\n' $$ >"$tree/drv/Makefile" && commit 'foo: make hangs'
echo 'struct more;' >>"$tree/drv/foo.h" && commit 'foo: declare again'
settle
hangs() { pgrep -f "^sleep 1000.$$" >/dev/null; }
for signal in TERM HUP KILL; do
	$heeding "$RACYBITS" lint -k "$tree" HEAD^..HEAD >"$tmp/out" 2>"$tmp/err" &
	soon hangs && { interrupt $signal || [ $? -gt 128 ]; } && soon not hangs && left_clean
	ok "SIG$signal while make hangs: it ends, with all that it has started"
done
env --ignore-signal=HUP "$RACYBITS" lint -k "$tree" HEAD^..HEAD >"$tmp/out" 2>"$tmp/err" &
soon hangs && kill -HUP $! && sleep 0.2 && hangs && kill -0 $! && { interrupt TERM || [ $? = 143 ]; } && soon not hangs && left_clean
ok "a SIGHUP that is ignored is ignored, as under nohup"
tree=$plain

### names of trees, and what a repository's configuration would run

# json TEXT: as a string of JSON
json() { printf %s "$1" | sed 's/[\\"]/\\&/g' | sed -n 'H; ${ x; s/^\n//; s/\n/\\n/g; p }'; }
plain=$tree
for name in 'with:colon' $'new\nline' 'with blank' $'quote"backslash\\'; do
	tree=$tmp/names/$name
	shown=$(json "$name")
	mkdir -p "$tmp/names" && cp -R "$plain" "$tree" && git -C "$tree" checkout -q -f start
	sed "s|\"directory\":\"[^\"]*\"|\"directory\":\"$(json "$tree" | sed 's/[\\&|]/\\&/g')\"|" "$plain/compile_commands.json" \
		>"$tree/compile_commands.json"
	commit here && sed -i 's/bool b;/bool b:1;/' "$tree/drv/foo.h" && commit "foo: pack b here"
	lint HEAD^..HEAD
	[ $status = 1 ] && grep -q "^drv/foo.h:3:.*warning: " "$tmp/out"
	ok "a tree in '$shown'"
done
tree=$plain
git -C "$tree" checkout -q -f packed
cp "$tree/.git/config" "$tmp/config"
printf '* filter=evil diff=evil\n' >"$tree/.git/info/attributes"
for key in filter.evil.clean filter.evil.smudge filter.evil.process diff.evil.textconv diff.evil.command core.fsmonitor \
	core.pager core.sshCommand; do
	git -C "$tree" config $key "touch $tmp/pwned"
done
git -C "$tree" config filter.evil.required true
rm -f "$tmp/pwned"
touch "$tree"/drv/*
lint start..packed
[ $status = 1 ] && grep -q "^drv/foo.h:3:.*warning: " "$tmp/out" && [ ! -e "$tmp/pwned" ]
ok "no program that the repository's configuration names is run"
lint --mbox="$tmp/good.mbox"
[ $status = 2 ] && grep -q 'does not apply' "$tmp/err" && [ ! -e "$tmp/pwned" ]
ok "... nor for a mail"
git -C "$tree" config 'filter.a=b.clean' x
lint start..packed
[ $status = 2 ] && grep -q 'cannot turn off filter.a=b.clean' "$tmp/err"
ok "... or lint refuses to work"
cp "$tmp/config" "$tree/.git/config"
rm "$tree/.git/info/attributes"
settle

### two at once, and interrupted ones

lint start..packed &
first=$!
"$RACYBITS" lint -k "$tree" start..packed >"$tmp/second" 2>&1
second=$?
wait $first
[ $second = 1 ] && grep -q '^drv/foo.h:3:.*warning: ' "$tmp/out" "$tmp/second"
ok "two at once"
for signal in HUP TERM KILL; do
	clean=true
	for delay in 0.02 0.1 0.2 0.4; do
		$heeding "$RACYBITS" lint -k "$tree" start..packed >"$tmp/out" 2>"$tmp/err" &
		sleep $delay
		interrupt $signal
		left_clean || clean=false
	done
	$clean
	ok "SIG$signal leaves nothing"
done

### drivers/vfio of a real tree

prepared=$(KVER=6.12 scripts/tree.sh) || exit
tree=$tmp/linux
tests/subset.sh "$prepared" "$tree" && git init -q "$tree" && git -C "$tree" config user.name T &&
	git -C "$tree" config user.email t@example.org && git -C "$tree" config gc.auto 0 &&
	{ printf '%s\n' '*.o' '*.cmd' .config include/generated include/config arch/x86/include/generated; } >"$tree/.git/info/exclude" &&
	rm -f "$tree/.gitignore" && git -C "$tree" add -A . && git -C "$tree" commit -qm Linux || exit
header=include/linux/vfio_pci_core.h
flags='virq_disabled bardirty needs_reset pm_intx_masked pm_runtime_engaged'
commit_changes() { git -C "$tree" commit -qam "$1"; }
for flag in $flags; do sed -i "s/\(bool[ \t]*$flag\);/\1:1;/" "$tree/$header"; done
commit_changes "vfio/pci: pack the runtime flags"
git -C "$tree" revert --no-edit HEAD >/dev/null
echo '/* unrelated */' >>"$tree/drivers/vfio/vfio_main.c" && commit_changes unrelated
sed -i "s/^struct vfio_pci_core_device {/$(printf '\\n%.0s' $(seq 30))&/" "$tree/$header" && commit_changes moved

git -C "$tree" tag moved
lint --confidence=low HEAD~4..HEAD~3
[ $status = 1 ] && [ "$(grep -c 'warning: struct vfio_pci_core_device: .*\[racy-bitfield\]$' "$tmp/out")" = 2 ] &&
	grep -q 'called by file_operations.write > .* => vfio_basic_config_write$' "$tmp/out"
ok "flags packed again: two units race, with the witness"
at=$(sed -n "s|^$header:\([0-9]*\):.*warning: .*virq_disabled.*|\1|p" "$tmp/out")
git -C "$tree" diff -U0 HEAD~4 HEAD~3 | grep -qE "^@@ -[0-9,]* \+$at(,[0-9]+)? @@" &&
	git -C "$tree" show "HEAD~3:$header" | sed -n "${at}p" | grep -q 'virq_disabled:1'
ok "... on the line that is added"
lint --confidence=low HEAD~3..HEAD~2
[ $status = 0 ] && [ "$(grep -c 'note: gone: struct vfio_pci_core_device' "$tmp/out")" = 2 ]
ok "the revert: nothing new, and says what it removes"
# (that a limit was met is said, whatever is found)
no_finding() { [ $status = 0 ] && ! grep -v '^note: limits of the analysis were met: ' "$tmp/out"; }
lint HEAD~2..HEAD~1
no_finding
ok "an unrelated commit"
lint HEAD~1..HEAD
no_finding
ok "a struct that moves by 30 lines"
patch HEAD~3 >"$tmp/vfio.mbox"
git -C "$tree" checkout -q HEAD~4
settle
lint --terse --confidence=low --mbox="$tmp/vfio.mbox"
[ $status = 1 ] && [ "$(grep -c '^include/linux/vfio_pci_core.h:[0-9]*: WARNING: ' "$tmp/out")" = 2 ]
ok "the same by mail"
untouched
ok "... and nothing is touched, nothing left"
# facts DB: what is kept of each file of each state, and of which files it was made
cat >"$tmp/facts.c" <<'END'
	#include <sqlite3.h>
	#include <stdio.h>
	static int line(void *ctx, int n, char **v, char **names)
	{
		for (int i = 0; i < n; i++)
			printf("%s ", v[i] ? v[i] : "none");
		return !putchar('\n');
	}
	int main(int argc, char **argv)
	{
		sqlite3 *db;
		return sqlite3_open(argv[1], &db) ||
		       sqlite3_exec(db, "SELECT name, file, failed FROM tu, tree WHERE tree = tree.id ORDER BY 1, 2", line, 0, 0) ||
		       sqlite3_exec(db, "SELECT kind, hash FROM chunk ORDER BY 1, 2", line, 0, 0) ||
		       sqlite3_exec(db, "SELECT path, hash FROM file ORDER BY 1, 2", line, 0, 0);
	}
END
${HOSTCC:-gcc} -w -o "$tmp/facts" "$tmp/facts.c" -lsqlite3 || exit
lint --mbox="$tmp/vfio.mbox" --db "$tmp/with.db" drivers/vfio && lint --mbox="$tmp/vfio.mbox" --db "$tmp/without.db" --no-pch drivers/vfio
"$tmp/facts" "$tmp/with.db" >"$tmp/with" && "$tmp/facts" "$tmp/without.db" >"$tmp/without" &&
	[ "$(grep -c 'after drivers/vfio' "$tmp/with")" -gt 20 ] && cmp -s "$tmp/with" "$tmp/without"
ok "precompiled headers of files that the patches change: the same facts"

### the targets of docs/kbuild.md, in the tree and with O=

awk '/^# make check/ { inside = 1 } /^```/ { inside = 0 } inside' docs/kbuild.md >"$tmp/snippet"
awk -v snippet="$tmp/snippet" '/^endif # config-build/ { while ((getline line <snippet) > 0) print line } { print }' \
	"$tree/Makefile" >"$tmp/Makefile" && cp "$tmp/Makefile" "$tree/Makefile"
# target NAME ARGUMENT...: make of a target of the tree, by the program that is tested
target() { env -i PATH="$PATH" HOME="$tmp" TMPDIR="$TMPDIR" XDG_CACHE_HOME="$XDG_CACHE_HOME" GIT_CONFIG_GLOBAL=/dev/null \
	make -C "$tree" RACYBITS="$RACYBITS" "$@" >"$tmp/out" 2>"$tmp/err" </dev/null; }
for O in '' "O=$tmp/obj"; do
	if [ "$O" ]; then
		mkdir -p "$tmp/obj/include" "$tmp/obj/arch/x86/include"
		mv "$tree/.config" "$tmp/obj"
		mv "$tree"/include/{config,generated} "$tmp/obj/include"
		mv "$tree/arch/x86/include/generated" "$tmp/obj/arch/x86/include"
	fi
	! target ${O:+"$O"} check-lint RANGE=moved~4..moved~3 && grep -q 'make.*check-lint] Error 1$' "$tmp/err" &&
		[ "$(grep -c 'warning: struct vfio_pci_core_device: .*\[racy-bitfield\]$' "$tmp/out")" = 2 ]
	ok "make check-lint${O:+ O=}: what the range adds fails it"
	target ${O:+"$O"} check-lint RANGE=moved~1..moved
	ok "... what is nothing does not"
	target ${O:+"$O"} check DIR=drivers/vfio/virqfd.c && grep -q ' units; 1 translation units, ' "$tmp/err"
	ok "make check${O:+ O=}"
done
! grep -qE "SYNC|HOSTCC" "$tmp/out"
ok "... and kbuild makes nothing for it"

echo "1..$tests"
