#!/bin/bash
# SPDX-License-Identifier: GPL-2.0-only
#
# The commands of docs/machines.md, in order, over DIRS of 6.12.95: the report must be that of one run, byte for byte.
# An ssh and an sbatch of our own run what they are given here, with the environment that the real ones set.
set -u
cd "$(dirname "$0")/.." || exit
unset MAKEFLAGS MFLAGS MAKELEVEL KVER ARCH CC PARALLEL PARALLEL_SSH SLURM_CPUS_PER_TASK
top=$PWD page=$PWD/docs/machines.md
TREE=$(KVER=6.12.95 scripts/tree.sh) || exit
tmp=$(mktemp -d) || exit
trap 'rm -rf "$tmp"' EXIT
mkdir "$tmp/bin" "$tmp/shared" "$tmp/home" "$tmp/disk"
export TREE SHARDS=3 DIRS=${DIRS:-drivers/vfio/pci/mlx5 drivers/usb/common} HOSTS=one,two,three
export XDG_CACHE_HOME=$tmp/cache PARALLEL_HOME=$tmp/parallel TMPDIR=$tmp/disk TMP_HOME=$tmp/home
tests=0

# ok NAME: the status of the command before
ok() {
	local status=$?

	tests=$((tests + 1))
	[ $status = 0 ] || printf 'not '
	echo "ok $tests - $1"
	[ $status = 0 ] || sed 's/^/# /' "$tmp/said" | tail -n 40
}

# ssh [OPTION]... HOST [--] COMMAND...: the command in another directory, without the variables of the caller, and with
# the SHELL that sshd sets: GNU parallel asks it, and CI has none
cat >"$tmp/bin/ssh" <<'END'
#!/bin/bash
while [[ $1 = -* ]]; do shift; done
echo "$1" >>"$TMP_HOME/hosts"
shift
[ "$1" != -- ] || shift
cd "$TMP_HOME" || exit
unset TREE SHARDS DIRS HOSTS
export SHELL=/bin/bash
exec bash -c "$*"
END

# sbatch OPTION...: each element of --array, or the one job, one after the other
cat >"$tmp/bin/sbatch" <<'END'
#!/bin/bash
first=0 last=0 worst=0 output=/dev/null cpus=1 wrap='' parsable='' wait=''
for option; do
	case $option in
	--parsable) parsable=yes ;;
	--wait) wait=yes ;;
	--array=*-*) first=${option#*=} last=${first#*-} first=${first%-*} ;;
	--array=*) first=${option#*=} last=$first ;;
	--cpus-per-task=*) cpus=${option#*=} ;;
	--dependency=afterany:[0-9]*) [ -e "$TMP_HOME/job${option##*:}" ] || exit 1 ;;
	--output=*) output=${option#*=} ;;
	--mem=[0-9]*G) ;;
	--wrap=*) wrap=${option#*=} ;;
	*) echo "sbatch: unrecognized option '$option'" >&2; exit 1 ;;
	esac
done
id=$((100 + $(find "$TMP_HOME" -name 'job*' | wc -l)))
: >"$TMP_HOME/job$id"
export SLURM_JOB_ID=$id SLURM_CPUS_PER_TASK=$cpus
for ((i = first; i <= last; i++)); do
	[ "$first" = 0 ] || export SLURM_ARRAY_TASK_ID=$i SLURM_ARRAY_TASK_COUNT=$((last - first + 1))
	sh -c "$wrap" >"$output" 2>&1
	status=$?
	[ $status -le $worst ] || worst=$status
done
[ -z "$parsable" ] || echo "$id;cluster"
[ -z "$wait" ] || exit $worst
END
chmod +x "$tmp/bin/ssh" "$tmp/bin/sbatch"
PATH=$tmp/bin:$top:$PATH

