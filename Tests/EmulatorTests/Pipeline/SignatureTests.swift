import AWSAPI
import Emulator
import FoundationEssentials
import HTTP
import SigV4
import Testing

@Suite("Requests whose signature is not right")
struct SignatureTests {
  /// What is done to a request that was right, and how IAM and S3 answer it.
  struct Fault: Sendable, CustomTestStringConvertible {
    var name: String
    var query: (code: String, status: Int)
    var s3: (code: String, status: Int)
    var spoil: @Sendable (inout HTTPRequest) -> Void
    var testDescription: String { name }
  }

  static let faults: [Fault] = [
    Fault(name: "another body", query: ("SignatureDoesNotMatch", 403), s3: ("XAmzContentSHA256Mismatch", 400)) {
      $0.body = .bytes(Array("Action=ListUsers&Version=2010-05-08&x=1".utf8))
    },
    Fault(name: "another signed header", query: ("SignatureDoesNotMatch", 403), s3: ("SignatureDoesNotMatch", 403)) {
      $0.headers["Host"] = "elsewhere"
    },
    Fault(name: "no signature", query: ("MissingAuthenticationToken", 403), s3: ("AccessDenied", 403)) {
      $0.headers["Authorization"] = nil
    },
    Fault(name: "an unknown key", query: ("InvalidClientTokenId", 403), s3: ("InvalidAccessKeyId", 403)) {
      $0.headers["Authorization"] = $0.headers["Authorization"]?.replacing("AKIA", with: "AKIB")
    },
    Fault(name: "a token with a long-term key", query: ("InvalidClientTokenId", 403), s3: ("InvalidToken", 400)) {
      $0.headers["X-Amz-Security-Token"] = "token"
    },
    Fault(name: "another algorithm", query: ("IncompleteSignature", 400), s3: ("InvalidArgument", 400)) {
      $0.headers["Authorization"] = $0.headers["Authorization"]?.replacing("AWS4-HMAC-SHA256", with: "AWS5")
    },
  ]

  @Test("are refused as each service refuses them", arguments: faults)
  func refused(_ fault: Fault) throws {
    let client = try TwoAccounts().originating
    try client.call("s3:CreateBucket", ["Bucket": "private-bucket"])
    for (operation, parameters, expected) in [
      ("iam:ListUsers", [:], fault.query),
      ("s3:PutObject", ["Bucket": "private-bucket", "Key": "k", "Body": .blob(.bytes([1]))], fault.s3),
    ] as [(String, AWSStructure, (code: String, status: Int))] {
      var request = try client.request(operation, parameters)
      fault.spoil(&request)
      let response = client.emulator.handle(request)
      let error = try #require(Catalogue.operation(named: operation)).decodeResponse(response).outcome
      guard case .failure(let error) = error else {
        Issue.record("\(operation) was not refused")
        continue
      }
      #expect(error.code == expected.code, "\(operation): \(error.message)")
      #expect(error.status == expected.status, "\(operation): \(error.message)")
    }
  }

  @Test("a clock that is off is told apart by service", arguments: [-901.0, 901.0])
  func skew(_ seconds: Double) throws {
    let client = try TwoAccounts().originating
    let signer = Signer(credentials: try #require(client.credentials), region: "us-east-1", service: "iam")
    let operation = try #require(Catalogue.operation(named: "iam:ListUsers"))
    let unsigned = try operation.encodeRequest([:], host: "localhost")
    let request = try signer.sign(unsigned, at: client.emulator.clock.now.addingTimeInterval(seconds))
    guard case .failure(let error) = try operation.decodeResponse(client.emulator.handle(request)).outcome else {
      Issue.record("was not refused")
      return
    }
    #expect(error.code == "SignatureDoesNotMatch" && error.status == 403)
    #expect(
      error.message
        == (seconds < 0
          ? "Signature expired: 20250115T114459Z is now earlier than 20250115T114500Z (20250115T120000Z - 15 min.)"
          : "Signature not yet current: 20250115T121501Z is still later than 20250115T121500Z (20250115T120000Z + 15 min.)")
    )
  }

  @Test(
    "a region that has the form of one may be signed for, whether AWS has it or not",
    arguments: [
      ("us-east-1", true), ("us-gov-west-1", true), ("us-isob-east-1", true), ("xx-nowhere-9", true),
      ("eu-isoe-a-west-1", false), ("odd", false), ("us-east", false), ("us-east-0", false), ("us-east-10", false),
      ("us-east1", false), ("u-east-1", false), ("US-EAST-1", false), ("us--east-1", false), ("-us-east-1", false),
      ("us-1", false), ("us-east-1-", false), ("ab-cd-ef-gh-1", true), ("ab-cd-ef-gh-ij-1", false),
    ])
  func regions(_ region: String, isTaken: Bool) throws {
    let client = try TwoAccounts().originating
    let signer = Signer(credentials: try #require(client.credentials), region: region, service: "iam")
    let operation = try #require(Catalogue.operation(named: "iam:ListUsers"))
    let request = try signer.sign(try operation.encodeRequest([:], host: "localhost"), at: client.emulator.clock.now)
    switch try operation.decodeResponse(client.emulator.handle(request)).outcome {
    case .success: #expect(isTaken)
    case .failure(let error):
      #expect(!isTaken)
      #expect(error.message.contains("Credential should be scoped to a valid region, not '\(region)'."))
    }
  }

  @Test("a service that is not emulated is named, and an action that does not exist")
  func unknown() throws {
    let client = try TwoAccounts().originating
    let credentials = try #require(client.credentials)
    func answer(_ body: String, service: String) throws -> String {
      let request = HTTPRequest(
        method: "POST", target: "/",
        headers: ["Host": "localhost", "Content-Type": "application/x-www-form-urlencoded"],
        body: .bytes(Array(body.utf8)))
      let signed = try Signer(credentials: credentials, region: "us-east-1", service: service).sign(
        request, at: client.emulator.clock.now)
      return String(decoding: try client.emulator.handle(signed).body.collected(), as: UTF8.self)
    }
    #expect(try answer("Action=X&Version=2016-11-15", service: "ec2").contains("The service ec2 is not emulated"))
    let noAction = try answer("Action=Nothing&Version=2010-05-08", service: "iam")
    #expect(noAction.contains("<Code>InvalidAction</Code>"))
    #expect(noAction.contains("Could not find operation Nothing for version 2010-05-08"))
    #expect(try answer("Version=2010-05-08", service: "iam").contains("<Code>MissingAction</Code>"))
  }

  @Test("a temporary key without its token, or with another's, is not known")
  func token() throws {
    let accounts = try TwoAccounts()
    let ada = try accounts.user("Ada")
    var session = try ada.becoming(try ada.call("sts:GetSessionToken"))
    #expect(try session.call("sts:GetCallerIdentity")["Arn"]?.string == "arn:aws:iam::111111111111:user/Ada")
    let other = try ada.becoming(try ada.call("sts:GetSessionToken"))
    session.credentials?.sessionToken = other.credentials?.sessionToken
    try session.refused("sts:GetCallerIdentity", [:], "InvalidClientTokenId", status: 403)
    session.credentials?.sessionToken = nil
    try session.refused("sts:GetCallerIdentity", [:], "InvalidClientTokenId", status: 403)
  }
}
