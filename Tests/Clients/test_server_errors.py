"""Every error of AWS whose form is known and that a request can provoke, provoked over the socket."""

import re
import unittest

from botocore.exceptions import ClientError

import operations_errors
import operations_wire
import recorded_errors
from serving import Server


class KnownErrors(unittest.TestCase):
    maxDiff = None

    def check(self, tables):
        with Server() as server:
            place = recorded_errors.Place(server)
            for name, table in tables.items():
                for row in table:
                    if row.because:
                        continue
                    with self.subTest(f"{name}: {row}"):
                        with self.assertRaises(ClientError) as caught:
                            row.ask(place)
                        self.compare(row, caught.exception.response)

    def compare(self, row, answer):
        error = answer["Error"]
        message = error["Message"] or ""
        if isinstance(row.message, re.Pattern) and row.message.fullmatch(message):
            message = row.message
        found = (error["Code"], answer["ResponseMetadata"]["HTTPStatusCode"], message)
        self.assertEqual(found, (row.code, row.status, row.message))
        self.assertEqual(set(error) - {"Code", "Message", "Type"}, row.fields)

    def test_those_that_were_recorded(self):
        self.check(operations_errors.TABLES)

    def test_those_that_are_known_otherwise(self):
        self.check(operations_wire.TABLES)

    def test_no_recorded_row_is_there_twice(self):
        rows = [f"{service} {row}" for service, table in operations_errors.TABLES.items() for row in table]
        self.assertEqual(len(rows), len(set(rows)))


if __name__ == "__main__":
    unittest.main()
