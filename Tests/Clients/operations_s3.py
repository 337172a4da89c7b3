"""Every operation of S3 with what its answer has, as recorded from AWS."""

import json

from operations_values import at
from steps import Refusal, Step

BUCKET = "box"
PUT = "ChecksumCRC32 ChecksumType ETag ServerSideEncryption"
PUT_VERSION = PUT + " VersionId"
HEAD = "AcceptRanges ContentLength ContentType ETag LastModified Metadata ServerSideEncryption"
HEAD_CHECKED = (
    "AcceptRanges ChecksumCRC32 ChecksumType ContentLength ContentType ETag LastModified Metadata ServerSideEncryption"
)
GET = "AcceptRanges Body ChecksumCRC32 ChecksumType ContentLength ContentType ETag LastModified Metadata ServerSideEncryption"
RANGE = "AcceptRanges Body ContentLength ContentRange ContentType ETag LastModified Metadata ServerSideEncryption"
CONTENTS = "Contents[ChecksumAlgorithm ChecksumType ETag Key LastModified Size StorageClass]"
VERSION_MEMBERS = "ChecksumAlgorithm ChecksumType ETag IsLatest Key LastModified Owner{ID} Size StorageClass VersionId"
PARTS = (
    "Bucket Initiator{DisplayName ID} IsTruncated Key MaxParts NextPartNumberMarker Owner{ID} PartNumberMarker "
    "Parts[ETag LastModified PartNumber Size] StorageClass UploadId"
)
ACL = "Grants[Grantee{ID Type} Permission] Owner{ID}"
ALGORITHMS = ("CRC32", "CRC32C", "CRC64NVME", "SHA1", "SHA256")


def s3(operation, expected, keep=None, **parameters):
    return Step(f"s3:{operation}", expected, keep=keep, Bucket=BUCKET, **parameters)


def missing(code, message, *fields):
    return Refusal(code, 404, message, *fields)


POLICY = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": {"AWS": "arn:aws:iam::111111111111:root"},
                "Action": "s3:GetObject",
                "Resource": "arn:aws:s3:::box/*",
            }
        ],
    }
)

