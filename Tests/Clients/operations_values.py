"""What the tables of operations have in common: documents, members of answers, and values of earlier answers."""

import json

from steps import Refusal

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


def no_such(kind, name):
    return Refusal("NoSuchEntity", 404, f"The {kind} with name {name} cannot be found.")
