import Scenario
import Testing

@Suite("Lengths of time") struct DurationTests {
  @Test(
    "are read",
    arguments: [
      ("0s", 0), ("250ms", 250), ("30s", 30_000), ("15m", 900_000), ("1h", 3_600_000), ("2d", 172_800_000),
      ("1h30m", 5_400_000), ("1d2h3m4s5ms", 93_784_005), ("90m", 5_400_000), ("007s", 7000),
    ])
  func read(text: String, milliseconds: Int) {
    #expect(DurationValue(text)?.duration == .milliseconds(milliseconds))
    #expect(DurationValue(text)?.text == text)
  }

  @Test(
    "are refused",
    arguments: [
      "", "5", "s", "1 s", "1s ", "-1s", "+1s", "1.5h", "1S", "1m1h", "1s1s", "1ms1s", "1y", "1h30", "9999999999s",
      "999999999d", "999999999d999999999h", "١s", "1h\u{0}", "${{ x }}",
    ])
  func refused(text: String) {
    #expect(DurationValue(text) == nil)
  }
}
