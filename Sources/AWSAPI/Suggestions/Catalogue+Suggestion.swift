extension Catalogue {
  /// The operation that was probably meant by an unknown `iam:CreatRole`, by a name without its service, or by one with
  /// the wrong service; `nil` where nothing is close.
  package static func suggestion(forOperation qualifiedName: String) -> String? {
    let pieces = qualifiedName.split(separator: ":", maxSplits: 1).map(String.init)
    guard let name = pieces.last, !name.isEmpty else { return nil }
    let service = pieces.count == 2 ? NearestName.of(pieces[0], among: Service.allCases.map(\.rawValue)) : nil
    // The service that was named comes first, so that it wins where the same name is as close in another.
    let services =
      Service.allCases.filter { $0.rawValue == service } + Service.allCases.filter { $0.rawValue != service }
    let candidates = services.flatMap { service in names(of: service).map { (service: service, name: $0) } }
    guard let nearest = NearestName.of(name, among: candidates.map(\.name)),
      let found = candidates.first(where: { $0.name == nearest })
    else { return nil }
    return "\(found.service.rawValue):\(found.name)"
  }
}

extension Operation {
  /// The parameter that was probably meant by an unknown one; `nil` where none is close.
  package func suggestion(forParameter name: String) -> String? {
    NearestName.of(name, among: input.members.map(\.name))
  }
}
