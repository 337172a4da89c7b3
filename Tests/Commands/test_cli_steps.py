"""Steps that run the AWS CLI: where there is none, on accounts that outlive the run, recorded, interrupted."""

import json
import os
import pathlib
import shutil
import signal
import subprocess
import tempfile
import time
import unittest

from support import BINARY, REPOSITORY, environment, iamdrill
from targets import TargetCase

LESSON = REPOSITORY / "scenarios" / "cross-account-role-cli.yaml"
COMMANDS = 8
HEAD = 'scenario: Commands\naccounts: { Destination: "999999999999" }\nnames: { box: amzn-s3-demo-box, user: Eve }\nsteps:\n'


class WithoutTheCLI(unittest.TestCase):
    """A machine that has no `aws`."""

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)

    def command(self, *words):
        return iamdrill(*words, PATH="/nonexistent")

    def test_steps_are_left_out_and_every_report_says_so(self):
        files = {name: self.folder / name for name in ("junit.xml", "run.tap", "run.json")}
        found = self.command(
            "run", LESSON, "--report-junit", files["junit.xml"], "--report-tap", files["run.tap"], "--report-json",
            files["run.json"],
        )  # fmt: skip
        self.assertEqual(found.returncode, 0, found.stdout + found.stderr)
        self.assertIn("there is no `aws` on the PATH", found.stdout)
        self.assertIn(f"{COMMANDS} not run", found.stdout)
        self.assertEqual(files["junit.xml"].read_text(encoding="utf-8").count("<skipped"), COMMANDS)
        self.assertEqual(files["run.tap"].read_text(encoding="utf-8").count("# SKIP"), COMMANDS)
        steps = json.loads(files["run.json"].read_text(encoding="utf-8"))["scenarios"][0]["steps"]
        self.assertEqual(sum(step["verdict"] == "not-run" for step in steps), COMMANDS)

    def test_none_is_taken_at_its_word(self):
        found = iamdrill("run", LESSON, "--aws-cli", "none")
        self.assertEqual(found.returncode, 0)
        self.assertIn("the command line leaves `cli:` steps out", found.stdout)

    def test_a_transcript_is_not_written_without_what_it_is_to_show(self):
        found = self.command("transcript", LESSON, "--output", self.folder)
        self.assertEqual(found.returncode, 3)
        self.assertIn("there is no `aws` on the PATH", found.stderr)
        self.assertEqual(list(self.folder.iterdir()), [])

    def test_the_other_steps_are_explained(self):
        self.assertEqual(self.command("explain", LESSON).returncode, 0)
        self.assertEqual(self.command("explain", LESSON, "David assumes the role").returncode, 3)

    def test_a_program_that_is_none_is_a_mistake_on_the_command_line(self):
        found = iamdrill("run", LESSON, "--aws-cli", "README.md")
        self.assertEqual(found.returncode, 1)
        self.assertIn("--aws-cli: README.md is no program", found.stderr)


