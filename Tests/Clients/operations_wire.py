"""Errors whose form is known from AWS's documentation and from what people have quoted, each with a request that provokes it.

A message that is a pattern has times, tokens or ids in it. Those that no request can provoke are named with the reason.
"""

import datetime
import json
import re
from unittest import mock

from recorded_errors import ACCOUNT, ROLE, TRUST, Recorded, assume, tags

IDENTITY = "/?Action=GetCallerIdentity&Version=2011-06-15"
OBJECT = "/plain/a"
STRANGER = {"aws_access_key_id": "AKIAIOSFODNN7EXAMPLE", "aws_secret_access_key": "x"}
MISMATCH = (
    "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and "
    "signing method. Consult the service documentation for details."
)
S3_MISMATCH = "The request signature we calculated does not match the signature you provided. Check your key and signing method."
TIME = r"\d{8}T\d{6}Z"


def at(minutes):
    """The time of signing is this many minutes from now."""
    moment = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(minutes=minutes)
    return mock.patch("botocore.auth.get_current_datetime", lambda *_, **__: moment.replace(tzinfo=None))


def signed(service, target, *changes, minutes=0, keys=None):
    """A GET that was changed after it was signed: pairs of what stands in the `Authorization` field, and what is put there."""

    def ask(place):
        with at(minutes):
            headers = place.server.signed(service, "GET", target, keys=keys(place) if keys else None)
        for old, new in changes:
            assert re.search(old, headers["Authorization"]), old
            headers["Authorization"] = re.sub(old, new, headers["Authorization"])
        return place.server.ask("GET", target, headers)

    return ask


def query(*changes, minutes=0):
    return signed("sts", IDENTITY, *changes, minutes=minutes)


def s3(*changes, minutes=0):
    return signed("s3", OBJECT, *changes, minutes=minutes)


def dated(service, target, date):
    def ask(place):
        return place.server.ask("GET", target, place.server.signed(service, "GET", target) | {"X-Amz-Date": date})

    return ask


def liar(place):
    return {**place.server.keys(), "aws_secret_access_key": "x"}


def damaged(place):
    session = assume(place)["Credentials"]
    return {
        "aws_access_key_id": session["AccessKeyId"],
        "aws_secret_access_key": session["SecretAccessKey"],
        "aws_session_token": session["SessionToken"][:-4] + "AAAA",
    }


def presigned(*changes, seconds=600, minutes=0):
    def ask(place):
        client = place.server.client("s3", signature_version="s3v4")
        with at(minutes):
            link = client.generate_presigned_url("get_object", {"Bucket": "plain", "Key": "a"}, ExpiresIn=seconds)
        target = "/" + link.split("/", 3)[3]
        for old, new in changes:
            assert re.search(old, target), old
            target = re.sub(old, new, target)
        return place.server.ask("GET", target, {})

    return ask


def refused(statement, call):
    """A call by a user who has only this statement, or none."""

    def ask(place):
        name = f"user{len(place.users)}"
        place.users.append(name)
        place.iam.create_user(UserName=name)
        if statement:
            place.iam.put_user_policy(
                UserName=name, PolicyName="only",
                PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": {"Resource": "*", **statement}}),
            )
        key = place.iam.create_access_key(UserName=name)["AccessKey"]
        keys = {"aws_access_key_id": key["AccessKeyId"], "aws_secret_access_key": key["SecretAccessKey"]}
        return call(place, lambda service: place.server.client(service, keys))

    return ask


def other(place, service):
    return place.server.client(service, place.server.keys("999999999999"))


def role(document):
    return lambda place: place.iam.create_role(RoleName="odd", AssumeRolePolicyDocument=json.dumps(document))


def policy(**parts):
    document = json.dumps(parts)
    return lambda place: place.iam.create_policy(PolicyName="odd", PolicyDocument=document)


def changed_trust(**parts):
    return TRUST | {"Statement": TRUST["Statement"] | parts}


