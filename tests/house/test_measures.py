"""Rules of the house for modules and functions."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

pytestmark = pytest.mark.once("reads the source, no database")

ROOT = Path(__file__).parents[2]
MODULES = sorted([*ROOT.glob("portal/**/*.py"), ROOT / "config.py"])
DRAWERS = {"utils", "util", "helpers", "common", "services", "managers", "misc"}
MAY_COMMIT = {
    "portal/core/app.py": "the one commit of a request",
    "portal/core/administration.py": "commands, between batches of seals",
    "portal/core/mail/delivery.py": "a mail is claimed for good before the server is called",
}


def functions(tree: ast.AST) -> list[ast.FunctionDef]:
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]


def test_no_module_is_longer_than_four_hundred_lines() -> None:
    long = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in MODULES}
    assert not {name: lines for name, lines in long.items() if lines > 400}


def test_no_function_is_longer_than_fifty_lines() -> None:
    long = [
        f"{path.relative_to(ROOT)}:{node.name}"
        for path in MODULES
        for node in functions(ast.parse(path.read_text()))
        if node.end_lineno - node.lineno >= 50
    ]
    assert not long


def test_every_module_opens_with_one_sentence() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in MODULES
        if not ast.get_docstring(ast.parse(path.read_text()))
    ]
    assert not silent


def test_no_module_is_a_drawer() -> None:
    assert not [
        str(path) for path in MODULES if path.stem in DRAWERS or path.parent.name in DRAWERS
    ]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_only_the_request_the_job_runner_and_the_command_line_commit(path: Path) -> None:
    name = str(path.relative_to(ROOT))
    if name in MAY_COMMIT or name.startswith("portal/core/jobs/") or path.stem == "cli":
        pytest.skip("may commit")
    commits = [
        node.lineno
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "commit"
    ]
    assert not commits
