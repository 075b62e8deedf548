"""What can be done in succession."""

from __future__ import annotations

from portal.succession.operations.action import (
    add_action,
    finish_action,
    remove_action,
    suggest_action,
)
from portal.succession.operations.grid import (
    change_grid,
    close_session,
    open_session,
    place_person,
)
from portal.succession.operations.nomination import (
    decide_nomination,
    end_nomination,
    judge_nomination,
    nominate,
    rank_nominations,
)
from portal.succession.operations.papers import print_plan, print_unit
from portal.succession.operations.position import (
    add_key_position,
    assess_position,
    confirm_plan,
    end_key_position,
)
from portal.succession.operations.scenario import remove_scenario, save_scenario
from portal.succession.operations.settings import (
    add_level,
    change_level,
    change_settings,
    load_succession,
    settings,
)
from portal.succession.operations.upkeep import follow_holders

__all__ = [
    "add_action",
    "add_key_position",
    "add_level",
    "assess_position",
    "change_grid",
    "change_level",
    "change_settings",
    "close_session",
    "confirm_plan",
    "decide_nomination",
    "end_key_position",
    "end_nomination",
    "finish_action",
    "follow_holders",
    "judge_nomination",
    "load_succession",
    "nominate",
    "open_session",
    "place_person",
    "print_plan",
    "print_unit",
    "rank_nominations",
    "remove_action",
    "remove_scenario",
    "save_scenario",
    "settings",
    "suggest_action",
]
