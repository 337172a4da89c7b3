import AWSAPI
import Emulator

/// `iamdrill operations`
enum OperationsCommand: Subcommand {
  static let description = CommandDescription(
    name: "operations",
    summary: "List the operations that scenarios can call and the emulator serves.",
    discussion: """
      Prints a table in Markdown: each operation, the permissions it asks for and on what, and what undoes it. A
      permission with a condition is only asked for where the call has (or has not) the parameter.
      """)

  static func run(_ arguments: ParsedArguments) throws(UsageError) -> ExitCode {
    let operations = Service.allCases.flatMap { service in
      Catalogue.names(of: service).compactMap { Catalogue.operation(service, $0) }
    }
    Console.write(OperationsTable(operations).text)
    return .success
  }
}

/// The catalogue as a page of the documentation.
struct OperationsTable {
  let operations: [AWSAPI.Operation]

  init(_ operations: [AWSAPI.Operation]) {
    self.operations = operations
  }

  var text: String {
    var text = """
      # Operations

      <!-- Written by `iamdrill operations`; `make docs` writes it anew. -->

      What scenarios can call and the emulator serves: \(operations.count) operations. What AWS has besides is answered
      `InvalidAction` by IAM and STS and `NotImplemented` (501) by S3.

      The permissions are those that a call is authorized against, all of them. “With `X`” means: only where the call has
      the parameter `X`.

      """
    for service in Service.allCases {
      let own = operations.filter { $0.service == service }
      text += "\n## \(service.rawValue.uppercased()): \(own.count)\n\n"
      text += "| operation | permissions | undone by |\n|---|---|---|\n"
      for operation in own { text += Self.row(operation) }
    }
    return text
  }

  private static func row(_ operation: AWSAPI.Operation) -> String {
    let permissions = operation.authorization.map { rule in
      "`\(rule.action)` on \(self.text(rule.resource))\(self.text(rule.condition))"
    }
    let served = Emulator.serves(operation) ? "" : " (not emulated)"
    let undo = operation.undo.map { "`\($0.operation)`" } ?? ""
    let asked = permissions.isEmpty ? "what each of its objects needs" : permissions.joined(separator: "; ")
    return "| `\(operation.name)`\(served) | \(asked) | \(undo) |\n"
  }

  private static func text(_ resource: AuthorizationRule.Resource) -> String {
    switch resource {
    case .any: "`*`"
    case .iam(let entity, let name): "the \(noun(entity)) `\(name)`"
    case .collection(let entity): "\(noun(entity))s"
    case .arn(let parameter): "`\(parameter)`"
    case .bucket: "the bucket"
    case .object: "the object"
    case .copySource: "the source"
    }
  }

  private static func noun(_ entity: AuthorizationRule.IAMEntity) -> String {
    switch entity {
    case .user, .group, .role, .policy: entity.rawValue
    case .instanceProfile: "instance profile"
    case .mfa: "MFA device"
    case .oidcProvider: "OpenID Connect provider"
    case .samlProvider: "SAML provider"
    case .serverCertificate: "server certificate"
    }
  }

  private static func text(_ condition: AuthorizationRule.Condition?) -> String {
    switch condition {
    case nil: ""
    case .present(let name): " with `\(name)`"
    case .absent(let name): " without `\(name)`"
    }
  }
}