BUCKETS = [
    Step("s3:CreateBucket", "BucketArn Location", Bucket=BUCKET),
    Step(
        "s3:CreateBucket",
        Refusal("InvalidBucketName", 400, "The specified bucket is not valid.", "BucketName"),
        keep="name",
        Bucket="Not-Valid",
    ),
    Step("s3:ListBuckets", "Buckets[CreationDate Name] Owner{ID}"),
    Step("s3:ListBuckets", "Buckets[BucketArn BucketRegion CreationDate Name] Owner{ID}", keep="paged", MaxBuckets=10),
    Step(
        "s3:ListBuckets", "Buckets[BucketArn BucketRegion CreationDate Name] Owner{ID} Prefix", keep="prefix", Prefix="b"
    ),
    s3("HeadBucket", "AccessPointAlias BucketArn BucketRegion"),
    s3("GetBucketLocation", "LocationConstraint"),
    # What is not configured, as Terraform asks for it.
    s3("GetBucketPolicy", missing("NoSuchBucketPolicy", "The bucket policy does not exist", "BucketName"), "none"),
    s3("GetBucketCors", missing("NoSuchCORSConfiguration", "The CORS configuration does not exist", "BucketName"), "none"),
    s3(
        "GetBucketWebsite",
        missing(
            "NoSuchWebsiteConfiguration", "The specified bucket does not have a website configuration", "BucketName"
        ),
    ),
    s3(
        "GetBucketLifecycleConfiguration",
        missing("NoSuchLifecycleConfiguration", "The lifecycle configuration does not exist", "BucketName"),
        "none",
    ),
    s3(
        "GetBucketReplication",
        missing("ReplicationConfigurationNotFoundError", "The replication configuration was not found", "BucketName"),
    ),
    s3("GetBucketTagging", missing("NoSuchTagSet", "The TagSet does not exist", "BucketName"), "none"),
    s3(
        "GetObjectLockConfiguration",
        missing(
            "ObjectLockConfigurationNotFoundError",
            "Object Lock configuration does not exist for this bucket",
            "BucketName",
        ),
    ),
    s3("GetBucketAccelerateConfiguration", ""),
    s3("GetBucketRequestPayment", "Payer"),
    s3("GetBucketLogging", "", "none"),
    s3("GetBucketVersioning", "", "never"),
    s3("GetBucketAbac", "AbacStatus{Status}"),
    # What can be configured.
    s3("PutBucketAbac", "", AbacStatus={"Status": "Enabled"}),
    s3("PutBucketPolicy", "", Policy=POLICY),
    s3(
        "PutBucketPolicy",
        Refusal("MalformedPolicy", 400, "Policies must be valid JSON and the first byte must be '{'"),
        "bad",
        Policy="no",
    ),
    s3("GetBucketPolicy", "Policy"),
    s3("GetBucketPolicyStatus", "PolicyStatus{IsPublic}"),
    s3("DeleteBucketPolicy", ""),
    s3("GetBucketAcl", ACL),
    s3(
        "PutBucketAcl",
        Refusal("AccessControlListNotSupported", 400, "The bucket does not allow ACLs"),
        "disabled",
        ACL="private",
    ),
    s3("GetBucketOwnershipControls", "OwnershipControls{Rules[ObjectOwnership]}"),
    s3("PutBucketOwnershipControls", "", OwnershipControls={"Rules": [{"ObjectOwnership": "BucketOwnerPreferred"}]}),
    s3("PutBucketAcl", "", ACL="private"),
    s3("DeleteBucketOwnershipControls", ""),
    s3(
        "GetBucketOwnershipControls",
        missing("OwnershipControlsNotFoundError", "The bucket ownership controls were not found", "BucketName"),
        "none",
    ),
    s3(
        "GetPublicAccessBlock",
        "PublicAccessBlockConfiguration{BlockPublicAcls BlockPublicPolicy IgnorePublicAcls RestrictPublicBuckets}",
    ),
    s3("PutPublicAccessBlock", "", PublicAccessBlockConfiguration={"BlockPublicAcls": True}),
    s3("DeletePublicAccessBlock", ""),
    s3(
        "GetPublicAccessBlock",
        missing(
            "NoSuchPublicAccessBlockConfiguration",
            "The public access block configuration was not found",
            "BucketName",
        ),
        "none",
    ),
    s3("PutBucketTagging", "", Tagging={"TagSet": [{"Key": "a", "Value": "b"}]}),
    s3("GetBucketTagging", "TagSet[Key Value]"),
    s3("DeleteBucketTagging", ""),
    s3(
        "GetBucketEncryption",
        "ServerSideEncryptionConfiguration{Rules[ApplyServerSideEncryptionByDefault{SSEAlgorithm} BucketKeyEnabled]}",
        "default",
    ),
    s3(
        "PutBucketEncryption",
        "",
        ServerSideEncryptionConfiguration={
            "Rules": [{"ApplyServerSideEncryptionByDefault": {"SSEAlgorithm": "AES256"}, "BucketKeyEnabled": False}]
        },
    ),
    s3(
        "GetBucketEncryption",
        "ServerSideEncryptionConfiguration{Rules[ApplyServerSideEncryptionByDefault{SSEAlgorithm} BucketKeyEnabled]}",
    ),
    s3("DeleteBucketEncryption", ""),
    s3(
        "PutBucketCors",
        "",
        CORSConfiguration={"CORSRules": [{"AllowedMethods": ["GET"], "AllowedOrigins": ["https://a.example"]}]},
    ),
    s3("GetBucketCors", "CORSRules[AllowedMethods AllowedOrigins]"),
    s3("DeleteBucketCors", ""),
    s3(
        "PutBucketLifecycleConfiguration",
        "TransitionDefaultMinimumObjectSize",
        LifecycleConfiguration={
            "Rules": [{"ID": "old", "Status": "Enabled", "Filter": {"Prefix": "tmp/"}, "Expiration": {"Days": 7}}]
        },
    ),
    s3(
        "GetBucketLifecycleConfiguration",
        "Rules[Expiration{Days} Filter{Prefix} ID Status] TransitionDefaultMinimumObjectSize",
    ),
    s3("DeleteBucketLifecycle", ""),
    s3("PutBucketLogging", "", BucketLoggingStatus={"LoggingEnabled": {"TargetBucket": BUCKET, "TargetPrefix": "log/"}}),
    s3("GetBucketLogging", "LoggingEnabled{TargetBucket TargetPrefix}"),
    s3("DeleteBucket", ""),
    s3("ListObjectsV2", missing("NoSuchBucket", "The specified bucket does not exist", "BucketName"), "gone"),
]

