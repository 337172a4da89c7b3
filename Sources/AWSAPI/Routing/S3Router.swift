package import HTTP

extension Catalogue {
  /// The S3 operation that `request` asks for.
  /// - Throws: ``AWSError`` where there is none: `NotImplemented` for what S3 has and we have not, `MethodNotAllowed` for
  ///   what S3 has not either. No request is ever taken for another operation than the one it names.
  package static func route(_ request: HTTPRequest) throws(AWSError) -> S3Route {
    try route(S3Address(request), method: request.method, headers: request.headers)
  }

  /// Makes the table that ``route(_:)`` looks in, which it otherwise does when first called.
  package static func prepare() { _ = S3Router.shared }

  /// The S3 operation at `address`.
  /// - Throws: as ``route(_:)``.
  package static func route(
    _ address: S3Address, method: String, headers: HTTPHeaders
  ) throws(AWSError) -> S3Route {
    let operation = try S3Router.shared.operation(method, address, headers)
    return S3Route(operation: operation, bucket: address.bucket, key: address.key, query: address.query)
  }
}

/// S3's operations by what tells them apart.
struct S3Router: Sendable {
  static let shared = S3Router()

  private struct Place: Hashable, Sendable {
    var method: String
    var target: RESTBinding.Target
    /// The part of the bucket or object that is asked for; `nil` for the whole.
    var subresource: String?
  }

  struct Candidate: Sendable {
    let operation: Operation
    let binding: RESTBinding
  }

  /// What each place has, the operations that ask for more before those that ask for less.
  private let candidates: [Place: [Candidate]]

  private init() {
    var candidates: [Place: [Candidate]] = [:]
    for operation in Catalogue.names(of: .s3).compactMap({ Catalogue.operation(.s3, $0) }) {
      guard let binding = operation.binding else { continue }
      let named = (binding.selector + binding.neededQuery).map { String($0.prefix { $0 != "=" }) }
      let place = Place(
        method: binding.method, target: binding.target, subresource: named.first(where: Self.knownSubresources.contains)
      )
      candidates[place, default: []].append(Candidate(operation: operation, binding: binding))
    }
    self.candidates = candidates.mapValues { $0.sorted { $0.specificity > $1.specificity } }
  }

  func operation(_ method: String, _ address: S3Address, _ headers: HTTPHeaders) throws(AWSError) -> Operation {
    let subresource = try Self.subresource(address.query)
    if method == "PUT", address.target == .object { try Self.checkPart(address.query) }
    let place = Place(method: method, target: address.target, subresource: subresource)
    guard let found = candidates[place]?.first(where: { $0.isMet(address.query, headers) }) else {
      throw refusal(method, address, subresource)
    }
    try Self.checkListType(address)
    return found.operation
  }

  /// The one part that a query asks for; S3 refuses a request for two.
  private static func subresource(_ query: QueryItems) throws(AWSError) -> String? {
    var found: String?
    for item in query.items where knownSubresources.contains(item.name) {
      if let found, found != item.name { throw conflict([found, item.name]) }
      found = item.name
    }
    return found
  }

  private func refusal(_ method: String, _ address: S3Address, _ subresource: String?) -> AWSError {
    guard let subresource else {
      // A form upload; everything else without a sub-resource is described or is not S3's.
      return method == "POST" && address.target == .bucket
        ? Self.notImplemented("POST") : Self.methodNotAllowed(method, address.target.rawValue.uppercased())
    }
    let isKnown = candidates.keys.contains { $0.target == address.target && $0.subresource == subresource }
    return isKnown && !Self.writesNotServed.contains("\(method) \(subresource)")
      ? Self.methodNotAllowed(method, subresource.uppercased()) : Self.notImplemented(subresource)
  }

  private static func checkListType(_ address: S3Address) throws(AWSError) {
    guard address.target == .bucket, let type = address.query["list-type"], type != "2" else { return }
    throw S3Argument(.init("ListType", .string, required: false), name: "list-type")
      .invalid("Invalid List Type specified in Request", type)
  }

  /// A part without its number, or without its upload, must not become an object.
  private static func checkPart(_ query: QueryItems) throws(AWSError) {
    guard !query.items.isEmpty else { return }
    let names = ["partNumber", "uploadId"].filter { query[$0] != nil }
    guard names.count == 1 else { return }
    throw S3Argument(.init(names[0], .string, required: false), name: names[0])
      .invalid("A part needs both partNumber and uploadId", query[names[0]] ?? "")
  }

  private static func conflict(_ subresources: [String]) -> AWSError {
    AWSError(
      "InvalidArgument", "Conflicting query string parameters: \(subresources.joined(separator: ", "))", status: 400,
      fields: [
        .init(name: "ArgumentName", value: "ResourceType"),
        .init(name: "ArgumentValue", value: subresources.first ?? ""),
      ])
  }

  private static func notImplemented(_ what: String) -> AWSError {
    AWSError(
      "NotImplemented", "A header you provided implies functionality that is not implemented", status: 501,
      fields: [.init(name: "Header", value: what)])
  }

  private static func methodNotAllowed(_ method: String, _ resourceType: String) -> AWSError {
    AWSError(
      "MethodNotAllowed", "The specified method is not allowed against this resource.", status: 405,
      fields: [.init(name: "Method", value: method), .init(name: "ResourceType", value: resourceType)])
  }

  /// What S3 lets be changed and we serve for reading alone.
  private static let writesNotServed: Set<String> = [
    "PUT accelerate", "PUT requestPayment", "PUT website", "DELETE website", "PUT replication", "DELETE replication",
    "PUT object-lock",
  ]

  /// Query parameters that make a request one for a part of a bucket or an object, whether we serve that part or not.
  private static let knownSubresources: Set<String> = [
    "abac", "accelerate", "acl", "analytics", "attributes", "cors", "delete", "encryption", "intelligent-tiering",
    "inventory", "legal-hold", "lifecycle", "location", "logging", "metadataConfiguration", "metadataInventoryTable",
    "metadataJournalTable", "metadataTable", "metrics", "notification", "object-lock", "ownershipControls", "policy",
    "policyStatus", "publicAccessBlock", "renameObject", "replication", "requestPayment", "restore", "retention",
    "select", "session", "tagging", "torrent", "uploadId", "uploads", "versioning", "versions", "website",
  ]
}

extension S3Router.Candidate {
  /// Whether the request has all that the operation needs besides its sub-resource.
  fileprivate func isMet(_ query: QueryItems, _ headers: HTTPHeaders) -> Bool {
    let hasSelector = binding.selector.allSatisfy { piece in
      guard let equals = piece.firstIndex(of: "=") else { return query[piece] != nil }
      return query[String(piece[..<equals])] == String(piece[piece.index(after: equals)...])
    }
    return hasSelector && binding.neededQuery.allSatisfy { query[$0] != nil }
      && (binding.neededHeader.map { headers[$0] != nil } ?? true)
  }

  fileprivate var specificity: Int {
    binding.selector.count + binding.neededQuery.count + (binding.neededHeader == nil ? 0 : 1)
  }
}
