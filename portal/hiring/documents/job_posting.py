"""A posting as schema.org ``JobPosting``, which search engines read from its page."""

from __future__ import annotations

import json
from datetime import datetime, time
from decimal import Decimal
from html import escape
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

from portal.core import i18n, mail
from portal.core.db import Json
from portal.hiring.models import Posting
from portal.people.brand import Shown
from portal.people.models import Site


def structured_data(posting: Posting, text: Json, organisation: Shown) -> Json:
    """The JSON-LD of an open posting in the language of ``text``; amounts in whole units."""
    requisition = posting.requisition
    data: Json = {
        "@context": "https://schema.org/",
        "@type": "JobPosting",
        "title": text["title"],
        "description": description_html(text),
        "identifier": {
            "@type": "PropertyValue", "name": organisation.name, "value": reference(posting),
        },
        "url": posting_url(posting, text["language"]),
        "datePosted": i18n.iso(posting.opens_on),
        "employmentType": str(posting.employment_type).upper(),
        "hiringOrganization": _organisation(organisation),
        "jobLocation": {"@type": "Place", "address": _address(requisition.site)},
        "baseSalary": _salary(posting),
        "totalJobOpenings": requisition.openings_left,
        "directApply": True,
    }  # fmt: skip
    if posting.closes_on:
        data["validThrough"] = valid_through(posting)
    if posting.remote:
        data["jobLocationType"] = "TELECOMMUTE"
        data["applicantLocationRequirements"] = {
            "@type": "Country", "name": requisition.site.country,
        }  # fmt: skip
    return data


def as_script(data: Json) -> str:
    """JSON that may stand in a script element: nothing in it can end the element."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for sign, escaped in (("<", "\\u003c"), (">", "\\u003e"), ("&", "\\u0026"),
                          ("\u2028", "\\u2028"), ("\u2029", "\\u2029")):  # fmt: skip
        text = text.replace(sign, escaped)
    return text


def reference(posting: Posting) -> str:
    """The number of a posting in feeds and search engines; it never changes."""
    return f"P-{posting.id}"


def posting_url(posting: Posting, language: str | None = None) -> str:
    """The full address of the public page, in a language if given."""
    url = mail.link("careers.posting", slug=posting.slug)
    return f"{url}?lang={language}" if language else url


def valid_through(posting: Posting) -> str:
    """The end of the last day where the site is, as ISO 8601 with its offset."""
    assert posting.closes_on is not None
    zone = ZoneInfo(posting.requisition.site.time_zone)
    return datetime.combine(posting.closes_on, time(23, 59, 59), zone).isoformat()


def description_html(text: Json) -> str:
    """The whole text as plain HTML: paragraphs and lists."""
    needed = [one["text"] for one in text["qualifications"] if one["must"]]
    welcome = [one["text"] for one in text["qualifications"] if not one["must"]]
    return "".join(
        (
            _paragraphs(text["opening"]),
            _list(text["duties"]),
            _list(needed),
            _list(welcome),
            _list(text["benefits"]),
            _paragraphs(text["how_to_apply"]),
            _paragraphs(text["closing"]),
        )
    )


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{escape(part.strip())}</p>" for part in text.split("\n\n") if part.strip())


def _list(entries: list[str]) -> str:
    lines = "".join(f"<li>{escape(entry)}</li>" for entry in entries)
    return f"<ul>{lines}</ul>" if lines else ""


def _organisation(organisation: Shown) -> Json:
    site = mail.link("careers.postings")
    found = {"@type": "Organization", "name": organisation.name, "sameAs": site}
    if organisation.logo_url:
        found["logo"] = urljoin(site, organisation.logo_url)
    return found


def _address(site: Site) -> Json:
    parts = {
        "streetAddress": site.street,
        "addressLocality": site.city,
        "addressRegion": site.region,
        "postalCode": site.postal_code,
        "addressCountry": site.country,
    }
    return {"@type": "PostalAddress"} | {name: value for name, value in parts.items() if value}


def _salary(posting: Posting) -> Json:
    requisition = posting.requisition
    currency = requisition.pay_currency
    return {
        "@type": "MonetaryAmount",
        "currency": currency,
        "value": {
            "@type": "QuantitativeValue",
            "minValue": whole_units(requisition.pay_minimum, currency),
            "maxValue": whole_units(requisition.pay_maximum, currency),
            "unitText": str(requisition.pay_period).upper(),
        },
    }


def whole_units(minor: int, currency: str) -> int | float:
    """An amount in units of its currency: 4800050 kuruş are 48000.5 lira."""
    amount = Decimal(minor).scaleb(-i18n.currency_digits(currency))
    return int(amount) if amount == int(amount) else float(amount)
