"""The types of the catalog. Field names are the keys of the TOML blocks; fields without default are required
there."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from itertools import chain

CONFIDENTIAL = " (INTERN)"
"""What stands behind a source that its publisher marked as internal."""

OWN_CALCULATION = "eigene Berechnung"
"""The source of a value that was computed here by a declared formula."""

OWN_READING = " (eigene Lesart)"
"""What stands behind a direction that no law or agreement states."""


@dataclass(frozen=True)
class Term:
    """A word of the vocabulary (time concept, kind, direction, topic) with its German name and definition."""

    id: str
    name: str
    short: str = ""
    definition: str = ""
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Status:
    """What a value is (final, provisional, …) or why there is none; `sign` is how statistics print the
    latter."""

    id: str
    name: str
    has_value: bool
    sign: str = ""
    aliases: tuple[str, ...] = ()
    is_soft: bool = (
        False  # a value that later deliveries may replace: charts draw it hollow, tables say what it is
    )


@dataclass(frozen=True)
class Precision:
    """How exact a printed value is; `mark` stands before the number, everything but "exakt" is
    approximate."""

    id: str
    name: str
    mark: str = ""
    bound: str = ""  # "limit": the value lies beyond the number; "range": the number is one end of a span
    aliases: tuple[str, ...] = ()

    @property
    def is_bound(self) -> bool:
        """Tell whether the number is a limit or an end of a range, not the value itself."""
        return bool(self.bound)


@dataclass(frozen=True)
class Unit:
    """A unit; values of units with the same `dimension` are converted by `factor`, all others must match.

    `is_rate`: changes are never given in percent; `differs_in`: the unit of the difference of two values; `shown_as`: the
    unit of the same dimension in which charts print it, with `shown_decimals`; `is_count`: people, households or cases,
    so that parts add up to their whole.
    """

    id: str
    decimals: int
    prefix: str = ""
    suffix: str = ""
    dimension: str = ""
    factor: float = 1.0
    is_rate: bool = False
    is_count: bool = False
    differs_in: str = ""
    shown_as: str = ""
    shown_decimals: int = 0
    aliases: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Return the unit as people write it."""
        return self.id


@dataclass(frozen=True)
class Companion:
    """A printed change of any indicator, addressed as `<indicator>.<companion>` (e.g. `elb.vj-prozent`)."""

    id: str
    name: str
    unit: str


@dataclass(frozen=True)
class Jobcenter:
    """A Jobcenter; colour, marker and dash are its identity in every chart."""

    id: str
    name: str
    short_name: str
    land: str
    traegernummer: str
    ags: str
    form: str
    colour: str
    marker: str
    dash: str
    aliases: tuple[str, ...] = ()

    @property
    def spellings(self) -> tuple[str, ...]:
        """Return everything a delivery may call this Jobcenter."""
        return (self.id, self.name, self.short_name, self.traegernummer, self.ags, *self.aliases)


@dataclass(frozen=True)
class Region:
    """A reference region quoted beside a Jobcenter (Deutschland, Land, Regionaldirektion, published
    Vergleichstyp)."""

    id: str
    name: str
    kind: str
    key: str = ""  # official key of a Land, "DG" for Deutschland
    part: str = ""  # of a Land: the region (West or Ost) that statistics count it to
    aliases: tuple[str, ...] = ()

    @property
    def spellings(self) -> tuple[str, ...]:
        """Return everything a delivery may call this region."""
        return (self.id, self.name, self.key, *self.aliases)


@dataclass(frozen=True)
class Operand:
    """One side of a formula: an indicator summed or averaged over `months`, shifted back by `lag` months.

    `last_day_within`: instead its value of the last known day (such as 31.12.) up to the end of the other side's period, at
    most so many months before it; 0 asks for the same months. `source`: only values of this source count.
    """

    indicator: str
    months: int
    aggregate: str
    lag: int = 0
    breakdown: str = ""
    last_day_within: int = 0
    source: str = ""


