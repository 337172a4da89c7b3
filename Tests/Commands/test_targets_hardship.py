"""Targets on bad days: ledgers that break, runs beside each other, servers that go, clocks and networks that fail."""

import json
import os
import pathlib
import re
import resource
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
import unittest

from support import BINARY, REPOSITORY, environment, iamdrill
from targets import ACCOUNTS, TRUST_NOBODY, TUTORIAL, Server, TargetCase, accounts_of, wait_for_ledger
from terminal import Terminal
from wire import Wire, answer

DESTINATION, ORIGINATING = ACCOUNTS["Destination"], ACCOUNTS["Originating"]


class HoldingWire(Wire):
    """A wire that holds the first AssumeRole until it is told to hand it on."""

    def __init__(self, port):
        self.arrived, self.freed = threading.Event(), threading.Event()
        super().__init__(port, answer=self.hold)

    def hold(self, request):
        if b"Action=AssumeRole&" in request and not self.arrived.is_set():
            self.arrived.set()
            self.freed.wait(300)
        return None

    def wait(self):
        assert self.arrived.wait(300), "the run does not come to its AssumeRole"

    def release(self):
        self.freed.set()


class Ledgers(TargetCase):
    def test_corrupted(self):
        """Nothing is made where the ledger is not one, and the file is left as it is."""
        folder = pathlib.Path(self.state) / "iamdrill"
        before = self.server.inventory()
        for case, content in [("garbage", b"This is no ledger.\n" * 100), ("cut", b"SQLite format 3\x00" + b"\x00" * 40)]:
            with self.subTest(case):
                shutil.rmtree(folder, ignore_errors=True)
                folder.mkdir()
                (folder / "ledger.sqlite").write_bytes(content)
                self.assert_said(self.run_small(), 2, "the ledger in", "cannot be written")
                self.assert_said(self.sweep("--delete"), 2, "the ledger in")
                self.assertEqual((folder / "ledger.sqlite").read_bytes(), content)
        self.assertEqual(self.server.inventory(), before)

    def test_of_a_newer_version(self):
        import sqlite3

        self.assert_said(self.run_small(), 0)
        with sqlite3.connect(os.path.join(self.state, "iamdrill", "ledger.sqlite")) as ledger:
            ledger.execute("PRAGMA user_version = 99")
        self.assert_said(self.run_small(), 2, "newer iamdrill")

    def test_that_cannot_be_written(self):
        before = self.server.inventory()
        read_only = pathlib.Path(self.state) / "file"
        read_only.write_text("", encoding="utf-8")
        for place in ("/proc/nowhere", str(read_only), "/dev/full"):
            with self.subTest(place):
                self.assert_said(self.run_small("--state", f"{place}/x"), 2, "ledger")
        self.assert_said(self.run_small(XDG_STATE_HOME="", HOME=""), 2, "ledger")
        self.assertEqual(self.server.inventory(), before)

    def test_on_a_disk_that_fills_up(self):
        """The disk takes this many bytes of a file and no more: at each size, what was made is swept, or nothing was."""
        before = self.server.inventory()
        outcomes = set()
        for size in (0, 4096, 8192, 20_000, 28_000, 36_000, 44_000, 60_000, 4_000_000):
            with self.subTest(size=size):
                state = tempfile.mkdtemp(dir=self.folder)

                def limit(size=size):
                    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
                    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

                result = subprocess.run(
                    [BINARY, "run", "--target", "local", "--yes", "--config", str(self.configuration), "--no-history", TUTORIAL],
                    cwd=REPOSITORY, env=environment(**self.variables(XDG_STATE_HOME=state)), capture_output=True, text=True,
                    preexec_fn=limit, timeout=120,
                )  # fmt: skip
                outcomes.add(result.returncode)
                said = result.stdout + result.stderr
                self.assertIn(result.returncode, (0, 2, 3), said)
                if result.returncode:
                    self.assertIn("ledger", said)
                swept = self.sweep("--delete", XDG_STATE_HOME=state)
                self.assertEqual(swept.returncode, 0, said + swept.stdout + swept.stderr)
                self.assertEqual(self.server.inventory(), before, said + swept.stdout)
        # It was full before the first entry, in the middle of a run, and not at all.
        self.assertEqual(outcomes, {0, 2, 3})


