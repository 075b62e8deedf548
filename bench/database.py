"""The database of one run and the application on it, with the settings of an installation."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask

KEY = "a-key-only-for-the-bench-a-key-only-for-the-bench"


@contextmanager
def database(kind: str, folder: Path) -> Iterator[str]:
    """The address of an empty database that lives as long as the run."""
    if kind == "postgresql":
        from tests.postgres import fresh_database

        with fresh_database() as url:
            yield url
    else:
        yield f"sqlite:///{folder / 'portal.db'}"


def environment(url: str, folder: Path) -> dict[str, str]:
    """The settings of an installation, as environment variables for this and other processes."""
    return {
        "PORTAL_ENV": "production", "PORTAL_SECRET_KEY": KEY, "PORTAL_DATABASE_URL": url,
        "PORTAL_VAR": str(folder), "PORTAL_FILES_URL": f"file://{folder / 'files'}",
        "PORTAL_BASE_URL": "http://127.0.0.1:8000",
    }  # fmt: skip


def build(url: str, folder: Path) -> Flask:
    """The application as it is served, not as it is tested."""
    os.environ.update(environment(url, folder))
    from portal import create_app

    return create_app()


def copy(folder: Path, target: Path) -> None:
    """A copy of a SQLite database and its files, to measure on without changing the original."""
    target.mkdir(parents=True, exist_ok=True)
    for name in ("portal.db", "portal.db-wal", "portal.db-shm"):
        if (folder / name).exists():
            shutil.copy2(folder / name, target / name)
    if (folder / "files").exists():
        shutil.copytree(folder / "files", target / "files", dirs_exist_ok=True)
