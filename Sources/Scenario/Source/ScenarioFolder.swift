#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The folder of a scenario file, below which the file may name others.
///
/// A scenario may come from a pull request, so a name never leads out: no absolute path, no `..`, and no symbolic link on
/// the way, because a link that is checked first and opened later may have changed in between.
package struct ScenarioFolder: Sendable, Hashable {
  /// Files larger than this are not read into memory.
  package static let largestFile = 64 << 20

  package let path: String

  package init(path: String) {
    self.path = path.isEmpty ? "." : path
  }

  /// The folder that the file at `path` is in.
  package init(of path: String) {
    let slash = path.utf8.lastIndex(of: UInt8(ascii: "/"))
    self.init(path: slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? ".")
  }

  /// The bytes of the file named `name`.
  /// - Parameter range: where the name stands, for the error.
  /// - Throws: why it cannot be read.
  package func read(
    _ name: String, at range: SourceRange?, limit: Int = ScenarioFolder.largestFile
  ) throws(Diagnostic) -> [UInt8] {
    let components = name.split(separator: "/", omittingEmptySubsequences: false)
    guard !name.isEmpty, !name.utf8.contains(0), components.allSatisfy({ !$0.isEmpty && $0 != ".." }) else {
      throw .error(
        "`\(name)` is not below the scenario's folder", at: range,
        notes: [.init("files are named relative to the scenario's folder, without `..`")])
    }
    let root = OpenFile(open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC))
    let folder = components.dropLast().reduce(root) { $0.opening(String($1), O_DIRECTORY) }
    // Without O_NONBLOCK a named pipe would be waited for.
    let opened = folder.opening(String(components.last ?? ""), O_NONBLOCK)
    do {
      return try opened.contents(limit: limit)
    } catch {
      throw .error("cannot read `\(name)`: \(error.message)", at: range)
    }
  }
}

/// Why a file could not be read.
struct FileProblem: Error {
  var message: String

  /// What `errno` says.
  static func system() -> FileProblem {
    switch errno {
    case ENOENT: FileProblem(message: "no such file")
    case ELOOP: FileProblem(message: "it is, or is behind, a symbolic link")
    case ENOTDIR: FileProblem(message: "a part of the path is not a folder, or is a symbolic link")
    default: FileProblem(message: String(cString: strerror(errno)))
    }
  }
}

/// An open file descriptor, or the reason why there is none.
final class OpenFile {
  let descriptor: Int32
  private let problem: FileProblem?

  /// Takes over what `open` returned.
  init(_ descriptor: Int32) {
    problem = descriptor < 0 ? .system() : nil
    self.descriptor = descriptor
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
  }

  /// What is called `name` in this folder, unless it is a symbolic link.
  func opening(_ name: String, _ flags: Int32) -> OpenFile {
    if problem != nil { return self }
    return OpenFile(openat(descriptor, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | flags))
  }

  /// All bytes of a regular file.
  /// - Throws: why they cannot be read, or that there are more than `limit`.
  func contents(limit: Int) throws(FileProblem) -> [UInt8] {
    if let problem { throw problem }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .system() }
    guard status.st_mode & S_IFMT == S_IFREG else { throw FileProblem(message: "it is not a file") }
    guard status.st_size <= limit else { throw FileProblem(message: "it is larger than \(limit) bytes") }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: max(4096, min(Int(status.st_size) + 1, 1 << 20)))
    while true {
      let count = chunk.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
      if count == 0 { return bytes }
      guard count > 0 else {
        if errno == EINTR { continue }
        throw .system()
      }
      bytes += chunk[..<count]
      guard bytes.count <= limit else { throw FileProblem(message: "it is larger than \(limit) bytes") }
    }
  }
}
