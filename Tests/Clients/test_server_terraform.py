"""Terraform against `iamdrill serve`: the example of the documentation, from nothing and back to nothing.

Runs only where `terraform` and its provider for AWS are at hand; elsewhere the test says that it was skipped.
"""

import json
import os
import shutil
import subprocess
import tempfile
import unittest

import serving


@unittest.skipUnless(shutil.which("terraform"), "terraform is not on this machine")
class Terraform(unittest.TestCase):
    def test_the_example(self):
        with tempfile.TemporaryDirectory() as folder, serving.Server() as server:
            shutil.copy(serving.REPOSITORY / "docs/examples/terraform/main.tf", folder)
            account = lambda number: json.dumps(
                {"access_key": server.accounts[number]["accessKeyId"],
                 "secret_key": server.accounts[number]["secretAccessKey"]}
            )
            environment = {
                **os.environ,
                "TF_IN_AUTOMATION": "1",
                "TF_VAR_endpoint": server.endpoint,
                "TF_VAR_originating": account(serving.ORIGINATING),
                "TF_VAR_destination": account(serving.DESTINATION),
            }

            def terraform(*words, codes=(0,)):
                result = subprocess.run(
                    ["terraform", *words, "-no-color", "-input=false"],
                    cwd=folder, env=environment, capture_output=True, text=True, timeout=600,
                )
                self.assertIn(result.returncode, codes, result.stdout + result.stderr)
                return result

            init = subprocess.run(
                ["terraform", "init", "-no-color", "-input=false"],
                cwd=folder, env=environment, capture_output=True, text=True, timeout=600,
            )
            if init.returncode != 0:
                self.skipTest(f"terraform has no provider for AWS here: {init.stderr.strip()[:200]}")
            terraform("apply", "-auto-approve")
            # 2 would say that there are changes.
            terraform("plan", "-detailed-exitcode")
            terraform("destroy", "-auto-approve")
            for number in (serving.ORIGINATING, serving.DESTINATION):
                self.assertEqual(server.client("iam", server.keys(number)).list_users()["Users"], [])


if __name__ == "__main__":
    unittest.main()
