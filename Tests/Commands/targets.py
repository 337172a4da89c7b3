"""What the tests of targets share: a served emulator with two accounts, and configurations that lead there."""

import json
import os
import pathlib
import re
import shutil
import signal
import ssl
import subprocess
import tempfile
import time
import unittest
import urllib.request

import botocore.session
from botocore.config import Config

from support import BINARY, REPOSITORY, environment, iamdrill

ACCOUNTS = {"Destination": "210987654321", "Originating": "123456789012"}
TUTORIAL = REPOSITORY / "scenarios" / "cross-account-role.yaml"
TRUST_NOBODY = json.dumps(
    {"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Principal": "*", "Action": "sts:AssumeRole"}}
)

SESSION = botocore.session.Session()

# Who answers, and one thing that is made: enough for what is decided before a run, or about its beginning.
SMALL = """\
scenario: Small
accounts: { Destination: "999999999999", Originating: "111111111111" }
names: { role: Reader, user: Alice }
policies:
  Trust:
    Version: "2012-10-17"
    Statement: { Effect: Allow, Principal: { AWS: "arn:aws:iam::${{ accounts.Originating }}:root" }, Action: sts:AssumeRole }
steps:
  - as: Destination
    call: iam:CreateRole
    with: { RoleName: "${{ names.role }}", AssumeRolePolicyDocument: "${{ policies.Trust }}" }
    save: { arn: //Role/Arn }
  - as: Originating
    call: sts:GetCallerIdentity
    expect: { xpath: { //Account: "${{ accounts.Originating }}" } }
  - as: Originating
    call: sts:AssumeRole
    with: { RoleArn: "${{ arn }}", RoleSessionName: small }
    expect: allowed
"""