class Together(TargetCase):
    def test_runs_beside_each_other_and_beside_others(self):
        """Four runs at once with one ledger, in accounts in which others have things of the same names."""
        for account in ACCOUNTS.values():
            iam, s3 = self.server.client("iam", account), self.server.client("s3", account)
            iam.create_role(RoleName="UpdateData", AssumeRolePolicyDocument=TRUST_NOBODY)
            iam.create_user(UserName="David")
            iam.create_group(GroupName="Developers")
            s3.create_bucket(Bucket=f"a-first-bucket-{account}")
            s3.create_bucket(Bucket=f"z-last-bucket-{account}")
        before = self.server.inventory()
        # The clock is one for all, so nobody may move it here: what needs that is not run.
        self.configure(self.server.target(clock=None, within="60s"))
        runs = [self.start(TUTORIAL) for _ in range(4)]
        for run in runs:
            told, complaints = run.communicate(timeout=300)
            self.assertEqual(run.returncode, 0, told + complaints)
        self.assertEqual(self.server.inventory(), before)
        self.assert_said(self.sweep(), 0)

    def test_every_scenario_runs_on_accounts_that_are_not_empty(self):
        served = [*ACCOUNTS.values(), "333333333333", "444444444444"]
        refused, count = {}, 0
        for scenario in sorted((REPOSITORY / "scenarios").glob("*.yaml")):
            text = scenario.read_text(encoding="utf-8")
            # What only the embedded emulator plays: organizations, identity providers, a root user.
            if any(f"\n{key}:" in text for key in ("organization", "issuers", "server")) or "{ root:" in text:
                continue
            with self.subTest(scenario.name):
                # A server for each, because their clocks only go forward.
                server = Server(accounts=served)
                self.addCleanup(server.close)
                for account in served:
                    server.client("s3", account).create_bucket(Bucket=f"reports-{account}")
                    server.client("iam", account).create_user(UserName="Somebody")
                before = server.inventory()
                self.configure(server.target(accounts=accounts_of(scenario, served)))
                result = self.command("run", "--target", "local", "--yes", scenario, **server.variables)
                if result.returncode:
                    refused[scenario.name] = result.stdout + result.stderr
                self.assertEqual(server.inventory(), before, scenario.name)
                count += 1
        self.assertEqual(refused, {}, "\n".join(refused.values()))
        self.assertGreater(count, 10)

    def test_a_sweep_leaves_a_run_alone_that_goes_on(self):
        before = self.server.inventory()
        with HoldingWire(self.server.port) as wire:
            self.configure(self.server.target(url=wire.url))
            run = self.start(self.small)
            wire.wait()
            told = self.sweep("--delete", "--older-than", "0s")
            self.assert_said(told, 0)
            self.assertNotIn("iam:DeleteRole", told.stdout)
            self.assertIn("Reader-", self.server.inventory())
            wire.release()
            told, complaints = run.communicate(timeout=120)
            self.assertEqual(run.returncode, 0, told + complaints)
        self.assertEqual(self.server.inventory(), before)

    def test_two_sweeps_at_once(self):
        before = self.server.inventory()
        run = self.start(TUTORIAL)
        wait_for_ledger(self.state, run)
        time.sleep(0.05)
        run.kill()
        run.communicate()
        sweeps = [
            subprocess.Popen(
                [BINARY, "sweep", "--target", "local", "--delete", "--config", str(self.configuration)],
                env=environment(**self.variables()), cwd=REPOSITORY, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
            )
            for _ in range(3)
        ]  # fmt: skip
        for sweep in sweeps:
            told, complaints = sweep.communicate(timeout=120)
            self.assertEqual(sweep.returncode, 0, told + complaints)
        self.assertEqual(self.server.inventory(), before)


