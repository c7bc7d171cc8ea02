"""Facts and constraints. One module per noun; import models from here."""

from letters.models.affiliation import AffiliationMerge
from letters.models.approval import Approval
from letters.models.block import Block
from letters.models.breakdown import Breakdown
from letters.models.card import Card
from letters.models.checkpoint import Checkpoint, CheckpointSignature
from letters.models.erasure import Erasure
from letters.models.event import Event
from letters.models.feature import Feature
from letters.models.figures import Figures
from letters.models.guest import Guest
from letters.models.invitation import Invitation
from letters.models.keycheck import KeyCheck
from letters.models.leaf import Leaf, LedgerNode
from letters.models.ledger import LedgerEntry
from letters.models.letter import Letter
from letters.models.lettertext import LetterText
from letters.models.mailbox import Mailbox
from letters.models.mailing import Mailing
from letters.models.message import Message
from letters.models.name import Name
from letters.models.organization import Membership, Organization
from letters.models.presslink import PressLink
from letters.models.reading import Reading
from letters.models.reason import Reason
from letters.models.report import Report
from letters.models.session import Session
from letters.models.signature import Signature
from letters.models.snapshot import Correction, Snapshot
from letters.models.tally import NamesRevision, Tally, TallyPoint
from letters.models.update import Update
from letters.models.user import User
from letters.models.withholding import Withholding

__all__ = [
    "AffiliationMerge",
    "Approval",
    "Block",
    "Breakdown",
    "Card",
    "Checkpoint",
    "CheckpointSignature",
    "Correction",
    "Erasure",
    "Event",
    "Feature",
    "Figures",
    "Guest",
    "Invitation",
    "KeyCheck",
    "Leaf",
    "LedgerEntry",
    "LedgerNode",
    "Letter",
    "LetterText",
    "Mailbox",
    "Mailing",
    "Membership",
    "Message",
    "Name",
    "NamesRevision",
    "Organization",
    "PressLink",
    "Reading",
    "Reason",
    "Report",
    "Session",
    "Signature",
    "Snapshot",
    "Tally",
    "TallyPoint",
    "Update",
    "User",
    "Withholding",
]
