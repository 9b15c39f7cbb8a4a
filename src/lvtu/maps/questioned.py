"""What the questions of a survey are about: their words without the asking, and what they have in common."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from lvtu.maps.kindred import kindred
from lvtu.voice.themes.words import stem, stop_words

_OVERALL = re.compile(
    r"总体|整体|综合(?!楼|科|大厅|业务|窗口)|总的来说|总的来讲|总评|全部体验|overall|in general|all in all|as a whole"
    r"|everything considered|\bcsat\b|\bnps\b"
    r"|(?:还会|会否|是否会|是否愿意|愿意|愿不愿意|可能)[^，。]{0,8}(?:再次|再来|继续选择|继续使用|复购|回购|续住)"
    r"|\b(?:would|will|how likely|likelihood|intend|plan)\b.*\b(?:again|return|come back|come again|continue)\b",
    re.IGNORECASE,
)
_WHOLE = re.compile(
    r"(?:本次|此次|这次|整个|全程|本学期|本学年)?(?:的)?"
    r"(?:就诊|就医|看病|住院|入住|住宿|购物|网购|消费|用餐|出行|旅行|参观|办理|办事|就读|在校)(?:体验|经历|经历和感受|全过程)"
    r"|(?:本次|此次|这次|整个)(?:就诊|就医|看病|住院|入住|住宿|购物|消费|用餐|出行|服务|体验|经历|办理)"
    r"|(?:your |this |the )?(?:whole |entire |recent |most recent |last )?"
    r"(?:stay|visit|trip|order|purchase|experience|shopping experience|customer experience|hotel|hospital|school|branch"
    r"|bank)(?: with us| today| at .+| as a .+)?|us",
    re.IGNORECASE,
)
"""What a question is about that is about everything."""
_LEAD = re.compile(
    r"^(?:请(?:您|你)?(?:为|对|给|就|评价)?|(?:您|你)(?:觉得|认为)?(?:对于|对)?|对于?)"
    r"(?:我们|我院|我行|我司|本店|本院|本行|本次|此次|这次|以下)?(?:的)?(?=.{2,})"
    r"|^(?:please )?(?:rate|score|evaluate) (?:your satisfaction with )?(?:the |our |your )?"
    r"|^how (?:satisfied|happy|pleased) (?:are|were|was) you (?:with |by )(?:the |our |your )?"
    r"|^how (?:would|do|did) you (?:rate|score|find) (?:the |our |your )?"
    r"|^how (?:easy|difficult|hard) (?:is|was) it (?:for you )?to "
    r"|^how (?:is|was|were|are) (?:the |our |your )?"
    r"|^(?:your )?satisfaction with (?:the |our |your )?",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?:的)?(?:满意程度|满意度(?:评价|评分|打分)?|满意吗|是否满意|评价(?:如何|是)?|打分|评分|感受如何|体验如何|怎么样|如何)$"
    r"|\s+(?:satisfaction|rating|score)$",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"^(?:请(?:您|你)?(?:为|对|给|就|评价)?|(?:您|你)(?:觉得|认为)?(?:对于|对)?|对于?)(?:的)?(?:我院|我行|我司|本店|我校|我们)?(?:的)?"
    r"|^(?:please )?(?:rate|score|evaluate) (?:your satisfaction with )?"
    r"|^how (?:satisfied|happy|pleased) (?:are|were|was) you (?:with |by )?"
    r"|^how (?:would|do|did) you (?:rate|score|find) |^how (?:is|was|were|are) |^(?:your )?satisfaction with ",
    re.IGNORECASE,
)
"""The words that ask, without those that say which one is meant."""

_ENDS = re.compile(r"\s*[(（][^()（）]*(?:\d\s*分?\s*[-–—~～至到]|单选|打分|分制)[^()（）]*[)）]\s*$")
_APART = re.compile(r"\s*[:：]\s*[-–—|]+\s*|\s+[-–—|]\s+|\s*[—–]+\s*|\s*[:：]\s*|\s*[|｜]\s*")
_BRACKETED = re.compile(r"(.{2,}?)\s*[(（\[【]([^()（）\[\]【】]{2,})[)）\]】]")
_LONGEST = 30
"""Characters of a stage's name; what is longer is a sentence that asks."""

