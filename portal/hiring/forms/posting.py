"""Forms of postings: composing, facts, the text of one language, dates and criteria."""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import FieldList, FormField, HiddenField

from portal.core import clock, i18n
from portal.core.db import Json
from portal.core.forms import (
    Choice,
    DateBox,
    Form,
    LongText,
    MultiChoice,
    Radios,
    TextField,
    Tick,
    VersionField,
    WholeNumber,
)
from portal.hiring.models import Posting
from portal.hiring.operations.criteria import CUT
from portal.hiring.states import EmploymentType, Tonality

SPARE_ROWS = 3


def native_languages() -> list[tuple[str, str]]:
    """The languages by their own names."""
    return list(i18n.NATIVE_NAMES.items())


class ComposeForm(Form):
    """In which languages and how a posting speaks."""

    languages = MultiChoice(_l("Languages"), native_languages)
    tone = Radios(_l("Tone"), Tonality, default=Tonality.FRIENDLY)


class PostingForm(Form):
    """The facts of a posting, the same in every language."""

    version = VersionField()
    languages = MultiChoice(_l("Languages"), native_languages)
    employment_type = Choice(_l("Kind of employment"), EmploymentType)
    remote = Tick(_l("The work can be done from home"))
    opens_on = DateBox(_l("First day"), optional=True, hint=_l("Left empty: the day you publish."))
    closes_on = DateBox(
        _l("Last day"), optional=True, hint=_l("Left empty: until you close it yourself.")
    )
    answer_days = WholeNumber(
        _l("We answer within (working days)"), least=1, most=60,
        hint=_l("This is promised to candidates on the page."),
    )  # fmt: skip

    def facts(self) -> dict[str, Any]:
        """What the operation takes."""
        names = ("languages", "employment_type", "remote", "opens_on", "closes_on", "answer_days")
        return {name: self[name].data for name in names}


class PostingTextForm(Form):
    """The text of a posting in one language; lists have one entry a line."""

    version = VersionField()
    title = TextField(_l("Title"), most=160)
    opening = LongText(_l("Opening"), rows=6, optional=True)
    duties = LongText(_l("Duties"), rows=9, optional=True, hint=_l("One a line."))
    needed = LongText(_l("What is needed"), rows=5, optional=True, hint=_l("One a line."))
    welcome = LongText(_l("What is welcome"), rows=5, optional=True, hint=_l("One a line."))
    benefits = LongText(_l("What we offer"), rows=6, optional=True, hint=_l("One a line."))
    how_to_apply = LongText(_l("How to apply"), rows=5, optional=True)
    closing = LongText(_l("Closing"), rows=4, optional=True)

    @classmethod
    def of(cls, posting: Posting, language: str) -> PostingTextForm:
        """The form with the present text of a language."""
        text = posting.text(language)
        qualifications = text["qualifications"]
        return cls(
            version=posting.version, title=text["title"], opening=text["opening"],
            duties="\n".join(text["duties"]), benefits="\n".join(text["benefits"]),
            needed="\n".join(one["text"] for one in qualifications if one["must"]),
            welcome="\n".join(one["text"] for one in qualifications if not one["must"]),
            how_to_apply=text["how_to_apply"], closing=text["closing"],
        )  # fmt: skip

    def text(self) -> Json:
        """The text as a posting keeps it."""
        must = [{"text": line, "must": True} for line in lines(self.needed.data)]
        wish = [{"text": line, "must": False} for line in lines(self.welcome.data)]
        return {
            "title": self.title.data,
            "opening": self.opening.data,
            "duties": lines(self.duties.data),
            "qualifications": must + wish,
            "benefits": lines(self.benefits.data),
            "how_to_apply": self.how_to_apply.data,
            "closing": self.closing.data,
        }


def lines(text: str | None) -> list[str]:
    """The entries of a list written one a line, without the dashes people put in front."""
    stripped = (line.strip().lstrip("-•*–・").strip() for line in (text or "").splitlines())
    return [line for line in stripped if line]


class ToneForm(Form):
    """Compose one language again."""

    tone = Radios(_l("Tone"), Tonality)


class PosterForm(Form):
    """The language a poster is printed in: one of the posting's, which the view offers."""

    language = Choice(_l("Language"))


class ReopenForm(Form):
    """Until when a closed posting shows again."""

    closes_on = DateBox(
        _l("New last day"), optional=True, first=clock.today,
        hint=_l("Left empty: until you close it yourself."),
    )  # fmt: skip


class _Row(Form):
    """A part of the criteria form; the form around it has the token."""

    class Meta(Form.Meta):
        """No second token."""

        csrf = False


class MustHaveRow(_Row):
    """One thing every applicant must have."""

    key = HiddenField()
    text = TextField(_l("Must-have"), optional=True, most=200)


class WeightedRow(_Row):
    """One thing that counts, with its share of the score."""

    key = HiddenField()
    text = TextField(_l("Criterion"), optional=True, most=200)
    weight = WholeNumber(_l("Weight in percent"), optional=True, least=1, most=100)


class CriteriaForm(Form):
    """Must-haves, weighted criteria and the cut; rows left empty don't count."""

    version = VersionField()
    must_haves = FieldList(FormField(MustHaveRow), label=_l("Must-haves"))
    weighted = FieldList(FormField(WeightedRow), label=_l("Weighted criteria"))
    cut = WholeNumber(
        _l("Cut score"), least=0, most=100, default=CUT,
        hint=_l("The lowest score, out of 100, that goes on."),
    )  # fmt: skip

    @classmethod
    def of(
        cls, posting: Posting, must_haves: list[Json], weighted: list[Json], cut: int
    ) -> CriteriaForm:
        """The form with criteria to begin with, in the reader's language, and rows to spare."""
        spare: list[Json] = [{}] * SPARE_ROWS
        return cls(
            version=posting.version, cut=cut,
            must_haves=[_shown(one) for one in must_haves] + spare,
            weighted=[_shown(one) for one in weighted] + spare,
        )  # fmt: skip

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401 - see WTForms
        """Rows need text and weight together."""
        good = bool(super().validate(extra_validators))
        for row in self.weighted:
            if bool(row.form.text.data) != bool(row.form.weight.data):
                wrong = row.form.weight if row.form.text.data else row.form.text
                wrong.errors = [*wrong.errors, _("Give each criterion a text and a weight.")]
                self.weighted.errors = [row.errors for row in self.weighted]
                good = False
        return good

    def criteria(self, known: list[Json]) -> tuple[list[Json], list[Json]]:
        """What was typed; a text left as it was keeps its key and its other languages."""
        by_key = {(one.get("key") or _text(one)): one for one in known}
        must = [_typed(row, by_key) for row in self.must_haves if row.form.text.data]
        weighted = [
            _typed(row, by_key) | {"weight": row.form.weight.data}
            for row in self.weighted
            if row.form.text.data
        ]
        return must, weighted


def _text(criterion: Json) -> str:
    return i18n.words(criterion["text"])


def _shown(criterion: Json) -> Json:
    shown = {"key": criterion.get("key") or _text(criterion), "text": _text(criterion)}
    return shown | ({"weight": criterion["weight"]} if "weight" in criterion else {})


def _typed(row: Any, by_key: dict[str, Json]) -> Json:  # noqa: ANN401 - a FormField
    text = row.form.text.data
    was = by_key.get(row.form.key.data)
    if was is None or _text(was) != text:
        return {"text": {i18n.current_locale(): text}}
    return {name: was[name] for name in ("key", "text") if name in was}
