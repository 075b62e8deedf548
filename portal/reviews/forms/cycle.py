"""A cycle: whom it is about, what weighs how much, and its calendar."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, cast

from flask_babel import lazy_gettext as _l

from portal.core.db import db
from portal.core.forms import (
    Choice,
    DateBox,
    Form,
    LongText,
    MultiChoice,
    VersionField,
    WholeNumber,
    WordsField,
)
from portal.core.i18n import words
from portal.people.forms import choices
from portal.reviews import queries
from portal.reviews.models import ReviewCycle, ReviewTemplate
from portal.reviews.operations.cycle import CALENDAR, LEAST_RATERS, Terms
from portal.reviews.states import PartKind

MOST_PEERS = 10


def _templates() -> list[tuple[int, str]]:
    found = db.session.scalars(queries.published_templates())
    return [(template.id, words(template.name)) for template in found]


def _teams() -> list[tuple[Any, str]]:
    return choices.upper_teams("")


def _weight(label: Any) -> WholeNumber:  # noqa: ANN401 - as WholeNumber takes
    return WholeNumber(label, least=0, most=100)


class CycleForm(Form):
    """A cycle as HR prepares it."""

    name = WordsField(_l("Name"), most=120)
    template = Choice(_l("Review template"), _templates)
    starts_on = DateBox(_l("First day of the period"))
    ends_on = DateBox(_l("Last day of the period"))
    teams = MultiChoice(
        _l("Teams"),
        _teams,
        optional=True,
        hint=_l("With all teams below. Without a tick: every team."),
    )
    roles = MultiChoice(
        _l("Roles"), choices.roles, optional=True, hint=_l("Without a tick: every role.")
    )
    sites = MultiChoice(
        _l("Sites"), choices.sites, optional=True, hint=_l("Without a tick: every site.")
    )
    employed_by = DateBox(
        _l("Employed since"),
        optional=True,
        hint=_l("Only those who worked here on this day already. Empty: everybody."),
    )
    weight_self = _weight(PartKind.SELF.label)
    weight_manager = _weight(PartKind.MANAGER.label)
    weight_peer = _weight(PartKind.PEER.label)
    weight_upward = _weight(PartKind.UPWARD.label)
    least_raters = WholeNumber(
        _l("Least number of nameless parts"),
        least=LEAST_RATERS,
        most=20,
        hint=_l("Parts of peers and direct reports count and are shown from so many on."),
    )
    peers_wanted = WholeNumber(_l("Peers to name"), least=LEAST_RATERS, most=MOST_PEERS)
    opens_on = DateBox(_l("Writing begins"))
    peers_due_on = DateBox(_l("Peers are named by"))
    parts_due_on = DateBox(_l("Self, peers and direct reports by"))
    manager_due_on = DateBox(_l("Managers by"))
    calibration_due_on = DateBox(_l("Results compared by"))
    signing_due_on = DateBox(_l("Talked about and signed by"))
    version = VersionField()

    def terms(self) -> Terms:
        """What the operations take."""
        days = {name: cast("date", self[name].data) for name in CALENDAR}
        since = self.employed_by.data
        return Terms(
            name=self.name.data,
            starts_on=cast("date", self.starts_on.data),
            ends_on=cast("date", self.ends_on.data),
            population={
                "team_ids": list(self.teams.data or ()),
                "role_ids": list(self.roles.data or ()),
                "site_ids": list(self.sites.data or ()),
                "employed_by": since.isoformat() if since else None,
            },
            weights={str(kind): int(self[f"weight_{kind}"].data or 0) for kind in PartKind},
            least_raters=int(self.least_raters.data or 0),
            peers_wanted=int(self.peers_wanted.data or 0),
            **days,
        )


def data_of(cycle: ReviewCycle) -> dict[str, Any]:
    """A cycle as the form shows it."""
    population = cycle.population
    since = population.get("employed_by")
    names = ("name", "starts_on", "ends_on", "least_raters", "peers_wanted", "version", *CALENDAR)
    data: dict[str, Any] = {name: getattr(cycle, name) for name in names}
    return data | {
        "template": cycle.template_id,
        "teams": population.get("team_ids"),
        "roles": population.get("role_ids"),
        "sites": population.get("site_ids"),
        "employed_by": date.fromisoformat(since) if since else None,
        **{f"weight_{kind}": cycle.weight(kind) for kind in PartKind},
    }


def new_cycle(today: date, template: ReviewTemplate | None) -> dict[str, Any]:
    """What a new cycle begins with: the last year, and eight weeks to write, compare and sign."""
    first = today.replace(month=1, day=1)
    weights = template.weights if template else {}
    days = dict(zip(CALENDAR, (0, 10, 24, 35, 49, 63), strict=True))
    return {
        "template": template.id if template else None,
        "starts_on": first,
        "ends_on": first.replace(month=12, day=31),
        "least_raters": LEAST_RATERS,
        "peers_wanted": LEAST_RATERS,
        **{name: today + timedelta(days=count) for name, count in days.items()},
        **{f"weight_{kind}": int(weights.get(str(kind), 0)) for kind in PartKind},
    }


class CancelForm(Form):
    """Why a cycle is called off."""

    reason = LongText(_l("Reason"), rows=3, most=1000, optional=True)
    version = VersionField()


class NoteForm(Form):
    """Why somebody is taken out of a cycle."""

    note = LongText(_l("Reason"), rows=3, most=1000)
