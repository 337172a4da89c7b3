import Glibc

/// Reading and writing whole files of text.
enum TextFile {
  /// `nil` where the file cannot be read or is not UTF-8.
  static func read(_ path: String) -> String? {
    readBytes(path).flatMap { String(validating: $0, as: UTF8.self) }
  }

  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// The bytes of a file, or of standard input for `-`; `nil` where they cannot be read.
  static func readBytes(_ path: String) -> [UInt8]? {
    let descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { if descriptor != STDIN_FILENO { close(descriptor) } }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = chunk.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
      if count == 0 { return bytes }
      if count > 0 {
        bytes += chunk[..<count]
      } else if errno != EINTR {
        return nil
      }
    }
  }

  /// Writes through a new file that then takes the place, so that a half-written one never stands there.
  /// - Returns: why it could not be written; `nil` where it was.
  static func write(_ text: String, to path: String) -> String? {
    if let slash = path.lastIndex(of: "/") { mkdir(String(path[..<slash]), 0o777) }
    let draft = path + ".new"
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { return String(cString: strerror(errno)) }
    let bytes = Array(text.utf8)
    let written = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
    let isWhole = written == bytes.count && close(descriptor) == 0 && rename(draft, path) == 0
    guard isWhole else {
      let problem = String(cString: strerror(errno))
      unlink(draft)
      return problem
    }
    return nil
  }
  /// Adds `text` at the file's end, and makes the file where there is none.
  /// - Returns: why it could not be written; `nil` where it was.
  static func append(_ text: String, to path: String) -> String? {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { return String(cString: strerror(errno)) }
    defer { close(descriptor) }
    let bytes = Array(text.utf8)
    let written = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
    return written == bytes.count ? nil : String(cString: strerror(errno))
  }
}
