"""What S3's clients rely on beside single answers: checksums, ranges, conditions, parts, lists, preflights."""

import base64
import datetime
import functools
import hashlib
import unittest
import urllib.error
import urllib.request
import zlib

from botocore.exceptions import ClientError

from serving import ORIGINATING, Server

ALGORITHMS = ("CRC32", "CRC32C", "CRC64NVME", "SHA1", "SHA256")
COMPOSITE = {"CRC32", "CRC32C", "SHA1", "SHA256"}
FULL_OBJECT = {"CRC32", "CRC32C", "CRC64NVME"}
MIB = 1 << 20


@functools.cache
def table(polynomial):
    """What each byte does to a CRC of this reflected polynomial."""
    rows = []
    for row in range(256):
        for _ in range(8):
            row = row >> 1 ^ (polynomial if row & 1 else 0)
        rows.append(row)
    return rows


def reflected(polynomial, width, content):
    """A CRC of this reflected polynomial, in nobody else's code."""
    rows, mask = table(polynomial), (1 << width) - 1
    crc = mask
    for byte in content:
        crc = crc >> 8 ^ rows[(crc ^ byte) & 255]
    return (crc ^ mask).to_bytes(width // 8, "big")


DIGESTS = {
    "CRC32": lambda content: zlib.crc32(content).to_bytes(4, "big"),
    "CRC32C": lambda content: reflected(0x82F63B78, 32, content),
    "CRC64NVME": lambda content: reflected(0x9A6C9329AC4BC9B5, 64, content),
    "SHA1": lambda content: hashlib.sha1(content).digest(),
    "SHA256": lambda content: hashlib.sha256(content).digest(),
}


@functools.cache
def text(algorithm, content):
    return base64.b64encode(DIGESTS[algorithm](content)).decode()


class S3Test(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Server()
        cls.addClassCleanup(cls.server.stop)
        cls.s3 = cls.server.client("s3")

    def setUp(self):
        self.bucket = self.id().rpartition(".")[2].replace("_", "-")[:50].strip("-")
        self.s3.create_bucket(Bucket=self.bucket)

    def refused(self, code, status, call, **parameters):
        with self.assertRaises(ClientError) as caught:
            call(Bucket=self.bucket, **parameters)
        answer = caught.exception.response
        self.assertEqual((answer["Error"]["Code"], answer["ResponseMetadata"]["HTTPStatusCode"]), (code, status))
        return answer["Error"]

    def put(self, key, content=b"x", **parameters):
        return self.s3.put_object(Bucket=self.bucket, Key=key, Body=content, **parameters)

    def get(self, key, **parameters):
        answer = self.s3.get_object(Bucket=self.bucket, Key=key, **parameters)
        return answer, answer["Body"].read()

    # Checksums.

    def test_every_algorithm_of_an_object(self):
        for algorithm in ALGORITHMS:
            with self.subTest(algorithm):
                content, value = b"checked " * 50, text(algorithm, b"checked " * 50)
                member = f"Checksum{algorithm}"
                put = self.put(algorithm, content, **{member: value})
                self.assertEqual((put[member], put["ChecksumType"]), (value, "FULL_OBJECT"))
                head = self.s3.head_object(Bucket=self.bucket, Key=algorithm, ChecksumMode="ENABLED")
                self.assertEqual(head[member], value)
                attributes = self.s3.get_object_attributes(
                    Bucket=self.bucket, Key=algorithm, ObjectAttributes=["Checksum", "ObjectSize"]
                )
                self.assertEqual(attributes["Checksum"], {member: value, "ChecksumType": "FULL_OBJECT"})
                listed = self.s3.list_objects_v2(Bucket=self.bucket, Prefix=algorithm)["Contents"]
                self.assertIn([algorithm], [item["ChecksumAlgorithm"] for item in listed])
                copy = self.s3.copy_object(
                    Bucket=self.bucket,
                    Key="copy",
                    CopySource=f"{self.bucket}/{algorithm}",
                    ChecksumAlgorithm="SHA256",
                )
                self.assertEqual(copy["CopyObjectResult"]["ChecksumSHA256"], text("SHA256", content))
                error = self.refused(
                    "BadDigest", 400, self.s3.put_object, Key="bad", Body=b"other", **{member: value}
                )
                self.assertEqual(
                    error["Message"], f"The {algorithm} you specified did not match the calculated checksum."
                )

    def test_every_kind_of_checksum_of_an_upload_in_parts(self):
        first, last = b"ab" * (5 * MIB // 2), b"the end"
        kinds = [(a, "COMPOSITE") for a in sorted(COMPOSITE)] + [(a, "FULL_OBJECT") for a in sorted(FULL_OBJECT)]
        for algorithm, kind in kinds:
            with self.subTest(f"{algorithm} {kind}"):
                member, key = f"Checksum{algorithm}", f"{algorithm}-{kind}"
                where = {"Bucket": self.bucket, "Key": key}
                upload = self.s3.create_multipart_upload(**where, ChecksumAlgorithm=algorithm, ChecksumType=kind)
                where["UploadId"] = upload["UploadId"]
                parts = []
                for number, content in enumerate((first, last), 1):
                    claim = {member: text(algorithm, content)}
                    part = self.s3.upload_part(**where, PartNumber=number, Body=content, **claim)
                    self.assertEqual(part[member], claim[member])
                    parts.append({"PartNumber": number, "ETag": part["ETag"], member: part[member]})
                done = self.s3.complete_multipart_upload(**where, MultipartUpload={"Parts": parts})
                self.assertEqual(done["ChecksumType"], kind)
                if kind == "COMPOSITE":
                    of_parts = b"".join(base64.b64decode(part[member]) for part in parts)
                    self.assertEqual(done[member], text(algorithm, of_parts) + "-2")
                else:
                    self.assertEqual(done[member], text(algorithm, first + last))
                md5 = hashlib.md5(hashlib.md5(first).digest() + hashlib.md5(last).digest()).hexdigest()
                self.assertEqual(done["ETag"], f'"{md5}-2"')
                attributes = self.s3.get_object_attributes(
                    Bucket=self.bucket, Key=key, ObjectAttributes=["ObjectParts", "ObjectSize"]
                )
                self.assertEqual(attributes["ObjectSize"], len(first) + len(last))
                self.assertEqual(attributes["ObjectParts"]["TotalPartsCount"], 2)

    # Reading.

    def test_ranges(self):
        content = bytes(range(256)) * 300
        self.put("a", content)
        for asked, (start, end) in {
            "bytes=0-0": (0, 1),
            "bytes=10-19": (10, 20),
            "bytes=76000-": (76000, len(content)),
            "bytes=-7": (len(content) - 7, len(content)),
            "bytes=76000-99999999": (76000, len(content)),
        }.items():
            with self.subTest(asked):
                answer, body = self.get("a", Range=asked)
                self.assertEqual(body, content[start:end])
                self.assertEqual(answer["ContentRange"], f"bytes {start}-{end - 1}/{len(content)}")
                self.assertEqual(answer["ResponseMetadata"]["HTTPStatusCode"], 206)
        for asked in ("bytes=76800-", "bytes=99999-100000"):
            self.refused("InvalidRange", 416, self.s3.get_object, Key="a", Range=asked)
        # What is no range is passed over.
        self.assertEqual(self.get("a", Range="lines=1-2")[1], content)

    def test_conditions(self):
        tag = self.put("a")["ETag"]
        past = datetime.datetime(2020, 1, 1)
        for call in (self.s3.get_object, self.s3.head_object):
            call(Bucket=self.bucket, Key="a", IfMatch=tag)
            call(Bucket=self.bucket, Key="a", IfModifiedSince=past)
            self.refused("304", 304, call, Key="a", IfNoneMatch=tag)
            code = "PreconditionFailed" if call == self.s3.get_object else "412"
            self.refused(code, 412, call, Key="a", IfMatch='"no"')
            self.refused(code, 412, call, Key="a", IfUnmodifiedSince=past)
            # If-Match that holds outweighs If-Unmodified-Since, If-None-Match that fails outweighs If-Modified-Since.
            call(Bucket=self.bucket, Key="a", IfMatch=tag, IfUnmodifiedSince=past)
            self.refused("304", 304, call, Key="a", IfNoneMatch=tag, IfModifiedSince=past)
        self.refused("PreconditionFailed", 412, self.s3.put_object, Key="a", Body=b"y", IfNoneMatch="*")
        self.put("b", IfNoneMatch="*")
        self.refused("PreconditionFailed", 412, self.s3.put_object, Key="a", Body=b"y", IfMatch='"no"')
        self.put("a", b"y", IfMatch=tag)
        self.refused("NoSuchKey", 404, self.s3.put_object, Key="none", Body=b"y", IfMatch=tag)

    # Lists, each to its last page.

    def pages(self, operation, members, **parameters):
        found = []
        for page in self.s3.get_paginator(operation).paginate(Bucket=self.bucket, **parameters):
            for member, name in members.items():
                found += [item[name] for item in page.get(member, [])]
        return found

    def test_lists_of_objects(self):
        keys = [f"{folder}/{number}" for folder in ("a", "b", "c d", "é&<") for number in range(5)] + ["top"]
        for key in keys:
            self.put(key)
        ordered = sorted(keys, key=lambda key: key.encode())
        for operation in ("list_objects", "list_objects_v2"):
            for size in (1, 2, 7, 1000):
                found = self.pages(operation, {"Contents": "Key"}, PaginationConfig={"PageSize": size})
                self.assertEqual(found, ordered, f"{operation} by {size}")
                found = self.pages(
                    operation,
                    {"CommonPrefixes": "Prefix", "Contents": "Key"},
                    Delimiter="/",
                    PaginationConfig={"PageSize": size},
                )
                self.assertEqual(sorted(found), sorted(["a/", "b/", "c d/", "é&</", "top"]))
            self.assertEqual(self.pages(operation, {"Contents": "Key"}, Prefix="b/"), [f"b/{n}" for n in range(5)])
        after = self.s3.list_objects_v2(Bucket=self.bucket, StartAfter="b/3", FetchOwner=True)
        self.assertEqual(after["Contents"][0]["Key"], "b/4")
        self.assertIn("Owner", after["Contents"][0])
        self.assertEqual(after["StartAfter"], "b/3")
        self.assertEqual(self.s3.list_objects_v2(Bucket=self.bucket, MaxKeys=0)["KeyCount"], 0)
        self.refused("InvalidArgument", 400, self.s3.list_objects_v2, ContinuationToken="odd")
        self.refused("InvalidArgument", 400, self.s3.list_objects_v2, MaxKeys=-1)

    def test_lists_of_versions(self):
        self.s3.put_bucket_versioning(Bucket=self.bucket, VersioningConfiguration={"Status": "Enabled"})
        written = {}
        for key in ("a/1", "a/2", "b"):
            written[key] = [self.put(key, str(n).encode())["VersionId"] for n in range(3)]
        marker = self.s3.delete_object(Bucket=self.bucket, Key="a/2")["VersionId"]
        expected = [(key, version) for key in sorted(written) for version in reversed(written[key])]
        for size in (1, 2, 1000):
            versions, markers = [], []
            for page in self.s3.get_paginator("list_object_versions").paginate(
                Bucket=self.bucket, PaginationConfig={"PageSize": size}
            ):
                versions += [(item["Key"], item["VersionId"]) for item in page.get("Versions", [])]
                markers += [(item["Key"], item["VersionId"]) for item in page.get("DeleteMarkers", [])]
            self.assertEqual((versions, markers), (expected, [("a/2", marker)]), f"by {size}")
        listed = self.s3.list_object_versions(Bucket=self.bucket, Delimiter="/")
        self.assertEqual([item["Prefix"] for item in listed["CommonPrefixes"]], ["a/"])
        self.assertEqual({item["Key"] for item in listed["Versions"]}, {"b"})
        listed = self.s3.list_object_versions(Bucket=self.bucket, Prefix="a/1")
        self.assertEqual([item["IsLatest"] for item in listed["Versions"]], [True, False, False])
        listed = self.s3.list_object_versions(
            Bucket=self.bucket, KeyMarker="a/1", VersionIdMarker=written["a/1"][1], MaxKeys=1
        )
        self.assertEqual(listed["Versions"][0]["VersionId"], written["a/1"][0])
        self.refused("InvalidArgument", 400, self.s3.list_object_versions, VersionIdMarker=marker)

    def test_lists_of_uploads_and_parts(self):
        uploads = [
            self.s3.create_multipart_upload(Bucket=self.bucket, Key=key)["UploadId"]
            for key in ("a/1", "a/1", "a/2", "b")
        ]
        for size in (1, 3, 1000):
            found = self.pages("list_multipart_uploads", {"Uploads": "UploadId"}, PaginationConfig={"PageSize": size})
            self.assertEqual(found, uploads, f"by {size}")
        listed = self.s3.list_multipart_uploads(Bucket=self.bucket, Delimiter="/")
        self.assertEqual([item["Prefix"] for item in listed["CommonPrefixes"]], ["a/"])
        where = {"Key": "b", "UploadId": uploads[3]}
        for number in (1, 3, 10_000):
            self.s3.upload_part(Bucket=self.bucket, **where, PartNumber=number, Body=b"p")
        for size in (1, 2, 1000):
            found = self.pages("list_parts", {"Parts": "PartNumber"}, **where, PaginationConfig={"PageSize": size})
            self.assertEqual(found, [1, 3, 10_000], f"by {size}")
        self.refused("InvalidArgument", 400, self.s3.upload_part, **where, PartNumber=10_001, Body=b"p")

    # Several at once.

    def test_delete_objects(self):
        for key in ("a", "b", "c & d"):
            self.put(key)
        answer = self.s3.delete_objects(
            Bucket=self.bucket, Delete={"Objects": [{"Key": "a"}, {"Key": "none"}, {"Key": "c & d"}]}
        )
        self.assertEqual([item["Key"] for item in answer["Deleted"]], ["a", "none", "c & d"])
        self.assertNotIn("Errors", answer)
        quiet = self.s3.delete_objects(Bucket=self.bucket, Delete={"Objects": [{"Key": "b"}], "Quiet": True})
        self.assertNotIn("Deleted", quiet)
        self.refused(
            "MalformedXML",
            400,
            self.s3.delete_objects,
            Delete={"Objects": [{"Key": str(number)} for number in range(1001)]},
        )

    def test_parts_that_are_copied(self):
        source = b"0123456789" * 600_000
        self.put("source", source)
        where = {"Bucket": self.bucket, "Key": "whole"}
        where["UploadId"] = self.s3.create_multipart_upload(**where)["UploadId"]
        copied = {"CopySource": f"{self.bucket}/source"}
        first = self.s3.upload_part_copy(**where, **copied, PartNumber=1)["CopyPartResult"]["ETag"]
        last = self.s3.upload_part_copy(**where, **copied, PartNumber=2, CopySourceRange="bytes=3-12")
        parts = [{"PartNumber": 1, "ETag": first}, {"PartNumber": 2, "ETag": last["CopyPartResult"]["ETag"]}]
        self.s3.complete_multipart_upload(**where, MultipartUpload={"Parts": parts})
        self.assertEqual(self.get("whole")[1], source + b"3456789012")
        self.assertEqual(self.get("whole", PartNumber=2)[1], b"3456789012")
        self.assertEqual(self.get("whole", Range="bytes=5999998-6000001")[1], b"8934")

    # What browsers ask first.

    def preflight(self, origin, method, headers=None):
        request = urllib.request.Request(
            f"{self.server.endpoint}/{self.bucket}/a",
            method="OPTIONS",
            headers={"Origin": origin, "Access-Control-Request-Method": method}
            | ({"Access-Control-Request-Headers": headers} if headers else {}),
        )
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return answer.status, dict(answer.headers)
        except urllib.error.HTTPError as error:
            with error:
                return error.code, dict(error.headers)

    def test_preflight(self):
        self.assertEqual(self.preflight("https://a.example", "GET")[0], 403, "there are no rules")
        rule = {
            "AllowedMethods": ["PUT", "GET"],
            "AllowedOrigins": ["https://*.example"],
            "AllowedHeaders": ["x-amz-*"],
            "ExposeHeaders": ["ETag"],
            "MaxAgeSeconds": 60,
        }
        self.s3.put_bucket_cors(Bucket=self.bucket, CORSConfiguration={"CORSRules": [rule]})
        status, headers = self.preflight("https://a.example", "PUT", "x-amz-date, X-Amz-Meta-A")
        self.assertEqual(status, 200)
        self.assertEqual(headers["Access-Control-Allow-Origin"], "https://a.example")
        self.assertEqual(headers["Access-Control-Allow-Methods"], "PUT, GET")
        self.assertEqual(headers["Access-Control-Max-Age"], "60")
        self.assertEqual(headers["Access-Control-Expose-Headers"], "ETag")
        self.assertEqual(self.preflight("https://a.other", "PUT")[0], 403)
        self.assertEqual(self.preflight("https://a.example", "DELETE")[0], 403)
        self.assertEqual(self.preflight("https://a.example", "PUT", "content-type")[0], 403)

    # What there is not.

    def test_what_is_not_emulated_is_said_to_be(self):
        for name, parameters in {
            "get_bucket_notification_configuration": {},
            "get_bucket_analytics_configuration": {"Id": "a"},
            "list_bucket_inventory_configurations": {},
            "put_bucket_accelerate_configuration": {"AccelerateConfiguration": {"Status": "Enabled"}},
            "put_bucket_request_payment": {"RequestPaymentConfiguration": {"Payer": "Requester"}},
            "get_object_torrent": {"Key": "a"},
            "restore_object": {"Key": "a"},
            "get_object_retention": {"Key": "a"},
        }.items():
            with self.subTest(name):
                self.refused("NotImplemented", 501, getattr(self.s3, name), **parameters)
        self.refused(
            "NotImplemented", 501, self.s3.put_object, Key="a", Body=b"x", SSECustomerAlgorithm="AES256",
            SSECustomerKey="k" * 32,
        )
        iam = self.server.client("iam")
        for name, parameters in {
            "generate_credential_report": {},
            "get_account_password_policy": {},
            "list_server_certificates": {},
        }.items():
            with self.subTest(name):
                with self.assertRaises(ClientError) as caught:
                    getattr(iam, name)(**parameters)
                error = caught.exception.response
                self.assertEqual(
                    (error["Error"]["Code"], error["ResponseMetadata"]["HTTPStatusCode"]), ("InvalidAction", 400)
                )


if __name__ == "__main__":
    unittest.main()
