"""The errors that AWS was recorded to answer, each with a request that provokes it or the reason why none does.

Code, status, message and further members are as AWS sent them (recordings published from 2023 to 2026). A message may have
values of the request in it; those are filled in by what the request named.
"""

import datetime
import json

ACCOUNT = "111111111111"
TRUST = {
    "Version": "2012-10-17",
    "Statement": {
        "Effect": "Allow",
        "Principal": {"AWS": f"arn:aws:iam::{ACCOUNT}:root"},
        "Action": ["sts:AssumeRole", "sts:TagSession"],
    },
}
ROLE = f"arn:aws:iam::{ACCOUNT}:role/recorded"
LATER = datetime.datetime(2099, 1, 1, tzinfo=datetime.timezone.utc)
MD5_OF_NOTHING = "1B2M2Y8AsgTpgAmY7PhCfg=="
# The checksums of `part`.
PART = {"SHA256": "N6aAEzvQk0L5NK+43Sx9nhtiTaXzXjo4rbED43wFXtE=", "CRC32C": "cP5/Xg=="}
LOCKED = {"ObjectLockMode": "GOVERNANCE", "ObjectLockRetainUntilDate": LATER}

# Why some cannot be provoked.
NO_SERVICE_CREDENTIALS = "service-specific credentials can only be listed: there are none"
NO_WEBSITES = "PutBucketWebsite is not emulated (501)"
NO_REPLICATION = "PutBucketReplication is not emulated (501)"
NO_LOCK_SETTINGS = "PutObjectLockConfiguration and GetObjectRetention are not emulated (501)"
NO_REPORTS = "the configurations of analytics, inventory, metrics and tiering are not emulated (501)"
NO_KMS = "there is no KMS behind the emulator: the key that a request names is taken as it is"


class Recorded:
    """One recorded error. `ask` gets a `Place` and makes the request; where there is none, `because` says why."""

    def __init__(self, code, status, message, *fields, ask=None, because=None):
        assert (ask is None) != (because is None), message
        self.code, self.status, self.message, self.fields = code, status, message, set(fields)
        self.ask, self.because = ask, because

    def __str__(self):
        return f"{self.code} {self.status}: {self.message}"


class Place:
    """What the requests of the table find: clients, and what there is before them."""

    def __init__(self, server):
        self.server = server
        self.users = []
        self.iam, self.sts, self.s3 = (server.client(service) for service in ("iam", "sts", "s3"))
        self.frankfurt = server.client("s3", region="eu-central-1")
        self.iam.create_role(RoleName="recorded", AssumeRolePolicyDocument=json.dumps(TRUST))
        self.iam.attach_role_policy(RoleName="recorded", PolicyArn="arn:aws:iam::aws:policy/AdministratorAccess")
        self.iam.create_user(UserName="ann")
        s3 = self.s3
        for bucket in ("plain", "lists", "versions"):
            s3.create_bucket(Bucket=bucket)
        s3.create_bucket(Bucket="locked", ObjectLockEnabledForBucket=True)
        self.frankfurt.create_bucket(
            Bucket="frankfurt", CreateBucketConfiguration={"LocationConstraint": "eu-central-1"}
        )
        # Lists of access have a meaning in this one.
        s3.put_bucket_ownership_controls(
            Bucket="lists", OwnershipControls={"Rules": [{"ObjectOwnership": "BucketOwnerPreferred"}]}
        )
        s3.delete_bucket_ownership_controls(Bucket="versions")
        s3.delete_public_access_block(Bucket="versions")
        s3.put_bucket_versioning(Bucket="versions", VersioningConfiguration={"Status": "Enabled"})
        s3.put_object(Bucket="versions", Key="a", Body=b"one")
        self.marker = s3.delete_object(Bucket="versions", Key="a")["VersionId"]
        self.tag = s3.put_object(Bucket="plain", Key="a", Body=b"one")["ETag"]
        s3.put_object(Bucket="plain", Key="cold", Body=b"one", StorageClass="GLACIER")
        self.locked_version = s3.put_object(Bucket="locked", Key="a", Body=b"one", **LOCKED)["VersionId"]
        upload = {"Bucket": "plain", "Key": "whole"}
        self.whole = {**upload, "UploadId": s3.create_multipart_upload(**upload)["UploadId"]}
        small = [s3.upload_part(**self.whole, PartNumber=number, Body=b"small")["ETag"] for number in (1, 2)]
        self.small = [{"PartNumber": number, "ETag": tag} for number, tag in enumerate(small, 1)]

    def upload(self, algorithm, kind):
        """An upload of one part: where it is, and the part with its checksum."""
        where = {"Bucket": "plain", "Key": f"{algorithm}-{kind}"}
        begun = self.s3.create_multipart_upload(**where, ChecksumAlgorithm=algorithm, ChecksumType=kind)
        where["UploadId"] = begun["UploadId"]
        member = f"Checksum{algorithm}"
        # Not every installation of botocore computes them all.
        part = self.s3.upload_part(**where, PartNumber=1, Body=b"part", **{member: PART[algorithm]})
        return where, {"PartNumber": 1, "ETag": part["ETag"], member: part[member]}, member

    def session(self, **tags):
        """The STS client of a session of the role whose tags are passed on."""
        session = self.sts.assume_role(
            RoleArn=ROLE, RoleSessionName="first", TransitiveTagKeys=list(tags),
            Tags=[{"Key": key, "Value": value} for key, value in tags.items()],
        )["Credentials"]
        return self.server.client(
            "sts",
            {
                "aws_access_key_id": session["AccessKeyId"],
                "aws_secret_access_key": session["SecretAccessKey"],
                "aws_session_token": session["SessionToken"],
            },
        )

    def raw(self, method, target, headers=None, body=b""):
        """A request to S3 that botocore would not make, signed."""
        return self.server.ask_signed("s3", method, target, headers, body)


