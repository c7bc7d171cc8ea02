"""What people do and where, for inventing signatories, with the flaws of real lists."""

from __future__ import annotations

from typing import Final

ROLES: Final = (
    "Software engineer", "Professor of computer science", "PhD student", "Librarian", "Journalist", "Nurse",
    "Teacher", "Machine learning researcher", "Policy analyst", "Lawyer", "Translator", "Data scientist",
    "Associate Professor", "Founder", "Retired engineer", "Security researcher", "Student", "Archivist",
    "Research fellow", "Physician", "Designer", "Open source maintainer", "Lecturer", "Statistician",
    "Philosopher", "Community organizer", "Chief technology officer", "Postdoc", "Writer", "Systems administrator",
    "professor", "CTO", "Sociologist", "Economist", "Product manager", "Linguist", "Civil servant", "Musician",
)  # fmt: skip
FIELDS: Final = (
    "Applied Computing", "Civic Technology", "Language Research", "Public Data", "Digital Rights", "Machine Ethics",
    "Open Hardware", "Information Law", "Climate Modelling", "Health Informatics", "Library Science", "Robotics",
    "Software Heritage Studies", "Media Studies", "Statistics and Society", "Human Factors",
)  # fmt: skip
TOWNS: Final = (
    "Marenholm", "Vale Claro", "Ostrava Nova", "Kirkhaven", "San Aurelio", "Brannock", "Lindau Bay", "Novi Brod",
    "Port Selwyn", "Tarrington", "Casal Verde", "Elmsbruck", "Nordvik", "Ashgrove", "Monteluce", "Zelenograd West",
    "Kumari", "Eastmere", "Belle Rive", "Altona Park", "Hollins", "Saint-Aubert", "Pedra Alta", "Grünwalde",
)  # fmt: skip
FIRMS: Final = (
    "Larkspur Systems", "Quiet Signal", "Fernweh Labs", "Copperleaf Software", "Northlight Analytics", "Papertrail",
    "Tidewater Robotics", "Juniper & Sons", "Lumen Cooperative", "Second Draft", "Bright Harbour", "Oakum",
)  # fmt: skip
PATTERNS: Final = (
    "University of {town}", "University of {town}", "{town} University", "Institute for {field}, {town}",
    "{town} Institute of {field}", "Centre for {field}", "{firm}", "{firm}", "{town} Public Library",
    "{field} Collective", "Ministry of Education, {town}", "{town} Technical College", "{town} Daily",
)  # fmt: skip
VARIANTS: Final = (
    "{it}", "{it}", "{it}", "{it}", "{it}", "{it}", "{it}", "{upper}", "{lower}", "The {it}", "{it} (personal capacity)",
    "{it}.", "{short}",
)  # fmt: skip
ORGANIZATIONS: Final = (
    "{field} Collective {town}", "{town} Makers’ Association", "{firm} Foundation", "Friends of the {town} Library",
    "{town} Centre for {field}", "Union of {field} Workers, {town}",
)  # fmt: skip


def affiliations() -> tuple[tuple[str, ...], ...]:
    """Return, for each of PATTERNS, every affiliation in the spellings in which people type it."""
    return tuple(_of_pattern(pattern) for pattern in PATTERNS)


def _of_pattern(pattern: str) -> tuple[str, ...]:
    found = []
    for town in TOWNS if "{town}" in pattern else ("",):
        for field in FIELDS if "{field}" in pattern else ("",):
            for firm in FIRMS if "{firm}" in pattern else ("",):
                it = pattern.format(town=town, field=field, firm=firm)
                found += [_spelled(it, variant) for variant in VARIANTS]
    return tuple(found)


def _spelled(it: str, variant: str) -> str:
    short = it.replace("University", "Univ.").replace("Institute", "Inst.")
    return variant.format(it=it, upper=it.upper(), lower=it.lower(), short=short)
