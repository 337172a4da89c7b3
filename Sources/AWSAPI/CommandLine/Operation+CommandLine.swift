extension Operation {
  /// The call as a command of the AWS CLI: `aws iam create-role --role-name UpdateData …`.
  /// - Parameters:
  ///   - file: the name of the file that holds the body of an upload, or will hold that of a download; the end of the key
  ///     where it is left out.
  ///   - showingSecrets: passwords and keys are shown as `****` otherwise.
  package func commandLine(
    _ parameters: AWSStructure, file: String? = nil, showingSecrets: Bool = false
  ) -> CommandLine {
    let file = file ?? Self.fileName(parameters)
    var line = CommandLine(command: ["aws"] + commandWords)
    for member in parameters.members {
      guard let known = input[member.name] else { continue }
      let name = "--" + CommandName.kebab(known.name)
      if case .boolean = known.shape, let value = member.value.boolean {
        line.options.append([value ? name : "--no-" + name.dropFirst(2)])
        continue
      }
      if case .string(let constraint) = known.shape, constraint.isSensitive, !showingSecrets {
        line.options.append([name, "****"])
        continue
      }
      line.options.append(Self.option(name, Self.words(member.value, known, file: file)))
    }
    if let output, output.members.contains(where: { $0.shape.isBlob && $0.location == .body }) {
      line.options.append([file])
    }
    line.options += Self.commandsOwnOptions[qualifiedName] ?? []
    return line
  }

  /// Options that the CLI demands and the operation does not know.
  private static let commandsOwnOptions: [String: [[String]]] = [
    "iam:CreateVirtualMFADevice": [["--outfile", "QRCode.png"], ["--bootstrap-method", "QRCodePNG"]]
  ]

  private static func fileName(_ parameters: AWSStructure) -> String {
    guard let key = parameters["Key"]?.string, let end = key.utf8.split(separator: UInt8(ascii: "/")).last else {
      return "body"
    }
    return String(Substring(end))
  }

  /// A value that starts with a dash would be taken for an option of its own.
  private static func option(_ name: String, _ words: [String]) -> [String] {
    guard words.count == 1, words[0].utf8.first == UInt8(ascii: "-") else { return [name] + words }
    return [name + "=" + words[0]]
  }

  private static func words(_ value: AWSValue, _ member: StructureShape.Member, file: String) -> [String] {
    switch (value, member.shape) {
    case (.blob, .blob) where member.location == .body: return [file]
    case (.list(let elements), .list(let list)):
      let words = list.element.hasParts ? elements.map { $0.shorthand } : elements.map { $0.wireText(list.element) }
      // A list that the CLI would take apart in another way is written as JSON, which it takes as it is.
      guard !elements.isEmpty, words.allSatisfy({ $0?.isSafeInList == true }) else { break }
      return words.compactMap(\.self)
    case (.structure, _):
      if let words = value.shorthand { return [words] }
    default:
      if let text = value.wireText(member.shape) { return [text] }
    }
    var json = JSONText()
    json.write(value, member.shape)
    return [json.text]
  }
}

extension Shape {
  fileprivate var isBlob: Bool { if case .blob = self { true } else { false } }
}

extension String {
  fileprivate var isSafeInList: Bool {
    guard let first = utf8.first else { return false }
    return first != UInt8(ascii: "-") && first != UInt8(ascii: "[") && first != UInt8(ascii: "{")
  }
}

extension AWSValue {
  /// `Key=team,Value=blue`, for structures of plain texts; `nil` where that could be read in another way.
  fileprivate var shorthand: String? {
    guard case .structure(let structure) = self, !structure.isEmpty else { return nil }
    var pieces: [String] = []
    for member in structure.members {
      guard let text = member.value.isScalar ? member.value.wireText(.string) : nil, text.isPlain, member.name.isPlain
      else { return nil }
      pieces.append("\(member.name)=\(text)")
    }
    return pieces.joined(separator: ",")
  }
}

extension String {
  /// Whether the CLI's shorthand takes the text as it is.
  fileprivate var isPlain: Bool {
    !isEmpty
      && utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: "."),
          UInt8(ascii: "/"), UInt8(ascii: ":"), UInt8(ascii: "+"):
          true
        default: false
        }
      }
  }
}

extension JSONText {
  /// `value` as the CLI takes it.
  fileprivate mutating func write(_ value: AWSValue, _ shape: Shape) {
    switch (value, shape) {
    case (.list(let elements), .list(let list)):
      array { json in for element in elements { json.write(element, list.element) } }
    case (.structure(let structure), .structure(let shape)):
      object { json in
        for member in structure.members {
          guard let known = shape[member.name] else { continue }
          json.key(member.name)
          json.write(member.value, known.shape)
        }
      }
    case (.structure(let structure), .map(let map)):
      object { json in
        for entry in structure.members {
          json.key(entry.name)
          json.write(entry.value, map.value)
        }
      }
    case (.integer(let number), _): literal(String(number))
    case (.boolean(let value), _): literal(String(value))
    default: string(value.wireText(shape) ?? "")
    }
  }
}
