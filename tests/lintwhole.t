#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# racybits lint with the facts of a whole configuration: callers anywhere in the tree count, comments do not, and what
# a series makes worse is shown by the pair that it adds. In a little tree of three directories.
set -u
cd "$(dirname "$0")/.." || exit
unset MAKEFLAGS MFLAGS MAKELEVEL
RACYBITS=$(readlink -f "${RACYBITS:-racybits}")
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
mkdir "$tmp/scratch"
export TMPDIR=$tmp/scratch XDG_CACHE_HOME=$tmp/cache GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
tests=0
ok() {
	local status=$?

	tests=$((tests + 1))
	[ $status = 0 ] || printf 'not '
	echo "ok $tests - $1"
	[ $status = 0 ] || sed 's/^/# /' "$tmp/out" "$tmp/err"
}

tree=$tmp/tree
cp -R tests/minikernel "$tree" && mkdir "$tree/drv" "$tree/user" "$tree/other" || exit
cat >"$tree/drv/foo.h" <<'END'
struct foo {
	bool a:1;
	bool b:1;
	int setup;
};
void foo_set(struct foo *foo, bool v);
void foo_other(struct foo *foo, bool v);
END
cat >"$tree/drv/foo.c" <<'END'
#include <linux/fs.h>
#include "foo.h"

void foo_set(struct foo *foo, bool v)
{
	foo->a = v;
}

void foo_other(struct foo *foo, bool v)
{
	foo->b = v;
}
END
# caller NAME FUNCTION: a file whose ioctl calls FUNCTION
caller() {
	cat <<END
#include <linux/fs.h>
#include "../drv/foo.h"

static long $1_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct foo *foo = file->private_data;

	$2(foo, cmd);
	return 0;
}

const struct file_operations $1_fops = { .unlocked_ioctl = $1_ioctl };
END
}
caller user foo_set >"$tree/user/user.c"
caller other foo_other >"$tree/other/other.c"
for file in drv/foo.c user/user.c other/other.c; do
	printf '%s{"directory":"%s","file":"%s","arguments":["clang","-nostdinc","-I./include","-include",
"./include/linux/compiler_types.h","-D__KERNEL__","-c","-o","%s","%s"]}' "${comma-[}" "$tree" $file "${file%c}o" $file
	comma=,
done >"$tree/compile_commands.json"
echo ']' >>"$tree/compile_commands.json"
git() { command git -C "$tree" "$@"; }
commit() { git add -A -f . && git commit -qm "$1"; }
git init -q && git config user.name T && git config user.email t@example.org && git config gc.auto 0 && commit start || exit
git tag start

lint() {
	"$RACYBITS" lint --confidence=low -k "$tree" "$@" >"$tmp/out" 2>"$tmp/err"
	status=$?
}
# figures NEW WORSE KNOWN GONE: what the last line says
figures() { tail -n 1 "$tmp/err" | grep -q "^racybits: $1 new, $2 worse, $3 known, $4 gone findings"; }

### the whole configuration, once its facts are kept

