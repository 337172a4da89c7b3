"""Scenarios on accounts that outlive them: `iamdrill serve` over HTTP, killed runs, sweeps, recordings, secrets."""

import base64
import json
import os
import random
import shutil
import signal
import subprocess
import tempfile
import time
import unittest
import urllib.parse

import botocore.session
from botocore.config import Config

from support import BINARY, REPOSITORY, environment, iamdrill

ACCOUNTS = {"Destination": "210987654321", "Originating": "123456789012"}
TUTORIAL = REPOSITORY / "scenarios" / "cross-account-role.yaml"
# How many runs are killed at a random moment; `IAMDRILL_KILLS=500` is what is done before a release.
KILLS = int(os.environ.get("IAMDRILL_KILLS", "6"))


class Server:
    """A served emulator, and a target for it."""

    def __init__(self, folder):
        self.process = subprocess.Popen(
            [BINARY, "serve", "--port", "0", "--format", "json", "--accounts", ",".join(ACCOUNTS.values())],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment(),
        )  # fmt: skip
        self.announced = json.loads(self.process.stdout.readline())
        self.url = self.announced["endpoint"]
        self.variables = {}
        lines = ["targets:", "  local:", "    kind: endpoint", f"    url: {self.url}", "    clock: server", "    accounts:"]
        for name, identifier in ACCOUNTS.items():
            keys = self.announced["accounts"][identifier]
            self.variables[f"KEY_{name.upper()}"] = keys["accessKeyId"]
            self.variables[f"SECRET_{name.upper()}"] = keys["secretAccessKey"]
            lines.append(
                f'      {name}: {{ id: "{identifier}", access_key_id: KEY_{name.upper()}, '
                f"secret_access_key: SECRET_{name.upper()} }}"
            )
        self.configuration = os.path.join(folder, "iamdrill.yaml")
        with open(self.configuration, "w", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")

    def close(self):
        self.process.terminate()
        self.process.communicate(timeout=20)

    def client(self, service, account):
        keys = self.announced["accounts"][account]
        return botocore.session.Session().create_client(
            service, region_name="us-east-1", endpoint_url=self.url, aws_access_key_id=keys["accessKeyId"],
            aws_secret_access_key=keys["secretAccessKey"],
            config=Config(s3={"addressing_style": "path"}, retries={"total_max_attempts": 1}),
        )  # fmt: skip

    def inventory(self):
        """Everything that is in the accounts."""
        found = []
        for account in sorted(ACCOUNTS.values()):
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


class TargetTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp()
        cls.addClassCleanup(shutil.rmtree, cls.folder, True)
        cls.server = Server(cls.folder)
        cls.addClassCleanup(cls.server.close)

    def setUp(self):
        self.state = tempfile.mkdtemp(dir=self.folder)

    def command(self, *arguments, **further):
        variables = self.server.variables | {"XDG_STATE_HOME": self.state} | further
        return iamdrill(*arguments, "--config", self.server.configuration, **variables)

    def sweep(self):
        return self.command("sweep", "--target", "local", "--delete")

    def test_tutorial_runs_unchanged(self):
        before = self.server.inventory()
        result = self.command("run", "--target", "local", "--yes", TUTORIAL)
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)
        self.assertIn("Destination is arn:aws:iam::210987654321:user/", result.stdout)
        self.assertEqual(self.server.inventory(), before)

    def test_asks_before_anything_is_made(self):
        before = self.server.inventory()
        result = self.command("run", "--target", "local", TUTORIAL)
        self.assertEqual(result.returncode, 1)
        self.assertIn("2 bucket in 210987654321", result.stderr)
        self.assertIn("--yes", result.stderr)
        self.assertEqual(self.server.inventory(), before)

    def test_unknown_target_names_those_that_exist(self):
        result = self.command("run", "--target", "lokal", TUTORIAL)
        self.assertEqual(result.returncode, 1)
        self.assertIn("did you mean local?", result.stderr)
        self.assertIn("it has: local", result.stderr)

    def test_ledger_that_cannot_be_written(self):
        before = self.server.inventory()
        result = self.command("run", "--target", "local", "--yes", TUTORIAL, XDG_STATE_HOME="/proc/nowhere")
        self.assertEqual(result.returncode, 2)
        self.assertIn("ledger", result.stderr)
        self.assertEqual(self.server.inventory(), before)

    def test_interrupted_run_takes_everything_back(self):
        before = self.server.inventory()
        for number in (signal.SIGINT, signal.SIGTERM):
            process = self.start()
            self.wait_for_first_entry(process)
            process.send_signal(number)
            process.communicate(timeout=60)
            self.assertEqual(self.server.inventory(), before)
            self.assertNotIn("would take back", self.command("sweep", "--target", "local").stdout)

    def start(self):
        return subprocess.Popen(
            [BINARY, "run", "--target", "local", "--yes", "--config", self.server.configuration, TUTORIAL],
            cwd=REPOSITORY, env=environment(**self.server.variables, XDG_STATE_HOME=self.state),
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def wait_for_first_entry(self, process):
        ledger = os.path.join(self.state, "iamdrill", "ledger.sqlite-wal")
        while process.poll() is None and not os.path.exists(ledger):
            time.sleep(0.001)

    def test_killed_runs_are_swept(self):
        for account in ACCOUNTS.values():
            iam = self.server.client("iam", account)
            iam.create_role(
                RoleName="UpdateData-0000000000000", Path="/iamdrill/0000000000000/", AssumeRolePolicyDocument=json.dumps(
                    {"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Principal": "*", "Action": "sts:AssumeRole"}}
                ),
            )  # fmt: skip
        before = self.server.inventory()
        chance = random.Random(5)
        # Machines differ tenfold in speed: the moments are spread over what a whole run takes on this one.
        started = time.monotonic()
        self.assertEqual(self.start().wait(timeout=120), 0)
        whole = time.monotonic() - started
        found = 0
        for number in range(KILLS):
            process = self.start()
            time.sleep((number + chance.random()) / KILLS * whole)
            process.kill()
            process.communicate()
            shown = self.command("sweep", "--target", "local")
            self.assertEqual(shown.returncode, 0, shown.stderr)
            found += "would take back" in shown.stdout
            swept = self.sweep()
            self.assertEqual(swept.returncode, 0, swept.stdout + swept.stderr)
            self.assertEqual(self.server.inventory(), before, swept.stdout)
        self.assertGreater(found, 0)

    def test_recording_replays_and_compares(self):
        recording = os.path.join(self.folder, "recording")
        result = self.command("run", "--target", "local", "--yes", "--record", recording, TUTORIAL)
        self.assertEqual(result.returncode, 0, result.stdout)
        again = iamdrill("run", "--target", f"replay:{recording}", TUTORIAL)
        self.assertEqual(again.returncode, 0, again.stdout)
        same = iamdrill("compare", f"replay:{recording}", "emulator", TUTORIAL)
        self.assertEqual(same.returncode, 0, same.stdout)
        # A step that was not recorded is an error, and a changed answer is a difference.
        folder = os.path.join(recording, "cross-account-role")
        steps = sorted(os.listdir(folder))
        denied = next(name for name in steps if "jane-may-not-assume" in name)
        path = os.path.join(folder, denied)
        with open(path, encoding="utf-8") as file:
            text = file.read()
        with open(path, "w", encoding="utf-8") as file:
            file.write(text.replace("explicit deny", "explicit refusal"))
        differs = iamdrill("compare", f"replay:{recording}", "emulator", TUTORIAL)
        self.assertEqual(differs.returncode, 4, differs.stdout)
        self.assertIn("Jane may not assume the role", differs.stdout)
        os.remove(path)
        missing = iamdrill("run", "--target", f"replay:{recording}", TUTORIAL)
        self.assertEqual(missing.returncode, 3)
        self.assertIn("not recorded", missing.stdout)

    def test_nothing_that_is_written_has_a_secret(self):
        folder = tempfile.mkdtemp(dir=self.folder)
        result = self.command(
            "run", "--target", "local", "--yes", "-vv", "--record", os.path.join(folder, "recording"),
            "--report-json", os.path.join(folder, "r.json"), "--report-junit", os.path.join(folder, "r.xml"),
            "--report-tap", os.path.join(folder, "r.tap"), "--report-html", os.path.join(folder, "html"), TUTORIAL,
            "--state", os.path.join(folder, "state"),
        )  # fmt: skip
        self.assertEqual(result.returncode, 0, result.stdout)
        written = {"stdout": result.stdout.encode(), "stderr": result.stderr.encode()}
        for root, _, names in os.walk(folder):
            for name in names:
                with open(os.path.join(root, name), "rb") as file:
                    written[os.path.join(root, name)] = file.read()
        self.assertGreater(len(written), 50)
        for keys in self.server.announced["accounts"].values():
            secret = keys["secretAccessKey"]
            forms = [secret.encode(), urllib.parse.quote(secret, safe="").encode()]
            forms += [base64.b64encode(b"x" * shift + secret.encode())[4:-4] for shift in range(3)]
            for name, content in written.items():
                for form in forms:
                    self.assertNotIn(form, content, name)
        # What AWS handed out in the run is nowhere either: every such value is masked.
        for name, content in written.items():
            for element in (b"<SecretAccessKey>", b"<SessionToken>"):
                for piece in content.split(element)[1:]:
                    self.assertTrue(piece.startswith(b"****"), name)

    def test_shards_do_every_piece_once(self):
        counted = []
        reports = []
        folder = tempfile.mkdtemp(dir=self.folder)
        for number in (1, 2, 3):
            report = os.path.join(folder, f"{number}.json")
            result = iamdrill("run", "--shard", f"{number}/3", "--report-json", report, "scenarios")
            self.assertEqual(result.returncode, 0, result.stdout)
            with open(report, encoding="utf-8") as file:
                counted += [scenario["file"] for scenario in json.load(file)["scenarios"]]
            reports.append(report)
        self.assertEqual(sorted(counted), sorted(set(counted)))
        merged = iamdrill("merge", *reports)
        self.assertEqual(merged.returncode, 0, merged.stderr)
        joined = json.loads(merged.stdout)
        self.assertEqual(len(joined["scenarios"]), len(counted))
        self.assertEqual(joined["counts"]["steps"], sum(len(each["steps"]) for each in joined["scenarios"]))
        indexed = iamdrill("run", "--shard", "auto/3", "--report-json", "-", "scenarios", JOB_COMPLETION_INDEX=0)
        with open(reports[0], encoding="utf-8") as file:
            first = [scenario["file"] for scenario in json.load(file)["scenarios"]]
        self.assertEqual([each["file"] for each in json.loads(indexed.stdout)["scenarios"]], first)

    def test_endpoint_of_the_environment_is_refused_for_aws(self):
        path = os.path.join(self.folder, "aws.yaml")
        with open(path, "w", encoding="utf-8") as file:
            file.write(
                "targets:\n  real:\n    kind: aws\n    accounts:\n"
                '      Destination: { id: "210987654321", profile: a }\n'
                '      Originating: { id: "123456789012", profile: b }\n'
            )
        result = iamdrill(
            "run", "--target", "real", "--config", path, "--yes", TUTORIAL, AWS_ENDPOINT_URL_STS=self.server.url,
            XDG_STATE_HOME=self.state,
        )  # fmt: skip
        self.assertEqual(result.returncode, 2)
        self.assertIn("AWS_ENDPOINT_URL_STS is set", result.stderr)


if __name__ == "__main__":
    unittest.main()
