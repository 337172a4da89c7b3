import Glibc
import Runner

/// Single keys from a terminal, without waiting for Enter. The terminal is as it was when this ends.
final class KeyInput {
  enum Key: Sendable, Hashable {
    case enter
    case character(Character)
    /// The terminal has closed, or the process was asked to end.
    case end
  }

  private var former = termios()

  /// `nil` where standard input is no terminal.
  init?() {
    guard isatty(STDIN_FILENO) == 1, tcgetattr(STDIN_FILENO, &former) == 0 else { return nil }
    takeKeys()
  }

  deinit { giveBack() }

  /// Keys arrive at once and are not shown.
  func takeKeys() {
    var keys = former
    keys.c_lflag &= ~tcflag_t(ICANON | ECHO)
    tcsetattr(STDIN_FILENO, TCSADRAIN, &keys)
  }

  /// The terminal as it was, for another program.
  func giveBack() { tcsetattr(STDIN_FILENO, TCSADRAIN, &former) }

  /// Milliseconds between looks at whether the process was asked to end.
  private static let patience: Int32 = 200

  func next() -> Key {
    while !Interruption.isRequested {
      var ready = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
      guard poll(&ready, 1, Self.patience) > 0 else { continue }
      var byte: UInt8 = 0
      guard read(STDIN_FILENO, &byte, 1) == 1 else { return .end }
      switch byte {
      case 0x0A, 0x0D: return .enter
      case 0x04: return .end
      case 0x1B: skipSequence()
      case 0x20..<0x7F: return .character(Character(Unicode.Scalar(byte)))
      default: continue
      }
    }
    return .end
  }

  /// An arrow and the like: what follows the escape at once is part of it.
  private func skipSequence() {
    var ready = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
    var byte: UInt8 = 0
    while poll(&ready, 1, 5) > 0, read(STDIN_FILENO, &byte, 1) == 1 {
      if (0x40...0x7E).contains(byte), byte != UInt8(ascii: "["), byte != UInt8(ascii: "O") { return }
    }
  }
}
