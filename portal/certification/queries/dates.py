"""Reckoning with days inside a statement, on every database."""

from __future__ import annotations

from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class days_after(FunctionElement[date]):  # noqa: N801 - a function in a statement
    """The day so many days after another; ``days`` may be negative."""

    type = sa.Date()
    inherit_cache = True
    name = "days_after"


class earliest(FunctionElement[date]):  # noqa: N801 - as above
    """The earliest of several days, none of which is NULL."""

    type = sa.Date()
    inherit_cache = True
    name = "earliest"


@compiles(days_after)
def _days_after(element: days_after, compiler: SQLCompiler, **values: Any) -> str:  # noqa: ANN401
    day, days = (compiler.process(part, **values) for part in element.clauses)
    return f"({day} + {days})"


@compiles(days_after, "sqlite")
def _days_after_sqlite(element: days_after, compiler: SQLCompiler, **values: Any) -> str:  # noqa: ANN401
    day, days = (compiler.process(part, **values) for part in element.clauses)
    return f"date({day}, ({days}) || ' days')"


@compiles(earliest)
def _earliest(element: earliest, compiler: SQLCompiler, **values: Any) -> str:  # noqa: ANN401
    return f"least({compiler.process(element.clauses, **values)})"


@compiles(earliest, "sqlite")
def _earliest_sqlite(element: earliest, compiler: SQLCompiler, **values: Any) -> str:  # noqa: ANN401
    return f"min({compiler.process(element.clauses, **values)})"
