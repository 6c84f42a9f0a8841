#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# What docs/editors.md says, tried in the editors that are there: its blocks are what they are given, and each block "text" is
# what they show of a little tree ("..." at the end of a line stands for more of it).
set -u
cd "$(dirname "$0")/.." || exit
unset MAKEFLAGS MFLAGS MAKELEVEL NO_COLOR
here=$PWD
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
mkdir "$tmp/bin"
ln -s "$(readlink -f "${RACYBITS:-racybits}")" "$tmp/bin/racybits"
export PATH=$tmp/bin:$PATH XDG_CACHE_HOME=$tmp/cache HOME=$tmp
tests=0

# ok NAME: the status of the command before
ok() {
	local status=$?

	tests=$((tests + 1))
	[ $status = 0 ] || printf 'not '
	echo "ok $tests - $1"
	[ $status = 0 ] || sed 's/^/# /' "$tmp/shown" "$tmp/log"
}

# skip NAME WHY
skip() {
	tests=$((tests + 1))
	echo "ok $tests - $1 # SKIP $2"
}

# block KIND N: the N-th block of this kind of the page
block() { awk -v head="\`\`\`$1" -v n="$2" '/^```/ { inside = $0 == head && ++seen == n; next } inside' docs/editors.md; }

# shown N: is block "text" N what was shown, line by line?
shown() {
	block text "$1" | awk '
	NR == FNR { wanted[NR] = $0; n = NR; next }
	{ more = sub(/\.\.\.$/, "", wanted[FNR]) }
	more ? index($0, wanted[FNR]) != 1 : $0 != wanted[FNR] { print "expected: " wanted[FNR]; bad = 1 }
	END { exit bad || FNR != n || !n }' - "$tmp/shown" >>"$tmp/log"
}

tree=$tmp/tree
cp -R tests/minikernel "$tree" && mkdir "$tree/drv" && touch "$tree/MAINTAINERS" &&
	sed '/^\/\/ expect/d' tests/fixtures/objects/container-of-chain-racy.c >"$tree/drv/foo.c" || exit
cat >"$tree/compile_commands.json" <<END
[{"directory": "$tree", "file": "drv/foo.c", "arguments": ["clang", "-nostdinc", "-I./include", "-include",
"./include/linux/kconfig.h", "-include", "./include/linux/compiler_types.h", "-D__KERNEL__", "-DMODULE", "-std=gnu11",
"-c", "-o", "drv/foo.o", "drv/foo.c"]}]
END
: >"$tmp/log"

name="vim: :make fills the quickfix list, with the indented lines"
if vim --version 2>/dev/null | grep -q '+quickfix'; then
	mkdir -p "$tmp/.vim/compiler" && block vim 1 >"$tmp/.vim/compiler/racybits.vim"
	(cd "$tree" && timeout 60 vim -es -Nu NONE --cmd "set rtp^=$tmp/.vim" -c 'compiler racybits' -c 'silent make! drv/foo.c' \
		-c copen -c "w! $tmp/shown" -c 'qa!') </dev/null >"$tmp/log" 2>&1
	shown 1
	ok "$name"
else
	skip "$name" "no vim with +quickfix"
fi

name="emacs: next-error goes to the declaration and to both stores"
if command -v emacs >/dev/null; then
	block elisp 1 >"$tmp/racybits.el"
	cat >"$tmp/try.el" <<'END'
(find-file (car command-line-args-left))
(racybits-check-file)
(let ((process (get-buffer-process "*compilation*")))
  (while (process-live-p process) (accept-process-output process 0.1))
  (accept-process-output nil 0.2))
(dotimes (_ 3)
  (next-error)
  (with-current-buffer (window-buffer)
    (princ (format "%s:%d: %s\n" (file-relative-name buffer-file-name (getenv "TREE")) (line-number-at-pos)
                   (string-trim (thing-at-point 'line))))))
(kill-emacs)
END
	# (emacs gives its processes this TERM itself, once it has started)
	(cd "$tree/drv" && TREE=$tree TERM=dumb timeout 60 emacs -Q --batch -l "$tmp/racybits.el" -l "$tmp/try.el" foo.c) \
		</dev/null >"$tmp/shown" 2>"$tmp/log"
	shown 2
	ok "$name"
else
	skip "$name" "no emacs"
fi

name="VS Code: its problem matcher takes the warning and both notes"
if command -v node >/dev/null; then
	block json 1 >"$tmp/tasks.json"
	(cd "$tree" && node -e '
	const task = JSON.parse(require("fs").readFileSync(process.argv[1])).tasks[0], p = task.problemMatcher.pattern;
	const args = task.args.map((a) => a.replace("${relativeFile}", "drv/foo.c"));
	const run = require("child_process").spawnSync(task.command, args, { encoding: "utf8" });
	for (const line of (run.stdout + run.stderr).split("\n")) {
		const m = line.match(new RegExp(p.regexp));
		if (m)
			console.log(m[p.file] + ":" + m[p.line] + ":" + m[p.column] + " " + m[p.severity] + " " + m[p.message]);
	}' "$tmp/tasks.json") >"$tmp/shown" 2>"$tmp/log"
	shown 3
	ok "$name"
else
	skip "$name" "no node to read it with"
fi
cd "$here" || exit

echo "1..$tests"
