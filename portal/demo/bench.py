"""Who could take over: a unit with a good bench, one that leans on a star, one with nobody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa

from portal.accounts.models import Account
from portal.accounts.operations import add_role
from portal.core import clock
from portal.core.db import db
from portal.demo.calendar import days_ago
from portal.demo.cast import Cast
from portal.people import operations as people
from portal.people.models import Person, Team
from portal.succession import operations as succession
from portal.succession.models import KeyPosition, Nomination, ReadinessLevel
from portal.succession.states import ActionKind, Impact, LossReason, LossRisk
from portal.training.models import Course

NOW, SOON, LATER = "ready_now", "one_to_two_years", "three_to_five_years"
SITES = ("istanbul", "madrid", "osaka", "dublin")

WRITERS = {"tr": "hr", "es": "hr3", "en": "hr2"}
"""Who of HR plans where which language is spoken."""
REASONS = {
    "tr": {
        NOW: "Yazın beş hafta boyunca ekibi tek başına yönetti; hizmet düzeyi ve kalite korundu.",
        SOON: "Müşterilerle ve iş arkadaşlarıyla arası çok iyi. Henüz bir bütçe dönemi yönetmedi.",
        LATER: "Hızlı öğreniyor, fikri soruluyor. Önce bir yönetim rolünde zamana ihtiyacı var.",
        "": "Vardiya planını ve üst birime aktarım yollarını biliyor; birkaç hafta idare edebilir.",
    },
    "es": {
        NOW: "En verano dirigió el equipo en solitario cinco semanas; se mantuvieron el nivel de"
        " servicio y la calidad.",
        SOON: "Muy buen trato con clientes y colegas. Aún no ha llevado un presupuesto.",
        LATER: "Aprende rápido y le piden consejo. Antes necesita tiempo al frente de un equipo.",
        "": "Conoce los turnos y las vías de escalado; puede cubrir el puesto unas semanas.",
    },
    "en": {
        NOW: "Ran the team alone for five weeks in summer; service level and quality held.",
        SOON: "Strong with customers and colleagues. Has not led a budget round yet.",
        LATER: "Learns fast and is asked for advice. Needs time in a leading role first.",
        "": "Knows the shift plan and the escalation paths; can hold the place for some weeks.",
    },
}
SIT_IN = "Aylık planlama toplantısına gözlemci olarak katıl"
SESSION = "İstanbul, sonbahar"
SCENARIO = "Müdür ve ekip lideri baharda ayrılırsa"
PLACES = (
    (2, 2, "Üç çeyrektir yerleşkenin en iyi kalite sonuçları; kendiliğinden eğitim veriyor."),
    (2, 1, "Her hedefe ulaşıyor; daha zor konular istiyor."),
    (1, 1, "Sonuçları istikrarlı, her vardiyada güvenilir."),
    (1, 2, "İki ekibin bugün kullandığı yeni devir teslim formunu hazırladı."),
    (1, 0, "Bugünkü işini iyi yapıyor ve bu işte kalmak istiyor."),
    (0, 1, "Ürün değişikliğinden sonra sonuçları düştü; nedeni henüz belli değil."),
)


@dataclass
class Planning:
    """The hands that plan: the proposer, the second person, and the scale."""

    cast: Cast
    hr: Account
    director: Account
    levels: dict[str, ReadinessLevel]

    def position(self, code: str, team: Team, holder: Person) -> KeyPosition:
        """A key position with its holder."""
        job = holder.employment_on(clock.today())
        assert job is not None
        seat = people.add_position(code=code, role=job.role, team=team, by=self.hr)
        db.session.flush()
        people.take_seat(job, seat, by=self.hr)
        return succession.add_key_position(seat, by=self.hr)

    def name(
        self, post: KeyPosition, person: Person, level: str, *,
        emergency: bool = False, approved: bool = True, course: str = "",
    ) -> Nomination:  # fmt: skip
        """A successor, proposed by the site's HR in its language, approved by the director."""
        language = post.position.team.site.language
        made = succession.nominate(
            post, person, level=self.levels.get(level), is_emergency=emergency,
            reason=REASONS[language][level], by=self.cast.account(WRITERS[language]),
        )  # fmt: skip
        if approved:
            succession.decide_nomination(made, approved=True, by=self.director)
        if course:
            self._act(made, course)
        return made

    def _act(self, made: Nomination, key: str) -> None:
        course = db.session.scalar(sa.select(Course).where(Course.key == key))
        due = clock.today() + timedelta(days=120)
        if course is not None:
            succession.add_action(made, ActionKind.COURSE, course=course, due_on=due, by=self.hr)
        succession.add_action(
            made, ActionKind.SHADOWING, text=SIT_IN, due_on=due, by=self.hr,
        )  # fmt: skip

    def judge(
        self, post: KeyPosition, impact: Impact, risk: LossRisk, *reasons: LossReason
    ) -> None:
        """Impact and risk, as HR sees them."""
        succession.assess_position(post, impact=impact, risk=risk, reasons=reasons, by=self.hr)


