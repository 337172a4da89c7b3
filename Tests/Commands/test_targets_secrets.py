"""Whatever a run on a target writes, to files and to streams, has none of the secrets that it met, in no encoding."""

import base64
import html
import json
import os
import pathlib
import re
import unittest
import urllib.parse

from support import REPOSITORY, iamdrill
from targets import TUTORIAL, TargetCase, accounts_of
from wire import Wire

# Where answers and requests carry what nobody else may see.
SECRETS = [
    re.compile(pattern)
    for pattern in (
        rb"<SecretAccessKey>([^<]+)<", rb"<SessionToken>([^<]+)<", rb"<Base32StringSeed>([^<]+)<", rb"<QRCodePNG>([^<]+)<",
        rb"(?i)x-amz-security-token: *([^\r]+)\r", rb"[?&]X-Amz-Signature=([0-9a-f]+)", rb"[?&]X-Amz-Security-Token=([^&\s]+)",
        rb"[&?](?:Password|NewPassword|OldPassword)=([^&\s]+)",
    )
]  # fmt: skip


def forms(secret):
    """A secret as text carries it."""
    plain = secret.encode()
    quoted = urllib.parse.quote(secret, safe="")
    found = {
        "plain": plain,
        "percent-encoded": quoted.encode(),
        "percent-encoded in lower case": re.sub("%..", lambda found: found.group().lower(), quoted).encode(),
        "percent-encoded, `/` left": urllib.parse.quote(secret).encode(),
        "percent-encoded twice": urllib.parse.quote(quoted, safe="").encode(),
        "as JSON": json.dumps(secret)[1:-1].encode(),
        "as JSON with `\\/`": json.dumps(secret)[1:-1].replace("/", "\\/").encode(),
        "as JSON in escapes": "".join(f"\\u{ord(letter):04x}" for letter in secret).encode(),
        "as XML": html.escape(secret).encode(),
        "as XML in references": "".join(f"&#{ord(letter)};" for letter in secret).encode(),
        "hexadecimal": plain.hex().encode(),
        "hexadecimal in upper case": plain.hex().upper().encode(),
        "UTF-16": secret.encode("utf-16-le"),
    }
    for shift in range(3):
        # What of the encoding depends on the secret alone, wherever it begins in a longer text.
        whole = base64.b64encode(b"x" * shift + plain + b"x" * 3)
        inner = whole[-(-shift * 4 // 3) : (shift + len(plain)) * 4 // 3]
        found[f"base64, shifted by {shift}"] = inner
        found[f"base64 for URLs, shifted by {shift}"] = inner.replace(b"+", b"-").replace(b"/", b"_")
    return found


class Secrets(TargetCase):
    def setUp(self):
        super().setUp()
        self.met = set()
        self.place = pathlib.Path(self.state)
        for name, value in self.server.variables.items():
            if name.startswith("SECRET_"):
                self.met.add(value)

    def heard(self, request, answer):
        for pattern in SECRETS:
            for found in pattern.findall(request) + pattern.findall(answer):
                text = html.unescape(urllib.parse.unquote_plus(found.decode()) if b"%" in found else found.decode())
                self.met.add(text)

    def write_everything(self, scenario, *arguments, code=0):
        """A run that writes all that one can write, over a wire that hears its secrets."""
        name = scenario.stem
        with Wire(self.server.port, heard=self.heard) as wire:
            self.configure(self.server.target(url=wire.url, accounts=accounts_of(scenario), within="2s"))
            result = self.command(
                "run", "--target", "local", "--yes", "-vv", "--record", self.place / "recording",
                "--report-json", self.place / f"{name}.json", "--report-junit", self.place / f"{name}.xml",
                "--report-tap", self.place / f"{name}.tap", "--report-html", self.place / f"{name}-html", "--report-github",
                scenario, *arguments, GITHUB_STEP_SUMMARY=self.place / f"{name}.md",
            )  # fmt: skip
        self.assertEqual(result.returncode, code, result.stdout + result.stderr)
        return {f"{name}, standard output": result.stdout.encode(), f"{name}, standard error": result.stderr.encode()}

    def search(self, written):
        for root, _, names in os.walk(self.state):
            for name in names:
                path = pathlib.Path(root, name)
                # What AWS's own files and this test's configuration say is nothing that a run wrote.
                if path != self.configuration:
                    written[str(path)] = path.read_bytes()
        for secret in sorted(self.met):
            self.assertGreaterEqual(len(secret), 6)
            for form, sought in forms(secret).items():
                for name, content in written.items():
                    if sought in content:
                        place = content.index(sought)
                        self.fail(f"{name} has a secret, {form}: …{content[max(0, place - 80):place]!r}")
        return written

    def test_the_search_finds_what_it_should(self):
        secret = "ab/c+d=e<f&g\"hijk"
        for form, sought in forms(secret).items():
            with self.subTest(form):
                self.assertGreater(len(sought), 8)
        for shift in range(9):
            text = base64.b64encode(b"p" * shift + secret.encode() + b"qrs")
            self.assertTrue(any(sought in text for form, sought in forms(secret).items() if form.startswith("base64, ")))

    def test_scenarios(self):
        written = {}
        for name in ("cross-account-role", "mfa-role", "presigned-url", "self-managed-credentials", "role-chaining"):
            written |= self.write_everything(REPOSITORY / "scenarios" / f"{name}.yaml")
        self.assertGreater(len(self.met), 25)
        self.assertGreater(len(self.search(written)), 100)
        # The ledger and the history are among them.
        self.assertTrue({"ledger.sqlite", "history.sqlite"} <= {pathlib.Path(path).name for path in written}, written.keys())

    def test_steps_that_fail(self):
        """What is said of an answer that is not as expected shows the answer, but not its secrets."""
        scenario = self.folder / "failing.yaml"
        scenario.write_text(
            'scenario: Failing\naccounts: { Destination: "999999999999", Originating: "111111111111" }\n'
            "names: { user: Alice, device: phone }\nsteps:\n"
            '  - { as: Destination, call: iam:CreateUser, with: { UserName: "${{ names.user }}" } }\n'
            '  - { as: Destination, call: iam:CreateAccessKey, with: { UserName: "${{ names.user }}" }, become: Alice,\n'
            "      save: { stolen: //SecretAccessKey } }\n"
            '  - { as: Destination, call: iam:CreateAccessKey, with: { UserName: "${{ names.user }}" },\n'
            '      expect: { xpath: { //SecretAccessKey: "none", string(//AccessKey): "none" }, body: "nothing", status: 201 } }\n'
            '  - { check: { "${{ stolen }}": "known" } }\n'
            '  - { as: Destination, call: iam:CreateLoginProfile, with: { UserName: "${{ names.user }}", Password: "Correct-Horse-1" },\n'
            "      expect: denied }\n"
            '  - { as: Alice, call: sts:GetSessionToken, expect: { xpath: { //Credentials: "none", //SessionToken: "none" } } }\n'
            '  - { as: Destination, call: iam:CreateVirtualMFADevice, with: { VirtualMFADeviceName: "${{ names.device }}" },\n'
            '      expect: { xpath: { //Base32StringSeed: "none", //QRCodePNG: "none" } } }\n',
            encoding="utf-8",
        )
        written = self.write_everything(scenario, code=4)
        self.met.add("Correct-Horse-1")
        # Two administrators' keys, two access keys, a session's key and token, a password, a device's seed.
        self.assertGreaterEqual(len(self.met), 8)
        self.search(written)

    def test_comparisons_sweeps_and_histories(self):
        written = {}
        with Wire(self.server.port, heard=self.heard) as wire:
            self.configure(self.server.target(url=wire.url))
            compared = self.command("compare", "local", "emulator", "--yes", TUTORIAL)
            run = self.start(TUTORIAL)
            while not (self.place / "iamdrill" / "ledger.sqlite-wal").exists() and run.poll() is None:
                pass
            run.kill()
            written["killed, standard output"], written["killed, standard error"] = (part.encode() for part in run.communicate())
            shown, swept = self.sweep(), self.sweep("--delete")
        history = iamdrill("history", XDG_STATE_HOME=self.state)
        for name, result in [("compare", compared), ("shown", shown), ("swept", swept), ("history", history)]:
            written[f"{name}, standard output"] = result.stdout.encode()
            written[f"{name}, standard error"] = result.stderr.encode()
        self.search(written)


if __name__ == "__main__":
    unittest.main()
