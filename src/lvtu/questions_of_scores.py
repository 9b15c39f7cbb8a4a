"""The questions about what customers say, in scores and in words, as methods of a view."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lvtu.analyses.drivers.result import DriversResult
    from lvtu.analyses.kano.result import KanoResult
    from lvtu.analyses.maxdiff.result import MaxdiffResult
    from lvtu.analyses.scorecard.result import ScorecardResult
    from lvtu.analyses.scores.result import ScoresResult
    from lvtu.analyses.servqual.result import ServqualResult
    from lvtu.analyses.touchpoint_quality.result import TouchpointQualityResult
    from lvtu.analyses.word_of_mouth.result import WordOfMouthResult
    from lvtu.voice.themes.result import ThemesResult


class ScoreQuestions:
    """What can be asked about what customers say."""

    def scores(self, metric: str | None = None, by: str | None = None, **options: Any) -> ScoresResult:
        """How customers rate what they were asked about: NPS, CSAT, CES, stars, a mean, or how it felt.

        Args:
            metric: ``nps`` (if not given), ``csat``, ``ces``, ``stars``, ``mean``, ``emotion``, ``share``, or
                ``sentiment``: how what customers said feels, as it was read.
            by: what the figures are broken down by: ``stage``, ``touchpoint``, ``channel``, a property, ….
            **options: ``scale`` (where several fit), ``period``, ``event``, ``event_where``, ``weighted``, ``carry``,
                ``shrink``, ``sent``, … of `lvtu.analyses.scores.spec.ScoresSpec`.

        Returns:
            ``.table`` with the breakdown, the period, ``value``, ``low``, ``high``, ``n``, ``effective_n``, who
            answered, and the ``difference`` from all others or from the period before, tested with false-discovery
            control; ``.customers(group, period)`` says who, ``.explain(customer)`` with which answers.

        Raises:
            BadInput: the measure cannot be worked out on the scale, or several scales fit; says which there are.
        """
        answer: ScoresResult = self._ask("scores", metric=metric, by=by, **options)
        return answer

    def touchpoint_quality(self, by: str | None = "touchpoint", **options: Any) -> TouchpointQualityResult:
        """How good touchpoints are, from 0 to 100: perception, emotion, effort and operations in one index.

        Args:
            by: what it is broken down by: ``touchpoint``, ``stage``, ``channel``, a property; None for one figure.
            **options: ``failure="event = 'Payment Failed'"``, ``standards`` (``{"start", "end", "within"}``),
                ``points`` (100, divided among the four) with ``blend`` as their name, ``period``, … of
                `lvtu.analyses.touchpoint_quality.spec.TouchpointQualitySpec`.

        Returns:
            ``.table`` with ``quality`` (the index), ``perception``, ``emotion``, ``effort``, ``reliability`` and
            ``punctuality``, each with its interval, ``…_n`` and ``…_weight``; ``.blend``; ``.customers(group, period,
            part)`` says who, ``.explain(customer)`` what of somebody counts.
        """
        answer: TouchpointQualityResult = self._ask("touchpoint_quality", by=by, **options)
        return answer

    def scorecard(self, by: str | None = "touchpoint", **options: Any) -> ScorecardResult:
        """How attributes are found, by ratings and by what is read in texts: quality, attitude and brand image.

        Args:
            by: what tells places apart: ``touchpoint``, ``stage``, ``channel``, a property; None for all as one.
            **options: ``attributes`` of your own (``{"name", "items", "topics"}``), ``item`` (the property that says
                what was rated), ``take="answers"`` (``"texts"``), … of `lvtu.analyses.scorecard.spec.ScorecardSpec`.

        Returns:
            ``.table`` with ``attribute``, ``score`` (0 to 100), its interval, ``n``, the means of ``answers`` and
            ``texts``, and ``score_difference`` from other places, tested with false-discovery control;
            ``.customers(group, attribute, source)`` says who, ``.explain(customer)`` what somebody told.
        """
        answer: ScorecardResult = self._ask("scorecard", by=by, **options)
        return answer

    def word_of_mouth(self, by: str | None = None, **options: Any) -> WordOfMouthResult:
        """Who would recommend, how what is said sounds, and which promoters did recommend.

        Args:
            by: what the figures are broken down by: ``stage``, ``touchpoint``, ``channel``, a property.
            **options: ``referral="event = 'Invite Sent'"``, ``within="30d"``, ``mentions``, ``weighted``, … of
                `lvtu.analyses.word_of_mouth.spec.WordOfMouthSpec`.

        Returns:
            ``.table`` with ``word_of_mouth`` (an index), ``nps``, ``positive`` (share of mentions), ``conversion``
            (promoters who went on to recommend) and their intervals, ``referrals``, ``referrers``;
            ``.customers(group, who)`` says who, ``.explain(customer)`` what of somebody counts.
        """
        answer: WordOfMouthResult = self._ask("word_of_mouth", by=by, **options)
        return answer

    def drivers(self, outcome: str, **options: Any) -> DriversResult:
        """Which experiences go with an outcome: key drivers of NPS, of satisfaction, of coming back.

        Args:
            outcome: an event whose score it is, or a scale (``nps``); or what customers did or not: a condition, a
                segment, an event without scores.
            **options: ``by``, ``drivers``, ``take``, ``skipped="indicator"`` (``"complete"``, ``"pairwise"``),
                ``weighted``, ``outcome_where``, … of `lvtu.analyses.drivers.spec.DriversSpec`.

        Returns:
            ``.table`` with ``driver``, ``scale``, ``importance`` (share of R²) with ``low`` and ``high``, ``r2_part``,
            ``johnson``, ``direction``, ``coefficient``, ``n``, ``used``, ``mean``, ``vif``, ``stability``; ``.r2``;
            ``.linkage`` with the rate of a yes by band of score; ``.customers(driver, scale)`` says who,
            ``.explain(customer)`` what somebody scored.
        """
        answer: DriversResult = self._ask("drivers", outcome=outcome, **options)
        return answer

    def themes(self, by: str | None = None, **options: Any) -> ThemesResult:
        """What customers talk about, how it feels, how it moves, and in their own words.

        Themes are found in the comments themselves, Chinese and English, without any labels; or they are the codes that
        people gave comments.

        Args:
            by: what themes are broken down by: ``touchpoint``, ``channel``, ``stage``, a property, ….
            **options: ``codes`` (the property that holds codes), ``code_list`` (what they stand for), ``themes`` (how
                many), ``event``, ``event_where``, ``period``, ``zone``, ``quotes``, … of
                `lvtu.voice.themes.spec.ThemesSpec`.

        Returns:
            ``.table`` with ``theme``, ``comments``, ``customers``, ``share``, ``sentiment``, ``negative`` and their
            intervals, what changed since when, and ``quotes``; ``.trend`` by period, ``.changes`` with false-discovery
            control, ``.groups`` with `by`; ``.customers(theme)`` says who, ``.explain(customer)`` with which comments.
        """
        answer: ThemesResult = self._ask("themes", by=by, **options)
        return answer

    def servqual(self, by: str | None = None, **options: Any) -> ServqualResult:
        """How good a service is found: SERVQUAL, and SERVPERF where nobody was asked what they expected.

        Args:
            by: what the figures are broken down by.
            **options: ``points`` (100, divided among the five dimensions), ``scale``, ``weighted``, ``where``, … of
                `lvtu.analyses.servqual.spec.ServqualSpec`.

        Returns:
            ``.table`` with a row for each dimension and for all: ``value`` (perception − expectation), ``low``,
            ``high``, ``perceived``, ``expected``, ``alpha``, ``n``; ``.customers(group, dimension)`` says who,
            ``.explain(customer)`` what somebody answered.
        """
        answer: ServqualResult = self._ask("servqual", by=by, **options)
        return answer

    def kano(self, by: str | None = None, **options: Any) -> KanoResult:
        """How features are wanted: must-be, one-dimensional, attractive, indifferent, by pairs of answers.

        Args:
            by: what the figures are broken down by.
            **options: ``feature`` (the property that says which; ``question`` if not given), ``where``, … of
                `lvtu.analyses.kano.spec.KanoSpec`.

        Returns:
            ``.table`` with a row for each feature: ``category``, ``sure``, ``better`` and ``worse`` with intervals,
            ``n`` and how many put it into each category; ``.customers(feature, group, category)`` says who.
        """
        answer: KanoResult = self._ask("kano", by=by, **options)
        return answer

    def maxdiff(self, by: str | None = None, **options: Any) -> MaxdiffResult:
        """Which options matter most: by which of a few was chosen as the best, and which as the worst (MaxDiff).

        Args:
            by: what the figures are broken down by.
            **options: ``asked`` (the property that says which question; ``question`` if not given), ``where``, … of
                `lvtu.analyses.maxdiff.spec.MaxdiffSpec`.

        Returns:
            ``.table`` with a row for each option: ``score`` = (best − worst) / shown with its interval, how often it
            was ``best``, ``worst`` and ``shown``, and ``n``; ``.customers(option, chose="best")`` says who.
        """
        answer: MaxdiffResult = self._ask("maxdiff", by=by, **options)
        return answer

    def _ask(self, analysis: str, **values: Any) -> Any:
        raise NotImplementedError
