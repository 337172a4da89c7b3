import AWSAPI
import TestSupport
import Testing

@testable import Emulator

@Suite("Digests made by a thread of their own")
struct BackgroundDigestsTests {
  @Test("are the same as those made in place", arguments: ChecksumAlgorithm.allCases, [false, true])
  func sameResult(algorithm: ChecksumAlgorithm, withDefaultCheck: Bool) throws {
    var generator = SeededGenerator(seed: 7)
    var digests = RunningDigests(algorithm, withDefaultCheck: withDefaultCheck)
    let background = try #require(BackgroundDigests(algorithm, withDefaultCheck: withDefaultCheck))
    for _ in 0..<200 {
      let chunk = [UInt8](
        repeating: .random(in: 0...255, using: &generator), count: .random(in: 1...5000, using: &generator))
      digests.update(chunk)
      background.update(chunk)
    }
    let (there, here) = (background.finish(), digests.finish())
    #expect(there.etag == here.etag)
    #expect(there.checksum == here.checksum)
    #expect(there.defaultCheck == here.defaultCheck)
  }

  @Test("of nothing, and of an upload that breaks off")
  func emptyAndAbandoned() throws {
    let nothing = try #require(BackgroundDigests(.crc32, withDefaultCheck: false)).finish()
    #expect(nothing.etag == RunningDigests(.crc32).finish().etag)
    // Nobody asks for what comes out: the thread must end all the same, or this would run out of threads.
    for _ in 0..<2000 {
      let digests = try #require(BackgroundDigests(.sha256, withDefaultCheck: true))
      digests.update([1, 2, 3])
    }
  }
}
