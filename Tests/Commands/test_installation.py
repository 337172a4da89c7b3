"""What is installed: completions in the shells themselves, the manual page, the Debian package."""

import gzip
import pathlib
import re
import shutil
import subprocess
import tempfile
import unittest

from support import BINARY, REPOSITORY, environment, iamdrill
from terminal import Terminal


def run(*words, **further):
    return subprocess.run([*map(str, words)], capture_output=True, text=True, timeout=120, **further)


class Completions(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp())
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        for shell in ("bash", "zsh", "fish"):
            found = iamdrill("completions", shell)
            assert found.returncode == 0
            (cls.folder / shell).write_text(found.stdout, encoding="utf-8")

    def bash(self, *words):
        quoted = " ".join(f"'{word}'" for word in words)
        script = (
            f"source {self.folder}/bash; COMP_WORDS=({quoted}); COMP_CWORD={len(words) - 1};"
            " _iamdrill 2>/dev/null; printf '%s\\n' \"${COMPREPLY[@]}\""
        )
        return run("bash", "--norc", "-c", script, cwd=REPOSITORY).stdout.split()

    def fish(self, line):
        found = run("fish", "--no-config", "-c", f"source {self.folder}/fish; complete -C '{line}'", cwd=REPOSITORY)
        return [row.split("\t")[0] for row in found.stdout.splitlines()]

    def test_bash(self):
        self.assertEqual(self.bash("iamdrill", "tu"), ["tutorial"])
        self.assertEqual(self.bash("iamdrill", "run", "--report-j"), ["--report-junit", "--report-json"])
        self.assertEqual(self.bash("iamdrill", "run", "--color", "al"), ["always"])
        self.assertEqual(self.bash("iamdrill", "run", "scenarios/mfa"), ["scenarios/mfa-role.yaml"])
        self.assertEqual(self.bash("iamdrill", "run", "--report-html", "scen"), ["scenarios"])
        self.assertEqual(self.bash("iamdrill", "completions", "f"), ["fish"])

    def test_fish(self):
        self.assertEqual(self.fish("iamdrill tu"), ["tutorial"])
        self.assertEqual(sorted(self.fish("iamdrill run --report-j")), ["--report-json", "--report-junit"])
        self.assertEqual(self.fish("iamdrill run --color al"), ["always"])
        self.assertEqual(self.fish("iamdrill completions f"), ["fish"])

    def test_zsh(self):
        self.assertEqual(run("zsh", "-n", self.folder / "zsh").stderr, "")
        # The shell itself, with a tab.
        (self.folder / ".zshrc").write_text(
            f"autoload -Uz compinit; compinit -u -d {self.folder}/dump; source {self.folder}/zsh\nPS1='ready> '\n", encoding="utf-8"
        )
        for typed, completed in (
            ("iamdrill tu", "iamdrill tutorial"), ("iamdrill run --report-jun", "iamdrill run --report-junit"),
            ("iamdrill run --color al", "iamdrill run --color always"),
        ):  # fmt: skip
            shell = Terminal.of("zsh", ["-i"], ZDOTDIR=self.folder, HOME=self.folder)
            shell.wait_for("ready> ")
            shell.send(typed + "\t")
            shell.wait_for(re.escape(completed))
            shell.send("\x15exit\r")
            shell.end()

    def test_every_option_is_in_all_of_them(self):
        for command in re.findall(r"^  (\w+)  ", iamdrill("--help").stdout.split("Exit codes")[0], re.MULTILINE):
            options = re.findall(r"--([a-z][a-z-]+)", iamdrill(command, "--help").stdout.split("Options:")[1])
            for shell in ("bash", "zsh", "fish"):
                text = (self.folder / shell).read_text(encoding="utf-8")
                for option in options:
                    self.assertIn(f"-l {option}" if shell == "fish" else f"--{option}", text)

    def test_another_shell_is_an_error(self):
        self.assertEqual(iamdrill("completions", "tcsh").returncode, 1)


class Manual(unittest.TestCase):
    def test_groff_has_no_complaint_and_every_option_is_there(self):
        text = iamdrill("man").stdout
        found = run("groff", "-man", "-Tutf8", "-ww", "-P-cbou", input=text)
        self.assertEqual(found.stderr, "")
        plain = found.stdout.replace("\u2010", "-").replace("\u2212", "-")
        for option in ("--report-junit", "--fail-fast", "--shuffle", "--auto", "--watch"):
            self.assertIn(option, plain)
        self.assertIn("3 outranks 4", plain)


class Init(unittest.TestCase):
    def test_what_it_writes_checks_and_passes_and_is_never_overwritten(self):
        with tempfile.TemporaryDirectory() as folder:
            self.assertEqual(iamdrill("init", cwd=folder).returncode, 0)
            checked = iamdrill("check", "scenarios", cwd=folder)
            self.assertEqual((checked.returncode, checked.stderr), (0, ""))
            self.assertIn("0 errors, 0 warnings", checked.stdout)
            self.assertEqual(iamdrill("run", "scenarios", cwd=folder).returncode, 0)
            self.assertEqual(iamdrill("run", "scenarios", "--target", "emulator", cwd=folder).returncode, 0)
            configuration = pathlib.Path(folder, "iamdrill.yaml").read_text(encoding="utf-8")
            # What stands in comments is a configuration as well.
            pathlib.Path(folder, "iamdrill.yaml").write_text(
                re.sub(r"^  # (?=local:|sandbox:|  )", "  ", configuration, flags=re.MULTILINE), encoding="utf-8"
            )
            planned = iamdrill("plan", "--target", "sandbox", "scenarios", cwd=folder)
            self.assertEqual(planned.returncode, 0, planned.stderr)
            self.assertIn("210987654321", planned.stdout)
            pathlib.Path(folder, "iamdrill.yaml").write_text(configuration, encoding="utf-8")
            again = iamdrill("init", cwd=folder)
            self.assertEqual(again.returncode, 2)
            self.assertIn("scenarios/first-role.yaml is there already", again.stderr)
            self.assertEqual(iamdrill("init", "other", cwd=folder).returncode, 2)
            self.assertFalse(pathlib.Path(folder, "other").exists())


