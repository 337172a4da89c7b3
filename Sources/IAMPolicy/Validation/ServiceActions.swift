/// The names of the actions of the services that iamdrill knows whole.
///
/// Source: Service Authorization Reference, "Actions, resources, and condition keys" for IAM, STS and Amazon S3. Other services
/// have thousands of actions, of which nothing can be said.
public enum ServiceActions {
  /// The actions of a service, in their own spelling; `nil` for a service that is not known whole.
  public static func names(of service: String) -> [String]? { tables[ASCII.lower(service)]?.names }

  /// Whether some action of the service is matched by `pattern`, the part behind the colon; `nil` where the service is not
  /// known whole.
  public static func exists(_ pattern: String, in service: String) -> Bool? {
    guard let table = tables[ASCII.lower(service)] else { return nil }
    let pattern = ASCII.lower(pattern)
    if table.lowercased.contains(pattern) { return true }
    let glob = Glob(pattern)
    return glob.literal == nil && table.lowercased.contains { glob.matches($0) }
  }

  private struct Table: Sendable {
    var names: [String]
    var lowercased: Set<String>

    init(_ text: String) {
      names = text.split(whereSeparator: \.isWhitespace).map(String.init)
      lowercased = Set(names.map(ASCII.lower))
    }
  }

  private static let tables = ["iam": Table(iam), "sts": Table(sts), "s3": Table(s3)]
}
