"""The tables of operations, run; and that they leave none out."""

import re
import subprocess
import unittest

import operations_iam
import operations_roles
import operations_s3
import operations_sessions
import operations_uploads
from serving import BINARY, REPOSITORY
from steps import Table

TABLES = {
    "users": operations_iam.USERS,
    "policies": operations_iam.POLICIES,
    "roles": operations_roles.ROLES,
    "the account": operations_iam.ACCOUNT_STEPS,
    "second factors": operations_sessions.DEVICES,
    "providers": operations_sessions.PROVIDERS,
    "sessions": operations_sessions.SESSIONS,
    "buckets": operations_s3.BUCKETS,
    "objects": operations_s3.OBJECTS,
    "uploads": operations_uploads.UPLOADS,
}


def listed():
    """What `iamdrill operations` prints."""
    return subprocess.run([BINARY, "operations"], capture_output=True, text=True, check=True).stdout


def operations():
    """Every operation in the list, and whether it is carried out."""
    service, found = None, {}
    for line in listed().splitlines():
        if heading := re.match(r"## (\w+):", line):
            service = heading[1].lower()
        elif row := re.match(r"\| `(\w+)`( \(not emulated\))?", line):
            found[f"{service}:{row[1]}"] = row[2] is None
    return found


class TablesTest(Table):
    @classmethod
    def setUpClass(cls):
        cls.unserved = frozenset(name for name, is_served in operations().items() if not is_served)

    def test_none_is_left_out(self):
        """Every operation that the command lists is in a table."""
        known = operations()
        self.assertGreaterEqual(len(known), 190)
        asked = {f"{step.service}:{step.operation}" for steps in TABLES.values() for step in steps}
        self.assertEqual(set(known) - asked, set())

    def test_the_table_in_the_documentation_is_this_one(self):
        written = (REPOSITORY / "docs" / "operations.md").read_text(encoding="utf-8")
        self.assertEqual(written, listed(), "run `make docs`")


def add(name, steps):
    setattr(TablesTest, f"test_{name.replace(' ', '_')}", lambda self: self.run_steps(steps))


for name, steps in TABLES.items():
    add(name, steps)


if __name__ == "__main__":
    unittest.main()
