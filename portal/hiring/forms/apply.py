"""The form by which candidates apply, and what they confirm on their status page."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from portal.core.forms import (
    Choice,
    EmailBox,
    FileBox,
    Form,
    LongText,
    PhoneBox,
    Radios,
    TextField,
    Tick,
)
from portal.core.i18n import words
from portal.core.i18n.languages import NATIVE_NAMES
from portal.hiring.models import Posting
from portal.hiring.states import AgeGroup, Gender, YesNo

CV_KINDS = ("pdf", "docx", "odt", "txt")
ANSWER = "must_"
"""Before the place of a must-have in the criteria, as the name of its question."""

DEMOGRAPHICS = ("gender", "age_group", "disability", "minority")


class ApplyForm(Form):
    """Everything but the questions, which ``apply_form`` adds."""

    given_name = TextField(
        _l("Given name"),
        most=120,
        missing=_l("Write your given name."),
        render_kw={"autocomplete": "given-name"},
    )
    family_name = TextField(
        _l("Family name"),
        most=120,
        missing=_l("Write your family name."),
        render_kw={"autocomplete": "family-name"},
    )
    reading = TextField(
        _l("Reading of your name"), hint=_l("In kana, family name first."), most=120, optional=True
    )
    email = EmailBox(
        _l("E-mail"),
        hint=_l("We send our answer and a link to your application here."),
        missing=_l("Write your e-mail address, so that we can answer."),
        render_kw={"autocomplete": "email", "inputmode": "email"},
    )
    phone = PhoneBox(
        _l("Telephone"), optional=True, render_kw={"autocomplete": "tel", "inputmode": "tel"}
    )
    headline = TextField(
        _l("Your present or last job in one line"),
        hint=_l("Such as: two years at a hotel desk."),
        most=120,
        optional=True,
    )
    letter = LongText(
        _l("Why would you like this job?"),
        hint=_l("A few sentences are enough."),
        most=4000,
        rows=6,
        optional=True,
    )
    cv = FileBox(
        _l("Your CV"),
        hint=_l("PDF, Word (.docx), OpenDocument or text, at most 8 MiB."),
        endings=[f".{kind}" for kind in CV_KINDS],
        optional=True,
    )
    cv_kept = HiddenField()
    language = Choice(_l("In which language may we write to you?"), list(NATIVE_NAMES.items()))
    source = HiddenField()
    consent = Tick(
        _l("I agree"),
        must=True,
        missing=_l(
            "Without your agreement we can't read your application. Tick the box to send it."
        ),
    )
    gender = Radios(_l("Gender"), Gender, optional=True)
    age_group = Radios(_l("Age"), AgeGroup, optional=True)
    disability = Radios(_l("Do you have a disability?"), YesNo, optional=True)
    minority = Radios(
        _l("Do you see yourself as part of an ethnic minority where you live?"),
        YesNo,
        optional=True,
    )
    # People never see this one; programs that fill in everything do.
    website = TextField(_l("Leave this empty"), optional=True)

    questions: list[tuple[str, str]]

    def answers(self) -> dict[str, bool]:
        """The answers by the keys of the must-haves."""
        return {key: self[name].data == "yes" for name, key in self.questions}

    def demographics(self) -> dict[str, str]:
        """The voluntary answers that were given."""
        return {name: str(self[name].data) for name in DEMOGRAPHICS if self[name].data}


def apply_form(posting: Posting, **values: Any) -> ApplyForm:  # noqa: ANN401 - as FlaskForm takes them
    """The form with one yes-or-no question for each must-have of the posting."""
    criteria = posting.latest_criteria
    asked = criteria.must_haves if criteria else []
    offer = [("yes", _l("Yes")), ("no", _l("No"))]
    fields = {
        f"{ANSWER}{place}": Radios(
            words(item["text"]), offer, missing=_l("Answer this with yes or no.")
        )
        for place, item in enumerate(asked)
    }
    form: ApplyForm = type("AskingForm", (ApplyForm,), fields)(**values)
    form.questions = [(f"{ANSWER}{place}", item["key"]) for place, item in enumerate(asked)]
    return form


class ConfirmForm(Form):
    """Nothing to fill in: a step that cannot be taken by mistake."""
