"""The career ladder as a paper: the steps drawn, and what each role asks for."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.accounts.models import Account
from portal.careers import policy, queries, wording
from portal.careers.drawing import drawn
from portal.careers.models import LadderVersion
from portal.core import clock, documents, i18n
from portal.core.access import Viewer
from portal.core.charts import Graph
from portal.core.db import db
from portal.core.documents import Document, codec
from portal.core.i18n import words
from portal.people.models import Role

LADDER = "career_ladder"


@dataclass(frozen=True)
class Asked:
    """One role with its summary, where one comes from, and all it asks for."""

    title: str
    summary: str
    family: str
    lines: tuple[str, ...]
    onward: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Ladder:
    """Everything the paper shows, as text in its language."""

    version: str
    chart: Graph
    roles: tuple[Asked, ...]


def issue_ladder(version: LadderVersion, *, locale: str, by: Account) -> Document:
    """Freeze the ladder as it is today; the same content in the same language is printed once."""
    data = ladder_of(version, locale)
    known = db.session.scalars(documents.documents_of(version, LADDER))
    same = (one for one in known if one.locale == locale)
    last = next(same, None)
    if last is not None and last.payload == codec.encode(data):
        return last
    return documents.issue(
        LADDER, data, subject=version, locale=locale, by=by, time_zone=by.time_zone
    )


def ladder_of(version: LadderVersion, locale: str) -> Ladder:
    """What the paper says in a language."""
    roles = {role.id: role for edge in version.edges for role in (edge.from_role, edge.to_role)}
    ordered = sorted(roles.values(), key=lambda role: (role.level, role.id))
    with force_locale(locale):
        return Ladder(
            version=_(
                "Version %(number)s, from %(day)s",
                number=version.number,
                day=i18n.date(version.effective_from, "long"),
            ),
            chart=drawn(version),
            roles=tuple(_asked(role, version) for role in ordered),
        )


def _asked(role: Role, version: LadderVersion) -> Asked:
    needs = queries.needs_of(role.id, clock.today())
    names = wording.names_for(needs)
    onward = [edge for edge in version.edges if edge.from_role_id == role.id]
    return Asked(
        title=words(role.title),
        summary=words(role.summary),
        family=wording.family_name(role.family),
        lines=tuple(wording.title(need, names) for need in needs),
        onward=tuple((words(edge.to_role.title), str(edge.kind.label)) for edge in onward),
    )


def may_read(viewer: Viewer, document: Document) -> bool:  # noqa: ARG001 - any version
    """The ladder is open to everyone who works here."""
    return policy.see_ladder(viewer)


documents.register_kind(LADDER, _l("Career ladder"), may_read)
