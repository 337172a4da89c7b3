"""What steers a served emulator, below `/_iamdrill/`."""

import datetime
import http.client
import json
import tempfile
import unittest
import urllib.error
import urllib.request
from unittest import mock

import botocore.exceptions
import serving


class Control(unittest.TestCase):
    def setUp(self):
        self.server = serving.Server()
        self.addCleanup(self.server.stop)
        self.iam = self.server.client("iam")
        self.s3 = self.server.client("s3")
        self.sts = self.server.client("sts")
        # Of whoever presigns.
        self.keys = self.server.keys()

    def code(self, call, **parameters):
        try:
            call(**parameters)
        except botocore.exceptions.ClientError as error:
            return error.response["Error"]["Code"], error.response["ResponseMetadata"]["HTTPStatusCode"]
        except (botocore.exceptions.ConnectionClosedError, botocore.exceptions.HTTPClientError):
            return "reset", 0
        return "ok", 200

    def users(self):
        return [user["UserName"] for user in self.iam.list_users()["Users"]]

    def test_health_and_pages_that_may_not(self):
        status, health = self.server.control("health")
        self.assertEqual((status, health["status"]), (200, "ok"))
        self.assertEqual(sorted(health["accounts"]), sorted(self.server.accounts))
        for headers in (
            {"Origin": "http://example.com"},
            {"Sec-Fetch-Site": "same-origin"},
            {"Host": f"example.com:{self.server.port}"},
            {"Host": "localhost.example.com"},
        ):
            with self.subTest(headers):
                self.assertEqual(self.server.control("reset", "POST", {}, headers)[0], 403)
        self.assertEqual(self.server.control("nothing")[0], 404)
        self.assertEqual(self.server.control("health", "POST", {})[0], 405)
        self.assertEqual(self.server.control("clock", "POST", {"advance": -1})[0], 400)
        self.assertEqual(self.server.control("clock", "POST", [1])[0], 400)

    def test_reset_and_snapshots(self):
        self.iam.create_user(UserName="first")
        self.s3.create_bucket(Bucket="kept")
        status, made = self.server.control("snapshots", "POST", {})
        self.assertEqual(status, 201)
        self.iam.create_user(UserName="second")
        self.s3.put_object(Bucket="kept", Key="k", Body=b"x")
        path = f"snapshots/{made['snapshot']}"
        self.assertEqual(self.server.control(f"{path}/restore", "POST")[0], 200)
        self.assertEqual(self.users(), ["first"])
        self.assertEqual(self.s3.list_objects_v2(Bucket="kept")["KeyCount"], 0)
        self.assertEqual(self.server.control("reset", "POST")[0], 200)
        self.assertEqual(self.users(), [])
        self.assertEqual(self.s3.list_buckets()["Buckets"], [])
        self.assertEqual(self.server.control(path, "DELETE")[0], 204)
        self.assertEqual(self.server.control(f"{path}/restore", "POST")[0], 404)

    def test_clock(self):
        self.iam.create_role(
            RoleName="r",
            AssumeRolePolicyDocument=json.dumps(
                {"Version": "2012-10-17", "Statement": {"Effect": "Allow", "Action": "sts:AssumeRole",
                                                        "Principal": {"AWS": serving.ORIGINATING}}}
            ),
        )
        session = self.sts.assume_role(RoleArn=f"arn:aws:iam::{serving.ORIGINATING}:role/r", RoleSessionName="ss")
        sts = self.server.client("sts", serving.keys(session["Credentials"]))
        self.assertEqual(self.code(sts.get_caller_identity), ("ok", 200))
        self.server.control("clock", "POST", {"advance": 3500})
        self.assertEqual(self.code(sts.get_caller_identity), ("ok", 200))
        self.server.control("clock", "POST", {"advance": 101})
        self.assertEqual(self.code(sts.get_caller_identity), ("ExpiredToken", 403))

    def test_decisions(self):
        self.server.control("decisions", "DELETE")
        self.iam.create_user(UserName="jane")
        jane = serving.keys(self.iam.create_access_key(UserName="jane")["AccessKey"])
        self.iam.put_user_policy(
            UserName="jane", PolicyName="no",
            PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [
                {"Sid": "Yes", "Effect": "Allow", "Action": "*", "Resource": "*"},
                {"Sid": "No", "Effect": "Deny", "Action": "iam:ListUsers", "Resource": "*"}]}),
        )
        self.assertEqual(self.code(self.server.client("iam", jane).list_users), ("AccessDenied", 403))
        lines = [json.loads(line) for line in self.server.control("decisions")[1].splitlines()]
        self.assertEqual([line["operation"] for line in lines][-2:], ["iam:PutUserPolicy", "iam:ListUsers"])
        last = lines[-1]
        self.assertEqual(last["caller"], f"arn:aws:iam::{serving.ORIGINATING}:user/jane")
        self.assertEqual((last["decision"], last["decidedBy"]), ("explicitDeny", "identity-policy"))
        self.assertEqual(last["statements"], [{"policy": "no", "index": 1, "sid": "No"}])
        self.assertEqual(last["action"], "iam:ListUsers")

    def test_decisions_about_signatures(self):
        """A request whose signature is refused is in the log too, by what it names."""
        self.s3.create_bucket(Bucket="signed")
        self.server.control("decisions", "DELETE")
        liar = {**self.server.keys(), "aws_secret_access_key": "x"}
        stranger = {"aws_access_key_id": "AKIAIOSFODNN7EXAMPLE", "aws_secret_access_key": "x"}
        self.assertEqual(self.code(self.server.client("iam", liar).list_users), ("SignatureDoesNotMatch", 403))
        self.assertEqual(
            self.code(self.server.client("s3", stranger).put_object, Bucket="signed", Key="k", Body=b"x" * 300_000),
            ("InvalidAccessKeyId", 403),
        )
        for headers in ({}, {"Authorization": "AWS4-HMAC-SHA256 odd"}):
            connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=20)
            connection.request("GET", "/?Action=GetCallerIdentity&Version=2011-06-15", headers=headers)
            connection.getresponse().read()
            connection.close()
        lines = [json.loads(line) for line in self.server.control("decisions")[1].splitlines()]
        self.assertEqual(
            [(line["operation"], line["accessKeyId"], line["error"]) for line in lines],
            [
                ("iam:ListUsers", liar["aws_access_key_id"], "SignatureDoesNotMatch"),
                ("s3:PutObject", stranger["aws_access_key_id"], "InvalidAccessKeyId"),
                ("sts:GetCallerIdentity", None, "MissingAuthenticationToken"),
                ("sts:GetCallerIdentity", None, "IncompleteSignature"),
            ],
        )
        for line in lines:
            self.assertEqual((line["decision"], line["caller"], line["account"]), ("notAuthenticated", None, None))
            self.assertTrue(line["requestId"])

    def link(self, seconds, ahead=0):
        signer = self.server.client("s3", endpoint=self.s3.meta.endpoint_url, keys=self.keys, signature_version="s3v4")
        moment = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=ahead)
        with mock.patch("botocore.auth.get_current_datetime", lambda *_, **__: moment.replace(tzinfo=None)):
            return signer.generate_presigned_url("get_object", {"Bucket": "links", "Key": "k"}, ExpiresIn=seconds)

    def follow(self, link):
        try:
            with urllib.request.urlopen(link, timeout=20) as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode().partition("<Message>")[2].partition("</Message>")[0]

    def test_links_age_by_the_emulators_clock(self):
        """A link is dated by the machine's time; when only the emulator's clock is moved, it ages all the same."""
        self.s3.create_bucket(Bucket="links")
        self.s3.put_object(Bucket="links", Key="k", Body=b"x")
        short, long = self.link(600), self.link(7200)
        self.assertEqual((self.follow(short), self.follow(long)), (200, 200))
        self.server.control("clock", "POST", {"advance": 590})
        self.assertEqual(self.follow(short), 200)
        self.server.control("clock", "POST", {"advance": 3010})
        self.assertEqual(self.follow(short), (403, "Request has expired"))
        self.assertEqual(self.follow(long), 200)
        # One made now is as old as it is, however far the clock is ahead of the machine's.
        fresh = self.link(600)
        self.assertEqual(self.follow(fresh), 200)
        self.server.control("clock", "POST", {"advance": 601})
        self.assertEqual(self.follow(fresh), (403, "Request has expired"))
        self.assertEqual(self.follow(long), 200)
        self.server.control("clock", "POST", {"advance": 3600})
        self.assertEqual(self.follow(long), (403, "Request has expired"))
        # Signatures in headers are of this moment, and do not age.
        self.assertEqual(self.code(self.s3.get_object, Bucket="links", Key="k"), ("ok", 200))

    def test_links_age_while_the_server_is_away(self):
        with tempfile.TemporaryDirectory() as folder:
            options = ("--data", f"{folder}/data")
            with serving.Server(*options) as server:
                self.s3, self.keys = server.client("s3"), server.keys()
                self.s3.create_bucket(Bucket="links")
                self.s3.put_object(Bucket="links", Key="k", Body=b"x")
                before = self.link(600)
                server.control("clock", "POST", {"advance": 601})
                behind = self.link(600)
            with serving.Server(*options) as server:
                for link, expected in ((before, (403, "Request has expired")), (behind, 200)):
                    moved = f"{server.endpoint}/{link.split('/', 3)[3]}"
                    # The signature covers the host with its port, which the system chose anew.
                    request = urllib.request.Request(moved, headers={"Host": link.split("/")[2]})
                    self.assertEqual(self.follow(request), expected)

    def test_a_clock_that_stands_still(self):
        with serving.Server("--clock", "2026-01-31T12:00:00Z") as server:
            self.s3, self.keys = server.client("s3"), server.keys()
            self.s3.create_bucket(Bucket="links")
            self.s3.put_object(Bucket="links", Key="k", Body=b"x")
            link = self.link(600)
            self.assertEqual(self.follow(link), 200)
            server.control("clock", "POST", {"advance": 601})
            self.assertEqual(self.follow(link), (403, "Request has expired"))

    def test_a_link_that_was_dated_by_a_clock_ahead(self):
        with serving.Server() as server:
            server.control("clock", "POST", {"advance": 86_400})
            self.s3, self.keys = server.client("s3"), server.keys()
            self.s3.create_bucket(Bucket="links")
            self.s3.put_object(Bucket="links", Key="k", Body=b"x")
            link = self.link(600, ahead=86_400)
            self.assertEqual(self.follow(link), 200)
            server.control("clock", "POST", {"advance": 700})
            self.assertEqual(self.follow(link), (403, "Request has expired"))

    def test_faults(self):
        self.s3.create_bucket(Bucket="faulty")
        add = lambda **fault: self.assertEqual(self.server.control("faults", "POST", fault)[0], 200)
        add(operation="iam:ListUsers", fault="throttling", count=1)
        self.assertEqual(self.code(self.iam.list_users), ("Throttling", 400))
        self.assertEqual(self.code(self.iam.list_users), ("ok", 200))
        add(operation="iam:*", fault="internal-error", count=1)
        self.assertEqual(self.code(self.iam.list_roles)[1], 500)
        add(operation="s3:PutObject", fault="unavailable", count=1)
        self.assertEqual(self.code(self.s3.put_object, Bucket="faulty", Key="k", Body=b"x"), ("SlowDown", 503))
        add(operation="s3:PutObject", fault="connection-reset", count=1)
        self.assertEqual(self.code(self.s3.put_object, Bucket="faulty", Key="k", Body=b"x"), ("reset", 0))
        self.assertEqual(self.s3.list_objects_v2(Bucket="faulty")["KeyCount"], 0)
        add(operation="s3:PutObject", fault="connection-reset", when="after", count=1)
        self.assertEqual(self.code(self.s3.put_object, Bucket="faulty", Key="k", Body=b"x"), ("reset", 0))
        self.assertEqual(self.s3.list_objects_v2(Bucket="faulty")["KeyCount"], 1)
        # SDKs try again.
        patient = self.server.client("s3", retries={"max_attempts": 3, "mode": "standard"})
        add(operation="*", fault="unavailable", count=2)
        self.assertEqual(self.code(patient.list_buckets), ("ok", 200))
        self.assertEqual(self.server.control("faults")[1]["faults"], [])
        self.assertEqual(self.server.control("faults", "POST", {"operation": "*", "fault": "flood"})[0], 400)

    def test_propagation(self):
        self.iam.create_user(UserName="late")
        self.assertEqual(self.server.control("propagation", "POST", {"delay": 60})[0], 200)
        late = serving.keys(self.iam.create_access_key(UserName="late")["AccessKey"])
        self.assertEqual(len(self.iam.list_access_keys(UserName="late")["AccessKeyMetadata"]), 1)
        client = self.server.client("sts", late)
        self.assertEqual(self.code(client.get_caller_identity), ("InvalidClientTokenId", 403))
        self.server.control("clock", "POST", {"advance": 61})
        self.assertEqual(self.code(client.get_caller_identity), ("ok", 200))
        self.iam.put_user_policy(
            UserName="late", PolicyName="p",
            PolicyDocument='{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"iam:ListUsers","Resource":"*"}}',
        )
        client = self.server.client("iam", late)
        self.assertEqual(self.code(client.list_users), ("AccessDenied", 403))
        self.server.control("clock", "POST", {"advance": 61})
        self.assertEqual(self.code(client.list_users), ("ok", 200))
        self.iam.delete_user_policy(UserName="late", PolicyName="p")
        self.assertEqual(self.code(client.list_users), ("ok", 200))
        self.assertEqual(self.server.control("propagation", "POST", {"delay": 0})[0], 200)
        self.assertEqual(self.code(client.list_users), ("AccessDenied", 403))

    def test_decision_lines(self):
        server = serving.Server("--log", "decisions")
        server.client("iam").list_users()
        server.process.terminate()
        server.process.wait(timeout=60)
        lines = server.complaint().splitlines()
        server.stop()
        self.assertEqual([json.loads(line)["operation"] for line in lines], ["iam:ListUsers"])

    def test_scenario_first(self):
        scenario = serving.REPOSITORY / "scenarios" / "cross-account-role.yaml"
        with serving.Server("--scenario", scenario) as server:
            iam = server.client("iam", server.keys(serving.DESTINATION))
            self.assertIn("UpdateData", [role["RoleName"] for role in iam.list_roles()["Roles"]])
            # The scenario has moved the clock; whoever signs by the machine's is still let in.
            self.assertEqual(self.code(server.client("sts").get_caller_identity), ("ok", 200))


if __name__ == "__main__":
    unittest.main()
