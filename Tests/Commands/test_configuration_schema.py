"""The schema of `iamdrill.yaml` that is committed, held against documents that are right and wrong."""

import json
import pathlib
import re
import unittest

import jsonschema
import yaml

from support import REPOSITORY, iamdrill

SCHEMA = REPOSITORY / "scenarios" / "iamdrill.schema.json"
GOLDEN = REPOSITORY / "Tests" / "ScenarioTests" / "GoldenConfiguration"
ACCOUNT = {"id": "210987654321", "profile": "a"}
AWS = {"kind": "aws", "accounts": {"Destination": ACCOUNT}}
ENDPOINT = {"kind": "endpoint", "url": "http://localhost:4600", "accounts": {"Destination": ACCOUNT}}


class TextLoader(yaml.SafeLoader):
    """Plain scalars are text, as the command reads them."""


TextLoader.yaml_implicit_resolvers = {}


def load(text):
    return yaml.load(text, Loader=TextLoader)  # noqa: S506


class ConfigurationSchema(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
        jsonschema.Draft202012Validator.check_schema(cls.schema)
        cls.validator = jsonschema.Draft202012Validator(cls.schema)

    def test_it_is_the_command_s_own(self):
        told = iamdrill("schema", "configuration")
        self.assertEqual(told.returncode, 0, told.stderr)
        self.assertEqual(json.loads(told.stdout), self.schema)

    def test_right(self):
        page = (REPOSITORY / "docs" / "targets.md").read_text(encoding="utf-8")
        blocks = [block for block in re.findall(r"```yaml\n(.*?)```", page, re.DOTALL) if "\ntargets:" in block]
        self.assertGreater(len(blocks), 0)
        for document in [
            *map(load, blocks), {"targets": {}}, {"targets": {"own": {"kind": "emulator"}}}, {"targets": {"a": AWS, "b": ENDPOINT}},
            {"targets": {"a": {"kind": "replay", "dir": "recordings"}}},
            {"targets": {"a": {"kind": "aws", "pairs": [{"A": ACCOUNT}, {"A": ACCOUNT | {"id": "123456789012"}}]}}},
            {"targets": {"a": ENDPOINT | {"within": "90s", "stable": 5, "clock": "server", "ca": "ca.pem", "names": {"k": "v"}}}},
            {"targets": {"a": AWS | {"principals": {"David": {"access_key_id": "K", "secret_access_key": "S", "session_token": "T"}}}}},
        ]:  # fmt: skip
            with self.subTest(str(document)):
                self.assertEqual([error.message for error in self.validator.iter_errors(document)], [])

    def test_wrong(self):
        for case, document, place in [
            ("no targets", {}, ""),
            ("a list", [], ""),
            ("an unknown key beside targets", {"targets": {}, "default": "a"}, ""),
            ("a target that is a list", {"targets": {"a": []}}, "targets/a"),
            ("a name with blanks", {"targets": {"a b": AWS}}, "targets"),
            ("no kind", {"targets": {"a": {"accounts": {}}}}, "targets/a"),
            ("an unknown kind", {"targets": {"a": AWS | {"kind": "azure"}}}, "targets/a/kind"),
            ("verification switched off", {"targets": {"a": AWS | {"insecure": True}}}, "targets/a"),
            ("an id that is too short", {"targets": {"a": AWS | {"accounts": {"A": ACCOUNT | {"id": "1"}}}}}, "targets/a/accounts/A/id"),
            ("an account without an id", {"targets": {"a": AWS | {"accounts": {"A": {"profile": "a"}}}}}, "targets/a/accounts/A"),
            ("an account without credentials", {"targets": {"a": AWS | {"accounts": {"A": {"id": "210987654321"}}}}}, "targets/a/accounts/A"),
            ("two sources", {"targets": {"a": AWS | {"accounts": {"A": ACCOUNT | {"access_key_id": "K", "secret_access_key": "S"}}}}}, "targets/a/accounts/A"),
            ("a secret without its key", {"targets": {"a": AWS | {"principals": {"A": {"profile": "a", "secret_access_key": "S"}}}}}, "targets/a/principals/A"),
            ("pairs that are no list", {"targets": {"a": {"kind": "aws", "pairs": {"A": ACCOUNT}}}}, "targets/a/pairs"),
            ("an unknown service", {"targets": {"a": AWS | {"endpoint_urls": {"ec2": "https://localhost"}}}}, "targets/a/endpoint_urls"),
            ("allowed accounts that are no list", {"targets": {"a": AWS | {"allowed_accounts": "210987654321"}}}, "targets/a/allowed_accounts"),
            ("a time that is none", {"targets": {"a": AWS | {"within": "soon"}}}, "targets/a/within"),
            ("no times", {"targets": {"a": AWS | {"stable": 0}}}, "targets/a/stable"),
            ("an unknown clock", {"targets": {"a": ENDPOINT | {"clock": "fast"}}}, "targets/a/clock"),
        ]:  # fmt: skip
            with self.subTest(case):
                places = {"/".join(map(str, error.absolute_path)) for error in self.validator.iter_errors(document)}
                self.assertIn(place, places, f"{case}: {places}")

    def test_what_the_command_refuses_for_its_form_the_schema_refuses(self):
        """Files that go together badly, and not only each part by itself, are the command's alone to find."""
        whole_only = {"guards", "kinds", "broken-yaml", "keys-given-twice"}
        names = {path.stem for path in GOLDEN.glob("*.yaml")}
        self.assertTrue(whole_only < names)
        for name in sorted(names - whole_only):
            with self.subTest(name):
                document = load((GOLDEN / f"{name}.yaml").read_text(encoding="utf-8"))
                self.assertFalse(self.validator.is_valid(document), document)


if __name__ == "__main__":
    unittest.main()
