"""A review of the hire with parts in each state; HR's templates and cycles are the same for all."""

from __future__ import annotations

from portal.reviews.states import CycleState, PartKind, PartState, TemplateState
from tests.factories import competencies, people
from tests.factories import reviews as make
from tests.factories.worlds.who import Params, People, person_of


def side(who: People) -> Params:
    """The lead answers for the hire; a colleague in the team has handed in a self-review."""
    cycle = make.cycle()
    common = {"cycle": cycle, "team": who.team, "role": who.role, "manager": person_of(who.lead)}
    skill = competencies.competency()
    own = make.plain_review(person=person_of(who.hire), competency=skill, **common)
    colleague = people.person("Derya")
    people.employment(colleague, team=who.team, role=who.role, manager=person_of(who.lead))
    other = make.plain_review(person=colleague, competency=skill, **common)
    named = make.part(own, PartKind.PEER, colleague, state=PartState.NAMED, named_by_id=who.hire.id)
    self_part = make.part(own, PartKind.SELF, who.hire)
    return {
        "reviews cycle_id": cycle.id,
        "reviews.launch_cycle cycle_id": make.cycle(state=CycleState.DRAFT, launched_at=None).id,
        "reviews review_id": own.id,
        "reviews part_id": self_part.id,
        "reviews.agree_to_peer part_id": named.id,
        "reviews.refuse_peer part_id": named.id,
        "reviews.withdraw_peer part_id": named.id,
        "reviews.decline_part part_id": make.part(other, PartKind.PEER, who.hire).id,
        "reviews.return_part part_id": make.submitted(other, PartKind.SELF, colleague).id,
        "review_template_id": make.template(state=TemplateState.DRAFT).id,
        "reviews key": make.SECTIONS[0]["key"],
    }
