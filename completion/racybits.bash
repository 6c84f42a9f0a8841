# SPDX-License-Identifier: GPL-2.0-only
# bash completion for racybits(1): commands and options are those of its own --help.

# Values of an option that has alternatives: "--policy=lifetime|strict" -> "lifetime strict"
_racybits_values()
{
	"$1" "$2" --help 2>/dev/null | sed -n "s/^  *$3=\([a-z0-9|]*\) .*/\1/p" | tr '|' ' '
}

# Names below the kernel tree of -k
_racybits_paths()
{
	local tree=$1 name

	while IFS= read -r name; do
		[ -d "$tree/$name" ] && name=$name/
		COMPREPLY+=("$name")
	done < <(cd "$tree" 2>/dev/null && compgen -f -- "$cur" | grep -v '^\.git$')
	compopt -o nospace -o filenames 2>/dev/null
}

_racybits()
{
	local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]} command=${COMP_WORDS[1]}
	local tree=. values i

	COMPREPLY=()
	if [ "$COMP_CWORD" = 1 ]; then
		values=$("$1" --help 2>/dev/null | sed -n 's/^  \(-*[a-z]*\)  .*/\1/p')
		mapfile -t COMPREPLY < <(compgen -W "$values" -- "$cur")
		return
	fi
	for ((i = 2; i < COMP_CWORD; i++)); do
		[ "${COMP_WORDS[i]}" = -k ] && tree=${COMP_WORDS[i + 1]/#\~/$HOME}
	done
	# "--format=x" is three words to bash
	if [ "$cur" = = ]; then
		cur=
	elif [ "$prev" = = ]; then
		prev=${COMP_WORDS[COMP_CWORD - 2]}
	fi
	case $prev in
	-k | -O | -o | --db | --model | --mbox | --baseline | --write-baseline | --html)
		mapfile -t COMPREPLY < <(compgen -f -- "${cur/#\~/$HOME}")
		compopt -o filenames 2>/dev/null
		return
		;;
	--*)
		values=$(_racybits_values "$1" "$command" "$prev")
		if [ -n "$values" ]; then
			mapfile -t COMPREPLY < <(compgen -W "$values" -- "$cur")
			return
		fi
		;;
	esac
	if [[ $cur == -* ]]; then
		values=$("$1" "$command" --help 2>/dev/null |
			sed -n 's/^  *\(--[a-z-]*=\{0,1\}\).*/\1/p; s/^  *\(-[a-zA-Z]\) .*/\1/p')
		mapfile -t COMPREPLY < <(compgen -W "$values" -- "$cur")
		[[ ${COMPREPLY[0]-} == *= ]] && compopt -o nospace 2>/dev/null
		return
	fi
	_racybits_paths "$tree"
}

complete -F _racybits racybits
