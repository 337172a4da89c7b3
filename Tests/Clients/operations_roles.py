"""Every operation of IAM on roles and instance profiles, with what its answer has."""

from operations_values import (
    ACCOUNT,
    ANYTHING,
    CREDENTIALS,
    PROFILE_MEMBERS,
    ROLE_LISTED,
    ROLE_MEMBERS,
    ROLE_READ,
    TAG,
    TRUST,
    at,
    no_such,
    trust,
)
from steps import Refusal, Step

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
