"""What texts say, as parts of a page: how they read, which topics they speak of."""

from __future__ import annotations

from collections.abc import Sequence

from lvtu.core.words import say
from lvtu.demo.document import Bar, Card, Rank, Ranking
from lvtu.demo.facts.reading import LABELS, Read, Topic
from lvtu.demo.figures import Figure
from lvtu.demo.model import Text
from lvtu.demo.words import count, percent, span

LABELLED = {
    "negative": Text("读作负面", "read as negative"),
    "neutral": Text("读作中性", "read as neutral"),
    "positive": Text("读作正面", "read as positive"),
}


def interval(figure: Figure) -> Text:
    """A share with its interval."""
    return Text(f"{percent(figure.value)}（{span(figure)}）", f"{percent(figure.value)} ({span(figure)})")


def feelings(read: Read, place: Text, note: Text, title: Text) -> Card:
    """How the texts read: positive or negative, and the emotions and wishes that are met most.

    Args:
        read: what the texts say.
        place: who read them, and whether they are weighted.
        note: which texts these are.
        title: what the labels must be read with.
    """
    bars = [
        Bar(LABELLED[name], f"{percent(one.value)} · {span(one)}", one.value, faint=name != "negative")
        for name in LABELS
        for one in [read.labels[name]]
    ]
    for kind, found in (("emotions", read.emotions), ("intents", read.intents)):
        some = [(name, one) for name, one in found.items() if name != "other"][:3]
        bars += [
            Bar(_named(kind, name), f"{percent(one.value)} · {span(one)}", one.value, faint=True) for name, one in some
        ]
    return Card(Text("读起来怎样", "How it reads"), place, note=note, bars_title=title, bars=tuple(bars))


def _named(kind: str, name: str) -> Text:
    zh, en = (say(f"voice.{kind}.{name}", lang) for lang in ("zh", "en"))
    heads = {"emotions": Text("情绪", "emotion"), "intents": Text("意图", "intent")}
    return Text(f"{heads[kind].zh}：{zh}", f"{heads[kind].en}: {en}")


def topics(found: Sequence[Topic], read: Read, note: Text, most: int = 10) -> Ranking:
    """The topics that most texts speak of.

    Args:
        found: these of them.
        read: what the texts say.
        note: what else must be known of them.
        most: how many have a row.
    """
    shown = found[:most]
    return Ranking(
        Text(f"原话里的主题（前 {len(shown)} 个）", f"Topics of the texts (the first {len(shown)})"),
        Text(
            f"按词表从 {count(read.texts)} 段原话里找出，一段可以有几个主题，也可能一个没有："
            f"{percent(read.none.value)}（{span(read.none)}）没有找到。{note.zh}",
            f"Found in {count(read.texts)} texts by a list of words; a text may speak of several, or of none: "
            f"{percent(read.none.value)} ({span(read.none)}). {note.en}",
        ),
        tuple(
            Rank(
                one.name, one.share.value, one.share.low, one.share.high, interval(one.share),
                Text(f"n {count(one.share.n)}", f"n {count(one.share.n)}"),
            )
            for one in shown
        ),
    )  # fmt: skip