OBJECTS = [
    Step("s3:CreateBucket", "BucketArn Location", Bucket=BUCKET),
    s3("PutObject", PUT, Key="a", Body=b"hello"),
    s3("GetObject", GET, Key="a"),
    s3("HeadObject", HEAD, Key="a"),
    s3("HeadObject", HEAD_CHECKED, "checked", Key="a", ChecksumMode="ENABLED"),
    s3("GetObject", RANGE, "range", Key="a", Range="bytes=1-3"),
    s3(
        "GetObject",
        Refusal(
            "InvalidRange", 416, "The requested range is not satisfiable", "ActualObjectSize", "RangeRequested"
        ),
        "beyond",
        Key="a",
        Range="bytes=9-",
    ),
    s3("GetObject", missing("NoSuchKey", "The specified key does not exist.", "Key"), "none", Key="none"),
    s3(
        "GetObject",
        Refusal(
            "PreconditionFailed", 412, "At least one of the pre-conditions you specified did not hold", "Condition"
        ),
        "condition",
        Key="a",
        IfMatch='"other"',
    ),
    s3("GetObject", Refusal("304", 304, "Not Modified"), "unchanged", Key="a", IfNoneMatch=at("PutObject", "ETag")),
    s3(
        "PutObject",
        Refusal(
            "PreconditionFailed", 412, "At least one of the pre-conditions you specified did not hold", "Condition"
        ),
        "exists",
        Key="a",
        Body=b"x",
        IfNoneMatch="*",
    ),
    s3(
        "PutObject",
        Refusal("InvalidDigest", 400, "The Content-MD5 you specified was invalid.", "Content-MD5"),
        "md5",
        Key="a",
        Body=b"x",
        ContentMD5="nonsense",
    ),
    s3(
        "PutObject",
        Refusal(
            "BadDigest",
            400,
            "The Content-MD5 you specified did not match what we received.",
            "CalculatedDigest",
            "ExpectedDigest",
        ),
        "wrong md5",
        Key="a",
        Body=b"x",
        ContentMD5="XUFAKrxLKna5cZ2REBfFkg==",
    ),
    s3(
        "PutObject",
        Refusal("BadDigest", 400, "The SHA256 you specified did not match the calculated checksum."),
        "wrong sha",
        Key="a",
        Body=b"x",
        ChecksumSHA256="A" * 43 + "=",
    ),
    s3(
        "PutObject",
        Refusal("InvalidRequest", 400, "Value for x-amz-checksum-sha1 header is invalid."),
        "odd sha",
        Key="a",
        Body=b"x",
        ChecksumSHA1="no",
    ),
    s3(
        "PutObject",
        Refusal("InvalidStorageClass", 400, "The storage class you specified is not valid", "StorageClassRequested"),
        "class",
        Key="a",
        Body=b"x",
        StorageClass="BEST",
    ),
    s3("CopyObject", "CopyObjectResult{ChecksumCRC32 ChecksumType ETag LastModified} ServerSideEncryption", Key="b", CopySource="box/a"),
    s3("GetObjectAttributes", "Checksum{ChecksumCRC32 ChecksumType} ETag LastModified", Key="a", ObjectAttributes=["Checksum", "ETag"]),
    s3("GetObjectAttributes", "LastModified StorageClass", "class", Key="a", ObjectAttributes=["StorageClass"]),
    s3("PutObjectTagging", "", Key="a", Tagging={"TagSet": [{"Key": "a", "Value": "b"}]}),
    s3("GetObjectTagging", "TagSet[Key Value]", Key="a"),
    s3("HeadObject", HEAD + " TagCount", "tagged", Key="a"),
    s3(
        "PutObjectTagging",
        Refusal("InvalidTag", 400, "Cannot provide multiple Tags with the same key", "TagKey"),
        "twice",
        Key="a",
        Tagging={"TagSet": [{"Key": "a", "Value": "b"}, {"Key": "a", "Value": "c"}]},
    ),
    s3("DeleteObjectTagging", "", Key="a"),
    s3("GetObjectTagging", "TagSet", "none", Key="a"),
    s3("GetObjectAcl", ACL, Key="a"),
    s3(
        "PutObjectAcl",
        Refusal("AccessControlListNotSupported", 400, "The bucket does not allow ACLs"),
        "disabled",
        Key="a",
        ACL="public-read",
    ),
    s3("PutBucketOwnershipControls", "", OwnershipControls={"Rules": [{"ObjectOwnership": "ObjectWriter"}]}),
    s3("PutObjectAcl", "", Key="a", ACL="bucket-owner-full-control"),
    s3("ListObjects", f"{CONTENTS[:-1].replace('LastModified', 'LastModified Owner{ID}')}] EncodingType IsTruncated Marker MaxKeys Name Prefix"),
    s3("ListObjectsV2", f"{CONTENTS} EncodingType IsTruncated KeyCount MaxKeys Name Prefix"),
    s3("ListObjectsV2", "EncodingType IsTruncated KeyCount MaxKeys Name Prefix", "none", Prefix="none"),
    s3("ListObjectVersions", f"EncodingType IsTruncated KeyMarker MaxKeys Name Prefix VersionIdMarker Versions[{VERSION_MEMBERS}]"),
    s3("PutBucketVersioning", "", VersioningConfiguration={"Status": "Enabled"}),
    s3("GetBucketVersioning", "Status"),
    s3("PutObject", PUT_VERSION, "versioned", Key="a", Body=b"other"),
    s3("HeadObject", HEAD + " VersionId", "versioned head", Key="a"),
    s3("GetObjectTagging", "TagSet VersionId", "versioned tags", Key="a"),
    s3("DeleteObject", "DeleteMarker VersionId", Key="a"),
    s3(
        "ListObjectVersions",
        "DeleteMarkers[IsLatest Key LastModified Owner{ID} VersionId] EncodingType IsTruncated KeyMarker MaxKeys Name "
        f"Prefix VersionIdMarker Versions[{VERSION_MEMBERS}]",
        "marked",
    ),
    s3("DeleteObject", "VersionId", "version", Key="a", VersionId=at("versioned", "VersionId")),
    s3("DeleteObject", "DeleteMarker VersionId", "marker", Key="a", VersionId=at("DeleteObject", "VersionId")),
    s3(
        "DeleteBucket",
        Refusal(
            "BucketNotEmpty",
            409,
            "The bucket you tried to delete is not empty. You must delete all versions in the bucket.",
            "BucketName",
        ),
        "full",
    ),
    s3("PutBucketVersioning", "", "suspended", VersioningConfiguration={"Status": "Suspended"}),
    s3(
        "DeleteObjects",
        "Deleted[DeleteMarker DeleteMarkerVersionId Key]",
        Delete={"Objects": [{"Key": "a"}, {"Key": "b"}]},
    ),
]
