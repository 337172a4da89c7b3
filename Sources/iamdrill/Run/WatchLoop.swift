import Glibc
import Report
import Runner
import Scenario

/// Runs scenarios, and again those that a change of a file touches, until it is interrupted.
struct WatchLoop {
  let paths: [String]
  let color: Bool
  let selection: ScenarioSelection

  func run(_ run: ([Scenario]) throws(UsageError) -> ExitCode) throws(UsageError) -> ExitCode {
    guard !paths.isEmpty else { throw UsageError("no file or folder given", command: "run") }
    guard let watcher = FileWatcher() else {
      Console.writeError("iamdrill: this system does not tell of changed files\n")
      return .unreadable
    }
    var outcome = try runAgain(ScenarioPaths.expand(paths), watcher, run) ?? .unreadable
    while !Interruption.isRequested {
      Console.writeError("Watching; Ctrl-C ends.\n")
      let changed = watcher.nextChange()
      guard !Interruption.isRequested else { break }
      let touched = touchedFiles(by: changed)
      if let next = try runAgain(touched, watcher, run) { outcome = next }
    }
    return outcome
  }

  /// Loads and runs `files`; `nil` where there is nothing to run, or a file is wrong, which is said.
  private func runAgain(
    _ files: [String], _ watcher: FileWatcher, _ run: ([Scenario]) throws(UsageError) -> ExitCode
  ) throws(UsageError) -> ExitCode? {
    for file in ScenarioPaths.expand(paths) { watcher.watch(folder: ScenarioFolder(of: file).path) }
    guard !files.isEmpty else { return nil }
    guard let scenarios = try ScenarioLoading.load(files, command: "run", color: color) else { return .unreadable }
    for source in scenarios.flatMap(\.furtherSources) { watcher.watch(folder: ScenarioFolder(of: source.path).path) }
    let selected = selection.apply(to: scenarios)
    return selected.isEmpty ? nil : try run(selected)
  }

  /// The scenario files among `changed`, and those that speak of a changed file by its name.
  private func touchedFiles(by changed: Set<String>) -> [String] {
    let others = changed.filter { !$0.hasSuffix(".yaml") && !$0.hasSuffix(".yml") }
    let names = others.compactMap { $0.split(separator: "/").last.map(String.init) }
    return ScenarioPaths.expand(paths).filter { file in
      if changed.contains(file) { return true }
      guard !names.isEmpty, let text = TextFile.read(file) else { return false }
      return names.contains { text.contains($0) }
    }
  }
}

/// Tells which files below some folders have changed.
final class FileWatcher {
  private let descriptor: Int32
  private var folders: [Int32: String] = [:]

  /// `nil` where the kernel gives no more watches.
  init?() {
    descriptor = inotify_init1(Int32(IN_CLOEXEC | IN_NONBLOCK))
    guard descriptor >= 0 else { return nil }
  }

  deinit { close(descriptor) }

  func watch(folder: String) {
    let events = UInt32(IN_CLOSE_WRITE | IN_MOVED_TO | IN_DELETE)
    let watch = inotify_add_watch(descriptor, folder, events)
    if watch >= 0 { folders[watch] = folder }
  }

  /// Waits for a change and for the few that follow it at once, as editors make them.
  /// - Returns: the files' paths; empty after an interruption.
  func nextChange() -> Set<String> {
    var changed: Set<String> = []
    while !Interruption.isRequested {
      var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      let ready = Glibc.poll(&poll, 1, changed.isEmpty ? Self.longestWait : Self.settling)
      if ready > 0 { changed.formUnion(read()) } else if !changed.isEmpty { break }
    }
    return changed
  }

  /// Milliseconds; a signal ends the wait at once, and one that came just before it after this.
  private static let longestWait: Int32 = 500
  /// Milliseconds without a further change, after which a change is over.
  private static let settling: Int32 = 10

  private func read() -> Set<String> {
    var bytes = [UInt8](repeating: 0, count: 1 << 14)
    let count = bytes.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
    guard count > 0 else { return [] }
    var names: Set<String> = []
    bytes[..<count].withUnsafeBytes { buffer in
      var offset = 0
      // The kernel's `struct inotify_event`: four words of 32 bits, the last the length of the name behind them.
      while offset + 16 <= buffer.count {
        let watch = buffer.loadUnaligned(fromByteOffset: offset, as: Int32.self)
        let length = Int(buffer.loadUnaligned(fromByteOffset: offset + 12, as: UInt32.self))
        let name = buffer[(offset + 16)..<min(buffer.count, offset + 16 + length)].prefix { $0 != 0 }
        if let folder = folders[watch], !name.isEmpty {
          let file = String(decoding: name, as: UTF8.self)
          names.insert(folder == "." ? file : folder == "/" ? "/" + file : "\(folder)/\(file)")
        }
        offset += 16 + length
      }
    }
    return names
  }
}
