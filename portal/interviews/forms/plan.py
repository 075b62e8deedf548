"""A plan being changed: cut, weights, the questions of each round in order; and a round itself."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict

from portal.core.forms import DecimalNumber, Form, VersionField, WholeNumber, WordsField
from portal.interviews.models import InterviewPlan, Question

MOST_PLACES = 99


class PlanForm(Form):
    """The numbers of a plan.

    ``read`` takes ``weight-<competency>``, and for each question of the bank ``place-<question>``
    and ``round-<question>``; a plan of one round needs no choice.
    """

    version = VersionField()
    cut = DecimalNumber(
        _l("Cut"),
        least=1,
        most=5,
        hint=_l("The lowest weighted mean, from 1 to 5, with which a candidate advances."),
    )

    def start(self, plan: InterviewPlan) -> None:
        """Fill in what stands in the plan, unless something was sent."""
        self.weights = {part.id: str(part.weight) for part in plan.competencies}
        asked = [
            (question.question_id, place, each.id)
            for each in plan.rounds
            for place, question in enumerate(each.questions, 1)
        ]
        self.places = {key: str(place) for key, place, _round in asked}
        self.rounds = {key: str(round_id) for key, _place, round_id in asked}

    def read(
        self, sent: MultiDict[str, str], plan: InterviewPlan, bank: Sequence[Question]
    ) -> bool:
        """Take the weights and places that were sent; whether all of them are numbers."""
        parts = plan.competencies
        self.weights = {p.id: sent.get(f"weight-{p.id}", "").strip()[:20] for p in parts}
        self.places = {q.id: sent.get(f"place-{q.id}", "").strip()[:20] for q in bank}
        first = str(plan.rounds[0].id)
        self.rounds = {q.id: sent.get(f"round-{q.id}", first) for q in bank}
        if not all(_is_number(text, 100) for text in self.weights.values()):
            self.form_errors.append(_("Write each weight as a whole number from 0 to 100."))
        if not all(_is_number(text, MOST_PLACES) for text in self.places.values() if text):
            self.form_errors.append(_("Number the questions with whole numbers: 1, 2, 3."))
        if not set(self.rounds.values()) <= {str(each.id) for each in plan.rounds}:
            self.form_errors.append(_("Choose one of the rounds of this plan for each question."))
        return not self.form_errors

    def weights_read(self) -> dict[int, int]:
        """The weight of each competency of the plan, in percent."""
        return {key: int(text) for key, text in self.weights.items()}

    def questions_read(
        self, plan: InterviewPlan, bank: Sequence[Question]
    ) -> list[tuple[int, int, int]]:
        """Round, plan competency and question, in the order a round asks them."""
        parts = {p.competency_version.competency_id: p.id for p in plan.competencies}
        asked = [question for question in bank if self.places.get(question.id)]
        asked.sort(key=lambda question: int(self.places[question.id]))
        return [
            (int(self.rounds[question.id]), parts[question.competency_id], question.id)
            for question in asked
        ]

    def cut_read(self) -> int:
        """The cut in hundredths."""
        return int(Decimal(self.cut.data or 0) * 100)


class RoundForm(Form):
    """What a round is called, how long it takes and how many hold it."""

    name = WordsField(_l("Name"), most=80, hint=_l("The candidate reads it in the invitation."))
    minutes = WholeNumber(_l("Length in minutes"), least=15, most=240)
    panel_size = WholeNumber(
        _l("Interviewers"), least=1, most=6, hint=_l("Two or more see more than one.")
    )


def _is_number(text: str, most: int) -> bool:
    return text.isdecimal() and len(text) <= 3 and int(text) <= most
