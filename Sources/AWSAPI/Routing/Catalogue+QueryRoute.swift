package import HTTP

extension Catalogue {
  /// The operation that a query service's form names.
  /// - Throws: ``AWSError`` `MissingAction`, or `InvalidAction` where the service knows no such action of this version.
  package static func route(form: QueryItems, service: Service) throws(AWSError) -> Operation {
    guard let action = form["Action"], !action.isEmpty else {
      throw AWSError("MissingAction", "The request must contain the parameter Action.", status: 400)
    }
    let version = form["Version"]
    guard version == service.apiVersion, let operation = operation(service, action) else {
      throw AWSError(
        "InvalidAction", "Could not find operation \(action) for version \(version ?? "NO_VERSION_SPECIFIED")",
        status: 400)
    }
    return operation
  }

  /// The query service whose version a form names, for requests whose credential scope does not tell it.
  package static func service(ofForm form: QueryItems) -> Service? {
    Service.allCases.first { $0 != .s3 && $0.apiVersion == form["Version"] }
  }
}
