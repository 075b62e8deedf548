"""Mentoring: a round that is over, one to be matched, and pairs that meet all year."""

from __future__ import annotations

from datetime import timedelta
from itertools import cycle
from random import Random

import sqlalchemy as sa

from portal.competencies import operations as competencies
from portal.competencies.models import Competency
from portal.competencies.states import EvidenceSource
from portal.core import clock
from portal.core.db import db
from portal.demo import mentoring_words as say
from portal.demo.calendar import days_ago
from portal.demo.cast import Cast
from portal.mentoring import operations as mentoring
from portal.mentoring.models import MentoringPair, MentoringProgramme, MentorProfile
from portal.mentoring.operations import Hopes, Offer, Plan, Question, Said, Terms
from portal.mentoring.starter import pack
from portal.mentoring.states import (
    FeedbackPart,
    MatchMode,
    ProgrammeKind,
    ProgrammeState,
    QuestionKind,
)
from portal.people.models import Person

SITES = ("istanbul", "madrid", "osaka", "dublin")
SKILLS = (
    "conflict_resolution", "leadership", "communication", "problem_solving", "time_management",
    "performance_management",
)  # fmt: skip
HELD_BY = 100_000
"""Keeps what the demo observed of mentors apart from what it observed on paths."""


def accompany(cast: Cast) -> None:
    """Everything, oldest first."""
    scene = _Scene(cast)
    scene.make_mentors()
    scene.play_round_of_last_year()
    scene.meet_all_year()
    scene.open_round()