class Endings(TargetCase):
    def test_timeout_takes_everything_back(self):
        before = self.server.inventory()
        # A step that never becomes true, long patience, and a time-out that comes first.
        self.configure(self.server.target(within="10m"))
        never = self.folder / "never.yaml"
        never.write_text(
            self.small.read_text(encoding="utf-8")
            + '  - { as: Originating, call: iam:GetUser, with: { UserName: "${{ names.user }}" }, expect: allowed }\n',
            encoding="utf-8",
        )
        started = time.monotonic()
        result = self.command("run", "--target", "local", "--yes", never, "--timeout", "2s")
        self.assert_said(result, 3, "Interrupted: what was made has been taken back")
        self.assertGreater(time.monotonic() - started, 1.5)
        self.assertEqual(self.server.inventory(), before)
        for text in ("0s", "soon", "-1s"):
            self.assert_said(self.command("run", "--target", "local", "--yes", never, "--timeout", text), 1, "--timeout needs")

    def test_a_server_that_is_killed_and_comes_back(self):
        data = self.folder / "data"
        server = Server("--data", data)
        self.addCleanup(server.close)
        before = server.inventory()
        keys = server.variables
        with HoldingWire(server.port) as wire:
            self.configure(server.target(url=wire.url))
            run = self.start(self.small, **keys)
            wire.wait()
            server.kill()
            wire.release()
            told, complaints = run.communicate(timeout=120)
            self.assertEqual(run.returncode, 3, told + complaints)
            # What is left is said, and the ledger still has it.
            self.assertRegex(told + complaints, r"iam:DeleteRole Reader-\w+")
            self.assert_said(self.sweep("--delete", **keys), 3, "no answer")
            again = Server("--data", data, port=server.port)
            self.addCleanup(again.close)
            self.assert_said(self.sweep("--delete", **keys), 0, "iam:DeleteRole Reader-")
            self.assertEqual(again.inventory(), before)
            self.assertEqual(self.sweep(**keys).stdout, "")

    def test_nobody_answers(self):
        with socket.create_server(("127.0.0.1", 0)) as closed:
            port = closed.getsockname()[1]
        for url, told in [(f"http://127.0.0.1:{port}", "no answer"), ("http://nowhere.invalid:1", "no answer")]:
            with self.subTest(url):
                self.configure(self.server.target(url=url, clock=None))
                self.assert_said(self.run_small(), 3, told)
                # A plan asks nobody, and needs no credentials.
                plan = iamdrill("plan", "--target", "local", "--config", self.configuration, TUTORIAL)
                self.assert_said(plan, 0, f"Destination, account {DESTINATION}", "makes role UpdateData-…", '"iam:CreateRole"')

    def test_read_only(self):
        before = self.server.inventory()
        self.server.steer("decisions", method="DELETE")
        result = self.command("run", "--target", "local", "--read-only", TUTORIAL)
        self.assert_said(result, 0, "--read-only: iam:CreateRole would change something")
        self.assertEqual(self.server.inventory(), before)
        asked = {json.loads(line)["operation"] for line in self.server.steer("decisions").splitlines()}
        self.assertTrue(all(re.search(r":(Get|List|Head|Assume)", name) for name in asked), asked)

    def test_retry_after_is_kept_to(self):
        """A server that throttles and says for how long: it is not asked before."""
        asked = []

        def throttle(request):
            if b"Action=AssumeRole&" not in request:
                return None
            asked.append(time.monotonic())
            body = b"<ErrorResponse><Error><Code>Throttling</Code><Message>Rate exceeded</Message></Error></ErrorResponse>"
            return answer("503 Slow Down", body, "Retry-After: 2") if len(asked) == 1 else None

        with Wire(self.server.port, answer=throttle) as wire:
            self.configure(self.server.target(url=wire.url, clock=None))
            self.assert_said(self.run_small(), 0)
        self.assertEqual(len(asked), 2)
        self.assertGreaterEqual(asked[1] - asked[0], 2)


class Guards(TargetCase):
    def test_accounts_that_may_not_be_used(self):
        before = self.server.inventory()
        for line, told in [
            (f'allowed_accounts: ["{ORIGINATING}"]', f"account {DESTINATION} is not among the target's allowed_accounts"),
            (f'blocked_accounts: ["{DESTINATION}"]', f"account {DESTINATION} is among the target's blocked_accounts"),
        ]:
            with self.subTest(line):
                self.configure(self.server.target().replace("    accounts:", f"    {line}\n    accounts:"))
                self.assert_said(self.run_small(), 2, told)
                self.assert_said(self.sweep("--delete"), 2, told)
        self.assertEqual(self.server.inventory(), before)

    def test_an_account_that_the_target_does_not_bind(self):
        self.configure(self.server.target(accounts={"Destination": DESTINATION}))
        self.assert_said(self.run_small(), 3, "the target local binds no account to 'Originating'")

    def test_it_asks_at_a_terminal(self):
        before = self.server.inventory()
        question = r"on the target local this makes 1 role in 210987654321\. Go on\? \[y/N\] "
        for answer, code in [("n\n", 1), ("\n", 1), ("\x04", 1), ("y\n", 0)]:
            with self.subTest(answer):
                terminal = Terminal(
                    "run", "--target", "local", "--config", self.configuration, self.small,
                    **{name: str(value) for name, value in self.variables().items()},
                )  # fmt: skip
                terminal.wait_for(question)
                terminal.send(answer)
                self.assertEqual(terminal.end(), code, terminal.plain)
        self.assertEqual(self.server.inventory(), before)

    def test_sweep_of_what_keeps_nothing(self):
        self.configure("  kept: { kind: replay, dir: nowhere }\n  own: { kind: emulator }\n")
        for name, kind in [("kept", "replay"), ("own", "emulator")]:
            self.assert_said(self.command("sweep", "--target", name), 1, f"nothing outlives a run on a target of kind {kind}")

    def test_a_huge_configuration(self):
        """Ten thousand pairs are read, asked about in one line, and a shard runs its own alone."""
        lines = []
        for number in range(10_000):
            lines.append(
                f'      - {{ Destination: {{ id: "{100000000000 + number}", profile: d{number} }}, '
                f'Originating: {{ id: "{200000000000 + number}", profile: o{number} }} }}\n'
            )
        self.configure(f"  local:\n    kind: endpoint\n    url: {self.server.url}\n    pairs:\n" + "".join(lines))
        self.assert_said(self.command("run", "--target", "local", self.small), 1, "10000 role in 10000 accounts")
        result = self.command("run", "--target", "local", "--yes", self.small, "--shard", "7/10000")
        # Their profiles do not exist, which is what is found out first.
        self.assert_said(result, 3, "profile 'd6'")
        self.assertNotIn("'d7'", result.stdout)
        self.configure("  local:\n    kind: endpoint\n    url: http://localhost:1\n    pairs:\n" + "      - { A: { id: '1' } }\n" * 2_000_000)
        self.assert_said(self.run_small(), 2)


