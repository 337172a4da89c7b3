"""Scenarios on accounts that outlive them: `iamdrill serve` over HTTP, killed runs, sweeps, recordings, shards."""

import json
import os
import random
import signal
import sys
import tempfile
import threading
import time
import unittest

from support import iamdrill
from targets import ACCOUNTS, TRUST_NOBODY, TUTORIAL, TargetCase, wait_for_ledger
from wire import Wire

# How many runs are killed at a random moment; `IAMDRILL_KILLS=500` is what is done before a release.
KILLS = int(os.environ.get("IAMDRILL_KILLS", "6"))


# Every so many requests a run is killed; all of them with `IAMDRILL_THOROUGH`.
STRIDE = 1 if os.environ.get("IAMDRILL_THOROUGH") else 29


class Killer(Wire):
    """A wire that kills a run at its request of a number, before that is handed on or after it was answered."""

    def __init__(self, port):
        super().__init__(port, answer=self.asked, heard=self.answered)
        self.armed = threading.Event()
        self.arm(None, 0, False)

    def arm(self, process, number, after):
        self.process, self.number, self.after, self.seen = process, number, after, 0
        self.armed.set()

    def asked(self, request):
        # The run may be quicker than whoever started it.
        self.armed.wait()
        self.seen += 1
        if self.process and self.seen == self.number and not self.after:
            self.process.kill()
            self.process.wait()
            raise OSError("nobody is there any more")
        return None

    def answered(self, request, answer):
        if self.process and self.seen == self.number and self.after:
            self.process.kill()
            self.process.wait()


class TargetTests(TargetCase):
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
            process = self.start(TUTORIAL)
            wait_for_ledger(self.state, process)
            process.send_signal(number)
            process.communicate(timeout=60)
            self.assertEqual(self.server.inventory(), before)
            self.assertNotIn("would take back", self.command("sweep", "--target", "local").stdout)

    has_decoys = False

    def make_decoys(self):
        """What others have in the accounts of all these tests: names, paths and tags that look like a run's."""
        if self.has_decoys:
            return
        type(self).has_decoys = True
        run = "0000000000000"
        tags = [{"Key": "iamdrill:run", "Value": "production"}]
        for account in ACCOUNTS.values():
            iam, s3 = self.server.client("iam", account), self.server.client("s3", account)
            iam.create_role(RoleName="UpdateData", AssumeRolePolicyDocument=TRUST_NOBODY)
            iam.create_role(RoleName=f"UpdateData-{run}", Path=f"/iamdrill/{run}/", AssumeRolePolicyDocument=TRUST_NOBODY)
            iam.create_role(RoleName="ReadReports", Path="/iamdrill/", AssumeRolePolicyDocument=TRUST_NOBODY, Tags=tags)
            iam.create_user(UserName=f"David-{run}", Tags=tags)
            iam.create_access_key(UserName=f"David-{run}")
            iam.create_group(GroupName=f"Developers-{run}", Path=f"/iamdrill/{run}/")
            iam.add_user_to_group(UserName=f"David-{run}", GroupName=f"Developers-{run}")
            s3.create_bucket(Bucket=f"bucket-shared-container-{account}-{run}")
            s3.put_bucket_tagging(Bucket=f"bucket-shared-container-{account}-{run}", Tagging={"TagSet": tags})
            s3.put_object(Bucket=f"bucket-shared-container-{account}-{run}", Key="kept.txt", Body=b"kept")

    def test_killed_runs_are_swept(self):
        self.make_decoys()
        before = self.server.inventory()
        chance = random.Random(5)
        # Machines differ tenfold in speed: the moments are spread over what a whole run takes on this one.
        started = time.monotonic()
        whole_run = self.start(TUTORIAL)
        told, complaints = whole_run.communicate(timeout=120)
        self.assertEqual(whole_run.returncode, 0, told + complaints)
        whole = time.monotonic() - started
        found = 0
        for number in range(KILLS):
            process = self.start(TUTORIAL)
            time.sleep((number + chance.random()) / KILLS * whole)
            process.kill()
            process.communicate()
            shown = self.command("sweep", "--target", "local")
            self.assertEqual(shown.returncode, 0, shown.stderr)
            found += "would take back" in shown.stdout
            if number % 3 == 0:
                # A sweep that is killed leaves to the next one what it did not get to.
                killed = self.spawn("sweep", "--target", "local", "--delete")
                time.sleep(chance.random() * whole / 2)
                killed.kill()
                killed.communicate()
            swept = self.sweep("--delete")
            self.assertEqual(swept.returncode, 0, swept.stdout + swept.stderr)
            self.assertEqual(self.server.inventory(), before, f"{number}: {swept.stdout}")
            if number % 50 == 49:
                print(f"{number + 1} runs killed, {found} of which had left something", file=sys.stderr, flush=True)
        self.assertGreater(found, 0)
        print(f"{KILLS} runs killed, {found} of which had left something", file=sys.stderr)

    def test_killed_at_request_boundaries(self):
        """SIGKILL when a request is on its way, before the server has it, and when its answer is: all of them are swept."""
        self.make_decoys()
        before = self.server.inventory()
        killer = Killer(self.server.port)
        with killer:
            self.configure(self.server.target(url=killer.url))
            number, count, found = 1, 0, 0
            while True:
                for after in (False, True):
                    killer.armed.clear()
                    process = self.start(TUTORIAL)
                    killer.arm(process, number, after)
                    process.communicate(timeout=120)
                    killer.arm(None, 0, False)
                    shown = self.sweep()
                    self.assert_said(shown, 0)
                    found += "would take back" in shown.stdout
                    swept = self.sweep("--delete")
                    self.assertEqual(swept.returncode, 0, swept.stdout + swept.stderr)
                    self.assertEqual(self.server.inventory(), before, f"request {number}, {after}: {swept.stdout}")
                    if process.returncode == 0:
                        break
                    self.assertEqual(process.returncode, -signal.SIGKILL)
                    count += 1
                else:
                    number += STRIDE
                    continue
                break
        self.assertGreater(number, 100)
        self.assertGreater(found, count // 3)
        print(f"{count} runs killed at requests up to {number}, {found} of which had left something", file=sys.stderr)

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
