#define _GNU_SOURCE
#include "CLinux.h"

#include <malloc.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

// Linux 5.14; its number, where the C library's headers are older. A kernel that does not know it says so, and nothing is lost.
#ifndef MADV_POPULATE_WRITE
#define MADV_POPULATE_WRITE 23
#endif

// The linker's names for where the program's variables without a value begin, and where they end.
extern char __bss_start[], _end[];

void iamdrill_populate(void *start, void *end) {
  uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
  uintptr_t first = (uintptr_t)start & ~(page - 1), last = ((uintptr_t)end + page - 1) & ~(page - 1);
  if (first < last) madvise((void *)first, last - first, MADV_POPULATE_WRITE);
}

void iamdrill_populate_variables(void) { iamdrill_populate(__bss_start, _end); }

void *iamdrill_grow_heap(size_t bytes) {
  mallopt(M_TOP_PAD, (int)bytes);
  mallopt(M_TRIM_THRESHOLD, (int)bytes * 4);
  // Setting the others fixes this one as well, at a size that buffers reach.
  mallopt(M_MMAP_THRESHOLD, 4 << 20);
  void *end = sbrk(0);
  // More than is left of what the C library begins with. Volatile, because compilers leave out what is made only to be freed.
  void *volatile block = malloc(120 << 10);
  free(block);
  return end;
}
