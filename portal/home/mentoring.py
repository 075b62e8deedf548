"""What waits for someone in mentoring: sessions, requests, feedback, and for HR the matches."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial

import sqlalchemy as sa
from flask import url_for
from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core import clock, i18n
from portal.home.need import HORIZON, Need, Source, by_moment, from_now, on_the_day
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
    def write(session: MentoringSession, due: date) -> Need:
        return _session(session, viewer, due)

    day = MentoringSession.starts_at
    yield Source(_sessions_soon, MentoringSession.id, by_moment(viewer), write, moment=day)


def _sessions_soon(asker: Account) -> sa.Select[MentoringSession]:
    after, until = from_now(-timedelta(hours=8)), from_now(HORIZON)
    return queries.sessions_soon(asker.person_id, after, until)


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
        _requests_to, MentoringPair.id, by_moment(viewer, PATIENCE), _request,
        moment=MentoringPair.created_at,
    )  # fmt: skip


def _requests_to(asker: Account) -> sa.Select[MentoringPair]:
    return queries.requests_to(asker.person_id)


def _request(pair: MentoringPair, due: date) -> Need:
    who, by = pair.mentee.display_name, pair.asked_by
    return Need(
        "person-heart",
        _("%(by)s asks you to be the mentor of %(who)s", by=by.display_name, who=who)
        if by
        else _("%(who)s asks you to be their mentor", who=who),
        i18n.words(pair.programme.title),
        due,
        url_for("mentoring.pair", pair_id=pair.id),
        _("Read and answer"),
    )


def _feedback(viewer: Account) -> Iterator[Source]:
    for part in FeedbackPart:

        def write(pair: MentoringPair, due: date, part: FeedbackPart = part) -> Need:
            return _to_say(pair, part, viewer, due)

        day = queries.due_column(part)
        yield Source(_FEEDBACK_DUE[part], MentoringPair.id, on_the_day, write, day=day)


def _feedback_due(part: FeedbackPart, asker: Account) -> sa.Select[MentoringPair]:
    today = clock.today(asker.time_zone)
    rows = queries.feedback_due_of(asker.person_id, part, today)
    return rows.where(queries.due_column(part) >= today - timedelta(days=60))


_FEEDBACK_DUE = {part: partial(_feedback_due, part) for part in FeedbackPart}


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
    over = MentoringProgramme.join_until
    yield Source(_rounds_to_match, MentoringProgramme.id, on_the_day, _to_match, day=over)
    yield Source(
        _to_be_published, MentoringMatch.id, by_moment(viewer, PATIENCE), _to_publish,
        moment=MentoringMatch.ran_at,
    )  # fmt: skip


def _rounds_to_match(asker: Account) -> sa.Select[MentoringProgramme]:
    return queries.rounds_to_match(clock.today(asker.time_zone))


def _to_be_published(_asker: Account) -> sa.Select[MentoringMatch]:
    return queries.matches_to_publish()


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
