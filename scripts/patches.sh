#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# patches.sh KDIR - makes kernel-patches/ and cocci/ anew from the kernel tree KDIR: the patches
# for drivers/vfio by both policies, each verified. The old ones are replaced only when all went well.
set -eu

top=$(cd "$(dirname "$0")/.." && pwd)
kdir=${1:?which kernel tree?}
version=6.12
made=$top/build/patches

rm -rf "$made"
for policy in lifetime strict; do
	"$top/racybits" fix -k "$kdir" --policy=$policy -o "$made/$policy" drivers/vfio/
done
for policy in lifetime strict; do
	patches=$top/kernel-patches/$version/$policy
	rm -rf "$patches" "$top/cocci/$policy"
	mkdir -p "$patches" "$top/cocci/$policy"
	mv "$made/$policy/cocci/"*.cocci "$top/cocci/$policy/"
	mv "$made/$policy/"*.patch "$made/$policy/"*.verify.txt "$patches/"
done
rm -rf "$made"
