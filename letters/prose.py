"""The text of a letter: markdown to safe HTML, its content hash, its length in minutes."""

from __future__ import annotations

import json
import unicodedata
from functools import lru_cache
from typing import Final

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from letters import limits

TAGS: Final = {"p", "em", "strong", "ul", "ol", "li", "blockquote", "a", "h2", "br"}
_markdown = MarkdownIt("commonmark", {"html": False, "linkify": False}).disable(["image", "code", "fence"])


@lru_cache(maxsize=256)
def html(markdown: str) -> SafeString:
    """Return the HTML of a letter. Everything outside the allow list is dropped (nh3)."""
    rendered = _markdown.render(markdown).replace("<h1>", "<h2>").replace("</h1>", "</h2>")
    clean = nh3.clean(
        rendered,
        tags=set(TAGS),
        attributes={"a": {"href"}, "*": set()},
        url_schemes={"https", "http", "mailto"},
        link_rel="noopener nofollow",
    )
    # nh3 has just cleaned it; this is the one place where text becomes markup.
    return mark_safe(clean)  # noqa: S308


def plain(markdown: str) -> str:
    """Return the words of a letter as they read without markup: links with their address behind them."""
    return "\n\n".join(_blocks(SyntaxTreeNode(_markdown.parse(markdown))))


def document(*, title: str, addressees: str, body: str, heading: str = "") -> str:
    """Return a whole text to read or keep: the title after its mark, whom it is addressed to, the words."""
    return f"{heading}{title}\n\n{addressees}\n\n{canonical(body).strip()}\n"


def canonical(body: str) -> str:
    """Return a text in NFC with LF line ends; nothing else is changed."""
    return unicodedata.normalize("NFC", body).replace("\r\n", "\n").replace("\r", "\n")


def content(*, addressees: str, body: str, language: str, title: str, version: int) -> bytes:
    """Return a text version as canonical JSON in UTF-8 (keys sorted, no spaces)."""
    parts = {
        "addressees": canonical(addressees),
        "body": canonical(body),
        "lang": language,
        "title": canonical(title),
        "version": version,
    }
    return json.dumps(parts, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def reading_minutes(body: str) -> int:
    """Return how long reading takes, in minutes, at least one."""
    return max(1, round(len(body.split()) / limits.READING_WORDS_PER_MINUTE))


def _blocks(parent: SyntaxTreeNode) -> list[str]:
    found = []
    for number, node in enumerate(parent.children):
        if node.type in {"paragraph", "heading"}:
            found.append("".join(map(_words, node.children)))
        elif node.type == "blockquote":
            found.append(_marked("\n\n".join(_blocks(node)), first="> ", others="> "))
        elif node.type == "list_item":
            mark = (
                f"{int(parent.attrs.get('start', 1)) + number}. " if parent.type == "ordered_list" else "- "
            )
            found.append(_marked("\n".join(_blocks(node)), first=mark, others=" " * len(mark)))
        elif node.type in {"bullet_list", "ordered_list"}:
            found.append("\n".join(_blocks(node)))
    return found


def _words(node: SyntaxTreeNode) -> str:
    if node.type in {"softbreak", "hardbreak"}:
        return "\n"
    if not node.children:
        return node.content
    inside, target = "".join(map(_words, node.children)), node.attrs.get("href")
    return f"{inside} ({target})" if target and target != inside else inside


def _marked(text: str, *, first: str, others: str) -> str:
    return first + text.replace("\n", f"\n{others}")
