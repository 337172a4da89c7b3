package import FoundationEssentials

/// A virtual device that shows one-time codes.
package struct MFADevice: Sendable, Codable {
  /// Its ARN.
  package var serialNumber: String
  /// The key its codes are made from.
  package var key: [UInt8]
  package var tags: [Tag] = []
  /// The unique id of the user it belongs to; `nil` while it is unassigned.
  package var user: String?
  package var enableDate: Date?

  package init(serialNumber: String, key: [UInt8]) {
    self.serialNumber = serialNumber
    self.key = key
  }
}
