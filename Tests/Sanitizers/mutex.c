// Tells the thread sanitizer of the locks of Swift's `Mutex`. Where one is contended, it is taken and given back in the library
// and in the kernel (a futex), where the sanitizer does not look: what the lock keeps apart would be reported as a race. This
// stands before the library's two functions, calls them, and says what they have done.
//
// Preloaded by Scripts/sanitize into the process under test only.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdint.h>

extern void __tsan_acquire(void *address) __attribute__((weak));
extern void __tsan_release(void *address) __attribute__((weak));

#define LOCK "$s15Synchronization12_MutexHandleV9_lockSlowyys6UInt32VF"
#define UNLOCK "$s15Synchronization12_MutexHandleV11_unlockSlowyyF"
#define SWIFT __attribute__((swiftcall))
#define SELF __attribute__((swift_context))

typedef SWIFT void lock_slow(uint32_t thread, SELF void *mutex);
typedef SWIFT void unlock_slow(SELF void *mutex);

SWIFT void iamdrill_lock(uint32_t thread, SELF void *mutex) __asm__(LOCK);
SWIFT void iamdrill_unlock(SELF void *mutex) __asm__(UNLOCK);

SWIFT void iamdrill_lock(uint32_t thread, SELF void *mutex) {
  ((lock_slow *)dlsym(RTLD_NEXT, LOCK))(thread, mutex);
  if (__tsan_acquire) __tsan_acquire(mutex);
}

SWIFT void iamdrill_unlock(SELF void *mutex) {
  if (__tsan_release) __tsan_release(mutex);
  ((unlock_slow *)dlsym(RTLD_NEXT, UNLOCK))(mutex);
}
