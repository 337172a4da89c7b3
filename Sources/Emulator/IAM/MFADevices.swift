import AWSAPI
import HTTP

extension IAMService {
  static let mfaHandlers: [String: Handler] = [
    "CreateVirtualMFADevice": .write(createVirtualMFADevice),
    "EnableMFADevice": .write(enableMFADevice),
    "ResyncMFADevice": .write(resyncMFADevice),
    "DeactivateMFADevice": .write(deactivateMFADevice),
    "DeleteVirtualMFADevice": .write(deleteVirtualMFADevice),
    "GetMFADevice": .read(getMFADevice),
    "ListMFADevices": .read(listMFADevices),
    "ListVirtualMFADevices": .read(listVirtualMFADevices),
  ]

  /// Bytes of a device's key, which base 32 makes 64 characters.
  private static let keySize = 40
  /// Source: IAM User Guide, "IAM and AWS STS quotas".
  private static let devicesPerUser = Quota(name: "MFADevicesPerUser", value: 8)

  private static func createVirtualMFADevice(_ state: inout EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let account = try state.account(of: call)
    let name = try call.required("VirtualMFADeviceName")
    let serial = account.arn("mfa", path: call.string("Path") ?? "/", name: name)
    guard !account.mfaDevices.contains(where: { NameKey($0.value.name) == NameKey(name) }) else {
      throw .alreadyExists("MFADevice entity at the same path and name already exists.")
    }
    var device = MFADevice(serialNumber: serial, key: state.identifiers.bytes(keySize))
    device.tags = try call.tags()
    let made = device
    try state.updateAccount(of: call) { $0.mfaDevices[UTF8Key(serial)] = made }
    let seed = OneTimeCode.base32(device.key)
    return Answer([
      "VirtualMFADevice": [
        "SerialNumber": .string(serial), "Base32StringSeed": .blob(.bytes(Array(seed.utf8))),
        "Tags": device.tags.isEmpty ? nil : device.tags.answer,
      ]
    ])
  }

  private static func enableMFADevice(_ state: inout EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let user = try state.entity(User.self, of: call)
    try user.checkModifiable()
    let account = try state.account(of: call)
    let device = try account.existingDevice(call)
    guard device.user == nil else {
      throw .alreadyExists("MFADevice with serial number \(device.serialNumber) is already enabled.")
    }
    guard account.mfaDevices.filter({ $0.value.user == user.identity.id }).count < devicesPerUser.value else {
      throw .limitExceeded(devicesPerUser)
    }
    try device.checkConsecutiveCodes(call)
    try state.updateAccount(of: call) { account in
      account.mfaDevices[UTF8Key(device.serialNumber)]?.user = user.identity.id
      account.mfaDevices[UTF8Key(device.serialNumber)]?.enableDate = call.now
    }
    return Answer()
  }

  private static func resyncMFADevice(_ state: inout EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let user = try state.entity(User.self, of: call)
    try state.account(of: call).existingDevice(call, of: user).checkConsecutiveCodes(call)
    return Answer()
  }

  private static func deactivateMFADevice(_ state: inout EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let user = try state.user(namedOrCalling: call)
    let device = try state.account(of: call).existingDevice(call, of: user)
    try state.updateAccount(of: call) { account in
      account.mfaDevices[UTF8Key(device.serialNumber)]?.user = nil
      account.mfaDevices[UTF8Key(device.serialNumber)]?.enableDate = nil
    }
    return Answer()
  }

  private static func deleteVirtualMFADevice(_ state: inout EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let device = try state.account(of: call).existingDevice(call)
    guard device.user == nil else {
      throw .deleteConflict("MFA VirtualDevice in use. Must deactivate first.")
    }
    try state.updateAccount(of: call) { $0.mfaDevices[UTF8Key(device.serialNumber)] = nil }
    return Answer()
  }

  private static func getMFADevice(_ state: EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let user = try state.user(namedOrCalling: call)
    let device = try state.account(of: call).existingDevice(call, of: user)
    return Answer([
      "UserName": .string(user.identity.name), "SerialNumber": .string(device.serialNumber),
      "EnableDate": device.enableDate.map(AWSValue.timestamp),
    ])
  }

  private static func listMFADevices(_ state: EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let user = try state.user(namedOrCalling: call)
    let devices = try state.account(of: call).mfaDevices.values.filter { $0.user == user.identity.id }
    let page = try call.page(of: devices, key: \.serialNumber) { device in
      [
        "UserName": .string(user.identity.name), "SerialNumber": .string(device.serialNumber),
        "EnableDate": device.enableDate.map(AWSValue.timestamp),
      ]
    }
    return Answer(page.answer("MFADevices"))
  }

  private static func listVirtualMFADevices(_ state: EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let status = call.string("AssignmentStatus") ?? "Any"
    let devices = try state.account(of: call).mfaDevices.values.filter { device in
      status == "Any" || (status == "Assigned") == (device.user != nil)
    }
    let page = try call.page(of: devices, key: \.serialNumber) { device in
      [
        "SerialNumber": .string(device.serialNumber),
        "User": device.user.flatMap { state.user(id: $0) }.map { .structure($0.summary) },
        "EnableDate": device.enableDate.map(AWSValue.timestamp),
      ]
    }
    return Answer(page.answer("VirtualMFADevices"))
  }
}

extension MFADevice {
  /// The name behind the path.
  var name: String { EntityARN(serialNumber)?.name ?? serialNumber }

  /// Whether the call brings two codes that the device shows one after the other, about now.
  fileprivate func checkConsecutiveCodes(_ call: Call) throws(AWSError) {
    let (first, second) = (try call.required("AuthenticationCode1"), try call.required("AuthenticationCode2"))
    guard let counter = OneTimeCode.counter(of: first, key: key, near: call.now),
      OneTimeCode.code(key: key, counter: counter + 1) == second
    else {
      throw AWSError("InvalidAuthenticationCode", "Authentication code for device is not valid", status: 403)
    }
  }
}

extension AccountState {
  /// The device whose serial number the call gives.
  fileprivate func existingDevice(_ call: Call) throws(AWSError) -> MFADevice {
    let serial = try call.required("SerialNumber")
    guard let device = mfaDevices[UTF8Key(serial)] else {
      throw .noSuchEntity("VirtualMFADevice with serial number \(serial) does not exist.")
    }
    return device
  }

  /// The device whose serial number the call gives, where it is this user's.
  fileprivate func existingDevice(_ call: Call, of user: User) throws(AWSError) -> MFADevice {
    let device = try existingDevice(call)
    guard device.user == user.identity.id else {
      throw .noSuchEntity("MFA Device invalid for user.")
    }
    return device
  }
}
