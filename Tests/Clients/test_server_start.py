"""What `iamdrill serve --config` has at its start: accounts, an organization, and what scenarios make."""

import json
import pathlib
import subprocess
import tempfile
import unittest

from botocore.exceptions import ClientError

import serving

MANAGEMENT, DESTINATION, SANDBOX = "111111111111", "999999999999", "555555555555"

CONFIGURATION = f"""
accounts:
  Management: "{MANAGEMENT}"
  Destination: "{DESTINATION}"
  Sandbox: "{SANDBOX}"
policies:
  NoUsers: {{ Version: "2012-10-17", Statement: {{ Effect: Deny, Action: "iam:CreateUser", Resource: "*" }} }}
  ReadOnly:
    Version: "2012-10-17"
    Statement: {{ Effect: Allow, Action: ["iam:Get*", "iam:List*", "s3:Get*", "s3:List*"], Resource: "*" }}
  OwnBucketsOnly:
    Version: "2012-10-17"
    Statement: {{ Effect: Deny, Principal: "*", Action: "s3:GetObject", Resource: "arn:aws:s3:::start-box/secret/*" }}
organization:
  management: Management
  units:
    Workloads:
      rcps: [OwnBucketsOnly]
      accounts: {{ Destination: {{ scps: [NoUsers] }} }}
      units:
        Sandboxes:
          full_aws_access: false
          scps: [ReadOnly]
          accounts: [Sandbox]
scenarios: [made/first.yaml, made/second.yaml]
"""

FIRST = f"""
scenario: What there is at the start
accounts: {{ Destination: "{DESTINATION}" }}
steps:
  - as: Destination
    call: s3:CreateBucket
    with: {{ Bucket: start-box }}
  - as: Destination
    call: s3:PutObject
    with: {{ Bucket: start-box, Key: secret/one, Body: hidden }}
  - as: Destination
    call: s3:PutObject
    with: {{ Bucket: start-box, Key: open/one, Body: shown }}
"""

SECOND = f"""
scenario: A user of the management account
accounts: {{ Management: "{MANAGEMENT}" }}
steps:
  - as: Management
    call: iam:CreateUser
    with: {{ UserName: ann, Path: /staff/ }}
"""


class Start(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.write("made/first.yaml", FIRST)
        self.write("made/second.yaml", SECOND)
        self.configuration = self.write("server.yaml", CONFIGURATION)

    def write(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return str(path)

    def serve(self, *options):
        server = serving.Server("--config", self.configuration, *options, accounts=())
        self.addCleanup(server.stop)
        return server

    def code(self, call, **parameters):
        try:
            call(**parameters)
        except ClientError as error:
            return error.response["Error"]["Code"]
        return "ok"

    def test_accounts_organization_and_resources(self):
        server = self.serve()
        self.assertEqual(set(server.accounts), {MANAGEMENT, DESTINATION, SANDBOX})
        iam, s3 = ({account: server.client(service, server.keys(account)) for account in server.accounts}
                   for service in ("iam", "s3"))
        # What the scenarios made.
        self.assertEqual(iam[MANAGEMENT].get_user(UserName="ann")["User"]["Path"], "/staff/")
        self.assertEqual(s3[DESTINATION].get_object(Bucket="start-box", Key="open/one")["Body"].read(), b"shown")
        # What the organization allows: no guardrail binds the management account.
        self.assertEqual(self.code(iam[MANAGEMENT].create_user, UserName="ben"), "ok")
        self.assertEqual(self.code(iam[DESTINATION].create_user, UserName="ben"), "AccessDenied")
        self.assertEqual(self.code(iam[DESTINATION].create_group, GroupName="crew"), "ok")
        self.assertEqual(self.code(iam[SANDBOX].list_users), "ok")
        self.assertEqual(self.code(iam[SANDBOX].create_group, GroupName="crew"), "AccessDenied")
        # And what its resource control policies do, to the bucket's owner too.
        self.assertEqual(self.code(s3[DESTINATION].get_object, Bucket="start-box", Key="secret/one"), "AccessDenied")
        # Nobody hears of the decisions about what was made before.
        lines = [json.loads(line) for line in server.control("decisions")[1].splitlines()]
        self.assertEqual(lines[0]["operation"], "iam:GetUser")
        # That is what a reset goes back to.
        self.assertEqual(self.code(iam[MANAGEMENT].delete_user, UserName="ann"), "ok")
        self.assertEqual(server.control("reset", "POST")[0], 200)
        self.assertEqual([user["UserName"] for user in iam[MANAGEMENT].list_users()["Users"]], ["ann"])
        self.assertEqual(self.code(iam[DESTINATION].create_user, UserName="ben"), "AccessDenied")

    def test_accounts_of_the_command_line_come_to_it(self):
        server = serving.Server("--config", self.configuration, accounts=("222222222222",))
        self.addCleanup(server.stop)
        self.assertEqual(set(server.accounts), {MANAGEMENT, DESTINATION, SANDBOX, "222222222222"})
        # It is in no organization.
        self.assertEqual(
            self.code(server.client("iam", server.keys("222222222222")).create_user, UserName="ben"), "ok"
        )

    def test_a_scenario_beside_it(self):
        path = self.write("third.yaml", SECOND.replace("ann", "zoe").replace("A user", "Another user"))
        iam = self.serve("--scenario", path).client("iam")
        self.assertEqual([user["UserName"] for user in iam.list_users()["Users"]], ["ann", "zoe"])

    def test_scenarios_run_once_into_a_folder_that_is_kept(self):
        data = str(self.folder / "data")
        with serving.Server("--config", self.configuration, "--data", data, accounts=()) as server:
            server.client("iam").delete_user(UserName="ann")
            keys = server.accounts
        # Guardrails are the file's, whatever they were before.
        self.write("server.yaml", CONFIGURATION.replace("scps: [NoUsers]", "scps: []"))
        with serving.Server("--config", self.configuration, "--data", data, accounts=()) as server:
            self.assertEqual(server.accounts, keys)
            self.assertEqual(server.client("iam").list_users()["Users"], [])
            destination = server.client("iam", server.keys(DESTINATION))
            self.assertEqual(self.code(destination.create_user, UserName="ben"), "ok")

    def refused(self, code, *words):
        result = subprocess.run(
            [serving.BINARY, "serve", "--port", "0", "--config", self.configuration],
            capture_output=True, text=True, timeout=60,
        )
        self.assertEqual((result.returncode, result.stdout), (code, ""), result.stderr)
        for word in words:
            self.assertIn(word, result.stderr)

    def test_files_that_cannot_be_used(self):
        self.write("server.yaml", CONFIGURATION.replace("management: Management", "management: Nobody"))
        self.refused(2, "server.yaml:", "Nobody")
        self.write("server.yaml", CONFIGURATION.replace("made/second.yaml", "made/none.yaml"))
        self.refused(2, "made/none.yaml")
        self.write("server.yaml", CONFIGURATION + "steps: []\n")
        self.refused(2, "server.yaml:", "steps")
        (self.folder / "server.yaml").unlink()
        self.refused(2, "server.yaml")

    def test_a_scenario_that_does_not_pass(self):
        self.write("made/second.yaml", SECOND + "    expect: denied\n")
        self.refused(4, "second.yaml:", "expected denied, was allowed")


if __name__ == "__main__":
    unittest.main()
