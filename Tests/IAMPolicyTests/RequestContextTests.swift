import Testing

@testable import IAMPolicy

@Suite("Context keys in layers")
struct RequestContextTests {
  /// A caller's keys, a call's in them and a permission's in those.
  private var context: RequestContext {
    let caller = RequestContext.Layer(
      RequestContext([.init("aws:userid", "AIDA"), .init("aws:username", "Ada")], in: nil))
    let call = RequestContext.Layer(
      RequestContext([.init("aws:SourceIp", "127.0.0.1"), .init("aws:userid", "hidden")], in: caller))
    return RequestContext(
      [.init("s3:prefix", "first"), .init("S3:Prefix", "second"), .init("AWS:UserID", "own")], in: call)
  }

  @Test("the innermost counts, and of two in one layer the last")
  func lookup() {
    let context = context
    let expected = [
      "aws:username": "Ada", "aws:sourceip": "127.0.0.1", "AWS:USERID": "own", "s3:prefix": "second",
    ]
    for (key, value) in expected { #expect(context[key] == [value], "\(key)") }
    #expect(context["aws:referer"] == nil)
    #expect(context.keys == ["aws:userid", "aws:username", "aws:sourceip", "s3:prefix"])
    #expect(
      context.sorted.map { "\($0.key)=\($0.values)" } == [
        #"aws:SourceIp=["127.0.0.1"]"#, #"aws:userid=["own"]"#, #"aws:username=["Ada"]"#, #"s3:prefix=["second"]"#,
      ])
  }

  @Test("what is set hides what is around, a default does not, and nothing changes the layers that others share")
  func setting() {
    let before = context
    var after = before
    after["aws:username"] = ["Bea"]
    after.setDefault("aws:sourceIP", "10.0.0.1")
    after.setDefault("aws:Referer", "there")
    #expect(after["aws:username"] == ["Bea"])
    #expect(after["aws:SourceIp"] == ["127.0.0.1"])
    #expect(after["aws:referer"] == ["there"])
    #expect(before["aws:username"] == ["Ada"])
    after["aws:userid"] = nil
    #expect(after["aws:userid"] == nil)
    #expect(before["aws:userid"] == ["own"])
  }

  @Test("contexts are equal by what they say, not by where it is written down")
  func equality() {
    var flat = RequestContext()
    flat["aws:userid"] = ["own"]
    flat["aws:username"] = ["Ada"]
    flat["aws:SourceIp"] = ["127.0.0.1"]
    flat["s3:prefix"] = ["second"]
    #expect(flat == context)
    #expect(flat.hashValue == context.hashValue)
    flat["s3:prefix"] = ["third"]
    #expect(flat != context)
  }
}
