/// A service whose operations the catalogue describes.
package enum Service: String, Sendable, Hashable, CaseIterable {
  case iam, sts, s3

  /// The version every query request names; S3 has none on the wire.
  package var apiVersion: String {
    switch self {
    case .iam: "2010-05-08"
    case .sts: "2011-06-15"
    case .s3: "2006-03-01"
    }
  }

  /// The namespace of the service's XML.
  package var xmlNamespace: String {
    switch self {
    case .iam: "https://iam.amazonaws.com/doc/2010-05-08/"
    case .sts: "https://sts.amazonaws.com/doc/2011-06-15/"
    case .s3: "http://s3.amazonaws.com/doc/2006-03-01/"
    }
  }
}
