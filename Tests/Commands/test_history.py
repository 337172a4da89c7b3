"""The history of runs, as the command keeps and tells it."""

import pathlib
import re
import shutil
import stat
import tempfile
import unittest

from support import REPOSITORY, iamdrill


class History(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        self.state = self.folder / "state"
        self.good = (REPOSITORY / "scenarios" / "mfa-role.yaml").read_text(encoding="utf-8")
        self.lesson = self.folder / "lesson.yaml"
        self.lesson.write_text(self.good, encoding="utf-8")
        shutil.copy(REPOSITORY / "scenarios" / "role-chaining.yaml", self.folder)

    def command(self, *words):
        return iamdrill(*words, XDG_STATE_HOME=self.state, cwd=self.folder)

    def break_it(self):
        self.lesson.write_text(re.sub(r"expect: \{ denied[^\n]*", "expect: allowed", self.good, count=1), encoding="utf-8")

    def test_it_tells_what_changed_and_since_when_a_step_has_failed(self):
        self.assertEqual(self.command("history").returncode, 2)
        self.assertEqual(self.command("run", ".").returncode, 0)
        self.break_it()
        for _ in range(2):
            self.assertEqual(self.command("run", ".").returncode, 4)
        told = self.command("history").stdout
        self.assertEqual(len(re.findall(r"^[✓✗] +\d+ ", told, re.MULTILINE)), 3)
        self.assertNotIn("Changed:", told)
        self.assertRegex(told, r"Not as expected:\n  A role that needs a second factor: .*: failed since run 2, ")
        self.assertRegex(self.command("history", 2).stdout, r"Changed:\n  .*: passed → failed \(run 1, emulator\)")
        self.lesson.write_text(self.good, encoding="utf-8")
        self.command("run", "lesson.yaml")
        self.assertRegex(self.command("history").stdout, r"Changed:\n  .*: failed → passed \(run 3, emulator\)\n$")
        self.assertEqual(self.command("history", 99).returncode, 2)

    def test_only_what_failed_runs_again(self):
        self.break_it()
        self.command("run", ".")
        again = self.command("run", ".", "--failed")
        self.assertEqual(again.returncode, 4)
        self.assertIn("Scenarios:  1 ", again.stdout)
        self.lesson.write_text(self.good, encoding="utf-8")
        self.assertEqual(self.command("run", ".", "--failed").returncode, 0)
        none = self.command("run", ".", "--failed")
        self.assertEqual(none.returncode, 1)
        self.assertIn("none of the 2 scenarios is selected", none.stderr)

    def test_a_run_can_be_left_out(self):
        self.command("run", "lesson.yaml", "--no-history")
        self.assertFalse((self.state / "iamdrill").exists())

    def test_only_its_owner_reads_it_and_it_holds_no_secret(self):
        self.command("run", ".")
        self.assertEqual(stat.S_IMODE((self.state / "iamdrill").stat().st_mode), 0o700)
        self.assertNotIn(b"SecretAccessKey", (self.state / "iamdrill" / "history.sqlite").read_bytes())

    def test_a_file_that_is_something_else_does_not_keep_the_run_from_its_end(self):
        path = self.state / "iamdrill" / "history.sqlite"
        path.parent.mkdir(parents=True)
        path.write_text("something else " * 100, encoding="utf-8")
        found = self.command("run", "lesson.yaml")
        self.assertEqual(found.returncode, 0)
        self.assertIn("could not be kept", found.stderr)
        self.assertTrue(path.read_text(encoding="utf-8").startswith("something else"))

    def test_without_a_home_nothing_is_said(self):
        found = iamdrill("run", self.lesson, XDG_STATE_HOME="", HOME="/dev/null")
        self.assertEqual((found.returncode, found.stderr), (0, ""))


if __name__ == "__main__":
    unittest.main()
