import Glibc

/// Reads files of the user's.
enum BoundedFile {
  /// The bytes of the file; `nil` where there is none.
  static func read(_ path: String, limit: Int) throws(CredentialError) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw CredentialError(.unreadableFile, "\(path) cannot be read: \(String(cString: strerror(errno)))")
    }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 16_384)
    while bytes.count <= limit {
      let count = chunk.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
      if count == 0 { return bytes }
      if count < 0 {
        if errno == EINTR { continue }
        throw CredentialError(.unreadableFile, "\(path) cannot be read: \(String(cString: strerror(errno)))")
      }
      bytes += chunk[..<count]
    }
    throw CredentialError(.unreadableFile, "\(path) has more than \(limit) bytes")
  }
}
