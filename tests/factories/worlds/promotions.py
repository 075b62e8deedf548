"""A promotion at each point of its way, each of somebody else in the team."""

from __future__ import annotations

from tests.factories import people
from tests.factories import promotions as make
from tests.factories.worlds.who import Params, People, person_of


def side(who: People) -> Params:
    """The hire has been offered one; the others belong to colleagues in the same team."""
    own = make.offered(_line(who, of_hire=True))
    news = make.accepted(_line(who), starts_on=make.clock.today())
    make.operations.write_announcement(news, text="Well done!", by_mail=False, by=who.hr)
    make.operations.announce(news, by=who.hr)
    return {
        "promotion_id": make.proposed(_line(who)).id,
        "promotions.tell_person promotion_id": make.approved(_line(who)).id,
        "promotions.accept_promotion promotion_id": own.id,
        "promotions.decline_promotion promotion_id": own.id,
        "promotions.news promotion_id": news.id,
    }


def _line(who: People, *, of_hire: bool = False) -> make.Line:
    """Somebody of the team with everybody above them."""
    assert who.team.parent is not None
    if of_hire:
        own, person = who.hire, person_of(who.hire)
    else:
        person = people.person("Derya")
        people.employment(person, team=who.team, role=who.role, manager=person_of(who.lead))
        own = people.account(person=person)
    return make.Line(
        who.team.parent, who.team, who.manager, who.lead, who.hr, who.executive, own, person,
        people.role("Senior Associate", level=2),
    )  # fmt: skip
