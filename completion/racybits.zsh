#compdef racybits
# SPDX-License-Identifier: GPL-2.0-only
# zsh completion for racybits(1): commands and options are those of its own --help.

_racybits() {
	emulate -L zsh
	setopt extendedglob
	local command=${words[2]} name rest line
	local -a entries

	if (( CURRENT == 2 )); then
		while read -r name rest; do
			[[ $name == [a-z]## ]] && entries+=("$name:$rest")
		done < <(racybits --help 2>/dev/null | sed -n 's/^  \([a-z]*  .*\)/\1/p')
		_describe command entries
		return
	fi
	if [[ $PREFIX == --*=* ]]; then
		name=${PREFIX%%\=*}
		compset -P '*='
		entries=(${(s:|:)"$(racybits $command --help 2>/dev/null | sed -n "s/^  *$name=\([a-z0-9|]*\) .*/\1/p")"})
		(( $#entries )) && compadd -a entries || _files
		return
	fi
	if [[ $PREFIX == -* ]]; then
		# "--policy=lifetime|strict  split ..." is "--policy=", "-k KDIR  the ..." is "-k"
		while read -r line; do
			name=${line%%[\= ]*}
			rest=${line#$name}
			[[ $rest == \=* ]] && name+='='
			entries+=("${name//:/\\:}:${rest##[^ ]# #([A-Z\/]## ##)#}")
		done < <(racybits $command --help 2>/dev/null | sed -n 's/^  *\(-[a-zA-Z-].*\)/\1/p')
		_describe -o option entries -S ''
		return
	fi
	_files
}

_racybits "$@"
