"""What is wrong with the plan of a position on a day, from its rows alone."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from portal.careers.experience import later
from portal.succession.models import KeyPosition, Nomination, SuccessionSettings
from portal.succession.states import Alarm, NominationState


@dataclass(frozen=True, slots=True)
class Alert:
    """An alarm, and the nomination it is about, if it is about one."""

    alarm: Alarm
    nomination: Nomination | None = None


def warnings_of(
    key_position: KeyPosition,
    *,
    holder_id: int | None,
    working: Collection[int],
    settings: SuccessionSettings,
    day: date,
) -> list[Alert]:
    """Everything that is wrong on a day; ``working`` are the people employed on it.

    What stands for a nomination that waits for approval is not judged yet.
    """
    named = [one for one in key_position.nominations if one.state is NominationState.APPROVED]
    there = [one for one in named if one.nominee_id in working]
    found = [Alert(Alarm.LEFT, one) for one in named if one.nominee_id not in working]
    if holder_id is None:
        found.append(Alert(Alarm.EMPTY))
    successors = [one for one in there if one.level is not None]
    if not successors:
        found.append(Alert(Alarm.NOBODY))
    elif not any(one.level and one.level.is_ready for one in successors):
        found.append(Alert(Alarm.NONE_READY))
    for one in successors:
        found += _of_nomination(one, settings, day)
    if later(key_position.looked_at_on, settings.review_months) <= day:
        found.append(Alert(Alarm.UNREVIEWED))
    return found


def _of_nomination(
    nomination: Nomination, settings: SuccessionSettings, day: date
) -> Iterator[Alert]:
    assert nomination.level is not None
    if later(nomination.judged_on, settings.stale_months) <= day:
        yield Alert(Alarm.STALE, nomination)
    if nomination.level.is_ready:
        return
    if later(nomination.level_since, settings.stuck_months) <= day:
        yield Alert(Alarm.STUCK, nomination)
    if not any(action.done_on is None for action in nomination.actions):
        yield Alert(Alarm.NO_ACTION, nomination)
