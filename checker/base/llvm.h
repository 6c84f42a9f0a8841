/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * llvm.h - the version of LLVM that this program was built with: its libclang parses, and the programs of
 * the same version compile what is verified.
 */
#ifndef RACYBITS_LLVM_H
#define RACYBITS_LLVM_H

#define LLVM_TEXT_(number) #number
#define LLVM_TEXT(number) LLVM_TEXT_(number)
#define LLVM_VERSION LLVM_TEXT(RACYBITS_LLVM) /* "19" */
#define LLVM_CLANG "clang-" LLVM_VERSION      /* as Debian names the program */

#endif
