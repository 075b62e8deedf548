"""The certificate of completion, as a paper."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.accounts import queries as accounts
from portal.core import documents, i18n
from portal.core.access import Viewer
from portal.core.brand import brand
from portal.core.db import db
from portal.core.documents import Document
from portal.core.i18n import words
from portal.people.models import Person, Site
from portal.training import policy
from portal.training.models import Completion

KIND = "completion_certificate"


@dataclass(frozen=True)
class CompletionCertificate:
    """Everything the certificate shows, as text in its language."""

    holder: str
    statement: str
    course: str
    rows: tuple[tuple[str, str], ...]
    learnt: tuple[str, ...]


def issue_certificate(completion: Completion, *, by: Viewer | None) -> Document:
    """Freeze the certificate in the person's language and have it printed once."""
    site = _site_of(completion.person)
    locale = language_of(completion.person)
    return documents.issue(
        KIND,
        certificate_of(completion, locale),
        subject=completion,
        locale=locale,
        by=by,
        country=site.country if site else "",
        time_zone=site.time_zone if site else "UTC",
    )


def language_of(person: Person) -> str:
    """What a person reads."""
    account = db.session.scalar(accounts.account_of(person.id))
    return account.language if account is not None else person.language


def certificate_of(completion: Completion, locale: str) -> CompletionCertificate:
    """What a completion says on paper."""
    course = completion.course
    with force_locale(locale):
        rows = [
            (_("Completed on"), i18n.date(completion.completed_on, "long")),
            (_("How it is taken"), str(course.kind.label)),
            (_("Length"), hours(course.minutes)),
        ]
        if completion.score is not None:
            rows.append((_("Score"), i18n.percent(completion.score / 100)))
        rows += [
            (_("Hours: %(category)s", category=words(one.category.name)), hours(one.minutes))
            for one in course.credits
        ]
        return CompletionCertificate(
            holder=completion.person.display_name,
            statement=_("has completed this course at %(organisation)s:",
                        organisation=brand().name),
            course=words(course.title),
            rows=tuple(rows),
            learnt=tuple(_learnt(completion)),
        )  # fmt: skip


def _learnt(completion: Completion) -> list[str]:
    return [
        _("%(competency)s, level %(level)s",
          competency=words(one.competency.current.name), level=one.level)
        for one in completion.course.competencies
        if one.competency.current is not None
    ]  # fmt: skip


def hours(minutes: int) -> str:
    """A length in hours, short ones in minutes."""
    if minutes < 60:
        return str(_("%(minutes)s min", minutes=i18n.number(minutes)))
    return str(_("%(hours)s h", hours=i18n.number(round(minutes / 60, 2))))


def _site_of(person: Person) -> Site | None:
    employment = next(iter(person.employments), None)
    return employment.site if employment else None


def may_read(viewer: Viewer, document: Document) -> bool:
    """Whoever sees the person's training."""
    completion = db.session.get(Completion, document.subject_id)
    return completion is not None and policy.see_training(viewer, completion.person)


documents.register_kind(KIND, _l("Certificate of completion"), may_read)
