import AWSAPI
import Report
import Runner
import Scenario
import Testing

@Suite("Transcripts") struct TranscriptTests {
  static let folder = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined() + "/scenarios/"

  /// Both transcripts, and every secret that was handed out on the way.
  static func transcribe(_ name: String) throws -> (markdown: String, html: String, secrets: [String]) {
    let scenario = try #require(ScenarioFile.load(folder + name + ".yaml").scenario)
    let redactor = Redactor()
    let result = try #require(ScenarioRunner(redactor: redactor) { _ in }.run([scenario]).scenarios.first)
    var secrets: [String] = []
    for exchange in result.steps.flatMap({ $0.renewals + ($0.exchange.map { [$0] } ?? []) }) {
      guard case .success(let answer) = exchange.outcome else { continue }
      let credentials = answer["Credentials"]?.structure ?? answer["AccessKey"]?.structure
      secrets += ["SecretAccessKey", "SessionToken"].compactMap { credentials?[$0]?.string }
    }
    return (redactor.redact(MarkdownTranscript.text(result)), redactor.redact(HTMLTranscript.text(result)), secrets)
  }

  static let names = ["cross-account-role", "mfa-role", "presigned-url"]

  @Test("No secret key and no session token is in any of them", arguments: names)
  func secrets(name: String) throws {
    let (markdown, html, secrets) = try Self.transcribe(name)
    #expect(!secrets.isEmpty)
    for text in [markdown, html] {
      #expect(text.contains("****"))
      for secret in secrets { #expect(!text.contains(secret)) }
    }
  }

  @Test("Two runs have the same transcripts to the byte", arguments: names)
  func stable(name: String) throws {
    let first = try Self.transcribe(name)
    let second = try Self.transcribe(name)
    #expect(first.markdown == second.markdown)
    #expect(first.html == second.html)
  }

  @Test("Every link leads to an anchor, and every step has one", arguments: names)
  func anchors(name: String) throws {
    let (markdown, html, _) = try Self.transcribe(name)
    for (text, id) in [(markdown, "<a id=\""), (html, " id=\"")] {
      let anchors = Set(text.pieces(after: id, until: "\""))
      let links = text.pieces(after: "](#", until: ")") + text.pieces(after: "href=\"#", until: "\"")
      #expect(links.count > 10)
      for link in links { #expect(anchors.contains(link), "\(link)") }
      #expect(anchors.contains("step-1"))
    }
  }

  @Test("Both have the same steps, the command and the exchange of each")
  func surfaces() throws {
    let (markdown, html, _) = try Self.transcribe("mfa-role")
    #expect(markdown.pieces(after: "\n### ", until: "\n").count == html.pieces(after: "<h3>", until: ".").count)
    #expect(markdown.pieces(after: "with the AWS CLI:", until: "\n").count > 8)
    #expect(markdown.contains("```mermaid\nsequenceDiagram\n"))
    #expect(html.contains("<svg class=\"matrix\"") && html.contains("<svg class=\"sequence\""))
  }
}

extension String {
  /// What stands between each occurrence of `start` and the next of `end`.
  fileprivate func pieces(after start: String, until end: String) -> [String] {
    var pieces: [String] = []
    var rest = self[...]
    while let from = rest.firstRange(of: start) {
      rest = rest[from.upperBound...]
      guard let to = rest.firstRange(of: end) else { break }
      pieces.append(String(rest[..<to.lowerBound]))
    }
    return pieces
  }
}

@Suite("Unified differences") struct UnifiedDiffTests {
  @Test("the same text has none")
  func same() {
    #expect(UnifiedDiff.between("a\n", "a\n", oldName: "o", newName: "n").isEmpty)
  }

  @Test("changes stand in hunks with their context")
  func hunks() {
    let old = (1...12).map { "\($0)\n" }.joined()
    let new = (1...12).map { $0 == 6 ? "six\n" : "\($0)\n" }.joined()
    #expect(
      UnifiedDiff.between(old, new, oldName: "o", newName: "n") == """
        --- o
        +++ n
        @@ -3,7 +3,7 @@
         3
         4
         5
        -6
        +six
         7
         8
         9

        """)
  }

  @Test("A last line without a line break is told from one that has it")
  func lineBreak() {
    #expect(
      UnifiedDiff.between("a", "a\n", oldName: "o", newName: "n")
        == "--- o\n+++ n\n@@ -1,1 +1,1 @@\n-a\n\\ No newline at end of file\n+a\n")
    #expect(
      UnifiedDiff.between("a\nb", "a\nc", oldName: "o", newName: "n")
        == "--- o\n+++ n\n@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+c\n\\ No newline at end of file\n")
  }

  @Test("lines added to nothing")
  func added() {
    #expect(UnifiedDiff.between("", "a\n", oldName: "o", newName: "n") == "--- o\n+++ n\n@@ -0,0 +1,1 @@\n+a\n")
  }
}
