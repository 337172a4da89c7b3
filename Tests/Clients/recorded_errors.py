"""What the tables of recorded errors are made of: an error, what its request finds, and requests that several provoke theirs with."""

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
