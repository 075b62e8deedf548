"""What hiring shows to machines and prints, one module for each noun."""

from portal.hiring.documents.feeds import Entry, cdata, entry, pay_text
from portal.hiring.documents.job_posting import (
    as_script,
    description_html,
    posting_url,
    structured_data,
)

__all__ = [
    "Entry",
    "as_script",
    "cdata",
    "description_html",
    "entry",
    "pay_text",
    "posting_url",
    "structured_data",
]
