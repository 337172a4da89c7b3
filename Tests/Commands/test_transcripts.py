"""Transcripts: the patch that --check prints applies, with patch and with git, and then the check passes."""

import pathlib
import shutil
import subprocess
import tempfile
import unittest

from chromium import Chromium
from support import REPOSITORY, iamdrill


class Transcripts(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        shutil.copytree(REPOSITORY / "scenarios", self.folder / "scenarios")
        (self.folder / "transcripts").mkdir()
        self.assertEqual(self.transcript().returncode, 0)

    def transcript(self, *words):
        return iamdrill("transcript", "scenarios", *words, cwd=self.folder)

    def drift(self):
        """Changes files in the ways in which they drift: lines changed, added and taken away, no last line break, no file."""
        paths = sorted((self.folder / "transcripts").glob("*.md"))
        first, second, third, fourth = (path for path in paths[1:5])
        text = first.read_text(encoding="utf-8")
        first.write_text("A new first line\n" + text.replace("As expected", "As feared", 3), encoding="utf-8")
        second.write_text(second.read_text(encoding="utf-8").rstrip("\n"), encoding="utf-8")
        lines = third.read_text(encoding="utf-8").splitlines(keepends=True)
        third.write_text("".join(lines[:40] + lines[60:-5]), encoding="utf-8")
        fourth.unlink()

    def test_a_fresh_run_has_no_difference(self):
        found = self.transcript("--check")
        self.assertEqual((found.returncode, found.stdout), (0, ""))

    def test_the_patch_applies_and_then_the_check_passes(self):
        for command in (["patch", "-p1", "--silent"], ["git", "apply", "-"]):
            with self.subTest(command=command):
                self.drift()
                found = self.transcript("--check")
                self.assertEqual(found.returncode, 4)
                subprocess.run(command, cwd=self.folder, input=found.stdout, text=True, check=True)
                again = self.transcript("--check")
                self.assertEqual((again.returncode, again.stdout), (0, ""))

    def test_update_writes_what_has_drifted_and_names_it(self):
        self.drift()
        found = self.transcript("--update")
        self.assertEqual(found.returncode, 0)
        self.assertEqual(len(found.stdout.splitlines()), 4)
        self.assertEqual(self.transcript("--update").stdout, "")
        self.assertEqual(self.transcript("--check").returncode, 0)

    def test_the_index_names_every_scenario(self):
        index = (self.folder / "transcripts" / "README.md").read_text(encoding="utf-8")
        for path in (self.folder / "scenarios").glob("*.yaml"):
            self.assertIn(f"]({path.stem}.md)", index)
        (self.folder / "transcripts" / "README.md").write_text("old\n", encoding="utf-8")
        self.assertEqual(self.transcript("--check").returncode, 4)

    def test_pages_of_the_same_run_show_in_a_browser_without_an_error(self):
        pages = self.folder / "pages"
        self.assertEqual(self.transcript("--update", "--html", pages).returncode, 0)
        self.assertEqual(len(list(pages.glob("*.html"))), len(list((self.folder / "scenarios").glob("*.yaml"))))
        browser = Chromium()
        self.addCleanup(browser.close)
        browser.call("Emulation.setDeviceMetricsOverride", width=360, height=740, deviceScaleFactor=2, mobile=True)
        page = pages / "cross-account-role.html"
        browser.open(page)
        self.assertEqual(browser.errors, [])
        self.assertEqual({url for url in browser.requests if not url.startswith("data:")}, {f"file://{page}"})
        self.assertLessEqual(browser.evaluate("document.documentElement.scrollWidth"), 360)
        self.assertEqual(browser.evaluate("document.querySelectorAll('section[id^=step-]').length"), 59)


if __name__ == "__main__":
    unittest.main()
