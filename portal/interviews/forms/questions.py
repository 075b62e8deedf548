"""A question of the bank in four languages, with its probes and what to listen for."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from portal.core.db import Words
from portal.core.forms import Choice, Form, Tick, WordsField
from portal.core.forms.box import Text
from portal.interviews.models import Question
from portal.interviews.states import QuestionKind, QuestionLevel

MOST = 4
"""How many probes, and how many things to listen for, a question may have."""


def _words(label: Text) -> WordsField:
    return WordsField(label, optional=True, most=500)


class _Wording(Form):
    """What is said in every language."""

    text = WordsField(_l("Question"), long=True, most=1000)
    probe_1 = _words(_l("First probe"))
    probe_2 = _words(_l("Second probe"))
    probe_3 = _words(_l("Third probe"))
    probe_4 = _words(_l("Fourth probe"))
    listen_1 = _words(_l("Listen for: first"))
    listen_2 = _words(_l("Listen for: second"))
    listen_3 = _words(_l("Listen for: third"))
    listen_4 = _words(_l("Listen for: fourth"))

    def probes(self) -> list[Words]:
        """The probes that were filled in."""
        return self._several("probe")

    def listen_for(self) -> list[Words]:
        """What to listen for, as far as it was filled in."""
        return self._several("listen")

    def _several(self, name: str) -> list[Words]:
        texts = [self[f"{name}_{number}"].data for number in range(1, MOST + 1)]
        return [text for text in texts if text]


class QuestionForm(_Wording):
    """Reword a question, or retire it."""

    is_active = Tick(_l("Offer this question when plans are made"))


class NewQuestionForm(_Wording):
    """A question of one's own."""

    competency = Choice(_l("Competency"))
    kind = Choice(_l("Kind"), QuestionKind)
    level = Choice(_l("Suits"), QuestionLevel)


def question_values(question: Question) -> dict[str, object]:
    """What stands in the form of a question when it is opened."""
    values: dict[str, object] = {"text": question.text, "is_active": question.is_active}
    for name, texts in (("probe", question.probes), ("listen", question.listen_for)):
        values |= {f"{name}_{place}": text for place, text in enumerate(texts[:MOST], 1)}
    return values