_ASKING = re.compile(
    r"^(?:how|what|which|please|to what|thinking|on a scale|rate)\b|[?？]$|^请|满意|评价|打分|评分|以下|下列",
    re.IGNORECASE,
)
_THINKING = re.compile(
    r"(?:thinking|considering) (?:back )?(?:about|of|to|on) (?:the |our |your )?(.+?)(?:,.*|\s*[-–—].*)?$"
    r"|^(?:在|关于|针对)(.+?)(?:环节|阶段|方面|过程|中|时)?[，,].*$",
    re.IGNORECASE,
)
_FOLLOWING = re.compile(
    r"^(?:each of )?(?:the )?following(?: (?:aspects|areas|parts|elements|items|statements|services))?"
    r"(?: (?:of|about|in|during|at))?(?: (?:the|our|your))?\b"
    r"|(?:的)?(?:以下|下列|如下)(?:各项|几项|几个方面|方面|内容|项目|服务)?",
    re.IGNORECASE,
)
_STRETCH = re.compile(r"(?:环节|阶段|过程|方面)?(?:的|中的|中)?(?:各项|相关)?(?:服务|体验|工作)?(?:进行)?$")
_EMPTY = re.compile(
    r"各项|各方面|各个方面|各环节|以下|下列|服务|项目|each|it|this|that|these|they|you|aspects?|areas?|statements?|services?"
    r"|items?|.?",
    re.IGNORECASE,
)
_FOLLOWS = re.compile(
    r"\bwhy\b|\breasons?\b|please (?:explain|specify|elaborate|describe|tell us (?:more|why))|\bother\b.*specify"
    r"|^(?:additional |further |other |any )?comments?(?: \d+|[ _.]\d+)?$|what made you|details?$"
    r"|为什么|为何|原因|理由|请(?:您)?(?:具体|详细|简要)?(?:说明|描述|注明|填写)|具体(?:是|说明)|^(?:备注|其他|补充说明)",
    re.IGNORECASE,
)
"""What explains the answer before it."""

_MOTIVE = re.compile(
    r"\bwhy (?:did|do|have) you (?:choose|visit|come|buy|book|use|pick|select)\b(?! (?:this|that|your) )"
    r"|reasons? (?:for|of) (?:your )?(?:visit|stay|trip|purchase|choos|call|contact|leaving)"
    r"|(?:选择|购买|来访|来院|到店|入住|预订|联系|投诉|离开|转院|入学)[^，。]{0,8}(?:原因|理由)"
    r"|(?:为什么|为何)[^，。]{0,4}(?:选择|购买|来|预订)",
    re.IGNORECASE,
)
"""What asks why somebody came at all."""
_GENERAL = frozenset(map(stem, ("home", "day", "way", "place", "thing", "people", "experience", "process", "visit")))
"""Stems that comments use whatever they speak of."""

_PARTICLES = ("in", "out", "up", "off", "over")
_CHINESE = re.compile(r"[\u3400-\u9fff]+")
_LATIN = re.compile(r"[a-z]+(?:-[a-z]+)*", re.IGNORECASE)


def overall(title: str, scale: str) -> bool:
    """Whether a question is about everything at once.

    Example:
        >>> overall("总体来说您满意吗？", "csat5"), overall("Your room", "csat5"), overall("Would you?", "nps")
        (True, False, True)
        >>> overall("您对本次就诊是否满意？", "csat5"), overall("How satisfied were you with your stay?", "csat5")
        (True, True)
    """
    if scale.startswith(("nps", "recommend")) or _OVERALL.search(title) is not None:
        return True
    asked = _ENDS.sub("", title.strip()).rstrip("?？。.!！:： ")
    said = _TAIL.sub("", _ASKS.sub("", asked, count=1))
    return said != asked and _WHOLE.fullmatch(said.strip(" ，,、")) is not None


def about(title: str) -> str:
    """What a question is about, without the words that ask.

    Example:
        >>> about("您对预约挂号的满意度（1-5分）"), about("How satisfied were you with our staff?")
        ('预约挂号', 'Staff')
        >>> about("How easy was it to find your gate?"), about("房间")
        ('Find your gate', '房间')
    """
    said = _ENDS.sub("", title.strip())
    said = _LEAD.sub("", said.rstrip("?？。.!！:： "), count=1)
    said = _TAIL.sub("", said).strip(" ，,、") or title.strip()
    return said[:1].upper() + said[1:]


