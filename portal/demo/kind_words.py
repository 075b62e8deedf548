"""What people of the demo thank each other for, by language and value, and write in surveys."""

from __future__ import annotations

PRAISE: dict[str, tuple[tuple[str, str], ...]] = {
    "tr": (
        ("customer_first", "Yaşlı müşterimizle yarım saat sabırla konuştun; ekstresini sonunda kendi başına okuyabildi."),
        ("teamwork", "Sistem çöktüğünde vardiyan bitmişti ama kalıp hepimize destek oldun."),
        ("quality", "Kayıt notların o kadar açık ki dosyayı devralınca tek soru sormam gerekmedi."),
        ("learning", "Poliçe değişikliğini bir sayfada özetledin, bütün ekip onu kullanıyor."),
        ("respect", "Toplantıda fikrimi sonuna kadar dinlediğin için teşekkür ederim."),
        ("teamwork", "Bayram vardiyasını benimle değiştirdin, çok makbule geçti."),
        ("customer_first", "Hasar dosyasını aynı gün kapatmak için üç birimi birden aradın."),
        ("quality", "Yanlış şablonu fark edip hepimizi uyardın; onlarca hatalı mektubu önledin."),
        ("learning", "Dinlediğin çağrıdan çıkardığın üç cümle işime çok yaradı."),
    ),
    "es": (
        ("customer_first", "Llamaste al cliente otra vez al día siguiente para asegurarte de que ya tenía la tarjeta."),
        ("teamwork", "Gracias por cubrir mi turno cuando mi hija se puso enferma, sin pensarlo dos veces."),
        ("quality", "Tu lista para revisar siniestros nos ahorra un error tras otro."),
        ("learning", "Me enseñaste el atajo de la pantalla de reembolsos y ahora tardo la mitad."),
        ("respect", "Supiste decirme lo que hacía mal sin que me sintiera mal. Gracias."),
        ("teamwork", "Cuando entró la cola de fraude dejaste lo tuyo y te sentaste con nosotros."),
        ("customer_first", "Conseguiste calmar a un cliente que ya solo quería colgar."),
        ("quality", "Encontraste la diferencia de dos céntimos que nadie veía desde marzo."),
        ("learning", "Gracias por contar tu llamada difícil en la reunión: aprendimos todos."),
    ),
    "ja": (
        ("customer_first", "お客様が納得されるまで、3回も説明の仕方を変えてくださいました。ありがとうございます。"),
        ("teamwork", "月末の問い合わせが重なったとき、すぐに手伝いに来てくれて助かりました。"),
        ("quality", "引き継ぎメモがとても丁寧で、翌朝すぐに対応を始められました。"),
        ("learning", "新しい請求システムの勉強会を開いてくださり、ありがとうございました。"),
        ("respect", "失敗を報告したとき、責めずに一緒に原因を考えてくれました。"),
        ("teamwork", "休暇の間、担当のお客様を見ていてくれてありがとう。安心して休めました。"),
        ("customer_first", "紛失カードの件、帰宅前にもう一度確認のお電話をしてくれましたね。"),
        ("quality", "応対記録の表現をそろえる提案のおかげで、検索が楽になりました。"),
        ("learning", "録音を一緒に聞いて具体的な助言をくださり、自信がつきました。"),
    ),
    "en": (
        ("customer_first", "You stayed on the line with a stranded traveller until the hotel had her card details."),
        ("teamwork", "Thanks for taking the late shift at no notice so that I could get to the hospital."),
        ("quality", "You spotted that the fee table was last year's before a single letter went out."),
        ("learning", "Your ten-minute demo of the new search saved me an hour on Friday alone."),
        ("respect", "You told me straight, and kindly, that my summary was unclear. It is better now."),
        ("teamwork", "Thank you for pairing with the new starters all week and still clearing your queue."),
        ("customer_first", "The customer asked me to pass on her thanks: you remembered her case from spring."),
        ("quality", "Your test cases found the wrong payout date before our customers did."),
        ("learning", "Thanks for sharing the notes of the complaints course with everybody."),
    ),
}  # fmt: skip

OPEN_WORDS = (
    "Vardiyalar daha erken açıklanırsa planlarımızı yapabiliriz.",
    "Más tiempo entre llamadas difíciles, aunque sean cinco minutos.",
    "新しい手順は実施の一週間前までに共有してほしいです。",
    "Fewer systems to log into in the morning.",
    "Kulaklıklar eskidi, yenilenmeli.",
    "Que los cambios de turno se puedan pedir en el portal.",
    "昼休みの時間をもう少し柔軟にしてほしい。",
    "A quiet room to take a breath after a hard call.",
    "Ekip toplantıları haftada bir olsa yeter.",
    "Formación sobre productos antes de que salgan, no después.",
    "よくある質問の検索を速くしてほしい。",
    "Tell us what came of last quarter's suggestions.",
)
"""What they would change first."""
