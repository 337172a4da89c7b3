import FoundationEssentials

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The folders that commands of one scenario run in: one for their files, which later commands find again, and for each command
/// an empty home. Nobody but this user can look into them, and they are gone at the end.
final class CommandFolder: Sendable {
  let path: String

  /// - Throws: why there is none.
  init() throws(Problem) {
    let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(parent.isEmpty ? "/tmp" : parent)/iamdrill-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw Problem("no folder for commands can be made in \(parent): \(String(cString: strerror(errno)))")
    }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    try makeFolder(files)
  }

  /// Where commands run.
  var files: String { path + "/files" }

  private var home: String { path + "/home" }

  /// An empty home, in place of the one before.
  func makeHome() throws(Problem) -> String {
    try? FileManager.default.removeItem(atPath: home)
    try makeFolder(home)
    try makeFolder(home + "/.aws")
    return home
  }

  private func makeFolder(_ path: String) throws(Problem) {
    guard mkdir(path, 0o700) == 0 else { throw Self.problem(path) }
  }

  /// Writes a file that only this user can read. A link that a command may have left in its place is not followed.
  func write(_ bytes: [UInt8], to file: String) throws(Problem) {
    unlink(file)
    let descriptor = open(file, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw Self.problem(file) }
    defer { close(descriptor) }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 || errno == EINTR else { throw Self.problem(file) }
      rest = rest.dropFirst(max(0, count))
    }
  }

  private static func problem(_ path: String) -> Problem {
    Problem("\(path) cannot be written: \(String(cString: strerror(errno)))")
  }

  func remove() { try? FileManager.default.removeItem(atPath: path) }
}
