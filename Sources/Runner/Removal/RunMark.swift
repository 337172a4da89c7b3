import AWSAPI

/// Whether something carries the mark of the run that is said to have made it.
enum RunMark {
  case own
  case absent
  /// It is there, and is somebody else's.
  case foreign(String)

  /// Reads what `entry` is about.
  static func of(_ entry: LedgerEntry, _ call: (AWSCall) throws(Problem) -> Exchange) throws(Problem) -> RunMark {
    guard let kind = entry.kind else { return .own }
    if kind == .virtualMFADevice { return try ofDevice(entry, call) }
    guard let operation = Catalogue.operation(kind.service, kind.read) else { return .own }
    let exchange = try call(AWSCall(operation: operation, parameters: [kind.identifier: .string(entry.name)]))
    switch exchange.outcome {
    case .success(let answer): return judge(answer, kind, entry, try tags(of: answer, kind, entry, call))
    case .failure(let error):
      // A bucket gets its tags right after it was made; its name has the run's id, and nobody else has it.
      if error.code == "NoSuchTagSet" {
        return RunID(inName: entry.name) == entry.run ? .own : .foreign(untagged(entry))
      }
      if error.meansGone { return .absent }
      throw Problem("\(operation.qualifiedName) \(entry.name): \(error.code): \(error.message)")
    }
  }

  private static func untagged(_ entry: LedgerEntry) -> String {
    "it is not tagged as of the run \(entry.run): left alone"
  }

  private static func judge(
    _ answer: AWSStructure, _ kind: ResourceKind, _ entry: LedgerEntry, _ tags: [AWSValue]?
  ) -> RunMark {
    if kind == .group {
      // Groups have no tags: the path and the name have to say it, both.
      let path = answer["Group"]?.structure?["Path"]?.string ?? ""
      let isOwn = RunID(inPath: path) == entry.run && RunID(inName: entry.name) == entry.run
      return isOwn ? .own : .foreign("its path is not of the run \(entry.run): left alone")
    }
    let tag = (tags ?? []).first { $0.structure?["Key"]?.string == RunID.tagKey }
    if let tag { return tag.structure?["Value"]?.string == entry.run.text ? .own : .foreign(untagged(entry)) }
    return isBetweenMakingAndTagging(answer, kind, entry) ? .own : .foreign(untagged(entry))
  }

  /// Whether the run ended after it made something and before it tagged that, as it does for principals who may not tag: it is
  /// in the ledger, and the run's id stands in its name and its path.
  private static func isBetweenMakingAndTagging(
    _ answer: AWSStructure, _ kind: ResourceKind, _ entry: LedgerEntry
  ) -> Bool {
    let name = entry.name.split(separator: "/").last.map(String.init) ?? entry.name
    guard entry.id != 0, kind != .openIDConnectProvider, RunID(inName: name) == entry.run else { return false }
    guard kind.hasPath else { return true }
    let path = answer.members.lazy.compactMap { $0.value.structure?["Path"]?.string }.first
    return path.flatMap { RunID(inPath: $0) } == entry.run
  }

  /// The tags in an answer, or those that a call of their own gives where the answer leaves them out.
  private static func tags(
    of answer: AWSStructure, _ kind: ResourceKind, _ entry: LedgerEntry, _ call: (AWSCall) throws(Problem) -> Exchange
  ) throws(Problem) -> [AWSValue]? {
    if let tags = answer["TagSet"]?.list ?? answer["Tags"]?.list { return tags }
    if let tags = answer.members.lazy.compactMap({ $0.value.structure?["Tags"]?.list }).first { return tags }
    let noun = kind.create.dropFirst("Create".count)
    guard let list = Catalogue.operation(.iam, "List\(noun)Tags") else { return nil }
    let exchange = try call(AWSCall(operation: list, parameters: [kind.identifier: .string(entry.name)]))
    if case .success(let answer) = exchange.outcome { return answer["Tags"]?.list }
    return nil
  }

  /// Nothing reads one device; its serial number has its path and its name.
  private static func ofDevice(
    _ entry: LedgerEntry, _ call: (AWSCall) throws(Problem) -> Exchange
  ) throws(Problem) -> RunMark {
    guard entry.name.range(ofText: entry.run.path) != nil else { return .foreign(untagged(entry)) }
    guard let list = Catalogue.operation(.iam, "ListVirtualMFADevices") else { return .own }
    for serial in try Pages.all(list, [:], "VirtualMFADevices", call).compactMap({
      $0.structure?["SerialNumber"]?.string
    })
    where serial == entry.name {
      return .own
    }
    return .absent
  }
}

/// Lists of IAM, read to their end.
enum Pages {
  /// Far more pages than an account's quotas allow.
  private static let most = 1000

  static func all(
    _ operation: AWSAPI.Operation, _ parameters: AWSStructure, _ list: String,
    _ call: (AWSCall) throws(Problem) -> Exchange
  ) throws(Problem) -> [AWSValue] {
    var parameters = parameters
    var elements: [AWSValue] = []
    for _ in 0..<most {
      let exchange = try call(AWSCall(operation: operation, parameters: parameters))
      switch exchange.outcome {
      case .success(let answer):
        elements += answer[list]?.list ?? []
        guard answer["IsTruncated"]?.boolean == true, let marker = answer["Marker"] else { return elements }
        parameters["Marker"] = marker
      case .failure(let error):
        if error.meansGone { return elements }
        throw Problem("\(operation.qualifiedName): \(error.code): \(error.message)")
      }
    }
    return elements
  }
}
