"""The statements of the home page, built once for all who hold the same roles.

Building some fifty selects takes several times as long as the database needs to answer them. So
they are built for a stand-in with the viewer's roles, whose numbers and teams are parameters; every
viewer is put in their place when the statements are sent.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa

from portal.accounts.models import Account
from portal.core import clock
from portal.home.gathering import Parameters, Statements, statements
from portal.home.need import Source

MOST_KEPT = 48
"""How many are kept, since each takes some memory; there are few combinations of roles."""

Shape = tuple[frozenset[str], int, tuple[object, ...], date, date]
"""All that changes a statement: roles, how many teams are led, which sources, and the day.

It is another day at other places, so there are two: in UTC, and where the viewer is.
"""

_kept: dict[Shape, Statements] = {}


def statements_for(viewer: Account, sources: Sequence[Source]) -> Statements:
    """The statements of these sources, to be sent with ``parameters_of`` the viewer."""
    shape = _shape(viewer, sources)
    found = _kept.get(shape)
    if found is None:
        found = statements(sources, _stand_in(viewer))
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        _kept[shape] = found
    return found


def parameters_of(viewer: Account) -> Parameters:
    """What stands for this viewer in the statements."""
    led = {_name_of(place): path for place, path in enumerate(viewer.led_paths)}
    return {"viewer_id": viewer.id, "viewer_person_id": viewer.person_id, **led}


def _shape(viewer: Account, sources: Sequence[Source]) -> Shape:
    asked = tuple(source.rows for source in sources)
    here = clock.today(viewer.time_zone)
    return frozenset(viewer.roles), len(viewer.led_paths), asked, clock.today(), here


def _stand_in(viewer: Account) -> Account:
    """An account that is never stored; a rule that asks for more of it than roles fails."""
    return Account(
        id=sa.bindparam("viewer_id", type_=sa.Integer),
        person_id=sa.bindparam("viewer_person_id", type_=sa.Integer),
        roles=viewer.roles,
        led_paths=[
            sa.bindparam(_name_of(place), type_=sa.String) for place in range(len(viewer.led_paths))
        ],
        time_zone=viewer.time_zone,
    )


def _name_of(place: int) -> str:
    return f"viewer_path_{place}"
