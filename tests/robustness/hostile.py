"""What people and machines send that no form asked for, as literal values."""

from __future__ import annotations

SCRIPT = "<script>alert(1)</script>"
IMAGE = '"><img src=x onerror=1>'

SHORT = {
    "empty": "", "blanks": "  \t  ", "script": SCRIPT, "image": IMAGE, "jinja": "{{7*7}}",
    "percent": "%(x)s", "braces": "{0}", "nul": "a\x00b", "controls": "a\x07\x1b[31m\x9f",
    "right to left": "\u202eevil\u202c", "four bytes": "👩🏽‍💻𠮷𪚥", "minus": "-1", "zero": "0",
    "infinite": "1e309", "huge": "99999999999999999999", "arabic digit": "٣", "superscript": "²",
    "no such day": "2026-02-31", "day zero": "0000-00-00", "last day": "9999-12-31",
    "last moment": "9999-12-31T23:59", "first moment": "0001-01-01T00:00",
    "other order": "24/11/2026", "foreign id": "2147483647", "too big an id": "9223372036854775808",
    "lone combining": "\u0301\u0301\u0301", "nan": "NaN", "path": "../../etc/passwd",
}  # fmt: skip
LONG = {"long": "x" * 10_000, "very long": "ğ" * 200_000}
VALUES = SHORT | LONG
