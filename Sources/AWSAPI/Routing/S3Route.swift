package import HTTP

/// Where an S3 request leads: the operation, and what its path and query say.
package struct S3Route: Sendable {
  package var operation: Operation
  package var bucket: String?
  package var key: String?
  /// The query, decoded.
  package var query: QueryItems
}

/// What the path, the host and the query of an S3 request say, before it is known which operation is meant.
package struct S3Address: Sendable, Hashable {
  /// `nil` where the request is for the service itself.
  package var bucket: String?
  /// `nil` where the request is for a bucket.
  package var key: String?
  package var query: QueryItems

  /// Reads path-style (`/bucket/key`) and virtual-hosted (`bucket.s3.localhost`) requests. Nothing in a key is
  /// normalized: empty segments and dots are part of it.
  /// - Throws: ``AWSError`` `InvalidURI` where the path or the query is not percent-encoded UTF-8.
  package init(_ request: HTTPRequest) throws(AWSError) {
    let sent = Array(request.target.utf8)
    let mark = sent.firstIndex(of: UInt8(ascii: "?")) ?? sent.count
    guard let query = QueryItems(parsing: Array(sent[mark...].dropFirst()), plusIsSpace: true) else {
      throw Self.invalidURI(request.target)
    }
    self.query = query
    guard sent.first == UInt8(ascii: "/") else { throw Self.invalidURI(request.target) }
    let path = sent[1..<mark]
    let rest: ArraySlice<UInt8>
    if let bucket = Self.virtualBucket(request.headers["Host"] ?? "") {
      self.bucket = bucket
      rest = path
    } else {
      let slash = path.firstIndex(of: UInt8(ascii: "/"))
      guard let bucket = PercentEncoding.decodeText(path[..<(slash ?? path.endIndex)]) else {
        throw Self.invalidURI(request.target)
      }
      // A path that starts with two slashes names no bucket, which is not the same as asking for the service.
      if bucket.isEmpty, slash != nil { throw Self.invalidURI(request.target) }
      self.bucket = bucket.isEmpty ? nil : bucket
      rest = slash.map { path[($0 + 1)...] } ?? []
    }
    guard let key = PercentEncoding.decodeText(rest) else { throw Self.invalidURI(request.target) }
    self.key = key.isEmpty ? nil : key
  }

  package var target: RESTBinding.Target { bucket == nil ? .service : key == nil ? .bucket : .object }

  /// The bucket that a host names before its last label `s3` or `s3-…`: `bucket.s3.localhost:4600`.
  static func virtualBucket(_ host: String) -> String? {
    // Most hosts are addresses in numbers, which name none.
    guard host.utf8.contains(UInt8(ascii: "s")) else { return nil }
    let name = Array(host.utf8).prefix { $0 != UInt8(ascii: ":") }
    let labels = name.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    let service = labels.lastIndex { label in
      label.elementsEqual("s3".utf8) || label.starts(with: "s3-".utf8)
    }
    guard let service, service > 0, service < labels.count - 1 else { return nil }
    return String(decoding: name[..<labels[service - 1].endIndex], as: UTF8.self)
  }

  private static func invalidURI(_ target: String) -> AWSError {
    AWSError(
      "InvalidURI", "Couldn't parse the specified URI.", status: 400, fields: [.init(name: "URI", value: target)])
  }
}
