#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// A thread that runs one body to its end.
package struct WorkerThread: Sendable {
  private let handle: pthread_t

  /// Starts it; `nil` where the system gives no more threads.
  package init?(_ body: @escaping @Sendable () -> Void) {
    var thread = pthread_t()
    let box = Unmanaged.passRetained(ThreadBody(body))
    guard pthread_create(&thread, nil, runThreadBody, box.toOpaque()) == 0 else {
      box.release()
      return nil
    }
    handle = thread
  }

  /// Waits for its end; to be called once.
  package func join() { pthread_join(handle, nil) }
}

private final class ThreadBody: Sendable {
  let run: @Sendable () -> Void

  init(_ run: @escaping @Sendable () -> Void) {
    self.run = run
  }
}

/// A thread's beginning, as C calls it. Takes over the retained ``ThreadBody``.
private func runThreadBody(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  if let argument { Unmanaged<ThreadBody>.fromOpaque(argument).takeRetainedValue().run() }
  return nil
}
