"""What people of the demo write in a running review, in the language of their site."""

from __future__ import annotations

from portal.core.db import Words

ANSWERS: dict[str, tuple[Words, ...]] = {
    "achievements": (
        {
            "en": "The courier strike in spring: I kept one list of open parcels for the whole team and called the customers before they called us. Repeat contacts fell within a week.",
            "tr": "Bahardaki kargo grevi: Bekleyen paketlerin listesini bütün ekip için tuttum ve müşterileri onlar aramadan aradım. Tekrar aramalar bir haftada azaldı.",
            "es": "La huelga de mensajería de primavera: llevé una única lista de paquetes pendientes y llamé a los clientes antes de que llamaran ellos. Las llamadas repetidas bajaron en una semana.",
            "ja": "春の配送ストライキの際、未着荷物の一覧をチームのためにまとめ、お客様から連絡が来る前にこちらから電話しました。一週間で再問い合わせが減りました。",
        },
        {
            "en": "I rewrote the refund notes so that the night shift no longer has to call back, and helped two new colleagues through their first month.",
            "tr": "İade notlarını, gece vardiyasının geri araması gerekmeyecek biçimde yeniden yazdım ve iki yeni arkadaşa ilk aylarında yardım ettim.",
            "es": "Reescribí las notas de reembolsos para que el turno de noche no tenga que volver a llamar y acompañé a dos compañeros en su primer mes.",
            "ja": "返金メモを書き直し、夜勤が折り返し電話をしなくて済むようにしました。また新人二名の最初の一か月を支えました。",
        },
        {
            "en": "My satisfaction figures rose after I began to sum up each call at its end. Complaints about billing were harder than I had planned.",
            "tr": "Her görüşmenin sonunda özet yapmaya başladıktan sonra memnuniyet puanım yükseldi. Fatura şikâyetleri planladığımdan zordu.",
            "es": "Mi satisfacción subió desde que resumo cada llamada al final. Las quejas de facturación fueron más difíciles de lo previsto.",
            "ja": "通話の最後に要点をまとめるようにしてから満足度が上がりました。請求に関する苦情は予定より難しいものでした。",
        },
    ),
    "next": (
        {
            "en": "I would like to lead the early shift for a quarter and take the coaching course before that.",
            "tr": "Bir çeyrek boyunca sabah vardiyasını yönetmek ve öncesinde koçluk eğitimini almak istiyorum.",
            "es": "Me gustaría llevar el turno de mañana durante un trimestre y hacer antes el curso de acompañamiento.",
            "ja": "一四半期、早番のまとめ役を務めたいです。その前にコーチング研修を受けたいと思います。",
        },
        {
            "en": "More time for the hard cases, and somebody who listens in once a week and tells me what to do better.",
            "tr": "Zor vakalar için daha çok zaman ve haftada bir dinleyip neyi daha iyi yapabileceğimi söyleyen biri.",
            "es": "Más tiempo para los casos difíciles y alguien que escuche una vez por semana y me diga qué mejorar.",
            "ja": "難しい案件にかける時間を増やすことと、週に一度聞いて改善点を教えてくれる人が必要です。",
        },
    ),
    "support": (
        {
            "en": "Keep the short talk on Mondays. Tell us earlier when the plan for the shifts changes.",
            "tr": "Pazartesi kısa görüşmesi kalsın. Vardiya planı değişince daha erken haber verin.",
            "es": "Que siga la charla corta de los lunes. Avisar antes cuando cambie el plan de turnos.",
            "ja": "月曜日の短い面談は続けてください。シフトの変更はもう少し早く知らせてください。",
        },
    ),
    "keep": (
        {
            "en": "Stays calm when the queue is long and says aloud which case comes next.",
            "tr": "Sıra uzunken sakin kalıyor ve sıradaki vakayı yüksek sesle söylüyor.",
            "es": "Mantiene la calma cuando hay cola y dice en voz alta qué caso sigue.",
            "ja": "待ち列が長いときも落ち着いていて、次の案件を声に出して伝えてくれます。",
        },
        {
            "en": "Writes notes one can work with, even at three in the morning.",
            "tr": "Sabaha karşı üçte bile işe yarayan notlar yazıyor.",
            "es": "Escribe notas con las que se puede trabajar, incluso a las tres de la madrugada.",
            "ja": "夜中の三時でもそのまま使えるメモを書いてくれます。",
        },
    ),
    "change": (
        {
            "en": "Ask for help a little earlier instead of staying an hour longer alone.",
            "tr": "Tek başına bir saat daha kalmak yerine biraz daha erken yardım istese.",
            "es": "Pedir ayuda un poco antes en lugar de quedarse solo una hora más.",
            "ja": "一人で一時間残る前に、もう少し早く助けを求めてほしいです。",
        },
        {
            "en": "Let others finish in the meeting before the answer comes.",
            "tr": "Toplantıda yanıt gelmeden önce başkaları sözünü bitirebilse.",
            "es": "Dejar que los demás terminen de hablar en la reunión antes de responder.",
            "ja": "会議では、答える前に他の人の話を最後まで聞いてほしいです。",
        },
    ),
}

NOTES: dict[int, tuple[Words, ...]] = {
    2: (
        {
            "en": "Twice this summer a call had to be repeated because a step was left out.",
            "tr": "Bu yaz bir adım atlandığı için iki kez görüşmenin yinelenmesi gerekti.",
            "es": "Este verano hubo que repetir dos llamadas porque faltó un paso.",
            "ja": "この夏、手順が抜けていたために二度かけ直しが必要でした。",
        },
    ),
    4: (
        {
            "en": "Seen in nearly every call I listened to.",
            "tr": "Dinlediğim hemen her görüşmede gördüm.",
            "es": "Lo vi en casi todas las llamadas que escuché.",
            "ja": "聞いた通話のほとんどで見られました。",
        },
    ),
    5: (
        {
            "en": "Others copy how this is done; two new colleagues learned it here.",
            "tr": "Başkaları bunu örnek alıyor; iki yeni arkadaş burada öğrendi.",
            "es": "Otros copian cómo lo hace; dos compañeros nuevos lo aprendieron aquí.",
            "ja": "周りの手本になっています。新人二名がここで学びました。",
        },
    ),
}