class Server:
    """`iamdrill serve`, and how to reach it."""

    def __init__(self, *arguments, accounts=ACCOUNTS.values(), port=0, ca=None):
        self.ca = ca
        self.clients = {}
        self.process = subprocess.Popen(
            [BINARY, "serve", "--port", str(port), "--format", "json", "--accounts", ",".join(accounts), *map(str, arguments)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment(),
        )  # fmt: skip
        line = self.process.stdout.readline()
        if not line:
            raise AssertionError(self.process.communicate()[1])
        self.announced = json.loads(line)
        self.url = self.announced["endpoint"]
        self.port = int(self.url.rsplit(":", 1)[1])
        # Variables with the administrators' keys, by the accounts' names and by their ids.
        self.variables = {}
        names = {identifier: name.upper() for name, identifier in ACCOUNTS.items()}
        for identifier, keys in self.announced["accounts"].items():
            for suffix in {identifier, names.get(identifier, identifier)}:
                self.variables[f"KEY_{suffix}"] = keys["accessKeyId"]
                self.variables[f"SECRET_{suffix}"] = keys["secretAccessKey"]

    def close(self):
        self.process.terminate()
        try:
            self.process.communicate(timeout=20)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.communicate()

    def target(self, name="local", accounts=None, **settings):
        """The lines of a target of kind endpoint."""
        settings = {"kind": "endpoint", "url": self.url, "clock": "server"} | settings
        lines = [f"  {name}:"] + [f"    {key}: {value}" for key, value in settings.items() if value is not None]
        lines.append("    accounts:")
        for account, identifier in (accounts or ACCOUNTS).items():
            lines.append(
                f'      {account}: {{ id: "{identifier}", access_key_id: KEY_{identifier}, '
                f"secret_access_key: SECRET_{identifier} }}"
            )
        return "\n".join(lines) + "\n"

    def client(self, service, account):
        """An administrator's client; each is made once, because that takes longer than what it is asked for."""
        if (service, account) not in self.clients:
            keys = self.announced["accounts"][account]
            self.clients[service, account] = SESSION.create_client(
                service, region_name="us-east-1", endpoint_url=self.url, verify=self.ca,
                aws_access_key_id=keys["accessKeyId"], aws_secret_access_key=keys["secretAccessKey"],
                config=Config(s3={"addressing_style": "path"}, retries={"total_max_attempts": 2}),
            )  # fmt: skip
        return self.clients[service, account]

    def inventory(self):
        """Everything that is in the accounts."""
        found = []
        for account in sorted(self.announced["accounts"]):
            iam, s3 = self.client("iam", account), self.client("s3", account)
            details = iam.get_account_authorization_details()
            details.pop("ResponseMetadata")
            devices = iam.list_virtual_mfa_devices()["VirtualMFADevices"]
            buckets = {
                bucket["Name"]: s3.list_object_versions(Bucket=bucket["Name"]).get("Versions")
                for bucket in s3.list_buckets()["Buckets"]
            }
            found.append((account, details, devices, buckets))
        return json.dumps(found, default=str, sort_keys=True)

    def steer(self, path, body=None, method=None):
        """Asks the server's own interface, below `/_iamdrill/`."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(
            f"{self.url}/_iamdrill/{path}", data, {"Content-Type": "application/json"}, method=method
        )
        # What steers the test is none of what is tested.
        trusting = ssl._create_unverified_context()
        with urllib.request.urlopen(request, timeout=20, context=trusting) as answer:
            return answer.read().decode()


class TargetCase(unittest.TestCase):
    """A folder for the class with a server, and a state folder for each test."""

    server_arguments = ()

    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp())
        cls.addClassCleanup(shutil.rmtree, cls.folder, True)
        cls.server = cls.make_server()
        cls.addClassCleanup(cls.server.close)
        cls.small = cls.folder / "small.yaml"
        cls.small.write_text(SMALL, encoding="utf-8")

    @classmethod
    def make_server(cls):
        return Server(*cls.server_arguments)

    def setUp(self):
        self.state = tempfile.mkdtemp(dir=self.folder)
        self.configuration = pathlib.Path(self.state) / "iamdrill.yaml"
        self.configure(self.server.target())

    def configure(self, *targets):
        self.configuration.write_text("targets:\n" + "".join(targets), encoding="utf-8")

    def variables(self, **further):
        return self.server.variables | {"XDG_STATE_HOME": self.state} | further

    def command(self, *arguments, cwd=REPOSITORY, stdin=None, timeout=120, **further):
        return iamdrill(
            *arguments, "--config", self.configuration, cwd=cwd, stdin=stdin, timeout=timeout, **self.variables(**further)
        )

    def run_small(self, *arguments, **further):
        return self.command("run", "--target", "local", "--yes", self.small, *arguments, **further)

    def sweep(self, *arguments, **further):
        return self.command("sweep", "--target", "local", *arguments, **further)

    def start(self, *arguments, **further):
        """A run in the background."""
        return self.spawn("run", "--target", "local", "--yes", *arguments, **further)

    def spawn(self, *arguments, **further):
        return subprocess.Popen(
            [BINARY, *map(str, arguments), "--config", str(self.configuration)],
            cwd=REPOSITORY, env=environment(**self.variables(**further)), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            text=True,
        )  # fmt: skip

    def assert_said(self, result, code, *texts):
        told = result.stdout + result.stderr
        self.assertEqual(result.returncode, code, told)
        for text in texts:
            self.assertIn(text, told)


def accounts_of(scenario, identifiers=ACCOUNTS.values()):
    """What a target binds for a scenario's accounts: the ids, one after the other."""
    text = scenario.read_text(encoding="utf-8")
    block = text.split("\naccounts:")[1].split("\n\n")[0]
    names = re.findall(r'(\w+): "\d{12}"', block)
    assert len(names) <= len(identifiers), f"{scenario} has more accounts than are served"
    return dict(zip(names, identifiers))


def wait_for_ledger(state, process):
    """Waits until a run has written down that it is about to make something."""
    ledger = os.path.join(state, "iamdrill", "ledger.sqlite-wal")
    while process.poll() is None and not os.path.exists(ledger):
        time.sleep(0.001)
