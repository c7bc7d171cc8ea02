"""Text that would break out of a mail header, if anything did."""

from __future__ import annotations

from itertools import product
from typing import Final

BREAKS: Final = (
    "\r\n",
    "\n",
    "\r",
    "\x00",
    "\x0b",
    "\x0c",
    "\x85",
    "\u2028",
    "\u2029",
    "%0d%0a",
    "\\r\\n",
    "\r\n ",
)
INJECTED: Final = ("Bcc: evil@evil.example", "To: evil@evil.example", "X-Evil: 1", "\r\n<b>body</b>")
ENCODED: Final = (
    "=?utf-8?q?=0d=0aBcc:_evil=40evil.example?=",
    "=?utf-8?b?DQpCY2M6IGV2aWxAZXZpbC5leGFtcGxl?=",
    "=?utf-8?q?evil=40evil=2Eexample?=",
    "=?iso-8859-1?q?=3Cevil=40evil.example=3E=2C?=",
    "=?x?q?=0d=0a?=",
)
SEPARATORS: Final = (
    "evil@evil.example,", "evil@evil.example;", "<evil@evil.example>", "<evil@evil.example>,", "Ben, Evil",
    "&", "{}", "Ben\tEvil",
    '"Ben" <evil@evil.example>', '"', '"Ben', "'", "\\", "(comment)", "Ben (evil@evil.example)",
    "Team: a, b;",
    "@", "@@", "|", "%", ":", ";", "<", ">", "<>", "()", "[]", "`id`", "$(id)", "-oQ/tmp", "!", "#", "~",
)  # fmt: skip
WRITTEN: Final = (
    "\u202eevil\u202c", "Ben\u0301\u0301\u0301\u0301",
    "\u2066evil\u2069", "\u200fעברית", "العربية", "名前", "नाम", "𝕭𝖊𝖓", "\ufeffBen",
    "Ben\u200b", "Ben\u00ad", "ﷺ", "👩‍👩‍👧", "\ud7ff", "\ufffd", "\ufffe", "\U000e0041", "İ", "ß", "ﬃ",
)  # fmt: skip
LONG: Final = tuple(
    text * times
    for text, times in product(("x", "x ", "é", "名", "\t", "=?", "a,b ", "\u202e"), (77, 160, 998, 5000))
)
BROKEN: Final = tuple(f"Ben{end}{header}" for end, header in product(BREAKS, INJECTED))
FOLDED: Final = tuple(
    f"Ben{end}{space}{header}" for end, space, header in product(BREAKS[:3], " \t", INJECTED[:3])
)
AROUND: Final = tuple(f"{end}Ben{end}" for end in BREAKS)
MIXED: Final = tuple(f"{first}{second}" for first, second in product(ENCODED, SEPARATORS[:7]))
ALL: Final = tuple(dict.fromkeys((*BROKEN, *FOLDED, *ENCODED, *SEPARATORS, *WRITTEN, *LONG, *AROUND, *MIXED)))
