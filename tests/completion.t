#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# The completions for zsh and fish, asked in the shells themselves where they are installed (formats.t has that of bash).
set -u
cd "$(dirname "$0")/.." || exit
here=$PWD
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
tests=0
ok() {
	local status=$?

	tests=$((tests + 1))
	[ $status = 0 ] || printf 'not '
	echo "ok $tests - $1"
	[ $status = 0 ] || sed 's/^/# /' "$tmp/out"
}
skip() {
	tests=$((tests + 1))
	echo "ok $tests # SKIP $1"
}
mkdir "$tmp/bin" "$tmp/dir" && ln -s "$(readlink -f "${RACYBITS:-racybits}")" "$tmp/bin/racybits" && touch "$tmp/dir/afile.c" || exit
export PATH=$tmp/bin:$PATH HOME=$tmp

if command -v fish >/dev/null; then
	cat >"$tmp/ask.fish" <<'END'
source $argv[1]/completion/racybits.fish
for line in 'racybits ch' 'racybits check --pol' 'racybits check --format=sa' 'racybits check -' 'racybits check af' 'racybits lint --unb'
    echo "== $line"
    complete -C $line
end
END
	(cd "$tmp/dir" && fish "$tmp/ask.fish" "$here") >"$tmp/out" 2>&1
	# answers LINE: those for it
	answers() { sed -n "/^== $1$/,/^== /p" "$tmp/out" | grep -v '^=='; }
	[ "$(answers 'racybits ch')" = "check	report racy bitfields" ]
	ok "fish: commands"
	[ "$(answers 'racybits check --pol' | cut -f1 | paste -sd' ')" = '--policy=lifetime --policy=strict' ]
	ok "fish: values"
	[ "$(answers 'racybits check --format=sa' | cut -f1)" = --format=sarif ]
	ok "fish: the value that begins so"
	answers 'racybits check -' | grep -q '^--max=	show ' && answers 'racybits check -' | grep -q '^-k	the kernel tree' &&
		answers 'racybits check -' | grep -q '^--all	' && ! answers 'racybits check -' | grep -q -- '^--mbox'
	ok "fish: the options of a command"
	answers 'racybits lint --unb' | grep -q '^--unbuilt=fail'
	ok "fish: ... of another"
	[ "$(answers 'racybits check af')" = afile.c ]
	ok "fish: files"
else
	skip "no fish"
fi

if command -v zsh >/dev/null && zsh -fc 'zmodload zsh/zpty' 2>/dev/null; then
	mkdir "$tmp/functions" && cp completion/racybits.zsh "$tmp/functions/_racybits"
	cat >"$tmp/ask.zsh" <<'END'
zmodload zsh/zpty
zpty z zsh -f -i
zpty -w z "cd $1/dir; PS1=; fpath=($1/functions \$fpath); autoload -Uz compinit; compinit -u -D; bindkey '^I' complete-word; setopt no_beep; stty cols 200; print REA''DY"
zpty -r -m z out '*READY*'
# The answer to each line is there when it is as the second word says and nothing follows.
for line want in 'racybits ch' '*racybits check *' 'racybits check --pol' '*lifetime*strict*' \
	'racybits check --format=sa' '*--format=sarif*' 'racybits check -' '*--write-baseline*' 'racybits check af' '*afile.c*'; do
	zpty -w -n z "$line"$'\t\t'
	raw= all=
	for i in {1..600}; do
		sleep 0.1
		new=
		while zpty -r -t z out; do new+=$out; done
		raw+=$new
		all=$(print -r -- "$raw" | tr -d '\r\a' | sed 's/\x1b\[[0-9;?]*[a-zA-Z]//g')
		[[ -z $new && $all = ${~want} ]] && break
	done
	print -r -- "== $line"
	print -r -- "$all"
	zpty -w -n z $'\x15'
	sleep 0.1
	while zpty -r -t z out; do :; done
done
zpty -d z
END
	timeout 300 zsh -f "$tmp/ask.zsh" "$tmp" >"$tmp/out" 2>&1
	answers() { sed -n "/^== $1$/,/^== /p" "$tmp/out" | grep -v '^=='; }
	answers 'racybits ch' | grep -q 'racybits check '
	ok "zsh: a command"
	answers 'racybits check --pol' | grep -q -- '--policy=' && answers 'racybits check --pol' | grep -q 'lifetime  *strict'
	ok "zsh: values"
	answers 'racybits check --format=sa' | grep -q -- '--format=sarif'
	ok "zsh: the value that begins so"
	answers 'racybits check -' | grep -q -- '^--max=  *-- show the N best' && answers 'racybits check -' | grep -q -- '^-k  *-- the kernel tree' &&
		! answers 'racybits check -' | grep -q -- '^--mbox'
	ok "zsh: the options of a command"
	answers 'racybits check af' | grep -q 'afile.c'
	ok "zsh: files"
	! grep -q 'not found\|_racybits:' "$tmp/out"
	ok "zsh: no error"
else
	skip "no zsh"
fi
echo "1..$tests"
