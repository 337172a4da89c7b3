"""Every operation of S3 on uploads in parts, with what its answer has."""

from operations_s3 import BUCKET, PUT, missing, s3
from operations_values import at
from steps import Refusal, Step

UPLOADS = [
    Step("s3:CreateBucket", "BucketArn Location", Bucket=BUCKET),
    s3("PutObject", PUT, Key="source", Body=b"s" * 100),
    s3(
        "CreateMultipartUpload",
        "Bucket ChecksumAlgorithm ChecksumType Key ServerSideEncryption UploadId",
        Key="whole",
        ChecksumAlgorithm="CRC32",
    ),
    s3(
        "UploadPart",
        "ChecksumCRC32 ETag ServerSideEncryption",
        Key="whole",
        UploadId=at("CreateMultipartUpload", "UploadId"),
        PartNumber=1,
        Body=b"p" * 100,
    ),
    s3(
        "UploadPartCopy",
        "CopyPartResult{ChecksumCRC32 ETag LastModified} ServerSideEncryption",
        Key="whole",
        UploadId=at("CreateMultipartUpload", "UploadId"),
        PartNumber=2,
        CopySource="box/source",
    ),
    s3(
        "ListParts",
        "Bucket ChecksumAlgorithm ChecksumType Initiator{DisplayName ID} IsTruncated Key MaxParts NextPartNumberMarker "
        "Owner{ID} PartNumberMarker Parts[ChecksumCRC32 ETag LastModified PartNumber Size] StorageClass UploadId",
        Key="whole",
        UploadId=at("CreateMultipartUpload", "UploadId"),
    ),
    s3(
        "ListMultipartUploads",
        "Bucket IsTruncated KeyMarker MaxUploads NextKeyMarker NextUploadIdMarker UploadIdMarker "
        "Uploads[ChecksumAlgorithm ChecksumType Initiated Initiator{DisplayName ID} Key Owner{ID} StorageClass UploadId]",
    ),
    s3(
        "CompleteMultipartUpload",
        Refusal(
            "EntityTooSmall",
            400,
            "Your proposed upload is smaller than the minimum allowed size",
            "ProposedSize",
            "PartNumber",
            "MinSizeAllowed",
            "ETag",
        ),
        "small",
        Key="whole",
        UploadId=at("CreateMultipartUpload", "UploadId"),
        MultipartUpload={
            "Parts": [
                {"PartNumber": 1, "ETag": at("UploadPart", "ETag"), "ChecksumCRC32": at("UploadPart", "ChecksumCRC32")},
                {
                    "PartNumber": 2,
                    "ETag": at("UploadPartCopy", "CopyPartResult", "ETag"),
                    "ChecksumCRC32": at("UploadPartCopy", "CopyPartResult", "ChecksumCRC32"),
                },
            ]
        },
    ),
    s3(
        "CompleteMultipartUpload",
        Refusal(
            "InvalidPart",
            400,
            "One or more of the specified parts could not be found.  The part may not have been uploaded, or the "
            "specified entity tag may not match the part's entity tag.",
            "UploadId",
            "PartNumber",
            "ETag",
        ),
        "part",
        Key="whole",
        UploadId=at("CreateMultipartUpload", "UploadId"),
        MultipartUpload={"Parts": [{"PartNumber": 7, "ETag": "x"}]},
    ),
    s3(
        "CompleteMultipartUpload",
        "Bucket ChecksumCRC32 ChecksumType ETag Key Location ServerSideEncryption",
        Key="whole",
        UploadId=at("CreateMultipartUpload", "UploadId"),
        MultipartUpload={
            "Parts": [
                {"PartNumber": 1, "ETag": at("UploadPart", "ETag"), "ChecksumCRC32": at("UploadPart", "ChecksumCRC32")}
            ]
        },
    ),
    s3(
        "GetObject",
        "AcceptRanges Body ChecksumCRC32 ChecksumType ContentLength ContentRange ContentType ETag LastModified Metadata "
        "PartsCount ServerSideEncryption",
        "part read",
        Key="whole",
        PartNumber=1,
    ),
    s3("CreateMultipartUpload", "Bucket Key ServerSideEncryption UploadId", "second", Key="none"),
    s3("AbortMultipartUpload", "", Key="none", UploadId=at("second", "UploadId")),
    s3(
        "AbortMultipartUpload",
        missing(
            "NoSuchUpload",
            "The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or "
            "completed.",
            "UploadId",
        ),
        "gone",
        Key="none",
        UploadId=at("second", "UploadId"),
    ),
]
