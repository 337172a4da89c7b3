import Glibc

/// An open file, closed with its last owner.
final class FileDescriptor: Sendable {
  let number: Int32
  /// For what errors say.
  let path: String

  /// - Parameter mode: the permissions of a file that is made.
  init(_ path: String, _ flags: Int32, mode: mode_t = 0o600) throws(StorageError) {
    let number = Self.retrying { open(path, flags | O_CLOEXEC, mode) }
    guard number >= 0 else { throw .last("open", path) }
    self.number = number
    self.path = path
  }

  deinit {
    close(number)
  }

  func write(_ bytes: [UInt8]) throws(StorageError) {
    let isWritten = bytes.withUnsafeBytes { bytes in
      var rest = bytes
      while !rest.isEmpty {
        let written = Self.retrying { Glibc.write(number, rest.baseAddress, rest.count) }
        guard written >= 0 else { return false }
        rest = UnsafeRawBufferPointer(rebasing: rest[written...])
      }
      return true
    }
    guard isWritten else { throw .last("write", path) }
  }

  /// Up to `count` bytes from `offset` on; fewer at the end of the file.
  func read(_ count: Int, at offset: Int64) throws(StorageError) -> [UInt8] {
    var code: Int32 = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      while filled < count {
        let rest = UnsafeMutableRawBufferPointer(UnsafeMutableBufferPointer(rebasing: buffer[filled...]))
        let read = Self.retrying { pread(number, rest.baseAddress, rest.count, off_t(offset) + off_t(filled)) }
        if read < 0 { code = errno }
        guard read > 0 else { return }
        filled += read
      }
    }
    guard code == 0 else { throw .system(operation: "read", path: path, code: code) }
    return bytes
  }

  /// Returns once what was written cannot be lost any more.
  func synchronize() throws(StorageError) {
    guard Self.retrying({ fsync(number) }) == 0 else { throw .last("synchronize", path) }
  }

  /// Locks the file for this process, as long as it is open.
  /// - Returns: whether nobody else had it locked.
  func lock() -> Bool { Self.retrying { flock(number, LOCK_EX | LOCK_NB) } == 0 }

  private static func retrying<T: SignedInteger>(_ call: () -> T) -> T {
    while true {
      let result = call()
      if result != -1 || errno != EINTR { return result }
    }
  }
}
