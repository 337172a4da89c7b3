package import AWSAPI

/// A command line of the AWS CLI, as far as it must be understood before it is run: what it does, and which files, buckets and
/// profiles it names.
///
/// A scenario may come from a stranger, and `aws` reads and writes files wherever it is told to, sends requests to any URL,
/// and starts programs that its configuration names. So what is run is only what is known here: the commands of IAM, STS and
/// S3, with their own options written out, and with names of files that stay in the folder that the command runs in.
package struct AWSCommand: Sendable {
  /// `iam`, `sts`, `s3api` or `s3`.
  package let service: String
  /// `create-role`, `cp`
  package let name: String
  /// `nil` for the commands of `s3`, which are made of several operations.
  package let operation: AWSAPI.Operation?
  /// What stands behind the command's name.
  let arguments: [Argument]

  /// A word, and its place among all words.
  struct Argument: Sendable {
    var index: Int
    /// `nil` where only the run knows it.
    var text: String?
  }

  /// What is wrong with a word.
  package struct Fault: Error, Sendable, Hashable {
    package var message: String
    /// The word's place; `nil` where something is missing.
    package var word: Int?
    package var label: String?

    init(_ message: String, _ word: Int?, label: String? = nil) {
      self.message = message
      self.word = word
      self.label = label
    }
  }

  /// - Parameter words: `aws` and what follows; `nil` where only the run knows a word.
  /// - Throws: what keeps it from being a command that is known.
  package init(_ words: [String?]) throws(Fault) {
    guard words.first == "aws" else {
      throw Fault("a command is one of the AWS CLI: its first word is `aws`", words.isEmpty ? nil : 0)
    }
    guard words.count >= 3, let service = words[1], let name = words[2] else {
      throw Fault("a command names a service and what to do, as `aws s3 ls` does", words.count > 1 ? 1 : 0)
    }
    guard !service.hasPrefix("-") else {
      throw Fault("options stand behind the command's name, as in `aws s3 ls \(service)`", 1)
    }
    self.service = service
    self.name = name
    arguments = words.enumerated().dropFirst(3).map { Argument(index: $0.offset, text: $0.element) }
    if service == S3Commands.service {
      guard S3Commands.names.contains(name) else {
        throw Fault(
          "unknown command `s3 \(name)`", 2, label: Suggestion.label(for: name, among: S3Commands.names))
      }
      operation = nil
    } else if let known = Service(commandWord: service) {
      operation = Catalogue.operation(known, command: name)
      guard operation != nil else {
        let names = Catalogue.commandNames(of: known)
        throw Fault("unknown command `\(service) \(name)`", 2, label: Suggestion.label(for: name, among: names))
      }
    } else {
      let services = Service.allCases.map(\.commandWord) + [S3Commands.service]
      throw Fault(
        "`\(service)` is no service that commands can be run of; there are \(services.joined(separator: ", "))", 1,
        label: Suggestion.label(for: service, among: services))
    }
  }

  /// The name of an option, without the dashes and its value; `nil` for another word.
  static func option(_ text: String) -> String? {
    guard text.hasPrefix("--"), text.utf8.count > 2 else { return nil }
    return String(text.dropFirst(2).prefix { $0 != "=" })
  }

  /// The values given to an option, in whatever way; `nil` for one that only the run knows.
  func values(of option: String) -> [String?] {
    var values: [String?] = []
    for (place, argument) in arguments.enumerated() {
      guard let text = argument.text, Self.option(text) == option else { continue }
      if let equals = text.firstIndex(of: "=") {
        values.append(String(text[text.index(after: equals)...]))
      } else if place + 1 < arguments.count {
        values.append(arguments[place + 1].text)
      }
    }
    return values
  }

  /// The profile that the command is to use, as far as it is known.
  package var profile: String? { values(of: "profile").last ?? nil }

  /// The names under which the answer has what nobody else may see; empty where it has nothing of the kind.
  package var secretMembers: Set<String> { operation?.secretMembers ?? [] }
}

/// The commands of `aws s3`.
enum S3Commands {
  static let service = "s3"
  static let names = ["cp", "ls", "mb", "mv", "presign", "rb", "rm", "sync"]

  /// Options that stand alone.
  static let flags: Set<String> = [
    "delete", "dryrun", "exact-timestamps", "follow-symlinks", "force", "force-glacier-transfer", "human-readable",
    "ignore-glacier-warnings", "no-follow-symlinks", "no-guess-mime-type", "no-progress", "only-show-errors",
    "progress-multiline", "quiet", "recursive", "size-only", "summarize",
  ]

  /// Options with a value. Those of keys that the caller brings (`--sse-c-key`) are left out: they read files.
  static let valued: Set<String> = [
    "acl", "bucket-name-prefix", "bucket-region", "cache-control", "checksum-algorithm", "checksum-mode",
    "content-disposition", "content-encoding", "content-language", "content-type", "copy-props", "exclude",
    "expected-size", "expires", "expires-in", "include", "metadata", "metadata-directive", "page-size",
    "progress-frequency", "request-payer", "source-region", "sse", "sse-kms-key-id", "storage-class", "tags",
    "website-redirect",
  ]

  static let all = flags.union(valued)
}

/// The options of every command.
enum CommonOptions {
  static let flags: Set<String> = ["no-cli-pager", "no-paginate", "no-sign-request"]
  static let valued: Set<String> = [
    "cli-connect-timeout", "cli-input-json", "cli-read-timeout", "color", "max-items", "output", "page-size", "profile",
    "query", "region", "starting-token",
  ]
  static let all = flags.union(valued)

  /// Options that the AWS CLI has and a scenario's command may not have, and why.
  static let refused: [String: String] = [
    "endpoint-url": "the target decides where requests go",
    "no-verify-ssl": "certificates are always verified",
    "ca-bundle": "the target decides whom to trust",
    "debug": "it prints signatures and tokens",
    "generate-cli-skeleton": "it sends nothing",
    "cli-input-yaml": "write the parameters as options, or as `--cli-input-json`",
  ]
}
