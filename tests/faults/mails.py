"""What the mail server got, held against who was promised a mail."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from tests.smtp import Inbox


@dataclass(frozen=True)
class Arrived:
    """One mail at one moment."""

    message_id: str
    moment: float


class Post:
    """The mails of one letter's sign-ups, by address. Mails of other letters are not looked at."""

    def __init__(self, inbox: Inbox, slug: str) -> None:
        self.by_address: dict[str, list[Arrived]] = defaultdict(list)
        for mail, moment in list(zip(inbox.mails, inbox.moments, strict=False)):
            address = str(mail["To"])
            if address.startswith(f"{slug}-"):
                self.by_address[address].append(Arrived(str(mail["Message-ID"]), moment))

    def lost(self, promised: Iterable[str]) -> int:
        """Return how many got none."""
        return sum(address not in self.by_address for address in promised)

    def duplicates(self) -> int:
        """Return how many mails came once more than needed."""
        return sum(len(mails) - 1 for mails in self.by_address.values())

    def strangers(self) -> int:
        """Return how many addresses got mails that a mailbox would not know for one and the same."""
        return sum(len({mail.message_id for mail in mails}) > 1 for mails in self.by_address.values())

    def last(self) -> float:
        """Return when the last address got its first mail."""
        return max((mails[0].moment for mails in self.by_address.values()), default=0.0)