echo 'void foo_third(void);' >>"$tree/drv/foo.h" && commit 'declare'
lint start..HEAD
[ $status = 0 ] && figures 0 0 1 0 && grep -q '3 translation units' "$tmp/err"
ok "without kept facts: a header's users by their #include lines"
echo 'int more;' >>"$tree/drv/foo.c" && commit 'drv alone'
lint HEAD^..HEAD
[ $status = 0 ] && figures 0 0 0 0 && grep -q "only the callers in drv were seen: 'racybits check' of the whole tree" "$tmp/err"
ok "... of a .c file those near it, and what was not seen is said"
"$RACYBITS" check --confidence=low -k "$tree" >"$tmp/whole" 2>"$tmp/err"
[ $? = 1 ]
ok "the whole tree has a finding"
lint HEAD^..HEAD
[ $status = 0 ] && figures 0 0 1 0 && ! grep -q 'were seen' "$tmp/err" && grep -q ' 3 translation units, before and after' "$tmp/err"
ok "lint sees all callers"
lint HEAD^..HEAD
figures 0 0 1 0 && grep -q ' 0 parsed now' "$tmp/err"
ok "... and parses nothing twice"
# a finding may be kept of a tree that was judged, but never of another one
cp "$(echo "$tmp"/cache/racybits/facts-*.db)" "$tmp/kept.db"
lint --db="$tmp/kept.db" HEAD^..HEAD
cp "$tmp/out" "$tmp/first"
"$RACYBITS" check --confidence=low -k "$tree" --db="$tmp/kept.db" >/dev/null 2>&1
lint --db="$tmp/kept.db" HEAD^..HEAD
[ $status = 0 ] && figures 0 0 1 0 && cmp -s "$tmp/out" "$tmp/first"
ok "findings that are kept are the same"
echo 'claim accept nothing at all' >"$tmp/more.model"
lint --db="$tmp/kept.db" --model="$tmp/more.model" HEAD^..HEAD
figures 0 0 1 0
ok "... of another model they are found again"
lint --db="$tmp/kept.db" --confidence=high HEAD^..HEAD
figures 0 0 0 0
ok "... and of another confidence"
lint --db="$tmp/kept.db" -j1 --policy=strict HEAD^..HEAD
figures 0 0 1 0
ok "... in one process"
git checkout -q start
lint start..start
[ $status = 0 ] && figures 0 0 1 0
ok "another commit checked out"

# verdicts before and after are those of check
sed -i 's/foo_set(foo, cmd);/(void)foo;/' "$tree/user/user.c" && commit 'call no more'
git tag uncalled
lint start..uncalled
[ $status = 0 ] && figures 0 0 0 1 && grep -q "note: gone: struct foo: " "$tmp/out"
ok "a call that goes in another directory takes the finding with it"
"$RACYBITS" check --confidence=low -k "$tree" >"$tmp/out" 2>"$tmp/err"
status=$?
[ $status = 0 ]
ok "... as check says of that tree"
git revert --no-edit HEAD >/dev/null
lint uncalled..HEAD
[ $status = 1 ] && figures 1 0 0 0 && grep -q '^user/user.c:8:.*warning: struct foo: ' "$tmp/out"
ok "a call that comes back brings it, on the line that adds the call"
"$RACYBITS" check --confidence=low -k "$tree" >"$tmp/out" 2>"$tmp/err"
[ $? = 1 ] && cmp -s "$tmp/whole" "$tmp/out"
ok "... as check says"
git format-patch -q -1 --stdout >"$tmp/back.mbox" && git checkout -q uncalled
lint --mbox="$tmp/back.mbox" --format=json
[ $status = 1 ] && figures 1 0 0 0
ok "... by mail, too"

### comments and white space

# quiet SED NAME: an edit of the header that changes nothing
quiet() {
	git checkout -q -f start
	sed -i "$1" "$tree/drv/foo.h" && commit "$2"
	lint HEAD^..HEAD
	[ $status = 0 ] && figures 0 0 1 0 && grep -q ' 0 parsed now' "$tmp/err"
	ok "$2: nothing is parsed"
}
quiet 's|bool b:1;|& /* a comment */|' "a comment"
quiet '1i/* top */\n\n' "lines"
quiet 's/bool a:1;/bool  a : 1;/' "white space"
# loud SED NAME NEW WORSE KNOWN GONE [PARSED]: one that does
loud() {
	git checkout -q -f start
	sed -i "$1" "$tree/drv/foo.h" && commit "$2"
	lint HEAD^..HEAD
	figures "$3" "$4" "$5" "$6" && grep -q " ${7:-3} parsed now" "$tmp/err"
	ok "$2: the files that it concerns are parsed"
}
loud 's|bool a:1;|& /* races are harmless */|' "a comment that accepts races" 0 0 0 1 1
loud 's|bool a:1;|& /* protected by a lock */|' "a claim" 0 0 1 0 1
loud 's|int setup;|&\n#endif\n#pragma clang __debug crash\n#if 0|' "what makes clang crash" 0 0 0 1
[ $status = 2 ] && grep -q 'drv/foo.c: not analysed: ' "$tmp/err"
ok "... status 2"

### a header that changes: who cannot tell is not parsed

