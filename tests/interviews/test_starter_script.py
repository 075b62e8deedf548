"""The interview script leads through six steps in every language."""

import re

from tests.starter_words import assert_complete, load

STEPS = load("interviews", "script.toml")["step"]
SENTENCE_END = re.compile(r"[.?!。]")


def test_the_six_steps_come_in_order() -> None:
    assert [step["key"] for step in STEPS] == [
        "introduce",
        "explain",
        "questions",
        "candidate_questions",
        "role_details",
        "next_steps",
    ]


def test_every_step_speaks_four_languages() -> None:
    for step in STEPS:
        assert_complete(step)


def test_an_interview_takes_one_hour() -> None:
    assert sum(step["minutes"] for step in STEPS) == 60


def test_what_is_said_is_short_enough_to_say() -> None:
    for step in STEPS:
        for language, text in step["say"].items():
            assert 2 <= len(SENTENCE_END.findall(text)) <= 5, (step["key"], language)
