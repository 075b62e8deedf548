"""What hiring shows to machines and prints, one module for each noun."""

from portal.hiring.documents.feeds import Entry, cdata, entry, pay_text
from portal.hiring.documents.job_posting import (
    as_script,
    description_html,
    posting_url,
    structured_data,
)
from portal.hiring.documents.poster import Poster, poster_of, register

__all__ = [
    "Entry",
    "Poster",
    "as_script",
    "cdata",
    "description_html",
    "entry",
    "pay_text",
    "poster_of",
    "posting_url",
    "register",
    "structured_data",
]
