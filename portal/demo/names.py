"""Names for the demo, as people in each country bear them; Japanese ones with their reading."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import NamedTuple

from portal.core.i18n import fold


class Name(NamedTuple):
    """A name with the reading of a Japanese one and its letters for an e-mail address."""

    given: str
    family: str
    reading: str = ""
    latin: str = ""


TURKISH = (
    [
        "Elif",
        "Defne",
        "Zeynep",
        "Ayşe",
        "Merve",
        "Ece",
        "Pınar",
        "İrem",
        "Ceren",
        "Gülşah",
        "Şule",
        "Işıl",
        "Mert",
        "Can",
        "Emre",
        "Burak",
        "Umut",
        "Kağan",
        "Ömer",
        "Yiğit",
        "İlker",
        "Çağrı",
        "Tolga",
        "Deniz",
    ],
    [
        "Aydın",
        "Kaya",
        "Yıldız",
        "Şahin",
        "Öztürk",
        "Çelik",
        "Doğan",
        "Arslan",
        "Koç",
        "Güler",
        "Uçar",
        "Acar",
        "Aksoy",
        "Polat",
        "Bal",
        "Er",
        "Işık",
        "Yılmaz",
        "Gündüz",
        "Özdemir",
    ],
)
SPANISH = (
    [
        "Marta",
        "Lucía",
        "Sofía",
        "Ángela",
        "Inés",
        "Nuria",
        "Begoña",
        "Pilar",
        "Carmen",
        "Álvaro",
        "Íñigo",
        "Jorge",
        "Raúl",
        "Sergio",
        "Hugo",
        "Martín",
        "Óscar",
        "Andrés",
    ],
    [
        "Ruiz Gómez",
        "Muñoz Ibáñez",
        "García Peña",
        "López Núñez",
        "Sánchez Vidal",
        "Fernández Cano",
        "Ortega Soler",
        "Iglesias Mora",
        "Castaño Ríos",
        "Domínguez Rey",
        "Álvarez Pons",
        "Prieto Vega",
    ],
)
IRISH = (
    [
        "Aoife",
        "Ciara",
        "Niamh",
        "Saoirse",
        "Grace",
        "Hannah",
        "Róisín",
        "Orla",
        "Conor",
        "Liam",
        "Seán",
        "Oisín",
        "Eoin",
        "Patrick",
        "Daniel",
        "Declan",
        "Fionn",
        "Cian",
    ],
    [
        "Byrne",
        "Murphy",
        "Walsh",
        "Kelly",
        "O’Brien",
        "Doyle",
        "McCarthy",
        "Gallagher",
        "Nolan",
        "Quinn",
        "Kavanagh",
        "Lynch",
        "Moran",
        "Daly",
    ],
)
JAPANESE = (
    [
        ("美咲", "みさき", "misaki"),
        ("陽菜", "ひな", "hina"),
        ("葵", "あおい", "aoi"),
        ("結衣", "ゆい", "yui"),
        ("さくら", "さくら", "sakura"),
        ("真由美", "まゆみ", "mayumi"),
        ("健太", "けんた", "kenta"),
        ("大輔", "だいすけ", "daisuke"),
        ("翔", "しょう", "sho"),
        ("蓮", "れん", "ren"),
        ("直樹", "なおき", "naoki"),
        ("悠真", "ゆうま", "yuma"),
        ("麻衣", "まい", "mai"),
        ("拓也", "たくや", "takuya"),
    ],
    [
        ("髙橋", "たかはし", "takahashi"),
        ("山﨑", "やまざき", "yamazaki"),
        ("佐藤", "さとう", "sato"),
        ("鈴木", "すずき", "suzuki"),
        ("田中", "たなか", "tanaka"),
        ("渡邉", "わたなべ", "watanabe"),
        ("森", "もり", "mori"),
        ("小林", "こばやし", "kobayashi"),
        ("中村", "なかむら", "nakamura"),
        ("吉田", "よしだ", "yoshida"),
        ("齋藤", "さいとう", "saito"),
        ("清水", "しみず", "shimizu"),
    ],
)
ARABIC = (
    ["ليلى", "مريم", "يوسف", "عمر"],
    ["حداد", "منصور", "خليل"],
)


def names(language: str, random: Random, taken: set[tuple[str, str]]) -> Iterator[Name]:
    """An endless line of names, none of those taken, which grow."""
    while True:
        name = _name(language, random)
        if (name.given, name.family) not in taken:
            taken.add((name.given, name.family))
            yield name


def _name(language: str, random: Random) -> Name:
    if language == "ja":
        first, last = random.choice(JAPANESE[0]), random.choice(JAPANESE[1])
        return Name(first[0], last[0], f"{last[1]} {first[1]}", f"{first[2]}.{last[2]}")
    if language == "ar":
        number = random.randrange(100, 999)
        return Name(random.choice(ARABIC[0]), random.choice(ARABIC[1]), "", f"candidate{number}")
    source = {"tr": TURKISH, "es": SPANISH, "en": IRISH}[language]
    given, family = random.choice(source[0]), random.choice(source[1])
    latin = fold(f"{given}.{family}").replace("’", "").replace(" ", "-")
    return Name(given, family, "", latin)
