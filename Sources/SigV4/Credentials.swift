/// A text that must not be seen: it prints as `****` wherever values are printed.
///
/// Two secrets are compared in a time that does not tell where they differ.
package struct Secret: Sendable, Hashable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  private let value: String

  package init(_ value: String) { self.value = value }

  /// The text itself, for signing and for the one place that hands it out.
  package func reveal() -> String { value }

  package var description: String { "****" }
  package var debugDescription: String { "****" }
  package var customMirror: Mirror { Mirror(self, children: []) }

  package static func == (left: Secret, right: Secret) -> Bool {
    CryptoBytes.areEqual(left.value, right.value)
  }

  package func hash(into hasher: inout Hasher) {
    var value = value
    value.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }
}

/// What a request is signed with.
package struct Credentials: Sendable, Hashable {
  package var accessKeyID: String
  package var secretAccessKey: Secret
  /// Only temporary credentials have one.
  package var sessionToken: Secret?

  package init(accessKeyID: String, secretAccessKey: Secret, sessionToken: Secret? = nil) {
    self.accessKeyID = accessKeyID
    self.secretAccessKey = secretAccessKey
    self.sessionToken = sessionToken
  }
}

/// What a signature is bound to besides the request: a day, a region, a service.
package struct CredentialScope: Sendable, Hashable, CustomStringConvertible {
  /// `20260131`.
  package var day: String
  package var region: String
  /// The name in signatures: `iam`, `sts`, `s3`.
  package var service: String

  package init(day: String, region: String, service: String) {
    self.day = day
    self.region = region
    self.service = service
  }

  package var description: String { day + "/" + region + "/" + service + "/aws4_request" }
}
