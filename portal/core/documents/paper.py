"""Which sheet a country prints on."""

from __future__ import annotations

LETTER_COUNTRIES = frozenset(
    {"BZ", "CA", "CL", "CO", "CR", "GT", "MX", "NI", "PA", "PH", "PR", "SV", "US", "VE"}
)
"""Where office paper is US Letter (Unicode CLDR, paperSize); everywhere else it is A4."""


def sheet_of(country: str) -> str:
    """``letter`` or ``a4`` for an ISO 3166 country code; no country is A4."""
    return "letter" if country.upper() in LETTER_COUNTRIES else "a4"
