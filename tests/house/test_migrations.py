"""The migrations make exactly what the models describe."""

from __future__ import annotations

from pathlib import Path

from flask import Flask

from portal.core.administration import schema_differences

VERSIONS = Path(__file__).parents[2] / "migrations" / "versions"


def test_the_migrations_make_the_tables_of_the_models(app: Flask) -> None:
    with app.app_context():
        assert list(schema_differences()) == []


def test_no_migration_imports_the_portal() -> None:
    assert not [
        path.name
        for path in VERSIONS.glob("*.py")
        if "portal"
        in path.read_text().split("def ")[0].replace('"""', "").split("import ", 1)[-1].split()
    ]
