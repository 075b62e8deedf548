"""The matrix of a team or of everybody, and its download."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.accounts.saved_views import saved_views
from portal.accounts.viewer import viewer
from portal.certification import policy
from portal.certification.matrix import Cell, Matrix, cells, everyone, matrix
from portal.certification.routes import bp
from portal.certification.routes.as_of import today
from portal.certification.routes.narrowing import matrix_asked, on
from portal.core import i18n, tables
from portal.core.access import allowed
from portal.people.models import Person, full_name

Row = tuple[Any, list[Cell]]
"""A row of ``people_seen`` with its cells."""


@dataclass(frozen=True)
class Line:
    """One person of the page; ``url`` is empty for readers who see figures and no certificates."""

    name: str
    role: str
    team: str
    url: str
    cells: list[Cell]


@bp.get("/certification/matrix", endpoint="matrix")
@allowed(policy.see_matrix)
def read_matrix() -> ResponseReturnValue:
    """How people stand, a page of them, with figures over all."""
    bar, wanted = matrix_asked()
    shown = matrix(wanted)
    order = ((Person.by_name(), False), (Person.id, False))
    page = tables.page(shown.listed, order=order, cursor=request.args.get("cursor"))
    narrowed = {**bar.arguments(), **on(shown.asked.day)}
    return render_template(
        "certification/matrix.html",
        bar=bar,
        shown=shown,
        page=page,
        lines=_lines(shown, list(page.rows)),
        count=_count(shown),
        narrowed=narrowed,
        kept=[(name, value) for name, values in bar.arguments().items() for value in values],
        today=today(),
        shown_date=_dates(),
        saved=saved_views("certification.matrix", narrowed=bool(bar)),
    )


@bp.get("/certification/matrix/export/<any(csv, xlsx):kind>")
@allowed(policy.see_matrix)
def export_matrix(kind: str) -> Response:
    """Download everybody the matrix is narrowed to."""
    _bar, wanted = matrix_asked()
    shown = matrix(wanted)
    columns = [
        tables.Column(_l("Name"), lambda row: _name(row[0])),
        tables.Column(_l("Role"), lambda row: row[0].role),
        tables.Column(_l("Team"), lambda row: row[0].team),
        tables.Column(_l("Site"), lambda row: row[0].site),
        *_certificate_columns(shown),
    ]
    name = _("Certificates on %(day)s", day=shown.asked.day.isoformat())
    return tables.export(everyone(shown), columns, kind, name)


def _certificate_columns(shown: Matrix) -> Iterator[tables.Column]:
    """State, last day and deadline of each certification."""
    for place, column in enumerate(shown.columns):
        assert column.current is not None  # what has a column has a rule
        name = i18n.words(column.current.name)
        day, due = _("%(name)s, last day", name=name), _("%(name)s, mandatory from", name=name)
        yield tables.Column(name, partial(_word, place))
        yield tables.Column(day, partial(_last_day, place))
        yield tables.Column(due, partial(_due_on, place))


def _word(place: int, row: Row) -> str:
    cell = row[1][place]
    return "" if cell.is_empty else str(cell.held.standing.label)


def _last_day(place: int, row: Row) -> date | None:
    return row[1][place].until


def _due_on(place: int, row: Row) -> date | None:
    return row[1][place].due_on


def _count(shown: Matrix) -> tables.Count:
    if shown.length is None:
        return tables.count(shown.listed)
    return tables.Count(min(shown.length, tables.COUNTED), shown.length > tables.COUNTED)


def _lines(shown: Matrix, rows: list[Any]) -> list[Line]:
    found = cells([row.id for row in rows], shown.columns, shown.asked.day)
    base = url_for("certification.matrix").removesuffix("/matrix")
    day = "".join(f"?on={day}" for day in on(shown.asked.day).values())
    return [
        Line(
            _name(row),
            i18n.words(row.role),
            i18n.words(row.team),
            f"{base}/people/{row.id}{day}" if _may_open(row) else "",
            line,
        )
        for row, line in zip(rows, found, strict=True)
    ]


def _may_open(row: Any) -> bool:  # noqa: ANN401 - a row of ``people_seen``
    """As ``policy.see_certificates`` answers, from what the row holds."""
    me = viewer()
    answers = row.manager_id == me.person_id or me.leads(row.path)
    return me.has_role("hr") or answers or row.id == me.person_id


def _name(row: Any) -> str:  # noqa: ANN401 - as above
    return full_name(row.given_name, row.family_name, row.language)


def _dates() -> Any:  # noqa: ANN401 - a filter
    """Days as words; a page shows the same ones many times."""
    known: dict[Any, str] = {}

    def shown(day: Any) -> str:  # noqa: ANN401 - a date
        if day not in known:
            known[day] = i18n.date(day)
        return known[day]

    return shown
