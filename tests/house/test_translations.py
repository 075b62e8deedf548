"""Every text of the interface is translated, with the same placeholders, in every language."""

import pytest

from portal.core import catalogues

pytestmark = pytest.mark.once("reads the catalogues, no database")


def test_no_translation_is_missing_or_faulty() -> None:
    assert list(catalogues.problems(catalogues.gather())) == []
