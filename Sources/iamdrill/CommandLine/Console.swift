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

  /// Whether colour is wanted: standard output is a terminal, and neither `NO_COLOR` nor a dumb terminal speaks against it.
  static var wantsColor: Bool {
    guard isatty(STDOUT_FILENO) == 1, environment("TERM") != "dumb" else { return false }
    return environment("NO_COLOR").map(\.isEmpty) ?? true
  }

  static func environment(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
}
