"""Numbers with their names, units and reasons."""

from __future__ import annotations

from datetime import timedelta
from typing import Final, NamedTuple

# Lengths, in characters. Long enough for every real name that the lists we studied held.
NAME_MAX: Final = 120
ROLE_MAX: Final = 120
AFFILIATION_MAX: Final = 160
LABEL_MAX: Final = 40  # of a field of the form: it stands above it on a phone, in one line
AFFILIATION_KEY_MAX: Final = 160  # what follows tells no two apart
REASON_MAX: Final = 280  # two sentences: why somebody signed
EMAIL_MAX: Final = 254  # RFC 5321, 4.5.3.1.3: a path is at most 256 with its angle brackets
TITLE_MAX: Final = 160
ADDRESSEES_MAX: Final = 400
BODY_MAX: Final = 60_000
CHANGE_REASON_MAX: Final = 400
WITHDRAWN_REASON_MAX: Final = 400
AUTHORITY_MAX: Final = 160
GUEST_WORDS_MAX: Final = 400
PRESS_RECIPIENT_MAX: Final = 160
PRESS_WORDS_MAX: Final = 400
RECIPIENTS_MAX: Final = 300
NOTICE_MAX: Final = 1_500
ANSWER_MAX: Final = 20_000
UPDATE_MAX: Final = 20_000
ANSWERED_BY_MAX: Final = 160
PASSKEY_NAME_MAX: Final = 60
PASSWORD_MAX: Final = 200  # longer is no stronger, and costs as much to check as the sender likes
FORM_KEY_MAX: Final = 64
CHECKED_BY_MAX: Final = 120
CHECKED_HOW_MAX: Final = 200
CORRECTION_MAX: Final = 400
REPORT_WORDS_MAX: Final = 1000
REPORT_NOTE_MAX: Final = 400
EXPORT_REASON_MAX: Final = 200
STACKED_MARKS_MAX: Final = 2  # more marks on one letter are decoration that covers other lines

# Times.
CONFIRM_WITHIN: Final = timedelta(days=7)  # a summer weekend and a sick child fit in
CONFIRM_GRACE: Final = timedelta(hours=48)  # signed before closing, mail read after it
CLOSING_SOON: Final = timedelta(hours=48)
MANAGE_FOR: Final = timedelta(hours=1)  # the cookie that a mailed link is exchanged for
FRESH_FOR: Final = timedelta(hours=1)  # a mailed link that may show, empty or delete everything
CHECK_EMAIL_FOR: Final = timedelta(hours=1)  # the handle in the address of the check-email page

REMIND_AFTER: Final = timedelta(hours=24)  # the mail was read on a phone and forgotten
PENDING_KEPT: Final = timedelta(days=14)  # an address whose owner never answered is then deleted

KEPT_AFTER_CLOSING: Final = timedelta(days=30)  # for lost links and late withdrawals; then addresses go

# Confirming by code, and mails to people who did not ask.
CODE_DIGITS: Final = 6
CODE_TRIES: Final = 5  # of a million codes: one guess in 200,000 succeeds
UNANSWERED_MOST: Final = 3  # mails a day to one mailbox over the whole site, until its owner answers

# Reports of a name that should not be there.
REPORTS_MOST: Final = 30  # of one letter in REPORTS_WITHIN: more is a flood that nobody reads
REPORTS_WITHIN: Final = timedelta(hours=1)
REPORT_KEPT: Final = timedelta(days=30)  # once settled, for a question about the decision
REPORT_KEPT_OPEN: Final = timedelta(days=180)  # what nobody has settled by then, nobody will

# Invitations to work here.
INVITED_FOR: Final = timedelta(days=7)  # as long as a link to confirm; a new one is a click away
INVITED_MOST: Final = 20  # of one organization in INVITED_WITHIN: more is no team but a mailing
INVITED_WITHIN: Final = timedelta(days=1)

# Invitations to sign.
GUEST_FOR: Final = timedelta(days=14)  # as long as a form may wait; its address is then deleted
GUESTS_MOST: Final = 50  # of one letter in GUESTS_WITHIN: more is a mailing to people who did not ask
GUESTS_WITHIN: Final = timedelta(days=1)

# What two people decide together.
APPROVAL_FOR: Final = timedelta(days=7)  # asked or given, it holds as long as an invitation
APPROVAL_KEPT: Final = timedelta(days=90)  # then the trail of events tells of it
APPROVAL_REASON_MAX: Final = 500

READ_AGAIN_AFTER: Final = timedelta(minutes=10)  # leafing through private rows is one reading

# Links for the press.
PRESS_MOST: Final = 100  # open links of one letter: more is no embargo
PRESS_KEPT: Final = timedelta(days=30)  # after the embargo, for a question about who broke it

SESSION_LASTS: Final = timedelta(hours=24)  # however much it is used (NIST SP 800-63B-4, 2.2.3)
PROVED_FOR: Final = timedelta(minutes=5)  # after a second factor; then what matters asks for one again

# The outbox.
LEASE: Final = timedelta(seconds=45)  # a crash delays the mails it held by so much
LEASE_LEFT: Final = timedelta(seconds=25)  # needed to begin a mail: two timeouts of the wire and a margin
RETRY_FIRST: Final = timedelta(seconds=20)
RETRY_MOST: Final = timedelta(hours=1)
GIVE_UP_AFTER: Final = timedelta(
    days=3
)  # as mail servers do: RFC 5321, 4.5.4.1 says four to five days at most
BOUNCE_READ: Final = 1_000_000  # bytes of a report: what it says stands before the mail that it returns
DRAIN_FOR: Final = timedelta(seconds=40)  # with a last lease it still ends before Celery cuts it off
CLAIM_AT_ONCE: Final = 10  # mails per claim: a crash repeats at most so many