SIGNATURES = [
    Recorded(
        "SignatureDoesNotMatch", 403, "",
        ask=lambda place: place.server.ask(
            "GET", IDENTITY + "&X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=0",
            place.server.signed("sts", "GET", IDENTITY),
        ),
    ),
    Recorded(
        "MissingAuthenticationToken", 403, "Request is missing Authentication Token",
        ask=lambda place: place.server.ask("GET", IDENTITY, {}),
    ),
    Recorded(
        "IncompleteSignature", 400, "Unsupported AWS 'algorithm': 'AWS4-HMAC-MD5'.",
        ask=query(("AWS4-HMAC-SHA256", "AWS4-HMAC-MD5")),
    ),
    Recorded(
        "IncompleteSignature", 400,
        re.compile("'odd' not a valid key=value pair \\(missing equal-sign\\) in Authorization header: '.*'\\."),
        ask=query(("SignedHeaders=[^,]*", "odd")),
    ),
    Recorded(
        "IncompleteSignature", 400, re.compile("Authorization header requires 'Credential' parameter\\. .*"),
        ask=query(("Credential=[^,]*, ", "")),
    ),
    Recorded(
        "SignatureDoesNotMatch", 403,
        "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.", ask=query(("host;", "")),
    ),
    Recorded(
        "IncompleteSignature", 400, re.compile("Date must be in ISO-8601 'basic format'\\. Got 'odd'\\. .*"),
        ask=dated("sts", IDENTITY, "odd"),
    ),
    Recorded(
        "SignatureDoesNotMatch", 403,
        re.compile(rf"Signature expired: {TIME} is now earlier than {TIME} \({TIME} - 15 min\.\)"),
        ask=query(minutes=-16),
    ),
    Recorded(
        "SignatureDoesNotMatch", 403,
        re.compile(rf"Signature not yet current: {TIME} is still later than {TIME} \({TIME} \+ 15 min\.\)"),
        ask=query(minutes=16),
    ),
    Recorded(
        "IncompleteSignature", 400,
        re.compile("Credential must have exactly 5 slash-delimited elements, .*"), ask=query(("/aws4_request", "")),
    ),
    Recorded(
        "SignatureDoesNotMatch", 403, "Credential should be scoped to a valid region, not 'odd'.",
        ask=query(("us-east-1", "odd")),
    ),
    Recorded(
        "SignatureDoesNotMatch", 403,
        "Credential should be scoped to a valid region, not 'odd'. Credential should be scoped with a valid terminator: "
        "'aws4_request', not 'aws5'.", ask=query(("us-east-1", "odd"), ("aws4_request", "aws5")),
    ),
    Recorded(
        "InvalidClientTokenId", 403, "The security token included in the request is invalid.",
        ask=signed("sts", IDENTITY, keys=lambda place: STRANGER),
    ),
    # The token is known not to be one: without the period.
    Recorded(
        "InvalidClientTokenId", 403, "The security token included in the request is invalid",
        ask=signed("sts", IDENTITY, keys=damaged),
    ),
    Recorded("SignatureDoesNotMatch", 403, MISMATCH, ask=signed("sts", IDENTITY, keys=liar)),
    Recorded(
        "InvalidAccessKeyId", 403, "The AWS Access Key Id you provided does not exist in our records.", "AWSAccessKeyId",
        ask=signed("s3", OBJECT, keys=lambda place: STRANGER),
    ),
    Recorded(
        "SignatureDoesNotMatch", 403, S3_MISMATCH, "AWSAccessKeyId", "StringToSign", "SignatureProvided",
        "StringToSignBytes", "CanonicalRequest", "CanonicalRequestBytes", ask=signed("s3", OBJECT, keys=liar),
    ),
    Recorded(
        "RequestTimeTooSkewed", 403, "The difference between the request time and the current time is too large.",
        "RequestTime", "ServerTime", "MaxAllowedSkewMilliseconds", ask=s3(minutes=16),
    ),
    Recorded(
        "InvalidToken", 400, "The provided token is malformed or otherwise invalid.", "Token-0",
        ask=signed("s3", OBJECT, keys=damaged),
    ),
    Recorded(
        "AuthorizationHeaderMalformed", 400,
        "The authorization header is malformed; the region 'us-east-1' is wrong; expecting 'eu-central-1'", "Region",
        # botocore would ask again, in the region that it is told.
        ask=lambda place: place.raw("GET", "/frankfurt"),
    ),
    Recorded(
        "AuthorizationQueryParametersError", 400, 'X-Amz-Algorithm only supports "AWS4-HMAC-SHA256"',
        ask=presigned(("AWS4-HMAC-SHA256", "AWS4-HMAC-MD5")),
    ),
    Recorded(
        "AuthorizationQueryParametersError", 400,
        "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 "
        "seconds", ask=presigned(("X-Amz-Expires=600", "X-Amz-Expires=604801")),
    ),
    Recorded(
        "AccessDenied", 403, "Request has expired", "X-Amz-Expires", "Expires", "ServerTime",
        ask=presigned(seconds=60, minutes=-2),
    ),
    Recorded(
        "AccessDenied", 403, "AWS authentication requires a valid Date or x-amz-date header",
        ask=dated("s3", OBJECT, "odd"),
    ),
    Recorded(
        "InvalidRequest", 400,
        "The authorization mechanism you have provided is not supported. Please use AWS4-HMAC-SHA256.",
        ask=lambda place: place.server.ask("GET", OBJECT, {"Authorization": "AWS AKIA:x", "Date": "x"}),
    ),
    Recorded(
        "ExpiredToken", 403, "The security token included in the request is expired",
        because="test_server_control moves the clock for it, which no other row would outlive",
    ),
    Recorded(
        "ExpiredToken", 400, "The provided token has expired.", "Token-0",
        because="test_server_cli moves the clock for it, which no other row would outlive",
    ),
]

