"""The compliance report: page, download and paper."""

from __future__ import annotations

from functools import partial
from typing import Any

from flask import Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.accounts.viewer import viewer
from portal.certification import operations, policy
from portal.certification.compliance import Compliance, compliance, name_of
from portal.certification.documents.compliance import HEADINGS, team_name
from portal.certification.figures import Figures
from portal.certification.matrix import Asked
from portal.certification.routes import bp
from portal.certification.routes.as_of import today
from portal.certification.routes.narrowing import compliance_asked, on
from portal.core import tables
from portal.core.access import allowed
from portal.core.db import db
from portal.core.i18n import words
from portal.people.models import Team

SHOWN_AS = ("", "in_force", "soon", "grace", "lapsed", "missing", "not_due", "waived")
"""What the list behind each figure is narrowed to."""


def _report() -> tuple[tables.FilterBar, Asked, Compliance]:
    bar, wanted = compliance_asked()
    team = db.session.get(Team, int(bar.value("team"))) if bar.value("team") else None
    return bar, wanted, compliance(wanted, team)


@bp.get("/certification/compliance", endpoint="compliance")
@allowed(policy.see_compliance)
def read_compliance() -> str:
    """How many of those who must hold something do."""
    bar, wanted, report = _report()
    narrowed = {**bar.arguments(), **on(wanted.day)}
    return render_template(
        "certification/compliance.html",
        bar=bar,
        report=report,
        narrowed=narrowed,
        kept=[(name, value) for name, values in bar.arguments().items() for value in values],
        headings=HEADINGS,
        figures=lambda sums, **more: _figures(sums, {**narrowed, **more}),
        team_name=team_name,
        name_of=name_of,
        today=today(),
    )


@bp.get("/certification/compliance/export/<any(csv, xlsx):kind>")
@allowed(policy.see_compliance)
def export_compliance(kind: str) -> Response:
    """Download the figures: first by certification, then by team."""
    _bar, wanted, report = _report()
    rows: list[tuple[Any, ...]] = [
        (_("Certification"), words(name_of(one)), sums) for one, sums in report.by_certification
    ]
    rows += [(_("Team"), team_name(team), sums) for team, sums in report.by_team]
    numbers = [
        tables.Column(label, partial(_number, place)) for place, label in enumerate(HEADINGS[:-1])
    ]
    columns = [
        tables.Column(_l("Kind"), lambda row: row[0]),
        tables.Column(_l("Name"), lambda row: row[1]),
        *numbers,
        tables.Column(HEADINGS[-1], lambda row: row[2].share),
    ]
    name = _("Compliance on %(day)s", day=wanted.day.isoformat())
    return tables.export(rows, columns, kind, name)


@bp.post("/certification/compliance/print")
@allowed(policy.issue_compliance_report)
def issue_compliance_report() -> ResponseReturnValue:
    """Have the report printed as the address narrows it."""
    bar, _wanted, report = _report()
    about = tuple((kept.label, kept.text) for kept in bar.kept())
    document = operations.issue_compliance_report(report, about=about, by=viewer())
    return redirect(url_for("documents.read_document", document_id=document.id), 303)


def _number(place: int, row: tuple[str, str, Figures]) -> int:
    return _numbers(row[2])[place]


def _numbers(sums: Figures) -> tuple[int, ...]:
    return (
        sums.required,
        sums.in_force,
        sums.soon,
        sums.grace,
        sums.lapsed,
        sums.missing,
        sums.not_due,
        sums.waived,
    )


def _figures(sums: Figures, narrowed: dict[str, Any]) -> list[tuple[int, str]]:
    """Each figure with the address of the list behind it."""
    base: dict[str, Any] = {key: value for key, value in narrowed.items() if value is not None}
    base["mandatory"] = "1"
    return [
        (number, url_for("certification.matrix", **base, show=show or None))
        for number, show in zip(_numbers(sums), SHOWN_AS, strict=True)
    ]
