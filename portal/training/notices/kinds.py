"""What people are told about training."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from portal.core import inbox


class TrainingNotice(inbox.NoticeKind):
    """Notices of training."""

    ENROLLED = "training.told_enrolled", _l("You are enrolled in “%(course)s”")
    SEAT = "training.told_seat", _l("You have a seat in “%(course)s” on %(day)s")
    WAITING = "training.told_waiting", _l("You are on the waiting list of “%(course)s” on %(day)s")
    MOVED_UP = (
        "training.told_moved_up",
        _l("A seat is free: you take part in “%(course)s” on %(day)s"),
    )
    MOVED = "training.told_moved", _l("“%(course)s” now takes place on %(day)s")
    CALLED_OFF = "training.told_called_off", _l("“%(course)s” on %(day)s is called off")
    OUT = "training.told_out", _l("You are no longer enrolled in “%(course)s”")
    PASSED = "training.told_passed", _l("You have completed “%(course)s”")
    AGAIN = "training.told_again", _l("“%(course)s” is not passed yet: you can try again")
    FAILED = "training.told_failed", _l("“%(course)s” is not passed, and no try is left")
    ABSENT = "training.told_absent", _l("You were missed at “%(course)s”: choose another session")
    NO_SEAT = (
        "training.told_no_seat",
        _l("No seat became free in “%(course)s” on %(day)s: choose another session"),
    )
    TEACHES = "training.told_teaches", _l("You teach “%(course)s” on %(day)s")
    PROGRAMME_DONE = (
        "training.told_programme_done",
        _l("You have completed the programme “%(programme)s”"),
    )
    HOURS_CLAIMED = (
        "training.told_hours_claimed",
        _l("%(who)s claims hours for “%(title)s”: please check them"),
    )
    HOURS_COUNTED = "training.told_hours_counted", _l("The hours of “%(title)s” are counted")
    HOURS_REFUSED = "training.told_hours_refused", _l("The hours of “%(title)s” are not counted")
    DUE_SOON = "training.told_due_soon", _l("“%(course)s” is due on %(day)s")
    OVERDUE = "training.told_overdue", _l("“%(course)s” was due on %(day)s")
