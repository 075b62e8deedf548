"""A letter for the tests: every language, terms, a chart, two pages if asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum

from portal.core.brand import Brand
from portal.core.documents import Seal


class Shift(Enum):
    """When somebody works."""

    EARLY = "early"
    LATE = "late"


@dataclass(frozen=True)
class Term:
    """One line of the terms."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True)
class Letter:
    """What the demonstration letter says."""

    title: str
    recipient: str
    paragraphs: tuple[str, ...]
    terms: tuple[Term, ...] = ()
    starts_on: date = date(2027, 1, 11)
    sent_at: datetime = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
    factor: Decimal = Decimal("1.50")
    shift: Shift = Shift.EARLY
    with_chart: bool = False
    signers: tuple[tuple[str, str], ...] = (("Elif Şahin", "Head of People"), ("", "Signature"))


BRAND = Brand(
    name="Kuzey Customer Care",
    address="Büyükdere Caddesi 112\n34394 Şişli, İstanbul\nkariyer@kuzey.example",
)
SEAL = Seal(
    "7K2M-9QXB-04TD-HJ5R-W8CE-N3PA",
    "https://portal.kuzey.example/verify/7K2M-9QXB-04TD-HJ5R-W8CE-N3PA",
    datetime(2026, 11, 24, 9, 0, tzinfo=UTC),
)

ENGLISH = Letter(
    title="Offer of employment",
    recipient="Deniz Yılmaz",
    paragraphs=(
        "Dear Deniz Yılmaz,",
        (
            "Thank you for the two conversations with our team. The panel was unanimous: your way of "  # noqa: E501
            "listening first and then solving the right problem is what our customers need, and we "
            "would like you to join us as Customer Service Associate."
        ),
        (
            "These terms are complete; nothing else has been agreed. If a question remains, your "
            "future team lead is glad to answer it before you decide."
        ),
        "We look forward to working with you.",
    ),
    terms=(
        Term("Role", "Customer Service Associate"),
        Term("Team and place", "Voice Team B, İstanbul", "Hybrid, three days a week on site"),
        Term("First day", "11 January 2027"),
        Term("Pay", "TRY 31,500.50 a month", "Bonus up to 10% by the published plan"),
        Term("Probation", "2 months"),
    ),
)
TURKISH = Letter(
    title="İş teklifi",
    recipient="Iğdır Şükrü Çağlayan",
    paragraphs=(
        "Sayın Şükrü Çağlayan,",
        (
            "ekibimizle yaptığınız iki görüşme için teşekkür ederiz. Değerlendirme kurulu oy "
            "birliğiyle karar verdi: önce dinleyip sonra doğru sorunu çözen yaklaşımınız, "
            "müşterilerimizin tam da ihtiyaç duyduğu şey. Sizi Müşteri Hizmetleri Temsilcisi olarak "  # noqa: E501
            "aramızda görmek isteriz."
        ),
        (
            "Aşağıdaki koşullar eksiksizdir; bunların dışında kararlaştırılmış bir konu yoktur. "
            "Sorularınız varsa kararınızdan önce ekip lideriniz yanıtlamaktan memnuniyet duyar."
        ),
    ),
    terms=(
        Term("Görev", "Müşteri Hizmetleri Temsilcisi"),
        Term("Ekip ve yer", "Sesli Destek B, İstanbul", "Hibrit, haftada üç gün ofiste"),
        Term("İlk gün", "11 Ocak 2027"),
        Term("Ücret", "Aylık ₺31.500,50", "Yayımlanan plana göre %10’a kadar prim"),
    ),
    signers=(("Elif Şahin", "İnsan Kaynakları"), ("", "İmza")),
)
SPANISH = Letter(
    title="Oferta de empleo",
    recipient="María Núñez Ibáñez",
    paragraphs=(
        "Estimada María Núñez:",
        (
            "Gracias por las dos conversaciones con nuestro equipo. ¿Qué nos convenció? Su manera de "  # noqa: E501
            "escuchar primero y resolver después el problema correcto. Nos gustaría que se "
            "incorporara como asociada de atención al cliente."
        ),
        "Las condiciones siguientes están completas; no se ha acordado nada más.",
    ),
    terms=(
        Term("Puesto", "Asociada de atención al cliente"),
        Term("Inicio", "11 de enero de 2027"),
    ),
    signers=(("Elif Şahin", "Dirección de Personas"), ("", "Firma")),
)
JAPANESE = Letter(
    title="採用内定通知書",
    recipient="髙橋 美咲 様",
    paragraphs=(
        "拝啓 時下ますますご清栄のこととお喜び申し上げます。",
        (
            "このたびは弊社の選考にお越しいただき、誠にありがとうございました。慎重に検討を重ねました結果、"
            "貴殿をカスタマーサービス・アソシエイトとして採用することを内定いたしましたので、ここにご通知申し上げます。"
            "お客様のお話をまず伺い、正しい課題を解決なさる姿勢を、選考に携わった全員が高く評価いたしました。"
        ),
        "労働条件は下記のとおりです。①ご不明な点は﨑山（㈱北ケア）までお問い合わせください。「承諾」のご返答は期日までにお願いいたします。",
    ),
    terms=(
        Term("職種", "カスタマーサービス・アソシエイト"),
        Term("勤務地", "東京都千代田区丸の内一丁目", "週三日出社のハイブリッド勤務"),
        Term("入社日", "2027年1月11日"),
        Term("給与", "月額 310,000円"),
    ),
    signers=(("シャーヒン・エリフ", "人事部長"), ("", "署名")),
)
LETTERS = {"en": ENGLISH, "tr": TURKISH, "es": SPANISH, "ja": JAPANESE}
