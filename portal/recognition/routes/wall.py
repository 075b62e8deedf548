"""The wall, one's own thanks, and the download of HR."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, cast

import sqlalchemy as sa
from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from portal.accounts.viewer import viewer
from portal.core import clock, i18n, tables
from portal.core.access import allowed, signed_in
from portal.core.db import db
from portal.people.forms import choices
from portal.people.models import Team
from portal.recognition import operations, policy, queries
from portal.recognition.models import DigestRefusal, Thanks
from portal.recognition.notices import month_name
from portal.recognition.routes import bp

NEWEST_FIRST = ((Thanks.written_at, True), (Thanks.id, True))
MONTHS = 24
SIZE = 20


def _bar() -> tables.FilterBar:
    return tables.FilterBar(
        (
            tables.Filter("q", _l("Name"), _about),
            tables.Filter("team", _l("Team"), _in_team, choices.upper_teams(_asked_team())),
            tables.Filter(
                "value", _l("Our values"), lambda ids: queries.naming(ids[0]),
                [(one.id, i18n.words(one.name)) for one in db.session.scalars(queries.values())],
            ),
            tables.Filter("month", _l("Month"), _in_month, _months()),
        ),
        request.args,
    )  # fmt: skip


def _asked_team() -> str:
    return request.args.get("team", "")


def _about(texts: list[str]) -> sa.ColumnElement[bool]:
    return queries.about_people(queries.named(texts[0]))


def _in_team(ids: list[int]) -> sa.ColumnElement[bool]:
    team = db.session.get(Team, ids[0])
    return queries.in_team(team.path) if team else sa.false()


def _months() -> list[tuple[date, str]]:
    """The months one can choose, the present one first."""
    found, month = [], clock.today().replace(day=1)
    for _number in range(MONTHS):
        found.append((month, month_name(month)))
        month = (month - timedelta(days=1)).replace(day=1)
    return found


def _in_month(months: list[date]) -> sa.ColumnElement[bool]:
    last = (months[0] + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    return queries.between(months[0], last)


def applause(rows: Sequence[Thanks]) -> dict[int, tuple[int, bool]]:
    """How many clap for each, and whether the reader does."""
    if not rows:
        return {}
    found = db.session.execute(queries.claps([row.id for row in rows], viewer().person_id))
    return {key: (number, bool(mine)) for key, number, mine in found}


@bp.get("/recognition")
@signed_in
def wall() -> str:
    """What colleagues thank each other for, newest first."""
    bar = _bar()
    page = _page(_narrowed(bar))
    return render_template(
        "recognition/wall.html",
        bar=bar,
        page=page,
        applause=applause(page.rows),
        base=url_for("recognition.wall"),
    )


def _narrowed(bar: tables.FilterBar) -> sa.Select[Thanks]:
    rows: Any = queries.wall()
    return cast("sa.Select[Thanks]", bar.narrow(rows))


def _page(rows: sa.Select[Thanks]) -> tables.Page:
    cursor = request.args.get("cursor")
    return tables.page(rows, order=NEWEST_FIRST, size=SIZE, cursor=cursor)


@bp.get("/recognition/mine")
@signed_in
def mine() -> str:
    """What the reader got, or what they wrote."""
    given = request.args.get("side") == "given"
    page = _page(queries.own_given(viewer()) if given else queries.own_received(viewer()))
    return render_template(
        "recognition/mine.html",
        given=given,
        page=page,
        applause=applause(page.rows),
        digest=db.session.get(DigestRefusal, viewer().person_id) is None,
    )


@bp.post("/recognition/digest")
@signed_in
def take_digest() -> ResponseReturnValue:
    """Get the monthly digest, or no longer."""
    wanted = request.form.get("wanted") == "yes"
    operations.take_digest(wanted=wanted, by=viewer())
    flash(_("You get the digest.") if wanted else _("You get no digest any more."), "ok")
    return redirect(url_for("recognition.mine"), 303)


@bp.get("/recognition/export/<any(csv, xlsx):kind>")
@allowed(policy.export_thanks)
def export_wall(kind: str) -> Response:
    """Download the wall as it is narrowed now."""
    rows = _narrowed(_bar()).order_by(Thanks.written_at.desc(), Thanks.id.desc())
    found = db.session.scalars(rows).all()
    clapping = applause(found)
    columns: tuple[tables.Column, ...] = (
        tables.Column(_l("Written on"), "written_at"),
        tables.Column(_l("Writer"), lambda row: row.writer.display_name),
        tables.Column(
            _l("Thanked"), lambda row: [one.person.display_name for one in row.receivers]
        ),
        tables.Column(_l("Our values"), lambda row: [i18n.words(one.name) for one in row.values]),
        tables.Column(_l("Message"), "message"),
        tables.Column(_l("Claps"), lambda row: _number(clapping, row)),
    )
    return tables.export(found, columns, kind, _("Recognition"))


def _number(clapping: dict[int, tuple[int, bool]], row: Any) -> int:  # noqa: ANN401 - an export row
    return clapping.get(row.id, (0, False))[0]
