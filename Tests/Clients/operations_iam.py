"""Every operation of IAM on users, groups, policies and the account, with what its answer has.

The shapes are those of facts recorded from AWS where there are any, else those of the samples in the API reference; so they are
in operations_roles.py and operations_sessions.py.
"""

from operations_values import (
    ACCOUNT,
    ANYTHING,
    GROUP_MEMBERS,
    POLICY_MEMBERS,
    ROLE_MEMBERS,
    SIMULATION,
    TAG,
    TRUST,
    USER,
    USER_TAGGED,
    at,
    no_such,
)
from steps import Refusal, Step

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
