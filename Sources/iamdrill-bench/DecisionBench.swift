import IAMPolicy

/// Decisions of the policy engine, by themselves and through `iamdrill evaluate`.
enum DecisionBench {
  static func run() {
    measure("decisions on 1 statement", oneStatement(), requests())
    measure("decisions on 10 policies with 46 statements", tenPolicies(), requests())
    for count in [100, 10_000] {
      measure("decisions beside \(count) statements of other services", tenPolicies(besides: count), requests())
    }
    evaluation()
  }

  /// How fast, how evenly, and what the answers were: a number says little where all requests end at the same place.
  private static func measure(_ name: String, _ layers: PolicyLayers, _ requests: [AuthorizationRequest]) {
    var answers: [Decision.Effect: Int] = [:]
    for request in requests { answers[layers.decide(request).effect, default: 0] += 1 }
    let mix = [Decision.Effect.allowed, .explicitDeny, .implicitDeny].map { effect in
      "\(100 * answers[effect, default: 0] / requests.count) % \(effect.rawValue)"
    }
    // No clock sees one decision; a batch has the whole mix, several times.
    let rounds = 8
    var nanoseconds: [Double] = []
    for _ in 0..<3000 {
      let seconds = Bench.measureCPU {
        for _ in 0..<rounds { for request in requests { _ = layers.decide(request) } }
      }
      nanoseconds.append(seconds * 1e9 / Double(rounds * requests.count))
    }
    nanoseconds.sort()
    func at(_ share: Double) -> Int { Int(nanoseconds[Int(Double(nanoseconds.count - 1) * share)]) }
    print("\(name): median \(1_000_000_000 / max(1, at(0.5))) a second and core")
    print(
      "  ns each, in batches of \(rounds * requests.count): p10 \(at(0.1)), p50 \(at(0.5)), p90 \(at(0.9)), p99 \(at(0.99)), "
        + "p99.9 \(at(0.999)); \(mix.joined(separator: ", "))")
  }

  // MARK: What is asked, and of which policies

  /// Three that are allowed, three that are denied explicitly where anything denies, two that nothing allows.
  private static func requests() -> [AuthorizationRequest] {
    guard let principal = RequestPrincipal(arn: "arn:aws:iam::111111111111:user/team/David") else { return [] }
    var context = RequestContext()
    context["aws:SourceIp"] = ["192.0.2.17"]
    context["aws:SecureTransport"] = ["true"]
    return [
      ("s3:GetObject", "bucket/some/key"), ("s3:GetObject", "bucket/home/David/key"),
      ("s3:GetObjectTagging", "bucket/x"),
      ("s3:GetObject", "bucket/secret/key"), ("s3:GetObject", "bucket/secret/other"),
      ("s3:PutObject", "bucket/secret/x"),
      ("s3:DeleteObject", "bucket/some/key"), ("s3:GetObject", "elsewhere/key"),
    ].map { action, key in
      AuthorizationRequest(principal: principal, action: action, resource: "arn:aws:s3:::\(key)", context: context)
    }
  }

  private static let allowing = #"{"Effect":"Allow","Action":"s3:Get*","Resource":"arn:aws:s3:::bucket/*"}"#

  private static func oneStatement() -> PolicyLayers {
    var layers = PolicyLayers()
    layers.identity = policies([[allowing]])
    return layers
  }

  /// Ten policies with 46 statements as an account has them: most for other services, many for this one, few that match.
  private static func tenPolicies(besides others: Int = 0) -> PolicyLayers {
    let network = #""Condition":{"IpAddress":{"aws:SourceIp":["192.0.2.0/24","2001:db8::/32"]}}"#
    let clearance = #""Condition":{"StringNotEqualsIfExists":{"aws:PrincipalTag/clearance":"high"}}"#
    let teams = (0..<9).map { team in
      [
        #"{"Effect":"Allow","Action":["ec2:Describe*","ec2:StartInstances"],"Resource":"*"}"#,
        #"{"Effect":"Allow","Action":"iam:Get*","Resource":"arn:aws:iam::*:role/team\#(team)/*"}"#,
        #"{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::team-\#(team)/*",\#(network)}"#,
        #"{"Effect":"Allow","Action":["s3:List*","s3:GetBucket*"],"Resource":"arn:aws:s3:::team-\#(team)"}"#,
        #"{"Effect":"Allow","Action":"sqs:*","Resource":"arn:aws:sqs:*:*:team-\#(team)-${aws:username}"}"#,
      ].prefix(team == 0 ? 4 : 5)
    }
    let deny = #"{"Effect":"Deny","Action":"s3:*","Resource":"arn:aws:s3:::bucket/secret/*",\#(clearance)}"#
    var layers = PolicyLayers()
    layers.identity = policies(teams.map(Array.init) + [[allowing, deny]])
    if others > 0 {
      layers.identity += policies([
        (0..<others).map { #"{"Effect":"Allow","Action":"service\#($0 % 400):Do\#($0)","Resource":"*"}"# }
      ])
    }
    return layers
  }

  private static func policies(_ lists: [[String]]) -> [AttachedPolicy] {
    lists.compactMap { statements in
      let text = #"{"Version":"2012-10-17","Statement":[\#(statements.joined(separator: ","))]}"#
      return (try? PolicyDocument(parsing: Array(text.utf8))).map { AttachedPolicy(CompiledPolicy($0)) }
    }
  }

  // MARK: iamdrill evaluate

  /// Requests as a pipeline's suite has them: few principals and policies, many actions and keys.
  private static func evaluation() {
    let count = 20_000
    var lines: [UInt8] = []
    for number in 0..<count {
      let user = ["David", "Jane", "Mateo", "Zhang"][number % 4]
      let bucket = ["b", "c"][number / 4 % 2]
      let action = ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"][number % 3]
      lines += Array(
        (#"{"id":\#(number),"principal":{"AWS":"arn:aws:iam::111111111111:user/\#(user)"},"action":"\#(action)","#
          + #""resource":"arn:aws:s3:::\#(bucket)/key-\#(number)","context":{"aws:SourceIp":"192.0.2.\#(number % 250)"},"#
          + #""identityPolicies":[{"name":"P","document":{"Version":"2012-10-17","Statement":["#
          + #"{"Sid":"Read","Effect":"Allow","Action":["s3:Get*","s3:Put*"],"Resource":"arn:aws:s3:::\#(bucket)/*"},"#
          + #"{"Sid":"Net","Effect":"Deny","Action":"s3:Put*","Resource":"*","#
          + #""Condition":{"NotIpAddress":{"aws:SourceIp":"192.0.2.0/25"}}}]}}]}"# + "\n").utf8)
    }
    var answers: [UInt8] = []
    var evaluation = PolicyEvaluation()
    _ = evaluation.run(lines) { answers += $0 }
    let text = String(decoding: answers, as: UTF8.self)
    let mix = ["allowed", "explicitDeny", "implicitDeny"].map { effect in
      "\(100 * (text.split(separator: "\"decision\":\"\(effect)\"", omittingEmptySubsequences: false).count - 1) / count) % \(effect)"
    }
    var samples: [Double] = []
    for _ in 0..<20 {
      let seconds = Bench.measureCPU {
        var evaluation = PolicyEvaluation()
        _ = evaluation.run(lines) { _ in }
      }
      samples.append(Double(count) / seconds)
    }
    Bench.report("evaluate, requests as JSON lines of \(lines.count / count) bytes", samples, "a second and core")
    print("  \(mix.joined(separator: ", "))")
  }
}
