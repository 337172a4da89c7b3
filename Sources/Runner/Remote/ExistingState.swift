import AWSAPI

/// Looks whether something is there already, before a run puts its own in that place of a resource which is not its own:
/// taking back what it made would otherwise take away what was there.
struct ExistingState {
  let caller: Caller
  let region: String

  /// - Throws: that it is there, or that nobody can tell.
  func requireAbsence(of call: AWSCall, _ signing: Signing) throws(Problem) {
    guard let probe = Probe(call) else {
      throw Problem(
        "\(call.operation.qualifiedName) on what was there before is not done: it could not be taken back exactly")
    }
    let exchange = try caller.call(probe.call, as: "", signing.credentials, region: region)
    let isThere: Bool
    switch exchange.outcome {
    case .success(let answer): isThere = probe.finds(answer)
    case .failure(let error):
      guard error.meansGone || error.code.hasPrefix("NoSuch") else {
        throw Problem(
          "it cannot be told whether \(call.operation.qualifiedName) would replace something: \(error.code): \(error.message)"
        )
      }
      isThere = false
    }
    if isThere {
      throw Problem("\(call.operation.qualifiedName) would replace what is there already; nothing was changed")
    }
  }

  /// The call that tells, and what to look for in its answer.
  private struct Probe {
    var call: AWSCall
    /// A list in the answer, the member of its elements and the value that must not be there; `nil` where any success means
    /// that something is.
    var element: (list: String, member: String, value: String?)?

    func finds(_ answer: AWSStructure) -> Bool {
      guard let element else { return true }
      return (answer[element.list]?.list ?? []).contains { $0.structure?[element.member]?.string == element.value }
    }

    init?(_ call: AWSCall) {
      let name = call.operation.name
      let parameters = call.parameters
      switch name {
      case "AttachUserPolicy", "AttachGroupPolicy", "AttachRolePolicy":
        let entity = name.dropFirst("Attach".count).dropLast("Policy".count)
        self.init(
          call, "ListAttached\(entity)Policies", ["\(entity)Name"],
          element: ("AttachedPolicies", "PolicyArn", parameters["PolicyArn"]?.string))
      case "PutUserPolicy", "PutGroupPolicy", "PutRolePolicy":
        self.init(call, "Get" + name.dropFirst("Put".count), [name.dropFirst(3).dropLast(6) + "Name", "PolicyName"])
      case "AddUserToGroup":
        self.init(
          call, "ListGroupsForUser", ["UserName"], element: ("Groups", "GroupName", parameters["GroupName"]?.string))
      case "CreateLoginProfile": self.init(call, "GetLoginProfile", ["UserName"])
      case "PutObject": self.init(call, "HeadObject", ["Bucket", "Key"])
      case "PutBucketPolicy", "PutBucketTagging", "PutBucketCors":
        self.init(call, "Get" + name.dropFirst(3), ["Bucket"])
      case "PutBucketLifecycleConfiguration": self.init(call, "GetBucketLifecycleConfiguration", ["Bucket"])
      // A new key takes no other's place.
      case "CreateAccessKey":
        self.init(call, "ListAccessKeys", ["UserName"], element: ("AccessKeyMetadata", "AccessKeyId", ""))
      default: return nil
      }
    }

    private init?(
      _ call: AWSCall, _ operation: some StringProtocol, _ names: [some StringProtocol],
      element: (list: String, member: String, value: String?)? = nil
    ) {
      guard let operation = Catalogue.operation(call.operation.service, String(operation)) else { return nil }
      var parameters = AWSStructure()
      for name in names { parameters[String(name)] = call.parameters[String(name)] }
      self.call = AWSCall(operation: operation, parameters: parameters)
      self.element = element
    }
  }
}
