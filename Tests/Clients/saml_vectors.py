"""Writes SAML responses that somebody else's library has signed, and what attackers make of them, for Tests/FederationTests.

    saml_vectors.py FILE
"""

import base64
import copy
import datetime
import json
import pathlib
import sys

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from lxml import etree
from signxml import DigestAlgorithm, SignatureMethod, XMLSigner, methods

SAML = "urn:oasis:names:tc:SAML:2.0:assertion"
SAMLP = "urn:oasis:names:tc:SAML:2.0:protocol"
DS = "http://www.w3.org/2000/09/xmldsig#"
EXCLUSIVE = "http://www.w3.org/2001/10/xml-exc-c14n#"
NAMES = {"saml": SAML, "samlp": SAMLP, "ds": DS}

ASSERTION = f"""<saml:Assertion xmlns:saml="{SAML}" xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" ID="_a1" Version="2.0" IssueInstant="2025-01-15T12:00:00Z">
  <saml:Issuer>https://idp.example.com/saml</saml:Issuer>
  <ds:Signature xmlns:ds="{DS}" Id="placeholder"/>
  <saml:Subject><saml:NameID>ada@example.com</saml:NameID></saml:Subject>
  <saml:AttributeStatement><saml:Attribute Name="Role"><saml:AttributeValue xsi:type="xs:string">reader &amp; writer
  </saml:AttributeValue></saml:Attribute></saml:AttributeStatement>
</saml:Assertion>"""

RESPONSE = f"""<samlp:Response xmlns:samlp="{SAMLP}" ID="_r1" Version="2.0">
  <ds:Signature xmlns:ds="{DS}" Id="placeholder"/>
  <samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>
</samlp:Response>"""


def certificate(key):
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "idp")])
    start = datetime.datetime(2025, 1, 1)
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(1).not_valid_before(start).not_valid_after(start + datetime.timedelta(days=3650))
    return builder.sign(key, hashes.SHA256())


def metadata(*certificates):
    keys = "".join(
        '<KeyDescriptor use="signing"><ds:KeyInfo><ds:X509Data><ds:X509Certificate>\n'
        + base64.encodebytes(each.public_bytes(serialization.Encoding.DER)).decode()
        + "</ds:X509Certificate></ds:X509Data></ds:KeyInfo></KeyDescriptor>"
        for each in certificates
    )
    return (
        f'<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" xmlns:ds="{DS}"'
        f' entityID="https://idp.example.com/saml"><IDPSSODescriptor protocolSupportEnumeration="{SAMLP}">{keys}'
        "</IDPSSODescriptor></EntityDescriptor>"
    )


class Provider:
    def __init__(self, key):
        self.key = key
        self.certificate = certificate(key)

    def sign(self, element, method=SignatureMethod.RSA_SHA256, digest=DigestAlgorithm.SHA256, c14n=EXCLUSIVE):
        signer = XMLSigner(
            method=methods.enveloped, signature_algorithm=method, digest_algorithm=digest, c14n_algorithm=c14n
        )
        return signer.sign(element, key=self.key, cert=[self.certificate], reference_uri=element.get("ID"))


class WeakSigner(XMLSigner):
    """signxml itself refuses SHA-1."""

    def check_deprecated_methods(self):
        pass


def parsed(text):
    return etree.fromstring(text)


def without_signature(element):
    for signature in element.findall("ds:Signature", NAMES):
        element.remove(signature)
    return element


def response(assertion, sign=None):
    root = parsed(RESPONSE)
    if sign is None:
        without_signature(root)
    root.append(assertion)
    return sign(root) if sign else root


def text(root):
    return etree.tostring(root).decode()


def forged(assertion):
    """A copy that says somebody else, without a signature."""
    evil = without_signature(copy.deepcopy(assertion))
    evil.find(".//saml:NameID", NAMES).text = "root@example.com"
    return evil


