"""The errors of S3 that AWS was recorded to answer; operations_errors.py tells how."""

import datetime

from recorded_errors import (
    LATER,
    MD5_OF_NOTHING,
    NO_KMS,
    NO_LOCK_SETTINGS,
    NO_REPLICATION,
    NO_REPORTS,
    NO_WEBSITES,
    Recorded,
    bad_digest,
    bad_value,
    complete,
    complete_checked,
    deleted_meanwhile,
    disturbed,
    grant,
    locked,
    misplaced,
    owner,
    put,
    tagged,
)

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
