import CLibCrypto
import XML

/// Checks enveloped signatures in XML (https://www.w3.org/TR/xmldsig-core1/), as far as SAML allows them (SAML 2.0 Core, section
/// 5.4): over one element by its id, in exclusive canonical form.
struct XMLSignature {
  static let namespace = "http://www.w3.org/2000/09/xmldsig#"
  static let exclusiveForm = "http://www.w3.org/2001/10/xml-exc-c14n#"
  static let enveloped = namespace + "enveloped-signature"

  let document: CanonicalXML
  let keys: [PublicKey]

  /// Checks the signature that stands in the element at `path`, and gives back that element as it was signed: read anew from the
  /// very bytes that the digest was made of. Whatever else stands in the document cannot slip in.
  /// - Returns: `nil` where no signature stands in the element.
  /// - Throws: ``FederationError``.
  func signedElement(
    at path: CanonicalXML.Path, _ element: XMLElement
  ) throws(FederationError) -> XMLElement? {
    let positions = element.elements.indices.filter { element.elements[$0].isSignaturePart("Signature") }
    guard let position = positions.first else { return nil }
    guard positions.count == 1 else { throw Self.malformed("an element has more than one signature") }
    let signature = element.elements[position]
    let signaturePath = path + [position]
    let (information, informationPosition) = try Self.only("SignedInfo", of: signature)
    let bytes = try signedBytes(information, of: element, at: path, without: signaturePath)
    try checkSignature(of: information, at: signaturePath + [informationPosition], in: signature)
    do throws(XMLError) {
      return try CanonicalXML(parsing: bytes, limits: SAMLResponse.limits).root
    } catch {
      throw Self.malformed("what is signed is not XML: \(error)")
    }
  }

  /// The bytes that the signature's digest is of, where it is.
  private func signedBytes(
    _ information: XMLElement, of element: XMLElement, at path: CanonicalXML.Path, without left: CanonicalXML.Path
  ) throws(FederationError) -> [UInt8] {
    let (reference, _) = try Self.only("Reference", of: information)
    guard let id = element.attribute("ID"), reference.attribute("URI") == "#" + id else {
      throw Self.malformed("the signature is not over the element that it stands in")
    }
    let prefixes = try inclusivePrefixes(of: reference)
    guard let method = try Self.only("DigestMethod", of: reference).element.attribute("Algorithm"),
      let digest = XMLDigest(uri: method)
    else { throw FederationError(.unsupportedAlgorithm, "the digest is none of SHA-256, SHA-384 and SHA-512") }
    let bytes = try canonical(path, without: left, prefixes)
    let expected = Base64.decode(try Self.only("DigestValue", of: reference).element.text)
    guard let expected, expected == digest.digest(bytes) else {
      throw FederationError(.wrongSignature, "the digest is not that of the element")
    }
    return bytes
  }

  private func checkSignature(
    of information: XMLElement, at path: CanonicalXML.Path, in signature: XMLElement
  ) throws(FederationError) {
    let (canonicalization, _) = try Self.only("CanonicalizationMethod", of: information)
    guard canonicalization.attribute("Algorithm") == Self.exclusiveForm else {
      throw FederationError(.unsupportedAlgorithm, "the canonical form is not the exclusive one")
    }
    let method = try Self.only("SignatureMethod", of: information).element.attribute("Algorithm")
    guard let algorithm = method.flatMap(SignatureAlgorithm.init(xmlURI:)) else {
      throw FederationError(.unsupportedAlgorithm, "the signature is neither RSA nor ECDSA over SHA-256 or longer")
    }
    guard let value = Base64.decode(try Self.only("SignatureValue", of: signature).element.text) else {
      throw Self.malformed("the signature's value is not base64")
    }
    let bytes = try canonical(path, without: nil, Self.prefixes(in: canonicalization))
    let candidates = keys.filter { $0.family == algorithm.family }
    guard !candidates.isEmpty else { throw FederationError(.unknownKey, "the provider has no key of that kind") }
    guard candidates.contains(where: { $0.verifies(value, of: bytes, by: algorithm) }) else {
      throw FederationError(.wrongSignature, "the signature is not one of the provider's")
    }
  }

  /// The transforms must be the two that SAML knows, once each.
  private func inclusivePrefixes(of reference: XMLElement) throws(FederationError) -> [String] {
    let transforms = try Self.only("Transforms", of: reference).element.elements
    let names = transforms.map { $0.attribute("Algorithm") }
    guard transforms.allSatisfy({ $0.isSignaturePart("Transform") }), names == [Self.enveloped, Self.exclusiveForm]
    else {
      throw FederationError(
        .unsupportedAlgorithm,
        "what is signed must be transformed by enveloped-signature and exclusive canonicalization")
    }
    return transforms.last.map(Self.prefixes(in:)) ?? []
  }

  private static func prefixes(in method: XMLElement) -> [String] {
    let list = method.elements.first { $0.name == "InclusiveNamespaces" && $0.namespace == exclusiveForm }
    return list?.attribute("PrefixList")?.split(separator: " ").map(String.init) ?? []
  }

  private func canonical(
    _ path: CanonicalXML.Path, without left: CanonicalXML.Path?, _ prefixes: [String]
  ) throws(FederationError) -> [UInt8] {
    do throws(XMLError) {
      return try document.exclusiveForm(of: path, without: left, inclusivePrefixes: prefixes)
    } catch {
      throw Self.malformed(error.message)
    }
  }

  /// The one child of this name, and its position.
  private static func only(
    _ name: String, of element: XMLElement
  ) throws(FederationError) -> (element: XMLElement, position: Int) {
    let children = element.elements
    let found = children.indices.filter { children[$0].isSignaturePart(name) }
    guard found.count == 1 else {
      throw malformed("a signature has one \(name) in \(element.name), not \(found.count)")
    }
    return (children[found[0]], found[0])
  }

  private static func malformed(_ message: String) -> FederationError { FederationError(.malformed, message) }
}

extension XMLElement {
  func isSignaturePart(_ name: String) -> Bool { self.name == name && namespace == XMLSignature.namespace }
}

/// The digests of signed XML.
enum XMLDigest: String, CaseIterable {
  case sha256 = "http://www.w3.org/2001/04/xmlenc#sha256"
  case sha384 = "http://www.w3.org/2001/04/xmldsig-more#sha384"
  case sha512 = "http://www.w3.org/2001/04/xmlenc#sha512"

  init?(uri: String) { self.init(rawValue: uri) }

  func digest(_ bytes: [UInt8]) -> [UInt8] {
    let method =
      switch self {
      case .sha256: EVP_sha256()
      case .sha384: EVP_sha384()
      case .sha512: EVP_sha512()
      }
    var result = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
    var length: UInt32 = 0
    guard EVP_Digest(bytes, bytes.count, &result, &length, method, nil) == 1 else { return [] }
    return Array(result.prefix(Int(length)))
  }
}
