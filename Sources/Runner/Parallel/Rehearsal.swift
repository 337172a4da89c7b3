import AWSAPI
import AWSClient
import Emulator
import HTTP

/// A few calls to an emulator that nobody else sees.
///
/// The first call of each kind takes several times as long as those after it: tables are made, generic types of Swift's, the
/// program's pages are read. While one thread reads the scenario files another can have been through that.
enum Rehearsal {
  private static let account = "123456789012"
  private static let name = "rehearsal"

  static func perform() {
    let configuration = EmulatorConfiguration(accounts: [.init(id: account)])
    guard let emulator = try? Emulator(configuration) else { return }
    let target = EmulatorTarget(emulator)
    let caller = Caller(target: target, redactor: Redactor())
    let credentials = target.administrator(of: account)
    for (service, operation, parameters) in calls {
      guard let operation = Catalogue.operation(service, operation) else { continue }
      _ = try? caller.call(AWSCall(operation: operation, parameters: parameters), as: name, credentials)
    }
  }

  private static let calls: [(Service, String, AWSStructure)] = [
    (.iam, "CreateUser", ["UserName": .string(name)]),
    (
      .iam, "PutUserPolicy",
      ["UserName": .string(name), "PolicyName": .string(name), "PolicyDocument": .string(policy("Resource"))]
    ),
    (.iam, "CreateRole", ["RoleName": .string(name), "AssumeRolePolicyDocument": .string(policy("Principal"))]),
    (
      .sts, "AssumeRole",
      ["RoleArn": .string("arn:aws:iam::\(account):role/\(name)"), "RoleSessionName": .string(name)]
    ),
    (.s3, "CreateBucket", ["Bucket": .string(name)]),
    (.s3, "PutObject", ["Bucket": .string(name), "Key": .string(name), "Body": .blob(.bytes(Array(name.utf8)))]),
    (.s3, "ListObjectsV2", ["Bucket": .string(name)]),
  ]

  private static func policy(_ key: String) -> String {
    #"{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","\#(key)":"*"}}"#
  }
}
