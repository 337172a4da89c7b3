"""Every operation of IAM on second factors and identity providers, and those of STS, with what its answer has."""

import base64
import hashlib
import hmac
import time

from operations_values import ACCOUNT, ANYTHING, CREDENTIALS, ROLE_MEMBERS, TRUST, USER, at
from steps import Refusal, Step


def code(seed, offset):
    """The code that a device with this seed shows (RFC 6238), `offset` steps from now."""

    def show(known):
        key = base64.b32decode(seed(known) + b"=" * (-len(seed(known)) % 8))
        digest = hmac.new(key, (int(time.time() // 30) + offset).to_bytes(8, "big"), hashlib.sha1).digest()
        start = digest[-1] & 15
        return f"{(int.from_bytes(digest[start:start + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06}"

    return show


SEED = at("CreateVirtualMFADevice", "VirtualMFADevice", "Base32StringSeed")
SERIAL = at("CreateVirtualMFADevice", "VirtualMFADevice", "SerialNumber")

DEVICES = [
    Step("iam:CreateUser", USER, UserName="ann"),
    Step(
        "iam:CreateVirtualMFADevice",
        "VirtualMFADevice{Base32StringSeed SerialNumber}",
        VirtualMFADeviceName="phone",
    ),
    Step("iam:ListVirtualMFADevices", "IsTruncated VirtualMFADevices[SerialNumber]"),
    Step(
        "iam:EnableMFADevice",
        Refusal("InvalidAuthenticationCode", 403, "Authentication code for device is not valid"),
        keep="wrong",
        UserName="ann",
        SerialNumber=SERIAL,
        AuthenticationCode1="000000",
        AuthenticationCode2="000000",
    ),
    Step(
        "iam:EnableMFADevice",
        "",
        UserName="ann",
        SerialNumber=SERIAL,
        AuthenticationCode1=code(SEED, -1),
        AuthenticationCode2=code(SEED, 0),
    ),
    Step("iam:ListMFADevices", "IsTruncated MFADevices[EnableDate SerialNumber UserName]", UserName="ann"),
    Step("iam:GetMFADevice", "EnableDate SerialNumber UserName", UserName="ann", SerialNumber=SERIAL),
    Step(
        "iam:ListVirtualMFADevices",
        "IsTruncated VirtualMFADevices[EnableDate SerialNumber User{Arn CreateDate Path UserId UserName}]",
        keep="assigned",
        AssignmentStatus="Assigned",
    ),
    Step(
        "iam:ResyncMFADevice",
        "",
        UserName="ann",
        SerialNumber=SERIAL,
        AuthenticationCode1=code(SEED, 0),
        AuthenticationCode2=code(SEED, 1),
    ),
    Step(
        "iam:DeleteVirtualMFADevice",
        Refusal("DeleteConflict", 409, "MFA VirtualDevice in use. Must deactivate first."),
        keep="conflict",
        SerialNumber=SERIAL,
    ),
    Step("iam:DeactivateMFADevice", "", UserName="ann", SerialNumber=SERIAL),
    Step("iam:DeleteVirtualMFADevice", "", SerialNumber=SERIAL),
]

# Whose key nobody has kept.
CERTIFICATE = (
    "MIIBczCCARmgAwIBAgIUKMellrxqFDDMF5RmMGPysWi6/IcwCgYIKoZIzj0EAwIwDjEMMAoGA1UEAwwDaWRwMCAXDTI2MTEy"
    "NTIwMjYyNVoYDzIxMjYxMTAxMjAyNjI1WjAOMQwwCgYDVQQDDANpZHAwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAATEfEP2"
    "YtnLhx3ZRT/BYfmpKV/qWOvsMuwVq3FR4mWpFnGoxRv8nMOhJtPjp7C2+ZTVkP5W0jRQpX/uCnOZLioxo1MwUTAdBgNVHQ4E"
    "FgQUn5ptIEDHDzo8vy4gA5bKZ+D5LeswHwYDVR0jBBgwFoAUn5ptIEDHDzo8vy4gA5bKZ+D5LeswDwYDVR0TAQH/BAUwAwEB"
    "/zAKBggqhkjOPQQDAgNIADBFAiBRM9SEfpcA5E8KgeamVRxA03mz77BoNXJXh+YnBFEx6wIhAMVZo/nX0pi/SQERF8IGgASP"
    "+gFnGrDGP5jnPe6Pg89v"
)
METADATA = (
    '<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="https://idp.example.com/saml">'
    '<IDPSSODescriptor protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><KeyDescriptor use="signing">'
    '<KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data><X509Certificate>'
    f"{CERTIFICATE}</X509Certificate></X509Data></KeyInfo></KeyDescriptor>"
    + "".join(
        '<SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" '
        f'Location="https://idp.example.com/saml/{number}"/>'
        for number in range(8)
    )
    + "</IDPSSODescriptor></EntityDescriptor>"
)
SAML = at("CreateSAMLProvider", "SAMLProviderArn")

PROVIDERS = [
    Step("iam:CreateSAMLProvider", "SAMLProviderArn", Name="idp", SAMLMetadataDocument=METADATA),
    Step("iam:GetSAMLProvider", "CreateDate SAMLMetadataDocument SAMLProviderUUID ValidUntil", SAMLProviderArn=SAML),
    Step("iam:ListSAMLProviders", "SAMLProviderList[Arn CreateDate ValidUntil]"),
    Step("iam:UpdateSAMLProvider", "SAMLProviderArn", SAMLProviderArn=SAML, SAMLMetadataDocument=METADATA),
    Step("iam:DeleteSAMLProvider", "", SAMLProviderArn=SAML),
    Step(
        "iam:CreateOpenIDConnectProvider",
        "OpenIDConnectProviderArn",
        Url="https://token.example.com",
        ClientIDList=["app"],
        ThumbprintList=["a" * 40],
    ),
    Step(
        "iam:GetOpenIDConnectProvider",
        "ClientIDList CreateDate ThumbprintList Url",
        OpenIDConnectProviderArn=at("CreateOpenIDConnectProvider", "OpenIDConnectProviderArn"),
    ),
    Step("iam:ListOpenIDConnectProviders", "OpenIDConnectProviderList[Arn]"),
    Step(
        "iam:AddClientIDToOpenIDConnectProvider",
        "",
        OpenIDConnectProviderArn=at("CreateOpenIDConnectProvider", "OpenIDConnectProviderArn"),
        ClientID="other",
    ),
    Step(
        "iam:RemoveClientIDFromOpenIDConnectProvider",
        "",
        OpenIDConnectProviderArn=at("CreateOpenIDConnectProvider", "OpenIDConnectProviderArn"),
        ClientID="other",
    ),
    Step(
        "iam:UpdateOpenIDConnectProviderThumbprint",
        "",
        OpenIDConnectProviderArn=at("CreateOpenIDConnectProvider", "OpenIDConnectProviderArn"),
        ThumbprintList=["b" * 40],
    ),
    Step(
        "iam:DeleteOpenIDConnectProvider",
        "",
        OpenIDConnectProviderArn=at("CreateOpenIDConnectProvider", "OpenIDConnectProviderArn"),
    ),
]

SESSIONS = [
    Step(
        "iam:ChangePassword",
        Refusal("NoSuchEntity", 404, "Login Profile for User iamdrill-administrator cannot be found."),
        OldPassword="a",
        NewPassword="b",
    ),
    Step("iam:CreateRole", f"Role{{{ROLE_MEMBERS}}}", RoleName="app", AssumeRolePolicyDocument=TRUST),
    Step(
        "sts:AssumeRoleWithWebIdentity",
        Refusal("InvalidIdentityToken", 400, None),
        RoleArn=at("CreateRole", "Role", "Arn"),
        RoleSessionName="web",
        WebIdentityToken="no.token.here",
    ),
    Step(
        "sts:AssumeRoleWithSAML",
        Refusal("InvalidIdentityToken", 400, None),
        RoleArn=at("CreateRole", "Role", "Arn"),
        PrincipalArn=f"arn:aws:iam::{ACCOUNT}:saml-provider/none",
        SAMLAssertion=base64.b64encode(b"<Response/>").decode(),
    ),
    Step(
        "sts:AssumeRoot",
        Refusal("AccessDenied", 403, None),
        TargetPrincipal="999999999999",
        TaskPolicyArn={"arn": "arn:aws:iam::aws:policy/root-task/IAMAuditRootUserCredentials"},
    ),
    Step(
        "sts:DecodeAuthorizationMessage",
        Refusal("InvalidAuthorizationMessageException", 400, None),
        EncodedMessage="nothing",
    ),
    Step(
        "sts:GetWebIdentityToken",
        Refusal("OutboundWebIdentityFederationDisabledException", 403, None),
        Audience=["a"],
        SigningAlgorithm="RS256",
    ),
    Step("sts:GetDelegatedAccessToken", Refusal("ExpiredTradeInTokenException", 400, None), TradeInToken="x"),
    Step("sts:GetSessionToken", CREDENTIALS),
    Step("sts:GetFederationToken", f"{CREDENTIALS} FederatedUser{{Arn FederatedUserId}}", Name="fed"),
    Step(
        "sts:GetFederationToken",
        f"{CREDENTIALS} FederatedUser{{Arn FederatedUserId}} PackedPolicySize",
        keep="with a policy",
        Name="fed",
        Policy=ANYTHING,
    ),
]
