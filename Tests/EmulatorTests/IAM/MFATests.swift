import AWSAPI
import Emulator
import FoundationEssentials
import HTTP
import Testing

@Suite("IAM: second factors")
struct MFATests {
  /// The codes of RFC 6238, appendix B, cut to six digits.
  @Test(
    "codes are those of the standard",
    arguments: [
      (59.0, "287082"), (1_111_111_109, "081804"), (1_111_111_111, "050471"), (1_234_567_890, "005924"),
      (2_000_000_000, "279037"),
    ])
  func standard(_ test: (time: Double, code: String)) {
    let code = OneTimeCode.code(key: Array("12345678901234567890".utf8), counter: UInt64(test.time / 30))
    #expect(code == test.code)
  }

  /// A user with a device that is switched on, and its key.
  static func device(_ accounts: TwoAccounts, of user: String) throws -> (serial: AWSValue, key: [UInt8]) {
    let made = try accounts.originating.call("iam:CreateVirtualMFADevice", ["VirtualMFADeviceName": .string(user)])
    let serial = try #require(made["VirtualMFADevice/SerialNumber"])
    let seed = try #require(made["VirtualMFADevice/Base32StringSeed"]?.blob).collected()
    #expect(seed.count == 64)
    let key = Self.decode(String(decoding: seed, as: UTF8.self))
    try accounts.originating.call(
      "iam:EnableMFADevice",
      [
        "UserName": .string(user), "SerialNumber": serial, "AuthenticationCode1": .string(Self.code(accounts, key, -1)),
        "AuthenticationCode2": .string(Self.code(accounts, key, 0)),
      ])
    return (serial, key)
  }

  static func code(_ accounts: TwoAccounts, _ key: [UInt8], _ offset: Int = 0) -> String {
    let counter = Int(accounts.emulator.clock.now.timeIntervalSince1970 / 30) + offset
    return OneTimeCode.code(key: key, counter: UInt64(counter))
  }

  private static func decode(_ text: String) -> [UInt8] {
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)
    var (bytes, bits, count): ([UInt8], UInt64, Int) = ([], 0, 0)
    for byte in text.utf8 {
      bits = bits << 5 | UInt64(letters.firstIndex(of: byte) ?? 0)
      count += 5
      if count >= 8 {
        count -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> UInt64(count)))
      }
    }
    return bytes
  }

  @Test("a session with a second factor reaches IAM, one without does not")
  func session() throws {
    let accounts = try TwoAccounts()
    let ada = try accounts.user("Ada", TwoAccounts.statement("Allow", "*"))
    let (serial, key) = try Self.device(accounts, of: "Ada")
    let wrong = try ada.refused(
      "sts:GetSessionToken", ["SerialNumber": serial, "TokenCode": "000000"], "AccessDenied", status: 403)
    #expect(wrong.message == "MultiFactorAuthentication failed with invalid MFA one time pass code. ")
    let session = try ada.becoming(
      try ada.call(
        "sts:GetSessionToken", ["SerialNumber": serial, "TokenCode": .string(Self.code(accounts, key))]))
    try session.call("iam:ListUsers")
    let bea = try accounts.user("Bea")
    try bea.refused(
      "sts:GetSessionToken", ["SerialNumber": serial, "TokenCode": .string(Self.code(accounts, key))], "AccessDenied")
  }

  @Test("a role can demand a second factor")
  func role() throws {
    let accounts = try TwoAccounts()
    let ada = try accounts.user("Ada", TwoAccounts.statement("Allow", "*"))
    try accounts.destination.call(
      "iam:CreateRole",
      [
        "RoleName": "R",
        "AssumeRolePolicyDocument": .string(
          TwoAccounts.trust("111111111111", condition: #"{"Bool":{"aws:MultiFactorAuthPresent":"true"}}"#)),
      ])
    let (serial, key) = try Self.device(accounts, of: "Ada")
    let arn: AWSValue = "arn:aws:iam::999999999999:role/R"
    try ada.refused("sts:AssumeRole", ["RoleArn": arn, "RoleSessionName": "ada"], "AccessDenied", status: 403)
    try ada.call(
      "sts:AssumeRole",
      [
        "RoleArn": arn, "RoleSessionName": "ada", "SerialNumber": serial,
        "TokenCode": .string(Self.code(accounts, key)),
      ])
    let session = try ada.becoming(
      try ada.call(
        "sts:GetSessionToken", ["SerialNumber": serial, "TokenCode": .string(Self.code(accounts, key))]))
    try session.call("sts:AssumeRole", ["RoleArn": arn, "RoleSessionName": "ada"])
  }

  @Test("devices are listed, belong to one user, and are deleted only when nobody's")
  func life() throws {
    let accounts = try TwoAccounts()
    let client = accounts.originating
    _ = try accounts.user("Ada")
    let (serial, key) = try Self.device(accounts, of: "Ada")
    #expect(
      try client.call("iam:ListMFADevices", ["UserName": "Ada"])["MFADevices/0/SerialNumber"]?.string == serial.string)
    let assigned = try client.call("iam:ListVirtualMFADevices", ["AssignmentStatus": "Assigned"])
    #expect(assigned["VirtualMFADevices/0/User/UserName"]?.string == "Ada")
    #expect(
      try client.call("iam:ListVirtualMFADevices", ["AssignmentStatus": "Unassigned"])["VirtualMFADevices"]?.list?
        .isEmpty == true)
    try client.refused("iam:DeleteVirtualMFADevice", ["SerialNumber": serial], "DeleteConflict", status: 409)
    try client.call(
      "iam:ResyncMFADevice",
      [
        "UserName": "Ada", "SerialNumber": serial, "AuthenticationCode1": .string(Self.code(accounts, key)),
        "AuthenticationCode2": .string(Self.code(accounts, key, 1)),
      ])
    try client.refused(
      "iam:ResyncMFADevice",
      [
        "UserName": "Ada", "SerialNumber": serial, "AuthenticationCode1": .string(Self.code(accounts, key)),
        "AuthenticationCode2": .string(Self.code(accounts, key)),
      ], "InvalidAuthenticationCode", status: 403)
    try client.call("iam:DeactivateMFADevice", ["UserName": "Ada", "SerialNumber": serial])
    try client.call("iam:DeleteVirtualMFADevice", ["SerialNumber": serial])
    #expect(try client.call("iam:ListVirtualMFADevices")["VirtualMFADevices"]?.list?.isEmpty == true)
  }
}
