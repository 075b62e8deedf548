"""Who is told of hours that are claimed and checked, and of programmes completed."""

from __future__ import annotations

from portal.core import clock
from portal.training.models import Credit, ProgrammeEnrolment
from portal.training.notices.kinds import TrainingNotice
from portal.training.notices.reader import Reader
from portal.training.states import CreditState


def programme_completed(row: ProgrammeEnrolment) -> None:
    """Congratulate somebody on the last course of a programme."""
    reader = Reader.of(row.person)
    if reader is not None:
        url = f"/training/programmes/{row.programme_id}"
        reader.tell(TrainingNotice.PROGRAMME_DONE, url, programme=row.programme.title)


def hours_claimed(credit: Credit) -> None:
    """Ask the manager of somebody who claims hours to check them."""
    employment = credit.person.employment_on(clock.today())
    manager = employment.manager if employment else None
    reader = Reader.of(manager) if manager else None
    if reader is not None:
        reader.tell(
            TrainingNotice.HOURS_CLAIMED,
            "/training/hours",
            who=credit.person.display_name,
            title=credit.title,
        )


def hours_decided(credit: Credit) -> None:
    """Tell somebody whether the hours they claimed count."""
    reader = Reader.of(credit.person)
    if reader is not None:
        counted = credit.state is CreditState.COUNTED
        kind = TrainingNotice.HOURS_COUNTED if counted else TrainingNotice.HOURS_REFUSED
        reader.tell(kind, "/my/training/hours", title=credit.title)
