import AWSAPI
import FoundationEssentials

/// The conditions of a read: `If-Match` and its like (RFC 9110, section 13, in S3's reading of it).
struct ReadPreconditions: Sendable {
  var ifMatch: String?
  var ifNoneMatch: String?
  var ifModifiedSince: Date?
  var ifUnmodifiedSince: Date?

  /// What becomes of the read.
  enum Outcome: Hashable {
    case proceed
    /// 304.
    case notModified
    /// 412, with the name of the header that failed.
    case failed(String)
  }

  /// Where two conditions are given that contradict each other, the one on the ETag decides.
  ///
  /// Source: S3 API reference, GetObject, "If-Match … evaluates to true and If-Unmodified-Since to false: 200", and
  /// "If-None-Match … evaluates to false and If-Modified-Since to true: 304".
  func outcome(etag: EntityTag, lastModified: Date) -> Outcome {
    if let ifMatch {
      if !Self.names(ifMatch, etag) { return .failed("If-Match") }
    } else if let ifUnmodifiedSince, lastModified > ifUnmodifiedSince {
      return .failed("If-Unmodified-Since")
    }
    if let ifNoneMatch {
      if Self.names(ifNoneMatch, etag) { return .notModified }
    } else if let ifModifiedSince, lastModified <= ifModifiedSince {
      return .notModified
    }
    return .proceed
  }

  /// Whether a header's list, `"a", W/"b"` or `*`, names the tag.
  static func names(_ header: String, _ etag: EntityTag) -> Bool {
    header.split(separator: ",").contains { item in
      var item = item.trimmingPrefix { $0 == " " }
      while item.last == " " { item = item.dropLast() }
      if item.hasPrefix("W/") { item = item.dropFirst(2) }
      return item == "*" || etag.matches(item)
    }
  }
}

extension ReadPreconditions {
  /// The conditions of GetObject and HeadObject or, with `prefix` `CopySource`, those on the source of a copy.
  init(_ call: Call, prefix: String = "") {
    ifMatch = call.string(prefix + "IfMatch")
    ifNoneMatch = call.string(prefix + "IfNoneMatch")
    ifModifiedSince = call.parameters[prefix + "IfModifiedSince"]?.timestamp
    ifUnmodifiedSince = call.parameters[prefix + "IfUnmodifiedSince"]?.timestamp
  }
}

/// The conditions of a write, held against what is there at the moment of the write.
struct WritePreconditions: Sendable {
  var ifMatch: String?
  var ifNoneMatch: String?

  init(_ call: Call) throws(AWSError) {
    ifMatch = call.string("IfMatch")
    ifNoneMatch = call.string("IfNoneMatch")
    // S3 has no way to say "unless it is this one" of a write.
    if let ifNoneMatch, ifNoneMatch != "*" {
      throw .notImplemented(
        header: "If-None-Match", "We don't accept the provided value of If-None-Match header for this API")
    }
    if ifMatch != nil, ifNoneMatch != nil {
      throw .notImplemented(
        header: "If-Match,If-None-Match", "Multiple conditional request headers present in the request")
    }
    if let ifMatch, ifMatch == "*" {
      throw .notImplemented(header: "If-Match", "We don't accept the provided value of If-Match header for this API")
    }
  }

  /// Source: S3 User Guide, "How to prevent object overwrites with conditional writes": 409 where a deletion "succeeds before a
  /// conditional write operation on that object completes".
  /// - Parameters:
  ///   - current: what is under the key, `nil` where nothing is or the key was deleted; not asked for where there are no
  ///     conditions.
  ///   - wasThere: whether something was when the write began.
  func check(
    _ current: @autoclosure () throws(AWSError) -> StoredObject?, key: String, wasThere: Bool = false
  ) throws(AWSError) {
    guard ifMatch != nil || ifNoneMatch != nil else { return }
    let current = try current()
    if ifNoneMatch != nil {
      if current != nil { throw .preconditionFailed("If-None-Match") }
      if wasThere { throw .conditionalConflict("If-None-Match", key: key) }
    }
    guard let ifMatch else { return }
    guard let current else { throw wasThere ? .conditionalConflict("If-Match", key: key) : .noSuchKey(key) }
    guard current.etag.matches(ifMatch) else { throw .preconditionFailed("If-Match") }
  }
}
