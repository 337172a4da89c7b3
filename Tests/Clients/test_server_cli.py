"""The AWS CLI against `iamdrill serve`: the tutorial of roles across accounts, and what people do with buckets."""

import json
import os
import pathlib
import subprocess
import tempfile
import unittest
import urllib.request

import serving

BUCKET = "amzn-s3-demo-bucket-shared-container"


class CommandLine(unittest.TestCase):
    def setUp(self):
        self.server = serving.Server()
        self.addCleanup(self.server.stop)
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.configuration = str(self.folder / "config")
        (self.folder / "config").write_text("[default]\ns3 =\n  signature_version = s3v4\n", encoding="utf-8")
        self.administrators = {account: self.server.keys(account) for account in self.server.accounts}

    def aws(self, *words, keys=None, fails=False):
        """Runs a command: what it prints, as JSON where it is; of one that is to fail what it complains."""
        result = subprocess.run(
            [serving.REPOSITORY / ".venv/bin/python", "-m", "awscli", *words],
            # This release of the CLI presigns by a scheme that S3 gave up, unless it is told otherwise.
            env={**self.server.environment(keys), "AWS_CONFIG_FILE": self.configuration},
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=120,
        )
        self.assertEqual(result.returncode != 0, fails, f"aws {' '.join(words)}: {result.stderr}")
        if fails:
            return result.stderr
        return json.loads(result.stdout) if result.stdout.startswith("{") else result.stdout

    def write(self, name, document):
        (self.folder / name).write_text(json.dumps(document), encoding="utf-8")
        return f"file://{name}"

    def statement(self, **parts):
        return {"Version": "2012-10-17", "Statement": {"Effect": "Allow", **parts}}

    def user(self, name, keys, *policies):
        self.aws("iam", "create-user", "--user-name", name, keys=keys)
        for number, policy in enumerate(policies):
            self.aws(
                "iam", "put-user-policy", "--user-name", name, "--policy-name", f"p{number}",
                "--policy-document", self.write("policy.json", policy), keys=keys,
            )
        answer = self.aws("iam", "create-access-key", "--user-name", name, keys=keys)
        return serving.keys(answer["AccessKey"])

    def test_the_tutorial(self):
        destination, originating = (
            self.administrators[account] for account in (serving.DESTINATION, serving.ORIGINATING)
        )
        self.aws("s3", "mb", f"s3://{BUCKET}", keys=destination)
        trust = self.statement(Principal={"AWS": f"arn:aws:iam::{serving.ORIGINATING}:root"}, Action="sts:AssumeRole")
        role = self.aws(
            "iam", "create-role", "--role-name", "UpdateData",
            "--assume-role-policy-document", self.write("trust.json", trust), keys=destination,
        )["Role"]["Arn"]
        policy = {
            "Version": "2012-10-17",
            "Statement": [
                {"Effect": "Allow", "Action": "s3:ListAllMyBuckets", "Resource": "*"},
                {"Effect": "Allow", "Action": ["s3:ListBucket", "s3:GetBucketLocation"], "Resource": f"arn:aws:s3:::{BUCKET}"},
                {"Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject", "s3:DeleteObject"],
                 "Resource": f"arn:aws:s3:::{BUCKET}/*"},
            ],
        }
        arn = self.aws(
            "iam", "create-policy", "--policy-name", "read-write-app-bucket",
            "--policy-document", self.write("bucket.json", policy), keys=destination,
        )["Policy"]["Arn"]
        self.aws("iam", "attach-role-policy", "--role-name", "UpdateData", "--policy-arn", arn, keys=destination)

        david = self.user("David", originating, self.statement(Action="sts:AssumeRole", Resource=role))
        jane = self.user(
            "Jane", originating,
            {"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Action": "sts:AssumeRole", "Resource": role}},
        )
        assume = ("sts", "assume-role", "--role-arn", role, "--role-session-name")
        self.assertIn("AccessDenied", self.aws(*assume, "Jane", keys=jane, fails=True))
        self.assertIn("AccessDenied", self.aws("s3", "ls", f"s3://{BUCKET}", keys=david, fails=True))
        session = serving.keys(self.aws(*assume, "David-ProdUpdate", keys=david)["Credentials"])
        identity = self.aws("sts", "get-caller-identity", keys=session)
        self.assertEqual(identity["Arn"], f"arn:aws:sts::{serving.DESTINATION}:assumed-role/UpdateData/David-ProdUpdate")
        (self.folder / "data.txt").write_text("updated", encoding="utf-8")
        self.aws("s3", "cp", "data.txt", f"s3://{BUCKET}/data.txt", keys=session)
        self.assertIn("data.txt", self.aws("s3", "ls", f"s3://{BUCKET}", keys=session))
        self.assertIn(BUCKET, self.aws("s3", "ls", keys=session))
        self.assertIn("AccessDenied", self.aws("iam", "list-users", keys=session, fails=True))
        damaged = {**session, "aws_session_token": session["aws_session_token"][:-2] + "xx"}
        self.assertIn("InvalidClientTokenId", self.aws("sts", "get-caller-identity", keys=damaged, fails=True))
        self.server.control("clock", "POST", {"advance": 3601})
        self.assertIn("ExpiredToken", self.aws("s3", "ls", f"s3://{BUCKET}", keys=session, fails=True))

    def test_files(self):
        large = os.urandom(9 << 20)
        (self.folder / "large").write_bytes(large)
        self.aws("s3", "mb", "s3://files")
        self.aws("s3", "cp", "large", "s3://files/a/large", "--no-progress")
        self.aws("s3", "cp", "s3://files/a/large", "back", "--no-progress")
        self.assertEqual((self.folder / "back").read_bytes(), large)
        names = ["one", "two with space", "drei/ä+&.txt"]
        for name in names:
            path = self.folder / "tree" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(name, encoding="utf-8")
            # S3 tells times in whole seconds, so what was written a moment before its upload would look newer than its object.
            os.utime(path, (1_700_000_000, 1_700_000_000))
        self.assertEqual(self.aws("s3", "sync", "tree", "s3://files/tree", "--no-progress").count("upload:"), 3)
        self.assertEqual(self.aws("s3", "sync", "tree", "s3://files/tree", "--no-progress"), "")
        self.aws("s3", "sync", "s3://files/tree", "again", "--no-progress")
        for name in names:
            self.assertEqual((self.folder / "again" / name).read_text(encoding="utf-8"), name)
        listing = self.aws("s3", "ls", "s3://files", "--recursive", "--summarize")
        self.assertIn("Total Objects: 4", listing)
        url = self.aws("s3", "presign", "s3://files/a/large", "--expires-in", "60").strip()
        with urllib.request.urlopen(url, timeout=60) as answer:
            self.assertEqual(answer.read(), large)
        self.aws("s3", "rm", "s3://files/a/large")
        self.assertIn("BucketNotEmpty", self.aws("s3", "rb", "s3://files", fails=True))
        self.aws("s3", "rb", "--force", "s3://files")
        self.assertEqual(self.aws("s3", "ls"), "")


if __name__ == "__main__":
    unittest.main()