class _Scene:
    """The people and skills of mentoring, looked up once."""

    def __init__(self, cast: Cast) -> None:
        self.cast, self.random = cast, Random(510)
        self.hr = cast.account("hr")
        self.teams = {
            (key, number): cast.members(cast.team(cast.site(key), number))
            for key in SITES for number in (0, 1)
        }  # fmt: skip
        rows = db.session.scalars(sa.select(Competency).where(Competency.key.in_(SKILLS)))
        self.skills = {row.key: row for row in rows}

    def leads(self) -> list[Person]:
        return [team[0] for team in self.teams.values()]

    def make_mentors(self) -> None:
        """Leads and some seniors offer what the ledger shows of them."""
        seniors = [self.teams[key, 0][1] for key in SITES[1:]]
        for at, person in enumerate([*self.leads(), *seniors]):
            is_lead = at < len(self.teams)
            offered = self.random.sample(SKILLS, 4 if is_lead else 2)
            self._observe(person, offered, 5 if is_lead else 4)
            language = person.language
            with days_ago(390):
                mentoring.save_profile(
                    person,
                    Offer(
                        about=say.ABOUT[language],
                        languages=sorted({"en", language}),
                        shifts=[("morning", "day", "evening")[at % 3], "day"][: 1 + at % 2],
                        seats=2 if is_lead else 1,
                        competency_ids=[self.skills[key].id for key in offered],
                    ),
                    by=self.cast.account_of(person),
                )  # fmt: skip
        paused = db.session.scalars(
            sa.select(MentorProfile).where(MentorProfile.person_id == seniors[-1].id)
        ).one()
        with days_ago(20):
            mentoring.pause_profile(paused, paused=True, by=self.cast.account_of(seniors[-1]))

    def _observe(self, person: Person, keys: list[str], level: int) -> None:
        job = person.employment_on(clock.today())
        watcher = self.cast.account_of(job.manager) if job and job.manager else self.hr
        with days_ago(395):
            for key in keys:
                version = self.skills[key].current
                assert version is not None
                competencies.add_evidence(
                    person_id=person.id, version=version, level=level,
                    source=EvidenceSource.MANAGER, source_id=HELD_BY + person.id,
                    observed_on=clock.today(), by=watcher,
                )  # fmt: skip

    def _programme(self, text: say.Text, kind: ProgrammeKind, first: int, last: int,
                   **more: int) -> MentoringProgramme:  # fmt: skip
        """A programme whose days are told from today on."""
        today = clock.today()
        usual = pack()
        questions = [
            Question(FeedbackPart(one["part"]), QuestionKind(one["kind"]), one["text"], one["key"])
            for one in usual["questions"]
        ]
        days = {name: today + timedelta(days=value) for name, value in more.items()}
        return mentoring.save_programme(
            None,
            Terms(
                text.title, text.summary, kind, today + timedelta(days=first),
                today + timedelta(days=last), usual["sessions"], mode=MatchMode.EVERYONE,
                weights=usual["weights"], questions=questions,
                join_until=days.get("join"), mid_on=days.get("mid"),
            ),
            by=self.hr,
        )  # fmt: skip

    def play_round_of_last_year(self) -> None:
        """Six pairs from sign-up to the last words, so that the report has figures."""
        with days_ago(330):
            programme = self._programme(
                say.LAST_YEAR, ProgrammeKind.ROUND, 20, 200, join=10, mid=110
            )
            db.session.flush()
            mentoring.move_programme(programme, ProgrammeState.OPEN, by=self.hr)
        with days_ago(325):
            for lead in self.leads():
                mentoring.join_as_mentor(programme, lead, 1, Said(), by=self.cast.account_of(lead))
            for key, team in list(self.teams.items())[:6]:
                self._look(programme, team[3], ("conflict_resolution",), key[0])
        with days_ago(310):
            mentoring.move_programme(programme, ProgrammeState.MATCHING, by=self.hr)
            mentoring.run_match(programme, MatchMode.EVERYONE, programme.weights, by=self.hr)
            mentoring.publish_match(programme, by=self.hr)
        pairs = list(db.session.scalars(
            sa.select(MentoringPair).where(MentoringPair.programme_id == programme.id)
            .order_by(MentoringPair.id)
        ))  # fmt: skip
        for at, pair in enumerate(pairs):
            self._first_level(pair)
            for number in range(1 + at % 3):
                self._hold(pair, 290 - 60 * number)
            self._say_how(pair, FeedbackPart.MID, 215)
        with days_ago(125):
            mentoring.move_programme(programme, ProgrammeState.CLOSED, by=self.hr)
        for pair in pairs:
            self._say_how(pair, FeedbackPart.END, 120)

    def _look(self, programme: MentoringProgramme, person: Person, goals: tuple[str, ...],
              site: str, said: Said | None = None) -> None:  # fmt: skip
        hopes = Hopes(
            goals={self.skills[key].id: 4 for key in goals},
            languages=sorted({"en", person.language}),
            shifts=[self.random.choice(("morning", "day", "evening"))] if site != "dublin" else [],
            text=say.HOPES[person.language],
            said=said or Said(),
        )  # fmt: skip
        mentoring.join_as_mentee(programme, person, hopes, by=self.cast.account_of(person))

    def _first_level(self, pair: MentoringPair) -> None:
        """What the lead saw before mentoring began, for the report to start from."""
        version = self.skills["conflict_resolution"].current
        assert version is not None
        with days_ago(312):
            competencies.add_evidence(
                person_id=pair.mentee_id, version=version, level=2,
                source=EvidenceSource.MANAGER, source_id=HELD_BY + pair.mentee_id,
                observed_on=clock.today(), by=self.hr,
            )  # fmt: skip

    def _hold(self, pair: MentoringPair, days: int) -> None:
        """One session, planned a week before, with a level the mentor saw."""
        mentor = self.cast.account_of(pair.mentor)
        with days_ago(days + 7):
            starts = clock.now() + timedelta(days=7, hours=-2)
            session = mentoring.plan_session(
                pair, Plan(starts, 60, mentor.time_zone, say.PLACE), by=mentor
            )
            db.session.flush()
        with days_ago(days):
            mentoring.hold_session(session, by=mentor)
            goal = next(iter(pair.goals), None)
            if goal is not None and pair.mentee_id % 4:
                mentoring.observe(session, goal.competency, 3, say.SEEN, by=mentor)

    def _say_how(self, pair: MentoringPair, part: FeedbackPart, days: int) -> None:
        for person in (pair.mentor, pair.mentee):
            answers = {
                one["key"]: self.random.choice((3, 4, 4, 5))
                for one in pair.programme.questions_of(part)
                if one["kind"] == str(QuestionKind.SCALE)
            }
            with days_ago(days):
                mentoring.give_feedback(pair, part, answers, by=self.cast.account_of(person))

    def meet_all_year(self) -> None:
        """The associate and a lead of another line meet; somebody else asks the demo's lead."""
        with days_ago(150):
            programme = self._programme(say.ALL_YEAR, ProgrammeKind.OPEN, -10, 220, mid=145)
            db.session.flush()
            mentoring.move_programme(programme, ProgrammeState.RUNNING, by=self.hr)
        mentee, mentor = self.cast.person("associate"), self.cast.person("interviewer1")
        goals = {self.skills["conflict_resolution"].id: 4, self.skills["leadership"].id: 4}
        with days_ago(100):
            pair = self._ask(programme, mentor, mentee, goals, say.REQUEST["tr"])
        with days_ago(98):
            mentoring.accept_request(pair, by=self.cast.account_of(mentor))
        self._meet(pair)
        asking = self.teams["istanbul", 1][2]
        with days_ago(2):
            self._ask(programme, self.cast.person("lead"), asking,
                      {self.skills["communication"].id: 4}, say.REQUEST["tr"])  # fmt: skip

    def _ask(self, programme: MentoringProgramme, mentor: Person, mentee: Person,
             goals: dict[int, int], text: str) -> MentoringPair:  # fmt: skip
        profile = db.session.scalars(
            sa.select(MentorProfile).where(MentorProfile.person_id == mentor.id)
        ).one()
        account = self.cast.account_of(mentee)
        return mentoring.ask_mentor(profile, programme, mentee, goals, text, by=account)

    def _meet(self, pair: MentoringPair) -> None:
        """Three sessions with notes and things to do, and a fourth in three days."""
        mentor, mentee = self.cast.account_of(pair.mentor), self.cast.account_of(pair.mentee)
        talks = zip((90, 60, 30), say.TALKS, cycle((mentor, mentee)), strict=False)
        for days, talk, planner in talks:
            with days_ago(days + 5):
                starts = clock.now() + timedelta(days=5, hours=-3)
                session = mentoring.plan_session(
                    pair, Plan(starts, 60, "Europe/Istanbul", say.PLACE, talk.agenda), by=planner
                )
                db.session.flush()
            with days_ago(days):
                mentoring.write_session(session, agenda=talk.agenda, notes=talk.notes, by=mentor)
                mentoring.hold_session(session, by=mentor)
                due = clock.today() + timedelta(days=33)
                action = mentoring.agree_on(
                    session, title=talk.action, owner_id=pair.mentee_id, due_on=due, by=mentee
                )
            if days > 30:
                with days_ago(days - 20):
                    mentoring.finish_action(action, done=True, by=mentee)
        starts = (clock.now() + timedelta(days=3)).replace(
            hour=11, minute=0, second=0, microsecond=0
        )
        plan = Plan(starts, 60, "Europe/Istanbul", say.PLACE, say.NEXT)
        mentoring.plan_session(pair, plan, by=mentee)

    def open_round(self) -> None:
        """A round whose sign-up ended yesterday, with wishes, an exclusion and too few mentors."""
        with days_ago(21):
            programme = self._programme(
                say.THIS_YEAR, ProgrammeKind.ROUND, 35, 215, join=20, mid=125
            )
            db.session.flush()
            mentoring.move_programme(programme, ProgrammeState.OPEN, by=self.hr)
        leads = self.leads()
        goals = cycle((
            ("conflict_resolution", "leadership"), ("communication",),
            ("problem_solving", "time_management"), ("leadership", "performance_management"),
        ))  # fmt: skip
        with days_ago(12):
            for lead in leads[1:7]:
                said = Said(wishes=[self.teams["madrid", 1][2].id]) if lead is leads[1] else Said()
                mentoring.join_as_mentor(programme, lead, 1, said, by=self.cast.account_of(lead))
        with days_ago(8):
            for at, (key, team) in enumerate(self.teams.items()):
                said = Said()
                if at == 2:
                    said = Said(wishes=[leads[1].id], not_with=[leads[4].id])
                elif at % 3 == 0:
                    said = Said(wishes=[leads[1 + at % 6].id])
                self._look(programme, team[2], next(goals), key[0], said)
