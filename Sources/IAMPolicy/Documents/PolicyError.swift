/// Why a text is not a policy, or not one of its type, and where.
public struct PolicyError: Error, Sendable, Hashable, CustomStringConvertible {
  /// What is wrong.
  public var fault: PolicyFault
  /// The way to it from the document's root: `Statement[0].Effect`.
  public var path: String
  /// The bytes of the source at which it is.
  public var range: Range<Int>

  /// An error at a place.
  public init(_ fault: PolicyFault, path: String = "", range: Range<Int> = 0..<0) {
    self.fault = fault
    self.path = path
    self.range = range
  }

  /// What is wrong, in plain words.
  public var message: String { fault.message }

  /// The member of what ``path`` leads to that is missing, unknown or given twice, and which the message names.
  public var element: String? {
    switch fault {
    case .missingElement(let name), .unknownElement(let name), .repeatedElement(let name), .principalKind(let name),
      .prohibitedElement(let name, _):
      name
    default: nil
    }
  }

  /// The message with its path.
  public var description: String { path.isEmpty ? message : "\(path): \(message)" }
}
