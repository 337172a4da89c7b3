"""Every operation of IAM and STS with what its answer has.

The shapes are those of facts recorded from AWS where there are any, else those of the samples in the API reference.
"""

import base64
import hashlib
import hmac
import json
import time

from steps import Refusal, Step

ACCOUNT = "111111111111"
ANYTHING = json.dumps(
    {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}]}
)


def trust(principal):
    return json.dumps(
        {
            "Version": "2012-10-17",
            "Statement": [{"Effect": "Allow", "Principal": principal, "Action": ["sts:AssumeRole", "sts:TagSession"]}],
        }
    )


TRUST = trust({"AWS": f"arn:aws:iam::{ACCOUNT}:root"})
USER = "User{Arn CreateDate Path UserId UserName}"
USER_TAGGED = "User{Arn CreateDate Path Tags[Key Value] UserId UserName}"
GROUP_MEMBERS = "Arn CreateDate GroupId GroupName Path"
POLICY_MEMBERS = (
    "Arn AttachmentCount CreateDate DefaultVersionId IsAttachable Path PermissionsBoundaryUsageCount PolicyId PolicyName"
)
ROLE_MEMBERS = "Arn AssumeRolePolicyDocument CreateDate Path RoleId RoleName"
ROLE_READ = "Arn AssumeRolePolicyDocument CreateDate MaxSessionDuration Path RoleId RoleLastUsed RoleName"
ROLE_LISTED = "Arn AssumeRolePolicyDocument CreateDate MaxSessionDuration Path RoleId RoleName"
PROFILE_MEMBERS = "Arn CreateDate InstanceProfileId InstanceProfileName Path Roles"
CREDENTIALS = "Credentials{AccessKeyId Expiration SecretAccessKey SessionToken}"
SIMULATION = (
    "EvaluationResults[EvalActionName EvalDecision EvalResourceName MatchedStatements[EndPosition{Column Line} "
    "SourcePolicyId SourcePolicyType StartPosition{Column Line}] MissingContextValues] IsTruncated"
)
TAG = [{"Key": "team", "Value": "blue"}]


def at(*path):
    """The value at this path of the answers so far."""

    def find(known):
        for name in path:
            known = known[name]
        return known

    return find


