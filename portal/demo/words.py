"""What demo candidates and interviewers write, in their own languages."""

from __future__ import annotations

HEADLINES = {
    "tr": (
        "Perakende bankacılıkta 4 yıl",
        "Çağrı merkezinde 2 yıl",
        "Otel ön büro",
        "Sigorta hasar dosyaları",
        "E-ticaret destek",
        "Yeni mezun, işletme",
    ),
    "es": (
        "4 años en banca minorista",
        "Centro de llamadas, 2 años",
        "Recepción de hotel",
        "Tramitación de siniestros",
        "Soporte de comercio electrónico",
        "Recién graduada en ADE",
    ),
    "ja": (
        "銀行窓口4年",
        "コールセンター2年",
        "ホテルフロント",
        "保険金請求事務",
        "ECサポート",
        "経営学部新卒",
    ),
    "en": (
        "4 years in retail banking",
        "Call centre, 2 years",
        "Hotel front desk",
        "Insurance claims",
        "Online shop support",
        "Business graduate",
    ),
    "ar": (
        "4 years in retail banking",
        "Arabic and English support",
        "Hotel front desk",
        "Insurance claims",
        "Online shop support",
        "Business graduate",
    ),
}
LETTERS = {
    "tr": "Müşterilerle çalışmayı seviyorum: sakin kalıp sorunu gerçekten çözmek bana iyi geliyor. Vardiyalı çalışabilirim.",
    "es": "Me gusta tratar con clientes: mantener la calma y resolver de verdad el problema. Puedo trabajar por turnos.",
    "ja": "お客様と向き合い、落ち着いて問題を解決することにやりがいを感じます。シフト勤務も可能です。",
    "en": "I like working with customers: staying calm and really solving the problem. Shift work suits me.",
    "ar": "I speak Arabic and English with customers every day and would like to do so with you.",
}
CONSENT = {
    "tr": "Başvurumun değerlendirilmesi için verilerimin işlenmesini kabul ediyorum.",
    "es": "Acepto que se traten mis datos para evaluar mi candidatura.",
    "ja": "応募の選考のために個人情報が取り扱われることに同意します。",
    "en": "I agree that my data are processed to assess my application.",
    "ar": "I agree that my data are processed to assess my application.",
}
NOTES = {
    "tr": (
        "Müşteri üçüncü kez aynı sorunla aramış. Önce kayıtları okumuş, sonra IT ile konuşmuş; bir hafta sonra geri aramış.",
        "Bağıran müşteriyi dinlemiş, duygusunu adlandırmış, iki seçenek sunmuş. Müşteri teşekkür ederek kapatmış.",
        "Örneği genel kaldı, sorunca ayrıntı geldi: formu kendisi sadeleştirmiş, hatalar yarıya inmiş.",
        "Yoğun saatte iki çağrıyı sıraya koymuş, bekleyene süre söylemiş ve sözünü tutmuş.",
    ),
    "es": (
        "El cliente llamó por tercera vez. Leyó primero el historial, habló con TI y llamó de vuelta a la semana.",
        "Escuchó a la clienta enfadada, nombró su malestar y ofreció dos salidas. Terminó dando las gracias.",
        "El ejemplo era general; al preguntar contó cómo simplificó el formulario y bajaron los errores.",
        "En hora punta ordenó dos llamadas, dijo el tiempo de espera y lo cumplió.",
    ),
    "ja": (
        "同じ件で3回目の電話。まず履歴を読み、ITに確認し、1週間後に折り返したとのこと。",
        "怒っているお客様の話を最後まで聞き、気持ちを言葉にして選択肢を2つ示した。",
        "例は一般的だったが、尋ねると申込書を自分で簡素化し、誤りが半減したと具体的に話した。",
        "繁忙時に2件を順番に並べ、待ち時間を伝えて約束どおり対応した。",
    ),
    "en": (
        "Third call about the same thing. Read the record first, asked IT, called back after a week: fixed.",
        "Let the angry customer finish, named the feeling, offered two ways out. The customer thanked her.",
        "Stayed general at first; when asked, told how he cut the form in half and errors fell.",
        "Two calls at once at the peak: put them in order, named the waiting time and kept it.",
    ),
}
OVERRIDE_NOTE = (
    "The work sample she sent is clearly above what the two questions on writing showed."
)
CV = "{name}\n\n{headline}\n\n{letter}\n"