MAILED_AT_ONCE: Final = 1_000  # mails that a mailing queues per transaction: some 60 ms
ROWS_AT_ONCE: Final = 500  # of housekeeping per transaction, well under a second

AMENDED_SHOWN: Final = 6_000  # characters of what changed in a text: more is read on its page

CARDS_AT_ONCE: Final = 100  # share cards drawn per hint: a third of a second each

# Counting.
SEAL_AT_ONCE: Final = 5_000  # entries per transaction, well under a second
HEARTBEAT: Final = timedelta(hours=6)  # an open, quiet letter says so often that its number stands
SIGNED_MAIL_AFTER: Final = timedelta(seconds=3)  # by then the checkpoint that the mail carries is signed
SNAPSHOTS_AT_ONCE: Final = 2_000  # days frozen per hint: well under a minute, but for huge letters
CELL_LEAST: Final = 10  # of a country: fewer could point to persons
AFFILIATION_LEAST: Final = 3  # of an affiliation: those names are public
AFFILIATIONS_MOST: Final = 1_000  # in one answer, some 60 kB
BREAKDOWN_LEAST: Final = timedelta(seconds=10)  # between two counts by country and affiliation
BREAKDOWN_OF_A_MILLION: Final = timedelta(minutes=5)  # the same for a million: counting takes seconds
FIGURES_LEAST: Final = timedelta(seconds=10)  # between two counts of what the desk shows
FIGURES_OLDEST: Final = timedelta(minutes=10)  # mails and forms move while the number stands
SOURCES_MOST: Final = 50  # codes of links that the desk lists; the others stand together
SEALED_WITHIN: Final = timedelta(minutes=2)  # what pages promise; later is an alarm
FINAL_AFTER: Final = timedelta(minutes=5)  # by then no seal that began before still runs
LEDGER_KEY_OLD_MOST: Final = timedelta(days=100)  # it signs for 90; later it is only one more secret

# Lists.
LETTERS_PER_PAGE: Final = 20
NAMES_PER_PAGE: Final = 100
NAMES_ON_LETTER: Final = 20
NAME_SORTED_BY: Final = 60  # characters; a whole folded name could be too long for an index
SEARCHED_AT_ONCE: Final = 20_000  # names read through for a word before its index is asked: some 20 ms
FIRST_SIGNATORIES: Final = 6
FEATURED_MOST: Final = 40  # of one letter; all stand above its names
FEATURED_ON_LETTER: Final = 8  # under the text itself: more push the form away
REASONS_SHOWN: Final = 4
CHART_DAYS: Final = 60
DESK_DAYS: Final = 90  # that the desk draws
DESK_HOURS: Final = 48
TALLIES_SHOWN: Final = 12
CHANGE_DAYS: Final = 100
ROWS_OF_A_FILE: Final = 2_000  # fetched at once, some 400 kB
READER_AWAY_MOST: Final = timedelta(seconds=60)  # between two fetches of a file: 7 kB a second are enough
ROWS_OF_A_PIECE: Final = 500  # written at once, some 40 kB
FEED_ENTRIES: Final = 50
SITEMAP_MOST: Final = 50_000  # addresses in one file, by the protocol
HOURS_MOST: Final = timedelta(days=366)  # of a series by the hour: 8,784 points, 900 kB
HOURS_UNASKED: Final = timedelta(days=31)  # given where nobody says since when
API_LIMIT: Final = 50
API_LIMIT_MOST: Final = 200


class Budget(NamedTuple):
    """How many answers of a kind one network may have in a minute."""

    name: str
    per_minute: int


# What the API gives to one network (an IPv4 /24, an IPv6 /56). A newsroom that looks every ten seconds
# at twenty letters stays within the first; a whole list of names is read in the second without haste.
READING: Final = Budget("reading", 120)
NAMES: Final = Budget("names", 30)
FILES: Final = Budget("files", 10)
EMBARGO: Final = Budget("embargo", 20)  # pages of links for the press: a person reads, a guesser tries
BUDGETS: Final = {budget.name: budget for budget in (READING, NAMES, FILES)}
BUDGET_SECONDS: Final = 60
NETWORK_KEY_KEPT: Final = timedelta(days=1)  # what blurs a network's address is forgotten after so long

# How long a shared cache may keep a page that anybody may see, in seconds.
PAGE_SHARED_SECONDS: Final = 10
PAGE_KEPT_SECONDS: Final = 60  # a page that is still right is written anew so often, to bound the memory
POINTER_SECONDS: Final = 1  # a hidden name is gone from what we write after so long
ECHO_SECONDS: Final = 1  # and so much later from what a web process says again
FILE_SHARED_SECONDS: Final = 60
COUNT_SHARED_SECONDS: Final = 10
CHECKPOINT_SHARED_SECONDS: Final = 5
LETTER_SHARED_SECONDS: Final = 60
NAMES_SHARED_SECONDS: Final = 15
RECORD_SHARED_SECONDS: Final = 300  # what changes a few times in the life of a letter
SITEMAP_SHARED_SECONDS: Final = 3_600  # search engines come back after days
MOMENT_SHARED_SECONDS: Final = 86_400  # what a signed checkpoint proves does not change

READING_WORDS_PER_MINUTE: Final = 230  # Brysbaert 2019: 238 words a minute for English non-fiction