def code(seed, offset):
    """The code that a device with this seed shows (RFC 6238), `offset` steps from now."""

    def show(known):
        key = base64.b32decode(seed(known) + b"=" * (-len(seed(known)) % 8))
        digest = hmac.new(key, (int(time.time() // 30) + offset).to_bytes(8, "big"), hashlib.sha1).digest()
        start = digest[-1] & 15
        return f"{(int.from_bytes(digest[start:start + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06}"

    return show


def no_such(kind, name):
    return Refusal("NoSuchEntity", 404, f"The {kind} with name {name} cannot be found.")


USERS = [
    Step("iam:CreateUser", USER, UserName="ann"),
    Step("iam:CreateUser", USER_TAGGED, keep="bob", UserName="bob", Tags=TAG),
    Step(
        "iam:CreateUser",
        Refusal("EntityAlreadyExists", 409, "User with name Ann already exists."),
        keep="again",
        UserName="Ann",
    ),
    Step("iam:GetUser", USER, UserName="ann"),
    Step("iam:GetUser", USER_TAGGED, keep="bob", UserName="bob"),
    Step("iam:GetUser", no_such("user", "non-existent-user"), keep="none", UserName="non-existent-user"),
    Step("iam:ListUsers", "IsTruncated Users[Arn CreateDate Path UserId UserName]"),
    Step("iam:UpdateUser", "", UserName="bob", NewUserName="bert", NewPath="/staff/"),
    Step("iam:TagUser", "", UserName="ann", Tags=TAG),
    Step("iam:ListUserTags", "IsTruncated Tags[Key Value]", UserName="ann"),
    Step("iam:UntagUser", "", UserName="ann", TagKeys=["team"]),
    Step("iam:ListUserTags", "IsTruncated Tags", keep="none", UserName="ann"),
    Step("iam:CreateGroup", f"Group{{{GROUP_MEMBERS}}}", GroupName="writers"),
    Step("iam:AddUserToGroup", "", GroupName="writers", UserName="ann"),
    Step(
        "iam:GetGroup",
        f"Group{{{GROUP_MEMBERS}}} IsTruncated Users[Arn CreateDate Path UserId UserName]",
        GroupName="writers",
    ),
    Step("iam:ListGroups", f"Groups[{GROUP_MEMBERS}] IsTruncated"),
    Step("iam:ListGroupsForUser", f"Groups[{GROUP_MEMBERS}] IsTruncated", UserName="ann"),
    Step("iam:UpdateGroup", "", GroupName="writers", NewGroupName="authors"),
    Step(
        "iam:DeleteUser",
        Refusal("DeleteConflict", 409, "Cannot delete entity, must remove users from group first."),
        keep="conflict",
        UserName="ann",
    ),
    Step("iam:PutUserPolicy", "", UserName="ann", PolicyName="p", PolicyDocument=ANYTHING),
    Step(
        "iam:PutUserPolicy",
        Refusal("MalformedPolicyDocument", 400, "Syntax errors in policy."),
        keep="bad",
        UserName="ann",
        PolicyName="p",
        PolicyDocument="{}x",
    ),
    Step("iam:GetUserPolicy", "PolicyDocument PolicyName UserName", UserName="ann", PolicyName="p"),
    Step("iam:ListUserPolicies", "IsTruncated PolicyNames", UserName="ann"),
    Step("iam:PutGroupPolicy", "", GroupName="authors", PolicyName="p", PolicyDocument=ANYTHING),
    Step("iam:GetGroupPolicy", "GroupName PolicyDocument PolicyName", GroupName="authors", PolicyName="p"),
    Step("iam:ListGroupPolicies", "IsTruncated PolicyNames", GroupName="authors"),
    # Keys.
    Step(
        "iam:CreateAccessKey",
        "AccessKey{AccessKeyId CreateDate SecretAccessKey Status UserName}",
        UserName="ann",
    ),
    Step(
        "iam:ListAccessKeys", "AccessKeyMetadata[AccessKeyId CreateDate Status UserName] IsTruncated", UserName="ann"
    ),
    Step(
        "iam:GetAccessKeyLastUsed",
        "AccessKeyLastUsed{Region ServiceName} UserName",
        AccessKeyId=at("CreateAccessKey", "AccessKey", "AccessKeyId"),
    ),
    Step(
        "sts:GetCallerIdentity",
        "Account Arn UserId",
        keys=lambda known: {
            "aws_access_key_id": known["CreateAccessKey"]["AccessKey"]["AccessKeyId"],
            "aws_secret_access_key": known["CreateAccessKey"]["AccessKey"]["SecretAccessKey"],
        },
    ),
    Step(
        "iam:GetAccessKeyLastUsed",
        "AccessKeyLastUsed{LastUsedDate Region ServiceName} UserName",
        keep="used",
        AccessKeyId=at("CreateAccessKey", "AccessKey", "AccessKeyId"),
    ),
    Step("sts:GetAccessKeyInfo", "Account", AccessKeyId=at("CreateAccessKey", "AccessKey", "AccessKeyId")),
    Step(
        "iam:UpdateAccessKey",
        "",
        UserName="ann",
        AccessKeyId=at("CreateAccessKey", "AccessKey", "AccessKeyId"),
        Status="Inactive",
    ),
    Step(
        "iam:DeleteAccessKey", "", UserName="ann", AccessKeyId=at("CreateAccessKey", "AccessKey", "AccessKeyId")
    ),
    # Passwords.
    Step(
        "iam:CreateLoginProfile",
        "LoginProfile{CreateDate PasswordResetRequired UserName}",
        UserName="ann",
        Password="correct-Horse-7",
    ),
    Step("iam:GetLoginProfile", "LoginProfile{CreateDate PasswordResetRequired UserName}", UserName="ann"),
    Step("iam:UpdateLoginProfile", "", UserName="ann", Password="other-Horse-8"),
    Step("iam:DeleteLoginProfile", "", UserName="ann"),
    Step(
        "iam:GetLoginProfile",
        Refusal("NoSuchEntity", 404, "Login Profile for User ann cannot be found."),
        keep="none",
        UserName="ann",
    ),
    # What Terraform asks for before it deletes a user.
    Step("iam:ListSSHPublicKeys", "IsTruncated SSHPublicKeys", UserName="ann"),
    Step("iam:ListSigningCertificates", "Certificates IsTruncated", UserName="ann"),
    Step("iam:ListServiceSpecificCredentials", "ServiceSpecificCredentials", UserName="ann"),
    Step("iam:ListMFADevices", "IsTruncated MFADevices", UserName="ann"),
]

POLICIES = [
    Step("iam:CreatePolicy", f"Policy{{{POLICY_MEMBERS} UpdateDate}}", PolicyName="read", PolicyDocument=ANYTHING),
    Step("iam:GetPolicy", f"Policy{{{POLICY_MEMBERS} Tags UpdateDate}}", PolicyArn=at("CreatePolicy", "Policy", "Arn")),
    Step(
        "iam:GetPolicy",
        Refusal("NoSuchEntity", 404, f"Policy arn:aws:iam::{ACCOUNT}:policy/non-existent-policy was not found."),
        keep="none",
        PolicyArn=f"arn:aws:iam::{ACCOUNT}:policy/non-existent-policy",
    ),
    Step("iam:ListPolicies", f"IsTruncated Policies[{POLICY_MEMBERS} UpdateDate]", Scope="Local"),
    Step(
        "iam:CreatePolicyVersion",
        "PolicyVersion{CreateDate IsDefaultVersion VersionId}",
        PolicyArn=at("CreatePolicy", "Policy", "Arn"),
        PolicyDocument=ANYTHING,
    ),
    Step(
        "iam:GetPolicyVersion",
        "PolicyVersion{CreateDate Document IsDefaultVersion VersionId}",
        PolicyArn=at("CreatePolicy", "Policy", "Arn"),
        VersionId="v2",
    ),
    Step(
        "iam:ListPolicyVersions",
        "IsTruncated Versions[CreateDate IsDefaultVersion VersionId]",
        PolicyArn=at("CreatePolicy", "Policy", "Arn"),
    ),
    Step("iam:SetDefaultPolicyVersion", "", PolicyArn=at("CreatePolicy", "Policy", "Arn"), VersionId="v2"),
    Step("iam:DeletePolicyVersion", "", PolicyArn=at("CreatePolicy", "Policy", "Arn"), VersionId="v1"),
    Step("iam:TagPolicy", "", PolicyArn=at("CreatePolicy", "Policy", "Arn"), Tags=TAG),
    Step("iam:ListPolicyTags", "IsTruncated Tags[Key Value]", PolicyArn=at("CreatePolicy", "Policy", "Arn")),
    Step("iam:UntagPolicy", "", PolicyArn=at("CreatePolicy", "Policy", "Arn"), TagKeys=["team"]),
    Step("iam:CreateGroup", f"Group{{{GROUP_MEMBERS}}}", GroupName="readers"),
    Step("iam:CreateUser", USER, UserName="pat"),
    Step("iam:AddUserToGroup", "", GroupName="readers", UserName="pat"),
    Step("iam:CreateRole", f"Role{{{ROLE_MEMBERS}}}", RoleName="app", AssumeRolePolicyDocument=TRUST),
    Step("iam:AttachUserPolicy", "", UserName="pat", PolicyArn=at("CreatePolicy", "Policy", "Arn")),
    Step("iam:AttachGroupPolicy", "", GroupName="readers", PolicyArn=at("CreatePolicy", "Policy", "Arn")),
    Step("iam:AttachRolePolicy", "", RoleName="app", PolicyArn=at("CreatePolicy", "Policy", "Arn")),
    Step(
        "iam:AttachRolePolicy",
        Refusal(
            "NoSuchEntity",
            404,
            f"Policy arn:aws:iam::{ACCOUNT}:policy/non-existent-123 does not exist or is not attachable.",
        ),
        keep="none",
        RoleName="app",
        PolicyArn=f"arn:aws:iam::{ACCOUNT}:policy/non-existent-123",
    ),
    Step("iam:ListAttachedUserPolicies", "AttachedPolicies[PolicyArn PolicyName] IsTruncated", UserName="pat"),
    Step("iam:ListAttachedGroupPolicies", "AttachedPolicies[PolicyArn PolicyName] IsTruncated", GroupName="readers"),
    Step("iam:ListAttachedRolePolicies", "AttachedPolicies[PolicyArn PolicyName] IsTruncated", RoleName="app"),
    Step(
        "iam:ListEntitiesForPolicy",
        "IsTruncated PolicyGroups[GroupId GroupName] PolicyRoles[RoleId RoleName] PolicyUsers[UserId UserName]",
        PolicyArn=at("CreatePolicy", "Policy", "Arn"),
    ),
    Step(
        "iam:ListPoliciesGrantingServiceAccess",
        "IsTruncated PoliciesGrantingServiceAccess[Policies[PolicyArn PolicyName PolicyType] "
        "ServiceNamespace]",
        Arn=at("CreateUser", "User", "Arn"),
        ServiceNamespaces=["s3"],
    ),
    Step(
        "iam:DeletePolicy",
        Refusal("DeleteConflict", 409, "Cannot delete a policy attached to entities."),
        keep="conflict",
        PolicyArn=at("CreatePolicy", "Policy", "Arn"),
    ),
    Step(
        "iam:PutUserPermissionsBoundary", "", UserName="pat", PermissionsBoundary=at("CreatePolicy", "Policy", "Arn")
    ),
    Step(
        "iam:GetUser",
        "User{Arn CreateDate Path PermissionsBoundary{PermissionsBoundaryArn PermissionsBoundaryType} UserId UserName}",
        UserName="pat",
    ),
    Step("iam:DeleteUserPermissionsBoundary", "", UserName="pat"),
    Step(
        "iam:PutRolePermissionsBoundary", "", RoleName="app", PermissionsBoundary=at("CreatePolicy", "Policy", "Arn")
    ),
    Step("iam:DeleteRolePermissionsBoundary", "", RoleName="app"),
    Step("iam:DetachUserPolicy", "", UserName="pat", PolicyArn=at("CreatePolicy", "Policy", "Arn")),
    Step("iam:DetachGroupPolicy", "", GroupName="readers", PolicyArn=at("CreatePolicy", "Policy", "Arn")),
    Step("iam:DetachRolePolicy", "", RoleName="app", PolicyArn=at("CreatePolicy", "Policy", "Arn")),
    Step("iam:DeletePolicy", "", PolicyArn=at("CreatePolicy", "Policy", "Arn")),
    Step("iam:RemoveUserFromGroup", "", GroupName="readers", UserName="pat"),
    Step("iam:PutGroupPolicy", "", GroupName="readers", PolicyName="p", PolicyDocument=ANYTHING),
    Step("iam:DeleteGroupPolicy", "", GroupName="readers", PolicyName="p"),
    Step("iam:DeleteGroup", "", GroupName="readers"),
    Step("iam:PutUserPolicy", "", UserName="pat", PolicyName="p", PolicyDocument=ANYTHING),
    Step("iam:DeleteUserPolicy", "", UserName="pat", PolicyName="p"),
    Step("iam:DeleteUser", "", UserName="pat"),
]

ROLES = [
    Step("iam:CreateRole", f"Role{{{ROLE_MEMBERS}}}", RoleName="app", AssumeRolePolicyDocument=TRUST),
    Step(
        "iam:CreateRole",
        f"Role{{{ROLE_MEMBERS} Tags[Key Value]}}",
        keep="tagged",
        RoleName="tagged",
        AssumeRolePolicyDocument=TRUST,
        Tags=TAG,
    ),
    Step(
        "iam:CreateRole",
        Refusal("EntityAlreadyExists", 409, "Role with name app already exists."),
        keep="again",
        RoleName="app",
        AssumeRolePolicyDocument=TRUST,
    ),
    Step(
        "iam:CreateRole",
        Refusal("MalformedPolicyDocument", 400, f'Invalid principal in policy: "AWS":"arn:aws:iam::{ACCOUNT}:user/no"'),
        keep="principal",
        RoleName="other",
        AssumeRolePolicyDocument=trust({"AWS": f"arn:aws:iam::{ACCOUNT}:user/no"}),
    ),
    Step("iam:GetRole", f"Role{{{ROLE_READ}}}", RoleName="app"),
    Step("iam:GetRole", f"Role{{{ROLE_READ} Tags[Key Value]}}", keep="tagged", RoleName="tagged"),
    Step("iam:GetRole", no_such("role", "none"), keep="none", RoleName="none"),
    Step("iam:ListRoles", f"IsTruncated Roles[{ROLE_LISTED}]"),
    Step(
        "sts:AssumeRole",
        f"AssumedRoleUser{{Arn AssumedRoleId}} {CREDENTIALS}",
        RoleArn=at("CreateRole", "Role", "Arn"),
        RoleSessionName="first",
    ),
    Step(
        "sts:AssumeRole",
        f"AssumedRoleUser{{Arn AssumedRoleId}} {CREDENTIALS} PackedPolicySize",
        keep="with a policy",
        RoleArn=at("CreateRole", "Role", "Arn"),
        RoleSessionName="second",
        Policy=ANYTHING,
    ),
    Step(
        "sts:AssumeRole",
        Refusal(
            "ValidationError",
            400,
            "1 validation error detected: Value 'Session1:2' at 'roleSessionName' failed to satisfy constraint: Member "
            "must satisfy regular expression pattern: [\\w+=,.@-]*",
        ),
        keep="bad name",
        RoleArn=at("CreateRole", "Role", "Arn"),
        RoleSessionName="Session1:2",
    ),
    Step(
        "sts:AssumeRole",
        Refusal("ValidationError", 400, "arn:a:a::aaaaaaaaaa: is invalid"),
        keep="bad arn",
        RoleArn="arn:a:a::aaaaaaaaaa:",
        RoleSessionName="s-1",
    ),
    Step(
        "sts:AssumeRole",
        Refusal(
            "InvalidParameterValue",
            400,
            "Duplicate tag keys found. Please note that Tag keys are case insensitive.",
        ),
        keep="tags",
        RoleArn=at("CreateRole", "Role", "Arn"),
        RoleSessionName="s-1",
        Tags=[{"Key": "a", "Value": "1"}, {"Key": "A", "Value": "2"}],
    ),
    Step(
        "sts:AssumeRole",
        Refusal(
            "InvalidParameterValue", 400, "The specified transitive tag key must be included in the requested tags."
        ),
        keep="transitive",
        RoleArn=at("CreateRole", "Role", "Arn"),
        RoleSessionName="s-1",
        TransitiveTagKeys=["a"],
    ),
    Step(
        "sts:GetCallerIdentity",
        "Account Arn UserId",
        keys=lambda known: {
            "aws_access_key_id": known["AssumeRole"]["Credentials"]["AccessKeyId"],
            "aws_secret_access_key": known["AssumeRole"]["Credentials"]["SecretAccessKey"],
            "aws_session_token": known["AssumeRole"]["Credentials"]["SessionToken"],
        },
    ),
    Step(
        "iam:GetRole",
        f"Role{{{ROLE_READ.replace('RoleLastUsed', 'RoleLastUsed{LastUsedDate Region}')}}}",
        keep="used",
        RoleName="app",
    ),
    Step("iam:UpdateAssumeRolePolicy", "", RoleName="app", PolicyDocument=TRUST),
    Step("iam:UpdateRole", "", RoleName="app", Description="what it is for", MaxSessionDuration=7200),
    Step(
        "iam:UpdateRoleDescription",
        "Role{Arn AssumeRolePolicyDocument CreateDate Description MaxSessionDuration Path RoleId RoleName}",
        RoleName="app",
        Description="other",
    ),
    Step("iam:TagRole", "", RoleName="app", Tags=TAG),
    Step("iam:ListRoleTags", "IsTruncated Tags[Key Value]", RoleName="app"),
    Step("iam:UntagRole", "", RoleName="app", TagKeys=["team"]),
    Step("iam:PutRolePolicy", "", RoleName="app", PolicyName="p", PolicyDocument=ANYTHING),
    Step("iam:GetRolePolicy", "PolicyDocument PolicyName RoleName", RoleName="app", PolicyName="p"),
    Step("iam:ListRolePolicies", "IsTruncated PolicyNames", RoleName="app"),
    Step("iam:CreateInstanceProfile", f"InstanceProfile{{{PROFILE_MEMBERS}}}", InstanceProfileName="machine"),
    Step("iam:AddRoleToInstanceProfile", "", InstanceProfileName="machine", RoleName="app"),
    Step(
        "iam:GetInstanceProfile",
        "InstanceProfile{Arn CreateDate InstanceProfileId InstanceProfileName Path "
        f"Roles[{ROLE_MEMBERS}]}}",
        InstanceProfileName="machine",
    ),
    Step(
        "iam:ListInstanceProfiles",
        f"InstanceProfiles[Arn CreateDate InstanceProfileId InstanceProfileName Path Roles[{ROLE_MEMBERS}]] IsTruncated",
    ),
    Step(
        "iam:ListInstanceProfilesForRole",
        f"InstanceProfiles[Arn CreateDate InstanceProfileId InstanceProfileName Path Roles[{ROLE_MEMBERS}]] IsTruncated",
        RoleName="app",
    ),
    Step(
        "iam:DeleteRole",
        Refusal("DeleteConflict", 409, "Cannot delete entity, must remove roles from instance profile first."),
        keep="conflict",
        RoleName="app",
    ),
    Step("iam:RemoveRoleFromInstanceProfile", "", InstanceProfileName="machine", RoleName="app"),
    Step("iam:DeleteInstanceProfile", "", InstanceProfileName="machine"),
    Step("iam:DeleteRolePolicy", "", RoleName="app", PolicyName="p"),
    Step("iam:DeleteRole", "", RoleName="app"),
    Step(
        "iam:CreateServiceLinkedRole",
        f"Role{{{ROLE_MEMBERS}}}",
        AWSServiceName="elasticbeanstalk.amazonaws.com",
    ),
    Step(
        "iam:DeleteServiceLinkedRole",
        "DeletionTaskId",
        RoleName=at("CreateServiceLinkedRole", "Role", "RoleName"),
    ),
    Step(
        "iam:GetServiceLinkedRoleDeletionStatus",
        "Status",
        DeletionTaskId=at("DeleteServiceLinkedRole", "DeletionTaskId"),
    ),
]

ACCOUNT_STEPS = [
    Step("iam:CreateAccountAlias", "", AccountAlias="our-account"),
    Step("iam:ListAccountAliases", "AccountAliases IsTruncated"),
    Step("iam:DeleteAccountAlias", "", AccountAlias="our-account"),
    Step("iam:GetAccountSummary", "SummaryMap"),
    Step("iam:CreateUser", USER, UserName="ann"),
    Step("iam:PutUserPolicy", "", UserName="ann", PolicyName="p", PolicyDocument=ANYTHING),
    Step("iam:CreateRole", f"Role{{{ROLE_MEMBERS}}}", RoleName="app", AssumeRolePolicyDocument=TRUST),
    Step("iam:CreateGroup", f"Group{{{GROUP_MEMBERS}}}", GroupName="all"),
    Step("iam:CreatePolicy", f"Policy{{{POLICY_MEMBERS} UpdateDate}}", PolicyName="read", PolicyDocument=ANYTHING),
    Step(
        "iam:GetAccountAuthorizationDetails",
        "GroupDetailList[Arn AttachedManagedPolicies CreateDate GroupId GroupName GroupPolicyList Path] IsTruncated "
        "Policies[Arn AttachmentCount CreateDate DefaultVersionId IsAttachable Path PermissionsBoundaryUsageCount "
        "PolicyId PolicyName PolicyVersionList[CreateDate Document IsDefaultVersion VersionId] UpdateDate] "
        "RoleDetailList[Arn AssumeRolePolicyDocument AttachedManagedPolicies CreateDate InstanceProfileList Path RoleId "
        "RoleLastUsed RoleName RolePolicyList Tags] "
        "UserDetailList[Arn AttachedManagedPolicies CreateDate GroupList Path Tags UserId UserName "
        "UserPolicyList[PolicyDocument PolicyName]]",
        Filter=["User", "Role", "Group", "LocalManagedPolicy"],
    ),
    Step(
        "iam:SimulateCustomPolicy",
        SIMULATION,
        PolicyInputList=[ANYTHING],
        ActionNames=["s3:GetObject"],
    ),
    Step(
        "iam:SimulatePrincipalPolicy",
        SIMULATION,
        PolicySourceArn=at("CreateUser", "User", "Arn"),
        ActionNames=["s3:GetObject"],
    ),
    Step("iam:GetContextKeysForCustomPolicy", "ContextKeyNames", PolicyInputList=[ANYTHING]),
    Step(
        "iam:GetContextKeysForPrincipalPolicy", "ContextKeyNames", PolicySourceArn=at("CreateUser", "User", "Arn")
    ),
]

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
