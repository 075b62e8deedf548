"""What is done in recognition."""

from __future__ import annotations

from portal.recognition.operations.clap import clap_thanks
from portal.recognition.operations.digest import (
    people_for_digest,
    send_digests,
    take_digest,
)
from portal.recognition.operations.starter import load_values
from portal.recognition.operations.thanks import (
    MOST_A_DAY,
    change_thanks,
    give_thanks,
    hide_thanks,
    withdraw_thanks,
)
from portal.recognition.operations.value import (
    add_value,
    change_value,
    resume_value,
    retire_value,
)

__all__ = [
    "MOST_A_DAY",
    "add_value",
    "change_thanks",
    "change_value",
    "clap_thanks",
    "give_thanks",
    "hide_thanks",
    "load_values",
    "people_for_digest",
    "resume_value",
    "retire_value",
    "send_digests",
    "take_digest",
    "withdraw_thanks",
]