def plan(cast: Cast) -> None:
    """Key positions of the four sites, judged, with successors where there are any."""
    manager = cast.account("manager")
    with days_ago(150):
        succession.load_succession(None)
        add_role(manager, "planner", by=cast.account("admin"))
    levels = {row.key: row for row in db.session.scalars(sa.select(ReadinessLevel))}
    planning = Planning(cast, cast.account("hr"), cast.account("director"), levels)
    with days_ago(120):
        posts = _positions(planning)
    with days_ago(90):
        _good_bench(planning, posts)
        _one_star(planning, posts)
        _some(planning, posts)
    _place(cast, planning)
    with days_ago(20):
        root = db.session.scalars(sa.select(Team).where(Team.parent_id.is_(None))).one()
        succession.save_scenario(
            name=SCENARIO, note="", team=root,
            leaver_ids=[cast.person("manager").id, cast.person("lead").id],
            leaves_on=clock.today() + timedelta(days=140), by=planning.hr,
        )  # fmt: skip


def _positions(planning: Planning) -> dict[str, KeyPosition]:
    cast = planning.cast
    posts: dict[str, KeyPosition] = {}
    for key in SITES:
        manager = "manager" if key == "istanbul" else f"manager.{key}"
        site = cast.site(key)
        branch = db.session.get_one(Team, cast.team(site).parent_id)
        short = key[:3].upper()
        posts[key] = planning.position(f"{short}-MGR", branch, cast.person(manager))
        for number in range(2):
            team = cast.team(site, number)
            lead = team.lead
            if lead is not None:
                posts[f"{key}{number}"] = planning.position(
                    f"{short}-LEAD-{number + 1}", team, lead
                )
    planning.judge(posts["istanbul"], Impact.HIGH, LossRisk.MEDIUM, LossReason.CAREER)
    planning.judge(posts["madrid"], Impact.CRITICAL, LossRisk.HIGH, LossReason.MARKET)
    planning.judge(posts["osaka"], Impact.HIGH, LossRisk.LOW)
    planning.judge(posts["istanbul0"], Impact.MEDIUM, LossRisk.LOW)
    return posts


def _good_bench(planning: Planning, posts: dict[str, KeyPosition]) -> None:
    """Istanbul: two ready for the manager's place, somebody for each lead."""
    cast = planning.cast
    name = planning.name
    name(posts["istanbul"], cast.person("lead"), NOW)
    name(posts["istanbul"], cast.person("interviewer1"), SOON, course="coaching_for_leads")
    name(posts["istanbul0"], cast.person("interviewer2"), NOW, emergency=True)
    name(posts["istanbul0"], cast.person("associate"), SOON, course="coaching_for_leads")
    other = cast.members(cast.team(cast.site("istanbul"), 1))
    name(posts["istanbul1"], other[1], NOW)
    name(posts["istanbul1"], other[2], LATER, approved=False)


def _one_star(planning: Planning, posts: dict[str, KeyPosition]) -> None:
    """Madrid: the same senior is the only one who is ready, three times."""
    star = planning.cast.members(planning.cast.team(planning.cast.site("madrid")))[1]
    for key in ("madrid", "madrid0", "madrid1"):
        planning.name(posts[key], star, NOW)


def _some(planning: Planning, posts: dict[str, KeyPosition]) -> None:
    """Dublin: one later successor and emergency cover. Osaka has nobody."""
    lead = planning.cast.team(planning.cast.site("dublin")).lead
    if lead is not None:
        planning.name(posts["dublin"], lead, SOON)
    seniors = planning.cast.members(planning.cast.team(planning.cast.site("dublin")))
    planning.name(posts["dublin0"], seniors[1], "", emergency=True)


def _place(cast: Cast, planning: Planning) -> None:
    """Istanbul's two teams in the talent grid, some of them in a session."""
    branch = db.session.get_one(Team, cast.team(cast.site("istanbul")).parent_id)
    with days_ago(60):
        session = succession.open_session(
            name=SESSION, team=branch, held_on=clock.today(), by=planning.hr
        )
        db.session.flush()
        members = [
            person
            for number in range(2)
            for person in cast.members(cast.team(cast.site("istanbul"), number))
            if person.employment_on(clock.today())
        ]
        for at, person in enumerate(members[:10]):
            x, y, evidence = PLACES[at % len(PLACES)]
            succession.place_person(
                person, x=x, y=y, evidence=evidence, session=session, by=planning.hr
            )
        succession.close_session(session, by=planning.hr)