class Package(unittest.TestCase):
    def test_it_holds_everything_and_runs_from_where_it_is_laid(self):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            made = run(REPOSITORY / "Scripts" / "package", BINARY, folder, "--partial")
            self.assertEqual(made.returncode, 0, made.stderr)
            package = made.stdout.strip()
            control = run("dpkg-deb", "--info", package).stdout
            linked = run("objdump", "-p", BINARY).stdout
            packages = {"libxml2.so": "libxml2", "libyaml-0.so": "libyaml-0-2", "libssl.so": "libssl3", "libc.so": "libc6"}
            for library, holder in packages.items():
                self.assertEqual(bool(re.search(rf"Depends: .*\b{holder}\b", control)), library in linked, library)
            self.assertRegex(control, r"Depends: .*\blibcurl")
            self.assertNotIn("Built-Using", control)
            root = folder / "root"
            run("dpkg-deb", "--extract", package, root)
            for path in (
                "usr/share/bash-completion/completions/iamdrill", "usr/share/zsh/site-functions/_iamdrill",
                "usr/share/fish/vendor_completions.d/iamdrill.fish", "usr/share/doc/iamdrill/copyright",
                "usr/share/iamdrill/scenarios/cross-account-role.yaml",
            ):  # fmt: skip
                self.assertTrue((root / path).is_file(), path)
            with gzip.open(root / "usr/share/man/man1/iamdrill.1.gz", "rt") as page:
                self.assertIn(".TH IAMDRILL 1", page.read())
            # The scenarios that come along are found from anywhere.
            found = subprocess.run(
                [root / "usr/bin/iamdrill", "tutorial", "mfa-role", "--auto"], cwd=folder, env=environment(),
                capture_output=True, text=True, stdin=subprocess.DEVNULL,
            )  # fmt: skip
            self.assertEqual(found.returncode, 0, found.stderr)

    def test_it_names_the_sources_of_libraries_that_are_a_part_of_the_program_and_brings_their_licenses(self):
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            archives = folder / "archives"
            self.assertEqual(run(REPOSITORY / "Scripts" / "static-libraries", archives).returncode, 0)
            if not (archives / "libxml2.a").exists():
                self.skipTest("the C libraries of this machine come without archives")
            made = subprocess.run(
                [REPOSITORY / "Scripts" / "package", BINARY, folder, "--partial"],
                env=environment() | {"ARCHIVES": str(archives)}, capture_output=True, text=True,
            )  # fmt: skip
            self.assertEqual(made.returncode, 0, made.stderr)
            control = run("dpkg-deb", "--info", made.stdout.strip()).stdout
            for source in ("libxml2", "openssl", "sqlite3", "libyaml", "zlib"):
                self.assertRegex(control, rf"Built-Using: .*\b{source} \(= [0-9]")
            contents = run("dpkg-deb", "--contents", made.stdout.strip()).stdout
            self.assertIn("usr/share/doc/iamdrill/copyright.libxml2-dev", contents)


class StaticLibraries(unittest.TestCase):
    """What stands in for ICU is only right as long as libxml2 takes nothing else of it, and as what it opens says no."""

    def test_what_stands_in_for_icu_knows_no_encoding(self):
        with tempfile.TemporaryDirectory() as name:
            archives = pathlib.Path(name, "archives")
            self.assertEqual(run(REPOSITORY / "Scripts" / "static-libraries", archives).returncode, 0)
            if not (archives / "libnoicu.a").exists():
                self.skipTest("libxml2 takes nothing of ICU on this machine")
            source = pathlib.Path(name, "probe.c")
            source.write_text(
                """
                #include <libxml/encoding.h>
                #include <stdio.h>
                int main(void) {
                  const char *names[] = {"UTF-8", "ISO-8859-1", "no such encoding"};
                  for (int i = 0; i < 3; i++) puts(xmlFindCharEncodingHandler(names[i]) ? "known" : "unknown");
                }
                """,
                encoding="utf-8",
            )
            libraries = re.search(r"^Libs: (.*)$", (archives / "libxml-2.0.pc").read_text(), re.MULTILINE)[1].split()
            flags = run("pkg-config", "--cflags", "libxml-2.0").stdout.split()
            built = run("gcc", source, "-o", pathlib.Path(name, "probe"), *flags, *libraries, "-lm")
            self.assertEqual(built.returncode, 0, built.stderr)
            self.assertEqual(run(pathlib.Path(name, "probe")).stdout.split(), ["known", "known", "unknown"])


if __name__ == "__main__":
    unittest.main()
