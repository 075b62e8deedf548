"""What the demo teaches, where, and why somebody was asked to come."""

from __future__ import annotations

WORKSHOP = "active_listening"
FOLLOW_UP = "de_escalation"
TESTED = "product_basics"
LIMITED = "structured_interviewing"
BEFORE_LIMITED = "ethics_basics"
ALONE = "ethics_basics"
OPTIONAL = "time_management"

ROOM = {
    "tr": "Eğitim salonu, 2. kat",
    "es": "Sala de formación, 2.ª planta",
    "ja": "研修室（2階）",
    "en": "Training room, second floor",
}
ASKED = {
    "en": "Agreed in our last talk.",
    "tr": "Son görüşmemizde kararlaştırdık.",
    "es": "Lo acordamos en nuestra última reunión.",
    "ja": "前回の面談で決めました。",
}
WAY = {
    "en": "You want to lead a team: this is the way there.",
    "tr": "Ekip lideri olmak istiyorsunuz: yol bu.",
    "es": "Quiere dirigir un equipo: este es el camino.",
    "ja": "チームリーダーを目指すための学習です。",
}
