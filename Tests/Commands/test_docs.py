"""Runs what the README and the documents say: commands are run, files are checked, sample output is held against a run.

Of each fenced block (Swift is held by Tests/IAMPolicyTests): `sh` is run line by line in a copy of the repository's scenarios, `yaml` with a `scenario:` is checked and run,
other `yaml` and `json` must at least be such; a sample of output stands behind a comment that names the command it is of, with
`…` for what is left out. Any other block must be one of the few that are listed here, with the reason.
"""

import json
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

import yaml

from support import BINARY, REPOSITORY, environment, iamdrill

DOCUMENTS = [REPOSITORY / "README.md", *sorted((REPOSITORY / "docs").glob("*.md"))]
FENCE = re.compile(r"^(?:<!-- output of: (?P<command>.*?) -->\n+)?^```(?P<kind>\w*)\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
INTERPOLATION = re.compile(r"\$\{\{.*?\}\}")


def blocks(kind):
    for document in DOCUMENTS:
        text = document.read_text(encoding="utf-8")
        for found in FENCE.finditer(text):
            if found["kind"] == kind:
                line = text.count("\n", 0, found.start("text"))
                yield f"{document.name}:{line}", found


class Documents(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)
        (self.folder / "bin").mkdir()
        # As it is installed: what comes along stands where the program looks for it.
        shutil.copy(BINARY, self.folder / "bin" / "iamdrill")
        shutil.copytree(REPOSITORY / "scenarios", self.folder / "share" / "iamdrill" / "scenarios")

    def shell(self, text, cwd):
        state = environment(
            PATH=f"{self.folder / 'bin'}:{environment()['PATH']}", HOME=self.folder, XDG_STATE_HOME=self.folder / "state"
        )
        return subprocess.run(
            ["bash", "-euo", "pipefail", "-c", text], cwd=cwd, env=state, capture_output=True, text=True, timeout=600,
            stdin=subprocess.DEVNULL,
        )  # fmt: skip

    def test_commands_do_what_they_should(self):
        count = 0
        for document in DOCUMENTS:
            place = self.folder / document.stem
            place.mkdir()
            if document.stem not in ("quick-start",):
                shutil.copytree(REPOSITORY / "scenarios", place / "scenarios")
            self.shell("iamdrill transcript scenarios" if (place / "scenarios").exists() else "true", place)
            for name, block in blocks("sh"):
                if not name.startswith(document.name + ":"):
                    continue
                with self.subTest(block=name):
                    # A build is not done once more; that there is such a target is seen without it.
                    text = re.sub(r"^make ", f"make --dry-run --directory={REPOSITORY} ", block["text"], flags=re.MULTILINE)
                    found = self.shell(text, place)
                    self.assertEqual(found.returncode, 0, f"{text}\n{found.stdout[-2000:]}{found.stderr}")
                    count += 1
        self.assertGreater(count, 5)

    def test_scenarios_pass_and_other_yaml_is_yaml(self):
        for name, block in blocks("yaml"):
            with self.subTest(block=name):
                parsed = yaml.safe_load(INTERPOLATION.sub("x", block["text"]))
                if not isinstance(parsed, dict) or "scenario" not in parsed:
                    continue
                path = self.folder / "scenario.yaml"
                path.write_text(block["text"], encoding="utf-8")
                for command in ("check", "run"):
                    found = iamdrill(command, path)
                    self.assertEqual(found.returncode, 0, found.stdout + found.stderr)

    def test_json_is_json(self):
        for name, block in blocks("json"):
            with self.subTest(block=name):
                json.loads(block["text"])

    def test_samples_of_output_are_what_comes_out(self):
        count = 0
        for name, block in blocks(""):
            if not block["command"]:
                continue
            with self.subTest(block=name):
                found = self.shell(block["command"], REPOSITORY)
                self.assertTrue(matches(block["text"], found.stdout), f"{name}:\n{found.stdout[-3000:]}\n{found.stderr}")
                count += 1
        self.assertGreaterEqual(count, 2)

    def test_every_other_block_is_known(self):
        known = {"README.md": 0, "policy-evaluation.md": 2, "scenario-format.md": 1}
        for document in DOCUMENTS:
            others = [
                found for found in FENCE.finditer(document.read_text(encoding="utf-8"))
                if found["kind"] not in ("sh", "yaml", "json", "swift") and not found["command"]
            ]  # fmt: skip
            with self.subTest(document=document.name):
                self.assertLessEqual(len(others), known.get(document.name, 0), [found["text"][:80] for found in others])

    def test_the_readme_lists_every_command(self):
        listed = re.findall(r"^\| `iamdrill (\w+)", (REPOSITORY / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
        commands = re.findall(r"^  (\w+)  ", iamdrill("--help").stdout.split("Exit codes")[0], re.MULTILINE)
        self.assertEqual(sorted(listed), sorted(commands))

    def test_links_lead_somewhere(self):
        for document in DOCUMENTS:
            for target in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", document.read_text(encoding="utf-8")):
                self.assertTrue((document.parent / target).exists(), f"{document.name}: {target}")


def matches(sample, output):
    """Whether the sample's lines are in the output in this order, each run of them between `…` without a gap."""
    lines = [line.rstrip() for line in output.splitlines()]
    place = 0
    for part in re.split(r"^ *… *\n", sample, flags=re.MULTILINE):
        wanted = [line.rstrip() for line in part.splitlines()]
        while wanted and not wanted[-1]:
            wanted.pop()
        if not wanted:
            continue
        found = next((i for i in range(place, len(lines)) if lines[i : i + len(wanted)] == wanted), None)
        if found is None:
            return False
        place = found + len(wanted)
    return True


if __name__ == "__main__":
    unittest.main()
