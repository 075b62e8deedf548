"""Asking colleagues for feedback, answering, and making levels evidence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from flask_babel import gettext as _
from flask_babel import ngettext

from portal.accounts.models import Account
from portal.accounts.readers import account_in_use
from portal.competencies import operations as competencies
from portal.competencies.models import LEVELS, Competency
from portal.competencies.states import EvidenceSource
from portal.core import audit, clock
from portal.core.db import db
from portal.core.errors import Refused
from portal.core.states import require_move
from portal.development import notices, queries
from portal.development.models import (
    FeedbackAnswer,
    FeedbackReply,
    FeedbackRequest,
    FeedbackTopic,
)
from portal.development.states import (
    FEEDBACK_DAYS,
    MOST_ASKED,
    REMIND_DAYS,
    REPLY_MOVES,
    Audience,
    DevelopmentFact,
    ReplyState,
    RequestState,
)
from portal.people.models import Person

MOST_TOPICS = 6
LONGEST = 5_000


@dataclass(frozen=True)
class Seen:
    """What a colleague says of one topic: a level, or that they have not seen it."""

    level: int | None = None
    not_seen: bool = False
    example: str = ""


def ask_feedback(
    person: Person,
    *,
    givers: Sequence[Person],
    about: Sequence[Competency],
    question: str,
    audience: Audience = Audience.SHARED,
    by: Account,
) -> FeedbackRequest:
    """Ask up to five colleagues; the person is told if somebody else asks.

    Raises:
        Refused: if nobody or too many are asked, the person themself is, one has the question
            open already, no competency is chosen, or somebody else asks in private.
    """
    _check_givers(person, givers)
    if not 0 < len(about) <= MOST_TOPICS:
        raise Refused(_("Choose one to %(most)s competencies.", most=MOST_TOPICS), "topics")
    if audience is Audience.PRIVATE and by.person_id != person.id:
        raise Refused(_("Only the person themself can ask in private."), "audience")
    request = FeedbackRequest(
        person=person, question=question.strip(), audience=audience, state=RequestState.OPEN,
        closes_on=clock.today(by.time_zone) + timedelta(days=FEEDBACK_DAYS),
        created_at=clock.now(), created_by=by,
        topics=[FeedbackTopic(competency_version_id=one.current_version_id, order=at)
                for at, one in enumerate(about)],
        replies=[FeedbackReply(giver=one, state=ReplyState.ASKED) for one in givers],
    )  # fmt: skip
    db.session.add(request)
    audit.record(DevelopmentFact.FEEDBACK_ASKED, request, by=by, about=person.id)
    notices.feedback_asked(request, by=by)
    return request


def _check_givers(person: Person, givers: Sequence[Person]) -> None:
    if not 0 < len({one.id for one in givers}) <= MOST_ASKED:
        raise Refused(_("Choose one to %(most)s colleagues.", most=MOST_ASKED), "givers")
    if any(one.id == person.id for one in givers):
        raise Refused(_("Nobody gives feedback about themself."), "givers")
    for one in givers:
        if one.employment_on(clock.today()) is None or account_in_use(one.id) is None:
            raise Refused(
                _("%(who)s cannot be asked at the moment.", who=one.display_name), "givers"
            )
    asked = queries.open_replies(person.id, [one.id for one in givers])
    if waiting := db.session.scalars(asked).first():
        who = waiting.giver.display_name
        raise Refused(_("%(who)s has an open question about this already.", who=who), "givers")


def give_feedback(
    reply: FeedbackReply, seen: Mapping[int, Seen], *, message: str = "", by: Account
) -> None:
    """Send what a colleague says, by topic; the person reads it with the name at once.

    Raises:
        Refused: if it was sent or declined, the request is closed, or something is missing.
    """
    _require_open(reply)
    require_move(REPLY_MOVES, reply.state, ReplyState.ANSWERED)
    for field, problem in feedback_problems(reply, seen).items():
        raise Refused(problem, field)
    reply.answers = [
        FeedbackAnswer(topic_id=topic.id, level=one.level, not_seen=one.level is None,
                       example=one.example.strip())
        for topic in reply.request.topics if (one := seen[topic.id])
    ]  # fmt: skip
    reply.draft = reply.saved_at = None
    reply.message, reply.state, reply.answered_at = (
        message.strip(), ReplyState.ANSWERED, clock.now(),
    )  # fmt: skip
    audit.record(DevelopmentFact.FEEDBACK_GIVEN, reply, by=by, about=reply.request.person_id)
    notices.feedback_came(reply, notices.DevelopmentNotice.GIVEN, by=by)


def feedback_problems(reply: FeedbackReply, seen: Mapping[int, Seen]) -> dict[str, str]:
    """What is wrong or missing: field name to message."""
    found: dict[str, str] = {}
    for topic in reply.request.topics:
        one = seen.get(topic.id, Seen())
        if one.level is None and not one.not_seen:
            found[f"level-{topic.id}"] = _("Choose a sentence, or say that you have not seen it.")
        elif one.level is not None and one.level not in LEVELS:
            found[f"level-{topic.id}"] = _("Choose one of the five sentences.")
        elif one.level is not None and not one.example.strip():
            found[f"example-{topic.id}"] = _("Give an example: what did you see or hear?")
        if len(one.example) > LONGEST:
            found[f"example-{topic.id}"] = ngettext(
                "The example is longer than %(num)s character.",
                "The example is longer than %(num)s characters.",
                LONGEST,
            )
    return found


def decline_feedback(reply: FeedbackReply, *, by: Account) -> None:
    """Rather not answer; no reason is asked for.

    Raises:
        Refused: if it was sent or declined already, or the request is closed.
    """
    _require_open(reply)
    require_move(REPLY_MOVES, reply.state, ReplyState.DECLINED)
    reply.draft = reply.saved_at = None
    reply.state, reply.answered_at = ReplyState.DECLINED, clock.now()
    audit.record(DevelopmentFact.FEEDBACK_DECLINED, reply, by=by, about=reply.request.person_id)
    notices.feedback_came(reply, notices.DevelopmentNotice.DECLINED, by=by)


def _require_open(reply: FeedbackReply) -> None:
    if not reply.request.is_open:
        raise Refused(_("This request is closed. Thank you for looking."))


def confirm_feedback(reply: FeedbackReply, *, by: Account) -> None:
    """Make the observed levels evidence, as the person's manager.

    Raises:
        Refused: if there is nothing to confirm, it is private, or the confirmer is the person or
            gave it themself.
    """
    if by.person_id in {reply.giver_id, reply.request.person_id}:
        raise Refused(_("A second person confirms this."))
    if reply.request.audience is Audience.PRIVATE:
        raise Refused(_("Private feedback never counts as evidence."))
    if reply.state is not ReplyState.ANSWERED or reply.confirmed_at or reply.answered_at is None:
        raise Refused(_("There is nothing to confirm here."))
    reply.confirmed_at, reply.confirmed_by_id = clock.now(), by.id
    audit.record(DevelopmentFact.FEEDBACK_CONFIRMED, reply, by=by, about=reply.request.person_id)
    topics = {one.id: one.competency_version for one in reply.request.topics}
    for answer in reply.answers:
        if answer.level is not None:
            competencies.add_evidence(
                person_id=reply.request.person_id, version=topics[answer.topic_id],
                level=answer.level, source=EvidenceSource.FEEDBACK, source_id=reply.id,
                observed_on=reply.answered_at.date(), note=answer.example, by=by,
            )  # fmt: skip


def close_request(request: FeedbackRequest, *, by: Account | None) -> None:
    """Take no more answers; those that came stay.

    Raises:
        Refused: if it is closed already.
    """
    if not request.is_open:
        raise Refused(_("This request is closed already."))
    request.state = RequestState.CLOSED
    audit.record(DevelopmentFact.FEEDBACK_CLOSED, request, by=by, about=request.person_id)


def look_after_feedback() -> None:
    """Remind once of what closes soon, and close what is over."""
    today = clock.today()
    for request in db.session.scalars(queries.requests_to_close(today)).all():
        close_request(request, by=None)
    soon = today + timedelta(days=REMIND_DAYS)
    for reply in db.session.scalars(queries.replies_to_remind(soon)).unique().all():
        reply.reminded_at = clock.now()
        notices.feedback_missing(reply)
