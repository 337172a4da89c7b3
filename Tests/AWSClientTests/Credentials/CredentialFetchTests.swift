import AWSClient
import Dispatch
import FoundationEssentials
import Glibc
import HTTP
import SigV4
import Synchronization
import Testing

@Suite("Credentials, fetched") struct CredentialFetchTests {
  /// Hands out numbered credentials that hold for a while.
  private final class Numbered: Sendable {
    let count = Mutex(0)
    let failure = Mutex<CredentialError?>(nil)
    let now = Mutex(CredentialWorld.start)
    let life: TimeInterval

    init(life: TimeInterval) { self.life = life }

    var source: RefreshingCredentialSource {
      RefreshingCredentialSource(now: { [self] in now.withLock { $0 } }) { [self] () throws(CredentialError) in
        if let failure = failure.withLock({ $0 }) { throw failure }
        let number = count.withLock { count in
          count += 1
          return count
        }
        return ResolvedCredentials(
          Credentials(accessKeyID: "ASIA\(number)", secretAccessKey: Secret("s")),
          origin: CredentialOrigin(.given("a test")), expiration: now.withLock { $0 }.addingTimeInterval(life))
      }
    }

    func advance(by seconds: TimeInterval) { now.withLock { $0 += seconds } }
  }

  /// A session's life, and how long after its beginning a new one is fetched, in seconds.
  @Test(
    "are renewed before they end, with ten minutes left or a quarter of their life",
    arguments: [(3600.0, 3000.0), (43_200.0, 42_600.0), (900.0, 675.0), (60.0, 45.0)])
  func renewal(_ life: TimeInterval, _ due: TimeInterval) throws {
    let numbered = Numbered(life: life)
    let source = numbered.source
    #expect(try source.credentials().credentials.accessKeyID == "ASIA1")
    numbered.advance(by: due - 1)
    #expect(try source.credentials().credentials.accessKeyID == "ASIA1")
    numbered.advance(by: 1)
    #expect(try source.credentials().credentials.accessKeyID == "ASIA2")
  }

  @Test("that cannot be renewed are used while they hold, and not a moment longer")
  func failedRenewal() throws {
    let numbered = Numbered(life: 3600)
    let source = numbered.source
    _ = try source.credentials()
    let failure = CredentialError(.noAnswer, "nobody listens")
    numbered.failure.withLock { $0 = failure }
    numbered.advance(by: 3539)
    #expect(try source.credentials().credentials.accessKeyID == "ASIA1")
    numbered.advance(by: 1)
    #expect(throws: failure) { try source.credentials() }
    numbered.failure.withLock { $0 = nil }
    #expect(try source.credentials().credentials.accessKeyID == "ASIA2")
  }

  @Test("are fetched once, however many ask at the same time")
  func together() {
    let numbered = Numbered(life: 3600)
    let source = numbered.source
    DispatchQueue.concurrentPerform(iterations: 64) { _ in _ = try? source.credentials() }
    #expect(numbered.count.withLock { $0 } == 1)
  }

  /// What stands in for the AWS CLI, and what comes of it.
  @Test(
    "of single sign-on are those that the AWS CLI exports, and an expired session says how to renew it",
    arguments: [
      (
        #"printf '{"Version":1,"AccessKeyId":"ASIASSO","SecretAccessKey":"s","SessionToken":"t","Expiration":"2025-01-15T13:00:00Z"}'"#,
        nil
      ),
      ("echo 'Token has expired and refresh failed' >&2; exit 255", CredentialError.Kind.expired),
      ("echo not JSON", .noAnswer), ("printf '{\"Version\":2}'", .process), ("", nil),
    ] as [(String, CredentialError.Kind?)])
  func singleSignOn(_ script: String, _ kind: CredentialError.Kind?) throws {
    let world = CredentialWorld()
    try world.write(
      ".aws/config",
      "[profile dev]\nsso_session = s\nsso_account_id = 111111111111\nsso_role_name = R\n[sso-session s]\nsso_region = x\n"
    )
    world.set("PATH", world.folder + "/bin:/usr/bin:/bin")
    if script.isEmpty {
      world.set("PATH", world.folder)
      let error = #expect(throws: CredentialError.self) { try world.resolve(profile: "dev") }
      #expect(error?.kind == .process)
      return
    }
    try world.writeProgram(
      "bin/aws", "[ \"$*\" = 'configure export-credentials --profile dev --format process' ] || exit 9\n" + script)
    if let kind {
      let error = #expect(throws: CredentialError.self) { try world.resolve(profile: "dev") }
      #expect(error?.kind == kind)
      #expect(error?.place?.description == "~/.aws/config:3")
      if kind == .expired {
        #expect(error?.remedy == "aws sso login --profile dev")
        #expect(error?.description.contains("Token has expired") == true)
      }
    } else {
      let resolved = try world.resolve(profile: "dev")
      #expect(resolved.credentials.accessKeyID == "ASIASSO")
      #expect(resolved.expiration == CredentialWorld.start.addingTimeInterval(3600))
      #expect(resolved.origin.links.map(\.kind) == [.session])
    }
  }

