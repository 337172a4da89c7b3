"""What the other tests rest on: a server that ends badly, as one with a sanitizer's report does, fails its test."""

import pathlib
import tempfile
import unittest
from unittest import mock

import serving

WRAPPER = """#!/bin/sh
trap 'kill -TERM $child' TERM
'{binary}' "$@" &
child=$!
wait $child
wait $child
echo 'SUMMARY: a report' >&2
exit 66
"""


class Harness(unittest.TestCase):
    def test_a_server_that_ends_badly(self):
        with tempfile.TemporaryDirectory() as folder:
            wrapper = pathlib.Path(folder) / "wrapper"
            wrapper.write_text(WRAPPER.format(binary=serving.BINARY), encoding="utf-8")
            wrapper.chmod(0o755)
            with mock.patch.object(serving, "BINARY", wrapper):
                with self.assertRaisesRegex(AssertionError, "ended with 66: (?s:.*)SUMMARY: a report"):
                    with serving.Server() as server:
                        server.client("s3").list_buckets()


if __name__ == "__main__":
    unittest.main()
