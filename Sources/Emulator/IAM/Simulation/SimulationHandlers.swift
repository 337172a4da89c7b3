import AWSAPI
import IAMPolicy

extension IAMService {
  static let simulationHandlers: [String: Handler] = [
    "SimulateCustomPolicy": .read(simulateCustomPolicy),
    "SimulatePrincipalPolicy": .read(simulatePrincipalPolicy),
    "GetContextKeysForCustomPolicy": .read(getContextKeysForCustomPolicy),
    "GetContextKeysForPrincipalPolicy": .read(getContextKeysForPrincipalPolicy),
  ]

  private static func simulateCustomPolicy(_ state: EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let account = try state.account(of: call)
    return try simulate(try SimulationSubject(custom: call, in: account), call, guardrails: nil)
  }

  private static func simulatePrincipalPolicy(_ state: EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let account = try state.account(of: call)
    return try simulate(
      try SimulationSubject(principalOf: call, in: state), call,
      guardrails: state.organization?.serviceControl(of: account.id))
  }

  private static func getContextKeysForCustomPolicy(_ state: EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let keys = try call.simulatedPolicies("PolicyInputList").flatMap(\.contextKeys).uniqueKeys
    return Answer(["ContextKeyNames": .list(keys.map(AWSValue.string))])
  }

  private static func getContextKeysForPrincipalPolicy(
    _ state: EmulatorState, _ call: Call
  ) throws(AWSError) -> Answer {
    let subject = try SimulationSubject(principalOf: call, in: state)
    let keys = subject.identity.flatMap(\.contextKeys).uniqueKeys
    return Answer(["ContextKeyNames": .list(keys.map(AWSValue.string))])
  }

  /// One result for every action on every resource.
  private static func simulate(
    _ subject: SimulationSubject, _ call: Call, guardrails: [[AttachedPolicy]]?
  ) throws(AWSError) -> Answer {
    let simulation = try Simulation(subject, call, guardrails: guardrails)
    let resources = call.strings("ResourceArns")
    try checkHandling(of: resources, call)
    var questions: [(action: String, resource: String)] = []
    for action in call.strings("ActionNames") {
      // "This operation does not support using wildcards (*) in an action name."
      guard action.contains(":"), !action.contains("*"), !action.contains("?") else {
        throw .invalidInput("Invalid ActionNames: \(action)")
      }
      for resource in resources.isEmpty ? ["*"] : resources { questions.append((action, resource)) }
    }
    let page = try call.page(of: questions, key: { "\($0.action) \($0.resource)" }) { question in
      .structure(simulation.result(question.action, question.resource))
    }
    return Answer(page.answer("EvaluationResults"))
  }

  /// "By specifying the type of simulation to run, you enable the policy simulator to enforce the presence of the required
  /// resources" (API reference, SimulateCustomPolicy, `ResourceHandlingOption`).
  private static func checkHandling(of resources: [String], _ call: Call) throws(AWSError) {
    guard let option = call.string("ResourceHandlingOption") else { return }
    guard let types = handlingOptions[option] else { throw .invalidInput("Invalid ResourceHandlingOption: \(option)") }
    let given = Set(
      resources.compactMap { ARN($0) }.filter { $0.service == "ec2" }.map { String($0.resource.prefix { $0 != "/" }) })
    for type in types where !given.contains(type) {
      throw .invalidInput("ResourceHandlingOption \(option) requires a resource of the type \(type).")
    }
  }

  /// The types of EC2's resources that each scenario needs.
  private static let handlingOptions: [String: [String]] = {
    let instance = ["instance", "image", "security-group", "network-interface"]
    return [
      "EC2-VPC-InstanceStore": instance, "EC2-VPC-InstanceStore-Subnet": instance + ["subnet"],
      "EC2-VPC-EBS": instance + ["volume"], "EC2-VPC-EBS-Subnet": instance + ["subnet", "volume"],
    ]
  }()
}