@dataclass(frozen=True)
class Formula:
    """An official formula: numerator ÷ denominator × 100 ("ratio") or (quotient − 1) × 100 ("change").

    `text` says it in German; `{day}` in it stands for the day of a denominator with `last_day_within`.
    """

    numerator: Operand
    denominator: Operand
    result: str
    text: str
    average_of: int = 1


@dataclass(frozen=True)
class Derivation:
    """How the values of a time concept (its `id`) follow from monthly ones; `own_reading`: no source states this rule."""

    id: str
    window: str  # "year": January to the month; "12": the last twelve months
    aggregate: str  # sum or mean
    text: str
    own_reading: bool = False
    source: str = ""

    @property
    def rule(self) -> str:
        """Return the rule in words, marked where it is our own reading."""
        return self.text + (OWN_READING if self.own_reading else "")


@dataclass(frozen=True)
class Event:
    """Something that changes how series are read, on a day or over a span, as a source says.

    It concerns the named indicators and the indicators of the named topics (none of both: all), in the named areas
    (none: all). `breaks`: before and after are not the same quantity; nothing is computed across its start.
    """

    id: str
    name: str
    kind: str
    start: date
    text: str
    source: str
    end: date | None = None
    indicators: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    breaks: bool = False


@dataclass(frozen=True)
class Indicator:
    """One declared quantity. `unit` names a unit of the vocabulary, `minimum`/`maximum` bound plausible
    values; `counted`: its name behind a number, where that is another one ("37 …")."""

    id: str
    name: str
    unit: str
    topic: str
    direction: str
    definition: str
    source: str = ""
    code: str = ""
    family: str = ""
    decimals: int | None = None
    base: str = ""
    direction_source: str = ""
    time_concepts: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    targets_on: tuple[str, ...] = ()
    formula: Formula | None = None
    base_id: str = ""
    counted: str = ""

    @property
    def label(self) -> str:
        """Return the name as pickers show it: the stable short code first (it goes into the URL)."""
        return f"{self.code} · {self.name}" if self.code else self.name


@dataclass(frozen=True)
class Breakdown:
    """A part of the whole (Frauen, unter 25, Single-BG); `dimension` groups breakdowns that belong side by
    side."""

    id: str
    name: str
    dimension: str = ""
    aliases: tuple[str, ...] = ()
    within: str = ""  # id of a wider part that already counts this one (55 and older within 50 and older)


@dataclass(frozen=True)
class Dimension:
    """What breakdowns divide by (age, sex, type). `complete`: the parts make up the whole, so what is left
    can be told.

    `multiple`: one person may count in several parts, so the shares may exceed 100 %.
    """

    id: str
    name: str
    complete: bool = False
    multiple: bool = False


@dataclass(frozen=True)
class Sum:
    """An indicator that is printed as the sum of others, so that the printed total can be recomputed."""

    id: str
    whole: str
    parts: tuple[str, ...]


@dataclass(frozen=True)
class Partition:
    """Parts that divide a whole without overlap and without rest, so that counts of them add up to it.

    `of`: "breakdowns" (`whole` "" is Insgesamt) or "regions"; regions may be named by their `kind` and how many there
    are (`size`) instead of by `parts`. `unstated`: the share of the whole that may belong to no part ("keine Angabe").
    """

    id: str
    name: str
    of: str = "breakdowns"
    whole: str = ""
    parts: tuple[str, ...] = ()
    kind: str = ""
    size: int = 0
    unstated: float = 0.0


@dataclass(frozen=True)
class SignalRule:
    """What counts as an Auffälligkeit: `rule` names the calculation, `limit` is from where on it speaks, `guard` from where
    on it is no mere chance; `unguarded` and `fence` take its place where no cases are loaded. `description` and `noise`
    say both in words, `questions` what one might ask next.
    """

    id: str
    name: str
    rule: str
    limit: float
    guard: float
    least: int
    description: str
    noise: str
    questions: tuple[str, ...]
    unguarded: float = 0.0
    fence: float = 0.0


