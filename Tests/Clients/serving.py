"""A served emulator for the tests of this folder: `iamdrill serve` of the debug build, on a port of its own."""

import hashlib
import http.client
import json
import os
import pathlib
import signal
import socket
import subprocess
import tempfile
import urllib.request
import xml.etree.ElementTree as ElementTree

import boto3
from botocore.auth import S3SigV4Auth, SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.credentials import Credentials
from botocore.exceptions import ClientError

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
# `make sanitize` has other builds tested.
BINARY = pathlib.Path(os.environ.get("IAMDRILL_BINARY", REPOSITORY / ".build" / "debug" / "iamdrill"))
REGION = "us-east-1"
DESTINATION, ORIGINATING = "999999999999", "111111111111"


class Server:
    """The process, ended with the block."""

    def __init__(self, *options, accounts=(ORIGINATING, DESTINATION)):
        named = ("--accounts", ",".join(accounts)) if accounts else ()
        # No pipe: what nobody reads meanwhile, a sanitizer's report for instance, would stop the process when it is full.
        self.complaints = tempfile.TemporaryFile("w+")
        self.process = subprocess.Popen(
            [BINARY, "serve", "--port", "0", "--format", "json", *named, *options],
            stdout=subprocess.PIPE,
            stderr=self.complaints,
            text=True,
        )
        line = self.process.stdout.readline()
        if not line:
            self.process.wait(timeout=60)
            raise RuntimeError(f"iamdrill serve did not start: {self.complaint()}")
        announced = json.loads(line)
        self.endpoint = announced["endpoint"]
        self.accounts = announced["accounts"]
        self.port = int(self.endpoint.rsplit(":", 1)[1])

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()

    def stop(self, number=signal.SIGTERM):
        """Ends the process. Unless it is killed it must end well: a sanitizer's findings make it end otherwise."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        code = self.process.wait(timeout=60)
        if not self.complaints.closed:
            complaint = self.complaint()
            self.process.stdout.close()
            self.complaints.close()
            if code not in (0, -signal.SIGKILL):
                raise AssertionError(f"iamdrill serve ended with {code}: {complaint}")
        return code

    def complaint(self):
        """What the process has printed on standard error so far."""
        self.complaints.seek(0)
        return self.complaints.read()

    def keys(self, account=ORIGINATING):
        keys = self.accounts[account]
        return {"aws_access_key_id": keys["accessKeyId"], "aws_secret_access_key": keys["secretAccessKey"]}

    def client(self, service, keys=None, region=REGION, endpoint=None, verify=None, **config):
        config.setdefault("retries", {"max_attempts": 0})
        config.setdefault("s3", {"addressing_style": "path"})
        return boto3.client(
            service,
            endpoint_url=endpoint or self.endpoint,
            region_name=region,
            config=Config(**config),
            verify=verify,
            **(keys or self.keys()),
        )

    def environment(self, keys=None):
        """What the AWS CLI needs to be told, and nothing of the user's own configuration."""
        keys = keys or self.keys()
        return {
            "PATH": f"{REPOSITORY}/.venv/bin:/usr/bin:/bin",
            "HOME": "/nonexistent",
            "AWS_ENDPOINT_URL": self.endpoint,
            "AWS_DEFAULT_REGION": REGION,
            "AWS_ACCESS_KEY_ID": keys["aws_access_key_id"],
            "AWS_SECRET_ACCESS_KEY": keys["aws_secret_access_key"],
            "AWS_SESSION_TOKEN": keys.get("aws_session_token", ""),
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_MAX_ATTEMPTS": "1",
        }

    def signed(self, service, method, target, payload=None, headers=None, keys=None):
        """The header fields of a signed request; for S3 with what it announces of its body, by default no hash."""
        keys = keys or self.keys()
        credentials = Credentials(keys["aws_access_key_id"], keys["aws_secret_access_key"], keys.get("aws_session_token"))
        request = AWSRequest(method, self.endpoint + target, data=b"", headers=headers or {})
        signer = (S3SigV4Auth if service == "s3" else SigV4Auth)(credentials, service, REGION)
        if service == "s3":
            signer.payload = lambda _: payload or "UNSIGNED-PAYLOAD"
        signer.add_auth(request)
        return dict(request.headers.items())

    def ask_signed(self, service, method, target, headers=None, body=b"", keys=None):
        """A signed request that botocore would not make."""
        payload = hashlib.sha256(body).hexdigest()
        return self.ask(method, target, self.signed(service, method, target, payload, headers, keys), body)

    def ask(self, method, target, headers, body=b""):
        """A request as it is given; an answer that is an error is raised as botocore raises it."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request(method, target, body, headers)
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        if answer.status < 300:
            return content
        root = ElementTree.fromstring(content)
        # The query services put it into an envelope.
        error = next((child for child in root if child.tag.endswith("}Error")), root)
        members = {child.tag.rpartition("}")[2]: child.text or "" for child in error}
        for name in ("RequestId", "HostId"):
            members.pop(name, None)
        raise ClientError({"Error": members, "ResponseMetadata": {"HTTPStatusCode": answer.status}}, method)

    def connect(self, timeout=10):
        return socket.create_connection(("127.0.0.1", self.port), timeout=timeout)

    def control(self, path, method="GET", body=None, headers=None):
        """A request below `/_iamdrill/`: the status, and what the JSON says."""
        request = urllib.request.Request(
            f"{self.endpoint}/_iamdrill/{path}",
            method=method,
            data=None if body is None else json.dumps(body).encode(),
            headers=headers or {},
        )
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                status, content = answer.status, answer.read()
        except urllib.error.HTTPError as error:
            with error:
                status, content = error.code, error.read()
        return status, json.loads(content) if content.count(b"\n") == 1 else content.decode()

    def resident(self):
        """The resident memory of the process in MiB."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text(encoding="utf-8")
        return int(status.split("VmRSS:")[1].split()[0]) / 1024


def keys(credentials):
    """The `Credentials` of an answer of STS, or the `AccessKey` of IAM's, as a client takes them."""
    result = {
        "aws_access_key_id": credentials["AccessKeyId"],
        "aws_secret_access_key": credentials["SecretAccessKey"],
    }
    if "SessionToken" in credentials:
        result["aws_session_token"] = credentials["SessionToken"]
    return result
