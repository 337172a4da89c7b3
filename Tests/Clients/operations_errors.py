"""The errors that AWS was recorded to answer, each with a request that provokes it or the reason why none does.

Code, status, message and further members are as AWS sent them (recordings published from 2023 to 2026). A message may have
values of the request in it; those are filled in by what the request named.
"""

from operations_errors_s3 import S3
from recorded_errors import ACCOUNT, NO_SERVICE_CREDENTIALS, Recorded, assume, tags

STS = [
    Recorded(
        "InvalidParameterValue", 400, "The specified transitive tag key must be included in the requested tags.",
        ask=lambda place: assume(place, Tags=tags(a="1"), TransitiveTagKeys=["b"]),
    ),
    Recorded(
        "InvalidParameterValue", 400, "Duplicate tag keys found. Please note that Tag keys are case insensitive.",
        ask=lambda place: assume(place, Tags=tags(a="1", A="1")),
    ),
    Recorded(
        "InvalidParameterValue", 400,
        "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the "
        "calling session.",
        ask=lambda place: assume(place, place.session(a="1"), Tags=tags(a="2"), TransitiveTagKeys=["a"]),
    ),
    *(
        Recorded("ValidationError", 400, f"{arn} is invalid", ask=lambda place, arn=arn: assume(place, RoleArn=arn))
        for arn in (
            "nothing-valid-in-here", "arn::b:::something/test-role", "arn:a::::something/test-role",
            "arn:a:::something/test-role", "arn:a:a::aaaaaaaaaa:",
        )
    ),
    Recorded(
        "ValidationError", 400,
        "1 validation error detected: Value 'Session1:2' at 'roleSessionName' failed to satisfy constraint: Member must "
        r"satisfy regular expression pattern: [\w+=,.@-]*",
        ask=lambda place: assume(place, RoleSessionName="Session1:2"),
    ),
]

IAM = [
    Recorded(
        "DeleteConflict", 409, "Cannot delete entity, must remove referenced objects first.",
        because=NO_SERVICE_CREDENTIALS,
    ),
    Recorded(
        "MalformedPolicyDocument", 400, "This policy contains invalid Json",
        ask=lambda place: place.iam.create_role(RoleName="odd", AssumeRolePolicyDocument='{"Version":'),
    ),
    Recorded(
        "NoSuchEntity", 404, f"Policy arn:aws:iam::{ACCOUNT}:policy/p123 does not exist or is not attachable.",
        ask=lambda place: place.iam.attach_user_policy(
            UserName="ann", PolicyArn=f"arn:aws:iam::{ACCOUNT}:policy/p123"
        ),
    ),
    Recorded(
        "NoSuchEntity", 404, f"Policy arn:aws:iam::{ACCOUNT}:policy/non-existent-policy was not found.",
        ask=lambda place: place.iam.get_policy(PolicyArn=f"arn:aws:iam::{ACCOUNT}:policy/non-existent-policy"),
    ),
    *(
        Recorded(
            "NoSuchEntity", 404, f"The user with name {name} cannot be found.",
            ask=lambda place, name=name: place.iam.get_user(UserName=name),
        )
        for name in ("non-existent-user", "wrong-user-name")
    ),
    Recorded(
        "NoSuchEntity", 404, "No such credential satisfiesregexbutstillinvalid exists", because=NO_SERVICE_CREDENTIALS
    ),
    Recorded(
        "ValidationError", 400, "Invalid ARN:  Could not be parsed!",
        ask=lambda place: place.iam.attach_user_policy(UserName="ann", PolicyArn="this-is-not-an-arn-at-all"),
    ),
    Recorded(
        "ValidationError", 400,
        "1 validation error detected: Value at 'serviceSpecificCredentialId' failed to satisfy constraint: Member must "
        r"satisfy regular expression pattern: [\w]+",
        because=NO_SERVICE_CREDENTIALS,
    ),
    Recorded(
        "ValidationError", 400,
        "1 validation error detected: Value at 'status' failed to satisfy constraint: Member must satisfy enum value set",
        because=NO_SERVICE_CREDENTIALS,
    ),
]

TABLES = {"sts": STS, "iam": IAM, "s3": S3}
