"""Fill in, submit and amend a scorecard; the last one in opens the panel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from zoneinfo import ZoneInfo

from flask_babel import gettext as _

from portal.accounts.models import Account
from portal.core import audit, clock
from portal.core.db import db
from portal.core.errors import Refused
from portal.interviews import queries
from portal.interviews.models import Amendment, Interview, Scorecard, ScorecardAnswer
from portal.interviews.operations.panel import reveal
from portal.interviews.states import InterviewFact, InterviewState, ScorecardState, SkipReason

NOTE_LIMIT = 10_000
NOTE_NEEDED = frozenset({1, 2, 5})


@dataclass(frozen=True)
class Entry:
    """What an interviewer entered for one question; ``rating`` 1–5, or not observed, or skipped."""

    note: str = ""
    rating: int | None = None
    not_observed: bool = False
    skip_reason: SkipReason | None = None


def save_draft(
    card: Scorecard,
    *,
    entries: Mapping[int, Entry],
    steps: Sequence[str] | None,
    by: Account,  # noqa: ARG001 - a draft is nobody's business, so nothing is recorded
) -> None:
    """Keep what was entered so far, by plan question id; others stay as they are.

    ``steps`` are the keys of the ticked steps of the script, ``None`` leaves them as they are.

    Raises:
        Refused: if the scorecard is submitted, a rating is not 1–5, or a note is too long.
    """
    if card.state is ScorecardState.SUBMITTED:
        raise Refused(_("The scorecard is submitted. A later change is an amendment."))
    _write(card, entries)
    if steps is not None:
        card.steps = list(steps)
    card.saved_at = clock.now()


def _write(card: Scorecard, entries: Mapping[int, Entry]) -> None:
    rows = {answer.plan_question_id: answer for answer in card.answers}
    known = {question.id for question in card.interview.round.questions}
    for key, entry in entries.items():
        if key not in known:
            raise Refused(_("This question is not asked in this round."))
        _check(key, entry)
        row = rows.get(key)
        if row is None:
            row = ScorecardAnswer(plan_question_id=key)
            card.answers.append(row)
        row.note, row.rating = entry.note, entry.rating
        row.not_observed, row.skip_reason = entry.not_observed, entry.skip_reason


def _check(key: int, entry: Entry) -> None:
    if (entry.rating is not None) + entry.not_observed + (entry.skip_reason is not None) > 1:
        raise Refused(_("Choose one: a sentence, not observed, or skipped."), f"rating-{key}")
    if entry.rating is not None and entry.rating not in range(1, 6):
        raise Refused(_("Choose one of the five sentences."), field=f"rating-{key}")
    if len(entry.note) > NOTE_LIMIT:
        raise Refused(
            _("The note is longer than %(limit)s characters.", limit=NOTE_LIMIT),
            field=f"note-{key}",
        )


def entries_of(card: Scorecard) -> dict[int, Entry]:
    """What stands in a scorecard, by plan question id."""
    return {
        answer.plan_question_id: Entry(
            answer.note, answer.rating, answer.not_observed, answer.skip_reason
        )
        for answer in card.answers
    }


def problems(card: Scorecard, entries: Mapping[int, Entry] | None = None) -> dict[str, str]:
    """What is missing before the scorecard can be submitted: field name to message.

    ``entries`` that are not saved yet count instead of those that are.
    """
    rows = entries_of(card) | dict(entries or {})
    found: dict[str, str] = {}
    for question in card.interview.round.questions:
        answer = rows.get(question.id)
        if answer is None or not (answer.rating or answer.not_observed or answer.skip_reason):
            found[f"rating-{question.id}"] = _(
                "Choose the sentence that fits, or say that you didn't observe it."
            )
        elif answer.rating in NOTE_NEEDED and not answer.note.strip():
            found[f"note-{question.id}"] = _("Write down what you heard: a 1, 2 or 5 needs it.")
    return found


def submit_scorecard(card: Scorecard, *, by: Account) -> None:
    """Lock the scorecard; when the whole panel has submitted, open the ratings to it.

    Raises:
        Refused: if it is submitted already, the day of the interview has not come or it was
            cancelled, or something is missing (``field`` names the first).
    """
    interview = card.interview
    # Two interviewers who submit at once must not both miss that they are the last one.
    db.session.refresh(interview, ["state", "version"], with_for_update=True)
    if card.state is ScorecardState.SUBMITTED:
        raise Refused(_("You have submitted this scorecard already."))
    if interview.state is InterviewState.CANCELLED:
        raise Refused(_("This interview was cancelled."))
    _require_begun(interview)
    for field, message in problems(card).items():
        raise Refused(message, field=field)
    card.state, card.submitted_at = ScorecardState.SUBMITTED, clock.now()
    audit.record(InterviewFact.SUBMITTED, card, by=by, about=interview.application.person_id)
    if not db.session.scalar(queries.missing_scorecards(interview.id)):
        reveal(interview)


def _require_begun(interview: Interview) -> None:
    """A talk may begin earlier than planned, but not on another day."""
    zone = interview.time_zone
    if clock.today(zone) < interview.starts_at.astimezone(ZoneInfo(zone)).date():
        raise Refused(_("The interview is on another day. Submit the scorecard after the talk."))


def amend_scorecard(
    card: Scorecard, *, entries: Mapping[int, Entry], reason: str, by: Account
) -> Amendment:
    """Change a submitted scorecard, keeping what stood there and why it changed.

    Raises:
        Refused: if it is not submitted, the panel has decided, the reason is missing, or nothing
            changed.
    """
    if card.state is not ScorecardState.SUBMITTED:
        raise Refused(_("A draft needs no amendment: just change it."))
    if card.interview.decision is not None:
        raise Refused(_("The panel has decided. The scorecard stays as it is."))
    if not reason.strip():
        raise Refused(_("Say why the scorecard changes."), field="reason")
    before = _plain(card)
    _write(card, entries)
    after = _plain(card)
    changed = {key for key in after if before.get(key) != after[key]}
    if not changed:
        raise Refused(_("Nothing has changed."))
    for field, message in problems(card).items():
        raise Refused(message, field=field)
    amendment = Amendment(
        scorecard=card,
        reason=reason.strip(),
        before={key: before.get(key) for key in changed},
        after={key: after[key] for key in changed},
        made_at=clock.now(),
    )
    db.session.add(amendment)
    audit.record(InterviewFact.AMENDED, card, by=by, about=card.interview.application.person_id)
    return amendment


def _plain(card: Scorecard) -> dict[str, dict[str, object]]:
    return {str(key): asdict(entry) for key, entry in entries_of(card).items()}
