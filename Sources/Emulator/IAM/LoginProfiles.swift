import AWSAPI
import SigV4

extension IAMService {
  static let loginProfileHandlers: [String: Handler] = [
    "CreateLoginProfile": .write(createLoginProfile),
    "GetLoginProfile": .read(getLoginProfile),
    "UpdateLoginProfile": .write(updateLoginProfile),
    "DeleteLoginProfile": .write(deleteLoginProfile),
    "ChangePassword": .write(changePassword),
  ]

  private static func createLoginProfile(_ state: inout EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let user = try state.user(namedOrCalling: call)
    try user.checkModifiable()
    guard user.loginProfile == nil else {
      throw .alreadyExists("Login Profile for user \(user.identity.name) already exists.")
    }
    let password = try call.required("Password")
    try PasswordRule.check(password)
    let profile = LoginProfile(
      password: Secret(password), createDate: call.now,
      isResetRequired: call.boolean("PasswordResetRequired") ?? false)
    try state.updateAccount(of: call) { $0.users[user.key]?.loginProfile = profile }
    return Answer(["LoginProfile": profile.answer(for: user)])
  }

  private static func getLoginProfile(_ state: EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let user = try state.user(namedOrCalling: call)
    return Answer(["LoginProfile": try user.existingLoginProfile().answer(for: user)])
  }

  private static func updateLoginProfile(_ state: inout EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    try state.update(User.self, of: call) { user throws(AWSError) in
      var profile = try user.existingLoginProfile()
      if let password = call.string("Password") {
        try PasswordRule.check(password)
        profile.password = Secret(password)
      }
      if let isResetRequired = call.boolean("PasswordResetRequired") { profile.isResetRequired = isResetRequired }
      user.loginProfile = profile
    }
    return Answer()
  }

  private static func deleteLoginProfile(_ state: inout EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    let user = try state.user(namedOrCalling: call)
    try user.checkModifiable()
    _ = try user.existingLoginProfile()
    try state.updateAccount(of: call) { $0.users[user.key]?.loginProfile = nil }
    return Answer()
  }

  private static func changePassword(_ state: inout EmulatorState, _ call: Call) throws(AWSError) -> Answer {
    guard case .user(let id) = call.caller.kind, let user = state.user(id: id) else {
      throw AWSError("InvalidUserType", "Only IAM Users can change their own password.", status: 400)
    }
    var profile = try user.existingLoginProfile()
    guard profile.password == Secret(try call.required("OldPassword")) else {
      throw AWSError("AccessDenied", "The old password was incorrect.", status: 403)
    }
    let password = try call.required("NewPassword")
    try PasswordRule.check(password)
    profile.password = Secret(password)
    profile.isResetRequired = false
    let changed = profile
    try state.updateAccount(of: call) { $0.users[user.key]?.loginProfile = changed }
    return Answer()
  }
}

extension User {
  fileprivate func existingLoginProfile() throws(AWSError) -> LoginProfile {
    guard let loginProfile else { throw .noSuchEntity("Login Profile for User \(identity.name) cannot be found.") }
    return loginProfile
  }
}

extension LoginProfile {
  fileprivate func answer(for user: User) -> AWSValue {
    [
      "UserName": .string(user.identity.name), "CreateDate": .timestamp(createDate),
      "PasswordResetRequired": .boolean(isResetRequired),
    ]
  }
}

/// What IAM demands of passwords in an account without a policy of its own (IAM User Guide, "Set an account password
/// policy for IAM users"): eight characters, and three of the four kinds.
private enum PasswordRule {
  static func check(_ password: String) throws(AWSError) {
    guard password.unicodeScalars.count >= 8 else {
      throw AWSError(
        "PasswordPolicyViolation", "Password should have a minimum length of 8", status: 400)
    }
    let scalars = password.unicodeScalars
    let kinds: [(Unicode.Scalar) -> Bool] = [
      { ("a"..."z").contains($0) }, { ("A"..."Z").contains($0) }, { ("0"..."9").contains($0) },
      { "!@#$%^&*()_+-=[]{}|'".unicodeScalars.contains($0) },
    ]
    guard kinds.filter({ kind in scalars.contains(where: kind) }).count >= 3 else {
      throw AWSError(
        "PasswordPolicyViolation",
        "Password should have at least three of the following mix of character types: uppercase, lowercase, numbers, "
          + "and non-alphanumeric characters", status: 400)
    }
  }
}
