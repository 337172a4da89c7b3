import Glibc

/// A thread of the system. Those of Swift's own pool must not wait for sockets.
package struct Thread: Sendable {
  private let handle: pthread_t

  /// Starts a thread; `nil` where the system has none left.
  package init?(_ body: @escaping @Sendable () -> Void) {
    var handle = pthread_t()
    let context = Unmanaged.passRetained(ThreadBody(body))
    guard pthread_create(&handle, nil, runThread, context.toOpaque()) == 0 else {
      context.release()
      return nil
    }
    self.handle = handle
  }

  /// Waits until the thread has ended. Either this or ``detach()`` is called, once.
  package func join() { pthread_join(handle, nil) }

  package func detach() { pthread_detach(handle) }
}

private final class ThreadBody: Sendable {
  let run: @Sendable () -> Void

  init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}

private nonisolated func runThread(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
  guard let context else { return nil }
  Unmanaged<ThreadBody>.fromOpaque(context).takeRetainedValue().run()
  return nil
}
