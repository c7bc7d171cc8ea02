"""The letter that a new installation shows."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from letters.demo.people import Person

SLUG: Final = "openness-in-ai"
TITLE: Final = "Let us look inside: a letter on openness in AI"
ADDRESSEES: Final = "The policy makers who write the rules for artificial intelligence"
PLACE: Final = "Lisbon"
TIME_ZONE: Final = "Europe/Lisbon"
TRANSLATIONS: Final = {
    "fr": (
        "Laissez-nous regarder à l’intérieur : pour l’ouverture de l’IA",
        "Celles et ceux qui écrivent les règles de l’intelligence artificielle",
    ),
    "ar": (
        "دعونا ننظر إلى الداخل: رسالة من أجل انفتاح الذكاء الاصطناعي",
        "صانعو السياسات الذين يضعون قواعد الذكاء الاصطناعي",
    ),
}
"""Title and addressees in other languages; the text lies beside this file."""
SIGNATURES: Final = 1743
FIRST: Final = tuple(
    Person("person", name, role, affiliation, country, "en", "public", "checked", 0)
    for name, role, affiliation, country in (
        ("Prof. Inês Caldeira", "Computer scientist", "University of Vale Claro", "PT"),
        ("Adaeze Okonkwo", "Founder", "Second Draft", "NG"),
        ("Tomasz Wilk", "Open source maintainer", "Oakum", "PL"),
        ("Dr. Meenakshi Raghunathan", "Statistician", "Institute for Statistics and Society, Hollins", "IN"),
        ("Léa Delorme", "Investigative journalist", "Elmsbruck Daily", "FR"),
        ("Joaquín Peña Soto", "Librarian", "San Aurelio Public Library", "CL"),
    )
)
"""Whose names stand under the text itself."""
CHECKED: Final = (
    (
        "Adaeze Okonkwo",
        "Rui Valadas, Open Workbench Association",
        "by telephone, at her company",
    ),
    ("Prof. Inês Caldeira", "Rui Valadas, Open Workbench Association", "in person, at her university"),
    ("Léa Delorme", "Marta Sequeira, Open Workbench Association", "by a call to the desk of her newspaper"),
)
"""Whom a person has checked: the name, who checked it, and how. They stand first, in this order."""
ORGANIZATION: Final = {
    "name": "The Open Workbench",
    "slug": "open-workbench",
    "legal_name": "Open Workbench Association, Lisbon",
    "contact": "press@openworkbench.example",
    "web_domain": "openworkbench.example",
}


def body(language: str) -> str:
    """Return the text in one of its languages."""
    return Path(__file__).with_name(f"{SLUG}.{language}.md").read_text("utf-8").strip()