  @Test("a program that is still being written is waited for, but not for ever", arguments: [true, false])
  func busyProgram(isClosed: Bool) throws {
    let world = CredentialWorld()
    world.set("PATH", "/usr/bin:/bin")
    try world.writeProgram("program", "echo started >&2; exit 3")
    try world.write(".aws/config", "[default]\ncredential_process = '\(world.folder)/program'\n")
    // Nobody can run a file that somebody has open to write.
    let descriptor = open(world.folder + "/program", O_WRONLY)
    try #require(descriptor >= 0)
    if isClosed { DispatchQueue.global().asyncAfter(deadline: .now() + 0.1) { close(descriptor) } }
    let error = #expect(throws: CredentialError.self) { try world.resolve() }
    if !isClosed { close(descriptor) }
    let message = isClosed ? "ended with 3: started" : "cannot be run: Text file busy"
    #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
  }

  @Test(
    "a program is held to bounds, and what it says is not lost",
    arguments: [
      ("yes", CredentialError.Kind.process, "prints more than"), ("kill -9 $$", .process, "signal 9"),
      ("echo broken pipe >&2; exit 3", .process, "ended with 3: broken pipe"), ("exec nothing-there", .process, "127"),
      ("echo '{'", .noAnswer, "not JSON"), ("echo '{\"Version\": 1}'", .incomplete, "no AccessKeyId"),
    ])
  func program(_ script: String, _ kind: CredentialError.Kind, _ message: String) throws {
    let world = CredentialWorld()
    world.set("PATH", "/usr/bin:/bin")
    try world.writeProgram("program", script)
    try world.write(".aws/config", "[default]\ncredential_process = '\(world.folder)/program'\n")
    let error = #expect(throws: CredentialError.self) { try world.resolve() }
    #expect(error?.kind == kind)
    #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
    #expect(error?.place?.line == 2)
  }

  @Test("the code of a device is asked for anew each time, and missing it is said")
  func secondFactor() throws {
    let world = CredentialWorld()
    let config = "[default]\nrole_arn = arn:aws:iam::111111111111:role/R\nsource_profile = b\nmfa_serial = arn:mfa\n"
    try world.write(
      ".aws/config", config + "[profile b]\naws_access_key_id = AKIA\naws_secret_access_key = s\n")
    let error = #expect(throws: CredentialError.self) { try world.resolve() }
    #expect(error?.kind == .secondFactor)
    #expect(error?.message.contains("arn:mfa") == true && error?.message.contains("--mfa-code") == true)
    #expect(world.requests.isEmpty)
  }