@dataclass(frozen=True)
class Threshold:
    """From where on a check of a delivery speaks, and why there."""

    id: str
    value: float
    reason: str


@dataclass(frozen=True)
class Ratio:
    """An own calculation per head: numerator ÷ denominator ÷ `months`, both of the same period, in `unit`.

    `numerator_on` and `denominator_on` name the time concepts that fit each other; `printed` is the indicator
    under which documents print the same quantity.
    """

    id: str
    name: str
    family: str
    numerator: str
    numerator_on: str
    denominator: str
    denominator_on: str
    unit: str
    text: str
    months: int = 1
    printed: str = ""


@dataclass(frozen=True)
class Quotient:
    """What a printed rate (`id` is its indicator) is made of: numerator ÷ denominator × 100, both printed with it."""

    id: str
    numerator: str
    denominator: str
    chance: str
    text: str


@dataclass(frozen=True)
class Comparator:
    """With whom a Jobcenter is held together; `rule` says how the members are found, `own` that the grouping is ours."""

    id: str
    name: str
    rule: str
    description: str
    column: str = ""
    own: bool = False


@dataclass(frozen=True)
class Method:
    """How the most alike areas are found: how many, how variables are standardised, which share of the areas must have
    one, how many variables there must be at least."""

    id: str
    neighbours: int
    standardisation: str
    coverage: float
    least: int


@dataclass(frozen=True)
class Variable:
    """A structural quantity by which areas are alike; `of_whole`: its part in the whole in percent."""

    id: str
    name: str
    indicator: str
    weight: float
    breakdown: str = ""
    of_whole: bool = False
    transform: str = ""


@dataclass(frozen=True)
class YearOfMonths:
    """How the value of a year comes out of its months: their "sum", their "mean", or a "ratio" of monthly inputs.

    `numerator` is the monthly indicator ("" is the indicator itself), `denominator` is averaged, `lag` months back.
    `tolerance`: up to this difference a Soll counts as reached.
    """

    id: str
    months: str
    numerator: str = ""
    denominator: str = ""
    lag: int = 0
    tolerance: float = 0.0
    reason: str = ""


@dataclass(frozen=True)
class Source:
    """Where figures come from, with the date they have unless a row states its own."""

    id: str
    title: str
    publisher: str
    date_note: str
    confidential: bool
    jobcenter: str = ""
    data_date: date | None = None
    date_assumed: bool = False
    reference_period: str = ""
    synthetic: bool = False  # invented: never in one warehouse with any other source

    @property
    def citation(self) -> str:
        """Return publisher and title as footnotes name them; a confidential source says so."""
        return f"{self.publisher}, {self.title}{CONFIDENTIAL if self.confidential else ''}"


@dataclass(frozen=True)
class Family:
    """Indicators (or single breakdowns, `indicator/breakdown`) that speak about the same thing."""

    id: str
    name: str
    members: tuple[str, ...]
    question: str = ""


@dataclass(frozen=True)
class Page:
    """What a page of the app is about: its topics in their order there, and what it shows before anything is chosen.

    `first_of`: the first of these indicators that is there is shown first; `indicators`: what the page shows at once.
    """

    id: str
    topics: tuple[str, ...] = ()
    first_family: str = ""
    first_indicator: str = ""
    first_of: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()


@dataclass(frozen=True)
class Similar:
    """Quantities that are alike but not the same (level C), and why; members as in a Family."""

    id: str
    members: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class Delivery:
    """A file that would fill gaps: `members` are exact series (`indicator` or `indicator/breakdown`)."""

    id: str
    name: str
    publisher: str
    rhythm: str
    contains: str
    source: str
    members: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    caveats: tuple[str, ...] = ()
    fallback: bool = False


@dataclass(frozen=True)
class Membership:
    """A Jobcenter belongs to a Vergleichstyp in an edition, from a date on, as a source says."""

    jobcenter: str
    type: str
    edition: str
    valid_from: date
    source: str
    place: str
    members: int | None = None
    note: str = ""
    form: str = ""


