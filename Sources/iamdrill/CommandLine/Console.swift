import Glibc
import Synchronization

/// The process's standard streams, written without the C library's buffers so that nothing is lost on an early exit
/// and that a single large write stays one system call.
enum Console {
  static func write(_ text: String) { write(Array(text.utf8), to: STDOUT_FILENO) }

  static func writeError(_ text: String) { write(Array(text.utf8), to: STDERR_FILENO) }

  /// The first error of writing to standard output. A reader that went away (`| head`) is none.
  private static let outputError = Mutex<Int32?>(nil)

  /// Why standard output is not whole; `nil` where it is, or where nobody reads it any more.
  static var outputProblem: String? { outputError.withLock { $0 }.map { String(cString: strerror($0)) } }

  /// Writes everything, however many calls that takes. What cannot be written is told by ``outputProblem`` at the end, so
  /// that a full disk does not keep teardown from being done.
  static func write(_ bytes: [UInt8], to descriptor: Int32) {
    bytes.withUnsafeBytes { buffer in
      var rest = buffer[...]
      while !rest.isEmpty {
        let written = Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
        if written > 0 {
          rest = rest.dropFirst(written)
        } else if errno != EINTR && errno != EAGAIN {
          let problem = errno
          if descriptor == STDOUT_FILENO, problem != EPIPE { outputError.withLock { $0 = $0 ?? problem } }
          return
        }
      }
    }
  }

  /// Whether standard output is a terminal that takes escape sequences.
  static var isTerminal: Bool { isTerminal(STDOUT_FILENO) }

  /// The same of standard error.
  static var isErrorTerminal: Bool { isTerminal(STDERR_FILENO) }

  private static func isTerminal(_ descriptor: Int32) -> Bool {
    isatty(descriptor) == 1 && environment("TERM") != "dumb"
  }

  /// The terminal's width at this moment; 80 where it does not tell.
  static var columns: Int {
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }

  static func environment(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
}