# block N of the page into $tmp/N.sh
awk -v dir="$tmp" '
/^```/ { if (inside) { close(file); inside = 0 } else { inside = 1; file = dir "/" ++n "." substr($0, 4) } next }
inside { print >file }' "$page"

# run N: the commands of that block, in the directory that the machines share
run() {
	(cd "$tmp/shared" && bash "$tmp/$1.sh") >"$tmp/said" 2>&1 </dev/null
	status=$?
}

# parts: how many there are, with those that were begun
parts() { find "$tmp/shared" -name "part[0-9]*.db" -o -name "part[0-9]*.new" | wc -l; }

# shellcheck disable=SC2086 # one word a directory
racybits check -k "$TREE" --no-cache $DIRS >"$tmp/one" 2>"$tmp/said"
[ $? = 1 ] && grep -q 'racy-bitfield' "$tmp/one"
ok "one run, on one machine"
# shellcheck disable=SC1091 # a block of the page
(unset TREE SHARDS DIRS HOSTS && . "$tmp/1.sh" && echo "$TREE ${SHARDS?} ${DIRS?} ${HOSTS?}") >"$tmp/said" 2>&1
ok "the page sets all variables"
[ ! -e "$tmp/7.sh" ]
ok "the page has no block that is not run here"
run 2
[ "$status" = 0 ] && [ -s "$tmp/shared/part.sh" ]
ok "the script"

run 3
[ "$status" = 0 ] && [ "$(parts)" = 3 ] && [ "$(sort -u "$tmp/home/hosts" | xargs)" = "one three two" ] &&
	[ "$(grep -c ': share . of 3\|share . of 3:' "$tmp/said")" = 3 ]
ok "GNU parallel: a share on each of three machines"
run 4
[ "$status" = 1 ] && grep -q ' 0 parsed now' "$tmp/said" && cmp "$tmp/one" "$tmp/shared/report.txt" >>"$tmp/said" 2>&1
ok "... joined: the report of one run, and nothing is parsed again"

rm -f "$tmp/shared/"part[0-9]* "$tmp/shared/"all.db* "$tmp/shared/report.txt"
run 5
[ "$status" = 1 ] && [ "$(parts)" = 3 ] && grep -q ' 0 parsed now' "$tmp/shared/join.log" &&
	cmp "$tmp/one" "$tmp/shared/report.txt" >>"$tmp/said" 2>&1
ok "Slurm: an array of three and a job that joins: the report of one run"

rm -f "$tmp/shared/part2.db" "$tmp/shared/"all.db* "$tmp/shared/report.txt"
(cd "$tmp/shared" && racybits merge -o all.db part1.db part2.db part3.db) >"$tmp/said" 2>&1
[ $? = 2 ] && grep -q 'part2\.db' "$tmp/said" && [ ! -e "$tmp/shared/all.db" ]
ok "a part is missing: merge names it and makes nothing"
run 6
[ "$status" = 0 ] && [ "$(parts)" = 3 ]
ok "... its share again"
run 4
[ "$status" = 1 ] && grep -q ' 0 parsed now' "$tmp/said" && cmp "$tmp/one" "$tmp/shared/report.txt" >>"$tmp/said" 2>&1
ok "... and the report is that of one run"

# A file that cannot be analysed: the share that has it ends with 2, and is of use.
mini=$tmp/mini
cp -R tests/minikernel "$mini" && mkdir "$mini/drv"
cat >"$mini/drv/racy.c" <<'END'
#include <linux/fs.h>
struct foo { bool a:1; bool b:1; };
static long foo_ioctl(struct file *file, unsigned int cmd, unsigned long arg)
{
	struct foo *p = file->private_data;

	p->a = cmd;
	p->b = arg;
	return p->a + p->b;
}
const struct file_operations foo_fops = { .unlocked_ioctl = foo_ioctl };
END
echo 'struct broken {' >"$mini/drv/broken.c"
echo '--confidence=low' >"$mini/.racybits"
comma='['
for name in broken racy; do
	printf '%s{"directory": "%s", "file": "drv/%s.c", "arguments": ["clang", "-nostdinc", "-I./include",' "$comma" "$mini" $name
	printf '"-include", "./include/linux/compiler_types.h", "-D__KERNEL__", "-c", "-o", "%s.o", "drv/%s.c"]}' $name $name
	comma=,
done >"$mini/compile_commands.json"
echo ']' >>"$mini/compile_commands.json"
rm -f "$tmp/shared/"part[0-9]* "$tmp/shared/"all.db* "$tmp/shared/report.txt"
export TREE=$mini SHARDS=2 DIRS=
(cd "$tmp/shared" && sh part.sh 1; echo "$?" && sh part.sh 2; echo "$?") >"$tmp/ends" 2>"$tmp/said"
[ "$(xargs <"$tmp/ends")" = '2 0' ] && [ "$(parts)" = 2 ]
ok "a file that cannot be analysed: its share ends with 2, and is there"
racybits check -k "$mini" --no-cache >"$tmp/one" 2>"$tmp/said"
[ $? = 2 ] && grep -q "struct foo.*'a' and 'b'" "$tmp/one"
ok "... one run reports the rest"
run 4
[ "$status" = 2 ] && grep -q ' 1 parsed now, 1 failed' "$tmp/said" && cmp "$tmp/one" "$tmp/shared/report.txt" >>"$tmp/said" 2>&1
ok "... and so do the shares, with its status; that file alone is looked at again"

# A share that is killed.
cat >"$tmp/bin/racybits" <<'END'
#!/bin/bash
: >"${@: -1}"
kill -KILL $$
END
chmod +x "$tmp/bin/racybits"
rm -f "$tmp/shared/"part[0-9]*
(cd "$tmp/shared" && DIRS='' && sh part.sh 1) >"$tmp/said" 2>&1
ended=$?
[ $ended != 0 ] && [ "$(parts)" = 0 ]
ok "a share that is killed leaves no part"
[ -z "$(ls "$tmp/disk")" ]
ok "nothing is left on the disks"

echo "1..$tests"
