"""The database: declarative base, column types, and the session that writes or only reads."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Annotated, Any
from weakref import WeakKeyDictionary

import sqlalchemy as sa
from flask import g, has_app_context, has_request_context, request
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session as FlaskSession
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedColumn, mapped_column, registry

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

Words = dict[str, str]
"""One text in several languages: ``{"en": "Team lead", "tr": "Ekip lideri"}``."""

Json = dict[str, Any]


class UtcDateTime(sa.TypeDecorator[datetime]):
    """An aware UTC datetime on every database; a naive value is a programming error."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:  # noqa: ARG002
        """Refuse naive values; store UTC.

        Raises:
            ValueError: if ``value`` has no time zone.
        """
        if value is None:
            return None
        if value.tzinfo is None:
            message = f"naive datetime {value!r}"
            raise ValueError(message)
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:  # noqa: ARG002
        """Give SQLite's naive values their zone back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


_json = sa.JSON().with_variant(JSONB(), "postgresql")

Id = Annotated[int, mapped_column(primary_key=True)]
Path = Annotated[str, mapped_column(sa.String(400).with_variant(sa.String(400, "C"), "postgresql"))]
"""A materialised path such as ``/1/4/9/``, compared byte by byte."""


def enum_column(kind: type[enum.Enum], *, name: str | None = None) -> sa.Enum:
    """A column type that stores the enum's values as text, with a check constraint.

    ``name`` is for the second column of the same kind in a table.
    """
    return sa.Enum(
        kind,
        native_enum=False,
        length=40,
        create_constraint=True,
        values_callable=lambda members: [str(member.value) for member in members],
        name=name or kind.__name__.lower(),
    )


mapper_registry = registry(
    metadata=sa.MetaData(naming_convention=NAMING),
    type_annotation_map={
        datetime: UtcDateTime(),
        Words: _json,
        Json: _json,
        list[str]: _json,
        list[int]: _json,
        list[Json]: _json,
        str: sa.String(255),
    },
)


class Model(DeclarativeBase):
    """What every table's class derives from."""

    registry = mapper_registry
    id: Any

    def __repr__(self) -> str:
        """Class and primary key: enough for a log, no personal data."""
        return f"<{type(self).__name__} {sa.inspect(self).identity}>"


class Versioned:
    """Rows that two people may change at once: a stale write fails instead of overwriting."""

    version: Mapped[int] = mapped_column(default=1)

    @sa.orm.declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, Any]:
        """Let SQLAlchemy count the version up and check it at every UPDATE."""
        column = cls.__dict__.get("version") or cls.version
        return {"version_id_col": column.column if isinstance(column, MappedColumn) else column}


_writing: WeakKeyDictionary[sa.Engine, sa.Engine] = WeakKeyDictionary()


class Session(FlaskSession):
    """A session whose transactions take SQLite's write lock at once when they may write."""

    def get_bind(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - as in the base class
        """The engine, marked for writing unless this is a GET request."""
        bind = super().get_bind(*args, **kwargs)
        if isinstance(bind, sa.Engine) and not reads_only():
            # Always the same one: for a session another engine means another transaction.
            return _writing.setdefault(bind, bind.execution_options(write=True))
        return bind


def reads_only() -> bool:
    """Whether the work at hand changes nothing: a request that by its method reads, or a look."""
    if has_app_context() and "writes" in g:
        return not g.writes
    return has_request_context() and request.method in {"GET", "HEAD", "OPTIONS"}


@contextmanager
def session_writes() -> Iterator[None]:
    """Let a GET request or a command write with the session, from its next transaction on."""
    with _session_mode(writes=True):
        yield


@contextmanager
def session_reads() -> Iterator[None]:
    """Let a job or a command look without SQLite's write lock; its transaction ends afterwards."""
    with _session_mode(writes=False):
        try:
            yield
        finally:
            db.session.rollback()


@contextmanager
def _session_mode(*, writes: bool) -> Iterator[None]:
    g.writes = writes
    try:
        yield
    finally:
        g.pop("writes", None)


db = SQLAlchemy(model_class=Model, disable_autonaming=True, session_options={"class_": Session})


def prepare_engine(engine: sa.Engine) -> None:
    """Set SQLite up for many readers beside one writer; other databases need nothing.

    A transaction that may write begins IMMEDIATE: a deferred one fails with "database is locked"
    the moment it turns from reading to writing while another writes.
    """
    if engine.dialect.name != "sqlite":
        return

    @sa.event.listens_for(engine, "connect")
    def on_connect(connection: Any, _record: object) -> None:  # noqa: ANN401 - DBAPI connection
        connection.isolation_level = None
        for pragma in (
            "journal_mode=WAL",
            "synchronous=NORMAL",
            "foreign_keys=ON",
            "busy_timeout=10000",
            "cache_size=-32000",
        ):
            connection.execute(f"PRAGMA {pragma}")

    @sa.event.listens_for(engine, "begin")
    def on_begin(connection: sa.Connection) -> None:
        writes = connection.get_execution_options().get("write", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
