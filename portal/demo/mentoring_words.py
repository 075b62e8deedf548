"""What people of the demo write about mentoring, in the languages they speak."""

from __future__ import annotations

from dataclasses import dataclass

from portal.core.db import Words


@dataclass(frozen=True)
class Text:
    """A programme in words."""

    title: Words
    summary: Words


@dataclass(frozen=True)
class Talk:
    """One session in words."""

    agenda: str
    notes: str
    action: str


LAST_YEAR = Text(
    {
        "en": "Mentoring round, spring",
        "tr": "Bahar mentorluk dönemi",
        "es": "Ronda de mentoría de primavera",
        "ja": "春のメンタリング",
    },
    {
        "en": "Half a year with a lead of another team, about difficult conversations.",
        "tr": "Başka bir ekibin lideriyle zor görüşmeler üzerine yarım yıl.",
        "es": "Medio año con responsables de otro equipo, sobre conversaciones difíciles.",
        "ja": "難しい会話について、別のチームのリーダーと半年間取り組みます。",
    },
)
THIS_YEAR = Text(
    {
        "en": "Mentoring round, winter",
        "tr": "Kış mentorluk dönemi",
        "es": "Ronda de mentoría de invierno",
        "ja": "冬のメンタリング",
    },
    {
        "en": "For everyone who wants to take the next step: six talks in six months with a"
        " colleague who has taken it already.",
        "tr": "Bir sonraki adımı atmak isteyen herkes için: bu adımı atmış bir iş arkadaşıyla altı"
        " ayda altı görüşme.",
        "es": "Para quien quiera dar el siguiente paso: seis conversaciones en seis meses con"
        " alguien que ya lo ha dado.",
        "ja": "次の一歩を目指すすべての人へ。"
        "すでにその一歩を踏み出した同僚と、半年で6回話し合います。",
    },
)
ALL_YEAR = Text(
    {
        "en": "Find your mentor",
        "tr": "Mentorunu bul",
        "es": "Encuentra a tu mentor",
        "ja": "メンターを探す",
    },
    {
        "en": "Ask a mentor yourself, at any time of the year.",
        "tr": "Yılın her döneminde kendiniz bir mentor isteyin.",
        "es": "Pida usted mismo un mentor, en cualquier momento del año.",
        "ja": "一年を通して、自分でメンターに依頼できます。",
    },
)
ABOUT = {
    "en": "I began on the phone like everybody here, and have led a team for two years.",
    "tr": "Herkes gibi ben de telefonda başladım; iki yıldır bir ekip yönetiyorum.",
    "es": "Empecé al teléfono como todos y llevo dos años al frente de un equipo.",
    "ja": "皆さんと同じく電話応対から始め、この2年はチームを率いています。",
}
HOPES = {
    "en": "I would like to learn how to stay calm when a customer is upset.",
    "tr": "Kızgın bir müşteriyle konuşurken nasıl sakin kalınacağını öğrenmek istiyorum.",
    "es": "Me gustaría aprender a mantener la calma cuando un cliente está molesto.",
    "ja": "お客様がお怒りのときに落ち着いて対応する方法を学びたいです。",
}
REQUEST = {
    "tr": "Merhaba, zor görüşmeleri nasıl yönettiğinizi sizden öğrenmek isterim. Ayda bir kez"
    " konuşabilir miyiz?",
}
PLACE = "https://meet.larkfield.example/mentoring"
SEEN = "Müşterinin sözünü bitirmesini bekledi, sonra konuyu tek cümleyle özetledi."
NEXT = "1. Geri arama nasıl gitti?\n2. Ekip toplantısını yönetmeye hazırlık"
TALKS = (
    Talk(
        "1. Tanışma\n2. Nereye varmak istiyorum?",
        "Hedefimiz: zor görüşmelerde sakin kalmak. Birlikte iki kayıt dinledik.",
        "Zor geçen üç görüşmeyi not al",
    ),
    Talk(
        "1. Üç görüşme\n2. Ne zaman sesim yükseliyor?",
        "Sözünün kesilmesi onu geriyor. Önce özetlemeyi deneyecek.",
        "Her zor görüşmede önce özetle",
    ),
    Talk(
        "1. Özetleme işe yaradı mı?\n2. Ekip lideri neye bakar?",
        "Özetleme işe yaradı. Sıradaki konu: başkalarına geri bildirim vermek.",
        "Bir iş arkadaşının görüşmesini dinleyip geri bildirim ver",
    ),
)
