"""Holds the reports against those who read them: a schema of JUnit's XML, Perl's TAP parser, a JSON Schema, GitHub's forms."""

import json
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

import jsonschema
import lxml.etree

from support import MIXED, REPOSITORY, iamdrill

# Of Tests/ReportTests/Golden/mixed.yaml.
PASSED, FAILED, ERRORS, NOT_RUN = 6, 2, 1, 1

TAP_READER = r"""
use strict; use warnings; use TAP::Parser; use TAP::Parser::YAMLish::Reader;
my $parser = TAP::Parser->new({ source => $ARGV[0] });
my $yaml = 0;
while (my $result = $parser->next) { $yaml++ if $result->is_yaml && ref $result->data eq 'HASH' && $result->data->{severity} }
print join(',', $parser->tests_run, scalar($parser->passed), scalar($parser->failed), scalar($parser->skipped), $yaml,
  scalar($parser->parse_errors), $parser->version), "\n";
"""


class Reports(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp())
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        cls.summary = cls.folder / "summary.md"
        cls.summary.write_text("what another step wrote\n", encoding="utf-8")
        cls.run_once = iamdrill(
            "run", MIXED, "--report-junit", cls.folder / "junit.xml", "--report-tap", cls.folder / "run.tap",
            "--report-json", cls.folder / "run.json", "--report-html", cls.folder / "page", "--report-github",
            GITHUB_STEP_SUMMARY=cls.summary,
        )  # fmt: skip

    def test_the_exit_code_is_the_run_s(self):
        self.assertEqual(self.run_once.returncode, 3, self.run_once.stderr)

    def test_junit_is_valid_and_keeps_failures_errors_and_skips_apart(self):
        schema = lxml.etree.XMLSchema(lxml.etree.parse(pathlib.Path(__file__).with_name("junit.xsd")))
        document = lxml.etree.parse(self.folder / "junit.xml")
        schema.assertValid(document)
        counts = [len(document.findall(f".//{name}")) for name in ("testcase", "failure", "error", "skipped")]
        self.assertEqual(counts, [PASSED + FAILED + ERRORS + NOT_RUN, FAILED, ERRORS, NOT_RUN])
        for suite in document.findall("testsuite"):
            self.assertEqual(int(suite.get("tests")), len(suite.findall("testcase")))
            self.assertEqual(int(suite.get("failures")), len(suite.findall("testcase/failure")))
        self.assertIn("mixed.yaml:50:17: error: expected allowed, was denied", document.find(".//failure").text)

    def test_junit_of_all_scenarios_is_valid(self):
        found = iamdrill("run", "scenarios", "--jobs", 2, "--report-junit", "-")
        self.assertEqual(found.returncode, 0, found.stderr)
        schema = lxml.etree.XMLSchema(lxml.etree.parse(pathlib.Path(__file__).with_name("junit.xsd")))
        schema.assertValid(lxml.etree.fromstring(found.stdout.encode()))
        self.assertIn("Scenarios:", found.stderr)

    def test_tap_is_read_by_perl(self):
        read = subprocess.run(
            ["perl", "-e", TAP_READER, self.folder / "run.tap"], capture_output=True, text=True, check=True
        )
        wrong = FAILED + ERRORS
        total = PASSED + NOT_RUN + wrong
        self.assertEqual(read.stdout.strip(), f"{total},{total - wrong},{wrong},{NOT_RUN},{wrong},0,13", read.stderr)

    def test_prove_takes_a_run_that_passed(self):
        path = self.folder / "passed.tap"
        iamdrill("run", "scenarios/mfa-role.yaml", "--report-tap", path)
        proved = subprocess.run(["prove", "--exec", "cat", path], capture_output=True, text=True)
        self.assertIn("Result: PASS", proved.stdout)

    def test_json_is_what_its_schema_says(self):
        schema = json.loads((REPOSITORY / "docs" / "report.schema.json").read_text(encoding="utf-8"))
        jsonschema.Draft202012Validator.check_schema(schema)
        report = json.loads((self.folder / "run.json").read_text(encoding="utf-8"))
        jsonschema.validate(report, strict(schema))
        expected = {"steps": 10, "passed": PASSED, "failed": FAILED, "errors": ERRORS, "notRun": NOT_RUN}
        self.assertEqual(report["counts"], expected)
        self.assertEqual(report["outcome"], "error")

    def test_json_of_all_scenarios_is_what_its_schema_says(self):
        schema = json.loads((REPOSITORY / "docs" / "report.schema.json").read_text(encoding="utf-8"))
        report = json.loads(iamdrill("run", "scenarios", "--report-json", "-").stdout)
        jsonschema.validate(report, strict(schema))
        self.assertGreater(report["counts"]["steps"], 200)

    def test_github_gets_annotations_and_a_summary_behind_what_is_there(self):
        commands = [line for line in self.run_once.stdout.splitlines() if line.startswith("::")]
        self.assertEqual(len(commands), 4)
        form = re.compile(
            r"::error file=[^,:]+,line=\d+,endLine=\d+(,col=\d+,endColumn=\d+)?,title=[^,:]+::(?!.*%(?!25|0A|0D))"
        )
        for command in commands:
            self.assertRegex(command, form)
        self.assertIn("50%25%2C #2", commands[0])
        summary = self.summary.read_text(encoding="utf-8")
        self.assertTrue(summary.startswith("what another step wrote\n## ❌ iamdrill: 10 steps"))

    def test_a_report_that_cannot_be_written_is_said(self):
        found = iamdrill("run", "scenarios/mfa-role.yaml", "--report-tap", "/dev/null/folder/run.tap")
        self.assertEqual(found.returncode, 2)
        self.assertIn("/dev/null/folder/run.tap: ", found.stderr)

    def test_only_one_report_goes_to_standard_output(self):
        found = iamdrill("run", "scenarios/mfa-role.yaml", "--report-tap", "-", "--report-json", "-")
        self.assertEqual(found.returncode, 1)


def strict(schema):
    """The schema with every member that it does not name forbidden: the reports must not have what is not documented."""
    if isinstance(schema, list):
        return [strict(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    stricter = {name: strict(part) for name, part in schema.items()}
    if isinstance(stricter.get("properties"), dict):
        stricter["additionalProperties"] = False
    return stricter


if __name__ == "__main__":
    unittest.main()
