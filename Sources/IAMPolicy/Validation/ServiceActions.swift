/// The names of the actions of the services that iamdrill knows whole.
///
/// Source: Service Authorization Reference, "Actions, resources, and condition keys" for IAM, STS and Amazon S3. Other services
/// have thousands of actions, of which nothing can be said.
public enum ServiceActions {
  /// The actions of a service, in their own spelling; `nil` for a service that is not known whole.
  public static func names(of service: String) -> [String]? { table(of: service)?.names.map { String($0) } }

  /// Whether some action of the service is matched by `pattern`, the part behind the colon; `nil` where the service is not
  /// known whole.
  public static func exists(_ pattern: String, in service: String) -> Bool? {
    guard let table = table(of: service) else { return nil }
    let glob = Glob(ASCII.lower(pattern))
    return table.lowercased.contains { glob.matches($0) }
  }

  /// Each is made when it is first asked for: most policies are about one service, and every start would wait for the rest.
  private struct Table: Sendable {
    var names: [Substring]
    /// In the bytes that patterns are matched with.
    var lowercased: [[UInt8]]

    init(_ text: String) {
      names = text.utf8.split { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\n") }.map { Substring($0) }
      lowercased = names.map { $0.utf8.map { ASCII.lower($0) } }
    }
  }

  private static let iamTable = Table(iam)
  private static let stsTable = Table(sts)
  private static let s3Table = Table(s3)

  private static func table(of service: String) -> Table? {
    switch ASCII.lower(service) {
    case "iam": iamTable
    case "sts": stsTable
    case "s3": s3Table
    default: nil
    }
  }
}