def grouped(titles: Sequence[str]) -> dict[str, tuple[str, str]]:
    """By question what it stands under, as the survey tells by what stands before a colon or a dash, and what it is
    about itself. A beginning that only asks is none.

    Example:
        >>> grouped(["Arrival: parking", "Arrival: check-in", "Room: bed"])["Room: bed"]
        ('Room', 'Bed')
        >>> grouped(["How was it? - Your room", "How was it? - Breakfast"])["How was it? - Breakfast"]
        ('', 'Breakfast')
        >>> grouped(["请您打分：—挂号", "请您打分：—取药"])["请您打分：—取药"]
        ('', '取药')
    """
    split = {title: _parted(title) for title in titles}
    heads = Counter(parts[0] for parts in split.values() if len(parts) == 2 and parts[1].strip())
    apart = len(heads) > 1 and sum(heads.values()) == len(split)
    several = sum(n > 1 for n in heads.values()) > 1
    found = {}
    for title, parts in split.items():
        shared = len(parts) == 2 and parts[1].strip() and (apart or several or heads[parts[0]] > 1)
        found[title] = (heading(parts[0]) if shared else "", about(parts[1] if shared else title))
    return found


def followed(seen: Sequence[tuple[str, bool]], called: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    """Which rated question each question in words explains; none where it asks about everything.

    What asks for a reason, or for whatever else, is about the question before it, unless it ends the survey and is the
    only one of its kind, or stands below a grid: then it may be about any. So is what begins with a question's own
    words, or names what it is about.

    Args:
        seen: questions in order: their words, and whether they are rated.
        called: by rated question that is about one thing what it stands under, and what it is about.

    Example:
        >>> seen = [("How was the desk?", True), ("Why?", False), ("Your room", True), ("Anything else?", False)]
        >>> followed(seen, {"How was the desk?": ("", "Desk"), "Your room": ("", "Room")})
        {'Why?': 'How was the desk?'}
    """
    heads = Counter(_parted(title)[0] for title, rated in seen if rated)
    asking = sum(not rated and _explains(title) for title, rated in seen)
    last = max((place for place, (_, rated) in enumerate(seen) if rated), default=-1)
    before, found = "", {}
    for place, (title, rated) in enumerate(seen):
        if rated:
            before = title
            continue
        named = [one for one in called if _names(title, one, called[one][1])]
        after = _explains(title) and (place < last or asking > 1)
        if len(named) == 1:
            found[title] = named[0]
        elif after and before and not named and heads[_parted(before)[0]] == 1:
            found[title] = before
    return found


def _explains(title: str) -> bool:
    """Whether a question asks for more of the answer before it; what stands below a heading is about that instead."""
    parts = _parted(title)
    below = len(parts) == 2 and _FOLLOWS.search(parts[1].strip()) is not None
    return not below and _FOLLOWS.search(title.strip()) is not None and _MOTIVE.search(title) is None


def _names(title: str, rated: str, name: str) -> bool:
    """Whether a question in words speaks of what a rated one is about."""
    said, own = title.lower(), name.lower()
    if said.startswith(rated.strip("?？。.!！:： ").lower()):
        return True
    if _CHINESE.search(own):
        return len(own) > 1 and own in said
    return len(own) > 2 and re.search(rf"\b{re.escape(own)}\b", said) is not None


def heading(said: str) -> str:
    """What the words above several questions name; empty where they only ask.

    Example:
        >>> heading("Thinking about your arrival, how would you rate these?"), heading("请您对挂号环节的服务打分")
        ('Arrival', '挂号')
        >>> heading("Please rate the following aspects of the room"), heading("How satisfied were you with")
        ('Room', '')
    """
    thinking = _THINKING.match(said.strip())
    named = _FOLLOWING.sub("", about(thinking[1] or thinking[2] if thinking else said)).strip(" ，,、:：")
    named = _STRETCH.sub("", named) or named
    asks = thinking is None and _ASKING.search(said) is not None and named.lower() == said.strip(" ，,、:：").lower()
    if asks or len(named) > _LONGEST or _EMPTY.fullmatch(named):
        return ""
    return named[:1].upper() + named[1:]


def _parted(title: str) -> list[str]:
    """A question's words before and after a dash, a colon, or in brackets at its end; one part where there is none."""
    parts = _APART.split(title, maxsplit=1)
    found = None if len(parts) == 2 and parts[1].strip() else _BRACKETED.fullmatch(title.strip())
    return [found[1], found[2]] if found and not _ENDS.search(title) else parts


def words_told(names: Sequence[str]) -> list[tuple[tuple[str, str], ...]]:
    """By what comments can be seen to speak of each of several things: how a text is compared, and with what.

    Beside the words of the names stand those that are known to speak of the same (`lvtu.maps.kindred`). Words that
    several of the things have in common tell none of them apart, and are left out.

    Example:
        >>> words_told(["医生看诊", "候诊等待"])
        [(('contains', '医生'), ('contains', '看诊')), (('contains', '候诊'), ('contains', '等待'))]
        >>> ("contains", "退款") in words_told(["退换货", "候诊"])[0]
        True
        >>> [word for _, word in words_told(["Booking", "Checking in"])[1]][:8]
        ['check in', 'Check in', 'check-in', 'Check-in', 'checking in', 'Checking in', 'checked in', 'Checked in']
    """
    own = [_telling(_words(name)) for name in names]
    related = kindred(names)
    shared = Counter(word for words in own for word in words)
    known = Counter(word for words in related for word in words)
    found = []
    for words, more in zip(own, related, strict=True):
        ways = [way for word in words if shared[word] == 1 for way in _ways(word)]
        ways += [
            way
            for word in more
            if known[word] == 1 and word not in shared and not _opposite(word, words)
            for way in _as_it_is(word)
        ]
        found.append(tuple(dict.fromkeys(ways)))
    return found


def _opposite(word: str, own: Sequence[str]) -> bool:
    """Whether a word is one of a thing's own with another particle: who checks out does not check in.

    Example:
        >>> [_opposite(one, ["check in"]) for one in ("checked out", "checked in", "desk")]
        [True, False, False]
    """
    verbs = dict(one.split(" ") for one in own if " " in one)
    ends = [particle for particle in _PARTICLES if word.endswith(particle)]
    return any(word.startswith(verb) and ends not in ([], [particle]) for verb, particle in verbs.items())


def _telling(words: list[str]) -> list[str]:
    """Without words that say little, where others are left."""
    return [word for word in words if word not in _GENERAL] or words


def _words(name: str) -> list[str]:
    """The words that say what something is about; of English its stem, with a particle that follows."""
    from rjieba import cut

    stop = stop_words()
    found: list[str] = []
    for run in _CHINESE.findall(name):
        whole = [word for word in cut(run) if len(word) > 1 and word not in stop]
        covered = sum(map(len, whole)) >= len(run) - 1
        found += whole if covered else [run[place : place + 2] for place in range(0, len(run) - 1, 2)]
    written = _LATIN.findall(name.lower())
    short = [word for word in written if "-" in word and max(map(len, word.split("-"))) < 3]
    found += [word for word in short if word.split("-")[-1] not in _PARTICLES]
    words = [part for word in written for part in word.split("-")]
    for word, after in zip(words, (*words, "")[1:], strict=True):
        if after in _PARTICLES:
            found.append(f"{stem(word)} {after}")
        elif word not in stop and word not in _PARTICLES and len(stem(word)) > 2:
            found.append(stem(word))
    return list(dict.fromkeys(found))


def _ways(word: str) -> list[tuple[str, str]]:
    """How a text is compared with a word."""
    verb, _, particle = word.partition(" ")
    if particle:
        forms = [f"{verb} {particle}", f"{verb}-{particle}", f"{verb}ing {particle}", f"{verb}ed {particle}"]
        return [("contains", form) for one in forms for form in (one, one.capitalize())]
    if "-" in word:  # Wi-Fi, WiFi, wifi
        spelt = [one for form in (word, word.title()) for one in (form, form.replace("-", ""))]
        return [
            ("contains", form)
            for form in dict.fromkeys((*spelt, word.upper(), spelt[1].capitalize(), spelt[1].upper()))
        ]
    return _as_it_is(word)


def _as_it_is(word: str) -> list[tuple[str, str]]:
    if _CHINESE.match(word):
        return [("contains", word)]
    return [("contains", f" {word}"), ("starts with", word), ("starts with", word.capitalize())]
