"""Holds the operation catalogue against AWS's own service models, which botocore ships, and against the AWS CLI.

What is held against them is written by Tests/AWSAPITests (CatalogueTests), which runs before.
"""

import argparse
import json
import os
import pathlib
import subprocess
import unittest

# The models describe the services at their real endpoints; nothing here makes a call.
os.environ.setdefault("AWS_DEFAULT_REGION", "us-east-1")
os.environ.setdefault("AWS_EC2_METADATA_DISABLED", "true")

import awscli.clidriver
import botocore.loaders
import dateutil.parser

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
DUMP = REPOSITORY / ".build" / "vectors" / "catalogue.json"
COMMANDS = REPOSITORY / ".build" / "vectors" / "command-lines.json"
VERSIONS = {"iam": "2010-05-08", "sts": "2011-06-15", "s3": "2006-03-01"}
LOCATIONS = {"uri": "uri", "querystring": "query", "header": "header", "headers": "headers"}
NUMBERS = {"integer", "long"}
TIMESTAMPS = {"rfc822": {"httpDate"}, "iso8601": {"iso8601", "iso8601Milliseconds"}}

# S3 keeps whatever text an uploader sends as Expires and gives it back; the model says timestamp and SDKs cope.
EXPIRES = "the type is 'string', in the model 'timestamp'"
# S3 answers a bad copy source in its own words, depending on what is wrong with it.
COPY_SOURCE = r"the pattern is None, in the model '\\/?.+\\/.+'"

# Where the catalogue knows better than the model, to the letter, so that nothing else hides behind it.
DIFFERENCES = {
    f"s3.CopyObject.input.CopySource: {COPY_SOURCE}",
    f"s3.UploadPartCopy.input.CopySource: {COPY_SOURCE}",
    f"s3.CopyObject.input.Expires: {EXPIRES}",
    f"s3.CreateMultipartUpload.input.Expires: {EXPIRES}",
    f"s3.PutObject.input.Expires: {EXPIRES}",
    f"s3.GetObject.output.Expires: {EXPIRES}",
    f"s3.HeadObject.output.Expires: {EXPIRES}",
}


class Comparison:
    """One operation held against its model; what differs is collected with its place."""

    def __init__(self, model):
        self.shapes = model["shapes"]
        self.is_query = model["metadata"]["protocol"] == "query"
        self.differences = []

    def expect(self, place, what, ours, theirs):
        if ours != theirs:
            self.differences.append(f"{place}: {what} is {ours!r}, in the model {theirs!r}")

    def structure(self, place, members, shape, is_input, is_top=False):
        ours = {member["name"]: member for member in members}
        theirs = shape.get("members", {})
        self.expect(place, "the set of members", sorted(ours), sorted(theirs))
        for name in ours.keys() & theirs.keys():
            self.member(f"{place}.{name}", ours[name], name, theirs[name], shape, is_input, is_top)

    def member(self, place, ours, name, reference, parent, is_input, is_top):
        shape = self.shapes[reference["shape"]]
        if is_input or not is_top:
            self.expect(place, "required", ours["required"], name in parent.get("required", []))
        location = LOCATIONS.get(reference.get("location"), "element")
        wire = reference.get("locationName", name)
        if reference.get("xmlAttribute"):
            location = "attribute"
        elif is_top and parent.get("payload") == name:
            location = "payload" if shape["type"] == "structure" else "body"
            if location == "body" or not is_input:
                wire = ours["wire"]
        if place == "s3.GetBucketLocation.output.LocationConstraint":
            # The one answer of S3 whose member is the root element itself.
            location, wire = "payload", "LocationConstraint"
        self.expect(place, "the location", ours["location"], location)
        if location != "uri":
            self.expect(place, "the name on the wire", ours["wire"], wire)
        self.shape(place, ours["shape"], reference, shape, is_input, location)

    def shape(self, place, ours, reference, theirs, is_input, location="element"):
        kind = theirs["type"]
        if kind in NUMBERS:
            kind = "integer"
        self.expect(place, "the type", ours["type"], kind)
        if ours["type"] != kind:
            return
        if kind == "string":
            self.text(place, ours, reference["shape"], theirs, is_input)
        if kind in {"string", "integer", "list"} and is_input:
            self.bounds(place, ours, theirs)
        if kind == "timestamp":
            default = "rfc822" if location == "header" else "iso8601"
            stated = reference.get("timestampFormat", theirs.get("timestampFormat", default))
            if ours["format"] not in TIMESTAMPS[stated]:
                self.expect(place, "the format", ours["format"], stated)
        if kind == "list":
            self.list(place, ours, theirs, is_input)
        if kind == "map":
            self.shape(place + ".*", ours["value"], theirs["value"], self.shapes[theirs["value"]["shape"]], is_input)
        if kind == "structure":
            self.structure(place, ours["members"], theirs, is_input)

    def text(self, place, ours, name, theirs, is_input):
        if is_input:
            self.expect(place, "the pattern", ours.get("pattern"), theirs.get("pattern"))
        self.expect(place, "the set of values", sorted(ours.get("enum", [])), sorted(theirs.get("enum", [])))
        self.expect(place, "sensitive", ours["sensitive"], theirs.get("sensitive", False))
        if name == "policyDocumentType":
            self.expect(place, "a policy document", ours["policy"], True)

    def bounds(self, place, ours, theirs):
        floor = 0 if theirs["type"] in {"string", "list"} else None
        self.expect(place, "the minimum", ours.get("min", floor), theirs.get("min", floor))
        self.expect(place, "the maximum", ours.get("max"), theirs.get("max"))

    def list(self, place, ours, theirs, is_input):
        element = theirs["member"]
        flattened = theirs.get("flattened", False)
        name = None if flattened else element.get("locationName", "member")
        self.expect(place, "the element's name", ours.get("elementName"), name)
        self.shape(place + "[]", ours["element"], element, self.shapes[element["shape"]], is_input)

    def binding(self, place, ours, http, checksum):
        path, _, query = http["requestUri"].partition("?")
        target = "object" if "{Key+}" in path else "bucket" if "{Bucket}" in path else "service"
        selector = [piece for piece in query.split("&") if piece and not piece.startswith("x-id=")]
        self.expect(place, "the method", ours["method"], http["method"])
        self.expect(place, "the target", ours["target"], target)
        self.expect(place, "the selector", ours["selector"], selector)
        self.expect(place, "the status", ours["status"], http.get("responseCode", 200))
        self.expect(place, "the need of a checksum", ours["needsChecksum"], checksum.get("requestChecksumRequired", False))


class CatalogueTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.catalogue = json.loads(DUMP.read_text(encoding="utf-8"))
        loader = botocore.loaders.Loader()
        cls.models = {
            service: loader.load_service_model(service, "service-2", api_version=version)
            for service, version in VERSIONS.items()
        }

    def operations(self):
        for service, operations in self.catalogue.items():
            for name, description in operations.items():
                yield service, name, description

    def test_every_operation_is_as_the_model_says(self):
        seen = set()
        for service, name, ours in self.operations():
            with self.subTest(operation=f"{service}:{name}"):
                model = self.models[service]
                self.assertIn(name, model["operations"])
                theirs = model["operations"][name]
                self.assertFalse(theirs.get("deprecated", False), "AWS has deprecated it")
                comparison = Comparison(model)
                place = f"{service}.{name}"
                given = model["shapes"][theirs["input"]["shape"]] if "input" in theirs else {}
                comparison.structure(f"{place}.input", ours["input"], given, is_input=True, is_top=True)
                comparison.expect(place, "an answer", "output" in ours, "output" in theirs)
                if "output" in ours and "output" in theirs:
                    answer = model["shapes"][theirs["output"]["shape"]]
                    comparison.structure(f"{place}.output", ours["output"], answer, is_input=False, is_top=True)
                if service == "s3":
                    comparison.binding(place, ours["binding"], theirs["http"], theirs.get("httpChecksum", {}))
                self.assertEqual([line for line in comparison.differences if line not in DIFFERENCES], [])
                seen.update(comparison.differences)
        self.assertEqual(DIFFERENCES - seen, set(), "differences that are none any more")

    def test_what_undoes_an_operation_is_an_operation(self):
        for service, name, ours in self.operations():
            if "undo" in ours:
                self.assertIn(ours["undo"], self.catalogue[service], f"what undoes {service}:{name}")

    def test_the_command_line_knows_every_command_and_option(self):
        cli = CommandLineInterface()
        for service, name, ours in self.operations():
            with self.subTest(operation=f"{service}:{name}"):
                options = cli.operation(*ours["command"]).arg_table
                missing = [member["option"] for member in ours["input"] if member["option"] not in options]
                self.assertEqual(missing, [])


class CommandLineInterface:
    """The AWS CLI in this process, as far as it understands commands; nothing is sent."""

    def __init__(self):
        self.services = awscli.clidriver.create_clidriver()._get_command_table()
        self.tables = {}

    def operation(self, command, subcommand):
        if command not in self.tables:
            self.tables[command] = self.services[command]._get_command_table()
        return self.tables[command][subcommand]

    def parameters(self, arguments):
        """What the CLI would call the operation with."""
        operation = self.operation(*arguments[1:3])
        table = operation.arg_table
        parsed, rest = operation._create_operation_parser(table).parse_known_args(arguments[3:])
        assert not rest, f"not understood: {rest}"
        parameters = operation._build_call_parameters(parsed, table, argparse.Namespace())
        # The CLI makes pages itself: it takes --max-items for the number of items that are wanted in all.
        parameters.update(parameters.pop("PaginationConfig", {}))
        return parameters


def same(ours, theirs):
    """Whether the CLI understood what was meant; a moment may be written in several ways."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        return ours.keys() == theirs.keys() and all(same(ours[key], theirs[key]) for key in ours)
    if isinstance(ours, list) and isinstance(theirs, list):
        return len(ours) == len(theirs) and all(map(same, ours, theirs))
    if isinstance(ours, str) and isinstance(theirs, str) and ours.startswith("@") and not theirs.startswith("@"):
        return round(dateutil.parser.parse(theirs).timestamp() * 1000) == int(ours[1:])
    return type(ours) is type(theirs) and ours == theirs


class CommandLineTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.vectors = json.loads(COMMANDS.read_text(encoding="utf-8"))

    def test_the_cli_understands_what_was_meant(self):
        cli = CommandLineInterface()
        for vector in self.vectors:
            with self.subTest(command=vector["text"]):
                understood = cli.parameters(vector["arguments"])
                self.assertTrue(same(vector["parameters"], understood), f"{vector['parameters']} became {understood}")

    def test_a_shell_reads_the_words_that_were_meant(self):
        for form in ("text", "lines"):
            script = "".join(f"printf '%s\\0' {vector[form]}\nprintf '\\0'\n" for vector in self.vectors)
            output = subprocess.run(["bash", "-s"], input=script.encode(), capture_output=True, check=True).stdout
            read = output.decode()
            for vector in self.vectors:
                expected = "".join(word + "\0" for word in vector["arguments"]) + "\0"
                self.assertTrue(read.startswith(expected), f"{vector[form]} became {read[: len(expected)]!r}")
                read = read[len(expected) :]
            self.assertEqual(read, "")


if __name__ == "__main__":
    unittest.main()
