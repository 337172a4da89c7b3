import Glibc

/// The process's standard streams, written without the C library's buffers so that nothing is lost on an early exit
/// and that a single large write stays one system call.
enum Console {
  static func write(_ text: String) { write(Array(text.utf8), to: STDOUT_FILENO) }

  static func writeError(_ text: String) { write(Array(text.utf8), to: STDERR_FILENO) }

  /// Writes everything, however many calls that takes. A reader that went away (`| head`) ends the writing silently.
  static func write(_ bytes: [UInt8], to descriptor: Int32) {
    bytes.withUnsafeBytes { buffer in
      var rest = buffer[...]
      while !rest.isEmpty {
        let written = Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
        if written > 0 {
          rest = rest.dropFirst(written)
        } else if errno != EINTR && errno != EAGAIN {
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
