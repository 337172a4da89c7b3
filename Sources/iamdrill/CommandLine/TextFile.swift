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

  /// Writes through a new file that then takes the place, so that a half-written one never stands there. What is no
  /// file (a pipe, `/dev/stdout`) keeps its place and is written to.
  /// - Returns: why it could not be written; `nil` where it was.
  static func write(_ text: String, to path: String) -> String? {
    if let slash = path.lastIndex(of: "/") { mkdir(String(path[..<slash]), 0o777) }
    var status = stat()
    let isThere = stat(path, &status) == 0
    if isThere, status.st_mode & S_IFMT != S_IFREG { return put(text, into: path, O_WRONLY) }
    // A link goes on leading where it led.
    let place = isThere ? resolved(path) ?? path : path
    // Two that write at once each have a draft of their own; the last one to be done stays.
    let draft = "\(place).\(getpid()).new"
    if let problem = put(text, into: draft, O_WRONLY | O_CREAT | O_TRUNC) {
      unlink(draft)
      return problem
    }
    if isThere { chmod(draft, status.st_mode & 0o7777) }
    guard rename(draft, place) != 0 else { return nil }
    let problem = String(cString: strerror(errno))
    unlink(draft)
    return problem
  }

  /// Adds `text` at the file's end, and makes the file where there is none.
  /// - Returns: why it could not be written; `nil` where it was.
  static func append(_ text: String, to path: String) -> String? {
    put(text, into: path, O_WRONLY | O_CREAT | O_APPEND)
  }

  private static func put(_ text: String, into path: String, _ flags: Int32) -> String? {
    let descriptor = open(path, flags | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { return String(cString: strerror(errno)) }
    var text = text
    let problem = text.withUTF8 { bytes -> Int32? in
      var rest = UnsafeRawBufferPointer(bytes)[...]
      while !rest.isEmpty {
        let count = Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
        if count > 0 { rest = rest.dropFirst(count) } else if errno != EINTR { return errno }
      }
      return nil
    }
    // Some file systems tell only now that there was no room.
    let closing = close(descriptor) == 0 ? nil : errno
    return (problem ?? closing).map { String(cString: strerror($0)) }
  }

  private static func resolved(_ path: String) -> String? {
    guard let found = realpath(path, nil) else { return nil }
    defer { free(found) }
    return String(cString: found)
  }
}
