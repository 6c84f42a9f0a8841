#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# subset.sh TREE DIR - copy of a prepared kernel tree with just what kbuild needs to prepare it again and to build
# drivers/vfio: a tenth of it.
set -eu

mkdir "$2"
cd -P "$1"
{
	find . -maxdepth 1 \( -type f -o -type l \)
	find . \( -name 'Kconfig*' -o -name 'Makefile*' -o -name 'Kbuild*' \) -type f
	find arch/x86 drivers/vfio include kernel lib scripts security/*/include tools/arch/x86 tools/build \
		tools/include tools/lib tools/objtool tools/scripts \( -type f -o -type l \)
} | sort -u | tar -cf - -T - | tar -xf - -C "$2"
# The host tools record absolute paths, and would be built again.
find "$2/tools" -name '.*.cmd' -exec sed -i "s|$PWD|$2|g" {} +
