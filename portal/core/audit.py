"""The trail: who changed what and when, append-only, sealed into a hash chain by a job."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any, cast

import sqlalchemy as sa
from flask import g, has_request_context, request
from flask_babel.speaklater import LazyString
from sqlalchemy.orm import Mapped, Session, SessionTransaction, mapped_column
from sqlalchemy.orm.base import PassiveFlag

from portal.core import clock
from portal.core.access import Viewer
from portal.core.db import Id, Json, Model, db
from portal.core.states import Labelled

SEAL_BATCH = 2000
SECRET = frozenset({"password_hash", "token_hash", "demographics", "payload"})


class Fact(Labelled):
    """Base of the enums that name what a feature records, with a label for the timeline."""


class AuditEvent(Model):
    """One recorded change; a database trigger refuses UPDATE and DELETE."""

    __tablename__ = "audit_event"
    __table_args__ = (
        sa.Index("ix_audit_event_subject", "subject_type", "subject_id", "id"),
        sa.Index("ix_audit_event_about", "about_person_id", "id"),
        sa.Index("ix_audit_event_account", "account_id", "id"),
        sa.Index("ix_audit_event_kind", "subject_type", "id"),
    )

    id: Mapped[Id]
    at: Mapped[datetime]
    action: Mapped[str] = mapped_column(sa.String(80))
    account_id: Mapped[int | None]
    subject_type: Mapped[str] = mapped_column(sa.String(60))
    subject_id: Mapped[int]
    about_person_id: Mapped[int | None]
    before: Mapped[Json]
    after: Mapped[Json]
    request_id: Mapped[str] = mapped_column(sa.String(40), default="")

    @property
    def label(self) -> LazyString | str:
        """What happened, in words."""
        return labels().get(self.action, self.action)

    def content(self) -> str:
        """The sealed text of this event: every column, in a fixed order."""
        values = [
            self.id,
            self.at.isoformat(),
            self.action,
            self.account_id,
            self.subject_type,
            self.subject_id,
            self.about_person_id,
            self.before,
            self.after,
            self.request_id,
        ]
        return json.dumps(values, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


class AuditSeal(Model):
    """The link of the chain over an event: SHA-256 of the previous link and the event's content."""

    __tablename__ = "audit_seal"

    id: Mapped[int] = mapped_column(
        sa.ForeignKey("audit_event.id"), primary_key=True, autoincrement=False
    )
    hash: Mapped[str] = mapped_column(sa.String(64))


def labels() -> dict[str, LazyString]:
    """Every recorded action with its label."""
    return {str(fact.value): fact.label for kind in Fact.__subclasses__() for fact in kind}


def record(
    fact: Fact, subject: Model, *, by: Viewer | None, about: int | None = None, **details: object
) -> AuditEvent:
    """Write what happened to ``subject``, with its changed columns before and after.

    ``by`` is the account that acts, ``None`` for a candidate or a job; ``about`` whom it concerns.
    """
    db.session.flush()
    event = _event(fact, subject, by, about)
    before, after = db.session.info.setdefault("changes", {}).pop(subject, ({}, {}))
    event.before = before
    event.after = after | {key: _plain(value) for key, value in details.items()}
    db.session.add(event)
    return event


def _event(fact: Fact, subject: Model, by: Viewer | None, about: int | None) -> AuditEvent:
    return AuditEvent(
        at=clock.now(),
        action=str(fact),
        account_id=by.id if by is not None else None,
        subject_type=subject.__tablename__,
        subject_id=subject.id,
        about_person_id=about if about is not None else getattr(subject, "person_id", None),
        before={},
        after={},
        request_id=g.get("request_id", "") if has_request_context() else "",
    )


def record_many(fact: Fact, rows: Iterable[Json], *, by: Viewer | None) -> None:
    """Write the same fact about many records in one statement.

    Each row gives ``subject_type`` and ``subject_id``, and may give ``about_person_id`` and
    ``after``.
    """
    shared: Json = {
        "at": clock.now(),
        "action": str(fact),
        "account_id": by.id if by is not None else None,
        "about_person_id": None,
        "before": {},
        "after": {},
        "request_id": g.get("request_id", "") if has_request_context() else "",
    }
    if events := [shared | row for row in rows]:
        db.session.execute(sa.insert(AuditEvent), events)


