"""Printing for tests: a bare application with its own template, also as a separate process."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

from flask import Flask
from jinja2 import ChoiceLoader, FileSystemLoader

from portal.core import i18n
from portal.core.app import Portal
from portal.core.documents import render
from tests.core.documents import demo

TEMPLATES = Path(__file__).parent / "templates"


def printing_app() -> Flask:
    """The kernel's Flask class with languages and templates and nothing else."""
    app = Portal()
    app.config.update(SECRET_KEY="only-for-the-tests", BABEL_DEFAULT_LOCALE="en")
    i18n.register(app)
    add_templates(app)
    return app


def add_templates(app: Flask) -> None:
    """Let an application find the demonstration letter."""
    loader = app.jinja_env.loader
    assert loader is not None
    app.jinja_env.loader = ChoiceLoader([loader, FileSystemLoader(TEMPLATES)])
    app.extensions.pop("papers", None)


def print_letter(locale: str, **options: object) -> bytes:
    """The demonstration letter, sealed."""
    return render(
        "demo_letter",
        demo.LETTERS[locale],
        locale=locale,
        brand=demo.BRAND,
        seal=demo.SEAL,
        **options,  # type: ignore[arg-type]
    )


def fingerprints() -> list[str]:
    """The SHA-256 of the letter in each language."""
    return [hashlib.sha256(print_letter(locale)).hexdigest() for locale in demo.LETTERS]


if __name__ == "__main__":
    with printing_app().app_context():
        sys.stdout.write("\n".join(fingerprints()))
