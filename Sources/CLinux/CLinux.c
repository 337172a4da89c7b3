#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <unistd.h>

int iamdrill_epoll_create(void) { return epoll_create1(EPOLL_CLOEXEC); }

static uint32_t wanted(uint32_t events) {
  return (events & IAMDRILL_READABLE ? EPOLLIN : 0u) | (events & IAMDRILL_WRITABLE ? EPOLLOUT : 0u);
}

static int control(int epoll, int operation, int descriptor, uint32_t events, uint64_t tag) {
  struct epoll_event event = {.events = wanted(events), .data = {.u64 = tag}};
  return epoll_ctl(epoll, operation, descriptor, &event);
}

int iamdrill_epoll_add(int epoll, int descriptor, uint32_t events, uint64_t tag) {
  return control(epoll, EPOLL_CTL_ADD, descriptor, events, tag);
}

int iamdrill_epoll_change(int epoll, int descriptor, uint32_t events, uint64_t tag) {
  return control(epoll, EPOLL_CTL_MOD, descriptor, events, tag);
}

int iamdrill_epoll_remove(int epoll, int descriptor) { return control(epoll, EPOLL_CTL_DEL, descriptor, 0, 0); }

int iamdrill_epoll_wait(int epoll, iamdrill_event *events, int capacity, int milliseconds) {
  struct epoll_event found[256];
  int count = epoll_wait(epoll, found, capacity < 256 ? capacity : 256, milliseconds);
  for (int index = 0; index < count; index++) {
    uint32_t flags = found[index].events;
    events[index].tag = found[index].data.u64;
    events[index].events = (flags & EPOLLIN ? IAMDRILL_READABLE : 0u) | (flags & EPOLLOUT ? IAMDRILL_WRITABLE : 0u) |
                           (flags & (EPOLLERR | EPOLLHUP) ? IAMDRILL_HANGUP : 0u);
  }
  return count;
}

int iamdrill_signal_create(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }

int iamdrill_signal_raise(int descriptor) { return eventfd_write(descriptor, 1); }

int iamdrill_signal_clear(int descriptor) {
  eventfd_t value;
  return eventfd_read(descriptor, &value);
}

int iamdrill_accept(int listener, void *address, uint32_t *length) {
  return accept4(listener, address, length, SOCK_CLOEXEC | SOCK_NONBLOCK);
}

ssize_t iamdrill_sendfile(int socket, int file, int64_t offset, size_t count) {
  off_t position = offset;
  return sendfile(socket, file, &position, count);
}

int iamdrill_spawn_in_folder(posix_spawn_file_actions_t *actions, const char *path) {
  return posix_spawn_file_actions_addchdir_np(actions, path);
}
