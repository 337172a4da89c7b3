"""What the tests of the command share: the binary, and how it is run."""

import os
import pathlib
import subprocess

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
BINARY = pathlib.Path(os.environ.get("IAMDRILL_BINARY", REPOSITORY / ".build" / "debug" / "iamdrill"))
MIXED = REPOSITORY / "Tests" / "ReportTests" / "Golden" / "mixed.yaml"

# Nothing of whoever runs the tests: no colour choice, no history, no profile.
PLAIN = {
    # `cli:` steps run the AWS CLI that the project's own virtual environment has.
    "PATH": f"{REPOSITORY / '.venv' / 'bin'}:{os.environ['PATH']}",
    "HOME": "/dev/null",
    "LANG": "C.UTF-8",
    "XDG_STATE_HOME": "/dev/null/state",
}


def environment(**further):
    return PLAIN | {name: str(value) for name, value in further.items()}


def iamdrill(*arguments, cwd=REPOSITORY, stdin=None, timeout=300, **further):
    """Runs the command to its end; `further` are variables of its environment."""
    return subprocess.run(
        [BINARY, *map(str, arguments)],
        cwd=cwd,
        env=environment(**further),
        input=stdin,
        stdin=None if stdin is not None else subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=timeout,
    )
