"""Figures of surveys as the reader's language writes them."""

from __future__ import annotations

from flask_babel import gettext as _

from portal.core import i18n
from portal.core.charts import Bar, BarChart, Distribution
from portal.surveys.models import SurveyQuestion
from portal.surveys.results import Figure
from portal.surveys.states import SurveyQuestionKind


def score(figure: Figure | None) -> str:
    """``4.2``, ``+23``, or the share of each choice."""
    if figure is None:
        return "–"
    if figure.question.kind is SurveyQuestionKind.SCALE:
        return i18n.number(figure.mean, 1)
    if figure.question.kind is SurveyQuestionKind.RECOMMEND:
        return signed(figure.score, 0)
    return shares(figure)


def shares(figure: Figure) -> str:
    """Each answer with its share."""
    each = (
        _(
            "%(answer)s: %(share)s",
            answer=label(figure.question, value),
            share=_percent(figure, value),
        )
        for value in figure.question.answers
    )
    return " · ".join(each)


def _percent(figure: Figure, value: int) -> str:
    return i18n.percent(figure.share(value))


def change(now: Figure, before: Figure | None) -> str:
    """How much it went up or down since the survey before."""
    if before is None or now.question.kind is SurveyQuestionKind.CHOICE:
        return "–"
    digits = 1 if now.question.kind is SurveyQuestionKind.SCALE else 0
    return signed(round(now.score, digits) - round(before.score, digits), digits)


def signed(value: float, digits: int) -> str:
    """A number with its sign; nothing is ``0``."""
    rounded = round(value, digits)
    text = i18n.number(abs(rounded), digits)
    return f"+{text}" if rounded > 0 else f"−{text}" if rounded < 0 else text


def label(question: SurveyQuestion, value: int) -> str:
    """An answer in words, or as its number."""
    if question.kind is SurveyQuestionKind.CHOICE:
        return i18n.words(question.choices[value])
    return i18n.number(value)


def measure(question: SurveyQuestion) -> str:
    """What the column of figures is called."""
    names = {
        SurveyQuestionKind.SCALE: _("Average of 1 to 5"),
        SurveyQuestionKind.RECOMMEND: _("eNPS"),
        SurveyQuestionKind.CHOICE: _("Answers given"),
    }
    return str(names.get(question.kind, ""))


def chart(figure: Figure) -> BarChart | Distribution:
    """How everyone answered."""
    question, title = figure.question, i18n.words(figure.question.text)
    if question.kind is SurveyQuestionKind.CHOICE:
        bars = tuple(Bar(label(question, value), figure.share(value)) for value in question.answers)
        return BarChart(title, _("Share of answers"), bars, percent=True)
    bands = tuple(Bar(str(value), figure.times.get(value, 0)) for value in question.answers)
    return Distribution(title, _("Number of answers"), _("Answer"), bands)