def record_reading(
    fact: Fact, subject: Model, *, by: Viewer | None, about: int | None = None
) -> None:
    """Record that someone opened a sensitive record; written after a GET request has read."""
    if has_request_context() and request.method == "GET":
        # Made now: the commit in between forgets the subject, and would load it all again.
        g.setdefault("readings", []).append(_event(fact, subject, by, about))
    else:
        record(fact, subject, by=by, about=about)


def of(subject: Model) -> sa.Select[Any]:
    """The trail of one record, newest first."""
    return (
        sa.select(AuditEvent)
        .where(
            AuditEvent.subject_type == subject.__tablename__, AuditEvent.subject_id == subject.id
        )
        .order_by(AuditEvent.id.desc())
    )


def seal(limit: int = SEAL_BATCH, *, until: datetime | None = None) -> int:
    """Extend the chain over the oldest unsealed events, up to the first after ``until``.

    Returns how many were sealed.
    """
    last = db.session.scalar(sa.select(AuditSeal).order_by(AuditSeal.id.desc()).limit(1))
    link, start = (last.hash, last.id) if last else ("", 0)
    fresh = sa.select(AuditEvent).where(AuditEvent.id > start).order_by(AuditEvent.id).limit(limit)
    rows = []
    for event in db.session.scalars(fresh):
        if until is not None and event.at > until:
            break
        link = _link(link, event)
        rows.append({"id": event.id, "hash": link})
    if rows:
        db.session.execute(sa.insert(AuditSeal), rows)
    return len(rows)


def first_broken() -> int | None:
    """The id of the first event missing or not fitting its seal; ``None`` if all is whole."""
    link = ""
    # Closed by hand: the database keeps its cursor open for rows nobody fetches any more.
    with closing(_sealed_rows()) as rows:
        for seal_id, sealed, event in rows:
            if event is None:
                return seal_id
            link = _link(link, event)
            if link != sealed:
                return seal_id
    return None


def _sealed_rows() -> Generator[tuple[int, str, AuditEvent | None], None, None]:
    rows = sa.select(AuditSeal.id, AuditSeal.hash, AuditEvent).outerjoin(
        AuditEvent, AuditEvent.id == AuditSeal.id
    )
    by_1000 = {"yield_per": 1000}
    with db.session.execute(rows.order_by(AuditSeal.id), execution_options=by_1000) as result:
        yield from cast("Iterator[tuple[int, str, AuditEvent | None]]", result)


def _link(previous: str, event: AuditEvent) -> str:
    return hashlib.sha256(f"{previous}\n{event.content()}".encode()).hexdigest()


def _hidden(value: object) -> object:
    """That there was something, but not what: the trail outlives the erasing of personal data."""
    return "•••" if value else value


def _plain(value: object) -> object:
    """A value as JSON can hold it."""
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, Model):
        return value.id
    return value


def _written(subject: Model) -> tuple[Json, Json]:
    """What the flush under way has written of ``subject``: columns before and after."""
    before: Json = {}
    after: Json = {}
    private: frozenset[str] = getattr(subject, "__private__", frozenset())
    state = sa.inspect(subject)
    for column in state.mapper.column_attrs:
        if column.key in SECRET or column.key == "version":
            continue
        history = state.get_history(column.key, PassiveFlag.PASSIVE_NO_INITIALIZE)
        if history.added:
            kept = _hidden if column.key in private else _plain
            after[column.key] = kept(history.added[0])
            if history.deleted:
                before[column.key] = kept(history.deleted[0])
    return before, after


@sa.event.listens_for(Session, "after_flush")
def _keep_changes(session: Session, _context: object) -> None:
    """Note down what each flush wrote, keys set through relationships included."""
    kept = session.info.setdefault("changes", {})
    for row in [*session.new, *session.dirty]:
        if isinstance(row, AuditEvent):
            continue
        before, after = _written(row)
        old_before, old_after = kept.get(row, ({}, {}))
        # What a second flush finds was not there before the first one wrote it.
        first = {key: value for key, value in before.items() if key not in old_after}
        kept[row] = (first | old_before, old_after | after)


@sa.event.listens_for(Session, "after_transaction_end")
def _forget_changes(session: Session, transaction: SessionTransaction) -> None:
    """At the end of the outermost transaction; a savepoint's end forgets nothing."""
    if transaction.parent is None:
        session.info.pop("changes", None)
