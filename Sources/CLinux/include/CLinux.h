#pragma once
#include <spawn.h>
#include <stdint.h>
#include <sys/types.h>

// What Linux has besides POSIX and Swift's Glibc module does not show. Every function answers as the system call does: -1,
// with the reason in errno, where it failed.

/// One thing that happened: the number a descriptor was added with, and IAMDRILL_READABLE and the like.
typedef struct {
  uint64_t tag;
  uint32_t events;
} iamdrill_event;

#define IAMDRILL_READABLE 1u
#define IAMDRILL_WRITABLE 2u
/// The other side is gone, or the descriptor is in error.
#define IAMDRILL_HANGUP 4u

int iamdrill_epoll_create(void);
int iamdrill_epoll_add(int epoll, int descriptor, uint32_t events, uint64_t tag);
int iamdrill_epoll_change(int epoll, int descriptor, uint32_t events, uint64_t tag);
int iamdrill_epoll_remove(int epoll, int descriptor);
/// At most 256 events at once.
int iamdrill_epoll_wait(int epoll, iamdrill_event *events, int capacity, int milliseconds);

/// A descriptor that becomes readable when it is signalled, from any thread.
int iamdrill_signal_create(void);
int iamdrill_signal_raise(int descriptor);
int iamdrill_signal_clear(int descriptor);

/// A connection that does not block and is closed in child processes.
int iamdrill_accept(int listener, void *address, uint32_t *length);

/// Has a program that is started begin in the folder at `path`. Answers with an error's number, as `posix_spawn` does.
int iamdrill_spawn_in_folder(posix_spawn_file_actions_t *actions, const char *path);

ssize_t iamdrill_sendfile(int socket, int file, int64_t offset, size_t count);

// Memory

/// Makes the pages from `start` to `end` writable in one call, where each would otherwise be made when it is first written to.
void iamdrill_populate(void *start, void *end);

/// The same for the program's variables that begin as zero. The caches of Swift's runtime are among them, which are read before
/// they are written: each page is then made twice, and the second time every processor that runs the program is interrupted.
void iamdrill_populate_variables(void);

/// Lets the heap grow by `bytes` at a time, now for the first time, and not shrink by less than four times of that. Gives
/// where it ended before.
void *iamdrill_grow_heap(size_t bytes);
