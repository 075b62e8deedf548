"""The demo's own two licences and its client queues, in four languages."""

from __future__ import annotations

from datetime import date

from portal.certification.operations import CriterionTerms, Terms
from portal.certification.states import CriterionKind, ExpiryMode
from portal.training.models import Course

BROKERAGE = {"en": "Brokerage", "tr": "Aracılık işlemleri", "es": "Valores", "ja": "証券取引"}
COMPLAINTS = {
    "istanbul": {
        "en": "Retail complaints, Turkish",
        "tr": "Bireysel şikâyetler, Türkçe",
        "es": "Reclamaciones de particulares, turco",
        "ja": "個人のお客様の苦情（トルコ語）",
    },
    "madrid": {
        "en": "Retail complaints, Spanish",
        "tr": "Bireysel şikâyetler, İspanyolca",
        "es": "Reclamaciones de particulares, español",
        "ja": "個人のお客様の苦情（スペイン語）",
    },
}
DATA_PROTECTION = {
    "en": "Data protection certificate",
    "tr": "Veri koruma sertifikası",
    "es": "Certificado de protección de datos",
    "ja": "個人情報保護認定",
}
DATA_PROTECTION_TEXT = {
    "en": "Everyone who sees customer data repeats the course each year.",
    "tr": "Müşteri verisini gören herkes eğitimi her yıl yineler.",
    "es": "Quien ve datos de clientes repite el curso cada año.",
    "ja": "顧客情報を扱う全員が毎年研修を受け直します。",
}
DATA_PROTECTION_COURSE = {
    "en": "Complete the course on data protection",
    "tr": "Veri koruma eğitimini tamamlamak",
    "es": "Completar el curso de protección de datos",
    "ja": "個人情報保護の研修を修了する",
}
DISPUTES = {
    "en": "Card disputes licence",
    "tr": "Kart itirazları yetki belgesi",
    "es": "Licencia de disputas de tarjetas",
    "ja": "カード不服申立て対応ライセンス",
}
DISPUTES_TEXT = {
    "en": "Who opens and decides disputes about card payments.",
    "tr": "Kart ödemelerine yapılan itirazları açıp karara bağlayanlar içindir.",
    "es": "Para quien abre y resuelve disputas sobre pagos con tarjeta.",
    "ja": "カード支払いに関する不服申立ての受付と判断を行う人のためのライセンスです。",
}
DISPUTES_CASES = {
    "en": "Decide five cases beside a licensed colleague",
    "tr": "Yetkili bir meslektaşla birlikte beş dosyayı karara bağlamak",
    "es": "Resolver cinco casos junto a una persona con licencia",
    "ja": "ライセンスを持つ同僚と5件の事案を判断する",
}
DISPUTES_RULES = {
    "en": "Pass the test on the new rules of the card schemes",
    "tr": "Kart kuruluşlarının yeni kuralları sınavını geçmek",
    "es": "Aprobar el examen sobre las nuevas normas de las marcas de tarjetas",
    "ja": "カードブランドの新ルールに関する試験に合格する",
}
PAPER = {
    "en": "Result of the exam: passed.\n",
    "tr": "Sınav sonucu: geçti.\n",
    "es": "Resultado del examen: apto.\n",
    "ja": "試験結果:合格\n",
}
FILED = {
    "en": "Seen and filed with the personnel record.",
    "tr": "Görüldü ve özlük dosyasına kondu.",
    "es": "Visto y archivado en el expediente personal.",
    "ja": "内容を確認し、人事記録に保管しました。",
}
SHOWN = {
    "en": "Done. My team lead was there.",
    "tr": "Tamamladım. Ekip liderim de oradaydı.",
    "es": "Hecho. Mi líder de equipo estuvo presente.",
    "ja": "完了しました。チームリーダーが立ち会いました。",
}
ON_LEAVE = {
    "en": "Parental leave until spring; the course follows after the return.",
    "tr": "Bahara kadar ebeveyn izninde; eğitimi dönüşünde alacak.",
    "es": "Permiso parental hasta la primavera; hará el curso a su vuelta.",
    "ja": "春まで育児休業中のため、研修は復帰後に受講します。",
}
UNSIGNED = {
    "en": "Two decisions were made without the second signature the licence asks for.",
    "tr": "İki karar, yetki belgesinin istediği ikinci imza olmadan verildi.",
    "es": "Se tomaron dos decisiones sin la segunda firma que exige la licencia.",
    "ja": "ライセンスで必要な2人目の署名なしに、2件の判断が行われました。",
}
ONE_PAGE = {
    "en": "The scan shows the first page only. Please add the page with the result.",
    "tr": "Taramada yalnızca ilk sayfa var. Lütfen sonucun bulunduğu sayfayı ekleyin.",
    "es": "El escaneo solo muestra la primera página. Añada la página con el resultado, por favor.",
    "ja": "スキャンには1ページ目しかありません。結果のページを追加してください。",
}


def data_protection(course: Course, effective_from: date) -> tuple[Terms, CriterionTerms]:
    """The yearly certificate that follows from a course by itself."""
    terms = Terms(
        name=DATA_PROTECTION,
        short="DPC",
        issuer="Larkfield",
        description=DATA_PROTECTION_TEXT,
        mode=ExpiryMode.COMPLETION,
        effective_from=effective_from,
        period_months=12,
        window_days=60,
        grace_days=30,
        needs_check=False,
    )
    asked = CriterionTerms(
        kind=CriterionKind.EDUCATION, text=DATA_PROTECTION_COURSE, course=course, at_renewal=True
    )
    return terms, asked


def disputes(effective_from: date, *, newer: bool = False) -> tuple[Terms, list[CriterionTerms]]:
    """The licence of the card teams; the newer rule ends what was given under the older."""
    terms = Terms(
        name=DISPUTES,
        short="CDL",
        issuer="Larkfield",
        description=DISPUTES_TEXT,
        mode=ExpiryMode.COMPLETION,
        effective_from=effective_from,
        period_months=24,
        window_days=60,
        voids_older=newer,
    )
    asked = [CriterionTerms(kind=CriterionKind.EXPERIENCE, text=DISPUTES_CASES)]
    if newer:
        test = CriterionTerms(
            kind=CriterionKind.EXAM, text=DISPUTES_RULES, needs_file=True, at_renewal=True
        )
        asked.append(test)
    return terms, asked
