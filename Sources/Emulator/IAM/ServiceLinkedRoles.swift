import AWSAPI

extension IAMService {
  static let serviceLinkedRoleHandlers: [String: Handler] = [
    "CreateServiceLinkedRole": .write(createServiceLinkedRole),
    "DeleteServiceLinkedRole": .write(deleteServiceLinkedRole),
    "GetServiceLinkedRoleDeletionStatus": .read(getDeletionStatus),
  ]

  private static func createServiceLinkedRole(_ state: inout EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let service = try call.required("AWSServiceName")
    guard service.hasSuffix(".amazonaws.com"), service.utf8.count > 14 else {
      throw .invalidInput("Invalid AWS service name: \(service)")
    }
    let name = ServiceLinkedRoleName.of(service) + (call.string("CustomSuffix").map { "_\($0)" } ?? "")
    let account = try state.account(of: call)
    guard account.roles[NameKey(name)] == nil else {
      throw .invalidInput(
        "Service role name \(name) has been taken in this account, please try a different suffix.")
    }
    let path = "/aws-service-role/\(service)/"
    let trust = try StoredPolicy(
      trustPolicy: #"{"Version":"2012-10-17","Statement":[{"Action":["sts:AssumeRole"],"Effect":"Allow","#
        + #""Principal":{"Service":["\#(service)"]}}]}"#, in: state)
    let identity = EntityIdentity(
      name: name, path: path, id: state.identifiers.uniqueID(EntityKind.role),
      arn: account.arn("role", path: path, name: name), createDate: call.now)
    var role = Role(identity: identity, trust: trust, maxSessionDuration: Role.defaultSessionDuration)
    role.description = call.string("Description")
    role.protection = .service
    state.insert(role, into: account.id)
    var answer = role.summary(in: state)
    (answer["MaxSessionDuration"], answer["Description"]) = (nil, nil)
    return Answer(["Role": .structure(answer)])
  }

  private static func deleteServiceLinkedRole(_ state: inout EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let role = try state.entity(Role.self, of: call)
    guard role.protection == .service else { throw .noSuchEntity(.role, role.identity.name) }
    let account = try state.account(of: call)
    let task = "task\(role.identity.path)\(role.identity.name)/\(state.identifiers.requestID(.other))"
    state.remove(role, from: account.id)
    state.accounts[account.id]?.deletionTasks[UTF8Key(task)] = "SUCCEEDED"
    return Answer(["DeletionTaskId": .string(task)])
  }

  private static func getDeletionStatus(_ state: EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let task = try call.required("DeletionTaskId")
    guard let status = try state.account(of: call).deletionTasks[UTF8Key(task)] else {
      throw .noSuchEntity("Deletion task \(task) cannot be found.")
    }
    return Answer(["Status": .string(status)])
  }
}

/// The names of service-linked roles.
enum ServiceLinkedRoleName {
  /// The name for `service`. Those of common services are AWS's; for others one is made in the same manner.
  static func of(_ service: String) -> String {
    let label = String(service.prefix { $0 != "." })
    let name = known[label] ?? label.split(separator: "-").map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    return "AWSServiceRoleFor" + name
  }

  private static let known = [
    "autoscaling": "AutoScaling", "elasticloadbalancing": "ElasticLoadBalancing", "ecs": "ECS", "eks": "AmazonEKS",
    "rds": "RDS", "elasticache": "ElastiCache", "es": "AmazonElasticsearchService", "spot": "EC2Spot",
    "spotfleet": "EC2SpotFleet", "organizations": "Organizations", "support": "Support",
    "trustedadvisor": "TrustedAdvisor", "config": "Config", "guardduty": "AmazonGuardDuty",
    "inspector2": "AmazonInspector2", "cloudtrail": "CloudTrail", "access-analyzer": "AccessAnalyzer",
    "lex": "LexBots", "replicator": "LambdaReplicator", "sso": "SSO", "ssm": "AmazonSSM", "batch": "Batch",
    "backup": "Backup", "securityhub": "SecurityHub", "transitgateway": "VPCTransitGateway",
  ]
}
