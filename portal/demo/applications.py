"""Some eighty applications, each played as far as its story goes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import cycle
from math import ceil
from zoneinfo import ZoneInfo

from portal.accounts.models import Account
from portal.core import clock, files
from portal.core.db import db
from portal.demo import postings
from portal.demo import words as texts
from portal.demo.calendar import days_ago
from portal.demo.cast import Cast
from portal.demo.names import Name, names
from portal.hiring import operations as hiring
from portal.hiring.models import Application
from portal.hiring.states import ApplicationSource, OverrideReason
from portal.interviews import operations as interviews
from portal.interviews.models import Interview, Scorecard
from portal.interviews.states import Outcome
from portal.offers import operations as offers
from portal.offers import queries as offer_queries
from portal.offers.models import Offer
from portal.offers.terms import Terms

STORIES: dict[str, str] = {
    # One letter an application, in the order of GOALS; capital letters are offers.
    "istanbul": "aaaaaaaaaassssiixhhppodDPASHHrw",
    "madrid": "aaaaassiixhpoSNr",
    "osaka": "aaasihpEHr",
    "dublin": "aaassippWrw",
    "istanbul-senior": "aasip",
    "madrid-lead": "asibc",
    "dublin-spring": "Hr",
    "osaka-lead": "rq",
}
GOALS = {
    "a": "applied",
    "s": "screened",
    "i": "invited",
    "x": "called_off",
    "h": "half_scored",
    "p": "panel",
    "o": "override",
    "d": "decided",
    "q": "rejected_by_panel",
    "b": "second_round",
    "c": "both_rounds",
    "r": "rejected",
    "w": "withdrawn",
    "D": "offer_draft",
    "P": "offer_in_approval",
    "A": "offer_approved",
    "S": "offer_sent",
    "N": "offer_declined",
    "E": "offer_expired",
    "W": "offer_withdrawn",
    "H": "hired",
}
BEYOND_SCREENING = frozenset("sixhpodqbcDPASNEWH")
IN_ROUNDS = frozenset({"second_round", "both_rounds"})
AGES = {
    "a": 1.0,
    "s": 4.0,
    "r": 9.0,
    "w": 8.0,
    "i": 5.0,
    "x": 10.0,
    "h": 8.5,
    "p": 8.8,
    "o": 12.0,
    "d": 12.0,
    "b": 12.0,
    "c": 20.0,
    "D": 11.0,
    "P": 11.8,
    "A": 11.9,
    "S": 13.0,
}
EARLY = 46.0
GAP = 3
"""Which competency of the plan the hired are still weak in."""
ANSWERED = {"offer_declined", "hired"}


def receive_all(cast: Cast) -> None:
    """Every application comes in and is screened if its story says so."""
    for key, story in STORIES.items():
        posting = cast.posting(key)
        language = posting.requisition.site.language
        line = names(language, cast.random, cast.taken)
        for number, letter in enumerate(story):
            age = (
                AGES.get(letter, 24.0)
                + (number % 10) * 0.037
                + (EARLY - 20 if key in {"dublin-spring", "osaka-lead"} else 0)
            )
            name = (
                next(names("ar", cast.random, cast.taken))
                if (key, number) == ("istanbul", 2)
                else next(line)
            )
            with days_ago(age):
                application = _apply(cast, key, name, language, number)
            if letter in BEYOND_SCREENING or letter == "r":
                with days_ago(age - 1.5):
                    _screen(cast, application, passes=letter != "r")
            if letter == "w":
                with days_ago(age - 2):
                    hiring.withdraw_application(application)
            cast.goals.append((application.id, GOALS[letter], age))
    postings.close_finished(cast)


def _apply(cast: Cast, key: str, name: Name, language: str, number: int) -> Application:
    posting = cast.posting(key)
    headline = texts.HEADLINES[language][number % 6]
    full = f"{name.given} {name.family}"
    text = texts.CV.format(name=full, headline=headline, letter=texts.LETTERS[language])
    return hiring.receive_application(
        posting,
        given_name=name.given,
        family_name=name.family,
        reading=name.reading,
        email=f"{name.latin}.{number}@mail.example",
        headline=headline,
        letter=texts.LETTERS[language],
        language=language,
        source=list(ApplicationSource)[number % 5],
        consent_country=posting.requisition.site.country,
        consent_text=texts.CONSENT[language],
        answers={one["key"]: True for one in posting.criteria[-1].must_haves},
        cv=files.store(text.encode(), name="cv.txt", media_type="text/plain"),
    )


def _screen(cast: Cast, application: Application, *, passes: bool) -> None:
    criteria = application.posting.criteria[-1]
    answers: dict[str, object] = {one["key"]: True for one in criteria.must_haves}
    for one in criteria.weighted:
        answers[one["key"]] = (
            cast.random.choice((3, 3, 4)) if passes else cast.random.choice((0, 1, 2))
        )
    if not passes and criteria.must_haves:
        answers[criteria.must_haves[0]["key"]] = False
    hiring.screen_application(application, answers=answers, advance=passes, by=cast.account("hr"))


def interview_all(cast: Cast) -> None:
    """Interviews in every state: ahead, called off, half scored, complete, decided, overridden."""
    for key, goal, age in cast.goals:
        if goal in {"applied", "screened", "withdrawn", "rejected"}:
            continue
        application = cast.application(key)
        interview = _schedule(cast, application, goal, age)
        if goal == "called_off":
            with days_ago(age - 5):
                interviews.cancel_interview(interview, by=cast.account("hr"))
        elif goal == "half_scored":
            _score(cast, interview, age, interview.scorecards[:1], high=True)
        elif goal != "invited":
            high = goal not in {"rejected_by_panel", "override"}
            _score(cast, interview, age, interview.scorecards, high=high, gap=goal == "hired")
            if goal != "panel":
                _decide(cast, interview, goal, age)
            if goal in IN_ROUNDS:
                _hold_second_round(cast, application, goal, age - 8)


def _hold_second_round(cast: Cast, application: Application, goal: str, age: float) -> None:
    """The next talk lies ahead, or its panel has scored and decided too."""
    if goal == "second_round":
        _schedule(cast, application, "invited", age, second=True)
        return
    second = _schedule(cast, application, goal, age, second=True)
    _score(cast, second, age, second.scorecards, high=True)
    _decide(cast, second, goal, age)


def _schedule(
    cast: Cast, application: Application, goal: str, age: float, *, second: bool = False
) -> Interview:
    site = application.posting.requisition.site
    panel = [db.session.get_one(Account, key) for key in _panel(cast, site.key, second=second)]
    ahead = 2 + _spread(application) if goal == "invited" else 0
    with days_ago(age - 3) as now:
        day = now + timedelta(days=ceil(age) - 3 + ahead if ahead else 4)
        return interviews.schedule_interview(
            application,
            panel=panel,
            starts_at=_in_office_hours(day, site.time_zone, application),
            minutes=30 if second else 45,
            time_zone=site.time_zone,
            place=f"https://meet.example/{application.id}",
            by=cast.account("hr"),
        )


def _spread(application: Application) -> int:
    """Over how many days the interviews that lie ahead are spread."""
    return application.id % 4


def _in_office_hours(day: datetime, time_zone: str, application: Application) -> datetime:
    """Between eight and two by the clock of the site, so that not all begin at once."""
    midnight = day.astimezone(ZoneInfo(time_zone)).replace(
        hour=0, minute=0, second=0, microsecond=0
    )
    half_hours = 2 * (8 + application.id % 6) + application.id % 2
    return (midnight + timedelta(minutes=30 * half_hours)).astimezone(UTC)


def _panel(cast: Cast, site: str, *, second: bool = False) -> list[int]:
    """Two interviewers, others in a second round: in Istanbul those one can sign in as."""
    if site == "istanbul":
        return [cast.account("interviewer1").id, cast.account("interviewer2").id]
    return cast.panels[site][2:4] if second else cast.panels[site][:2]


def _score(
    cast: Cast,
    interview: Interview,
    age: float,
    cards: list[Scorecard],
    *,
    high: bool,
    gap: bool = False,
) -> None:
    for place, card in enumerate(list(cards)):
        with days_ago(age - 7.2 - place * 0.2):
            entries = _entries(cast, interview, card.account.language, high=high)
            if gap:  # who is hired still has something to learn
                for question in interview.round.questions:
                    if question.plan_competency.order == GAP:
                        note = entries[question.id].note
                        entries[question.id] = interviews.Entry(note=note, rating=2)
            steps = [
                "introduce",
                "explain",
                "questions",
                "candidate_questions",
                "role_details",
                "next_steps",
            ]
            interviews.save_draft(card, entries=entries, steps=steps, by=card.account)
            interviews.submit_scorecard(card, by=card.account)


def _entries(
    cast: Cast, interview: Interview, language: str, *, high: bool
) -> dict[int, interviews.Entry]:
    notes: Iterator[str] = cycle(texts.NOTES[language])
    spread = (3, 4, 4, 5) if high else (2, 3, 3, 2)
    return {
        question.id: interviews.Entry(note=next(notes), rating=cast.random.choice(spread))
        for question in interview.round.questions
    }


def _decide(cast: Cast, interview: Interview, goal: str, age: float) -> None:
    """Decide as the score says, except in the story of the override."""
    from portal.interviews.sidebyside import side_by_side

    db.session.refresh(interview)
    mechanical = side_by_side(interview).mechanical
    wanted = Outcome.REJECT if goal == "rejected_by_panel" else Outcome.ADVANCE
    with days_ago(age - 8):
        interviews.decide(
            interview,
            outcome=wanted,
            override_reason=OverrideReason.WORK_SAMPLE if wanted is not mechanical else None,
            note=texts.OVERRIDE_NOTE if wanted is not mechanical else "",
            by=cast.account("hr"),
        )


def offer_all(cast: Cast) -> None:
    """Offers in every state; the letters are printed before the next scene."""
    for key, goal, age in cast.goals:
        if goal.startswith("offer_") or goal == "hired":
            application = cast.application(key)
            with days_ago(age - 9):
                offer = offers.make_offer(
                    application, _terms(application, goal), by=cast.account("hr")
                )
                if goal == "offer_draft":
                    continue
                offers.submit_offer(offer, by=cast.account("hr"))
            if goal != "offer_in_approval":
                with days_ago(age - 10):
                    director = cast.account("director")
                    offers.approve_offer(offer, seen_terms=offer.terms_hash, note="", by=director)


def _terms(application: Application, goal: str) -> Terms:
    requisition = application.posting.requisition
    third = (requisition.pay_maximum - requisition.pay_minimum) // 3
    pay = requisition.pay_minimum + third
    start = clock.today() + timedelta(days=14 if goal == "hired" else 45)
    expires = clock.today() + timedelta(days=8 if goal in {"offer_expired", "hired"} else 30)
    return Terms(
        role=requisition.role,
        site=requisition.site,
        team=requisition.team,
        manager=requisition.team.lead or requisition.hiring_manager,
        pay=pay - pay % 10_000,
        pay_currency=requisition.pay_currency,
        pay_period=requisition.pay_period,
        bonus_percent=8,
        benefits=tuple(requisition.role.benefits[:4]),
        starts_on=start,
        expires_on=expires,
        shift="09:00–18:00",
        language=application.language,
    )


def answer_all(cast: Cast) -> None:
    """Approved offers are sent; some are accepted, declined, withdrawn or run out."""
    for key, goal, age in cast.goals:
        offer = _offer(key)
        if offer is None or goal in {"offer_draft", "offer_in_approval", "offer_approved"}:
            continue
        with days_ago(age - 11):
            token = offers.send_offer(offer, by=cast.account("hr"))
        if goal == "offer_withdrawn":
            with days_ago(age - 12):
                offers.withdraw_offer(offer, by=cast.account("hr"))
        if goal in ANSWERED:
            with days_ago(age - 13):
                _answer(offer, token, accepts=goal == "hired")
    offers.expire_offers()


def _offer(application_id: int) -> Offer | None:
    return db.session.scalar(offer_queries.live_offer(application_id).where(Offer.id > 0))


def _answer(offer: Offer, token: str, *, accepts: bool) -> None:
    if accepts:
        name = offer.application.display_name
        offers.accept_offer(token, typed_name=name, address="192.0.2.7", browser="Demo")
    else:
        offers.decline_offer(token, note="", address="192.0.2.7", browser="Demo")
