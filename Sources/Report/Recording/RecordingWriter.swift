import JSON
package import Runner

/// Writes a recording: one file a step, as steps end.
package struct RecordingWriter: Recorder {
  private let recording: Recording
  private let redactor: Redactor
  /// Gets a path and the text of its file.
  private let write: (String, String) -> Void
  private var folder = ""

  package init(_ recording: Recording, redactor: Redactor, write: @escaping (String, String) -> Void) {
    self.recording = recording
    self.redactor = redactor
    self.write = write
  }

  package mutating func record(_ event: Event) {
    switch event {
    case .scenarioStarted(let scenario, let target):
      // Each set of accounts has a recording of its own, which is replayed by its folder.
      let pair = target.hasPrefix("replay:") ? nil : target.split(separator: "/", maxSplits: 1).dropFirst().first
      let place = pair.map { Recording(folder: "\(recording.folder)/\($0)") } ?? recording
      folder = place.folder(of: scenario)
      place.begin(scenario)
    case .stepEnded(let result), .setUpEnded(let result): record(result)
    default: break
    }
  }

  private func record(_ result: StepResult) {
    let exchanges = result.renewals + (result.exchange.map { [$0] } ?? [])
    guard !exchanges.isEmpty || result.command != nil else { return }
    var members = [
      JSONMember(name: "format", value: .string(Recording.format)),
      JSONMember(name: "version", value: .number(Recording.version)),
      JSONMember(name: "step", value: .string(result.title)),
      JSONMember(name: "exchanges", value: .array(exchanges.map { RecordedExchange($0).json })),
    ]
    if let command = result.command {
      members.append(JSONMember(name: "command", value: RecordedCommand(command).json))
    }
    let root = JSONValue.object(members)
    let digits = String(result.number)
    let number = String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    write("\(folder)/\(number)-\(Self.slug(result.title)).json", redactor.redact(root.pretty) + "\n")
  }

  private static let longestSlug = 48

  private static func slug(_ title: String) -> String {
    var slug = ""
    for byte in title.lowercased().utf8 where slug.utf8.count < longestSlug {
      let isWord =
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      if isWord {
        slug.unicodeScalars.append(Unicode.Scalar(byte))
      } else if !slug.hasSuffix("-"), !slug.isEmpty {
        slug += "-"
      }
    }
    return slug.hasSuffix("-") ? String(slug.dropLast()) : slug
  }
}
