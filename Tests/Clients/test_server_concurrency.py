"""Many clients of `iamdrill serve` at once."""

import json
import threading
import time
import unittest

import botocore.exceptions
import serving

CLIENTS = 64
SECONDS = 6


class Concurrency(unittest.TestCase):
    def setUp(self):
        self.server = serving.Server()
        self.addCleanup(self.server.stop)

    def test_writes_are_found_and_replaced_policies_do_not_authorize(self):
        """Half of the clients write and read objects; the others ask what a policy allows that is replaced all the time.

        A policy allows one of two keys. Whoever asks for a key right after the answer to the policy that allows the other
        must be refused, whatever the other threads do.
        """
        administrator = self.server.client("s3", max_pool_connections=CLIENTS)
        administrator.create_bucket(Bucket="crowd")
        iam = self.server.client("iam")
        users = []
        for number in range(CLIENTS // 2):
            iam.create_user(UserName=f"user{number}")
            users.append(serving.keys(iam.create_access_key(UserName=f"user{number}")["AccessKey"]))
        for key in ("even", "odd"):
            administrator.put_object(Bucket="crowd", Key=key, Body=key.encode())
        faults, written, asked = [], [], []
        end = time.monotonic() + SECONDS

        def guarded(body):
            def run(*arguments):
                try:
                    body(*arguments)
                except Exception as error:  # pylint: disable=broad-except
                    faults.append(repr(error))

            return run

        @guarded
        def write(number):
            client = self.server.client("s3")
            count = 0
            while time.monotonic() < end:
                key = f"{number}/{count}"
                body = key.encode() * (1 + count % 5000)
                client.put_object(Bucket="crowd", Key=key, Body=body)
                written.append((key, len(body)))
                if client.get_object(Bucket="crowd", Key=key)["Body"].read() != body:
                    faults.append(f"{key} reads differently")
                count += 1

        @guarded
        def ask(number):
            client, managing = self.server.client("s3", users[number]), self.server.client("iam")
            turn = 0
            # Each asks at least once, however busy the machine is.
            while turn == 0 or time.monotonic() < end:
                allowed, refused = ("even", "odd") if turn % 2 == 0 else ("odd", "even")
                managing.put_user_policy(
                    UserName=f"user{number}", PolicyName="turn",
                    PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": {
                        "Effect": "Allow", "Action": "s3:GetObject", "Resource": f"arn:aws:s3:::crowd/{allowed}"}}),
                )
                client.get_object(Bucket="crowd", Key=allowed)["Body"].read()
                try:
                    client.get_object(Bucket="crowd", Key=refused)
                    faults.append(f"user{number} read {refused} under a policy that was replaced")
                except botocore.exceptions.ClientError as error:
                    if error.response["Error"]["Code"] != "AccessDenied":
                        faults.append(repr(error))
                turn += 1
            asked.append(turn)

        threads = [threading.Thread(target=write, args=(number,)) for number in range(CLIENTS // 2)]
        threads += [threading.Thread(target=ask, args=(number,)) for number in range(CLIENTS // 2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(faults[:5], [])
        self.assertEqual(len(asked), CLIENTS // 2)
        listed = {}
        for page in administrator.get_paginator("list_objects_v2").paginate(Bucket="crowd"):
            listed.update((item["Key"], item["Size"]) for item in page["Contents"])
        self.assertEqual(len(listed), len(written) + 2)
        for key, size in written:
            self.assertEqual(listed.get(key), size)


if __name__ == "__main__":
    unittest.main()
