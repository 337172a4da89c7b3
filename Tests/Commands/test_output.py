"""What is written down is whole, or it is said that it is not; and only files are ever replaced."""

import os
import stat
import subprocess
import tempfile
import threading
import unittest

from support import BINARY, MIXED, REPOSITORY, environment, iamdrill

TUTORIAL = REPOSITORY / "scenarios" / "cross-account-role.yaml"
REQUEST = b'{"principal":"*","action":"s3:GetObject","resource":"*"}\n'
REPORTS = ["--report-json", "--report-junit", "--report-tap"]


class Output(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def test_a_full_standard_output_is_said(self):
        for arguments, code in [
            (["run", TUTORIAL], 2), (["schema"], 2), (["--version"], 2),
            (["operations"], 2), (["evaluate", "-"], 2), (["run", MIXED], 3),
        ]:  # fmt: skip
            with self.subTest(arguments[0]), open("/dev/full", "wb") as full:
                result = subprocess.run(
                    [BINARY, *arguments], cwd=REPOSITORY, env=environment(), input=REQUEST, stdout=full,
                    stderr=subprocess.PIPE, timeout=60,
                )  # fmt: skip
                self.assertEqual(result.returncode, code, result.stderr)
                self.assertIn(b"standard output: No space left on device", result.stderr)

    def test_a_reader_that_goes_away_is_no_error(self):
        process = subprocess.Popen(
            [BINARY, "run", "-v", TUTORIAL], cwd=REPOSITORY, env=environment(), stdout=subprocess.PIPE,
            stderr=subprocess.PIPE, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        process.stdout.close()
        self.assertEqual((process.stderr.read(), process.wait(60)), (b"", 0))
        process.stderr.close()

    def test_a_device_keeps_its_place(self):
        for option in REPORTS:
            result = iamdrill("run", TUTORIAL, "-q", option, "/dev/full")
            self.assertEqual(result.returncode, 2)
            self.assertIn("/dev/full: No space left on device", result.stderr)
            self.assertTrue(stat.S_ISCHR(os.stat("/dev/full").st_mode))
            self.assertEqual(iamdrill("run", TUTORIAL, "-q", option, "/dev/null").returncode, 0)
            self.assertTrue(stat.S_ISCHR(os.stat("/dev/null").st_mode))

    def test_a_pipe_is_written_to(self):
        pipe = os.path.join(self.folder, "pipe")
        os.mkfifo(pipe)
        got = []

        def read():
            with open(pipe, "rb") as file:
                got.append(file.read())

        reader = threading.Thread(target=read)
        reader.start()
        self.assertEqual(iamdrill("run", TUTORIAL, "-q", "--report-tap", pipe).returncode, 0)
        reader.join(60)
        self.assertTrue(got and got[0].startswith(b"TAP version"))

    def test_a_link_goes_on_leading_where_it_led(self):
        target, link = os.path.join(self.folder, "target.json"), os.path.join(self.folder, "link.json")
        with open(target, "w", encoding="utf-8") as file:
            file.write("old")
        os.chmod(target, 0o640)
        os.symlink(target, link)
        self.assertEqual(iamdrill("run", TUTORIAL, "-q", "--report-json", link).returncode, 0)
        self.assertTrue(os.path.islink(link))
        with open(target, encoding="utf-8") as file:
            self.assertTrue(file.read().startswith("{"))
        self.assertEqual(stat.S_IMODE(os.stat(target).st_mode), 0o640)
        self.assertEqual(sorted(os.listdir(self.folder)), ["link.json", "target.json"])


if __name__ == "__main__":
    unittest.main()
