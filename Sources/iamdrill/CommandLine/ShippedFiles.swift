import Glibc

/// The files that come along with the program: in the repository beside it, or below the prefix that it is installed in.
enum ShippedFiles {
  /// The path of the scenario `name`: a file as it is named, or else one of those that come along.
  static func scenario(_ name: String) -> String {
    if access(name, R_OK) == 0 { return name }
    guard !name.contains("/") else { return name }
    let file = name.hasSuffix(".yaml") ? name : name + ".yaml"
    let places = ["scenarios"] + (folder.map { ["\($0)/scenarios"] } ?? [])
    return places.map { "\($0)/\(file)" }.first { access($0, R_OK) == 0 } ?? name
  }

  /// `PREFIX/share/iamdrill` for the program `PREFIX/bin/iamdrill`.
  private static var folder: String? {
    var path = [CChar](repeating: 0, count: Int(PATH_MAX) + 1)
    let count = readlink("/proc/self/exe", &path, Int(PATH_MAX))
    guard count > 0 else { return nil }
    let program = String(decoding: path[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let prefix = program.split(separator: "/", omittingEmptySubsequences: false).dropLast(2).joined(separator: "/")
    return "\(prefix)/share/iamdrill"
  }
}