  @Test("what STS refuses is said with its code, the role and the place")
  func refused() throws {
    let world = CredentialWorld { _ throws(TransportError) in
      HTTPResponse(
        status: 403,
        body: .bytes(
          Array("<ErrorResponse><Error><Code>AccessDenied</Code><Message>no</Message></Error></ErrorResponse>".utf8)))
    }
    try world.write(
      ".aws/config",
      "[default]\nsource_profile = b\nrole_arn = arn:aws:iam::111111111111:role/R\n[profile b]\n"
        + "aws_access_key_id = AKIA\naws_secret_access_key = s\n")
    let error = #expect(throws: CredentialError.self) { try world.resolve() }
    #expect(error?.kind == .refused(code: "AccessDenied"))
    #expect(
      error?.description
        == "~/.aws/config:3: arn:aws:iam::111111111111:role/R cannot be assumed: AccessDenied: no")
  }

  @Test(
    "hosts that may be asked for a container's credentials in clear",
    arguments: [
      ("http://127.0.0.1/x", true), ("http://127.255.0.9:8080/x", true), ("http://[::1]/x", true),
      ("http://localhost/x", true), ("http://169.254.170.2/x", true), ("http://169.254.170.23/v1", true),
      ("http://[fd00:ec2::23]/v1", true), ("https://anything.example/x", true), ("http://169.254.170.3/x", false),
      ("http://127.0.0.1.example/x", false), ("http://128.0.0.1/x", false), ("http://localhost.example/x", false),
      ("http://user@127.0.0.1/x", false), ("ftp://127.0.0.1/x", false),
    ])
  func hosts(_ url: String, _ isAllowed: Bool) throws {
    let world = CredentialWorld { _ throws(TransportError) in
      HTTPResponse(
        status: 200, body: .bytes(Array(#"{"AccessKeyId":"ASIAC","SecretAccessKey":"s","Token":"t"}"#.utf8)))
    }
    world.set("AWS_CONTAINER_CREDENTIALS_FULL_URI", url)
    if isAllowed {
      #expect(try world.resolve().credentials.accessKeyID == "ASIAC")
    } else {
      let error = #expect(throws: CredentialError.self) { try world.resolve() }
      #expect(error?.kind == .invalidConfiguration)
      #expect(world.requests.isEmpty)
    }
  }

  @Test("a container that does not answer is asked three times; a token that no header can carry is not sent")
  func container() throws {
    let world = CredentialWorld { _ throws(TransportError) in HTTPResponse(status: 500) }
    world.set("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/creds")
    let error = #expect(throws: CredentialError.self) { try world.resolve() }
    #expect(error?.kind == .noAnswer)
    #expect(world.requests.map { $0.headers["Host"] } == ["169.254.170.2", "169.254.170.2", "169.254.170.2"])
    #expect(world.pauses == [.seconds(1), .seconds(1)])
    world.set("AWS_CONTAINER_AUTHORIZATION_TOKEN", "a\r\nb")
    #expect(throws: CredentialError.self) { try world.resolve() }
    #expect(world.requests.count == 3)
  }

  @Test("an instance that cannot be asked, or has no role, has no credentials")
  func instance() throws {
    let silent = CredentialWorld()
    silent.set("AWS_EC2_METADATA_DISABLED", "false")
    silent.set("AWS_METADATA_SERVICE_NUM_ATTEMPTS", "2")
    let error = #expect(throws: CredentialError.self) { try silent.resolve() }
    #expect(error?.kind == CredentialError.Kind.none)
    #expect(silent.requests.map(\.method) == ["PUT", "PUT"])
    let empty = CredentialWorld { _ throws(TransportError) in HTTPResponse(status: 200) }
    empty.set("AWS_EC2_METADATA_DISABLED", "false")
    #expect(throws: CredentialError.self) { try empty.resolve() }
    #expect(empty.requests.count == 2)
  }

  @Test("AWS_REGION goes before AWS_DEFAULT_REGION, and each says where it stands")
  func region() throws {
    let world = CredentialWorld()
    try world.write(".aws/config", "[default]\nregion = eu-west-1\n")
    let origin = { try CredentialResolver(world.surroundings).region().map { "\($0.value) \($0.origin)" } }
    #expect(try origin() == "eu-west-1 ~/.aws/config:2")
    world.set("AWS_DEFAULT_REGION", "eu-west-2")
    #expect(try origin() == "eu-west-2 AWS_DEFAULT_REGION")
    world.set("AWS_REGION", "eu-west-3")
    #expect(try origin() == "eu-west-3 AWS_REGION")
  }
}
