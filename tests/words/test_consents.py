"""What people agreed to is never rewritten."""

from __future__ import annotations

import hashlib

from letters import consents
from letters.consents import Consent

# Of each version in English. Never change a line here: words that differ are a new version.
AGREED = {
    1: "1bf94aebe9b071639500f5ede7b1b2212c479ca98bc687bf4bc104104822bb0b",
    2: "e8b4d77adc80465a4befbf42d8e3a5d635d2396aa2b1be4b724bf0e410c56fc5",
}


NAMED = {"legal_name": "{legal_name}", "recipients": "{recipients}", "until": "{until}"}


def digest(consent: Consent) -> str:
    """Return the hash of everything that stood beside the form."""
    words = [consent.question, *(words for _value, words in consent.answers), consent.updates]
    said = "\n".join([str(consent.since), *map(str, words), consent.notice_of(**NAMED)])
    said += "".join(f"\n{words}" for _value, words in consent.given_to)
    return hashlib.sha256(said.encode()).hexdigest()


def test_the_words_of_each_version_are_those_that_were_agreed_to() -> None:
    assert {consent.number: digest(consent) for consent in consents.VERSIONS} == AGREED


def test_versions_follow_each_other_and_the_last_is_in_force() -> None:
    numbers = [consent.number for consent in consents.VERSIONS]
    assert numbers == list(range(1, len(numbers) + 1))
    days = [consent.since for consent in consents.VERSIONS]
    assert days == sorted(days)
    assert consents.VERSIONS[-1] == consents.CURRENT


def test_the_notice_says_who_is_responsible_whatever_they_are_called() -> None:
    for consent in consents.VERSIONS:
        assert "100 %(days)s e. V. is responsible for your data" in consent.notice_of("100 %(days)s e. V.")


def test_whoever_gets_the_data_is_called_by_what_was_chosen_or_by_their_names() -> None:
    assert consents.CURRENT.recipients("nobody", "") == "nobody"
    assert consents.CURRENT.recipients("others", " the Ministry. ") == "the Ministry"
    notice = consents.CURRENT.notice_of("Rail", recipients="the Ministry", until="1 May 2027")
    assert "Who else gets it: the Ministry." in notice
    assert "30 days after the letter closes, by 1 May 2027 at the latest" in notice
