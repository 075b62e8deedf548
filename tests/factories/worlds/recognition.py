"""Recognition on one side: a private thanks to the hire, and a value."""

from __future__ import annotations

from portal.core import clock
from portal.recognition.models import Thanks, ThanksReceiver
from portal.recognition.states import ThanksVisibility
from tests.factories import recognition as make
from tests.factories.people import added
from tests.factories.worlds.who import Params, People, person_of


def side(who: People) -> Params:
    """A thanks of the manager to an associate in the team that the lead may read."""
    value = make.value()
    thanks = added(
        Thanks(
            writer=person_of(who.manager), message=make.WORDS, language="en",
            visibility=ThanksVisibility.PRIVATE, written_at=clock.now(), values=[value],
            receivers=[ThanksReceiver(person=person_of(who.hire))],
        )
    )  # fmt: skip
    return {"thanks_id": thanks.id, "recognition value_id": value.id}
