"""Signatures that are not right, over the wire: the answers of each service."""

import datetime
import http.client
import re
import unittest
from unittest import mock

import serving

IDENTITY = "/?Action=GetCallerIdentity&Version=2011-06-15"


class Signatures(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = serving.Server()
        cls.addClassCleanup(cls.server.stop)
        cls.server.client("s3").create_bucket(Bucket="signatures")

    def ask(self, method, target, headers, body=b""):
        """The status, the code and the message of the answer."""
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=20)
        connection.request(method, target, body=body, headers=headers)
        answer = connection.getresponse()
        content = answer.read().decode()
        connection.close()
        found = [re.search(f"<{name}>(.*?)</{name}>", content, re.S) for name in ("Code", "Message")]
        return (answer.status, *(match and match[1] for match in found))

    def signed(self, service, method, target, minutes=0, **options):
        now = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(minutes=minutes)
        with mock.patch("botocore.auth.get_current_datetime", lambda *_, **__: now.replace(tzinfo=None)):
            return self.server.signed(service, method, target, **options)

    def test_times(self):
        for minutes, sts, s3 in [
            (-14, (200, None), (200, None)),
            (14, (200, None), (200, None)),
            (-16, (403, "SignatureDoesNotMatch"), (403, "RequestTimeTooSkewed")),
            (16, (403, "SignatureDoesNotMatch"), (403, "RequestTimeTooSkewed")),
        ]:
            with self.subTest(minutes):
                self.assertEqual(self.ask("GET", IDENTITY, self.signed("sts", "GET", IDENTITY, minutes))[:2], sts)
                answer = self.ask("GET", "/signatures", self.signed("s3", "GET", "/signatures", minutes))
                self.assertEqual(answer[:2], s3)
        answer = self.ask("GET", IDENTITY, self.signed("sts", "GET", IDENTITY, -16))
        self.assertRegex(answer[2], r"^Signature expired: \d{8}T\d{6}Z is now earlier than \d{8}T\d{6}Z \(\d{8}T\d{6}Z - 15 min\.\)$")

    def test_keys(self):
        stranger = {"aws_access_key_id": "AKIAIOSFODNN7EXAMPLE", "aws_secret_access_key": "x"}
        liar = {**self.server.keys(), "aws_secret_access_key": "x"}
        for service, target, unknown in [
            ("sts", IDENTITY, "InvalidClientTokenId"),
            ("s3", "/signatures", "InvalidAccessKeyId"),
        ]:
            with self.subTest(service):
                ask = lambda keys: self.ask("GET", target, self.server.signed(service, "GET", target, keys=keys))[:2]
                self.assertEqual(ask(stranger), (403, unknown))
                self.assertEqual(ask(liar), (403, "SignatureDoesNotMatch"))

    def test_what_was_changed_on_the_way(self):
        headers = self.server.signed("sts", "GET", IDENTITY)
        self.assertEqual(self.ask("GET", IDENTITY + "&X=1", headers)[:2], (403, "SignatureDoesNotMatch"))
        self.assertEqual(self.ask("GET", IDENTITY, {**headers, "Host": "elsewhere"})[:2], (403, "SignatureDoesNotMatch"))
        headers = self.server.signed("s3", "PUT", "/signatures/key", payload="0" * 64)
        for size in (10, 1_000_000):
            with self.subTest(size):
                answer = self.ask("PUT", "/signatures/key", headers, b"x" * size)
                self.assertEqual(answer[:2], (400, "XAmzContentSHA256Mismatch"))
        headers = self.server.signed("s3", "PUT", "/signatures/key", headers={"x-amz-meta-a": "b"})
        self.assertEqual(
            self.ask("PUT", "/signatures/key", {**headers, "x-amz-meta-a": "c"})[:2], (403, "SignatureDoesNotMatch")
        )
        self.assertEqual(
            self.ask("PUT", "/signatures/key", {**headers, "x-amz-acl": "public-read"})[:2], (403, "AccessDenied")
        )

    def test_requests_without_a_signature(self):
        self.assertEqual(self.ask("GET", IDENTITY, {})[:2], (403, "MissingAuthenticationToken"))
        self.assertEqual(self.ask("GET", "/signatures", {})[:2], (403, "AccessDenied"))
        self.assertEqual(
            self.ask("GET", "/signatures/k?AWSAccessKeyId=A&Expires=9999999999&Signature=x", {})[:2],
            (400, "InvalidRequest"),
        )
        other = self.server.signed("dynamodb", "GET", "/")
        self.assertEqual(self.ask("GET", "/", other)[:2], (400, "InvalidAction"))


if __name__ == "__main__":
    unittest.main()
