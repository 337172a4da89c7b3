import IAMPolicy
import Testing

@Suite("Conditions") struct ConditionTests {
  /// Whether a statement with this condition matches a request with these keys.
  static func holds(_ condition: String, _ keys: [String: [String]], version: String = "2012-10-17") throws -> Bool {
    var layers = PolicyLayers()
    layers.identity = [
      try Fixture.policy(
        #"{"Effect":"Allow","Action":"*","Resource":"*","Condition":{\#(condition)}}"#, version: version)
    ]
    return layers.decide(try Fixture.request(context: keys)).isAllowed
  }

  @Test(
    "operators",
    arguments: [
      ("StringEquals is exact", #""StringEquals":{"k":"ab"}"#, ["ab"], true),
      ("StringEquals knows no wildcards", #""StringEquals":{"k":"a*"}"#, ["ab"], false),
      ("StringEquals knows case", #""StringEquals":{"k":"AB"}"#, ["ab"], false),
      ("StringEqualsIgnoreCase does not", #""StringEqualsIgnoreCase":{"k":"AB"}"#, ["ab"], true),
      ("StringNotEquals over several values is none of them", #""StringNotEquals":{"k":["a","b"]}"#, ["b"], false),
      ("StringLike", #""StringLike":{"k":"a?c*"}"#, ["abcd"], true),
      ("a question mark is one character", #""StringLike":{"k":"a?c"}"#, ["aéc"], true),
      ("StringNotLike", #""StringNotLike":{"k":"a*"}"#, ["abc"], false),
      ("NumericEquals compares numbers", #""NumericEquals":{"k":"1.0"}"#, ["1"], true),
      ("NumericLessThan", #""NumericLessThan":{"k":"300"}"#, ["299"], true),
      ("NumericGreaterThanEquals", #""NumericGreaterThanEquals":{"k":10}"#, ["10"], true),
      ("what is no number fails, negated too", #""NumericNotEquals":{"k":"1"}"#, ["x"], false),
      ("DateLessThan across forms", #""DateLessThan":{"k":"2026-01-01T00:00:00Z"}"#, ["1700000000"], true),
      ("a date with an offset", #""DateEquals":{"k":"2026-01-01T01:00:00+01:00"}"#, ["2026-01-01T00:00:00Z"], true),
      ("Bool without case", #""Bool":{"k":true}"#, ["TRUE"], true),
      ("BinaryEquals compares bytes", #""BinaryEquals":{"k":"QmluYXJ5"}"#, ["QmluYXJ5"], true),
      ("IpAddress within a range", #""IpAddress":{"k":"203.0.113.0/24"}"#, ["203.0.113.7"], true),
      ("a bare address is one address", #""IpAddress":{"k":"203.0.113.7"}"#, ["203.0.113.8"], false),
      ("IPv6", #""IpAddress":{"k":"2001:db8::/32"}"#, ["2001:db8:1::1"], true),
      ("another family does not match", #""IpAddress":{"k":"0.0.0.0/0"}"#, ["::1"], false),
      ("NotIpAddress of another family holds", #""NotIpAddress":{"k":"0.0.0.0/0"}"#, ["::1"], true),
      ("ARNs part by part", #""ArnLike":{"k":"arn:aws:s3:::b/*"}"#, ["arn:aws:s3:::b/x/y"], true),
      ("a wildcard stays in its part", #""ArnLike":{"k":"arn:aws:*:b"}"#, ["arn:aws:s3:::b"], false),
      ("ArnEquals is ArnLike", #""ArnEquals":{"k":"arn:aws:iam::*:role/R"}"#, ["arn:aws:iam::1:role/R"], true),
      ("what is no ARN fails, negated too", #""ArnNotLike":{"k":"arn:aws:iam::*:role/R"}"#, ["x"], false),
    ])
  func operators(name: String, condition: String, values: [String], expected: Bool) throws {
    #expect(try Self.holds(condition, ["k": values]) == expected)
  }

  @Test(
    "missing keys, sets and Null",
    arguments: [
      ("positive, missing", #""StringEquals":{"k":"a"}"#, nil as [String]?, false),
      ("negated, missing", #""StringNotEquals":{"k":"a"}"#, nil, true),
      ("IfExists, missing", #""StringEqualsIfExists":{"k":"a"}"#, nil, true),
      ("IfExists, there", #""StringEqualsIfExists":{"k":"a"}"#, ["b"], false),
      ("ForAllValues, missing", #""ForAllValues:StringEquals":{"k":"a"}"#, nil, true),
      ("ForAllValues, empty", #""ForAllValues:StringEquals":{"k":"a"}"#, [], true),
      ("ForAllValues, an empty text", #""ForAllValues:StringEquals":{"k":"a"}"#, [""], true),
      ("ForAllValues, all", #""ForAllValues:StringEquals":{"k":["a","b"]}"#, ["a", "b"], true),
      ("ForAllValues, one too many", #""ForAllValues:StringEquals":{"k":["a","b"]}"#, ["a", "c"], false),
      ("ForAllValues, negated", #""ForAllValues:StringNotEquals":{"k":"a"}"#, ["b", "c"], true),
      ("ForAnyValue, missing", #""ForAnyValue:StringEquals":{"k":"a"}"#, nil, false),
      ("ForAnyValue, negated, missing", #""ForAnyValue:StringNotEquals":{"k":"a"}"#, nil, false),
      ("ForAnyValue, one", #""ForAnyValue:StringEquals":{"k":"a"}"#, ["a", "c"], true),
      ("ForAnyValue, negated, one other", #""ForAnyValue:StringNotEquals":{"k":"a"}"#, ["a", "c"], true),
      ("several values without a set operator", #""StringEquals":{"k":"a"}"#, ["a", "a"], false),
      ("several values, negated", #""StringNotEquals":{"k":"x"}"#, ["a", "b"], false),
      ("Null true, missing", #""Null":{"k":"true"}"#, nil, true),
      ("Null true, there", #""Null":{"k":"true"}"#, ["a"], false),
      ("Null false, there", #""Null":{"k":"false"}"#, ["a"], true),
      ("Null false, missing", #""Null":{"k":false}"#, nil, false),
    ])
  func presence(name: String, condition: String, values: [String]?, expected: Bool) throws {
    #expect(try Self.holds(condition, values.map { ["k": $0] } ?? [:]) == expected)
  }

  @Test("keys are found whatever their case")
  func keyCase() throws {
    #expect(try Self.holds(#""StringEquals":{"AWS:sourceip":"x"}"#, ["aws:SourceIp": ["x"]]))
  }

  @Test(
    "policy variables",
    arguments: [
      ("put in", "${aws:username}", "2012-10-17", ["David"], true),
      ("with text around", "home-${aws:username}-x", "2012-10-17", ["home-David-x"], true),
      ("not in the older version", "${aws:username}", "2008-10-17", ["David"], false),
      ("literal in the older version", "${aws:username}", "2008-10-17", ["${aws:username}"], true),
      ("a default", "${aws:nothing, 'guest'}", "2012-10-17", ["guest"], true),
      ("without a value, positive", "${aws:nothing}", "2012-10-17", ["x"], false),
      ("an escaped asterisk", "${*}", "2012-10-17", ["*"], true),
      ("an escaped dollar", "${$}", "2012-10-17", ["$"], true),
    ])
  func variables(name: String, value: String, version: String, requested: [String], expected: Bool) throws {
    #expect(try Self.holds(#""StringEquals":{"k":"\#(value)"}"#, ["k": requested], version: version) == expected)
  }

  @Test("a variable without a value lets a negated operator hold, matches no resource, and excludes none")
  func unresolved() throws {
    #expect(try Self.holds(#""StringNotEquals":{"k":"${aws:nothing}"}"#, ["k": ["x"]]))
    // PolicyChoice.unresolvedVariableInNotResource
    for (element, isAllowed) in [("Resource", false), ("NotResource", true)] {
      var layers = PolicyLayers()
      layers.identity = [
        try Fixture.policy(#"{"Effect":"Allow","Action":"*","\#(element)":"arn:aws:s3:::bucket/${aws:nothing}"}"#)
      ]
      #expect(layers.decide(try Fixture.request()).isAllowed == isAllowed)
    }
  }

  @Test("what a variable brings matches literally")
  func literalValue() throws {
    var layers = PolicyLayers()
    layers.identity = [
      try Fixture.policy(#"{"Effect":"Allow","Action":"*","Resource":"arn:aws:s3:::bucket/${aws:k}"}"#)
    ]
    #expect(!layers.decide(try Fixture.request(context: ["aws:k": ["*"]])).isAllowed)
    #expect(layers.decide(try Fixture.request(context: ["aws:k": ["key"]])).isAllowed)
  }
}
