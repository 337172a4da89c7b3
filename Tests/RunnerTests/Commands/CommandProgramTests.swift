import FoundationEssentials
import Runner
import Scenario
import Testing

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// How `cli:` steps treat the program that they run: what it is given, and what becomes of one that does not end, or leaves
/// others behind. The program is a script of the test's own, because the AWS CLI does nothing of the kind.
@Suite("The program of a cli step") struct CommandProgramTests {
  /// A folder with the script `aws`.
  private final class Script {
    private let place = TemporaryFolder()
    var folder: String { place.path }

    init(_ lines: String) throws {
      try Data("#!/bin/sh\n\(lines)\n".utf8).write(to: URLPath.url(path))
      chmod(path, 0o755)
    }

    var path: String { folder + "/aws" }
    func file(_ name: String) -> String? {
      (try? Data(contentsOf: URLPath.url("\(folder)/\(name)"))).map { String(decoding: $0, as: UTF8.self) }
    }
  }

  private static func run(
    _ script: Script, steps: String = "        - { as: A, cli: aws s3 ls }\n",
    _ change: (inout CommandHost) -> Void = { _ in }
  ) throws -> [StepResult] {
    let scenario = try RunTests.scenario(steps)
    var host = CommandLab.host(.found(path: script.path))
    change(&host)
    var options = RunOptions()
    options.commands = host
    return try #require(ScenarioRunner(options: options, record: { _ in }).run([scenario]).scenarios.first).steps
  }

  @Test("is given the principal's credentials, an empty home, and nothing of the user's")
  func environment() throws {
    setenv("AWS_PROFILE", "the-users-own", 1)
    setenv("IAMDRILL_TEST_SECRET", "the-users-own", 1)
    defer {
      unsetenv("AWS_PROFILE")
      unsetenv("IAMDRILL_TEST_SECRET")
    }
    let script = try Script(
      "env; echo \"home: $(ls \"$HOME\")\"; echo \"input: $(cat)\"; echo \"words: $*\"; pwd; umask")
    let output = try #require(try Self.run(script).first?.command?.output)
    let lines = output.split(separator: "\n").map(String.init)
    let names = Set(lines.filter { $0.contains("=") }.map { String($0.prefix { $0 != "=" }) })
    let allowed: Set = [
      "PATH", "HOME", "LANG", "LC_ALL", "TZ", "AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE", "AWS_REGION",
      "AWS_DEFAULT_REGION", "AWS_EC2_METADATA_DISABLED", "AWS_PAGER", "AWS_CLI_AUTO_PROMPT", "AWS_ENDPOINT_URL",
      "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY",
    ]
    // What the shell sets itself.
    #expect(names.subtracting(["PWD", "OLDPWD", "SHLVL", "_"]) == allowed)
    #expect(!output.contains("the-users-own"))
    #expect(lines.contains("home: ") && lines.contains("input: ") && lines.contains("words: s3 ls"))
    #expect(lines.contains { $0.hasPrefix("AWS_ENDPOINT_URL=http://127.0.0.1:") })
  }

  @Test("its folders are gone at the end, and nobody else could look into them")
  func folders() throws {
    let script = try Script("stat -c %a ../home ../home/.aws ../home/.aws/config ../home/.aws/credentials .; pwd")
    let lines = try #require(try Self.run(script).first?.command?.output).split(separator: "\n").map(String.init)
    #expect(lines.prefix(5) == ["700", "700", "600", "600", "700"])
    #expect(access(try #require(lines.last), F_OK) != 0)
  }

  @Test("that does not end is ended, with all that it has started")
  func timeout() throws {
    let script = try Script(
      "echo $$ >\"$(dirname \"$0\")/leader\"; sleep 600 & echo $! >\"$(dirname \"$0\")/child\"; wait")
    let results = try Self.run(script) { $0.timeout = .seconds(2) }
    #expect(CommandStepTests.outcome(try #require(results.first)).hasSuffix("has not ended within 2 seconds"))
    for name in ["leader", "child"] {
      let process = try #require(script.file(name).flatMap { Int32($0.filter(\.isNumber)) })
      #expect(Self.isGone(process), "\(name) goes on")
    }
  }

  @Test("that ends takes with it what it has left behind")
  func leftBehind() throws {
    let script = try Script("sleep 600 >/dev/null 2>&1 & echo $! >\"$(dirname \"$0\")/child\"; echo done")
    let results = try Self.run(script)
    #expect(results.first?.command?.output == "done\n")
    #expect(Self.isGone(try #require(script.file("child").flatMap { Int32($0.filter(\.isNumber)) })))
  }

  /// A killed process may still be waiting to be taken off the list by whoever inherits it.
  private static func isGone(_ process: Int32) -> Bool {
    for _ in 0..<500 {
      if kill(process, 0) != 0 { return true }
      let state = (try? Data(contentsOf: URLPath.url("/proc/\(process)/stat"))).map {
        String(decoding: $0, as: UTF8.self)
      }
      if state?.contains(") Z ") ?? true { return true }
      usleep(10_000)
    }
    return false
  }

  @Test(
    "that is none, or ends otherwise than programs do",
    arguments: [
      ("yes 0123456789", "error: PATH prints more than 100000 bytes"),
      ("yes 0123456789 >&2", "error: PATH prints more than 100000 bytes"),
      ("kill -9 $$", "error: `aws` was ended by signal 9"),
      ("exec no-such-program", "not run: PATH cannot be run: "),
      ("exit 126", "not run: PATH cannot be run: "),
      ("exit 7", "error: aws s3 ls exited with 7"),
    ])
  func endings(lines: String, wanted: String) throws {
    let script = try Script(lines)
    let results = try Self.run(script) { $0.largestOutput = 100_000 }
    let outcome = CommandStepTests.outcome(try #require(results.first))
    #expect(outcome.hasPrefix(wanted.replacing("PATH", with: script.path)), "\(outcome)")
  }

  @Test("is not started with a file that leads out of its folder, also where only the run knows the name")
  func hostileNames() throws {
    let script = try Script("echo started >\"$(dirname \"$0\")/started\"")
    let results = try Self.run(
      script,
      steps: """
                - { as: A, call: iam:CreateUser, with: { UserName: Eve }, save: { path: //User/Path } }
                - { as: A, cli: "aws s3 cp ${{ path }}etc/passwd s3://box/x" }
                - { as: A, cli: "aws iam create-user --user-name file://${{ path }}etc/hostname" }
                - { as: A, cli: ["aws", "s3", "ls", "-${{ path }}"] }

        """)
    #expect(results.dropFirst().allSatisfy { if case .error = $0.verdict { true } else { false } })
    #expect(script.file("started") == nil)
  }
}
