"""Half a year of thanks on the wall, one survey that is over, and one that is open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from random import Random
from typing import NamedTuple

import sqlalchemy as sa

from portal.accounts.models import Account
from portal.core import clock
from portal.core.db import db
from portal.demo.calendar import days_ago
from portal.demo.cast import Cast
from portal.demo.kind_words import OPEN_WORDS, PRAISE
from portal.people.models import Employment, Person
from portal.people.queries.employments import covering
from portal.recognition import operations as recognition
from portal.recognition.models import OrganisationValue
from portal.recognition.states import ThanksVisibility
from portal.surveys import operations as surveys
from portal.surveys import queries
from portal.surveys.models import Survey
from portal.surveys.operations import Terms
from portal.surveys.states import SurveyQuestionKind

SEED = 20260704
HALF_A_YEAR = 180
EARLIER, RECENT = 150, 40
"""Days ago on which the two surveys of one series opened."""


class Colleague(NamedTuple):
    """Somebody who works here now, with what a scene needs to know of them."""

    person: Person
    account: Account
    job: Employment


def speak(cast: Cast) -> None:
    """People thank each other; HR asks twice how it is going, and asks again now."""
    random = Random(SEED)
    with days_ago(300):
        recognition.load_values(None)
    staff = list(_staff())
    _thank(cast, staff, random)
    for days, mood in ((EARLIER, 3.4), (RECENT, 3.8)):
        _ask(cast, staff, random, days=days, mood=mood)
    _ask_now(cast, staff, random)


def _staff() -> Iterator[Colleague]:
    found = (
        sa.select(Person, Account, Employment)
        .join(Account, Account.person_id == Person.id)
        .join(Employment, Employment.person_id == Person.id)
        .where(covering(clock.today()), Employment.starts_on < clock.today() - timedelta(days=7))
        .order_by(Person.id)
    )
    return (Colleague(*row) for row in db.session.execute(found))


def _thank(cast: Cast, staff: Sequence[Colleague], random: Random) -> None:
    """Each text once, by somebody of its language, mostly to somebody of the same team."""
    values = {row.key: row for row in db.session.scalars(sa.select(OrganisationValue))}
    praise = [(language, *one) for language, some in PRAISE.items() for one in some]
    random.shuffle(praise)
    days = sorted((random.uniform(0.5, HALF_A_YEAR) for _one in praise), reverse=True)
    for day, (language, key, text) in zip(days, praise, strict=True):
        with days_ago(day):
            _one_thanks(staff, random, language, text, values[key])
    _demo_thanks(cast, staff, values)


def _one_thanks(
    staff: Sequence[Colleague], random: Random, language: str, text: str, value: OrganisationValue
) -> None:
    today = clock.today()
    there = [one for one in staff if one.job.starts_on <= today]
    writer = random.choice([one for one in there if one.person.language == language])
    mates = [one for one in there if one.job.site_id == writer.job.site_id and one != writer]
    receivers = random.sample(mates, 2 if random.random() < 0.15 else 1)
    private = random.random() < 0.12
    row = recognition.give_thanks(
        [one.person for one in receivers],
        text,
        values=[value],
        visibility=ThanksVisibility.PRIVATE if private else ThanksVisibility.PUBLIC,
        by=writer.account,
    )
    db.session.flush()
    if not private:
        others = [one for one in there if one not in receivers and one != writer]
        for fan in random.sample(others, random.choice((0, 1, 1, 2, 3, 5))):
            recognition.clap_thanks(row, by=fan.account)


DEMO = (
    ("lead", "associate", 6, "customer_first", ThanksVisibility.PUBLIC,
     "Kartı yurt dışında bloke olan müşterimizi yalnız bırakmadın; bugün tekrar arayıp andı."),
    ("interviewer2", "associate", 20, "teamwork", ThanksVisibility.PUBLIC,
     "Yeni itiraz ekranını ekipteki herkese sabırla gösterdin. Kuyruk o gün hiç birikmedi."),
    ("manager", "lead", 12, "respect", ThanksVisibility.PRIVATE,
     "Zor bir konuşmayı hazırlıklı ve nazik yürüttün. Ekibin sana güveniyor."),
    ("associate", "interviewer2", 3, "learning", ThanksVisibility.PUBLIC,
     "İlk denetimimden önce benimle prova yaptığın için teşekkürler. Çok rahat geçti."),
    ("director", "manager", 30, "quality", ThanksVisibility.PUBLIC,
     "Istanbul closed the quarter with the fewest reopened cases of all sites. Well led."),
)  # fmt: skip


def _demo_thanks(
    cast: Cast, staff: Sequence[Colleague], values: dict[str | None, OrganisationValue]
) -> None:
    for writer, receiver, days, key, visibility, text in DEMO:
        with days_ago(days):
            row = recognition.give_thanks(
                [cast.person(receiver)],
                text,
                values=[values[key]],
                visibility=visibility,
                by=cast.account(writer),
            )
            db.session.flush()
            if row.is_public:
                for one in staff[5:25:5]:
                    if one.account.person_id not in {row.writer_id, cast.person(receiver).id}:
                        recognition.clap_thanks(row, by=one.account)


def _ask(cast: Cast, staff: Sequence[Colleague], random: Random, *, days: int, mood: float) -> None:
    """The pulse of everyone; the second team in Madrid hardly answers, so it stays hidden."""
    hr, silent = cast.account("hr"), cast.team(cast.site("madrid"), 1).id
    with days_ago(days):
        survey = _pulse(hr)
        surveys.start_survey(survey, by=hr)
        db.session.flush()
    with days_ago(days - 5):
        words = iter(OPEN_WORDS * 2)
        here = [one for one in staff if db.session.scalar(_receipt(survey, one))]
        quiet = 0
        for one in here:
            quiet += one.job.team_id == silent
            if random.random() < 0.86 and (one.job.team_id != silent or quiet <= 3):
                _answer(survey, one, random, mood, next(words) if random.random() < 0.3 else "")
    with days_ago(days - 14):
        surveys.close_survey(survey, by=hr)


def _receipt(survey: Survey, one: Colleague) -> sa.Select[bool]:
    return sa.select(queries.receipt_of(survey, one.person.id).exists())


def _ask_now(cast: Cast, staff: Sequence[Colleague], random: Random) -> None:
    """Open since three days; the demo's own people have not answered."""
    hr, own = cast.account("hr"), ("associate", "lead", "manager", "interviewer2", "hr")
    waiting = {cast.account(name).id for name in own}
    start = next(one for one in surveys.starts() if one.key == "enps")
    with days_ago(3):
        today = clock.today()
        terms = Terms(start.title, start.intro, today, today + timedelta(days=13))
        survey = surveys.add_survey(terms, start=start, by=hr)
        surveys.start_survey(survey, by=hr)
        db.session.flush()
    with days_ago(1):
        for one in staff:
            if one.account.id not in waiting and random.random() < 0.4:
                _answer(survey, one, random, 3.9, "")


def _pulse(hr: Account) -> Survey:
    start = next(one for one in surveys.starts() if one.key == "pulse")
    today = clock.today()
    terms = Terms(start.title, start.intro, today, today + timedelta(days=13))
    return surveys.add_survey(terms, start=start, by=hr)


def _answer(survey: Survey, one: Colleague, random: Random, mood: float, words: str) -> None:
    answers: dict[int, int | str | None] = {}
    for question in survey.questions:
        felt = random.gauss(mood, 0.9)
        if question.kind is SurveyQuestionKind.SCALE:
            answers[question.id] = min(max(round(felt), 1), 5)
        elif question.kind is SurveyQuestionKind.RECOMMEND:
            answers[question.id] = min(max(round(felt * 2.1), 0), 10)
        else:
            answers[question.id] = words
    surveys.answer_survey(survey, answers, by=one.account)
