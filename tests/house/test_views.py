"""Rules of the house for every view."""

from __future__ import annotations

import re

from flask import Flask

from portal.core.access import access_of

SEGMENT = re.compile(
    r"^(<(int|string|date|uuid|any\([^)]*\)):[a-z_]+>|<[a-z_]*(token|key|slug|code)>|[a-z0-9.-]+)$"
)


def rules(app: Flask):
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]


def test_every_view_says_who_may_open_it(app: Flask) -> None:
    bare = [
        rule.endpoint for rule in rules(app) if access_of(app.view_functions[rule.endpoint]) is None
    ]
    assert not bare


def test_every_address_is_kebab_case_with_typed_parameters(app: Flask) -> None:
    odd = [
        rule.rule
        for rule in rules(app)
        if not all(SEGMENT.match(part) for part in rule.rule.strip("/").split("/") if part)
    ]
    assert not odd


def test_a_guard_with_a_model_takes_its_row_from_the_address(app: Flask) -> None:
    for rule in rules(app):
        access = access_of(app.view_functions[rule.endpoint])
        if access is not None and access.model is not None:
            assert any(name.endswith("_id") for name in rule.arguments), rule.rule
