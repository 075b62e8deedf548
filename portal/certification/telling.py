"""Coverage warnings in words, in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence

from babel.lists import format_list
from flask_babel import gettext as _
from flask_babel import ngettext

from portal.certification.outlook import Gap
from portal.core import i18n

MOST_NAMES = 5


def warning(gap: Gap) -> str:
    """One sentence: what will be missing, and from when."""
    if gap.queue is not None:
        return _of_queue(gap, i18n.words(gap.queue))
    return _(
        "If no renewal succeeds, nobody in %(team)s holds %(certification)s from %(day)s.",
        team=team_of(gap),
        certification=i18n.words(gap.certification or {}),
        day=i18n.date(gap.starts_on, "long"),
    )


def team_of(gap: Gap) -> str:
    """The team with the one above it, as lists of teams name it."""
    names = [i18n.words(name) for name in (gap.above, gap.team) if name]
    return " › ".join(names)


def _of_queue(gap: Gap, queue: str) -> str:
    left, least = gap.outlook.left, i18n.number(gap.outlook.minimum)
    day = i18n.date(gap.starts_on, "long")
    if gap.outlook.first_short == 0:
        if left == 0:
            return _("Nobody may serve %(queue)s now.", queue=queue)
        return ngettext(
            "Only %(num)s person may serve %(queue)s now; %(least)s are needed.",
            "Only %(num)s people may serve %(queue)s now; %(least)s are needed.",
            left, queue=queue, least=least,
        )  # fmt: skip
    if left == 0:
        return _(
            "If no renewal succeeds, nobody may serve %(queue)s from %(day)s.", queue=queue, day=day
        )
    return ngettext(
        "If no renewal succeeds, only %(num)s person may serve %(queue)s from %(day)s; "
        "%(least)s are needed.",
        "If no renewal succeeds, only %(num)s people may serve %(queue)s from %(day)s; "
        "%(least)s are needed.",
        left, queue=queue, day=day, least=least,
    )  # fmt: skip


def cause(names: Sequence[str]) -> str:
    """Whose certificates run out until then; empty if nobody's do."""
    if not names:
        return ""
    shown = list(names[:MOST_NAMES])
    if more := len(names) - len(shown):
        shown.append(ngettext("%(num)s other", "%(num)s others", more))
    text = format_list(shown, locale=i18n.current_locale())
    return ngettext(
        "It hangs on the renewal of %(names)s.",
        "It hangs on the renewals of %(names)s.",
        len(names), names=text,
    )  # fmt: skip