def wrapped(signed):
    """What is known of signature wrapping: the signed assertion is kept somewhere, and another one stands where it was."""
    signature = signed.find("ds:Signature", NAMES)

    root = response(copy.deepcopy(signed))
    original = root[-1]
    evil = forged(signed)
    evil.set("ID", "_evil")
    root.insert(len(root) - 1, evil)
    yield "an unsigned assertion before the signed one", root

    root = response(copy.deepcopy(signed))
    evil = forged(signed)
    evil.set("ID", "_evil")
    root.append(evil)
    yield "an unsigned assertion behind the signed one", root

    evil = forged(signed)
    evil.set("ID", "_evil")
    evil.append(copy.deepcopy(signed))
    yield "the signed assertion within an unsigned one", response(evil)

    evil = forged(signed)
    evil.set("ID", "_evil")
    moved = copy.deepcopy(signature)
    container = etree.SubElement(moved, f"{{{DS}}}Object")
    container.append(without_signature(copy.deepcopy(signed)))
    evil.insert(1, moved)
    yield "the signed assertion within the signature of another one", response(evil)

    evil = forged(signed)
    evil.insert(1, copy.deepcopy(signature))
    root = response(evil)
    extensions = etree.Element(f"{{{SAMLP}}}Extensions")
    extensions.append(without_signature(copy.deepcopy(signed)))
    root.insert(0, extensions)
    yield "two assertions of one id, the signed one in the extensions", root

    evil = forged(signed)
    evil.insert(1, copy.deepcopy(signature))
    yield "the signature in another assertion of the same id", response(evil)

    evil = forged(signed)
    evil.set("ID", "_evil")
    evil.insert(1, copy.deepcopy(signature))
    yield "the signature in an assertion that it does not name", response(evil)

    root = response(forged(signed))
    root.insert(0, copy.deepcopy(signature))
    yield "the assertion's signature in the response", root

    root = response(copy.deepcopy(signed))
    root.insert(0, copy.deepcopy(signature))
    root.set("ID", "_a1")
    yield "the response has the assertion's id", root

    root = response(copy.deepcopy(signed))
    root[-1].append(copy.deepcopy(signature))
    yield "two signatures in the assertion", root

    outer = etree.Element(f"{{{SAML}}}Assertion", ID="_outer", nsmap={"saml": SAML})
    outer.append(copy.deepcopy(signed))
    yield "the signed assertion deeper than it may stand", response(outer)

    outer = response(copy.deepcopy(signed))
    outer.tag = f"{{{SAML}}}Response"
    yield "a response of another namespace", outer

    hidden = copy.deepcopy(signed)
    hidden.find(".//ds:Transform", NAMES).set("Algorithm", "http://www.w3.org/TR/1999/REC-xpath-19991116")
    yield "a transform that leaves things out", response(hidden)

    empty = copy.deepcopy(signed)
    empty.find(".//ds:Reference", NAMES).set("URI", "")
    yield "a signature over the whole document", response(empty)


def cases():
    provider = Provider(rsa.generate_private_key(public_exponent=65537, key_size=2048))
    curve = Provider(ec.generate_private_key(ec.SECP256R1()))
    other = Provider(rsa.generate_private_key(public_exponent=65537, key_size=2048))
    both = metadata(provider.certificate, curve.certificate)

    def case(name, document, accepted, description=both):
        xml = document if isinstance(document, str) else text(document)
        encoded = base64.encodebytes(xml.encode()).decode()
        return {"name": name, "metadata": description, "response": encoded, "accepted": accepted}

    signed = provider.sign(parsed(ASSERTION))
    yield case("the assertion is signed", response(signed), True)
    yield case("the response is signed", response(without_signature(parsed(ASSERTION)), provider.sign), True)
    yield case("both are signed", response(provider.sign(parsed(ASSERTION)), provider.sign), True)
    for method, digest in [
        (SignatureMethod.RSA_SHA384, DigestAlgorithm.SHA384),
        (SignatureMethod.RSA_SHA512, DigestAlgorithm.SHA512),
    ]:
        yield case(f"{method.name}", response(provider.sign(parsed(ASSERTION), method, digest)), True)
    yield case("ECDSA_SHA256", response(curve.sign(parsed(ASSERTION), SignatureMethod.ECDSA_SHA256)), True)
    commented = text(response(provider.sign(parsed(ASSERTION)))).replace("ada@", "ada<!-- x -->@")
    yield case("a comment within the subject says nothing", commented, True)
    declared = '<?xml version="1.0" encoding="UTF-8"?>\n' + text(response(provider.sign(parsed(ASSERTION))))
    yield case("with a declaration", declared, True)

    good = text(response(provider.sign(parsed(ASSERTION))))
    yield case("another provider's key", good, False, metadata(other.certificate))
    yield case("a provider with a key of another kind", good, False, metadata(curve.certificate))
    yield case("the subject was changed", good.replace("ada@", "bob@"), False)
    yield case("an attribute was changed", good.replace("reader", "writer"), False)
    yield case("the time was changed", good.replace("2025-01-15T12", "2025-01-15T13"), False)
    yield case("not signed", response(without_signature(parsed(ASSERTION))), False)
    broken = text(response(provider.sign(parsed(ASSERTION)), provider.sign)).replace("_r1", "_r2")
    yield case("the assertion's signature is right, the response's is not", broken, False)
    inclusive = "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
    yield case("inclusive canonical form", response(provider.sign(parsed(ASSERTION), c14n=inclusive)), False)
    weak = WeakSigner(
        method=methods.enveloped,
        signature_algorithm=SignatureMethod.RSA_SHA1,
        digest_algorithm=DigestAlgorithm.SHA1,
        c14n_algorithm=EXCLUSIVE,
    ).sign(parsed(ASSERTION), key=provider.key, cert=[provider.certificate], reference_uri="_a1")
    yield case("SHA-1", response(weak), False)
    doctype = '<!DOCTYPE a [<!ENTITY e "ada@example.com">]>' + good.replace("ada@example.com", "&e;")
    yield case("a document type", doctype, False)
    yield case("cut off", good[:-10], False)
    for name, document in wrapped(signed):
        yield case(name, document, False)


def main():
    target = pathlib.Path(sys.argv[1])
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(list(cases()), indent=1), encoding="utf-8")


main()
