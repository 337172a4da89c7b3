import AWSAPI
import Scenario

extension RunPlan {
  /// Adds what a command needs that is run as the administrator of an account; what others may do is the scenario's affair.
  static func add(
    _ command: Scenario.CommandLine, of step: Scenario.Step, _ walk: PlanWalk, to plan: inout AccountPlan
  ) {
    guard step.principal?.value == plan.name, let known = walk.command(command) else { return }
    let bucket = known.buckets.first
    for operation in known.operations {
      var parameters: AWSStructure = [:]
      for member in operation.input.members where member.isRequired { parameters[member.name] = "*" }
      if let bucket, operation.input["Bucket"] != nil { parameters["Bucket"] = .string(bucket) }
      plan.policy.add(AWSCall(operation: operation, parameters: parameters), patterns: walk.patterns)
    }
  }
}

extension AWSCommand {
  /// The operations that the command is made of.
  fileprivate var operations: [AWSAPI.Operation] {
    if let operation { return [operation] }
    let names: [String] =
      switch name {
      case "ls": buckets.isEmpty ? ["ListBuckets"] : ["ListObjectsV2"]
      case "presign": ["GetObject"]
      case "cp": ["ListObjectsV2", "GetObject", "PutObject"]
      case "mv", "sync": ["ListObjectsV2", "GetObject", "PutObject", "DeleteObject"]
      case "rm": ["ListObjectsV2", "DeleteObject"]
      // What makes or takes away buckets is not run on accounts that outlive the run.
      default: []
      }
    return names.compactMap { Catalogue.operation(.s3, $0) }
  }
}
