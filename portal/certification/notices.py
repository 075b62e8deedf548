"""Who is told what about certificates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from flask_babel import lazy_gettext as _l

from portal.accounts.models import Account
from portal.accounts.readers import account_in_use, write_to
from portal.certification.models import Award, Pursuit, Revocation
from portal.certification.outlook import Gap
from portal.certification.telling import cause, warning
from portal.core import clock, inbox, mail
from portal.core.db import Words
from portal.people.models import Person


class CertificationNotice(inbox.NoticeKind):
    """Notices of certification."""

    TO_CHECK = "certification.to_check", _l("%(name)s of %(who)s waits for your check")
    AWARDED = "certification.award_given", _l("You have been awarded %(name)s")
    AGREED = "certification.award_agreed", _l("Your certificate %(name)s was checked and counts")
    REFUSED = "certification.award_refused", _l("Your certificate %(name)s was not accepted")
    REVOKED = "certification.award_revoked", _l("Your certificate %(name)s was revoked")
    READY = "certification.ready", _l("All is there for %(name)s: hand it in")
    OWN_EXPIRING = "certification.own_expiring", _l("Certificates of yours expire soon")
    TEAM_EXPIRING = "certification.team_expiring", _l("Certificates in your team expire soon")
    COVERAGE = "certification.coverage", _l("Too few people will be able to serve")


PAGES = {
    CertificationNotice.OWN_EXPIRING: "/my/certificates",
    CertificationNotice.TEAM_EXPIRING: "/certification/matrix",
    CertificationNotice.COVERAGE: "/certification/coverage",
}


def to_check(award: Award) -> None:
    """Tell the holder's manager that there is something to check; HR finds it in the list."""
    employment = award.person.employment_on(clock.today())
    manager = employment.manager_id if employment else None
    if manager is not None:
        _tell(manager, CertificationNotice.TO_CHECK, award, who=award.person.display_name)


def awarded(award: Award) -> None:
    """Tell the holder of an award that came by itself."""
    _tell(award.person_id, CertificationNotice.AWARDED, award)


def checked(award: Award, *, agreed: bool, note: str) -> None:
    """Tell the holder what the second person found; a refusal goes by mail too."""
    kind = CertificationNotice.AGREED if agreed else CertificationNotice.REFUSED
    _tell(award.person_id, kind, award)
    if not agreed:
        _mail(award, "certification/refused", note=note)


def revoked(award: Award, revocation: Revocation) -> None:
    """Tell the holder that an award counts no more, and why."""
    _tell(award.person_id, CertificationNotice.REVOKED, award)
    _mail(award, "certification/revoked", revocation=revocation)


def ready(pursuit: Pursuit) -> None:
    """Tell somebody that nothing is missing any more."""
    account = account_in_use(pursuit.person_id)
    if account is not None:
        inbox.tell(
            account.id,
            CertificationNotice.READY,
            f"/certification/pursuits/{pursuit.id}",
            name=pursuit.certification_version.name,
        )


def remind_holder(person: Person, awards: Sequence[Award], day: date) -> None:
    """Tell somebody which of their certificates expire soon."""
    _remind(person, awards, day, CertificationNotice.OWN_EXPIRING, "certification/own_expiring")


def remind_manager(person: Person, awards: Sequence[Award], day: date) -> None:
    """Tell a manager whose certificates expire soon, all in one."""
    _remind(person, awards, day, CertificationNotice.TEAM_EXPIRING, "certification/team_expiring")


def warn(account: Account, gaps: Sequence[Gap]) -> None:
    """Tell somebody where too few people will be able to serve, all in one."""
    inbox.tell(account.id, CertificationNotice.COVERAGE, PAGES[CertificationNotice.COVERAGE])
    write_to(account, "certification/coverage", gaps=gaps, warning=warning, cause=cause)


def address_of(person: Person) -> tuple[str, str]:
    """Where to write to somebody, and in which language."""
    account = account_in_use(person.id)
    if account is not None:
        return account.email, account.language
    return person.email, person.language


def _remind(
    person: Person, awards: Sequence[Award], day: date, kind: CertificationNotice, mail_kind: str
) -> None:
    lines = sorted(
        (last, award.person.display_name, award.id, award)
        for award in awards
        if (last := _last_day(award)) is not None
    )
    account = account_in_use(person.id)
    if account is not None:
        inbox.tell(account.id, kind, PAGES[kind])
    to, locale = (account.email, account.language) if account else (person.email, person.language)
    mail.send(
        mail_kind,
        to=to,
        name=person.display_name,
        person_id=person.id,
        locale=locale,
        context={
            "person": person,
            "lines": [(award, last, (last - day).days) for last, _name, _id, award in lines],
        },
    )


def _last_day(award: Award) -> date | None:
    """The last valid day, an end by a rule that voids older awards included."""
    void = award.certification_version.void_from
    ends = [award.expires_on, void - timedelta(days=1) if void else None]
    return min((day for day in ends if day is not None), default=None)


def _tell(person_id: int, kind: CertificationNotice, award: Award, **params: str) -> None:
    account = account_in_use(person_id)
    if account is not None:
        url = f"/certification/awards/{award.id}"
        name: Words = award.certification_version.name
        inbox.tell(account.id, kind, url, name=name, **params)


def _mail(award: Award, kind: str, **context: object) -> None:
    to, locale = address_of(award.person)
    mail.send(
        kind,
        to=to,
        name=award.person.display_name,
        person_id=award.person_id,
        locale=locale,
        context={"award": award, "person": award.person, **context},
        key=f"award:{award.id}:{kind}",
    )
