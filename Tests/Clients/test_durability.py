"""What `iamdrill serve --data` has answered is there after a kill, and nothing that is half written.

IAMDRILL_CRASHES=100 kills more often than a run of all tests has time for (two and a half minutes on two shared cores).
"""

import collections
import hashlib
import os
import pathlib
import random
import signal
import subprocess
import tempfile
import threading
import time
import unittest

from botocore.exceptions import BotoCoreError, ClientError

from serving import BINARY, ORIGINATING, Server

CRASHES = int(os.environ.get("IAMDRILL_CRASHES", "8"))
CLIENTS = 4
MISSING = "missing"


def body(name, size):
    """Bytes that tell their name and their end, so that a mix of two, or a part of one, is neither."""
    block = hashlib.sha256(name.encode()).digest()
    return (block * (size // len(block) + 1))[:size]


class Unanswered(Exception):
    """The connection was cut before an answer came."""


class Writer:
    """A client that writes below names of its own, and knows what it was answered."""

    SIZES = (0, 700, 32768, 32769, 300_000)

    def __init__(self, number):
        self.number = number
        self.random = random.Random(number)
        # By what is there: the values it may have. More than one only where the answer to a write never came.
        self.known = collections.defaultdict(lambda: {MISSING})
        self.answered = 0

    def run(self, server, stopped):
        self.s3, self.iam, self.sts = (server.client(service) for service in ("s3", "iam", "sts"))
        while not stopped.is_set():
            action = self.random.choice([self.put, self.put, self.delete, self.copy, self.parts, self.user, self.unuser])
            action()
            self.answered += 1

    def change(self, place, value, call):
        former = self.known[place]
        self.known[place] = former | {value}
        result = call()
        # Where an earlier answer came in place of `100 Continue`, botocore takes its status for that of the next request on
        # the connection, when that is cut before anything came: an answer without any header is none.
        if not result["ResponseMetadata"]["HTTPHeaders"]:
            raise Unanswered
        self.known[place] = {value}
        return result

    def key(self):
        return f"{self.number}/{self.random.randrange(12)}"

    def put(self):
        key, name = self.key(), f"{self.random.random()}"
        size = self.random.choice(self.SIZES)
        content = body(name, size)
        self.change(
            ("object", key),
            hashlib.sha256(content).hexdigest(),
            lambda: self.s3.put_object(Bucket="box", Key=key, Body=content, Metadata={"size": str(size)}),
        )

    def delete(self):
        key = self.key()
        self.change(("object", key), MISSING, lambda: self.s3.delete_object(Bucket="box", Key=key))

    def copy(self):
        source = next((p for p, v in self.known.items() if p[0] == "object" and len(v) == 1 and v != {MISSING}), None)
        key = self.key()
        if source is None or source[1] == key:
            return
        (value,) = self.known[source]
        self.change(
            ("object", key),
            value,
            lambda: self.s3.copy_object(Bucket="box", Key=key, CopySource=f"box/{source[1]}"),
        )

    def parts(self):
        key = self.key()
        content = body(f"{self.random.random()}", 50_000)
        upload = self.s3.create_multipart_upload(Bucket="box", Key=key)["UploadId"]
        part = self.s3.upload_part(Bucket="box", Key=key, UploadId=upload, PartNumber=1, Body=content)
        self.change(
            ("object", key),
            hashlib.sha256(content).hexdigest(),
            lambda: self.s3.complete_multipart_upload(
                Bucket="box",
                Key=key,
                UploadId=upload,
                MultipartUpload={"Parts": [{"PartNumber": 1, "ETag": part["ETag"]}]},
            ),
        )

    def user(self):
        name = f"user-{self.number}-{self.random.randrange(6)}"
        if MISSING in self.known["user", name]:
            try:
                self.change(("user", name), "there", lambda: self.iam.create_user(UserName=name))
            except self.iam.exceptions.EntityAlreadyExistsException:
                self.known["user", name] = {"there"}

    def unuser(self):
        name = f"user-{self.number}-{self.random.randrange(6)}"
        if "there" in self.known["user", name]:
            try:
                self.change(("user", name), MISSING, lambda: self.iam.delete_user(UserName=name))
            except self.iam.exceptions.NoSuchEntityException:
                self.known["user", name] = {MISSING}


class CrashTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory(prefix="iamdrill-test-")
        self.addCleanup(self.folder.cleanup)
        self.data = pathlib.Path(self.folder.name) / "data"

    def server(self):
        return Server("--data", str(self.data), accounts=(ORIGINATING,))

    def test_a_kill_loses_nothing_that_was_answered(self):
        writers = [Writer(number) for number in range(CLIENTS)]
        chance = random.Random(7)
        with self.server() as server:
            server.client("s3").create_bucket(Bucket="box")
            keys = server.keys()
        for _ in range(CRASHES):
            server = self.server()
            self.assertEqual(server.keys(), keys, "the administrator's keys are kept")
            self.check(server, writers)
            self.crash(server, writers, after=chance.uniform(0.05, 0.4))
        with self.server() as server:
            self.check(server, writers)
            self.empty(server)
        # What was there when a server started stays on the disk until it ends, because a reset brings it back.
        with self.server():
            self.assertEqual(list((self.data / "objects").iterdir()), [], "files are left that nothing refers to")
        self.assertGreater(sum(writer.answered for writer in writers), CRASHES * CLIENTS)

    def crash(self, server, writers, after):
        stopped = threading.Event()
        failures = []

        def run(writer):
            try:
                writer.run(server, stopped)
            except (BotoCoreError, Unanswered):
                pass  # The server is gone.
            except Exception as error:  # pylint: disable=broad-except
                failures.append(error)

        threads = [threading.Thread(target=run, args=(writer,)) for writer in writers]
        for thread in threads:
            thread.start()
        deadline = time.monotonic() + 20
        target = sum(writer.answered for writer in writers) + 2 * len(writers)
        while sum(writer.answered for writer in writers) < target and time.monotonic() < deadline:
            time.sleep(0.01)
        time.sleep(after)
        server.stop(signal.SIGKILL)
        stopped.set()
        for thread in threads:
            thread.join(30)
        self.assertEqual(failures, [])

    def check(self, server, writers):
        s3, iam = server.client("s3"), server.client("iam")
        pages = s3.get_paginator("list_objects_v2").paginate(Bucket="box", PaginationConfig={"PageSize": 7})
        listed = {item["Key"]: item["Size"] for page in pages for item in page.get("Contents", [])}
        users = {user["UserName"] for page in iam.get_paginator("list_users").paginate() for user in page["Users"]}
        for writer in writers:
            for place, values in list(writer.known.items()):
                kind, name = place
                if kind == "user":
                    found = "there" if name in users else MISSING
                elif name in listed:
                    content = s3.get_object(Bucket="box", Key=name)["Body"].read()
                    self.assertEqual(len(content), listed[name])
                    found = hashlib.sha256(content).hexdigest()
                else:
                    found = MISSING
                self.assertIn(found, values, f"{place} is not what was answered")
                writer.known[place] = {found}
        known = {name for writer in writers for (kind, name), value in writer.known.items() if kind == "object"}
        self.assertLessEqual(set(listed), known, "there is an object that nobody wrote")

    def empty(self, server):
        s3 = server.client("s3")
        for upload in s3.list_multipart_uploads(Bucket="box").get("Uploads", []):
            s3.abort_multipart_upload(Bucket="box", Key=upload["Key"], UploadId=upload["UploadId"])
        for item in s3.list_objects_v2(Bucket="box").get("Contents", []):
            s3.delete_object(Bucket="box", Key=item["Key"])

    def test_credentials_and_the_last_use_survive(self):
        with self.server() as server:
            iam = server.client("iam")
            iam.create_user(UserName="ann")
            key = iam.create_access_key(UserName="ann")["AccessKey"]
            keys = {"aws_access_key_id": key["AccessKeyId"], "aws_secret_access_key": key["SecretAccessKey"]}
            server.client("sts", keys).get_caller_identity()
            used = iam.get_access_key_last_used(AccessKeyId=key["AccessKeyId"])["AccessKeyLastUsed"]
            session = server.client("sts", keys).get_session_token()["Credentials"]
            server.stop(signal.SIGKILL)
        with self.server() as server:
            iam = server.client("iam")
            self.assertEqual(
                iam.get_access_key_last_used(AccessKeyId=key["AccessKeyId"])["AccessKeyLastUsed"], used
            )
            keys = {
                "aws_access_key_id": session["AccessKeyId"],
                "aws_secret_access_key": session["SecretAccessKey"],
                "aws_session_token": session["SessionToken"],
            }
            self.assertTrue(server.client("sts", keys).get_caller_identity()["Arn"].endswith(":user/ann"))

    def test_a_second_server_is_refused(self):
        with self.server() as server:
            second = subprocess.run(
                [BINARY, "serve", "--port", "0", "--data", str(self.data)], capture_output=True, text=True, timeout=20
            )
            self.assertEqual(second.returncode, 3)
            self.assertIn(f"in use by another iamdrill (process {server.process.pid})", second.stderr)


@unittest.skipUnless(os.geteuid() == 0, "only root may mount a small disk")
class FullDiskTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.mkdtemp(prefix="iamdrill-full-")
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", self.folder], capture_output=True, text=True
        )
        if mounted.returncode:
            os.rmdir(self.folder)
            self.skipTest(f"mount is not allowed here: {mounted.stderr.strip()}")
        self.addCleanup(lambda: (subprocess.run(["umount", self.folder], check=True), os.rmdir(self.folder)))

    def test_a_full_disk_is_an_error_and_loses_nothing(self):
        data = self.folder + "/data"
        kept = {}
        with Server("--data", data, accounts=(ORIGINATING,)) as server:
            s3 = server.client("s3")
            s3.create_bucket(Bucket="box")
            refused = 0
            for number in range(400):
                key, content = f"{number:03}", body(str(number), 20_000 if number % 2 else 200_000)
                try:
                    s3.put_object(Bucket="box", Key=key, Body=content)
                    kept[key] = content
                except ClientError as error:
                    self.assertEqual(error.response["Error"]["Code"], "InternalError")
                    self.assertEqual(error.response["ResponseMetadata"]["HTTPStatusCode"], 500)
                    refused += 1
                    if refused == 20:
                        break
            self.assertEqual(refused, 20)
            self.assertEqual(self.contents(s3), kept)
            # Where there is room again, writing goes on.
            large = [key for key in kept if len(kept[key]) == 200_000][:4]
            for key in large:
                s3.delete_object(Bucket="box", Key=key)
                del kept[key]
            s3.put_object(Bucket="box", Key="after", Body=b"after")
            kept["after"] = b"after"
            server.stop(signal.SIGKILL)
        with Server("--data", data, accounts=(ORIGINATING,)) as server:
            self.assertEqual(self.contents(server.client("s3")), kept)

    def contents(self, s3):
        pages = s3.get_paginator("list_objects_v2").paginate(Bucket="box")
        keys = [item["Key"] for page in pages for item in page.get("Contents", [])]
        return {key: s3.get_object(Bucket="box", Key=key)["Body"].read() for key in keys}


if __name__ == "__main__":
    unittest.main()
