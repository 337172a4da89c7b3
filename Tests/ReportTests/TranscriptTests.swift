import AWSAPI
import Report
import Runner
import Scenario
import Testing

@Suite("Transcripts") struct TranscriptTests {
  static let folder = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined() + "/scenarios/"

  /// The transcript, and every secret that was handed out on the way.
  static func transcribe() throws -> (text: String, secrets: [String]) {
    let scenario = try #require(ScenarioFile.load(folder + "cross-account-role.yaml").scenario)
    var text = ""
    var secrets: [String] = []
    let redactor = Redactor()
    var transcript = MarkdownTranscript(redactor: redactor) { text += $0 }
    var terminal = TerminalReport(color: true, redactor: redactor) { text += $0 }
    _ = ScenarioRunner(redactor: redactor) { event in
      transcript.record(event)
      // The end tells how long it took.
      if case .runEnded = event {} else { terminal.record(event) }
      guard case .stepEnded(let result) = event else { return }
      for exchange in result.renewals + (result.exchange.map { [$0] } ?? []) {
        guard case .success(let answer) = exchange.outcome else { continue }
        let credentials = answer["Credentials"]?.structure ?? answer["AccessKey"]?.structure
        secrets += ["SecretAccessKey", "SessionToken"].compactMap { credentials?[$0]?.string }
      }
    }.run([scenario])
    return (text, secrets)
  }

  @Test("no secret key and no session token is in any output")
  func secrets() throws {
    let (text, secrets) = try Self.transcribe()
    #expect(secrets.count >= 8)
    #expect(text.contains("****"))
    for secret in secrets { #expect(!text.contains(secret)) }
  }

  @Test("two runs have the same transcript to the byte")
  func stable() throws {
    let first = try Self.transcribe().text
    let second = try Self.transcribe().text
    #expect(first == second)
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

  @Test("lines added to nothing")
  func added() {
    #expect(UnifiedDiff.between("", "a\n", oldName: "o", newName: "n") == "--- o\n+++ n\n@@ -0,0 +1,1 @@\n+a\n")
  }
}
