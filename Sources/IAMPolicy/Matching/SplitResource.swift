/// A request's resource, split once for all the patterns it is held against.
struct SplitResource: Sendable {
  let bytes: [UInt8]
  /// Where the first five colons stand; `nil` where the text has fewer and so is no ARN (`*`, for actions that know no
  /// resource).
  private let colons: InlineArray<5, Int>?

  init(_ text: some Sequence<UInt8>) {
    bytes = Array(text)
    var colons = InlineArray<5, Int>(repeating: 0)
    var count = 0
    for index in bytes.indices where bytes[index] == UInt8(ascii: ":") {
      colons[count] = index
      count += 1
      if count == 5 { break }
    }
    self.colons = count == 5 ? colons : nil
  }

  var isARN: Bool { colons != nil }

  /// One of the six parts; `nil` where this is no ARN.
  @inline(__always)
  func part(_ index: Int) -> Range<Int>? {
    guard let colons else { return nil }
    let start = index == 0 ? 0 : colons[index - 1] + 1
    return start..<(index == 5 ? bytes.count : colons[index])
  }

  /// Whether the text begins as every ARN does and has its six parts.
  var beginsAsARN: Bool { part(0).map { bytes[$0].elementsEqual("arn".utf8) } ?? false }
}
