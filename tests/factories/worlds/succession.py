"""A key position of the team with somebody named by a colleague of HR."""

from __future__ import annotations

from portal.core import clock
from portal.succession import operations
from portal.succession.states import ActionKind, NominationState
from tests.factories import people, succession
from tests.factories.worlds.who import Params, People


def side(who: People) -> Params:
    """The rows behind the addresses of succession."""
    levels = succession.scale()
    post = succession.key_position(team=who.team, role=who.role)
    waiting = succession.nomination(post, state=NominationState.PROPOSED)
    named = succession.nomination(post, people.employment(team=who.team).person)
    action = operations.add_action(
        named, ActionKind.PROJECT, text="Lead the move", due_on=clock.today(), by=who.hr
    )
    kept = operations.save_scenario(
        name="Two leave", note="", team=who.team, leaves_on=clock.today(), by=who.manager,
        leaver_ids=[people.employment(team=who.team).person_id],
    )  # fmt: skip
    return {
        "scenario_id": kept.id,
        "succession.place_person person_id": people.employment(team=who.team).person_id,
        "grid_session_id": operations.open_session(
            name="Autumn", team=who.team, held_on=clock.today(), by=who.hr
        ).id,
        "key_position_id": post.id,
        "succession.end_position key_position_id": succession.key_position(team=who.team).id,
        "succession.nominate person_id": people.employment(team=who.team).person_id,
        "nomination_id": named.id,
        "succession.decide_nomination nomination_id": waiting.id,
        "succession_action_id": action.id,
        "succession.remove_action succession_action_id": operations.add_action(
            named, ActionKind.PROJECT, text="Sit in", due_on=clock.today(), by=who.hr
        ).id,
        "readiness_level_id": levels["one_to_two_years"].id,
    }
