import JSON
import Scenario

/// What a command prints, made fit to be held against expectations and shown.
enum CommandOutput {
  /// As a terminal leaves it: progress, which the AWS CLI writes over itself, is gone.
  static func settled(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "\r")) else { return text }
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map { line -> Substring in
      guard line.hasPrefix("Completed "), let back = line.utf8.lastIndex(of: UInt8(ascii: "\r")) else { return line }
      return line[line.utf8.index(after: back)...]
    }
    return lines.map { String($0.trimmingEnd) }.joined(separator: "\n")
  }

  /// Without what a presigned link has of the machine's time.
  static func steady(_ text: String, signingTime: String) -> String {
    guard var start = text.range(ofText: "X-Amz-Date=") else { return text }
    var result = text
    let length = signingTime.utf8.count
    while true {
      let rest = result[start.upperBound...]
      guard rest.utf8.count >= length else { break }
      let end = rest.utf8.index(start.upperBound, offsetBy: length)
      let day = String(rest[start.upperBound..<end].prefix(8))
      result.replaceSubrange(start.upperBound..<end, with: signingTime)
      result = result.replacing("%2F\(day)%2F", with: "%2F\(signingTime.prefix(8))%2F")
      let consumed = result.utf8.index(
        result.startIndex, offsetBy: text.utf8.distance(from: text.startIndex, to: start.upperBound))
      guard let next = result[consumed...].range(ofText: "X-Amz-Date=") else { break }
      start = next
    }
    return result
  }

  /// Keeps what a command hands out from all output of the run: what stands under the name of a secret where it prints JSON,
  /// the signature of a link; and of a command that hands out secrets in another form everything that may be one.
  static func addSecrets(of words: [String], _ output: String, to redactor: Redactor) {
    for piece in output.split(separator: "X-Amz-Signature=").dropFirst() {
      redactor.add(String(piece.prefix { $0 != "&" && !$0.isWhitespace }))
    }
    guard let command = try? AWSCommand(words) else { return }
    let names = command.secretMembers
    guard !names.isEmpty, !output.isEmpty else { return }
    var found = 0
    func walk(_ value: JSONValue) {
      for member in value.object ?? [] {
        if names.contains(member.name), let text = member.value.string {
          redactor.add(text)
          found += 1
        }
        walk(member.value)
      }
      for element in value.array ?? [] { walk(element) }
    }
    if let json = try? JSONValue(parsing: Array(output.utf8)) { walk(json) }
    guard found == 0 else { return }
    for word in output.split(whereSeparator: { $0.isWhitespace || "\"',|[]{}".contains($0) }) where isSuspect(word) {
      redactor.add(String(word))
    }
  }

  /// Shorter words are no secrets that AWS hands out. ARNs and ids of keys are none either.
  private static func isSuspect(_ word: Substring) -> Bool {
    word.utf8.count >= 16 && !word.hasPrefix("arn:")
      && !["AKIA", "ASIA", "AROA", "AIDA"].contains { word.hasPrefix($0) }
  }
}

extension Substring {
  /// Without the blanks that the AWS CLI puts over what it has written before.
  fileprivate var trimmingEnd: Substring {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}
