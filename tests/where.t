#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# Which tree and which files a command means: found from the current directory, relative to it or to the
# tree, in a build directory, not built in this configuration.
set -u
here=$(cd "$(dirname "$0")" && pwd) || exit
RACYBITS=$(readlink -f "${RACYBITS:-$here/../racybits}")
KDIR=${KDIR:-$(GENERATE=no KVER=6.12.95 CC=clang "$here/../scripts/tree.sh" 2>/dev/null | tail -n 1)}
tmp=$(mktemp -d) || exit
trap 'rm -rf "$tmp"' EXIT
tests=0

ok() {
	local status=$?

	tests=$((tests + 1))
	[ $status = 0 ] || printf 'not '
	echo "ok $tests - $1"
	[ $status = 0 ] || sed 's/^/# /' "$tmp/out" "$tmp/err"
}

# in_dir DIR ARGUMENT...: runs it there
in_dir() { (cd "$1" && shift && timeout 60 "$RACYBITS" "$@") >"$tmp/out" 2>"$tmp/err" </dev/null; status=$?; }
found() { [ $status = 1 ] && grep -q "^$1:.*racy-bitfield" "$tmp/out"; }
refused() { [ $status = 2 ] && [ ! -s "$tmp/out" ] && [ "$(wc -l <"$tmp/err")" = 1 ] && grep -q "^racybits: $1" "$tmp/err"; }

tree="$tmp/a tree"
cp -R "$here/minikernel" "$tree"
mkdir -p "$tree/drv/sub" "$tmp/elsewhere"
cat >"$tree/drv/sub/foo.c" <<-'END'
	#include <linux/fs.h>
	struct foo { struct rw_semaphore lock; bool a:1; bool b:1; };
	static long foo_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
	{
		struct foo *foo = file->private_data;

		foo->a = cmd;
		foo->b = arg;
		return 0;
	}
	const struct file_operations foo_fops = { .unlocked_ioctl = foo_ioctl };
END
cat >"$tree/compile_commands.json" <<-END
	[{"directory": "$tree", "file": "drv/sub/foo.c", "arguments": ["clang", "-nostdinc", "-I./include",
	"-include", "./include/linux/compiler_types.h", "-D__KERNEL__", "-c", "-o", "foo.o", "drv/sub/foo.c"]}]
END

in_dir "$tree" check
found drv/sub/foo.c
ok "the current directory is a tree"
in_dir "$tree/drv" check
found drv/sub/foo.c
ok "the tree is above the current directory"
in_dir "$tree/drv" check sub
found drv/sub/foo.c
ok "a directory relative to the current one"
in_dir "$tree/drv/sub" check foo.c
found drv/sub/foo.c
ok "a file relative to the current directory"
in_dir "$tree/drv/sub" check .
found drv/sub/foo.c
ok "the current directory itself"
in_dir "$tree/drv/sub" check drv/sub/foo.c
found drv/sub/foo.c
ok "a file relative to the tree, from below"
in_dir "$tree/drv/sub" check -k "$tree" foo.c
found drv/sub/foo.c
ok "-k names the tree, the file is relative to the current directory"
in_dir "$tmp" check -k "a tree" drv
found drv/sub/foo.c
ok "-k is relative, the directory relative to the tree"
in_dir "$tree/drv" explain foo sub
[ $status = 1 ] && grep -q 'struct foo (drv/sub/foo.c:2)' "$tmp/out"
ok "explain takes them, too"

mkdir "$tree/other"
cat >"$tree/other/bar.h" <<-'END'
	#include <linux/fs.h>
	struct bar { struct rw_semaphore lock; _Bool a:1; _Bool b:1; };
END
sed 's/struct foo {.*/#include "bar.h"/; s/foo/bar/g' "$tree/drv/sub/foo.c" >"$tree/other/bar.c"
cp "$tree/compile_commands.json" "$tmp/one.json"
sed -n 's/^\[//; s/\]$//; p' "$tmp/one.json" >"$tmp/entry"
{ echo '['; cat "$tmp/entry"; echo ,; sed 's#drv/sub/foo#other/bar#g' "$tmp/entry"; echo ']'; } >"$tree/compile_commands.json"
in_dir "$tree/other" check bar.h
found other/bar.h && ! grep -q 'struct foo' "$tmp/out"
ok "a header: what the whole tree does with its structs"
in_dir "$tree" check other/bar.h drv
refused 'check: headers and other paths together'
ok "a header beside a directory"
in_dir "$tree" check other/none.h
refused 'other/none.h: no such file or directory in '
ok "a header that is not there"
cp "$tmp/one.json" "$tree/compile_commands.json"

# the same text means another directory from elsewhere, also with facts that are kept
in_dir "$tree/drv" check --db "$tmp/db" .
found drv/sub/foo.c && mkdir "$tree/none"
in_dir "$tree/none" check --db "$tmp/db" .
refused '\.: no translation unit'
ok "a name of another directory is not taken for one that is kept"

in_dir "$tmp/elsewhere" check
refused '/.*/elsewhere is not a kernel tree .*: name one with -k'
ok "no tree anywhere above"
in_dir "$tree/drv" check nowhere
refused 'nowhere: no such file or directory in '
ok "a file that is not there"

# a build directory has a link to the sources
out=$tmp/out-of-tree
mkdir -p "$out/include" "$out/drv"
cp -R "$tree/include/." "$out/include"
cp "$tree/.config" "$out"
ln -s "$tree" "$out/source"
in_dir "$out/drv" check drv/sub
found drv/sub/foo.c
ok "the current directory is below a build directory"
in_dir "$tmp" check -k "$out" drv/sub
found drv/sub/foo.c
ok "-k names a build directory"

in_dir "$KDIR/drivers" check gpu/drm/xe
refused 'gpu/drm/xe: .*: CONFIG_DRM_XE is not set in /'
ok "a directory that this configuration does not build: its option is named"
in_dir "$KDIR/drivers/usb" check dwc2/core.c
refused 'dwc2/core.c: .*: CONFIG_USB_DWC2 is not set in /'
ok "a file in one"

echo "1..$tests"
