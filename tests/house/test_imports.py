"""Features import only from below, and inside a feature each layer only from the ones beneath."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.once("reads the source, no database")

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
def test_the_contracts_of_import_linter_are_kept() -> None:
    command = "import sys; from importlinter.cli import lint_imports_command as lint; lint()"
    done = subprocess.run(
        [sys.executable, "-c", command, "--no-cache"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
