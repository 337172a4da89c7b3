import AWSAPI

/// The actions that the catalogue's operations are authorized against.
///
/// These are not all actions of the services, so an action that is not among them says nothing, unless it is one slip away
/// from one that is.
enum KnownActions {
  /// What S3's actions are on.
  enum Kind {
    case bucket, object
  }

  /// The action that was probably meant; `nil` for one that is known, one with wildcards, and one like no other.
  static func suggestion(for action: String) -> String? {
    let pieces = action.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard pieces.count == 2, let service = Service(rawValue: pieces[0].lowercased()), !pieces[1].isEmpty,
      !pieces[1].utf8.contains(UInt8(ascii: "*")), !pieces[1].utf8.contains(UInt8(ascii: "?"))
    else { return nil }
    // Most actions are named after their operation, which is cheaper to look up.
    if Catalogue.operation(service, pieces[1]) != nil { return nil }
    let names = table.names[service] ?? []
    let name = pieces[1].lowercased()
    if names.contains(where: { $0.lowercased() == name }) { return nil }
    return NearestName.of(pieces[1], among: names).map { "\(pieces[0]):\($0)" }
  }

  /// What an action of S3 is on; `nil` where that is not known, or not one thing.
  static func kind(of action: String) -> Kind? {
    table.kinds[action.lowercased()]
  }

  private struct Table: Sendable {
    var names: [Service: [String]] = [:]
    var kinds: [String: Kind] = [:]
  }

  private static let table: Table = {
    var names: [Service: Set<String>] = [:]
    var kinds: [String: Set<Kind>] = [:]
    for service in Service.allCases {
      for name in Catalogue.names(of: service) {
        names[service, default: []].insert(name)
        for rule in Catalogue.operation(service, name)?.authorization ?? [] {
          let pieces = rule.action.split(separator: ":", maxSplits: 1).map(String.init)
          guard pieces.count == 2, let owner = Service(rawValue: pieces[0]) else { continue }
          names[owner, default: []].insert(pieces[1])
          switch rule.resource {
          case .bucket: kinds[rule.action.lowercased(), default: []].insert(.bucket)
          case .object, .copySource: kinds[rule.action.lowercased(), default: []].insert(.object)
          case .any, .iam, .collection, .arn: break
          }
        }
      }
    }
    return Table(
      names: names.mapValues { $0.sorted() }, kinds: kinds.compactMapValues { $0.count == 1 ? $0.first : nil })
  }()
}
