/// Writes numbers of fixed width and what stands between them into memory that has room for all of it.
struct DigitWriter {
  let buffer: UnsafeMutableBufferPointer<UInt8>
  private(set) var count = 0

  init(buffer: UnsafeMutableBufferPointer<UInt8>) { self.buffer = buffer }

  /// - Parameter digits: as many as are written, with zeros in front; of a number that has more, the last.
  mutating func write(_ number: Int, digits: Int, then separator: StaticString = "") {
    var rest = number
    for index in stride(from: count + digits - 1, through: count, by: -1) {
      buffer[index] = UInt8(ascii: "0") + UInt8(rest % 10)
      rest /= 10
    }
    count += digits
    write(separator)
  }

  mutating func write(_ text: StaticString) {
    for index in 0..<text.utf8CodeUnitCount { buffer[count + index] = text.utf8Start[index] }
    count += text.utf8CodeUnitCount
  }

  /// The time of day, in seconds.
  mutating func write(time: Int) {
    write(time / 3600, digits: 2, then: ":")
    write(time / 60 % 60, digits: 2, then: ":")
    write(time % 60, digits: 2)
  }
}
