"""Tables of calls: what is asked, and what the answer must have, to the member."""

import unittest

from botocore import xform_name
from botocore.exceptions import ClientError

import answers
from serving import Server


class Step:
    """One call. Parameters may be functions of the answers so far, which are found by operation or `keep`."""

    def __init__(self, operation, expected, keep=None, keys=None, **parameters):
        self.service, self.operation = operation.split(":")
        self.expected, self.keep, self.keys, self.parameters = expected, keep, keys, parameters

    def __str__(self):
        return f"{self.service}:{self.operation}" + (f" ({self.keep})" if self.keep else "")


class Refusal:
    """The answer of a call that must be refused: the code, the status, the message, and further members of the error.

    A message of `None` is one that nobody has seen from AWS.
    """

    def __init__(self, code, status, message, *fields):
        self.code, self.status, self.message, self.fields = code, status, message, set(fields)

    def differences(self, error):
        found = error.response["Error"]
        further = set(found) - {"Code", "Message", "Type"}
        message = found["Message"] if self.message is not None else None
        wanted = (self.code, self.status, self.message, self.fields)
        got = (found["Code"], error.response["ResponseMetadata"]["HTTPStatusCode"], message, further)
        return None if wanted == got else f"refused with {got}, not {wanted}"


def resolve(value, known):
    if callable(value):
        return value(known)
    if isinstance(value, dict):
        return {name: resolve(inner, known) for name, inner in value.items()}
    if isinstance(value, list):
        return [resolve(inner, known) for inner in value]
    return value


class Table(unittest.TestCase):
    """Runs a table of steps against one server."""

    maxDiff = None
    # The operations that are described only, as `iamdrill operations` tells them.
    unserved = frozenset()
    options = ()

    def setUp(self):
        self.server = Server(*self.options)
        self.addCleanup(self.server.stop)
        self.clients, self.watches, self.known = {}, {}, {}

    def client(self, service, keys=None):
        name = (service, tuple(sorted(keys.items())) if keys else None)
        if name not in self.clients:
            self.clients[name] = self.server.client(service, keys)
            self.watches[name] = answers.Watch(self.clients[name])
        return self.clients[name]

    def ask(self, step):
        client = self.client(step.service, step.keys and step.keys(self.known))
        answer = getattr(client, xform_name(step.operation))(**resolve(step.parameters, self.known))
        if "Body" in answer:
            answer["Body"] = answer["Body"].read()
        self.known[step.keep or step.operation] = answer
        return answer

    def run_unserved(self, steps):
        """What the catalogue describes and the emulator does not carry out must say so."""
        for step in steps:
            with self.subTest(f"{step} is not emulated"):
                parameters = {name: "x" * 32 if callable(value) else value for name, value in step.parameters.items()}
                with self.assertRaises(ClientError) as caught:
                    getattr(self.client(step.service), xform_name(step.operation))(**parameters)
                self.assertEqual(caught.exception.response["Error"]["Code"], "InvalidAction")

    def run_steps(self, steps):
        unserved = [step for step in steps if f"{step.service}:{step.operation}" in self.unserved]
        self.run_unserved(unserved)
        for step in steps:
            if step in unserved:
                continue
            with self.subTest(str(step)):
                if isinstance(step.expected, Refusal):
                    with self.assertRaises(ClientError) as caught:
                        self.ask(step)
                    self.assertIsNone(step.expected.differences(caught.exception))
                else:
                    self.assertEqual(answers.shape(self.ask(step)), step.expected)
