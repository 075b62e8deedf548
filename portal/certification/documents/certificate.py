"""The certificate of one award as a paper, and how it stands for whoever checks it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.certification import policy, queries
from portal.certification.models import Award
from portal.certification.proof import site_of, today_of
from portal.certification.standing import Facts, standing_of_award
from portal.certification.states import IN_FORCE, AwardSource, Standing
from portal.core import documents, i18n
from portal.core.access import Viewer
from portal.core.brand import brand
from portal.core.db import db
from portal.core.documents import Document, Present
from portal.core.i18n import words

KIND = "certificate"


@dataclass(frozen=True)
class Certificate:
    """Everything the certificate shows, as text in its language."""

    holder: str
    certification: str
    statement: str
    met: tuple[str, ...]
    rows: tuple[tuple[str, str], ...]


def issue_certificate(award: Award, *, by: Viewer) -> Document:
    """Freeze the certificate of an award and have it printed once; asked again, the same paper."""
    known = db.session.scalars(documents.documents_of(award, KIND)).first()
    if known is not None:
        return known
    site = site_of(award.person)
    return documents.issue(
        KIND,
        certificate_of(award),
        subject=award,
        locale=award.person.language,
        by=by,
        country=site.country if site else "",
        time_zone=site.time_zone if site else "UTC",
    )


def certificate_of(award: Award) -> Certificate:
    """The certificate an award makes, in the holder's language."""
    language = award.person.language
    version = award.certification_version
    with force_locale(language):
        return Certificate(
            holder=award.person.display_name,
            certification=words(version.name, language),
            statement=_statement(award),
            met=_met(award, language),
            rows=_rows(award),
        )


def _statement(award: Award) -> str:
    about = {"holder": award.person.display_name, "organisation": brand().name}
    if award.source is AwardSource.EARNED:
        return _("%(organisation)s confirms that %(holder)s has met every requirement.", **about)
    return _(
        "%(organisation)s has checked the certificate that %(issuer)s gave to %(holder)s.",
        issuer=award.certification_version.issuer,
        **about,
    )


def _met(award: Award, language: str) -> tuple[str, ...]:
    """What was asked, if it was met here: at renewal that is less than at first."""
    if award.source is not AwardSource.EARNED:
        return ()
    before = award.supersedes
    renewed = before is not None and before.revocation is None
    return tuple(
        words(row.text, language)
        for row in award.certification_version.criteria
        if (row.at_renewal if renewed else row.at_first)
    )


def _rows(award: Award) -> tuple[tuple[str, str], ...]:
    last = Facts.of(award).last_day(today_of(award.person))
    version = award.certification_version
    rows = (
        (_("Certification by"), version.issuer),
        (_("Awarded on"), i18n.date(award.issued_on, "long")),
        (_("Valid until"), i18n.date(last, "long") if last else _("Without end")),
        (_("Number"), award.reference or f"{award.id:06d}"),
    )
    return tuple((label, value) for label, value in rows if value)


def present(document: Document) -> Present | None:
    """How the award stands today where its holder works: state and date, nothing else."""
    award = db.session.scalar(queries.award_with_facts(document.subject_id))
    return standing_in_words(award) if award is not None else None


def standing_in_words(award: Award) -> Present:
    """A state and one sentence that names no person; expects what ``Facts`` reads."""
    facts, day = Facts.of(award), today_of(award.person)
    state, last = standing_of_award(facts, day), facts.last_day(day)
    if state is Standing.REVOKED:
        text = _("This certificate was revoked on %(day)s.", day=_day(facts.revoked_on))
    elif state is Standing.SUPERSEDED:
        text = _("A newer certificate has replaced this one on %(day)s.",
                 day=_day(facts.superseded_on))  # fmt: skip
    elif state is Standing.EXPIRED:
        text = _("This certificate was valid until %(day)s.", day=_day(last))
    elif state is Standing.GRACE:
        text = _("This certificate was valid until %(day)s; its time of grace is running.",
                 day=_day(last))  # fmt: skip
    elif state not in IN_FORCE:
        text = _("This certificate does not count.")
    elif last is not None:
        text = _("This certificate is valid until %(day)s.", day=_day(last))
    else:
        text = _("This certificate is valid without end.")
    return Present(_shown(state), text)


def brought_along(award: Award) -> str:
    """Who gave what was not earned here, and when it was checked; empty for what was."""
    if award.source is AwardSource.EARNED or award.check is None:
        return ""
    return _(
        "Given by %(issuer)s. %(organisation)s checked the proof on %(day)s.",
        issuer=award.certification_version.issuer,
        organisation=brand().name,
        day=i18n.date(award.check.checked_at),
    )


def _shown(state: Standing) -> Standing:
    """Renewal is no stranger's business: until the last day the certificate is simply valid."""
    return Standing.VALID if state in {Standing.WINDOW, Standing.EXPIRING} else state


def _day(day: date | None) -> str:
    return i18n.date(day, "long")


def may_read(viewer: Viewer, document: Document) -> bool:
    """Whoever may see the award may read its certificate."""
    award = db.session.get(Award, document.subject_id)
    return award is not None and policy.see_award(viewer, award)


documents.register_kind(KIND, _l("Certificate"), may_read, present)
