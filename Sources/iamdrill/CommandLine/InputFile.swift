import Glibc

/// A file, or standard input for `-`, read piece by piece.
struct InputFile: ~Copyable {
  /// Why a file cannot be read, in the system's words.
  struct Unreadable: Error {
    var reason: String
  }

  private let descriptor: Int32

  init(_ path: String) throws(Unreadable) {
    descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Unreadable(reason: String(cString: strerror(errno))) }
  }

  deinit { if descriptor != STDIN_FILENO { close(descriptor) } }

  /// Appends what there is by now, or waits for something.
  /// - Returns: `false` at the end.
  func read(into buffer: inout [UInt8]) throws(Unreadable) -> Bool {
    while true {
      let count = withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 1 << 18) { chunk in
        let count = Glibc.read(descriptor, chunk.baseAddress, chunk.count)
        if count > 0 { buffer.append(contentsOf: chunk[..<count]) }
        return count
      }
      if count >= 0 { return count > 0 }
      if errno != EINTR { throw Unreadable(reason: String(cString: strerror(errno))) }
    }
  }
}
