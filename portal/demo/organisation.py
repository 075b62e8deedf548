"""Larkfield: four sites, a tree of teams, sixty people, and the accounts of the demo."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import sqlalchemy as sa

from portal.accounts.models import Account
from portal.accounts.operations import open_account
from portal.accounts.operations.passwords import hash_password
from portal.accounts.states import AccountState
from portal.certification import operations as certification
from portal.competencies import operations as competencies
from portal.core import clock
from portal.core.db import db
from portal.demo.calendar import days_ago
from portal.demo.cast import Cast
from portal.demo.names import Name, names
from portal.interviews import operations as interviews
from portal.metrics import operations as metrics
from portal.offers import operations as offers
from portal.onboarding import operations as onboarding
from portal.people import operations as people
from portal.people.models import Person, Role, Site, Team
from portal.people.states import EmploymentReason
from portal.reviews import operations as reviews
from portal.training import operations as training

SITES = {
    "istanbul": (
        {"en": "Istanbul", "tr": "İstanbul", "es": "Estambul", "ja": "イスタンブール"},
        "İstanbul",
        "TR",
        "Europe/Istanbul",
        "TRY",
        "tr",
        "Büyükdere Cad. 100",
        "34394",
    ),
    "madrid": (
        {"en": "Madrid", "tr": "Madrid", "es": "Madrid", "ja": "マドリード"},
        "Madrid",
        "ES",
        "Europe/Madrid",
        "EUR",
        "es",
        "Calle de Alcalá 45",
        "28014",
    ),
    "osaka": (
        {"en": "Osaka", "tr": "Osaka", "es": "Osaka", "ja": "大阪"},
        "大阪市",
        "JP",
        "Asia/Tokyo",
        "JPY",
        "ja",
        "北区梅田1-1-1",
        "530-0001",
    ),
    "dublin": (
        {"en": "Dublin", "tr": "Dublin", "es": "Dublín", "ja": "ダブリン"},
        "Dublin",
        "IE",
        "Europe/Dublin",
        "EUR",
        "en",
        "12 Hanover Quay",
        "D02 X285",
    ),
}
SUPPORT_ROLES = {
    "hr_partner": {
        "en": "HR partner",
        "tr": "İK iş ortağı",
        "es": "Responsable de RR. HH.",
        "ja": "人事担当",
    },
    "it_administrator": {
        "en": "IT administrator",
        "tr": "BT yöneticisi",
        "es": "Administración de TI",
        "ja": "IT管理者",
    },
}
TEAM_NAMES = (
    {
        "en": "Cards and payments",
        "tr": "Kartlar ve ödemeler",
        "es": "Tarjetas y pagos",
        "ja": "カード・決済",
    },
    {
        "en": "Insurance and claims",
        "tr": "Sigorta ve hasar",
        "es": "Seguros y siniestros",
        "ja": "保険・請求",
    },
)
ASSOCIATES_PER_TEAM = 5
YEARS = 365


def found(cast: Cast) -> None:
    """Organisation, sites, content of the starter pack, and the tree of teams."""
    with days_ago(3 * YEARS):
        people.change_organisation(
            name="Larkfield",
            legal_name="Larkfield Customer Services Ltd",
            address="12 Hanover Quay\nDublin D02 X285\nIreland",
            email="people@larkfield.example",
            colour="#0f5c6e",
            by=None,
        )
        people.load_roles(None)
        for key, title in SUPPORT_ROLES.items():
            people.add_role(key=key, family="support", level=2, title=title, summary=title, by=None)
        competencies.load_competencies(None)
        competencies.load_requirements(None)
        interviews.load_questions(by=None)
        offers.load_letters(by=None)
        training.load_catalogue(None)
        certification.load_certifications(None)
        metrics.load_metrics(None)
        reviews.load_templates(by=None)
        for key, (name, city, country, zone, currency, language, street, code) in SITES.items():
            people.add_site(
                key=key,
                name=name,
                city=city,
                country=country,
                time_zone=zone,
                currency=currency,
                language=language,
                street=street,
                postal_code=code,
                by=None,
            )
        _grow_tree(cast)


def _grow_tree(cast: Cast) -> None:
    head = cast.site("dublin")
    root = people.add_team(
        name={
            "en": "Customer support",
            "tr": "Müşteri desteği",
            "es": "Atención al cliente",
            "ja": "カスタマーサポート",
        },
        parent=None,
        site=head,
        by=None,
    )
    for key in SITES:
        site = cast.site(key)
        branch = people.add_team(name=site.name, parent=root, site=site, by=None)
        for name in TEAM_NAMES:
            people.add_team(name=name, parent=branch, site=site, by=None)


def employ(cast: Cast) -> None:
    """Sixty people: a director, managers, team leads, associates, HR and IT."""
    lines = {site[5]: names(site[5], cast.random, cast.taken) for site in SITES.values()}
    root = db.session.scalars(sa.select(Team).where(Team.parent_id.is_(None))).one()
    hire = Hiring(cast)
    director = hire.take(
        next(lines["en"]), "director_customer_support", root, None, 900, "director", "executive"
    )
    people.set_team_lead(root, lead=director, by=None)
    hire.take(next(lines["tr"]), "hr_partner", root, director, 800, "hr", "hr", site="istanbul")
    hire.take(next(lines["en"]), "hr_partner", root, director, 700, "hr2", "hr")
    hire.take(next(lines["es"]), "hr_partner", root, director, 650, "hr3", "hr", site="madrid")
    hire.take(next(lines["en"]), "it_administrator", root, director, 600, "admin", "admin")
    for key, site in SITES.items():
        _employ_site(cast, hire, key, lines[site[5]], root)


def prepare_onboarding(_cast: Cast) -> None:
    """Only now: those who have been here for long, or came back since, need no plan."""
    with days_ago(200):
        onboarding.load_templates(by=None)


def _employ_site(cast: Cast, hire: Hiring, key: str, line: Iterator[Name], root: Team) -> None:
    at_home = key == "istanbul"
    director = root.lead
    site = cast.site(key)
    branch = db.session.scalars(
        sa.select(Team).where(Team.site_id == site.id, Team.parent_id == root.id)
    ).one()
    manager = hire.take(
        next(line),
        "customer_service_manager",
        branch,
        director,
        760,
        "manager" if at_home else f"manager.{key}",
        "manager",
    )
    people.set_team_lead(branch, lead=manager, by=None)
    for number in range(len(TEAM_NAMES)):
        team = cast.team(site, number)
        own = ("lead", "interviewer1")[number] if at_home else f"lead{number + 1}.{key}"
        lead = hire.take(next(line), "team_lead", team, manager, 715, own, "interviewer")
        people.set_team_lead(team, lead=lead, by=None)
        cast.panels.setdefault(key, []).append(hire.account_of(lead))
        for seat in range(ASSOCIATES_PER_TEAM + (1 if number == 0 and key != "osaka" else 0)):
            first = seat == 0 and number == 0
            name = (
                ("interviewer2" if first else "associate" if seat == 1 and number == 0 else "")
                if at_home
                else ""
            )
            role = "senior_associate" if seat == 0 else "customer_service_associate"
            roles = ("interviewer",) if seat == 0 else ()
            person = hire.take(
                next(line), role, team, lead, 620 - 70 * seat + 20 * number, name, *roles
            )
            if seat == 0:
                cast.panels[key].append(hire.account_of(person))


class Hiring:
    """Employs people on their day, each with an account whose password is ``demo``."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.password = hash_password("demo")

    def take(  # noqa: PLR0917 - one person in one line
        self,
        name: Name,
        role: str,
        team: Team,
        manager: Person | None,
        days: int,
        account: str = "",
        *roles: str,
        site: str = "",
    ) -> Person:
        """Add one person, employ them and open their account."""
        place = self.cast.site(site) if site else team.site
        with days_ago(days):
            person = people.add_person(
                given_name=name.given,
                family_name=name.family,
                reading=name.reading,
                email=f"{account or name.latin}@demo.example",
                language=place.language,
                by=None,
            )
            self._employ(person, self.cast.role(role), team, place, manager)
            opened = open_account(
                person_id=person.id,
                email=person.email,
                display_name=person.display_name,
                language=place.language,
                time_zone=place.time_zone,
                roles=roles,
                by=None,
            )
            opened.password_hash, opened.state = self.password, AccountState.ACTIVE
            db.session.flush()
            people.refresh_subtitle(person.id)
        return person

    def _employ(
        self, person: Person, role: Role, team: Team, site: Site, manager: Person | None
    ) -> None:
        people.start_employment(
            person,
            role=role,
            team=team,
            site=site,
            manager=manager,
            starts_on=clock.today() + timedelta(days=1),
            reason=EmploymentReason.HIRE,
            by=None,
        )

    def account_of(self, person: Person) -> int:
        """The id of someone's account."""
        return db.session.scalars(sa.select(Account.id).where(Account.person_id == person.id)).one()
