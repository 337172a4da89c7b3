"""The tutorial on moto's server: `compare` finds what that answers wrongly by itself."""

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import unittest

import botocore.session

from support import REPOSITORY, iamdrill

ACCOUNTS = {"Destination": "210987654321", "Originating": "123456789012"}
TUTORIAL = REPOSITORY / "scenarios" / "cross-account-role.yaml"


class MotoTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp()
        cls.addClassCleanup(shutil.rmtree, cls.folder, True)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        cls.url = f"http://127.0.0.1:{port}"
        server = os.path.join(os.path.dirname(sys.executable), "moto_server")
        cls.process = subprocess.Popen(
            [server, "-H", "127.0.0.1", "-p", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        cls.addClassCleanup(cls.process.wait)
        cls.addClassCleanup(cls.process.kill)
        deadline = time.monotonic() + 60
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.1)

    def variables(self):
        """Keys of both accounts: moto gives a role's session the account of the role, which need not be there."""
        sts = botocore.session.Session().create_client(
            "sts", region_name="us-east-1", endpoint_url=self.url, aws_access_key_id="a", aws_secret_access_key="b"
        )
        variables = {}
        for name, account in ACCOUNTS.items():
            keys = sts.assume_role(RoleArn=f"arn:aws:iam::{account}:role/admin", RoleSessionName="admin")["Credentials"]
            variables |= {
                f"{name.upper()}_KEY": keys["AccessKeyId"],
                f"{name.upper()}_SECRET": keys["SecretAccessKey"],
                f"{name.upper()}_TOKEN": keys["SessionToken"],
            }
        return variables

    def test_known_wrong_answers_are_found(self):
        configuration = os.path.join(self.folder, "iamdrill.yaml")
        lines = ["targets:", "  moto:", "    kind: endpoint", f"    url: {self.url}", "    clock: requests"]
        lines += ["    within: 50ms", "    accounts:"]
        for name, account in ACCOUNTS.items():
            upper = name.upper()
            lines.append(
                f'      {name}: {{ id: "{account}", access_key_id: {upper}_KEY, secret_access_key: {upper}_SECRET, '
                f"session_token: {upper}_TOKEN }}"
            )
        with open(configuration, "w", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
        result = iamdrill(
            "compare", "moto", "emulator", "--config", configuration, "--yes", TUTORIAL, timeout=120,
            XDG_STATE_HOME=os.path.join(self.folder, "state"), **self.variables(),
        )  # fmt: skip
        self.assertEqual(result.returncode, 4, result.stdout + result.stderr)
        different = dict(re.findall(r"^  (\d+)\. (.*)$", result.stdout, re.MULTILINE))
        # What it comes down to, said by the command itself: what moto lets pass, and the reason for which AWS would not.
        findings = result.stdout.split("moto lets pass what emulator refuses:\n")[1].split("\n  emulator lets")[0]
        found = {}
        for reason, steps in re.findall(r"^    (.*): steps? ([\d, ]+)$", findings, re.MULTILINE):
            found[reason] = [different[number] for number in steps.split(", ")]
        # The trust policy is not asked.
        self.assertEqual(found["not allowed by the trust-policy"], ["Jane may not enter by the side door either"])
        # A token that has run out is taken.
        self.assertEqual(
            found["credentials that have expired (ExpiredToken)"], ["They have expired for the other services too"]
        )
        # Nor are the policies of who calls.
        self.assertEqual(found["denied by the identity-policy"], ["Jane may not assume the role"])
        self.assertIn("The end of the shared bucket", found["not allowed by the identity-policy"])
        self.assertIn("The second bucket's list", found["not allowed by the identity-policy"])
        # What only differs because that bucket is gone says so.
        end = next(number for number, title in different.items() if title == "The end of the shared bucket")
        self.assertIn(f"The credentials have expired (follows from step {end})", different.values())


if __name__ == "__main__":
    unittest.main()
