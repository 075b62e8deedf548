"""An empty table with the right headings and one example, to fill in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from flask import Response

from portal.core import tables
from portal.core.imports.columns import Column


def template(columns: Sequence[Column], kind: str, name: str) -> Response:
    """A download as ``csv`` or ``xlsx``; other kinds are not found."""
    example = {column.key: column.example for column in columns}
    shown = [tables.Column(column.heading, _from(column.key)) for column in columns]
    return tables.export([example], shown, kind, name)


def _from(key: str) -> Callable[[Any], Any]:
    return lambda row: row[key]
