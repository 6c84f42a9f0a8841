#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# The bytes that stores to bitfields of random structs write, taken from what gcc and clang make of them, against
# the units and bytes that racybits reports.
#
# STRUCTS=200 structs of SEED=1 are tried; RACYBITS=program tests another one, KEEP=directory keeps what was made.
set -u
here=$(cd "$(dirname "$0")" && pwd) || exit
RACYBITS=$(readlink -f "${RACYBITS:-$here/../racybits}")
SEED=${SEED:-1} STRUCTS=${STRUCTS:-200} BATCH=100
tmp=${KEEP:-$(mktemp -d)} || exit
[ -n "${KEEP-}" ] || trap 'rm -rf "$tmp"' EXIT
export RACYBITS SEED tmp here

for program in structs codegen; do
	${HOSTCC:-gcc} -std=gnu11 -D_GNU_SOURCE -O1 -o "$tmp/$program" "$here/$program.c" -ljansson || {
		echo "Bail out! cannot set up"
		exit 2
	}
done

# Compilers as the kernel runs them.
flags='-std=gnu11 -O2 -w -fno-strict-aliasing -fno-common -fno-stack-protector -fcf-protection=none'
targets='gcc-x86_64 clang-x86_64 clang-arm64'
export targets flags

compiler() {
	case $1 in
	gcc-x86_64) echo "${HOSTCC:-gcc} -mno-sse -fno-ipa-icf -Wno-packed-bitfield-compat" ;;
	clang-x86_64) echo 'clang-19 -mno-sse' ;;
	clang-arm64) echo 'clang-19 --target=aarch64-linux-gnu -mgeneral-regs-only' ;;
	esac
}

# found ARCH TARGET-OPTION...: what racybits says of the batch in the current directory
found() {
	local arch=$1

	shift
	mkdir "$arch" && cp -R "$here/minikernel/." "$arch" && cp s.c "$arch/" || return
	printf '[{"directory":"%s","file":"s.c","arguments":["clang",%s"-std=gnu11","-c","-o","s.o","s.c"]}]\n' \
		"$PWD/$arch" "$*" >"$arch/compile_commands.json"
	"$RACYBITS" check -k "$arch" -j1 --all --format=json -o "$arch.json" s.c 2>"$arch.err"
	[ $? -lt 2 ] && "$RACYBITS" dump -k "$arch" s.c 2>>"$arch.err" | grep -E '^(record |  field )' >"$arch.facts" ||
		sed "s/^/$arch: /" "$arch.err"
}

# shellcheck disable=SC2046 # one word an option
compare() {
	local target=$1 arch=${1#*-} shown=-

	# shellcheck disable=SC2086 # one word an option
	$(compiler "$target") $flags -c -o "$target.o" s.c || return
	if [ "$arch" = x86_64 ] && [ "$(uname -m)" = x86_64 ]; then
		shown=$target.shown
		# shellcheck disable=SC2086 # one word an option
		$(compiler "$target") $flags -O0 -DMAIN -o "$target.main" s.c && "./$target.main" >"$shown" || return
	fi
	llvm-objdump-19 -d --no-show-raw-insn --no-leading-addr "$target.o" |
		"$tmp/codegen" "${target%-*}" "$arch.json" "$arch.facts" "$shown"
}

# batch FIRST COUNT
batch() {
	local target

	mkdir "$tmp/batch$1" && cd "$tmp/batch$1" && "$tmp/structs" "$SEED" "$1" "$2" >s.c || return
	found x86_64
	found arm64 '"--target=aarch64-linux-gnu",'
	for target in $targets; do
		compare "$target" >"$target.result" 2>&1
	done
	rm -rf ./*.o ./*.main x86_64 arm64
}
export -f compiler found compare batch

first=0
while [ $first -lt "$STRUCTS" ]; do
	count=$((STRUCTS - first < BATCH ? STRUCTS - first : BATCH))
	echo "$first $count"
	first=$((first + count))
done | xargs -P "$(getconf _NPROCESSORS_ONLN)" -L 1 bash -c 'batch "$0" "$1"'

# count WORD TARGET: the sum of what stands behind the word in the last lines
count() { cat "$tmp"/batch*/"$2.result" | awk -v w="$1" '/^stores/ { for (i = 1; i < NF; i++) if ($i == w) n += $(i + 1) }
	END { print n + 0 }'; }

tests=0
for target in $targets; do
	batches=$(cat "$tmp"/batch*/"$target.result" | grep -c '^stores')
	tests=$((tests + 1))
	[ "$batches" = $(((STRUCTS + BATCH - 1) / BATCH)) ] && [ "$(count outside "$target")" = 0 ] &&
		[ "$(count other "$target")" = 0 ] || printf 'not '
	echo "ok $tests - $target: $(count stores "$target") stores of $STRUCTS structs: $(count outside "$target") outside" \
		"of the unit, $(count other "$target") not as predicted, $(count narrower "$target") narrower," \
		"$(count layouts "$target") members placed elsewhere, $(count overruns "$target") overruns of the compiler"
	grep -hv '^stores' "$tmp"/batch*/"$target.result" | head -n 20 | sed 's/^/# /'
done
echo "1..$tests"
