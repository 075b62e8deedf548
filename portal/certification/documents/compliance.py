"""The compliance report as a paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import cast

from flask_babel import force_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.accounts.models import Account
from portal.certification import policy
from portal.certification.compliance import Compliance, name_of
from portal.certification.figures import Figures
from portal.core import documents, i18n
from portal.core.access import Viewer
from portal.core.documents import Document
from portal.core.i18n import words
from portal.people.models import Team

KIND = "compliance_report"


@dataclass(frozen=True)
class Line:
    """The figures of one certification or team, as text."""

    name: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class ComplianceReport:
    """Everything the report shows, as text in its language."""

    as_of: date
    asked_by: str
    facts: tuple[tuple[str, str], ...]
    headings: tuple[str, ...]
    by_certification: tuple[Line, ...]
    by_team: tuple[Line, ...]


def issue_compliance_report(
    report: Compliance, *, about: tuple[tuple[str, str], ...], by: Account
) -> Document:
    """Freeze the figures and have them printed in the language of who asks.

    ``about`` are label and value of what the figures are narrowed to.
    """
    return documents.issue(
        KIND,
        report_of(report, about=about, by=by),
        subject=by,
        locale=by.language,
        by=by,
        time_zone=by.time_zone,
    )


def report_of(
    report: Compliance, *, about: tuple[tuple[str, str], ...], by: Account
) -> ComplianceReport:
    """The paper these figures make."""
    with force_locale(by.language):
        return ComplianceReport(
            as_of=report.day,
            asked_by=by.display_name,
            facts=(
                (_("As of"), i18n.date(report.day, "long")),
                (_("Asked for by"), by.display_name),
                *about,
                (_("People"), i18n.number(report.people)),
            ),
            headings=tuple(str(label) for label in HEADINGS),
            by_certification=(
                *(Line(words(name_of(one), by.language), cells_of(sums))
                  for one, sums in report.by_certification),
                Line(_("All together"), cells_of(report.total)),
            ),
            by_team=tuple(
                Line(team_name(team, by.language), cells_of(sums)) for team, sums in report.by_team
            ),
        )  # fmt: skip


HEADINGS = (
    _l("Required"),
    _l("In force"),
    _l("Within 90 days"),
    _l("In grace"),
    _l("Expired"),
    _l("Missing"),
    _l("Not due yet"),
    _l("Waived"),
    _l("Share"),
)


def cells_of(sums: Figures) -> tuple[str, ...]:
    """The figures in the order of the headings."""
    numbers = (
        sums.required,
        sums.in_force,
        sums.soon,
        sums.grace,
        sums.lapsed,
        sums.missing,
        sums.not_due,
        sums.waived,
    )
    share = "–" if sums.share is None else i18n.percent(sums.share, digits=1)
    return (*(i18n.number(number) for number in numbers), share)


def team_name(team: Team | None, locale: str | None = None) -> str:
    """A team's name, or what people in none of those shown are called."""
    return _("Elsewhere") if team is None else words(team.name, locale)


def may_read(viewer: Viewer, document: Document) -> bool:
    """Whoever asked for it, while they still may ask, and HR."""
    if viewer.has_role("hr"):
        return True
    own = viewer.id == document.issued_by
    return own and policy.see_compliance(cast("Account", viewer))


documents.register_kind(KIND, _l("Compliance report"), may_read)
