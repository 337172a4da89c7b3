"""What people see: colour where it is wanted, a line of progress that leaves nothing behind, selecting, watching."""

import pathlib
import re
import shutil
import tempfile
import time
import unittest

from support import MIXED, iamdrill
from terminal import Terminal, screen

LESSON = "scenarios/mfa-role.yaml"


class Colour(unittest.TestCase):
    def test_it_is_where_it_is_wanted(self):
        cases = [
            ([], {}, False), (["--color", "always"], {}, True), (["--color=never"], {}, False),
            (["--no-color", "--color", "always"], {}, False), (["--color", "always"], {"NO_COLOR": "1"}, True),
        ]  # fmt: skip
        for words, variables, wanted in cases:
            with self.subTest(words=words, **variables):
                self.assertEqual("\x1b[" in iamdrill("run", LESSON, *words, **variables).stdout, wanted)

    def test_a_terminal_has_it_unless_told_otherwise(self):
        for variables, wanted in (({}, True), ({"NO_COLOR": "1"}, False), ({"NO_COLOR": ""}, True)):
            with self.subTest(**variables):
                terminal = Terminal("run", LESSON, **variables)
                self.assertEqual(terminal.end(), 0)
                self.assertEqual(bool(re.search(r"\x1b\[[0-9;]*m", terminal.text)), wanted)

    def test_another_word_is_an_error(self):
        found = iamdrill("run", LESSON, "--color", "sometimes")
        self.assertEqual(found.returncode, 1)
        self.assertIn("auto, always or never", found.stderr)


class Progress(unittest.TestCase):
    def test_a_long_suite_has_a_bar_that_leaves_nothing_behind(self):
        terminal = Terminal("run", LESSON, "--count", 150, columns=100)
        self.assertEqual(terminal.end(60), 0)
        drawn = re.findall(r"[█░]{20}  (\d+)/150  step \d+/\d+", terminal.plain)
        self.assertGreaterEqual(len(drawn), 2)
        self.assertEqual(sorted(map(int, drawn)), list(map(int, drawn)))
        shown = screen(terminal.text, 100)
        self.assertFalse([line for line in shown if "░" in line or "█" in line])
        plain = iamdrill("run", LESSON, "--count", 150).stdout.splitlines()
        self.assertEqual(without_times(shown), without_times(plain))

    def test_it_survives_a_terminal_that_becomes_narrow(self):
        terminal = Terminal("run", LESSON, "--count", 250, columns=120)
        terminal.wait_for(r"[█░]{20}")
        terminal.resize(40, 30)
        place = len(terminal.plain)
        terminal.wait_for(r"[█░]{20}", since=place)
        self.assertEqual(terminal.end(60), 0)
        # After the change no line of progress is wider than the terminal.
        for line in re.findall(r"[⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏][^\r\n]*", terminal.plain[place:])[1:]:
            self.assertLess(len(line), 31)

    def test_several_jobs_show_how_many_have_ended(self):
        terminal = Terminal("run", LESSON, "--count", 150, "--jobs", 2)
        self.assertEqual(terminal.end(60), 0)
        self.assertGreaterEqual(len(re.findall(r"[█░]{20}  \d+/150", terminal.plain)), 1)

    def test_there_is_none_elsewhere_nor_where_it_is_not_wanted(self):
        self.assertNotRegex(iamdrill("run", LESSON, "--count", 60).stdout, "[█░⠋⠙⠹]")
        terminal = Terminal("run", LESSON, "--count", 60, "--no-progress")
        self.assertEqual(terminal.end(60), 0)
        self.assertNotRegex(terminal.plain, "[█░⠋⠙⠹]")


