"""Rules name the roles of an account by their values: a misspelt one would allow nobody."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.accounts.states import AccountRole

pytestmark = pytest.mark.once("reads the source, no database")

PORTAL = Path(__file__).parents[2] / "portal"
ASKING = {"has_role", "holding"}


def named_roles() -> Iterator[tuple[str, str]]:
    """File and role of each role that is asked for by name."""
    for path in sorted(PORTAL.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and _name(node.func) in ASKING:
                for given in node.args:
                    if isinstance(given, ast.Constant):
                        yield path.name, str(given.value)


def _name(called: ast.expr) -> str:
    return getattr(called, "attr", getattr(called, "id", ""))


def test_every_role_a_rule_asks_for_is_one_an_account_can_hold() -> None:
    found = list(named_roles())
    assert {role for _file, role in found} >= {"hr", "admin", "executive"}
    known = {str(role) for role in AccountRole}
    assert [(file, role) for file, role in found if role not in known] == []
