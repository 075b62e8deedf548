"""What waits for someone in mentoring: sessions, requests, feedback, and for HR the matches."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from flask import url_for
from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core import clock, i18n
from portal.home.need import HORIZON, Need, Source, by_moment, on_the_day
from portal.mentoring import policy, queries
from portal.mentoring.models import (
    MentoringMatch,
    MentoringPair,
    MentoringProgramme,
    MentoringSession,
)
from portal.mentoring.states import FeedbackPart

PATIENCE = timedelta(days=3)
"""How long somebody who asks for a mentor waits before it counts as late."""


def _sessions(viewer: Account) -> Iterator[Source]:
    now = clock.now()

    def write(session: MentoringSession, due: date) -> Need:
        return _session(session, viewer, due)

    yield Source(
        queries.sessions_soon(viewer.person_id, now - timedelta(hours=8), now + HORIZON),
        MentoringSession.id, by_moment(viewer), write, moment=MentoringSession.starts_at,
    )  # fmt: skip


def _session(session: MentoringSession, viewer: Account, due: date) -> Need:
    return Need(
        "calendar-event",
        _("Mentoring with %(who)s",
          who=session.pair.other_of(viewer.person_id).display_name),
        _("Session on %(when)s: note what to talk about.",
          when=i18n.datetime(session.starts_at, zone=viewer.time_zone)),
        due,
        url_for("mentoring.session", session_id=session.id),
        _("View"),
    )  # fmt: skip


def _requests(viewer: Account) -> Iterator[Source]:
    yield Source(
        queries.requests_to(viewer.person_id), MentoringPair.id, by_moment(viewer, PATIENCE),
        _request, moment=MentoringPair.created_at,
    )  # fmt: skip


def _request(pair: MentoringPair, due: date) -> Need:
    return Need(
        "person-heart",
        _("%(who)s asks you to be their mentor", who=pair.mentee.display_name),
        i18n.words(pair.programme.title),
        due,
        url_for("mentoring.pair", pair_id=pair.id),
        _("Read and answer"),
    )


def _feedback(viewer: Account) -> Iterator[Source]:
    today = clock.today(viewer.time_zone)
    for part in FeedbackPart:

        def write(pair: MentoringPair, due: date, part: FeedbackPart = part) -> Need:
            return _to_say(pair, part, viewer, due)

        column = queries.due_column(part)
        rows = queries.feedback_due_of(viewer.person_id, part, today)
        rows = rows.where(column >= today - timedelta(days=60))
        yield Source(rows, MentoringPair.id, on_the_day, write, day=column)


def _to_say(pair: MentoringPair, part: FeedbackPart, viewer: Account, due: date) -> Need:
    return Need(
        "chat-square-text",
        _("How is mentoring with %(who)s going?",
          who=pair.other_of(viewer.person_id).display_name),
        str(part.label),
        due,
        url_for("mentoring.give_feedback", pair_id=pair.id, part=str(part)),
        _("Say it"),
    )  # fmt: skip


def _matches(viewer: Account) -> Iterator[Source]:
    if not policy.keep_programmes(viewer):
        return
    today = clock.today(viewer.time_zone)
    yield Source(
        queries.rounds_to_match(today), MentoringProgramme.id, on_the_day, _to_match,
        day=MentoringProgramme.join_until,
    )  # fmt: skip
    yield Source(
        queries.matches_to_publish(), MentoringMatch.id, by_moment(viewer, PATIENCE),
        _to_publish, moment=MentoringMatch.ran_at,
    )  # fmt: skip


def _to_match(programme: MentoringProgramme, due: date) -> Need:
    return Need(
        "diagram-3",
        _("Match “%(title)s”", title=i18n.words(programme.title)),
        _("The sign-up is over."),
        due,
        url_for("mentoring.programme", programme_id=programme.id),
        _("View"),
    )


def _to_publish(run: MentoringMatch, due: date) -> Need:
    return Need(
        "diagram-3",
        _("Publish the match of “%(title)s”", title=i18n.words(run.programme.title)),
        _("Pairs are suggested. Nobody knows yet."),
        due,
        url_for("mentoring.match", programme_id=run.programme_id),
        _("View"),
    )


SOURCES: tuple[Callable[[Account], Iterator[Source]], ...] = (
    _requests,
    _sessions,
    _feedback,
    _matches,
)