class Selecting(unittest.TestCase):
    def titles(self, *words):
        found = iamdrill("run", "scenarios", "--aws-cli", "none", *words)
        self.assertIn(found.returncode, (0, 1), found.stdout + found.stderr)
        return re.findall(r"^\S.* \(scenarios/(.*)\.yaml, on emulator\)$", found.stdout, re.MULTILINE)

    def test_tags(self):
        self.assertEqual(self.titles("--tags", "tutorial"), ["cross-account-role-cli", "cross-account-role"])
        lessons = self.titles("--tags", "lesson and not conditions")
        self.assertNotIn("attribute-based-access", lessons)
        self.assertGreater(len(lessons), 5)
        self.assertEqual(self.titles("--tags", "nothing-has-this"), [])
        wrong = iamdrill("run", "scenarios", "--tags", "a and (b")
        self.assertEqual(wrong.returncode, 1)
        self.assertIn("column 9: expected `)`", wrong.stderr)

    def test_names(self):
        self.assertEqual(self.titles("--name", "mfa*"), ["mfa-role"])
        self.assertEqual(
            self.titles("--name", "Delegate access*", "--name", "mfa-role.yaml"),
            ["cross-account-role-cli", "cross-account-role", "mfa-role"],
        )

    def test_a_shuffled_order_is_kept_for_a_seed(self):
        first = self.titles("--shuffle", "7")
        self.assertEqual(first, self.titles("--shuffle", "7"))
        self.assertNotEqual(first, sorted(first))
        self.assertEqual(sorted(first), sorted(self.titles()))

    def test_several_jobs_say_the_same(self):
        alone = iamdrill("run", "scenarios").stdout.splitlines()
        self.assertEqual(without_times(alone), without_times(iamdrill("run", "scenarios", "-j", 4).stdout.splitlines()))

    def test_the_command_that_a_failure_names_runs_that_step_alone(self):
        found = iamdrill("run", MIXED)
        again = re.findall(r"again: iamdrill (run \S+ --step \d+)", found.stdout)
        self.assertEqual(len(again), 3)
        alone = iamdrill(*again[0].split())
        self.assertEqual(alone.returncode, 4)
        self.assertIn("Steps:      1 (1 not as expected)", alone.stdout)
        self.assertIn("expected allowed, was denied", alone.stdout)

    def test_from_one_step_to_another(self):
        found = iamdrill("run", MIXED, "--from-step", "An hour later", "--to-step", 9)
        self.assertEqual(found.returncode, 0, found.stdout)
        self.assertIn("Steps:      2 (2 as expected)", found.stdout)
        self.assertIn("step 4, before the selected ones: failed", found.stdout)
        for words in (["--step", "99"], ["--step", "An hour latter"], ["--step", "1", "--to-step", "2"]):
            self.assertEqual(iamdrill("run", MIXED, *words).returncode, 1)
        self.assertEqual(iamdrill("run", "scenarios", "--step", 1).returncode, 1)

    def test_fail_fast_ends_at_the_first(self):
        found = iamdrill("run", MIXED, LESSON, "--fail-fast")
        self.assertEqual(found.returncode, 4)
        self.assertIn("Scenarios:  1 ", found.stdout)
        self.assertIn("1 not as expected", found.stdout)

    def test_quiet_says_only_what_is_wrong(self):
        self.assertEqual(iamdrill("run", LESSON, "-q").stdout, "")
        found = iamdrill("run", MIXED, "--quiet").stdout
        self.assertIn("expected allowed, was denied", found)
        self.assertNotIn("✓", found)

    def test_verbose_shows_exchanges(self):
        once = iamdrill("run", LESSON, "-v").stdout
        twice = iamdrill("run", LESSON, "-vv").stdout
        self.assertIn("$ aws iam create-user", once)
        self.assertIn("< HTTP/1.1 200", once)
        self.assertNotIn("* to ", once)
        self.assertIn("* to iam.amazonaws.com", twice)
        self.assertRegex(twice, r"\* +statement 1 .*matches")


class Watching(unittest.TestCase):
    def test_a_change_reruns_what_it_touches_at_once(self):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            shutil.copy(LESSON_PATH, folder / "a.yaml")
            shutil.copy(LESSON_PATH, folder / "b.yaml")
            terminal = Terminal("run", folder, "--watch", "--no-progress")
            place = terminal.wait_for(r"Watching")
            text = (folder / "a.yaml").read_text(encoding="utf-8")
            start = time.monotonic()
            (folder / "a.yaml").write_text(text.replace("scenario: ", "scenario: Changed. ", 1), encoding="utf-8")
            place = terminal.wait_for(r"Changed\.[^\n]*a\.yaml(.|\n)*Watching", since=place)
            took = time.monotonic() - start
            self.assertNotIn("b.yaml", terminal.plain[place - 3000 : place].split("Watching")[-2])
            (folder / "b.yaml").write_text("scenario: no steps\n", encoding="utf-8")
            place = terminal.wait_for(r"b\.yaml[^\n]*error(.|\n)*Watching", since=place)
            terminal.interrupt()
            terminal.end()
            # A release build takes a tenth of this; what is tested is that nothing waits for a second to pass.
            self.assertLess(took, 2.0)


LESSON_PATH = pathlib.Path(__file__).resolve().parents[2] / LESSON


def without_times(lines):
    return [re.sub(r"[\d.]+ (ms|s)\b.*", "", line) for line in "\n".join(lines).strip().split("\n")]


if __name__ == "__main__":
    unittest.main()
