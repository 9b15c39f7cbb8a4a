"""Saved web pages: their text without what surrounds it, and what they say about where they come from."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from lvtu.voice.interviews.files import Brought

_UNREAD = frozenset({"script", "style", "noscript", "template", "svg", "nav", "footer", "aside", "button"})
_BLOCKS = frozenset({
    "p", "div", "section", "article", "main", "header", "h1", "h2", "h3", "h4", "h5", "h6", "li", "tr", "blockquote",
    "pre", "br", "dd", "dt", "figcaption", "table", "ul", "ol",
})  # fmt: skip
_ABOUT = {
    "author": "author", "article:author": "author", "og:site_name": "publisher", "article:published_time": "published",
    "og:url": "url", "og:title": "title", "date": "published",
}  # fmt: skip
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def read_html(page: str) -> Brought:
    """The text of a page: of its article, where it marks one.

    Example:
        >>> found = read_html("<title>Queues</title><nav>Home</nav><article><p>People wait.<p>All do.</article>")
        >>> found.title, found.text
        ('Queues', 'People wait.\\n\\nAll do.')
    """
    reader = _Reader()
    reader.feed(page)
    reader.close()
    said = reader.about
    day = _DAY.match(said.get("published", ""))
    url = said.get("url", "")
    return Brought(
        said.get("title", "") or reader.title, "document", reader.text(), author=said.get("author", "")[:200],
        publisher=said.get("publisher", "")[:200], url=url if re.fullmatch(r"https?://\S{1,1990}", url) else "",
        published=day[0] if day else "",
    )  # fmt: skip


class _Reader(HTMLParser):
    """Gathers the words of a page, with a break at each block."""

    def __init__(self) -> None:
        super().__init__()
        self.about: dict[str, str] = {}
        self.title = ""
        self._all: list[str] = []
        self._article: list[str] = []
        self._unread = self._within = 0
        self._titled = False

    def text(self) -> str:
        """The words: of the article, else of all."""
        lines = re.split(r"\n+", "".join(self._article or self._all))
        return "\n\n".join(line for one in lines if (line := re.sub(r"\s+", " ", one).strip()))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin something."""
        given = {name: value or "" for name, value in attrs}
        if tag == "meta" and (key := _ABOUT.get((given.get("property") or given.get("name", "")).lower())):
            self.about.setdefault(key, given.get("content", "").strip())
        elif tag == "link" and given.get("rel") == "canonical":
            self.about.setdefault("url", given.get("href", ""))
        self._unread += tag in _UNREAD
        self._within += tag == "article"
        self._titled = tag == "title"
        self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        """End it."""
        self._unread -= tag in _UNREAD and self._unread > 0
        self._within -= tag == "article" and self._within > 0
        self._titled = False
        self._break(tag)

    def handle_data(self, data: str) -> None:
        """Words."""
        if self._titled:
            self.title += data.strip()
        elif not self._unread:
            self._put(re.sub(r"\s+", " ", data))

    def _break(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._put("\n")

    def _put(self, text: str) -> None:
        self._all.append(text)
        if self._within:
            self._article.append(text)
