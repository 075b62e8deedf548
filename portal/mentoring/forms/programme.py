"""A programme with its dates, points and questions; the match and a pair made by hand."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from flask_babel import lazy_gettext as _l

from portal.core.db import Json
from portal.core.forms import (
    Choice,
    DateBox,
    Form,
    Radios,
    VersionField,
    WholeNumber,
    WordsField,
)
from portal.mentoring.models import MentoringProgramme
from portal.mentoring.operations import Question, Terms
from portal.mentoring.starter import pack
from portal.mentoring.states import (
    FeedbackPart,
    MatchMode,
    ProgrammeKind,
    QuestionKind,
    TermKind,
)

SLOTS = 8
"""Questions a programme can ask."""

HEAVIEST = 100


class WeightsForm(Form):
    """What a match aims at and what counts in it."""

    mode = Radios(_l("What the match aims at"), MatchMode)
    weight_goal = WholeNumber(_l("Points for goals"), most=HEAVIEST)
    weight_language = WholeNumber(_l("Points for a common language"), most=HEAVIEST)
    weight_shift = WholeNumber(_l("Points for working hours"), most=HEAVIEST)
    weight_site = WholeNumber(_l("Points for the same site"), most=HEAVIEST)
    weight_wish = WholeNumber(_l("Points for wishes"), most=HEAVIEST)

    def weights(self) -> dict[str, int]:
        """Points by kind of term."""
        return {str(kind): int(self[f"weight_{kind}"].data or 0) for kind in TermKind}


class ProgrammeForm(WeightsForm):
    """Everything HR says of a programme; ``programme_form`` adds the questions."""

    version = VersionField()
    title = WordsField(_l("Title"), most=120)
    summary = WordsField(_l("What it is for"), long=True, most=1500)
    kind = Radios(_l("How pairs come about"), ProgrammeKind)
    join_until = DateBox(_l("Sign-up until"), optional=True, hint=_l("For rounds."))
    starts_on = DateBox(_l("First day"))
    mid_on = DateBox(
        _l("Half-way feedback from"), optional=True, hint=_l("Left out: none half-way.")
    )
    ends_on = DateBox(_l("Last day"))
    sessions_asked = WholeNumber(_l("Sessions a pair should hold"), least=1, most=60)

    def terms(self) -> Terms:
        """What the operation takes."""
        return Terms(
            title=self.title.data,
            summary=self.summary.data,
            kind=self.kind.data,
            starts_on=cast("date", self.starts_on.data),
            ends_on=cast("date", self.ends_on.data),
            sessions_asked=int(self.sessions_asked.data or 1),
            join_until=self.join_until.data,
            mid_on=self.mid_on.data,
            mode=self.mode.data,
            weights=self.weights(),
            questions=[one for number in range(SLOTS) if (one := self._question(number))],
        )

    def _question(self, number: int) -> Question | None:
        text = self[f"text_{number}"].data
        if not text:
            return None
        keys: list[str] = self._keys
        return Question(
            part=self[f"part_{number}"].data or FeedbackPart.END,
            kind=self[f"kind_{number}"].data or QuestionKind.SCALE,
            text=text,
            key=keys[number] if number < len(keys) else "",
        )


def programme_form(programme: MentoringProgramme | None) -> ProgrammeForm:
    """The form with a row for each question there can be; a new one begins with the usual ones."""
    questions: list[Json] = programme.questions if programme else pack()["questions"]
    fields: dict[str, Any] = {"_keys": [one["key"] for one in questions]}
    data = _data(programme)
    for number in range(SLOTS):
        fields[f"text_{number}"] = WordsField(
            _l("Question %(number)s", number=number + 1), most=300, optional=True
        )
        fields[f"part_{number}"] = Choice(_l("Stage of the mentoring"), FeedbackPart, optional=True)
        fields[f"kind_{number}"] = Choice(_l("Answer"), QuestionKind, optional=True)
    for number, one in enumerate(questions[:SLOTS]):
        data |= {f"text_{number}": one["text"], f"part_{number}": one["part"],
                 f"kind_{number}": one["kind"]}  # fmt: skip
    kind: type[ProgrammeForm] = type("ProgrammeWithQuestions", (ProgrammeForm,), fields)
    return kind(data=data)


def _data(programme: MentoringProgramme | None) -> dict[str, Any]:
    if programme is None:
        usual = pack()
        return weights_data(MatchMode.TOTAL, usual["weights"]) | {
            "kind": ProgrammeKind.ROUND, "sessions_asked": usual["sessions"], "version": 0,
        }  # fmt: skip
    names = ("version", "title", "summary", "kind", "join_until", "starts_on", "mid_on", "ends_on",
             "sessions_asked")  # fmt: skip
    data: dict[str, Any] = {name: getattr(programme, name) for name in names}
    return data | weights_data(programme.mode, programme.weights)


def weights_data(mode: MatchMode, weights: Json) -> dict[str, Any]:
    """Mode and points as a form shows them."""
    return {"mode": mode} | {f"weight_{kind}": weights.get(str(kind), 0) for kind in TermKind}


class HandForm(Form):
    """Two people to put together; the view says who there is."""

    mentee = Choice(_l("Mentee"))
    mentor = Choice(_l("Mentor"))
