"""Every error that AWS was recorded to answer, provoked over the socket."""

import unittest

from botocore.exceptions import ClientError

import operations_errors
from serving import Server


class RecordedErrors(unittest.TestCase):
    maxDiff = None

    def test_every_recorded_error_is_provoked(self):
        with Server() as server:
            place = operations_errors.Place(server)
            for service, table in operations_errors.TABLES.items():
                for row in table:
                    if row.because:
                        continue
                    with self.subTest(f"{service} {row}"):
                        with self.assertRaises(ClientError) as caught:
                            row.ask(place)
                        answer = caught.exception.response
                        error = answer["Error"]
                        self.assertEqual(
                            (error["Code"], answer["ResponseMetadata"]["HTTPStatusCode"], error["Message"] or ""),
                            (row.code, row.status, row.message),
                        )
                        self.assertEqual(set(error) - {"Code", "Message", "Type"}, row.fields)

    def test_no_row_is_there_twice(self):
        rows = [f"{service} {row}" for service, table in operations_errors.TABLES.items() for row in table]
        self.assertEqual(len(rows), len(set(rows)))


if __name__ == "__main__":
    unittest.main()