@dataclass(frozen=True)
class Catalog:
    """All declared facts, validated: every reference between entries exists and every spelling is
    unambiguous."""

    jobcenters: dict[str, Jobcenter]
    regions: dict[str, Region]
    indicators: dict[str, Indicator]
    breakdowns: dict[str, Breakdown]
    sources: dict[str, Source]
    families: dict[str, Family]
    similar: dict[str, Similar]
    time_concepts: dict[str, Term]
    kinds: dict[str, Term]
    statuses: dict[str, Status]
    precisions: dict[str, Precision]
    units: dict[str, Unit]
    directions: dict[str, Term]
    topics: dict[str, Term]
    companions: dict[str, Companion]
    vergleichstypen: tuple[str, ...]
    memberships: tuple[Membership, ...]
    field_categories: dict[str, Term] = field(default_factory=dict)
    field_kinds: dict[str, Term] = field(default_factory=dict)
    field_states: dict[str, Term] = field(default_factory=dict)
    field_levels: dict[str, Term] = field(default_factory=dict)
    field_rhythms: dict[str, Term] = field(default_factory=dict)
    contradiction_kinds: dict[str, Term] = field(default_factory=dict)
    forms: dict[str, Term] = field(default_factory=dict)
    dimensions: dict[str, Dimension] = field(default_factory=dict)
    sums: dict[str, Sum] = field(default_factory=dict)
    partitions: dict[str, Partition] = field(default_factory=dict)
    thresholds: dict[str, Threshold] = field(default_factory=dict)
    ratios: dict[str, Ratio] = field(default_factory=dict)
    deliveries: dict[str, Delivery] = field(default_factory=dict)
    pages: dict[str, Page] = field(default_factory=dict)
    derivations: dict[str, Derivation] = field(default_factory=dict)
    events: dict[str, Event] = field(default_factory=dict)
    event_kinds: dict[str, Term] = field(default_factory=dict)
    comparators: dict[str, Comparator] = field(default_factory=dict)
    quotients: dict[str, Quotient] = field(default_factory=dict)
    statistics: dict[str, Threshold] = field(default_factory=dict)
    signals: dict[str, SignalRule] = field(default_factory=dict)
    variables: dict[str, Variable] = field(default_factory=dict)
    method: Method = Method("method", neighbours=20, standardisation="robust", coverage=0.9, least=3)
    targets: dict[str, YearOfMonths] = field(default_factory=dict)

    @cached_property
    def _with_companions(self) -> dict[str, Indicator]:
        known = dict(self.indicators)
        for base in self.indicators.values():
            for companion in self.companions.values():
                known[f"{base.id}.{companion.id}"] = _companion_of(base, companion)
        return known

    def indicator(self, id: str) -> Indicator:
        """Return an indicator or a companion of one by its id (KeyError where unknown)."""
        return self._with_companions[id]

    @property
    def indicator_ids(self) -> frozenset[str]:
        """Return the ids of all indicators and their companions."""
        return frozenset(self._with_companions)

    def unit(self, indicator_id: str) -> Unit:
        """Return the unit in which values of this indicator are kept."""
        return self.units[self.indicator(indicator_id).unit]

    @property
    def bounds(self) -> tuple[str, ...]:
        """Return the ids of the precisions that give a limit or an end of a range instead of the value."""
        return tuple(entry.id for entry in self.precisions.values() if entry.is_bound)

    @property
    def limits(self) -> tuple[str, ...]:
        """Return the ids of the precisions "mindestens" and "höchstens"."""
        return tuple(entry.id for entry in self.precisions.values() if entry.bound == "limit")

    def year_of(self, indicator_id: str) -> YearOfMonths | None:
        """Return how a year of an indicator comes out of its months; None where nothing says so."""
        if indicator_id in self.targets:
            return self.targets[indicator_id]
        entry = self.indicator(indicator_id)
        if "jdw" in entry.time_concepts and not self.unit(indicator_id).is_rate:
            return YearOfMonths(indicator_id, "mean")
        if "jfw" in entry.time_concepts and not self.unit(indicator_id).is_rate:
            return YearOfMonths(indicator_id, "sum")
        return None

    def area_name(self, id: str) -> str:
        """Return the short German name of a Jobcenter or reference region."""
        return self.jobcenters[id].short_name if id in self.jobcenters else self.regions[id].name

    def stands_beside(self, region: str, jobcenter: str, source: str) -> bool:
        """Tell whether a region is what a Jobcenter is held against: what its document quotes; of a statistic, which has
        all regions, Deutschland and the own Land."""
        known = self.sources.get(source)
        quoted = bool(known.jobcenter) if known else source != OWN_CALCULATION
        entry = self.regions[region]
        return quoted or entry.kind == "bund" or entry.name == self.jobcenters[jobcenter].land

    def breakdown_name(self, id: str) -> str:
        """Return the German name of a breakdown; parts joined by `+` are named together, "" is
        "Insgesamt"."""
        return ", ".join(self.breakdowns[part].name for part in id.split("+")) if id else "Insgesamt"

    def quantity_name(self, indicator: str, breakdown: str = "", *, coded: bool = False) -> str:
        """Return a quantity in words, its part behind a dash; `coded` puts its short code first."""
        entry = self.indicator(indicator)
        name = entry.label if coded else entry.name
        return f"{name} – {self.breakdown_name(breakdown)}" if breakdown else name

    def direction_name(self, indicator_id: str) -> str:
        """Return which way is favourable, in words; where no law says so, it is marked as our own reading."""
        entry = self.indicator(indicator_id)
        own = entry.direction != "neutral" and not entry.direction_source
        return self.directions[entry.direction].name + (OWN_READING if own else "")

    def source_name(self, id: str) -> str:
        """Return publisher and title of a source, with INTERN where it is confidential; else what stands there."""
        return self.sources[id].citation if id in self.sources else id

    def is_confidential(self, source: str) -> bool:
        """Tell whether the publisher of a source marked it as internal; unknown sources are not."""
        return source in self.sources and self.sources[source].confidential

    def family_of(self, indicator_id: str, breakdown: str = "") -> str:
        """Return the family a series belongs to: declared for the breakdown, for the indicator, or its own
        id."""
        base = self.indicator(indicator_id).base_id or indicator_id
        for member in (f"{base}/{breakdown}", base):
            for family in self.families.values():
                if member in family.members:
                    return family.id
        return self.indicator(base).family or base

    def similar_to(self, indicator_id: str, breakdown: str = "") -> Similar | None:
        """Return the group of alike quantities a series belongs to; a printed change is alike to nothing."""
        series = address(indicator_id, breakdown)
        return next((group for group in self.similar.values() if series in group.members), None)

    def delivery_for(self, indicator_id: str, breakdown: str = "") -> Delivery:
        """Return the delivery that would bring a series: declared for it, for its topic, or the fallback."""
        entry = self.indicator(indicator_id)
        series = address(entry.base_id or entry.id, breakdown)
        known = self.deliveries.values()
        exact = (delivery for delivery in known if series in delivery.members)
        by_topic = (delivery for delivery in known if entry.topic in delivery.topics)
        return next(chain(exact, by_topic, (delivery for delivery in known if delivery.fallback)))


def address(indicator: str, breakdown: str = "") -> str:
    """Return how links and the catalog write a series: `indicator`, or `indicator/breakdown`."""
    return f"{indicator}/{breakdown}" if breakdown else indicator


def _companion_of(base: Indicator, companion: Companion) -> Indicator:
    unit = base.unit if companion.unit == "same" else companion.unit
    return replace(
        base,
        id=f"{base.id}.{companion.id}",
        name=f"{base.name}: {companion.name}",
        code="",
        unit=unit,
        decimals=None if companion.unit != "same" else base.decimals,
        aliases=(),
        minimum=None,
        maximum=None,
        formula=None,
        targets_on=(),
        base_id=base.id,
    )
