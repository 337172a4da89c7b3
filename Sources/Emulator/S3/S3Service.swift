package import AWSAPI

/// S3 in the emulator.
package enum S3Service: EmulatedService {
  package static let handlers: [String: Handler] = [:]

  package static func permissions(of call: Call, in state: EmulatorState) throws(AWSError) -> [Permission] { [] }
}
