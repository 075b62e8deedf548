"""Terms of a match and reasons for being alone, as HR reads them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from babel import Locale
from babel.lists import format_list
from flask_babel import gettext as _
from flask_babel import ngettext

from portal.core import i18n
from portal.core.db import Json, Words
from portal.mentoring.fit import POINT
from portal.mentoring.states import Alone, Shift, Side, TermKind

ANY = "any"


def points(score: int) -> str:
    """Hundredths of points as people write them."""
    return i18n.number(round(score / POINT, 1))


def _listed(texts: list[str]) -> str:
    return format_list(texts, locale=i18n.current_locale())


def term_text(term: Json, names: Mapping[int, Words]) -> str:
    """What a term found: which goals, which language, which hours, whose wish."""
    kind, about = TermKind(term["kind"]), list(term["about"])
    return _TEXTS[kind](term, about, names)


def _goals(term: Json, about: list[int], names: Mapping[int, Words]) -> str:
    if not term["of"]:
        return _("No goals named")
    text = ngettext(
        "A level ahead in one of %(all)s goals", "A level ahead in %(num)s of %(all)s goals",
        len(about), all=i18n.number(term["of"]),
    ) if about else _("A level ahead in none of the goals")  # fmt: skip
    if not about:
        return text
    if term["of"] == 1:
        text = _("A level ahead in the goal")
    listed = _listed([i18n.words(names.get(key, {})) for key in about])
    return _("%(text)s: %(list)s", text=text, list=listed)


def _language(_term: Json, about: list[str], _names: Mapping[int, Words]) -> str:
    if not about:
        return _("No common language")
    names = Locale.parse(i18n.current_locale()).languages
    return _("Both speak %(language)s", language=names.get(about[0], about[0]))


def _shift(_term: Json, about: list[str], _names: Mapping[int, Words]) -> str:
    if about == [ANY]:
        return _("One of them can meet at any time")
    if not about:
        return _("They work at different hours")
    listed = _listed([str(Shift(key).label) for key in about])
    return _("Both work: %(shifts)s", shifts=listed)


def _site(_term: Json, about: list[int], _names: Mapping[int, Words]) -> str:
    return _("At the same site") if about else _("At different sites")


def _wish(_term: Json, about: list[str], _names: Mapping[int, Words]) -> str:
    if len(about) == 2:
        return _("Both wish for each other")
    if not about:
        return _("Neither named the other")
    if about[0] == str(Side.MENTEE):
        return _("The mentee wishes for the mentor")
    return _("The mentor wishes for the mentee")


_TEXTS: dict[TermKind, Callable[[Json, list[Any], Mapping[int, Words]], str]] = {
    TermKind.GOAL: _goals,
    TermKind.LANGUAGE: _language,
    TermKind.SHIFT: _shift,
    TermKind.SITE: _site,
    TermKind.WISH: _wish,
}


def lost(best: Json, own_id: int, score: int, names: Mapping[int, str]) -> str:
    """What somebody lost against their best."""
    if best["person_id"] == own_id or best["score"] <= score:
        return _("This is the best there is.")
    return _(
        "%(points)s points more with %(who)s",
        points=points(best["score"] - score),
        who=names.get(best["person_id"], "–"),
    )


def why_alone(one: Json, names: Mapping[int, str]) -> str:
    """Why somebody has nobody."""
    if one.get("dropped"):
        return _("HR took the suggestion out.")
    reason = Alone(one["reason"])
    best = one.get("best")
    if reason is Alone.FULL and best:
        return _(
            "%(why)s Best fit: %(who)s with %(points)s points.",
            why=reason.label, who=names.get(best["person_id"], "–"),
            points=points(best["score"]),
        )  # fmt: skip
    return str(reason.label)