# carried PARSED SED NAME NEW WORSE KNOWN GONE [SED]: an edit of the header (and of other/other.c), and that the report is the one of
# a parse of all
carried() {
	git checkout -q -f start
	sed -i "$2" "$tree/drv/foo.h" && sed -i "${8:-/nothing/d}" "$tree/other/other.c" && commit "$3"
	lint --format=json HEAD^..HEAD
	sed 's/"seconds": *[0-9.]*//; s/"reused": *[0-9]*//' "$tmp/out" >"$tmp/carried"
	figures "$4" "$5" "$6" "$7" && grep -q " $1 parsed now" "$tmp/err"
	ok "$3: $1 parsed"
	lint --format=json --no-pch --db="$tmp/other.db" HEAD^..HEAD
	sed 's/"seconds": *[0-9.]*//; s/"reused": *[0-9]*//' "$tmp/out" | diff "$tmp/carried" - >"$tmp/differ" && ! grep -q ' 0 parsed now' "$tmp/err"
	ok "... with the same report"
	rm -f "$tmp"/other.db*
}
before='/^struct foo/i'
carried 0 "${before}int foo_fresh(int v);\n" "a prototype of nobody" 0 0 1 0
carried 0 "${before}static inline int foo_fresh(int v)\n{\n\treturn v;\n}\n" "an inline function of nobody" 0 0 1 0
carried 1 "${before}static inline void foo_fresh(struct foo *foo);\n" "a function that one file calls" 0 0 1 0 's/foo_other(foo, cmd);/&\n\tfoo_fresh(foo);/'
carried 1 's/bool b:1;/&\n\tbool c:1;/' "a bit of nobody" 0 0 1 0
carried 1 's/bool a:1;/&\n\tbool c:1;/' "a bit between others" 0 0 1 0
carried 1 's/bool a:1;/&\n\tbool c:1;/' "a bit that one file writes" 0 1 0 0 's/foo_other(foo, cmd);/&\n\tfoo->c = arg;/'
carried 3 's/int setup;/&\n\tint more;/' "a member that makes the struct larger" 0 0 1 0
carried 3 "${before}#include <linux/fs.h>" "an #include" 0 0 1 0
carried 3 's/bool b:1;/bool b;/' "a bit of its own, with a name that headers have, too" 0 0 0 1

# A header of two structs: who reads it without a word of the one that grows cannot tell.
git checkout -q -f start
printf '%s\n' 'enum foo_state { FOO_NEW, FOO_OLD };' 'struct inner {' '	bool x:1;' '	int y;' '};' 'struct outer {' '	struct inner in;' '	bool z:1;' '};' \
	'struct small_part {' '	int p;' '};' 'struct has_part {' '	struct small_part in;' '	bool q:1;' '};' 'struct distant {' '	int f;' '	bool g:1;' '};' >"$tmp/types" && cat "$tree/drv/foo.h" >>"$tmp/types" && mv "$tmp/types" "$tree/drv/foo.h" &&
	sed -i 's/foo_other(foo, cmd);/&\n\tmemset((struct outer *)arg, 0, sizeof(struct outer));/' "$tree/other/other.c" && commit types && git tag -f start >/dev/null
"$RACYBITS" check --confidence=low -k "$tree" >/dev/null 2>&1
carried 1 's/int f;/&\n\tint more;/' "a struct of nobody that grows" 0 0 1 0
carried 1 's/int f;/&\n\tint (*more)(int a);/' "... by what has parentheses" 0 0 1 0
carried 2 's/int y;/&\n\tint more;/' "a struct that grows, with one that has it and one file that uses that" 0 0 1 0
carried 1 's/int p;/&\n\tint more;/' "a struct without bitfields that grows, and one that has it" 0 0 1 0
carried 3 's/int y;/&\n#ifdef MORE\n\tint more;\n#endif/' "... under a condition" 0 0 1 0
carried 0 's/FOO_OLD/&, FOO_DEAD/' "an enumerator behind the last" 0 0 1 0
carried 1 's/FOO_OLD/&, FOO_DEAD/' "... that one file uses" 0 0 1 0 's/foo_other(foo, cmd);/foo_other(foo, FOO_DEAD);/'
carried 3 's/FOO_OLD/FOO_DEAD, &/' "... before the last" 0 0 1 0
carried 0 "${before}typedef int (*foo_t)(struct foo *foo);\n" "a type of nobody" 0 0 1 0

