"""The organisation with its bench as a drawing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from flask_babel import gettext as _

from portal.core.charts import Organisation, Seat, Successor, Unit
from portal.core.i18n import words
from portal.people.forms.choices import in_order
from portal.people.models import Team
from portal.succession.board import Bench, Row
from portal.succession.wording import team_name

MOST = 60
"""As many positions are drawn; nobody finds anything among more."""


def organisation(bench: Bench, teams: list[Team]) -> Organisation | None:
    """The teams with key positions and those above them; ``None`` if there are too many to draw."""
    if not bench.rows or len(bench.rows) > MOST:
        return None
    seats: dict[int, list[Seat]] = defaultdict(list)
    for row in bench.rows:
        seats[row.key_position.position.team_id].append(_seat(row))
    wanted = {int(key) for path in _paths(bench) for key in path.strip("/").split("/")}
    shown = [team for team in in_order(teams) if team.id in wanted]
    top = min((team.path.count("/") for team in shown), default=0)
    units = (
        Unit(
            words(team.name), team.path.count("/") - top, tuple(seats[team.id]),
            team_name(team) if team.id in seats else "",
        )
        for team in shown
    )  # fmt: skip
    return Organisation(_("Organisation chart with successors"), tuple(units))


def _paths(bench: Bench) -> set[str]:
    return {row.key_position.position.team.path for row in bench.rows}


def _seat(row: Row) -> Seat:
    return Seat(
        words(row.key_position.position.role.title),
        row.holder.display_name if row.holder else _("Nobody holds it"),
        tuple(_successors(row)),
    )


def _successors(row: Row) -> Iterator[Successor]:
    """Approved ones, the first choice first; emergency cover last, and never as ready."""
    ready = set(row.post.ready)
    for one in row.approved:
        if one.level:
            text = _("%(who)s: %(readiness)s",
                     who=one.nominee.display_name, readiness=words(one.level.name))  # fmt: skip
            yield Successor(text, one.nominee_id in ready)
    for one in row.approved:
        if one.is_emergency:
            yield Successor(_("Emergency: %(who)s", who=one.nominee.display_name), ready=False)
