"""Walks the tutorial in a pseudo-terminal with every key, and tries things in its shell with the real AWS CLI."""

import os
import pathlib
import re
import sys
import time
import unittest

from support import iamdrill
from terminal import Terminal

PROMPT = r"\[Enter [^\]]*q quit\]"
# The AWS CLI of the tests' own environment.
PATH = f"{pathlib.Path(sys.executable).parent}:{os.environ['PATH']}"


class Walk:
    """A tutorial that is under way: keys go in, and what each of them says comes out."""

    def __init__(self, *words, **further):
        self.terminal = Terminal("tutorial", *words, PATH=PATH, SHELL="/bin/bash", **further)
        self.place = 0
        self.said = self.until_prompt()

    def until_prompt(self, pattern=PROMPT):
        end = self.terminal.wait_for(pattern, since=self.place, seconds=60)
        said = self.terminal.plain[self.place : end]
        self.place = end
        return said

    def press(self, key):
        self.terminal.send(key)
        self.said = self.until_prompt()
        return self.said


class Tutorial(unittest.TestCase):
    def test_every_key_on_the_way_to_the_end(self):
        walk = Walk(columns=90)
        self.assertIn("Chapter 1 of", walk.said)
        self.assertIn("Step 1 of 59  The bucket to share", walk.said)
        for line in walk.terminal.plain.splitlines():
            self.assertLessEqual(len(line), 90)
        self.assertIn("has not been done yet", walk.press("w"))
        self.assertIn("has not been done yet", walk.press("r"))

        done = walk.press("\r")
        self.assertIn("> PUT /amzn-s3-demo-bucket-shared-container", done)
        self.assertIn("✓ Done. Allowed:", done)
        self.assertIn("asked for s3:CreateBucket on arn:aws:s3:::", walk.press("w"))
        self.assertRegex(walk.press("p"), r'identity-policy: AdministratorAccess(.|\n)*▶ +"Effect": "Allow"')
        self.assertIn("aws s3api create-bucket", walk.press("c"))
        self.assertIn("no link", walk.press("s"))
        self.assertIn("> PUT /amzn-s3-demo-bucket-shared-container", walk.press("r"))
        walk.press("x")  # is nothing

        walk.terminal.send("b")
        walk.until_prompt(r"\(Destination\) \$ ")
        walk.terminal.send("aws s3 ls; aws sts get-caller-identity --query Account; exit\r")
        tried = walk.until_prompt()
        self.assertIn("amzn-s3-demo-bucket-shared-container", tried)
        self.assertIn('"999999999999"', tried)

        steps, denied = 1, 0
        while True:
            walk.terminal.send("\r")
            end = walk.until_prompt(rf"{PROMPT}|59 steps: [^\n]*")
            if "59 steps:" in end:
                self.assertIn("59 steps: 59 as expected.", end)
                break
            if "Enter goes on" not in end:
                steps += 1
                continue
            if "Refused by an explicit deny" in end:
                self.assertRegex(walk.press("p"), r'▶ +"Effect": "Deny"')
                self.assertRegex(walk.press("w"), r"statement 1 .*\(Deny\): matches")
                denied += 1
        self.assertEqual(steps, 59)
        self.assertGreater(denied, 0)
        self.assertEqual(walk.terminal.end(), 0)
        self.assertIn("things taken back.", walk.terminal.plain)

    def test_the_link_is_that_of_the_role_that_is_taken_on(self):
        walk = Walk("mfa-role")
        seen = []
        for _ in range(40):
            if "calls sts:AssumeRole" in walk.said and "Enter does it" in walk.said:
                walk.press("\r")
                seen.append(walk.press("s"))
            walk.terminal.send("\r")
            walk.said = walk.until_prompt(rf"{PROMPT}|\d+ steps: [^\n]*")
            if " steps: " in walk.said:
                break
        self.assertEqual(walk.terminal.end(), 0)
        self.assertTrue(any("switchrole?account=111111111111&roleName=BreakGlass" in text for text in seen), seen)

    def test_quitting_takes_back_what_was_made(self):
        walk = Walk("mfa-role")
        walk.press("\r")
        walk.terminal.send("q")
        self.assertEqual(walk.terminal.end(), 0)
        self.assertIn("1 steps: 1 as expected.\n1 things taken back.", walk.terminal.plain)

    def test_an_interruption_takes_back_what_was_made_and_leaves_the_terminal_as_it_was(self):
        import termios

        walk = Walk("mfa-role")
        self.assertFalse(termios.tcgetattr(walk.terminal.descriptor)[3] & termios.ICANON)
        walk.press("\r")
        walk.terminal.interrupt()
        walk.terminal.wait_for(r"1 things taken back")
        # It is given back after the last word.
        deadline = time.monotonic() + 10
        while not (restored := termios.tcgetattr(walk.terminal.descriptor)[3] & termios.ICANON):
            if time.monotonic() > deadline:
                break
            walk.terminal.read(0.05)
        self.assertTrue(restored)
        walk.terminal.end()

    def test_without_a_terminal_it_does_not_ask(self):
        for words in ([], ["--auto"]):
            found = iamdrill("tutorial", *words)
            self.assertEqual(found.returncode, 0)
            self.assertIn("59 steps: 59 as expected.", found.stdout)
            self.assertNotIn("Enter", found.stdout.replace("Enterprise", ""))
            self.assertNotIn("\x1b", found.stdout)

    def test_no_secret_is_shown(self):
        text = iamdrill("tutorial", "--auto").stdout
        self.assertGreater(text.count("<SecretAccessKey>****</SecretAccessKey>"), 3)
        self.assertEqual(re.findall(r"<(?:SecretAccessKey|SessionToken)>(?!\*\*\*\*<)", text), [])

    def test_an_unknown_scenario_is_said(self):
        self.assertEqual(iamdrill("tutorial", "no-such-thing").returncode, 2)
        self.assertEqual(iamdrill("tutorial", "a", "b").returncode, 1)


if __name__ == "__main__":
    unittest.main()