class OnATarget(TargetCase):
    """Accounts of a served emulator."""

    def run_steps(self, steps, *words):
        path = self.folder / "steps.yaml"
        path.write_text(HEAD + "".join(f"  - {step}\n" for step in steps), encoding="utf-8")
        return self.command("run", "--target", "local", "--yes", path, *words)

    def test_the_lesson_is_run_recorded_and_replayed(self):
        before = self.server.inventory()
        recording = self.folder / "recording"
        found = self.command("run", "--target", "local", "--yes", LESSON, "--record", recording, "-v", timeout=600)
        self.assertEqual(found.returncode, 0, found.stdout + found.stderr)
        # Names and ids are the scenario's own again, also in what commands print.
        self.assertIn("$ aws s3 cp release.txt s3://amzn-s3-demo-bucket-shared-container/release.txt", found.stdout)
        self.assertIn("upload: ./release.txt to s3://amzn-s3-demo-bucket-shared-container/release.txt", found.stdout)
        self.assertEqual(self.server.inventory(), before)
        replayed = iamdrill("run", "--target", f"replay:{recording}", LESSON, PATH="/nonexistent")
        self.assertEqual(replayed.returncode, 0, replayed.stdout + replayed.stderr)
        self.assertNotIn("not run", replayed.stdout)
        text = "".join(path.read_text(encoding="utf-8") for path in recording.rglob("*.json"))
        self.assertIn('"words"', text)
        for secret in self.server.variables.values():
            if not secret.startswith("AKIA"):  # An id is no secret.
                self.assertNotIn(secret, text + found.stdout)

    def test_it_answers_as_the_embedded_emulator_does(self):
        found = self.command("compare", "emulator", "local", LESSON, "--yes", timeout=600)
        self.assertEqual(found.returncode, 0, found.stdout + found.stderr)

    def test_nothing_is_made_that_no_ledger_knows(self):
        before = self.server.inventory()
        for command in ("aws iam create-user --user-name Mallory", "aws s3 mb s3://mallorys-box"):
            with self.subTest(command=command):
                found = self.run_steps([f"{{ as: Destination, cli: {command} }}"])
                self.assertEqual(found.returncode, 3)
                self.assertIn("would make something that no ledger knows", found.stdout)
        self.assertEqual(self.server.inventory(), before)

    def test_objects_are_changed_only_in_the_runs_own_buckets(self):
        client = self.server.client("s3", "210987654321")
        client.create_bucket(Bucket="somebody-elses")
        self.addCleanup(client.delete_bucket, Bucket="somebody-elses")
        make = '{ as: Destination, call: "s3:CreateBucket", with: { Bucket: "${{ names.box }}" } }'
        copy = '{ as: Destination, cli: "aws s3 cp a.txt s3://BUCKET/a.txt", files: { a.txt: x } }'
        found = self.run_steps([make, copy.replace("BUCKET", "${{ names.box }}")])
        self.assertEqual(found.returncode, 0, found.stdout)
        found = self.run_steps([make, copy.replace("BUCKET", "somebody-elses")])
        self.assertEqual(found.returncode, 3)
        self.assertIn("somebody-elses, a bucket that this run did not make", found.stdout)
        self.assertNotIn("Contents", client.list_objects_v2(Bucket="somebody-elses"))

    def test_read_only_means_it(self):
        found = self.run_steps(
            ["{ as: Destination, cli: aws s3 ls }", "{ as: Destination, cli: aws s3 rm s3://box/k }"], "--read-only"
        )
        self.assertEqual(found.returncode, 0, found.stdout)
        self.assertIn("--read-only: `aws s3 rm` would change something", found.stdout)
        self.assertIn("1 as expected, 1 not run", found.stdout)


class Interrupted(unittest.TestCase):
    def test_the_command_ends_with_the_run_and_what_was_made_is_taken_back(self):
        folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, folder)
        program = folder / "aws"
        program.write_text(f"#!/bin/sh\necho $$ >{folder}/started.new\nmv {folder}/started.new {folder}/started\nsleep 600\n", encoding="utf-8")
        program.chmod(0o755)
        path = folder / "steps.yaml"
        path.write_text(
            HEAD + "  - { as: Destination, call: iam:CreateUser, with: { UserName: Eve } }\n"
            "  - { as: Destination, cli: aws s3 ls }\n  - { as: Destination, call: iam:ListUsers }\n",
            encoding="utf-8",
        )  # fmt: skip
        run = subprocess.Popen(
            [BINARY, "run", path, "--aws-cli", program, "--no-history"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            text=True, env=environment(),
        )  # fmt: skip
        while not (folder / "started").exists():
            self.assertIsNone(run.poll())
            time.sleep(0.05)
        run.send_signal(signal.SIGINT)
        said, _ = run.communicate(timeout=120)
        self.assertEqual(run.returncode, 3, said)
        self.assertIn("was interrupted", said)
        self.assertIn("1 things taken back", said)
        process = int((folder / "started").read_text(encoding="utf-8"))
        with self.assertRaises(ProcessLookupError):
            os.kill(process, 0)


if __name__ == "__main__":
    unittest.main()
