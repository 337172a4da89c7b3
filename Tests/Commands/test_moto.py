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
        different = re.findall(r"^  \d+\. (.*)$", result.stdout, re.MULTILINE)
        # Policies of the caller and of the role are not asked, and nothing ever expires.
        for step in (
            "Jane may not assume the role",
            "Jane may not enter by the side door either",
            "The credentials have expired",
            "The second bucket's list",
        ):
            self.assertIn(step, different, result.stdout)


if __name__ == "__main__":
    unittest.main()
