// From what people type to the operation: the way back of ``Operation/commandLine(_:file:showingSecrets:)``.
extension Service {
  /// The service behind a word of the AWS CLI: `iam`, `sts`, `s3api`; `nil` for any other, also for `s3`, whose commands are
  /// no operations.
  package init?(commandWord word: String) {
    guard let service = Self.allCases.first(where: { $0.commandWord == word }) else { return nil }
    self = service
  }

  /// What the AWS CLI calls the service whose operations it has a command each for.
  package var commandWord: String { self == .s3 ? "s3api" : rawValue }
}

extension Catalogue {
  /// What the AWS CLI calls the operations of `service`, sorted.
  package static func commandNames(of service: Service) -> [String] {
    names(of: service).map { CommandName.kebab($0) }.sorted()
  }

  /// The operation of `service` that the AWS CLI calls `command`.
  package static func operation(_ service: Service, command: String) -> Operation? {
    names(of: service).first { CommandName.kebab($0) == command }.flatMap { operation(service, $0) }
  }
}

extension Operation {
  /// The options of the operation's command, without the dashes, as the AWS CLI has them.
  package var optionNames: [String] {
    input.members.flatMap { member in
      let name = CommandName.kebab(member.name)
      if case .boolean = member.shape { return [name, "no-" + name] }
      return [name]
    }
  }

  /// What the option is called that stands for a member: `--role-name` for `RoleName`.
  package func optionName(of member: String) -> String { CommandName.kebab(member) }

  /// Whether a file is read or written by the command: the operation's body is an object's bytes.
  package var commandTakesFile: Bool {
    (input.members + (output?.members ?? [])).contains { member in
      if case .blob = member.shape { member.location == .body } else { false }
    }
  }

  /// The names of what the answer has and nobody else may see: passwords, secret keys, tokens, seeds.
  package var secretMembers: Set<String> {
    var names: Set<String> = []
    func walk(_ shape: StructureShape) {
      for member in shape.members {
        switch member.shape {
        case .string(let constraint):
          if constraint.isSensitive || Self.secrets.contains(member.name) { names.insert(member.name) }
        case .blob: if Self.secrets.contains(member.name) { names.insert(member.name) }
        case .structure(let inner): walk(inner)
        case .list(let list): if case .structure(let inner) = list.element { walk(inner) }
        default: break
        }
      }
    }
    if let output { walk(output) }
    return names
  }

  /// Members that AWS's models do not mark, and that open as much as a password.
  private static let secrets: Set<String> = ["SessionToken", "SecretAccessKey", "Base32StringSeed", "QRCodePNG"]
}
