"""Keeping a what-if that somebody asked to keep."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core import audit, clock
from portal.core.db import db
from portal.core.errors import Refused
from portal.people.models import Team
from portal.succession.models import Scenario
from portal.succession.states import SuccessionFact


def save_scenario(
    *, name: str, note: str, team: Team, leaver_ids: Collection[int], leaves_on: date, by: Account
) -> Scenario:
    """Keep who leaves and when; what follows is worked out anew whenever it is opened.

    Raises:
        Refused: if nobody leaves, it has no name, or the viewer is among the leavers.
    """
    if not leaver_ids:
        raise Refused(_("Choose who leaves."), "leaver")
    if by.person_id in leaver_ids:
        raise Refused(_("Somebody else looks at what happens if you leave."), "leaver")
    if not name.strip():
        raise Refused(_("Give it a name."), "name")
    scenario = Scenario(
        name=name.strip(), note=note.strip(), team_id=team.id, leaver_ids=sorted(leaver_ids),
        leaves_on=leaves_on, saved_at=clock.now(), saved_by_id=by.id,
    )  # fmt: skip
    db.session.add(scenario)
    audit.record(SuccessionFact.SCENARIO_SAVED, scenario, by=by)
    return scenario


def remove_scenario(scenario: Scenario, *, by: Account) -> None:
    """Throw a kept what-if away."""
    audit.record(SuccessionFact.SCENARIO_REMOVED, scenario, by=by)
    db.session.delete(scenario)
