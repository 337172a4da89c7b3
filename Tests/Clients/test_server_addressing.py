"""Buckets by their host names (`bucket.s3.localhost`), over real sockets, in clear and over TLS."""

import socket
import tempfile
import unittest
import urllib.error
import urllib.request
from unittest import mock

from botocore.exceptions import ClientError

import serving

RESOLVE = socket.getaddrinfo


def resolve(host, *arguments, **options):
    """What RFC 6761 asks of names below `localhost`, which not every system's resolver does."""
    name = host.decode() if isinstance(host, bytes) else host
    return RESOLVE("127.0.0.1" if name and name.endswith(".localhost") else host, *arguments, **options)


@mock.patch("socket.getaddrinfo", resolve)
class VirtualHosts(unittest.TestCase):
    def clients(self, server, scheme, **options):
        """By the two hosts that name the service: without the region, and with it."""
        for host in ("s3.localhost", "s3.us-east-1.localhost"):
            endpoint = f"{scheme}://{host}:{server.port}"
            yield host, server.client("s3", endpoint=endpoint, s3={"addressing_style": "virtual"}, signature_version="s3v4", **options)

    def use(self, s3, host, bucket):
        """What clients do with a bucket; the last of the requests is looked at as it went out."""
        hosts = []
        s3.meta.events.register("before-send.s3.*", lambda request, **_: hosts.append(request.url.split("/")[2]))
        s3.create_bucket(Bucket=bucket)
        key = "a folder/ä+&=?.txt"
        s3.put_object(Bucket=bucket, Key=key, Body=b"content", Metadata={"a": "b"})
        self.assertEqual(s3.get_object(Bucket=bucket, Key=key)["Body"].read(), b"content")
        self.assertEqual(s3.head_object(Bucket=bucket, Key=key)["Metadata"], {"a": "b"})
        listed = s3.list_objects_v2(Bucket=bucket, Prefix="a folder/", Delimiter="/")
        self.assertEqual([item["Key"] for item in listed["Contents"]], [key])
        s3.copy_object(Bucket=bucket, Key="copy", CopySource={"Bucket": bucket, "Key": key})
        s3.put_bucket_tagging(Bucket=bucket, Tagging={"TagSet": [{"Key": "a", "Value": "b"}]})
        self.assertEqual(s3.get_bucket_tagging(Bucket=bucket)["TagSet"], [{"Key": "a", "Value": "b"}])
        where = {"Bucket": bucket, "Key": "parts"}
        where["UploadId"] = s3.create_multipart_upload(**where)["UploadId"]
        part = {"PartNumber": 1, "ETag": s3.upload_part(**where, PartNumber=1, Body=b"part")["ETag"]}
        s3.complete_multipart_upload(**where, MultipartUpload={"Parts": [part]})
        s3.delete_objects(Bucket=bucket, Delete={"Objects": [{"Key": name} for name in ("copy", "parts")]})
        with self.assertRaises(ClientError) as caught:
            s3.delete_bucket(Bucket=bucket)
        self.assertEqual(caught.exception.response["Error"]["Code"], "BucketNotEmpty")
        self.assertEqual({name.partition(":")[0] for name in hosts}, {f"{bucket}.{host}"})
        return key

    def test_in_clear(self):
        with serving.Server() as server:
            for number, (host, s3) in enumerate(self.clients(server, "http")):
                with self.subTest(host):
                    # Dots in a bucket's name are labels of the host's.
                    for bucket in (f"bucket-{number}", f"with.dots.{number}", f"some-{number}"):
                        key = self.use(s3, host, bucket)
                        link = s3.generate_presigned_url("get_object", {"Bucket": bucket, "Key": key})
                        self.assertEqual(link.split("/")[2].partition(":")[0], f"{bucket}.{host}")
                        with urllib.request.urlopen(link, timeout=20) as answer:
                            self.assertEqual(answer.read(), b"content")
                        # The signature covers the host: another bucket's is another request.
                        with self.assertRaises(urllib.error.HTTPError) as caught:
                            urllib.request.urlopen(link.replace(bucket, "other", 1), timeout=20)
                        caught.exception.close()
                        self.assertEqual(caught.exception.code, 403)
                    found = [bucket["Name"] for bucket in s3.list_buckets()["Buckets"]]
                    self.assertIn(f"bucket-{number}", found)
            # The path names a bucket only where the host does not.
            s3 = server.client("s3")
            s3.put_object(Bucket="bucket-0", Key="bucket-1/inner", Body=b"inner")
            host = f"bucket-0.s3.localhost:{server.port}"
            headers = server.signed("s3", "GET", "/bucket-1/inner", headers={"Host": host})
            request = urllib.request.Request(f"http://{host}/bucket-1/inner", headers=headers)
            with urllib.request.urlopen(request, timeout=20) as answer:
                self.assertEqual(answer.read(), b"inner")

    def test_over_tls(self):
        with tempfile.TemporaryDirectory() as folder:
            authority = f"{folder}/ca.pem"
            with serving.Server("--tls-self-signed", "--tls-ca-out", authority) as server:
                s3 = server.client(
                    "s3", endpoint=f"https://s3.localhost:{server.port}", s3={"addressing_style": "virtual"},
                    verify=authority,
                )
                self.use(s3, "s3.localhost", "secure")


if __name__ == "__main__":
    unittest.main()
