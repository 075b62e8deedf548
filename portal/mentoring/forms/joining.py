"""Becoming a mentor, signing up for a round, asking a mentor, changing goals."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l

from portal.core.forms import (
    Choice,
    Form,
    LongText,
    MultiChoice,
    Radios,
    VersionField,
    WholeNumber,
)
from portal.mentoring.forms.choices import Goals, competency_offer
from portal.mentoring.models import MentorProfile
from portal.mentoring.operations import Hopes, Offer, Said
from portal.mentoring.states import Shift
from portal.people.forms import choices

NAMED = (1, 2, 3)
"""How many people can be wished for, and how many excluded."""


class ProfileForm(Form):
    """What a mentor offers."""

    version = VersionField()
    competencies = MultiChoice(_l("I can help with"), competency_offer)
    languages = MultiChoice(_l("Languages I speak"), choices.languages)
    shifts = MultiChoice(
        _l("When I work"), Shift, optional=True, hint=_l("Nothing ticked: at any time.")
    )
    seats = WholeNumber(
        _l("Mentees at the same time"), least=1, most=10,
        hint=_l("In all programmes together."),
    )  # fmt: skip
    about = LongText(
        _l("About me"), rows=4, most=2000, optional=True,
        hint=_l("What you have done, and what mentees can expect. Colleagues read it."),
    )  # fmt: skip

    def terms(self) -> Offer:
        """What the operation takes."""
        return Offer(
            about=self.about.data or "",
            languages=self.languages.data,
            shifts=[str(one) for one in self.shifts.data],
            seats=int(self.seats.data or 1),
            competency_ids=self.competencies.data,
        )


def profile_data(profile: MentorProfile | None, language: str) -> dict[str, Any]:
    """A profile as the form shows it; a new one begins with the reader's language."""
    if profile is None:
        return {"seats": 1, "languages": [language], "competencies": [], "shifts": [], "version": 0}
    return {
        "version": profile.version,
        "competencies": [one.competency_id for one in profile.offers],
        "languages": profile.languages,
        "shifts": profile.shifts,
        "seats": profile.seats,
        "about": profile.about,
    }


class GoalsForm(Form):
    """What a mentee works on; the view says what there is to choose."""

    goals = MultiChoice(
        _l("Goals from your path"), optional=True,
        hint=_l("What the next role still asks of you. Choose up to five goals altogether."),
    )  # fmt: skip
    others = MultiChoice(_l("Other goals"), optional=True)

    def offer(self, found: Goals) -> None:
        """Set what can be chosen."""
        self._levels = found.levels
        self.goals.offer, self.others.offer = found.gaps, found.others

    def chosen(self) -> dict[int, int]:
        """The chosen goals with the level to reach."""
        keys = [*(self.goals.data or ()), *(self.others.data or ())]
        return {key: self._levels[key] for key in keys}


class PairGoalsForm(GoalsForm):
    """What a pair works on; either of the two fills it in."""

    goals = MultiChoice(
        _l("Goals on the path of the mentee"), optional=True,
        hint=_l("What the next role still asks for. Choose up to five goals altogether."),
    )  # fmt: skip
    version = VersionField()


class _Said(Form):
    """With whom, and with whom not."""

    wish_1 = Choice(_l("I would like (1)"), optional=True, empty=_l("No wish"))
    wish_2 = Choice(_l("I would like (2)"), optional=True, empty=_l("No wish"))
    wish_3 = Choice(_l("I would like (3)"), optional=True, empty=_l("No wish"))
    not_with_1 = Choice(_l("Not with (1)"), optional=True, empty=_l("Nobody"))
    not_with_2 = Choice(_l("Not with (2)"), optional=True, empty=_l("Nobody"))
    not_with_3 = Choice(_l("Not with (3)"), optional=True, empty=_l("Nobody"))

    def offer_people(self, offer: list[tuple[int, str]]) -> None:
        """Set whom one can name."""
        for number in NAMED:
            self[f"wish_{number}"].offer = offer
            self[f"not_with_{number}"].offer = offer

    def said(self) -> Said:
        """What the operation takes."""
        return Said(self._people("wish"), self._people("not_with"))

    def _people(self, name: str) -> list[int]:
        found = [self[f"{name}_{number}"].data for number in NAMED]
        return [key for key in found if key is not None]


class MenteeForm(_Said, GoalsForm):
    """Looking for a mentor in a round."""

    languages = MultiChoice(_l("Languages I can meet in"), choices.languages)
    shifts = MultiChoice(
        _l("When I work"), Shift, optional=True, hint=_l("Nothing ticked: at any time.")
    )
    hopes = LongText(
        _l("What I hope for"), rows=3, most=2000, optional=True,
        hint=_l("Your mentor and HR read it."),
    )  # fmt: skip

    def hopes_of(self, role_id: int | None) -> Hopes:
        """What the operation takes."""
        return Hopes(
            goals=self.chosen(),
            languages=self.languages.data,
            shifts=[str(one) for one in self.shifts.data],
            text=self.hopes.data or "",
            role_id=role_id,
            said=self.said(),
        )


class MentorForm(_Said):
    """Taking mentees in a round."""

    seats = WholeNumber(_l("Mentees I take in this round"), least=1, most=10)


class AskForm(GoalsForm):
    """Asking a mentor."""

    programme = Choice(_l("Programme"))
    message = LongText(
        _l("Your message"), rows=4, most=2000,
        hint=_l("Say what you would like to talk about. Only the mentor reads it."),
    )  # fmt: skip


class AskForForm(AskForm):
    """Asking a mentor for somebody else."""

    goals = MultiChoice(
        _l("Goals"), optional=True, hint=_l("Choose up to five goals altogether."),
    )  # fmt: skip
    message = LongText(
        _l("Your message"), rows=4, most=2000,
        hint=_l("Say what it is about. The mentor and the person you ask for read it."),
    )  # fmt: skip


class EndForm(Form):
    """Why a pair ends."""

    version = VersionField()
    reason = Radios(_l("Reason"))
    note = LongText(
        _l("Anything to add"), rows=3, most=1000, optional=True,
        hint=_l("The two of you and HR read it."),
    )  # fmt: skip
