package import AWSAPI

/// Which endpoint each service is reached at, and for which region requests to it are signed.
package enum ServiceEndpoints: Sendable, Hashable {
  /// AWS's own. IAM has one endpoint for all regions, in `us-east-1`; STS's regional ones hand out tokens that every region takes.
  case aws
  /// One that answers for all services, and tells them apart by the signature.
  case single(Endpoint)
  /// AWS's own, but for services that are reached elsewhere: at a VPC's endpoint, or a proxy's.
  case named([Service: Endpoint])

  package func endpoint(of service: Service, region: String) -> Endpoint {
    switch self {
    case .single(let endpoint): endpoint
    case .named(let endpoints): endpoints[service] ?? Self.own(of: service, region: region)
    case .aws: Self.own(of: service, region: region)
    }
  }

  private static func own(of service: Service, region: String) -> Endpoint {
    switch service {
    case .iam: Endpoint(.https, host: "iam.amazonaws.com")
    case .sts: Endpoint(.https, host: "sts.\(region).amazonaws.com")
    case .s3: Endpoint(.https, host: "s3.\(region).amazonaws.com")
    }
  }

  /// The region of the credential scope. IAM is signed for `us-east-1` wherever it is called from.
  package func signingRegion(of service: Service, region: String) -> String {
    service == .iam ? "us-east-1" : region
  }
}
