"""The privacy notice and consent a candidate agrees to, by the country of the job."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _

EUROPE = frozenset(
    {
        "AT",
        "BE",
        "BG",
        "CY",
        "CZ",
        "DE",
        "DK",
        "EE",
        "ES",
        "FI",
        "FR",
        "GR",
        "HR",
        "HU",
        "IE",
        "IS",
        "IT",
        "LI",
        "LT",
        "LU",
        "LV",
        "MT",
        "NL",
        "NO",
        "PL",
        "PT",
        "RO",
        "SE",
        "SI",
        "SK",
    }
)


@dataclass(frozen=True)
class Consent:
    """What is said before the box, and the sentence that is agreed to."""

    notice: tuple[str, ...]
    agreement: str

    @property
    def text(self) -> str:
        """Both together, as they are kept with the application."""
        return "\n\n".join((*self.notice, self.agreement))


def consent_for(country: str, organisation: str) -> Consent:
    """The texts for a country (ISO 3166) in the reader's language."""
    law = law_of(country)
    return Consent(
        (
            _(
                "%(organisation)s uses what you enter here, and your CV, only to decide on your "
                "application and to talk to you about it.",
                organisation=organisation,
            ),
            _(
                "Only the people who decide on this job and HR can read it. Nobody sells it, "
                "and no computer decides about you.",
                organisation=organisation,
            ),
            _(
                "You can see, correct, copy, withdraw and erase your data at any time by the "
                "link we send you. These rights come from %(law)s.",
                law=law,
            ),
        ),
        _(
            "I have read this, and I agree that %(organisation)s uses my data for "
            "this application.",
            organisation=organisation,
        ),
    )


def law_of(country: str) -> str:
    """The law that protects candidates' data there."""
    if country in EUROPE:
        return _("the General Data Protection Regulation (GDPR)")
    laws = {
        "TR": _("the Personal Data Protection Law No. 6698 (KVKK)"),
        "JP": _("the Act on the Protection of Personal Information (APPI)"),
        "GB": _("the UK General Data Protection Regulation"),
        "BR": _("the General Data Protection Law (LGPD)"),
        "MX": _("the Federal Law on the Protection of Personal Data (LFPDPPP)"),
    }
    return laws.get(country, _("the data protection law of your country"))