git checkout -q -f start
sed -i '/^struct foo/i#define FOO_FRESH 1' "$tree/drv/foo.h" && sed -i '$i#define FS_FRESH FOO_FRESH' "$tree/include/linux/fs.h" &&
	commit "two headers"
lint HEAD^..HEAD
figures 0 0 1 0 && grep -q ' 3 parsed now' "$tmp/err"
ok "two headers that change, of which one uses what the other declares: all that read it are parsed"

### facts that stay the same although tokens change

git checkout -q -f start
sed -i 's/foo->a = v;/foo->a = !!v;/; s/static long/static noinline long/' "$tree/drv/foo.c" && sed -i '/int setup;/a\	int more;' "$tree/drv/foo.h" && commit 'a member'
lint start..HEAD
[ $status = 0 ] && figures 0 0 1 0
ok "a member that changes nothing"

### what is worse

git checkout -q -f start
cat >>"$tree/drv/foo.c" <<'END'

void foo_more(struct foo *foo)
{
	foo->b = !foo->setup;
}
END
echo 'void foo_more(struct foo *foo);' >>"$tree/drv/foo.h"
sed -i 's/foo_other(foo, cmd);/&\n\tif (arg)\n\t\tfoo_more(foo);/' "$tree/other/other.c" && commit 'a third writer'
lint start..HEAD
[ $status = 1 ] && figures 0 1 0 0 && grep -q '^drv/foo.c:16:.*warning: .* (known, but now worse)' "$tmp/out" &&
	grep -q "note: writer 2: .* in foo_more() " "$tmp/out" && ! grep -q "in foo_other() " "$tmp/out"
ok "what is worse is shown by the pair that the series adds"
lint --format=json start..HEAD
grep -q '"function": *"foo_more"' "$tmp/out"
ok "... in JSON"
lint --confidence=high start..HEAD
[ $status = 0 ] && ! grep -q warning "$tmp/out" && figures 0 0 0 0 && tail -n 1 "$tmp/err" | grep -q 'less sure ones are left out'
ok "--confidence=high: a finding that is less sure does not count, and that is said"

### a file that is not built

git checkout -q -f start
echo 'int a;' >"$tree/drv/unbuilt.c" && commit 'add a file' && git tag unbuilt
echo 'int b;' >>"$tree/drv/unbuilt.c" && commit 'change it'
lint unbuilt..HEAD
[ $status = 2 ] && grep -q 'drv/unbuilt.c: not analysed: this configuration does not build it' "$tmp/err"
ok "a file that is not built: status 2, and its name"
lint --unbuilt=ignore unbuilt..HEAD
[ $status = 0 ] && grep -q 'drv/unbuilt.c: passed over: this configuration does not build it' "$tmp/err"
ok "--unbuilt=ignore passes over it, and says so"
echo '/* a comment */' >>"$tree/drv/unbuilt.c" && commit 'comment it'
lint HEAD^..HEAD
[ $status = 0 ] && ! grep -q 'unbuilt.c' "$tmp/err"
ok "a comment in it is nothing"

# options of the tree: those before the series
git checkout -q -f unbuilt
echo '--unbuilt=ignore' >"$tree/.racybits" && echo 'int c;' >>"$tree/drv/unbuilt.c" && commit 'choose how to be judged'
lint HEAD^..HEAD
[ $status = 2 ] && ! grep -q 'options of' "$tmp/err"
ok "a series does not choose the options"
echo 'int d;' >>"$tree/drv/unbuilt.c" && echo '--max=x' >"$tree/.racybits" && commit 'the next one'
lint HEAD^..HEAD
[ $status = 0 ] && grep -q "options of $tree/.racybits: --unbuilt=ignore" "$tmp/err" && grep -q 'unbuilt.c: passed over' "$tmp/err"
ok "... the tree before it does"
lint --no-tree-options HEAD^..HEAD
[ $status = 2 ]
ok "... unless --no-tree-options is given"

[ -z "$(ls -A "$TMPDIR")" ]
ok "nothing is left behind"
echo "1..$tests"
