/* SPDX-License-Identifier: ISC */
/*
 * Files that are part of the program: EMBED(model, "tools/NAME/model.bin")
 * defines `const unsigned char model[]`, 64-byte aligned, and `model_end[]`
 * right behind its last byte; EMBED_SIZE(model) is its bytes. The path counts from the top of the
 * source tree, where the compiler runs. Nothing is read or parsed at start.
 */
#ifndef EMBED_H
#define EMBED_H

#include <stddef.h>
#include <stdint.h>

#ifdef __APPLE__
#define EMBED_SECTION ".const_data\n"
#define EMBED_NAME(s) "_" #s
#else
#define EMBED_SECTION ".section .rodata\n"
#define EMBED_NAME(s) #s
#endif

#define EMBED(name, path) \
	__asm__(EMBED_SECTION \
		".balign 64\n" \
		".globl " EMBED_NAME(name) "\n" EMBED_NAME( \
		    name) ":\n" \
			  ".incbin \"" path "\"\n" \
			  ".globl " EMBED_NAME(name##_end) "\n" EMBED_NAME(name##_end) ":\n" \
										       ".byte 0\n" \
										       ".text\n"); \
	extern const unsigned char name[]; \
	extern const unsigned char name##_end[]

#define EMBED_SIZE(name) ((size_t)((uintptr_t)name##_end - (uintptr_t)name))

#endif
