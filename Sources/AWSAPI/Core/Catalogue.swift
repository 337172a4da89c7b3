/// The operations that iamdrill knows. An operation is built when it is first asked for, so that a start pays only for
/// those it uses.
package enum Catalogue {
  /// The operation with this qualified name, `iam:CreateRole`.
  package static func operation(named qualifiedName: String) -> Operation? {
    guard let colon = qualifiedName.utf8.firstIndex(of: UInt8(ascii: ":")),
      let service = Service(rawValue: String(qualifiedName[..<colon]))
    else { return nil }
    return operation(service, String(qualifiedName[qualifiedName.index(after: colon)...]))
  }

  /// The operation of `service` that AWS calls `name`.
  package static func operation(_ service: Service, _ name: String) -> Operation? {
    entries[service]?[name]?()
  }

  /// The names of all operations of `service`, sorted.
  package static func names(of service: Service) -> [String] {
    entries[service].map { $0.keys.sorted() } ?? []
  }

  typealias Entry = @Sendable () -> Operation

  private static let entries: [Service: [String: Entry]] = [.iam: iam, .sts: sts, .s3: s3]
}
