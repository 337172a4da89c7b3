import Glibc

/// The scenario files that a command line's paths stand for: files as they are, folders with all `*.yaml` and `*.yml`
/// below them, sorted by name so that every run has the same order.
enum ScenarioPaths {
  /// Folders below folders: far more than a tree of scenarios has, few enough for a loop of links to end.
  private static let deepest = 32

  static func expand(_ paths: [String]) -> [String] {
    paths.flatMap { path in isFolder(path) ? files(below: path, depth: 0) : [path] }
  }

  private static func files(below folder: String, depth: Int) -> [String] {
    guard depth < deepest, let handle = opendir(folder) else { return [] }
    defer { closedir(handle) }
    var names: [String] = []
    while let entry = readdir(handle) {
      names.append(
        withUnsafePointer(to: &entry.pointee.d_name) { name in
          name.withMemoryRebound(to: CChar.self, capacity: Int(NAME_MAX) + 1) { String(cString: $0) }
        })
    }
    let prefix = folder.hasSuffix("/") ? folder : folder + "/"
    return names.filter { !$0.hasPrefix(".") }.sorted().flatMap { name in
      let path = prefix + name
      if isFolder(path) { return files(below: path, depth: depth + 1) }
      return name.hasSuffix(".yaml") || name.hasSuffix(".yml") ? [path] : []
    }
  }

  private static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }
}
