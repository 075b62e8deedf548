"""Hours of continuing education that people of the demo claim from elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

from portal.core import clock
from portal.core.db import db
from portal.demo.awarding import paper_of
from portal.demo.calendar import days_ago
from portal.demo.cast import Cast
from portal.training import operations as training
from portal.training.queries import category_with_key


@dataclass(frozen=True)
class Claim:
    """What somebody claims so many days ago; ``counts`` is ``None`` while nobody looked."""

    who: str
    days: float
    category: str
    hours: float
    title: str
    provider: str
    counts: bool | None = True
    note: str = ""


CLAIMS = (
    Claim("associate", 210, "product", 3, "Kredi kartı ürünleri semineri", "Bankacılık Akademisi"),
    Claim("associate", 120, "compliance", 2.5, "Tüketici hukuku güncellemesi", "Baro Akademi"),
    Claim("associate", 60, "general", 1.5, "Zor görüşmelerde sakin kalmak", "İletişim Atölyesi"),
    Claim(
        "associate", 25, "general", 4, "Podcast dinlemek", "–", counts=False,
        note="Saatler, eğitimi veren kurum onaylarsa sayılır. Lütfen bir katılım belgesi isteyin.",
    ),
    Claim("associate", 3, "ethics", 1, "Finansta etik", "Açık Üniversite", counts=None),
    Claim("interviewer2", 80, "product", 2, "Sigorta ürünleri", "Sigorta Enstitüsü"),
    Claim("interviewer1", 2, "compliance", 1.5, "KVKK uygulamaları", "Baro Akademi", counts=None),
    Claim("lead", 40, "ethics", 2, "Adil karar vermek", "Açık Üniversite"),
)  # fmt: skip


def claim_all(cast: Cast) -> None:
    """Each is claimed on its day and looked at two days later."""
    for one in CLAIMS:
        me = cast.account(one.who)
        with days_ago(one.days):
            credit = training.claim_credit(
                cast.person(one.who),
                category=db.session.scalars(category_with_key(one.category)).one(),
                minutes=round(one.hours * 60),
                earned_on=clock.today(),
                title=one.title,
                provider=one.provider,
                file=paper_of(cast.person(one.who), "proof.txt"),
                by=me,
            )
            db.session.flush()
        if one.counts is not None:
            with days_ago(one.days - 2):
                training.decide_credit(
                    credit, counts=one.counts, note=one.note, by=cast.account("hr")
                )