DENIALS = [
    Recorded(
        "AccessDenied", 403,
        re.compile(
            rf"User: arn:aws:iam::{ACCOUNT}:user/user\d+ is not authorized to perform: iam:CreateUser on resource: "
            rf"arn:aws:iam::{ACCOUNT}:user/x because no identity-based policy allows the iam:CreateUser action"
        ),
        ask=refused(None, lambda place, client: client("iam").create_user(UserName="x")),
    ),
    Recorded(
        "AccessDenied", 403,
        re.compile(
            rf"User: arn:aws:iam::{ACCOUNT}:user/user\d+ is not authorized to perform: iam:CreateUser on resource: "
            rf"arn:aws:iam::{ACCOUNT}:user/x with an explicit deny in an identity-based policy"
        ),
        ask=refused(
            {"Effect": "Deny", "Action": "*"}, lambda place, client: client("iam").create_user(UserName="x")
        ),
    ),
    # S3 quotes the resource.
    Recorded(
        "AccessDenied", 403,
        re.compile(
            rf"User: arn:aws:iam::{ACCOUNT}:user/user\d+ is not authorized to perform: s3:ListBucket on resource: "
            '"arn:aws:s3:::plain" because no identity-based policy allows the s3:ListBucket action'
        ),
        ask=refused(None, lambda place, client: client("s3").list_objects_v2(Bucket="plain")),
    ),
    Recorded(
        "AccessDenied", 403, "Access Denied",
        ask=lambda place: other(place, "s3").list_objects_v2(Bucket="plain"),
    ),
    Recorded("AccessDenied", 403, "Access Denied", ask=lambda place: place.server.ask("GET", "/plain", {})),
    Recorded(
        "AccessDenied", 403, "Roles may not be assumed by root accounts.",
        because="a served account gives out its administrator's keys, not its root user's",
    ),
]

