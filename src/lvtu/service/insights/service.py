"""Insights: kept in the workspace's books, told by the names that a reader knows."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace

from lvtu.core.words import Lang, speaking
from lvtu.errors import UnknownName
from lvtu.insights import Insight, Place, Quote
from lvtu.insights.book import Insights as Book
from lvtu.insights.tables import Format, exported
from lvtu.service.access import Access
from lvtu.service.documents import current, looked_up
from lvtu.service.insights import repository
from lvtu.service.insights.schemas import (
    ChangedInsight,
    InsightOf,
    Insights,
    NewInsight,
    NewQuote,
    QuoteOfComment,
    SaidOfInsight,
)  # fmt: skip
from lvtu.service.insights.telling import Telling
from lvtu.service.masking import scrubbed
from lvtu.service.problems import NotFound

KIND = "insight"


@dataclass(frozen=True)
class Wanted:
    """Which insights are wanted; what is empty leaves all.

    Attributes:
        search: words in title, text, owner or quotes.
        state, stage, touchpoint, topic: of these only.
        comment: that quote this comment.
        interview: that quote this interview.
    """

    search: str = ""
    state: str = ""
    stage: str = ""
    touchpoint: str = ""
    topic: str = ""
    comment: str = ""
    interview: str = ""

    def fits(self, one: Insight) -> bool:
        """Whether an insight is wanted."""
        place = one.place
        said = "\n".join([one.title, one.text, one.owner, *(quote.words or "" for quote in one.quotes)])
        return (
            self.search.casefold() in said.casefold()
            and self.state in ("", one.state)
            and self.stage in ("", place.stage)
            and self.touchpoint in ("", place.touchpoint)
            and (not self.topic or f"{place.topic}.".startswith(f"{self.topic}."))
            and (not self.comment or any(_of_comment(quote, self.comment) for quote in one.quotes))
            and (not self.interview or any(quote.document == self.interview for quote in one.quotes))
        )


def listed(access: Access, wanted: Wanted, lang: Lang) -> Insights:
    """The insights that are wanted, the newest first."""
    every = [shown(access, one) for one in _book(access).list()]
    telling = Telling.of(access, lang)
    chosen = [one for one in every if wanted.fits(one)]
    return Insights(insights=telling.rows(chosen), total=len(every), choices=telling.choices(every))


def one(access: Access, id: str, lang: Lang) -> InsightOf:
    """An insight with its quotes and its history.

    Raises:
        NotFound: there is none of that id.
    """
    with looked_up(KIND, id):
        found = _book(access).get(id)
    return Telling.of(access, lang).whole(shown(access, found))


def add(access: Access, given: NewInsight, lang: Lang) -> InsightOf:
    """Write an insight down with what it stands on; without all of its quotes it is not kept.

    Raises:
        NotFound: what is quoted is not there.
        BadInput: it does not say these words.
    """
    made = _book(access).add(**_said(given), by=access.person.id)
    try:
        for quote in given.quotes:
            _quote(access, made.id, quote)
    except Exception:
        _book(access).remove(made.id)
        raise
    return one(access, made.id, lang)


def put(access: Access, id: str, given: ChangedInsight, lang: Lang) -> InsightOf:
    """Change an insight.

    Raises:
        NotFound: there is none of that id.
        Conflict: somebody changed it in the meantime.
    """
    with looked_up(KIND, id):
        _book(access).get(id)
    with current():
        _book(access).change(id, version=given.version, by=access.person.id, **_said(given))
    return one(access, id, lang)


def remove(access: Access, id: str) -> None:
    """Remove an insight for good.

    Raises:
        NotFound: there is none of that id.
    """
    with looked_up(KIND, id):
        _book(access).remove(id)


def quote(access: Access, id: str, given: NewQuote, lang: Lang) -> InsightOf:
    """Have an insight stand on a passage.

    Raises:
        NotFound: there is no such insight, comment or highlight.
        BadInput: the comment does not say these words.
    """
    with looked_up(KIND, id):
        _book(access).get(id)
    _quote(access, id, given)
    return one(access, id, lang)


def unquote(access: Access, id: str, quote: str, lang: Lang) -> InsightOf:
    """Have an insight no longer stand on a quote.

    Raises:
        NotFound: there is no such insight, or quote of it.
    """
    with looked_up(KIND, id):
        _book(access).get(id)
    with looked_up("quote", quote):
        _book(access).unquote(id, quote, by=access.person.id)
    return one(access, id, lang)


def export(access: Access, id: str | None, format: Format, lang: Lang) -> str:
    """The insights with their quotes as a text.

    Raises:
        NotFound: there is none of that id.
    """
    with looked_up(KIND, id or ""):
        found = [_book(access).get(id)] if id else _book(access).list()
    with speaking(lang):
        return exported([shown(access, each) for each in found], format)


def shown(access: Access, one: Insight) -> Insight:
    """An insight as they may see it: addresses and phone numbers masked for those from whom identifiers are hidden."""
    if not access.masked:
        return one
    place = Place(**{name: scrubbed(text) for name, text in asdict(one.place).items()})
    quotes = tuple(
        replace(quote, customer=None, words=None if quote.words is None else scrubbed(quote.words))
        for quote in one.quotes
    )
    return replace(
        one, title=scrubbed(one.title), text=scrubbed(one.text), owner=scrubbed(one.owner), place=place, quotes=quotes
    )


def _quote(access: Access, id: str, given: NewQuote) -> None:
    if not isinstance(given, QuoteOfComment):
        _book(access).quote_passage(id, repository.passage(access, given.highlight), access.person.id)
        return
    try:
        _book(access).quote_comment(
            id, int(given.comment), words=given.words, start=given.start, kind=given.kind, by=access.person.id
        )
    except UnknownName as error:
        if error.code != "unknown_message":
            raise
        raise NotFound("message", given.comment, ()) from None


def _said(given: SaidOfInsight) -> dict[str, str]:
    return {
        "title": given.title, "text": given.text, "state": given.state, "owner": given.owner,
        **given.place.model_dump(),
    }  # fmt: skip


def _of_comment(quote: Quote, comment: str) -> bool:
    return quote.source == "comment" and str(quote.event) == comment


def _book(access: Access) -> Book:
    return access.served.workspace.insights
