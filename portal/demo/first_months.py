"""What people of the demo say about their first months, in their languages."""

from __future__ import annotations

HIRE_SAYS = {
    "en": "My buddy answers every question. I would like to hear more difficult calls.",
    "tr": "Destek arkadaşım her sorumu yanıtlıyor. Daha zor görüşmeleri de dinlemek isterim.",
    "es": "Mi acompañante responde a todo. Me gustaría escuchar llamadas más difíciles.",
    "ja": "バディが何でも教えてくれます。難しい応対ももっと聞いてみたいです。",
}
MANAGER_SAYS = {
    "en": "Friendly and exact. Notes after a call still take too long.",
    "tr": "Güler yüzlü ve dikkatli. Görüşme sonrası notlar hâlâ uzun sürüyor.",
    "es": "Trato amable y preciso. Las notas tras la llamada aún llevan demasiado tiempo.",
    "ja": "丁寧で正確です。応対後の記録にまだ時間がかかります。",
}
AGREED = {
    "en": "Hear two difficult calls together",
    "tr": "İki zor görüşmeyi birlikte dinlemek",
    "es": "Escuchar juntos dos llamadas difíciles",
    "ja": "難しい応対を2件一緒に聞く",
}
REASONS = {
    "pass": {
        "en": "Customers praise the calm tone; quality has been above target for five weeks.",
        "tr": "Müşteriler sakin üslubu övüyor; kalite beş haftadır hedefin üzerinde.",
        "es": "Los clientes elogian su calma; la calidad supera el objetivo desde hace 5 semanas.",
        "ja": "落ち着いた話し方が好評で、品質は5週間連続で目標を上回っています。",
    },
    "extend": {
        "en": "The will is there, but four of ten reviewed calls missed a step of the process.",
        "tr": "İstekli; ancak incelenen on görüşmenin dördünde sürecin bir adımı atlandı.",
        "es": "Pone interés, pero en 4 de 10 llamadas revisadas faltó un paso del proceso.",
        "ja": "意欲はありますが、確認した応対10件のうち4件で手順が抜けていました。",
    },
    "end": {
        "en": "After two check-ins with clear agreements the same customer data was shared again.",
        "tr": "Açık kararlar alınan iki görüşmeden sonra müşteri verisi yeniden paylaşıldı.",
        "es": "Tras dos reuniones con acuerdos claros volvió a compartir datos de clientes.",
        "ja": "2回の面談で取り決めた後も、顧客情報の取り扱いに再び違反がありました。",
    },
}
MESSAGES = {
    "extend": {
        "en": "You have come a long way already; these weeks are for the last steps.",
        "tr": "Şimdiden çok yol aldınız; bu haftalar son adımlar için.",
        "es": "Ya ha avanzado mucho; estas semanas son para los últimos pasos.",
        "ja": "すでに大きく成長されています。この期間で最後の仕上げをしましょう。",
    }
}
NEW_TASK = {
    "title": {
        "en": "Work one late shift together",
        "tr": "Bir akşam vardiyasında birlikte çalışın",
        "es": "Trabajar juntos un turno de tarde",
        "ja": "遅番シフトの同行",
    },
    "help": {
        "en": "Evenings bring other questions: show which ones, and whom to call then.",
        "tr": "Akşamları başka sorular gelir: hangileri olduğunu ve kimin aranacağını gösterin.",
        "es": "Por la tarde llegan otras consultas: enseñe cuáles y a quién llamar entonces.",
        "ja": "夜間は問い合わせの内容が変わります。主な内容と連絡先を教えてください。",
    },
}
