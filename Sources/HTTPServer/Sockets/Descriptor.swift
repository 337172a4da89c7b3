import Glibc

/// An open descriptor, closed when its owner goes.
struct Descriptor: ~Copyable, Sendable {
  let number: Int32

  /// Takes `number` over; `nil` where it is the -1 of a call that failed.
  init?(_ number: Int32) {
    guard number >= 0 else { return nil }
    self.number = number
  }

  deinit { close(number) }
}