SESSIONS = [
    Recorded(
        "ValidationError", 400,
        "1 validation error detected: Value '" + "x" * 65 + "' at 'roleSessionName' failed to satisfy constraint: Member "
        "must have length less than or equal to 64", ask=lambda place: assume(place, RoleSessionName="x" * 65),
    ),
    Recorded(
        "ValidationError", 400, "The requested DurationSeconds exceeds the MaxSessionDuration set for this role.",
        ask=lambda place: assume(place, DurationSeconds=3601),
    ),
    Recorded(
        "ValidationError", 400,
        "The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.",
        ask=lambda place: assume(place, place.session(), DurationSeconds=3601),
    ),
    Recorded(
        "PackedPolicyTooLarge", 400, re.compile(r"Packed size of session tags consumes 1\d\d% of allotted space\."),
        ask=lambda place: assume(place, Tags=tags(**{f"key{number}": "x" * 200 for number in range(20)})),
    ),
]

IAM_MESSAGES = [
    Recorded(
        "NoSuchEntity", 404, "The role with name none cannot be found.",
        ask=lambda place: place.iam.get_role(RoleName="none"),
    ),
    Recorded(
        "EntityAlreadyExists", 409, "Role with name recorded already exists.",
        ask=lambda place: place.iam.create_role(RoleName="recorded", AssumeRolePolicyDocument=json.dumps(TRUST)),
    ),
    Recorded(
        "DeleteConflict", 409, "Cannot delete entity, must detach all policies first.",
        ask=lambda place: place.iam.delete_role(RoleName="recorded"),
    ),
    Recorded(
        "MalformedPolicyDocument", 400, "Syntax errors in policy.",
        ask=lambda place: place.iam.create_policy(PolicyName="odd", PolicyDocument="{"),
    ),
    Recorded(
        "MalformedPolicyDocument", 400, "Policy document must be version 2012-10-17 or greater.",
        ask=policy(Version="2008-10-17", Statement={"Effect": "Allow", "Action": "*", "Resource": "*"}),
    ),
    Recorded(
        "MalformedPolicyDocument", 400, "Has prohibited field Resource", ask=role(changed_trust(Resource="*"))
    ),
    Recorded(
        "MalformedPolicyDocument", 400, f'Invalid principal in policy: "AWS":"arn:aws:iam::{ACCOUNT}:user/no"',
        ask=role(changed_trust(Principal={"AWS": f"arn:aws:iam::{ACCOUNT}:user/no"})),
    ),
]

S3_CODES = [
    Recorded(
        "BucketAlreadyExists", 409,
        "The requested bucket name is not available. The bucket namespace is shared by all users of the system. Please "
        "select a different name and try again.", "BucketName",
        ask=lambda place: other(place, "s3").create_bucket(Bucket="plain"),
    ),
    Recorded(
        "AccessControlListNotSupported", 400, "The bucket does not allow ACLs",
        ask=lambda place: place.s3.put_bucket_acl(Bucket="plain", ACL="private"),
    ),
    Recorded(
        "NoSuchCORSConfiguration", 404, "The CORS configuration does not exist", "BucketName",
        ask=lambda place: place.s3.get_bucket_cors(Bucket="plain"),
    ),
    Recorded(
        "NoSuchLifecycleConfiguration", 404, "The lifecycle configuration does not exist", "BucketName",
        ask=lambda place: place.s3.get_bucket_lifecycle_configuration(Bucket="plain"),
    ),
    Recorded(
        "NoSuchWebsiteConfiguration", 404, "The specified bucket does not have a website configuration", "BucketName",
        ask=lambda place: place.s3.get_bucket_website(Bucket="plain"),
    ),
    Recorded(
        "ReplicationConfigurationNotFoundError", 404, "The replication configuration was not found", "BucketName",
        ask=lambda place: place.s3.get_bucket_replication(Bucket="plain"),
    ),
    Recorded(
        "ServerSideEncryptionConfigurationNotFoundError", 404,
        "The server side encryption configuration was not found", "BucketName",
        because="every bucket is encrypted since 2023, here too",
    ),
]

TABLES = {
    "signatures": SIGNATURES, "denials": DENIALS, "sessions": SESSIONS, "IAM's messages": IAM_MESSAGES,
    "S3's codes": S3_CODES,
}
