"""Names from five worlds, with readings, Latin letters for addresses, and their sort keys."""

from __future__ import annotations

from random import Random
from typing import NamedTuple

from portal.core.i18n import LOCALES, fold
from portal.people.models import sort_name

TURKISH = (
    (
        "Elif Defne Zeynep Ayşe Merve Ece Pınar İrem Ceren Gülşah Şule Işıl Özge Tuğçe Nazlı Selin "
        "Büşra Yağmur Mert Can Emre Burak Umut Kağan Ömer Yiğit İlker Çağrı Tolga Deniz Oğuz Şahin "
        "Barış Hüseyin İsmail Uğur Gökhan Serkan"
    ),
    (
        "Aydın Kaya Yıldız Şahin Öztürk Çelik Doğan Arslan Koç Güler Uçar Acar Aksoy Polat Bal Er "
        "Işık Yılmaz Gündüz Özdemir Şimşek İnce Çetin Kılıç Bulut Taşkın Ünal Erdoğan Aslan "
        "Korkmaz Güneş Yavuz Tekin Sarı Bozkurt Demir"
    ),
)
SPANISH = (
    (
        "Marta Lucía Sofía Ángela Inés Nuria Begoña Pilar Carmen Elena Rocío Noelia Álvaro Íñigo "
        "Jorge Raúl Sergio Hugo Martín Óscar Andrés Pablo Javier Joaquín Tomás Adrián"
    ),
    (
        "Ruiz Gómez Muñoz Ibáñez García Peña López Núñez Sánchez Vidal Fernández Cano Ortega Soler "
        "Iglesias Mora Castaño Ríos Domínguez Rey Álvarez Pons Prieto Vega Herrera Benítez Marín"
    ),
)
LATIN = (
    (
        "Aoife Ciara Niamh Grace Hannah Róisín Orla Sophie Emma Charlotte Anna Julia Zuzana Conor "
        "Liam Seán Oisín Daniel Declan Fionn Cian Jack Thomas Łukasz Søren Jürgen Chloé Zoë"
    ),
    (
        "Byrne Murphy Walsh Kelly O’Brien Doyle McCarthy Gallagher Nolan Quinn Lynch Moran Daly "
        "Smith Taylor Brown Wilson Evans Robinson Wright Novák Kowalski Müller Dubois Jensen Hughes"
    ),
)
JAPANESE = (
    (
        "美咲:みさき:misaki 陽菜:ひな:hina 葵:あおい:aoi 結衣:ゆい:yui さくら:さくら:sakura "
        "真由美:まゆみ:mayumi 健太:けんた:kenta 大輔:だいすけ:daisuke 翔:しょう:sho 蓮:れん:ren "
        "直樹:なおき:naoki 悠真:ゆうま:yuma 麻衣:まい:mai 拓也:たくや:takuya 恵子:けいこ:keiko "
        "優子:ゆうこ:yuko 学:まなぶ:manabu 誠:まこと:makoto 彩:あや:aya 千尋:ちひろ:chihiro"
    ),
    (
        "髙橋:たかはし:takahashi 山﨑:やまざき:yamazaki 佐藤:さとう:sato 鈴木:すずき:suzuki "
        "田中:たなか:tanaka 渡邉:わたなべ:watanabe 森:もり:mori 小林:こばやし:kobayashi "
        "中村:なかむら:nakamura 吉田:よしだ:yoshida 齋藤:さいとう:saito 清水:しみず:shimizu "
        "伊藤:いとう:ito 山本:やまもと:yamamoto 加藤:かとう:kato 山田:やまだ:yamada "
        "松本:まつもと:matsumoto 井上:いのうえ:inoue 木村:きむら:kimura 林:はやし:hayashi"
    ),
)
ARABIC = (
    (
        "ليلى::layla مريم::maryam يوسف::yusuf عمر::omar فاطمة::fatima خالد::khalid نور::nur "
        "سلمى::salma كريم::karim هدى::huda زيد::zayd رنا::rana"
    ),
    (
        "حداد::haddad منصور::mansour خليل::khalil الخطيب::alkhatib نجار::najjar سالم::salem "
        "الشامي::alshami حسن::hassan عباس::abbas قاسم::qasim"
    ),
)
SHARES = (
    ("tr", TURKISH, 35),
    ("es", SPANISH, 20),
    ("ja", JAPANESE, 20),
    ("en", LATIN, 20),
    ("ar", ARABIC, 5),
)


class Name(NamedTuple):
    """A name, its language, its letters for an address, and its place in each alphabet."""

    given: str
    family: str
    reading: str
    latin: str
    language: str
    sort: tuple[str, ...]


def pool(random: Random) -> list[Name]:
    """Every combination of given and family names, as often as its language's share demands."""
    drawn: list[Name] = []
    for language, (givens, families), share in SHARES:
        every = [
            _name(given, family, language)
            for given in givens.split()
            for family in families.split()
        ]
        drawn += random.choices(every, k=share * 200)
    random.shuffle(drawn)
    return drawn


def _name(given: str, family: str, language: str) -> Name:
    first, last = _parts(given), _parts(family)
    reading = f"{last[1]} {first[1]}".strip()
    latin = ".".join(fold(part).replace("’", "") for part in (first[2], last[2]))
    spoken = "en" if language == "ar" else language
    sort = tuple(sort_name(first[0], last[0], reading, locale) for locale in LOCALES)
    return Name(first[0], last[0], reading, latin, spoken, sort)


def _parts(text: str) -> tuple[str, str, str]:
    if ":" not in text:
        return text, "", text
    written, reading, latin = text.split(":")
    return written, reading, latin