def assume(place, client=None, **parameters):
    return (client or place.sts).assume_role(**{"RoleArn": ROLE, "RoleSessionName": "recorded", **parameters})


def tags(**pairs):
    return [{"Key": key, "Value": value} for key, value in pairs.items()]


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


def put(place, bucket="plain", key="b", **parameters):
    return place.s3.put_object(Bucket=bucket, Key=key, Body=b"one", **parameters)


def complete(place, parts, **parameters):
    return place.s3.complete_multipart_upload(**place.whole, MultipartUpload={"Parts": parts}, **parameters)


def complete_checked(algorithm, kind, part=None, whole=None, **parameters):
    """Completes an upload of one part with wrong checksums of the part or of the whole."""

    def ask(place):
        where, item, member = place.upload(algorithm, kind)
        if part:
            item[member] = part
        if whole:
            parameters[member] = whole
        return place.s3.complete_multipart_upload(**where, MultipartUpload={"Parts": [item]}, **parameters)

    return ask


def grant(place, **parameters):
    return place.s3.put_bucket_acl(Bucket="lists", **parameters)


def bad_digest(algorithm, value):
    return Recorded(
        "BadDigest", 400, f"The {algorithm} you specified did not match the calculated checksum.",
        ask=lambda place: put(place, **{f"Checksum{algorithm}": value}),
    )


def bad_value(algorithm):
    return Recorded(
        "InvalidRequest", 400, f"Value for x-amz-checksum-{algorithm.lower()} header is invalid.",
        ask=lambda place: put(place, **{f"Checksum{algorithm}": "odd"}),
    )


def owner(named):
    return Recorded(
        "InvalidBucketOwnerAWSAccountID", 400,
        f"The value of the expected bucket owner parameter must be an AWS Account ID... [{named}]",
        ask=lambda place: place.s3.list_objects_v2(Bucket="plain", ExpectedBucketOwner=named),
    )


def misplaced(location, named=None):
    return Recorded(
        "IllegalLocationConstraintException", 400,
        f"The {location} location constraint is incompatible for the region specific endpoint this request was sent to.",
        ask=lambda place: place.frankfurt.create_bucket(
            Bucket="misplaced", **({"CreateBucketConfiguration": {"LocationConstraint": named}} if named else {})
        ),
    )


