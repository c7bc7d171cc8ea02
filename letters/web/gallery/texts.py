"""The words of the letters in the gallery: an invented one in three languages, and one of long words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Words:
    """A letter in one language."""

    language: str
    title: str
    addressees: str
    body: str


ENGLISH: Final = Words(
    "en",
    "Keep the night trains running",
    "The transport ministers of the European Union and the Commissioner for Sustainable Transport",
    """Dear Ministers,

Every evening, in more than two hundred stations, people board a train in one country and wake up in \
another. They are nurses and violinists, students going home, families who cannot or will not fly. For many \
towns the sleeper is the only direct link to the rest of the continent.

By the December timetable, eleven of these lines will be gone. Not one of them is empty. An aircraft on the \
same route pays *none* of what a night train pays.

> A town that cannot be reached overnight is a town that is left out.

We do not ask for a subsidy. We ask that you remove **what stands in the way**:

1. Charge cross-border night trains only the direct cost of using the track, as the law already permits.
2. Exempt international rail tickets from VAT, as international flights are exempt today.
3. Guarantee the loans for a shared pool of sleeping cars that any operator may lease.

## What it needs

- three signatures on three existing files
- [the timetable](https://example.org/timetable) of next December

With respect, and in the hope of a reply,""",
)
FRENCH: Final = Words(
    "fr",
    "Gardons les trains de nuit sur les rails",
    "Aux ministres des Transports de l’Union européenne et à la commissaire chargée des Transports durables",
    """Mesdames et Messieurs les Ministres,

Chaque soir, dans plus de deux cents gares, des voyageurs montent dans un train et se réveillent dans un \
autre pays. Ce sont des infirmières et des violonistes, des étudiants qui rentrent chez eux, des familles \
qui ne peuvent ou ne veulent pas prendre l’avion.

Au service de décembre, onze de ces lignes auront disparu. **Aucune n’est vide.** Nous ne demandons pas de \
subvention ; nous demandons que vous leviez ce qui fait obstacle :

1. Ne facturez aux trains de nuit internationaux que le coût direct de l’usage des voies.
2. Exonérez de TVA les billets internationaux, comme les vols internationaux le sont aujourd’hui.
3. Garantissez les prêts pour un parc commun de voitures-couchettes.

Avec nos respects, et dans l’attente d’une réponse,""",
)
ARABIC: Final = Words(
    "ar",
    "لتبقَ قطارات الليل على سككها",
    "إلى وزراء النقل في الاتحاد الأوروبي ومفوّضة النقل المستدام",
    """السادة الوزراء،

في كل مساء، في أكثر من مئتي محطة، يستقلّ الناس قطارًا في بلد ويستيقظون في بلد آخر. هم ممرّضات وعازفو كمان، \
وطلاب عائدون إلى بيوتهم، وعائلات لا تستطيع السفر بالطائرة أو لا تريده.

مع جدول كانون الأول ستختفي أحد عشر خطًّا من هذه الخطوط. **ليس بينها خطّ فارغ.** نحن لا نطلب إعانة، \
بل نطلب أن تزيلوا ما يقف في الطريق:

1. لا تتقاضوا من قطارات الليل العابرة للحدود إلا الكلفة المباشرة لاستعمال السكة.
2. أعفوا تذاكر القطارات الدولية من الضريبة، كما تُعفى الرحلات الجوية الدولية اليوم.
3. اضمنوا القروض لأسطول مشترك من عربات النوم.

مع الاحترام، وعلى أمل الجواب،""",
)
LONG: Final = Words(
    "de",
    "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz: Zurück an den Absender",
    "Bundesarbeitsgemeinschaft der Landesverkehrsministerinnen und Landesverkehrsminister, "
    "Grundstücksverkehrsgenehmigungszuständigkeitsübertragungsverordnungsausschuss",
    """Sehr geehrte Damen und Herren,

wir schreiben über die Grundstücksverkehrsgenehmigungszuständigkeitsübertragungsverordnung, über die \
Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft und über eine Adresse ohne \
Leerzeichen: https://example.org/verkehrsinfrastrukturfinanzierungsgesellschaft/antragsunterlagen/2026/vordruck

1. Straßenverkehrsordnungswidrigkeitenverfahrensbeschleunigungsgesetz
2. Kraftfahrzeughaftpflichtversicherungsnachweispflichtbefreiungsantrag

Mit freundlichen Grüßen""",
)
NEWS: Final = (
    Words(
        "en",
        "Handed over",
        "",
        "She has the letter now:\n\n> I have read it, and I will answer.",
    ),
    Words("ar", "حديث مع ثلاثة وزراء", "", "استقبلنا ثلاثة وزراء. **اثنان منهم** يؤيّدان المطلب الأول."),
    Words(
        "de",
        "Grundstücksverkehrsgenehmigungszuständigkeitsübertragungsverordnung: Der Ausschuss tagt",
        "",
        "Am 14. Mai:\n\n- *öffentlich*\n- mit [Übertragung](https://example.org/uebertragung)",
    ),
)
"""What was told of it, the oldest first."""
