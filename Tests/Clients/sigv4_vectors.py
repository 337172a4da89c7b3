"""Requests signed by botocore, as JSON, for Tests/SigV4Tests to verify and to sign again.

    sigv4_vectors.py FILE

The requests are random but always the same: odd paths, repeated and empty query keys, headers with white space and repetitions,
UTF-8, empty and binary bodies, with and without session tokens, signed in headers and in the query. Where botocore is not the
measure they stay within what SDKs send: it signs a query, and S3's path, just as they stand, so these are encoded canonically.
"""

import datetime
import json
import pathlib
import random
import sys
import urllib.parse
from unittest import mock

import botocore.auth
import botocore.awsrequest
import botocore.config
import botocore.credentials

SEED = 20130524
COUNT = 600

SEGMENTS = ["", "a", ".", "..", "a%20b", "%2B", "a%3Ab", "%C3%A9", "~", "x-y_z.1", "%E2%82%AC", "bucket", "%252F", "%25"]
# Only where the path is encoded once more, which makes one form of everything.
RAW_SEGMENTS = ["%2F", "a+b", "é", "a:b@c", "(x)", "a=b,c", "*", "$&'", "%zz", "%7E", "%2f"]
QUERY_KEYS = ["a", "a-b", "a.b", "aa", "A", "b", "", "acl", "list-type", "%C3%A9", "x%20y", "%2B", "%7B", "prefix", "x-id"]
QUERY_VALUES = ["", "1", "2", "10", "a%20b", "%2F", "%2Ba", "%3D", "%C3%A9", "b", "~", "%25"]
HEADER_NAMES = ["X-Amz-Meta-A", "x-amz-meta-b", "X-AMZ-META-Long-Name", "Content-Type", "Accept", "X-Odd", "x-0dd"]
HEADER_VALUES = ["v", "  leading", "trailing  ", "a   b", "a\tb", "a \t  b  c", "", "a,b", '"a   b"', "é", "first\r\n  folded", "a=b; c"]
UNSIGNED_HEADERS = [("User-Agent", "test/1.0"), ("Expect", "100-continue"), ("X-Amzn-Trace-Id", "Root=1")]
BODIES = [b"", b"Action=GetCallerIdentity&Version=2011-06-15", b"\x00\xff\xfe binary", "é".encode(), b"x" * 1000]
UNSIGNED_PAYLOAD = botocore.config.Config(s3={"payload_signing_enabled": False})
TRAILER_CHECKSUM = {"request_algorithm": {"in": "trailer", "algorithm": "crc32", "name": "x-amz-checksum-crc32"}}


def text(rng, alphabet, length):
    return "".join(rng.choice(alphabet) for _ in range(length))


def random_path(rng, service):
    segments = SEGMENTS if service == "s3" else SEGMENTS + RAW_SEGMENTS
    return "/" + "/".join(rng.choice(segments) for _ in range(rng.randint(0, 5)))


def random_query(rng):
    pieces = []
    for _ in range(rng.choice([0, 0, 1, 2, 3, 6])):
        key, value = rng.choice(QUERY_KEYS), rng.choice(QUERY_VALUES)
        # A piece without any text is not a parameter.
        pieces.append(key if key and rng.random() < 0.2 else f"{key}={value}")
    return "&".join(pieces)


def random_headers(rng):
    headers = [(rng.choice(HEADER_NAMES), rng.choice(HEADER_VALUES)) for _ in range(rng.randint(0, 5))]
    return headers + [pair for pair in UNSIGNED_HEADERS if rng.random() < 0.2]


def random_credentials(rng):
    alphabet = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/+"
    token = text(rng, alphabet + "=", rng.choice([16, 300])) if rng.random() < 0.5 else None
    key = ("ASIA" if token else "AKIA") + text(rng, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16)
    return botocore.credentials.Credentials(key, text(rng, alphabet, 40), token)


def random_context(rng, service):
    """What tells botocore's signer for S3 how the payload enters the signature."""
    choice = rng.random()
    if service != "s3" or choice < 0.6:
        return {}
    return {"client_config": UNSIGNED_PAYLOAD} if choice < 0.8 else {"checksum": TRAILER_CHECKSUM}


def signer(service, is_presigned, credentials, region, expires):
    if is_presigned:
        kind = botocore.auth.S3SigV4QueryAuth if service == "s3" else botocore.auth.SigV4QueryAuth
        return kind(credentials, service, region, expires=expires)
    kind = botocore.auth.S3SigV4Auth if service == "s3" else botocore.auth.SigV4Auth
    return kind(credentials, service, region)


def vector(rng):
    service = rng.choice(["iam", "sts", "s3", "s3"])
    region = rng.choice(["us-east-1", "eu-central-1", "us-gov-west-1"])
    is_presigned = rng.random() < 0.3
    method = rng.choice(["GET", "PUT", "POST", "DELETE", "HEAD"])
    host = rng.choice(["example.amazonaws.com", "localhost:4566", "bucket.s3.localhost"])
    query = random_query(rng)
    request = botocore.awsrequest.AWSRequest(
        method=method,
        url=f"https://{host}{random_path(rng, service)}" + (f"?{query}" if query else ""),
        # botocore would move the body of a presigned request into its query.
        data=b"" if is_presigned else rng.choice(BODIES),
    )
    request.headers["Host"] = host
    for name, value in random_headers(rng):
        request.headers[name] = value
    if not is_presigned and rng.random() < 0.1:
        request.headers["Date"] = "replaced by the time of signing"
    request.context.update({} if is_presigned else random_context(rng, service))
    credentials = random_credentials(rng)
    expires = rng.choice([1, 60, 3600, 604800])
    date = datetime.datetime(2013, 1, 1) + datetime.timedelta(seconds=rng.randrange(20 * 365 * 86400))
    with mock.patch.object(botocore.auth, "get_current_datetime", lambda: date):
        signer(service, is_presigned, credentials, region, expires).add_auth(request)
    return {
        "service": service,
        "region": region,
        "accessKeyID": credentials.access_key,
        "secretAccessKey": credentials.secret_key,
        "sessionToken": credentials.token,
        "date": date.strftime("%Y%m%dT%H%M%SZ"),
        "expires": str(expires) if is_presigned else None,
        "method": method,
        "target": target(request.url),
        "headers": [[name, value] for name, value in request.headers.items()],
        "body": (request.body or b"").hex(),
    }


def target(url):
    """The request target; parsed by botocore's own means, which leave a path that begins with two slashes alone."""
    parts = urllib.parse.urlsplit(url)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def vectors():
    rng = random.Random(SEED)
    return [vector(rng) for _ in range(COUNT)]


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    file = pathlib.Path(sys.argv[1])
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(vectors(), indent=1) + "\n", encoding="utf-8")