def tagged(*pairs):
    return {"TagSet": [{"Key": key, "Value": value} for key, value in pairs]}


def locked(**parameters):
    return lambda place: put(place, "locked", **parameters)


XML = {"Content-Type": "application/xml"}

S3 = [
    Recorded(
        "304", 304, "Not Modified",
        ask=lambda place: place.s3.head_object(Bucket="plain", Key="a", IfNoneMatch=place.tag),
    ),
    Recorded(
        "400", 400, "Bad Request",
        ask=lambda place: place.s3.head_object(Bucket="versions", Key="a", VersionId="odd"),
    ),
    Recorded(
        "403", 403, "Forbidden",
        ask=lambda place: place.s3.head_object(Bucket="plain", Key="a", ExpectedBucketOwner="222222222222"),
    ),
    Recorded("404", 404, "Not Found", ask=lambda place: place.s3.head_object(Bucket="plain", Key="none")),
    Recorded(
        "405", 405, "Method Not Allowed",
        ask=lambda place: place.s3.head_object(Bucket="versions", Key="a", VersionId=place.marker),
    ),
    Recorded(
        "412", 412, "Precondition Failed",
        ask=lambda place: place.s3.head_object(Bucket="plain", Key="a", IfMatch='"odd"'),
    ),
    Recorded(
        "AccessDenied", 403, "Access Denied because object protected by object lock.",
        ask=lambda place: place.s3.delete_object(Bucket="locked", Key="a", VersionId=place.locked_version),
    ),
    Recorded(
        "AccessDenied", 403, "Access Denied",
        ask=lambda place: place.s3.list_objects_v2(Bucket="plain", ExpectedBucketOwner="222222222222"),
    ),
    bad_digest("CRC32", "AAAAAA=="),
    bad_digest("CRC32C", "AAAAAA=="),
    bad_digest("SHA1", "AAAAAAAAAAAAAAAAAAAAAAAAAAA="),
    bad_digest("SHA256", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="),
    Recorded(
        "BadDigest", 400, "The Content-MD5 you specified did not match what we received.",
        "CalculatedDigest", "ExpectedDigest", ask=lambda place: put(place, ContentMD5=MD5_OF_NOTHING),
    ),
    Recorded(
        "BadDigest", 400, "The sha256 you specified for part 1 did not match what we received.",
        ask=complete_checked("SHA256", "COMPOSITE", part="AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="),
    ),
    bad_digest("CRC64NVME", "AAAAAAAAAAA="),
    Recorded(
        "BadDigest", 400, "The crc32c you specified did not match the calculated checksum.",
        ask=complete_checked("CRC32C", "FULL_OBJECT", whole="AAAAAA=="),
    ),
    Recorded(
        "BucketAlreadyOwnedByYou", 409,
        "Your previous request to create the named bucket succeeded and you already own it.", "BucketName",
        ask=lambda place: place.frankfurt.create_bucket(
            Bucket="frankfurt", CreateBucketConfiguration={"LocationConstraint": "eu-central-1"}
        ),
    ),
    Recorded(
        "BucketNotEmpty", 409,
        "The bucket you tried to delete is not empty. You must delete all versions in the bucket.", "BucketName",
        ask=lambda place: place.s3.delete_bucket(Bucket="versions"),
    ),
    Recorded(
        "BucketNotEmpty", 409, "The bucket you tried to delete is not empty", "BucketName",
        ask=lambda place: place.s3.delete_bucket(Bucket="plain"),
    ),
    Recorded(
        "ConditionalRequestConflict", 409,
        "The conditional request cannot succeed due to a conflicting operation against this resource.",
        "Condition", "Key", ask=lambda place: deleted_meanwhile(place),
    ),
    Recorded(
        "CrossLocationLoggingProhibitted", 403, "Cross S3 location logging not allowed. ",
        "SourceBucketLocation", "TargetBucketLocation",
        ask=lambda place: place.s3.put_bucket_logging(
            Bucket="plain",
            BucketLoggingStatus={"LoggingEnabled": {"TargetBucket": "frankfurt", "TargetPrefix": ""}},
        ),
    ),
    Recorded(
        "EntityTooSmall", 400, "Your proposed upload is smaller than the minimum allowed size",
        "ETag", "MinSizeAllowed", "PartNumber", "ProposedSize", ask=lambda place: complete(place, place.small),
    ),
    Recorded("IdMismatch", 400, "Document ID does not match the specified configuration ID.", because=NO_REPORTS),
    misplaced("unspecified"),
    misplaced("eu-west-2", "eu-west-2"),
    misplaced("aws-global", "aws-global"),
    misplaced("EU", "EU"),
    misplaced("bar", "bar"),
    Recorded(
        "IllegalVersioningConfigurationException", 400, "The Versioning element must be specified",
        ask=lambda place: place.raw("PUT", "/plain?versioning=", XML, b"<VersioningConfiguration/>"),
    ),
    Recorded(
        "InternalError", 500, "We encountered an internal error. Please try again.",
        ask=lambda place: disturbed(place, "internal-error"),
    ),
    Recorded(
        "InvalidArgument", 400, "", "ArgumentName", "ArgumentValue",
        ask=lambda place: place.s3.put_bucket_acl(Bucket="lists", ACL="odd"),
    ),
    Recorded(
        "InvalidArgument", 400, "Invalid group uri", "ArgumentName", "ArgumentValue",
        ask=lambda place: grant(place, GrantRead='uri="http://acs.example.com/groups/odd"'),
    ),
    Recorded(
        "InvalidArgument", 400, "Argument format not recognized", "ArgumentName", "ArgumentValue",
        ask=lambda place: grant(place, GrantRead="odd"),
    ),
    Recorded(
        "InvalidArgument", 400, "Invalid id", "ArgumentName", "ArgumentValue",
        ask=lambda place: grant(place, GrantRead='id="odd"'),
    ),
    Recorded(
        "InvalidArgument", 400, "The IndexDocument Suffix is not well formed", "ArgumentName", "ArgumentValue",
        because=NO_WEBSITES,
    ),
    Recorded(
        "InvalidArgument", 400, "RedirectAllRequestsTo cannot be provided in conjunction with other Routing Rules.",
        "ArgumentName", "ArgumentValue", because=NO_WEBSITES,
    ),
    Recorded(
        "InvalidArgument", 400,
        "A value for IndexDocument Suffix must be provided if RedirectAllRequestsTo is empty",
        "ArgumentName", "ArgumentValue", because=NO_WEBSITES,
    ),
    Recorded(
        "InvalidArgument", 400, "Part number must be an integer between 1 and 10000, inclusive",
        "ArgumentName", "ArgumentValue",
        ask=lambda place: place.s3.upload_part(**place.whole, PartNumber=10_001, Body=b"x"),
    ),
    Recorded(
        "InvalidArgument", 400, "'Date' must be at midnight GMT", "ArgumentName", "ArgumentValue",
        ask=lambda place: place.s3.put_bucket_lifecycle_configuration(
            Bucket="plain",
            LifecycleConfiguration={
                "Rules": [
                    {"Status": "Enabled", "Filter": {"Prefix": ""}, "Expiration": {"Date": LATER.replace(hour=1)}}
                ]
            },
        ),
    ),
    Recorded(
        "InvalidArgument", 400, "The retain until date must be in the future!", "ArgumentName", "ArgumentValue",
        ask=locked(ObjectLockMode="GOVERNANCE", ObjectLockRetainUntilDate=datetime.datetime(2020, 1, 1)),
    ),
    Recorded(
        "InvalidArgument", 400, "x-amz-object-lock-retain-until-date and x-amz-object-lock-mode must both be supplied",
        "ArgumentName", ask=locked(ObjectLockMode="GOVERNANCE"),
    ),
    Recorded(
        "InvalidArgument", 400, "Invalid copy source object key", "ArgumentName", "ArgumentValue",
        ask=lambda place: place.s3.copy_object(Bucket="plain", Key="b", CopySource="plain/"),
    ),
    Recorded(
        "InvalidBucketName", 400, "The specified bucket is not valid.", "BucketName",
        ask=lambda place: place.s3.create_bucket(Bucket="Not-Valid"),
    ),
    *(owner(named) for named in ("invalid", "0000", "0000000000020", "abcd", "aa000000000$")),
    Recorded(
        "InvalidBucketState", 409, "Versioning must be 'Enabled' on the bucket to apply a Object Lock configuration",
        because=NO_LOCK_SETTINGS,
    ),
    Recorded(
        "InvalidBucketState", 409,
        "An Object Lock configuration is present on this bucket, so the versioning state cannot be changed.",
        ask=lambda place: place.s3.put_bucket_versioning(
            Bucket="locked", VersioningConfiguration={"Status": "Suspended"}
        ),
    ),
    Recorded(
        "InvalidDigest", 400, "The Content-MD5 you specified was invalid.", "Content-MD5",
        ask=lambda place: put(place, ContentMD5="odd"),
    ),
    Recorded(
        "InvalidLocationConstraint", 400, "The specified location-constraint is not valid", "LocationConstraint",
        ask=lambda place: place.s3.create_bucket(
            Bucket="nowhere", CreateBucketConfiguration={"LocationConstraint": "nowhere"}
        ),
    ),
    Recorded(
        "InvalidObjectState", 403, "The operation is not valid for the object's storage class", "StorageClass",
        ask=lambda place: place.s3.get_object(Bucket="plain", Key="cold"),
    ),
    Recorded(
        "InvalidPart", 400,
        "One or more of the specified parts could not be found.  The part may not have been uploaded, or the specified "
        "entity tag may not match the part's entity tag.", "ETag", "PartNumber", "UploadId",
        ask=lambda place: complete(place, [{"PartNumber": 3, "ETag": '"odd"'}]),
    ),
    Recorded(
        "InvalidPartNumber", 416, "The requested partnumber is not satisfiable",
        "ActualPartCount", "PartNumberRequested",
        ask=lambda place: place.s3.get_object(Bucket="plain", Key="a", PartNumber=2),
    ),
    Recorded(
        "InvalidPartOrder", 400,
        "The list of parts was not in ascending order. Parts must be ordered by part number.", "UploadId",
        ask=lambda place: complete(place, list(reversed(place.small))),
    ),
    Recorded(
        "InvalidRange", 416, "The requested range is not satisfiable", "ActualObjectSize", "RangeRequested",
        ask=lambda place: place.s3.get_object(Bucket="plain", Key="a", Range="bytes=100-200"),
    ),
    bad_value("CRC32"),
    bad_value("CRC32C"),
    bad_value("SHA1"),
    bad_value("SHA256"),
    Recorded(
        "InvalidRequest", 400, "Specifying both Canned ACLs and Header Grants is not allowed",
        ask=lambda place: grant(
            place, ACL="private", GrantRead='uri="http://acs.amazonaws.com/groups/global/AuthenticatedUsers"'
        ),
    ),
    Recorded(
        "InvalidRequest", 400,
        "Invalid protocol, protocol can be http or https. If not defined the protocol will be selected automatically.",
        because=NO_WEBSITES,
    ),
    Recorded(
        "InvalidRequest", 400, "You can only define ReplaceKeyPrefix or ReplaceKey but not both.", because=NO_WEBSITES
    ),
    Recorded(
        "InvalidRequest", 400,
        "Condition cannot be empty. To redirect all requests without a condition, the condition element shouldn't be "
        "present.", because=NO_WEBSITES,
    ),
    Recorded("InvalidRequest", 400, "Destination bucket must have versioning enabled.", because=NO_REPLICATION),
    Recorded(
        "InvalidRequest", 400,
        "Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, "
        "CRC64NVME, SHA1, SHA256]",
        ask=lambda place: place.raw("POST", "/plain/b?uploads=", {"x-amz-checksum-algorithm": "MD4"}),
    ),
    Recorded(
        "InvalidRequest", 400,
        "The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.",
        ask=lambda place: place.raw("POST", "/plain/b?uploads=", {"x-amz-checksum-type": "COMPOSITE"}),
    ),
    Recorded(
        "InvalidRequest", 400,
        "The upload was created using the COMPOSITE checksum mode. The complete request must use the same checksum mode.",
        ask=complete_checked("SHA256", "COMPOSITE", ChecksumType="FULL_OBJECT"),
    ),
    Recorded("InvalidS3DestinationBucket", 400, "Invalid bucket ARN.", because=NO_REPORTS),
    Recorded(
        "InvalidStorageClass", 400, "The storage class you specified is not valid", "StorageClassRequested",
        ask=lambda place: put(place, StorageClass="ODD"),
    ),
    Recorded(
        "InvalidTag", 400, "Cannot provide multiple Tags with the same key", "TagKey",
        ask=lambda place: place.s3.put_object_tagging(
            Bucket="plain", Key="a", Tagging=tagged(("a", "1"), ("a", "2"))
        ),
    ),
    Recorded(
        "InvalidTag", 400, "The TagKey you have provided is invalid", "TagKey",
        ask=lambda place: place.s3.put_object_tagging(Bucket="plain", Key="a", Tagging=tagged(("a,b", "1"))),
    ),
    Recorded(
        "InvalidTag", 400, "The TagValue you have provided is invalid", "TagKey", "TagValue",
        ask=lambda place: place.s3.put_object_tagging(Bucket="plain", Key="a", Tagging=tagged(("a", "1,2"))),
    ),
    Recorded(
        "InvalidTag", 400, "System tags cannot be added/updated by requester", "TagKey",
        ask=lambda place: place.s3.put_bucket_tagging(Bucket="plain", Tagging=tagged(("aws:a", "1"))),
    ),
    Recorded(
        "InvalidTag", 400, "Your TagKey cannot be prefixed with aws:", "TagKey",
        ask=lambda place: place.s3.put_object_tagging(Bucket="plain", Key="a", Tagging=tagged(("aws:a", "1"))),
    ),
    Recorded(
        "InvalidTag", 400,
        "User-defined tag keys can't start with \"aws:\". This prefix is reserved for system tags. Remove \"aws:\" from "
        "your tag keys and try again.",
        ask=lambda place: place.s3.create_bucket(
            Bucket="tagged", CreateBucketConfiguration={"Tags": [{"Key": "aws:a", "Value": "1"}]}
        ),
    ),
    Recorded(
        "InvalidTargetBucketForLogging", 400, "The target bucket for logging does not exist", "TargetBucket",
        ask=lambda place: place.s3.put_bucket_logging(
            Bucket="plain", BucketLoggingStatus={"LoggingEnabled": {"TargetBucket": "none", "TargetPrefix": ""}}
        ),
    ),
    Recorded("KMS.NotFoundException", 400, "Invalid keyId 'fake-key-id'", because=NO_KMS),
    Recorded("KMS.NotFoundException", 400, "Invalid arn arn:aws:kms:us-east-1:000000000000:key/x", because=NO_KMS),
    Recorded(
        "MalformedACLError", 400,
        "The XML you provided was not well-formed or did not validate against our published schema",
        ask=lambda place: grant(place, AccessControlPolicy={"Grants": []}),
    ),
    Recorded(
        "MalformedPolicy", 400, "Policies must be valid JSON and the first byte must be '{'",
        ask=lambda place: place.s3.put_bucket_policy(Bucket="plain", Policy="odd"),
    ),
    Recorded(
        "MalformedPolicy", 400, "Missing required field Statement",
        ask=lambda place: place.s3.put_bucket_policy(Bucket="plain", Policy='{"Version":"2012-10-17"}'),
    ),
    Recorded(
        "MalformedXML", 400, "The XML you provided was not well-formed or did not validate against our published schema",
        ask=lambda place: place.raw("PUT", "/plain?tagging=", XML, b"<Tagging><TagSet>"),
    ),
    Recorded(
        "MethodNotAllowed", 405, "The specified method is not allowed against this resource.",
        "Method", "ResourceType",
        ask=lambda place: place.s3.get_object(Bucket="versions", Key="a", VersionId=place.marker),
    ),
    Recorded(
        "MissingSecurityHeader", 400, "Your request was missing a required header", "MissingHeaderName",
        ask=lambda place: grant(place),
    ),
    Recorded(
        "NoSuchBucket", 404, "The specified bucket does not exist", "BucketName",
        ask=lambda place: place.s3.list_objects_v2(Bucket="none"),
    ),
    Recorded(
        "NoSuchBucketPolicy", 404, "The bucket policy does not exist", "BucketName",
        ask=lambda place: place.s3.get_bucket_policy(Bucket="plain"),
    ),
    Recorded("NoSuchConfiguration", 404, "The specified configuration does not exist.", because=NO_REPORTS),
    Recorded(
        "NoSuchKey", 404, "The specified key does not exist.", "Key",
        ask=lambda place: place.s3.get_object(Bucket="plain", Key="none"),
    ),
    Recorded(
        "NoSuchObjectLockConfiguration", 404, "The specified object does not have a ObjectLock configuration",
        because=NO_LOCK_SETTINGS,
    ),
    Recorded(
        "NoSuchPublicAccessBlockConfiguration", 404, "The public access block configuration was not found",
        "BucketName", ask=lambda place: place.s3.get_public_access_block(Bucket="versions"),
    ),
    Recorded(
        "NoSuchTagSet", 404, "The TagSet does not exist", "BucketName",
        ask=lambda place: place.s3.get_bucket_tagging(Bucket="plain"),
    ),
    Recorded(
        "NoSuchUpload", 404,
        "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or "
        "completed.", "UploadId",
        ask=lambda place: place.s3.upload_part(
            Bucket="plain", Key="whole", UploadId="none", PartNumber=1, Body=b"x"
        ),
    ),
    Recorded(
        "NoSuchVersion", 404, "The specified version does not exist.", "Key", "VersionId",
        ask=lambda place: place.s3.get_object(Bucket="versions", Key="a", VersionId="x" * 32),
    ),
    Recorded(
        "NotImplemented", 501, "A header you provided implies functionality that is not implemented",
        "Header", "additionalMessage", ask=lambda place: put(place, IfNoneMatch='"odd"'),
    ),
    Recorded(
        "ObjectLockConfigurationNotFoundError", 404, "Object Lock configuration does not exist for this bucket",
        "BucketName", ask=lambda place: place.s3.get_object_lock_configuration(Bucket="plain"),
    ),
    Recorded(
        "OwnershipControlsNotFoundError", 404, "The bucket ownership controls were not found", "BucketName",
        ask=lambda place: place.s3.get_bucket_ownership_controls(Bucket="versions"),
    ),
    Recorded(
        "PreconditionFailed", 412, "At least one of the pre-conditions you specified did not hold", "Condition",
        ask=lambda place: put(place, key="a", IfNoneMatch="*"),
    ),
    Recorded(
        "UnexpectedContent", 400, "This request does not support content",
        ask=lambda place: grant(
            place, ACL="private", AccessControlPolicy={"Owner": {"ID": "x"}, "Grants": []}
        ),
    ),
]


def deleted_meanwhile(place):
    """A conditional completion of an upload that was begun before the object was deleted."""
    where = {"Bucket": "plain", "Key": "contested"}
    place.s3.put_object(**where, Body=b"one")
    where["UploadId"] = place.s3.create_multipart_upload(**where)["UploadId"]
    tag = place.s3.upload_part(**where, PartNumber=1, Body=b"part")["ETag"]
    place.s3.delete_object(Bucket="plain", Key="contested")
    parts = {"Parts": [{"PartNumber": 1, "ETag": tag}]}
    return place.s3.complete_multipart_upload(**where, MultipartUpload=parts, IfNoneMatch="*")


def disturbed(place, fault):
    place.server.control("faults", "POST", {"operation": "s3:ListBuckets", "fault": fault, "count": 1})
    return place.s3.list_buckets()


TABLES = {"sts": STS, "iam": IAM, "s3": S3}
