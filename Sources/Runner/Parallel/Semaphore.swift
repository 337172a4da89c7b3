#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Counts what has happened on other threads, and waits for it.
///
/// `@unchecked` because it owns a C semaphore by a pointer: that is made to be used by several threads at once, and the
/// pointer itself never changes.
final class Semaphore: @unchecked Sendable {
  private let pointer: UnsafeMutablePointer<sem_t>

  init() {
    pointer = .allocate(capacity: 1)
    sem_init(pointer, 0, 0)
  }

  deinit {
    sem_destroy(pointer)
    pointer.deallocate()
  }

  func signal() { sem_post(pointer) }

  /// Waits for one ``signal()``, also over interruptions by POSIX signals.
  func wait() {
    while sem_wait(pointer) != 0, errno == EINTR {}
  }
}
