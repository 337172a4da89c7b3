import AWSAPI
import AWSClient
import Emulator
import FoundationEssentials
import HTTP
import HTTPServer
import SigV4
import Testing

@testable import EmulatorServer

/// A request is answered over a socket with the very bytes with which it is answered in this process.
@Suite struct SameBytesTests {
  /// Two emulators that were made alike, one of them served.
  private struct Pair {
    let inProcess: Emulator
    let served: Emulator
    let server: HTTPServer
    let credentials: Credentials

    init() throws {
      let account = EmulatorConfiguration.Account(id: "111111111111")
      inProcess = try Emulator(EmulatorConfiguration(accounts: [account]))
      served = try Emulator(EmulatorConfiguration(accounts: [account]))
      server = try HTTPServer(
        EmulatorService(served), on: try ListeningSocket(host: "127.0.0.1", port: 0), threads: 2)
      credentials = try #require(inProcess.administratorCredentials(of: account.id))
    }

    /// Sends a signed call both ways and returns both answers.
    func send(_ operation: String, _ parameters: AWSStructure) throws -> (HTTPResponse, HTTPResponse) {
      let described = try #require(Catalogue.operation(named: operation))
      let host = "127.0.0.1:\(server.port)"
      let signer = Signer(credentials: credentials, region: "us-east-1", service: described.service.rawValue)
      let request = try signer.sign(
        try described.encodeRequest(parameters, host: host), at: inProcess.clock.now)
      let answer = inProcess.handle(request)
      let received = try CurlTransport().send(
        request, to: Endpoint(.http, host: "127.0.0.1", port: Int(server.port)))
      return (answer, received)
    }
  }

  @Test func `in process and over a socket`() throws {
    let pair = try Pair()
    defer {
      pair.server.stop()
      pair.server.wait()
    }
    let large = [UInt8](repeating: 7, count: 300_000)
    let calls: [(String, AWSStructure)] = [
      ("sts:GetCallerIdentity", [:]),
      ("iam:CreateUser", ["UserName": .string("Jane")]),
      ("iam:CreateUser", ["UserName": .string("Jane")]),
      ("iam:GetUser", ["UserName": .string("nobody")]),
      ("iam:ListUsers", [:]),
      ("s3:CreateBucket", ["Bucket": .string("same-bytes")]),
      ("s3:PutObject", ["Bucket": .string("same-bytes"), "Key": .string("a b/ä"), "Body": .blob(.bytes([1, 2, 3]))]),
      // This one is streamed.
      ("s3:PutObject", ["Bucket": .string("same-bytes"), "Key": .string("large"), "Body": .blob(.bytes(large))]),
      ("s3:GetObject", ["Bucket": .string("same-bytes"), "Key": .string("a b/ä")]),
      ("s3:GetObject", ["Bucket": .string("same-bytes"), "Key": .string("large")]),
      ("s3:HeadObject", ["Bucket": .string("same-bytes"), "Key": .string("large")]),
      ("s3:HeadObject", ["Bucket": .string("same-bytes"), "Key": .string("none")]),
      ("s3:ListObjectsV2", ["Bucket": .string("same-bytes")]),
      ("s3:DeleteObject", ["Bucket": .string("same-bytes"), "Key": .string("large")]),
      ("s3:GetObject", ["Bucket": .string("same-bytes"), "Key": .string("large")]),
      ("s3:ListBuckets", [:]),
    ]
    for (operation, parameters) in calls {
      let (expected, received) = try pair.send(operation, parameters)
      #expect(received.status == expected.status, "\(operation)")
      #expect(try received.body.collected() == (try expected.body.collected()), "\(operation)")
      // The server adds how the body ends, and nothing else.
      let own = ["content-length", "connection", "transfer-encoding"]
      let fields = { (response: HTTPResponse) in
        response.headers.fields.filter { !own.contains($0.name.lowercased()) }
      }
      #expect(fields(received) == fields(expected), "\(operation)")
    }
  }
}