class Pairs(TargetCase):
    @classmethod
    def make_server(cls):
        cls.pairs = [(f"3000000000{n:02}", f"4000000000{n:02}") for n in range(6)]
        return Server(accounts=[identifier for pair in cls.pairs for identifier in pair])

    def setUp(self):
        super().setUp()
        binding = '{{ id: "{0}", access_key_id: KEY_{0}, secret_access_key: SECRET_{0} }}'
        lines = [
            f"      - {{ Destination: {binding.format(one)}, Originating: {binding.format(other)} }}\n" for one, other in self.pairs
        ]
        self.configure(f"  local:\n    kind: endpoint\n    url: {self.server.url}\n    pairs:\n" + "".join(lines))

    def test_every_pair_is_run_and_told_apart(self):
        before = self.server.inventory()
        report = pathlib.Path(self.state) / "all.json"
        result = self.run_small("--jobs", "3", "--report-json", report)
        self.assert_said(result, 0)
        targets = [scenario["target"] for scenario in json.loads(report.read_text(encoding="utf-8"))["scenarios"]]
        self.assertEqual(targets, [f"local/{one}-{other}" for one, other in self.pairs])
        self.assertEqual(self.server.inventory(), before)

    def test_shards_do_every_pair_once(self):
        parts, seen = [], []
        for number in range(4):
            report = os.path.join(self.state, f"{number}.json")
            self.assert_said(self.run_small("--shard", "auto/4", "--report-json", report, JOB_COMPLETION_INDEX=number), 0)
            with open(report, encoding="utf-8") as file:
                seen += [scenario["target"] for scenario in json.load(file)["scenarios"]]
            parts.append(report)
        self.assertEqual(sorted(seen), [f"local/{one}-{other}" for one, other in self.pairs])
        merged = iamdrill("merge", *parts)
        self.assertEqual(json.loads(merged.stdout)["counts"]["steps"], 3 * len(self.pairs))

    def test_one_pair_that_fails_is_told_of_by_its_accounts(self):
        one = self.pairs[2][0]
        result = self.run_small(**{f"SECRET_{one}": "0" * 40})
        self.assert_said(result, 3, f"local/{one}-{self.pairs[2][1]}", "SignatureDoesNotMatch")
        self.assertEqual(result.stdout.count("3 as expected"), 0)

    def test_recordings_of_pairs(self):
        recording = pathlib.Path(self.state) / "recording"
        self.assert_said(self.run_small("--record", recording), 0)
        self.assertEqual(sorted(os.listdir(recording)), [f"{one}-{other}" for one, other in self.pairs])
        for one, other in self.pairs[:2]:
            self.assert_said(iamdrill("run", "--target", f"replay:{recording}/{one}-{other}", self.small), 0)
        self.assert_said(iamdrill("compare", f"replay:{recording}/{one}-{other}", "emulator", self.small), 0, "answer the same")

    def test_a_pair_is_compared_with_the_emulator(self):
        before = self.server.inventory()
        result = self.command("compare", "local", "emulator", "--yes", self.small)
        self.assert_said(result, 0, *[f"local/{one}-{other} and emulator answer the same" for one, other in self.pairs])
        self.assertEqual(self.server.inventory(), before)

    def test_sweeps_reach_every_pair(self):
        before = self.server.inventory()
        self.server.steer("faults", {"operation": "iam:DeleteRole", "fault": "internal-error"})
        result = self.run_small("--jobs", "6", timeout=300)
        self.server.steer("faults", method="DELETE")
        self.assert_said(result, 3, "iam:DeleteRole")
        shown = self.sweep()
        self.assertEqual(shown.stdout.count("would take back iam:CreateRole Reader-"), len(self.pairs), shown.stdout)
        self.assert_said(self.sweep("--delete"), 0)
        self.assertEqual(self.server.inventory(), before)
        self.assertEqual(self.sweep().stdout, "")


if __name__ == "__main__":
    unittest.main()
