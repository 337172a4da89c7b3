"""The tutorial on Ceph's radosgw, held against the emulator: where there is one, which a variable names.

    IAMDRILL_RADOSGW_URL=http://127.0.0.1:8000
    IAMDRILL_RADOSGW_ACCOUNTS='{"Destination": ["210987654321", "KEY", "SECRET"], "Originating": ["123456789012", "KEY", "SECRET"]}'

A gateway needs a cluster behind it, so none is started here.
"""

import json
import os
import pathlib
import re
import shutil
import tempfile
import unittest

from support import iamdrill
from targets import TUTORIAL

URL = os.environ.get("IAMDRILL_RADOSGW_URL")
ABSENCE = (
    "IAMDRILL_RADOSGW_URL is not set, and radosgw is "
    + ("installed, but it needs a cluster that runs" if shutil.which("radosgw") else "not installed either")
)


class Radosgw(unittest.TestCase):
    @unittest.skipUnless(URL, ABSENCE)
    def test_tutorial_compared(self):
        accounts = json.loads(os.environ["IAMDRILL_RADOSGW_ACCOUNTS"])
        with tempfile.TemporaryDirectory() as folder:
            lines = ["targets:", "  radosgw:", "    kind: endpoint", f"    url: {URL}", "    within: 2s", "    accounts:"]
            variables = {"XDG_STATE_HOME": folder}
            for name, (identifier, key, secret) in accounts.items():
                variables |= {f"KEY_{name.upper()}": key, f"SECRET_{name.upper()}": secret}
                lines.append(
                    f'      {name}: {{ id: "{identifier}", access_key_id: KEY_{name.upper()}, '
                    f"secret_access_key: SECRET_{name.upper()} }}"
                )
            configuration = pathlib.Path(folder) / "iamdrill.yaml"
            configuration.write_text("\n".join(lines) + "\n", encoding="utf-8")
            result = iamdrill(
                "compare", "radosgw", "emulator", "--config", configuration, "--yes", TUTORIAL, timeout=900, **variables
            )
            told = result.stdout + result.stderr
            self.assertIn(result.returncode, (0, 4), told)
            print("\n".join(re.findall(r"^  (?:\w+ lets pass|  .*: steps? ).*$", result.stdout, re.MULTILINE)))
            # Nothing is left that a sweep would still find.
            swept = iamdrill("sweep", "--target", "radosgw", "--config", configuration, **variables)
            self.assertEqual((swept.returncode, swept.stdout), (0, ""), swept.stderr)


if __name__ == "__main__":
    unittest.main()
