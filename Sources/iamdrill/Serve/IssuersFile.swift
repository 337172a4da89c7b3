import Emulator
import Federation
import JSON

/// The file of `--issuers`: a JSON object that has a key set (JWKS) for the URL of each issuer.
enum IssuersFile {
  /// Why the file cannot be used, with the place in it where there is one.
  struct Failure: Error {
    var message: String
  }

  /// In bytes.
  private static let largest = 1 << 20

  static func read(_ path: String) -> Result<[EmulatorConfiguration.Issuer], Failure> {
    guard let bytes = TextFile.readBytes(path) else { return .failure(Failure(message: "\(path) cannot be read")) }
    return parse(bytes, path: path)
  }

  static func parse(_ bytes: [UInt8], path: String) -> Result<[EmulatorConfiguration.Issuer], Failure> {
    do {
      let value = try JSONValue(parsing: bytes, limits: JSONLimits(bytes: largest, depth: 16))
      guard let members = value.object else {
        return .failure(Failure(message: "\(path): an object of issuers' URLs is needed, not \(value.article)"))
      }
      var issuers: [EmulatorConfiguration.Issuer] = []
      for member in members {
        guard member.name.hasPrefix("https://") else {
          return .failure(
            Failure(message: "\(path): an issuer's URL begins with https://, which \"\(member.name)\" does not"))
        }
        do throws(FederationError) {
          issuers.append(try EmulatorConfiguration.Issuer(url: member.name, keySet: member.value))
        } catch {
          return .failure(Failure(message: "\(path): the keys of \(member.name): \(error)"))
        }
      }
      return .success(issuers)
    } catch {
      return .failure(Failure(message: "\(path): \(error)"))
    }
  }
}
