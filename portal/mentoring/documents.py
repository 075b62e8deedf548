"""The agreement of a pair and the certificate of a programme, as papers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import force_locale, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.accounts import queries as accounts
from portal.accounts.models import Account
from portal.core import clock, documents, i18n
from portal.core.access import Viewer
from portal.core.brand import brand
from portal.core.db import db
from portal.core.documents import Document
from portal.core.i18n import words
from portal.mentoring import policy
from portal.mentoring.models import MentoringPair, MentoringSession
from portal.mentoring.states import Side
from portal.people.models import Person, Site

AGREEMENT = "mentoring_agreement"
CERTIFICATE = "mentoring_certificate"

Rows = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Agreement:
    """Everything the agreement shows, as text in its language."""

    title: str
    confidential: str
    intro: str
    rows: Rows
    goals: tuple[str, ...]
    promises: tuple[str, ...]
    signatures: Rows


@dataclass(frozen=True)
class MentoringCertificate:
    """Everything the certificate shows; ``person_id`` is whose it is."""

    person_id: int
    holder: str
    statement: str
    programme: str
    rows: Rows
    goals: tuple[str, ...]


def issue_agreement(pair: MentoringPair, *, locale: str, by: Account) -> Document:
    """Freeze the agreement and have it printed."""
    site = _site_of(pair.mentee)
    return documents.issue(
        AGREEMENT,
        agreement_of(pair, locale, by),
        subject=pair,
        locale=locale,
        by=by,
        country=site.country if site else "",
        time_zone=by.time_zone,
    )


def agreement_of(pair: MentoringPair, locale: str, reader: Account) -> Agreement:
    """What the two agree on, in a language; who has it printed stands on it."""
    mentor, mentee = pair.mentor.display_name, pair.mentee.display_name
    programme = pair.programme
    with force_locale(locale):
        return Agreement(
            title=_("Mentoring agreement"),
            confidential=_(
                "Confidential, for the two of you. Printed for %(who)s on %(when)s.",
                who=reader.display_name,
                when=i18n.datetime(clock.now(), zone=reader.time_zone),
            ),
            intro=_("%(mentor)s accompanies %(mentee)s in the programme “%(programme)s”.",
                    mentor=mentor, mentee=mentee, programme=words(programme.title)),
            rows=(
                (_("Mentor"), mentor),
                (_("Mentee"), mentee),
                (_("First day"), i18n.date(pair.starts_on or programme.starts_on, "long")),
                (_("Last day"), i18n.date(pair.ended_on or programme.ends_on, "long")),
                (_("Sessions to hold"), _number_of(programme.sessions_asked)),
            ),
            goals=goals_of(pair),
            promises=_promises(),
            signatures=((mentor, str(Side.MENTOR.label)), (mentee, str(Side.MENTEE.label))),
        )  # fmt: skip


def _number_of(sessions: int) -> str:
    return str(ngettext("One session", "%(num)s sessions", sessions))


def goals_of(pair: MentoringPair) -> tuple[str, ...]:
    """The goals in the present language."""
    return tuple(
        _("%(competency)s: reach level %(level)s",
          competency=words(goal.competency.current.name), level=goal.level)
        for goal in pair.goals if goal.competency.current is not None
    )  # fmt: skip


def _promises() -> tuple[str, ...]:
    return (
        _("What we say stays between us, unless we both agree to tell it."),
        _("We keep our appointments, and say in good time when we can’t."),
        _("The mentee sets the topics and prepares; the mentor asks, listens and shares."),
        _("We look at our goals together half-way and at the end."),
        _("Either of us may end it at any time, without giving reasons."),
    )


def issue_certificate(
    pair: MentoringPair, person: Person, held: Sequence[MentoringSession], *, by: Viewer
) -> Document:
    """Freeze the certificate in the language of whose it is, and have it printed once."""
    account = db.session.scalar(accounts.account_of(person.id))
    locale = account.language if account else person.language
    site = _site_of(person)
    return documents.issue(
        CERTIFICATE,
        certificate_of(pair, person, held, locale),
        subject=pair,
        locale=locale,
        by=by,
        country=site.country if site else "",
        time_zone=site.time_zone if site else "UTC",
    )


def certificate_of(
    pair: MentoringPair, person: Person, held: Sequence[MentoringSession], locale: str
) -> MentoringCertificate:
    """What somebody took part in, in a language; it does not say with whom."""
    minutes = sum(one.minutes for one in held)
    days = [one.starts_at.date() for one in held]
    with force_locale(locale):
        as_mentor = person.id == pair.mentor_id
        sentence = (
            _("has accompanied a colleague as a mentor at %(organisation)s in the programme:",
              organisation=brand().name)
            if as_mentor
            else _("has taken part in mentoring at %(organisation)s in the programme:",
                   organisation=brand().name)
        )  # fmt: skip
        return MentoringCertificate(
            person_id=person.id,
            holder=person.display_name,
            statement=sentence,
            programme=words(pair.programme.title),
            rows=(
                (_("First session"), i18n.date(min(days), "long")),
                (_("Last session"), i18n.date(max(days), "long")),
                (_("Sessions held"), i18n.number(len(held))),
                (_("Hours together"), i18n.number(round(minutes / 60, 1))),
            ),
            goals=() if as_mentor else _topics(pair),
        )


def _topics(pair: MentoringPair) -> tuple[str, ...]:
    return tuple(
        words(goal.competency.current.name)
        for goal in pair.goals if goal.competency.current is not None
    )  # fmt: skip


def _site_of(person: Person) -> Site | None:
    job = next(iter(person.employments), None)
    return job.site if job else None


def holder_of(document: Document) -> int | None:
    """Whose certificate it is."""
    fields: dict[str, Any] = document.payload.get("v", {})
    return fields.get("person_id")


def _may_read_agreement(viewer: Viewer, document: Document) -> bool:
    """The two and HR."""
    pair = db.session.get(MentoringPair, document.subject_id)
    return pair is not None and policy.print_papers(viewer, pair)


def _may_read_certificate(viewer: Viewer, document: Document) -> bool:
    """Whose it is, and HR."""
    return viewer.person_id == holder_of(document) or policy.keep_programmes(viewer)


documents.register_kind(AGREEMENT, _l("Mentoring agreement"), _may_read_agreement)
documents.register_kind(CERTIFICATE, _l("Certificate of mentoring"), _may_read_certificate)
