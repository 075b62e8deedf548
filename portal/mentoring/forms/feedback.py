"""The questions of a programme as a form."""

from __future__ import annotations

from typing import Any

from portal.core.db import Json
from portal.core.forms import Form, LongText, Radios
from portal.core.i18n import words
from portal.mentoring.states import QuestionKind

LEVELS = [(level, str(level)) for level in range(1, 6)]


class FeedbackForm(Form):
    """Answers; ``feedback_form`` adds a field for each question."""

    def answers(self) -> Json:
        """What was answered, by key; questions left out are not in it."""
        found = {name.removeprefix("answer_"): field.data for name, field in self._fields.items()
                 if name.startswith("answer_")}  # fmt: skip
        return {key: answer for key, answer in found.items() if answer not in (None, "")}


def feedback_form(questions: list[Json], answers: Json) -> FeedbackForm:
    """The questions, with what was answered before."""
    fields: dict[str, Any] = {}
    for one in questions:
        label = words(one["text"])
        if one["kind"] == str(QuestionKind.SCALE):
            fields[f"answer_{one['key']}"] = Radios(label, LEVELS)
        else:
            fields[f"answer_{one['key']}"] = LongText(label, rows=4, most=3000, optional=True)
    kind: type[FeedbackForm] = type("FeedbackOfProgramme", (FeedbackForm,), fields)
    return kind(data={f"answer_{key}": answer for key, answer in answers.items()})
