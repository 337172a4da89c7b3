import AWSAPI
import FoundationEssentials
import Testing

@Suite("Points in time")
struct TimestampTests {
  @Test(
    "are written in three ways",
    arguments: [
      (1_324_336_606.0, "2011-12-19T23:16:46Z", "2011-12-19T23:16:46.000Z", "Mon, 19 Dec 2011 23:16:46 GMT"),
      (0.0, "1970-01-01T00:00:00Z", "1970-01-01T00:00:00.000Z", "Thu, 01 Jan 1970 00:00:00 GMT"),
      (-0.25, "1969-12-31T23:59:59Z", "1969-12-31T23:59:59.750Z", "Wed, 31 Dec 1969 23:59:59 GMT"),
      (951_782_400.999, "2000-02-29T00:00:00Z", "2000-02-29T00:00:00.999Z", "Tue, 29 Feb 2000 00:00:00 GMT"),
      (253_402_300_800.0, "9999-12-31T23:59:59Z", "9999-12-31T23:59:59.000Z", "Fri, 31 Dec 9999 23:59:59 GMT"),
      (.infinity, "9999-12-31T23:59:59Z", "9999-12-31T23:59:59.000Z", "Fri, 31 Dec 9999 23:59:59 GMT"),
      (-1e18, "0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000Z", "Mon, 01 Jan 0001 00:00:00 GMT"),
    ])
  func written(seconds: Double, iso8601: String, milliseconds: String, http: String) {
    let date = Date(timeIntervalSince1970: seconds)
    #expect(AWSTimestamp.text(date, .iso8601) == iso8601)
    #expect(AWSTimestamp.text(date, .iso8601Milliseconds) == milliseconds)
    #expect(AWSTimestamp.text(date, .httpDate) == http)
  }

  @Test(
    "are read in any of them",
    arguments: [
      ("2011-12-19T23:16:46Z", 1_324_336_606.0), ("2011-12-19T23:16:46.5Z", 1_324_336_606.5),
      ("2011-12-20T00:16:46+01:00", 1_324_336_606), ("2011-12-19T18:16:46-0500", 1_324_336_606),
      ("2011-12-19", 1_324_252_800), ("Mon, 19 Dec 2011 23:16:46 GMT", 1_324_336_606),
      ("2000-02-29T00:00:00Z", 951_782_400),
    ])
  func read(text: String, seconds: Double) {
    #expect(AWSTimestamp.date(text)?.timeIntervalSince1970 == seconds)
  }

  @Test(
    "what names no moment is not read",
    arguments: [
      "", "now", "2011", "2011-13-01", "2011-02-29", "2011-02-30T00:00:00Z", "2011-12-19T24:00:00Z",
      "2011-12-19T23:16:46", "2011-12-19T23:16:46.Z", "2011-12-19T23:16:46Zz", "Mon, 19 Foo 2011 23:16:46 GMT",
      "Mon, 32 Dec 2011 23:16:46 GMT", "0000-01-01",
    ])
  func unread(text: String) {
    #expect(AWSTimestamp.date(text) == nil)
  }
}
