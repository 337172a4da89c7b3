/// The keys of a step.
enum StepKeyword: String, Keyword {
  case name, about
  case principal = "as"
  case call, cli, advance, presign, fetch, console, check
  case parameters = "with"
  case profiles, files
  case expires, save, become, expect

  /// The keys that say what a step does, of which it has exactly one.
  static let actions: [StepKeyword] = [.call, .cli, .advance, .presign, .fetch, .console, .check]

  static let object = ObjectFormat(
    "a step", Self.self, exactlyOne: [actions],
    "One step: who does what, what is kept of the answer, and what the answer must be.")

  var meaning: ObjectFormat.Meaning {
    switch self {
    case .name: .init(.text(.prose), "What reports call the step, and what it is selected by.")
    case .about: .init(.text(.prose), "What the step shows, in prose (Markdown).")
    case .principal:
      .init(
        .text(.plain),
        "The principal that acts: an account's name (its administrator), a declared principal, one that an earlier step"
          + " has become, or `anonymous`.", beside: ["call", "cli", "presign", "console"])
    case .call: .init(.text(.operation), "The operation to call, such as iam:CreateRole.")
    case .cli:
      .init(
        .either([.text(.template), .list(of: .text(.template))]),
        "A command of the AWS CLI for IAM, STS or S3, run without a shell: a text that is split at blanks outside quotes, or"
          + " its words."
      )
    case .advance: .init(.text(.duration), "Moves the clock by this much.")
    case .presign:
      .init(.text(.operation), "Makes the presigned URL of a call without sending it; `save` it with `{ body: true }`.")
    case .fetch:
      .init(
        .either([.text(.template), .object { FetchKeyword.object }]), "Sends a request without a signature to a URL.")
    case .console: .init(.choice(["switch-role"]), "Makes the Management Console's link to switch to a role.")
    case .check:
      .init(
        .map(of: MatcherKeyword.format, key: .free("a variable's name, or text with references")),
        "Holds values that are known already against matchers.")
    case .parameters:
      .init(.mappingTree, "The parameters, named as AWS names them.", beside: ["call", "presign", "console"])
    case .profiles:
      .init(
        .map(
          of: .map(of: .text(.template), key: .free("a setting, such as role_arn")),
          key: .name("a profile's name")),
        "Profiles of the AWS CLI's configuration for this command. The credentials of `as` are the profile of its name.",
        beside: ["cli"])
    case .files:
      .init(
        .map(
          of: .either([.text(.template), .object { PayloadKeyword.object }]), key: .free("a file's name")),
        "Files in the folder that the command runs in: text, `{ file: path }` or `{ base64: … }`.", beside: ["cli"])
    case .expires: .init(.text(.duration), "How long the presigned URL works.", beside: ["presign"])
    case .save:
      .init(
        .map(of: .either([.text(.template), .object { SaveKeyword.object }]), key: .name("a variable's name")),
        "Variables to set from the answer: a text is an XPath, in which AWS's namespaces need no prefix; a command's JSON is"
          + " read as AWS's XML would be.",
        beside: ["call", "cli", "presign", "fetch", "console"])
    case .become:
      .init(.text(.plain), "The principal that the credentials in the answer become.", beside: ["call", "cli"])
    case .expect:
      .init(
        .either([.choice(ExpectationKeyword.outcomes), .object { ExpectationKeyword.object }]),
        "What the answer must be; without it a call must be allowed, and a command must exit with 0.",
        beside: ["call", "cli", "presign", "fetch", "console"])
    }
  }
}

/// The keys of a request to a URL.
enum FetchKeyword: String, Keyword {
  case url, method, headers, body

  static let object = ObjectFormat("a fetch", Self.self, "A request without a signature.")

  var meaning: ObjectFormat.Meaning {
    switch self {
    case .url: .init(.text(.template), "Where the request goes.", required: true)
    case .method: .init(.choice(["GET", "PUT", "POST", "DELETE", "HEAD"]), "The method; GET by default.")
    case .headers: .init(.map(of: .text(.template), key: .free("a header's name")), "Headers to send.")
    case .body:
      .init(
        .either([.text(.template), .object { PayloadKeyword.object }]),
        "What is sent: text, `{ file: path }` or `{ base64: … }`.")
    }
  }
}

/// The keys of bytes that are not written out as text: the value of a parameter that carries bytes, or a body.
enum PayloadKeyword: String, Keyword {
  case file, base64

  static let object = ObjectFormat(
    "a payload", Self.self, exactlyOne: [[.file, .base64]], "Bytes from a file, or written in base64.")

  var meaning: ObjectFormat.Meaning {
    switch self {
    case .file: .init(.text(.template), "The path of a file, relative to and below the scenario's folder.")
    case .base64: .init(.text(.template), "The bytes in base64.")
    }
  }
}

/// The keys of the parameters of `console: switch-role`.
enum SwitchRoleKeyword: String, Keyword {
  case account, role, display

  static let object = ObjectFormat("a switch of roles", Self.self, "What the form of the Management Console asks for.")

  var meaning: ObjectFormat.Meaning {
    switch self {
    case .account: .init(.text(.template), "The id of the account that has the role.", required: true)
    case .role: .init(.text(.template), "The role's name, with its path.", required: true)
    case .display: .init(.text(.template), "The name that the console shows while in the role.")
    }
  }
}

/// The keys of a variable that a step saves.
enum SaveKeyword: String, Keyword {
  case xpath, header, body, secret

  static let object = ObjectFormat(
    "a saved value", Self.self, exactlyOne: [[.xpath, .header, .body]], "Where a variable's value comes from.")

  var meaning: ObjectFormat.Meaning {
    switch self {
    case .xpath: .init(.text(.template), "The string value of this XPath in the answer.")
    case .header: .init(.text(.plain), "The value of this header of the answer.")
    case .body:
      .init(.choice(["true"]), "The whole answer: a response's body, a command's output, a link that was made.")
    case .secret: .init(.boolean, "Whether the value is kept out of every output; credentials are in any case.")
    }
  }
}
