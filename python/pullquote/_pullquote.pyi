from collections.abc import Iterable, Iterator
from datetime import date as _Date
from datetime import datetime as _DateTime
from datetime import time as _TimeOfDay
from decimal import Decimal as _Decimal
from os import PathLike as _PathLike
from typing import Any, Final, Literal, TypeAlias, final

from typing_extensions import disjoint_base

__all__ = [
    "Actor",
    "Amount",
    "Block",
    "Doc",
    "Entity",
    "Frame",
    "Mention",
    "Parser",
    "Quote",
    "QuoteMark",
    "Role",
    "Sentence",
    "Span",
    "Speaker",
    "Time",
    "__version__",
    "actors_frame",
    "entities_frame",
    "quotes_frame",
    "sentences",
    "sentences_frame",
    "tokens",
]

_BlockKind: TypeAlias = Literal[
    "record_header",
    "url",
    "headline",
    "byline",
    "dateline",
    "agency",
    "paragraph",
    "caption",
    "sign_off",
]
_Label: TypeAlias = Literal[
    "PERSON",
    "ORG",
    "LOC",
    "FAC",
    "NORP",
    "PRODUCT",
    "MISC",
    "DATE",
    "TIME",
    "DURATION",
    "SET",
    "MONEY",
    "PERCENT",
]
_Modifier: TypeAlias = Literal[
    "START",
    "MID",
    "END",
    "APPROX",
    "MORE_THAN",
    "LESS_THAN",
    "EQUAL_OR_MORE",
    "EQUAL_OR_LESS",
    "BEFORE",
    "AFTER",
]
_Basis: TypeAlias = Literal[
    "explicit",
    "document_date",
    "mentioned",
    "past",
    "future",
    "nearest",
]
_Granularity: TypeAlias = Literal[
    "second",
    "minute",
    "hour",
    "part_of_day",
    "day",
    "weekend",
    "week",
    "month",
    "quarter",
    "season",
    "half",
    "year",
    "decade",
    "century",
]
_CueClass: TypeAlias = Literal[
    "say",
    "write",
    "ask",
    "think",
    "announce",
    "accuse",
    "deny",
    "urge",
    "evidential",
    "label",
    "none",
]
_SourceForm: TypeAlias = Literal[
    "name",
    "pronoun",
    "role",
    "organisation",
    "collective",
    "borrowed",
    "carried",
    "none",
]
_MarkFunction: TypeAlias = Literal["speech", "term", "title", "nickname", "sign", "unknown"]
_OffsetUnit: TypeAlias = Literal["chars", "bytes", "utf16"]

__version__: Final[str]

@disjoint_base
class Span:
    """A stretch of a document's text.

    `doc.text[span.start_char:span.end_char] == span.text`.
    """

    @property
    def text(self) -> str:
        """The text it covers, exactly as the document has it."""
    @property
    def start_char(self) -> int:
        """Its first character, counted in code points from the start of the text."""
    @property
    def end_char(self) -> int:
        """The character after its last one."""
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class Block(Span):
    """A part of the article: headline, byline, paragraph and so on."""

    @property
    def kind(self) -> _BlockKind:
        """What part it is: `record_header`, `url`, `headline`, `byline`, `dateline`, `agency`,
        `paragraph`, `caption` or `sign_off`.
        """

@final
class Sentence(Span):
    """A sentence."""

    @property
    def tokens(self) -> tuple[Span, ...]:
        """Its tokens, in order."""

@disjoint_base
class Entity(Span):
    """A named thing, a time (then it is a `Time`) or an amount (then it is an `Amount`)."""

    @property
    def label(self) -> _Label:
        """What it is: `PERSON`, `ORG`, `LOC`, `FAC`, `NORP`, `PRODUCT`, `MISC`, `DATE`, `TIME`,
        `DURATION`, `SET`, `MONEY` or `PERCENT`.
        """
    @property
    def value(self) -> str | _Decimal | None:
        """The ISO 8601 value of a time as a string, the number of an amount as a `decimal.Decimal`,
        else None.
        """
    @property
    def value_to(self) -> _Decimal | None:
        """The upper end of a range of amounts, of which `value` is the lower, else None."""
    @property
    def modifier(self) -> _Modifier | None:
        """What limits the value, as in TIMEX3: `START`, `END`, `APPROX`, `MORE_THAN` ..., else None."""
    @property
    def basis(self) -> _Basis | None:
        """Why a time has its value: `explicit`, `document_date`, `mentioned`, `past`, `future` or
        `nearest`, else None.
        """
    @property
    def unit(self) -> str | None:
        """The currency of an amount of money, ISO 4217, `pp` for percentage points, else None."""
    @property
    def country(self) -> str | None:
        """The country that a place or a people belongs to, ISO 3166-1, else None."""
    @property
    def confidence(self) -> float:
        """How often an entity found this way is right, from 0 to 1."""
    @property
    def actor(self) -> Actor | None:
        """Whom or what it names, else None."""

@final
class Time(Entity):
    """A date, a time of day, a length of time or a repeated time.

    `value` is the whole meaning in ISO 8601 / TIMEX3 form, relative times resolved; what the
    calendar has for it is here as Python's own types. `modifier` tells which part or side of it is
    meant ("early 2022"), and moves nothing.
    """

    @property
    def label(self) -> Literal["DATE", "TIME", "DURATION", "SET"]: ...
    @property
    def value(self) -> str | None: ...
    @property
    def start_date(self) -> _Date | None:
        """The first day of a day, month, year ... or range, else None: a season, whose days differ
        from country to country, a length and a repeated time have none.
        """
    @property
    def end_date(self) -> _Date | None:
        """The last day, itself included, where `start_date` is the first, else None."""
    @property
    def exact(self) -> _Date | _DateTime | _TimeOfDay | None:
        """Where the text names exactly one, the day (`datetime.date`), the time of day on a day
        (`datetime.datetime`, with a time zone when one is named) or the time of day alone
        (`datetime.time`), else None. Midnight at the end of a day is the first moment of the next.
        """
    @property
    def granularity(self) -> _Granularity | None:
        """How finely it is told: `second`, `minute`, `hour`, `part_of_day`, `day`, `weekend`, `week`,
        `month`, `quarter`, `season`, `half`, `year`, `decade` or `century`, else None.
        """

@final
class Amount(Entity):
    """An amount of money or a percentage.

    `value` is a `decimal.Decimal` with the digits that the text has, `value_to` the upper end of a
    range. `unit` is the currency (ISO 4217), or `pp` for percentage points, and None where the
    words leave it open ("500 pesos"). `modifier` tells on which side of it the truth lies.
    """

    @property
    def label(self) -> Literal["MONEY", "PERCENT"]: ...
    @property
    def value(self) -> _Decimal | None: ...

@final
class Role(Span):
    """What an actor is or does: a title as the text has it, "foreign minister"."""

    @property
    def title(self) -> str:
        """The title as written."""
    @property
    def of(self) -> str | None:
        """Whose, "Ruritania" or "French", else None."""
    @property
    def actor(self) -> Actor | None:
        """The actor that `of` names, else None."""

@final
class Mention(Span):
    """One place where the article refers to an actor."""

    @property
    def form(self) -> Literal["name", "role", "pronoun"]:
        """`name`, `role` or `pronoun`."""

@final
class Actor:
    """One person, organisation or place of the article."""

    @property
    def id(self) -> int:
        """Its number in `doc.actors`."""
    @property
    def name(self) -> str:
        """The fullest form of the name that the article has, without titles."""
    @property
    def kind(self) -> _Label:
        """`PERSON`, `ORG`, `LOC` and so on, as the label of an entity."""
    @property
    def gender(self) -> Literal["feminine", "masculine"] | None:
        """`feminine` or `masculine` where forename, title or pronoun tell, else None."""
    @property
    def roles(self) -> tuple[Role, ...]:
        """Its titles and affiliations, in text order."""
    @property
    def mentions(self) -> tuple[Mention, ...]:
        """Every place where the article refers to it, in text order."""
    @property
    def quotes(self) -> tuple[Quote, ...]:
        """The quotes it is a speaker of, in text order."""
    def _repr_html_(self) -> str:
        """Its name, roles and quotes, for notebooks."""
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class Speaker:
    """Who said it."""

    @property
    def name(self) -> str:
        """The actor's fullest name, or the source as written when it has none."""
    @property
    def actor(self) -> Actor | None:
        """The actor, else None when the source stays nameless."""
    @property
    def via(self) -> Literal["name", "pronoun", "role", "carried", "as_written"]:
        """How it was found: `name`, `pronoun`, `role`, `carried` or `as_written`."""
    @property
    def confidence(self) -> float:
        """How often a speaker found this way is right, from 0 to 1."""
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class Quote:
    """One attribution: what was said, its cue, its source and its speakers."""

    @property
    def id(self) -> int:
        """Its number in `doc.quotes`."""
    @property
    def text(self) -> str:
        """What was said, marks included; an ellipsis stands where a split quote leaves words out."""
    @property
    def kind(self) -> Literal["direct", "mixed", "indirect"]:
        """`direct` (nine words in ten or more between marks), `mixed` (some) or `indirect` (none)."""
    @property
    def content(self) -> tuple[Span, ...]:
        """What was said, one span per stretch, marks included."""
    @property
    def verbatim(self) -> tuple[Span, ...]:
        """The words between quotation marks, marks left out."""
    @property
    def cue(self) -> tuple[Span, ...]:
        """The verb group, "according to" or the noun that attributes it."""
    @property
    def cue_lemma(self) -> str | None:
        """The cue's dictionary form, `say`, else None."""
    @property
    def cue_class(self) -> _CueClass:
        """`say`, `write`, `ask`, `think`, `announce`, `accuse`, `deny`, `urge`, `evidential`,
        `label` or `none`.
        """
    @property
    def polarity(self) -> Literal["asserted", "denied", "declined"]:
        """Whether the source stands by it: `asserted`, `denied` or `declined`."""
    @property
    def source(self) -> tuple[Span, ...]:
        """The source as written here, the whole noun phrase; empty when it is carried over."""
    @property
    def source_form(self) -> _SourceForm:
        """How the source is written: `name`, `pronoun`, `role`, `organisation`, `collective`,
        `borrowed`, `carried` or `none`.
        """
    @property
    def speaker(self) -> Speaker | None:
        """Who said it, the first of several, else None."""
    @property
    def speakers(self) -> tuple[Speaker, ...]:
        """Who said it; several when they said it together."""
    @property
    def alternatives(self) -> tuple[Speaker, ...]:
        """Whom a pronoun, a role or a shared surname may mean instead, the likelier first; kept when
        close.
        """
    @property
    def addressee(self) -> Span | None:
        """To whom it was said, else None."""
    @property
    def medium(self) -> Span | None:
        """Where it was said, "in a statement", else None."""
    @property
    def time(self) -> Entity | None:
        """When it was said, else None."""
    @property
    def group(self) -> int:
        """Number of the utterance; fragments over several paragraphs share it."""
    @property
    def sentence(self) -> Sentence:
        """The sentence that its cue, or else its content, begins in."""
    @property
    def confidence(self) -> float:
        """How often an attribution found this way is right, from 0 to 1."""
    @property
    def evidence(self) -> str:
        """The pattern that found it, in words."""
    def _repr_html_(self) -> str:
        """What was said and by whom, for notebooks."""
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class QuoteMark(Span):
    """A region between quotation marks, speech or not."""

    @property
    def function(self) -> _MarkFunction:
        """What the marks are for: `speech`, `term`, `title`, `nickname`, `sign` or `unknown`."""
    @property
    def quote(self) -> Quote | None:
        """The attribution its words belong to, else None."""
    @property
    def closed(self) -> bool:
        """Whether a closing mark was found."""

@final
class Doc:
    """An article and all that was found in it.

    `len(doc)` and `doc[i]` are its tokens. Two documents are equal when they were made from the
    same text, id, title and date by equal parsers. A document is pickled as what it was made from
    and parsed again when loaded.
    """

    @property
    def text(self) -> str:
        """The text exactly as given."""
    @property
    def id(self) -> str | None:
        """The caller's name for the document, else None."""
    @property
    def title(self) -> str | None:
        """The caller's title of the document, else None."""
    @property
    def date(self) -> _Date | None:
        """The publication date, given or found in the text, else None."""
    @property
    def blocks(self) -> tuple[Block, ...]:
        """The parts of the article, in order."""
    @property
    def sents(self) -> tuple[Sentence, ...]:
        """The sentences, in order."""
    @property
    def tokens(self) -> tuple[Span, ...]:
        """The tokens, in order."""
    @property
    def ents(self) -> tuple[Entity, ...]:
        """The entities, in order."""
    @property
    def times(self) -> tuple[Time, ...]:
        """The dates, times of day, lengths of time and repeated times among `ents`."""
    @property
    def amounts(self) -> tuple[Amount, ...]:
        """The amounts of money and percentages among `ents`."""
    @property
    def actors(self) -> tuple[Actor, ...]:
        """The people, organisations and places, in order of first mention."""
    @property
    def quotes(self) -> tuple[Quote, ...]:
        """The quotes, in order of their content."""
    @property
    def quote_marks(self) -> tuple[QuoteMark, ...]:
        """The account of every region between quotation marks, in order."""
    @property
    def stray_marks(self) -> tuple[int, ...]:
        """Positions of quotation marks that pair with nothing, in code points, in order."""
    def to_json(self, *, offsets: _OffsetUnit = "chars", text: bool = True) -> str:
        """The schema-1 record as one line of JSON, the same that the program writes.

        `offsets` is `chars` (code points), `bytes` (of UTF-8) or `utf16` (code units); with
        `text=False` the record leaves the text out.
        """
    def to_dict(self, *, offsets: _OffsetUnit = "chars", text: bool = True) -> dict[str, Any]:
        """The schema-1 record as a dictionary."""
    def to_spacy(self, nlp: Any) -> Any:
        """A `spacy.tokens.Doc` in the tokens of the pipeline `nlp`, with what the component `pullquote`
        sets (see `help("pullquote.spacy")`). `ImportError` when spaCy is not installed.
        """
    def to_displacy(self, style: Literal["ent", "span"] = "ent") -> dict[str, Any]:
        """A dictionary for `spacy.displacy.render(..., style=style, manual=True)`: the entities for
        `ent`, the quotes with cues and sources for `span`. Needs no spaCy itself.

        `ValueError` for any other style.
        """
    def _repr_html_(self) -> str:
        """The article beside a list of who said what, for notebooks."""
    def __len__(self) -> int: ...
    def __getitem__(self, index: int, /) -> Span: ...
    def __iter__(self) -> Iterator[Span]: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class Parser:
    """Turns texts into documents.

    With `include_beliefs=True` it also gives beliefs and plans ("he hopes", "is expected to"),
    which were not said. With `model` it finds names by a model of your own, a file made by
    `pullquote-train train entities`: `OSError` when the file cannot be read, `ValueError` when it
    holds no model that this version can use.

    A parser is safe to share between threads, and without a model free to make. It is pickled with
    the path of its model, not with the model: the file must be there when it is loaded.
    """

    def __new__(
        cls, *, include_beliefs: bool = False, model: str | _PathLike[str] | None = None
    ) -> Parser: ...
    @property
    def include_beliefs(self) -> bool:
        """Whether beliefs and plans are given too."""
    @property
    def model(self) -> str | None:
        """The file of your own model, else None."""
    def parse(
        self,
        text: str,
        *,
        id: str | None = None,
        title: str | None = None,
        date: _Date | str | None = None,
    ) -> Doc:
        """Reads one article and pulls out who said what. Never fails on any text.

        `text` is the article; it is never changed, so that every span slices it. `id` is your name
        for it, `title` helps to recognise its headline, `date` (a `datetime.date` or "YYYY-MM-DD")
        is its publication date, which "on Tuesday" counts from, and wins over what the text says.

        >>> import pullquote
        >>> doc = pullquote.parse("“The dam will hold,” said Ann Lee on Tuesday.", date="2026-03-14")
        >>> quote = doc.quotes[0]
        >>> quote.speaker.name, quote.cue[0].text, quote.text
        ('Ann Lee', 'said', '“The dam will hold,”')
        >>> doc.times[0].exact
        datetime.date(2026, 3, 10)

        `TypeError` when `text` is not a str, `ValueError` when it holds half a surrogate pair or
        `date` is no date.
        """
    def pipe(self, texts: Iterable[str], *, threads: int | None = None) -> Iterator[Doc]:
        """Parses many texts on several threads and yields their documents in order.

        `texts` is read a few texts ahead, never all at once. An exception it raises comes after the
        documents of the texts before it. `threads` is, unless given, the number of CPUs that this
        process may use.
        """
    def __getnewargs_ex__(self) -> tuple[tuple[()], dict[str, bool | str | None]]: ...
    def __eq__(self, other: object, /) -> bool: ...

@final
class Frame:
    """A table of Arrow columns.

    `pyarrow.table(frame)`, `polars.DataFrame(frame)`, `pandas.DataFrame.from_arrow(frame)` and
    whatever else reads `__arrow_c_stream__` take it without a copy.
    """

    @property
    def columns(self) -> tuple[str, ...]:
        """The names of its columns, in order."""
    def to_pandas(self) -> Any:
        """A `pandas.DataFrame`; `ImportError` when pandas and pyarrow are not installed."""
    def to_polars(self) -> Any:
        """A `polars.DataFrame`; `ImportError` when polars is not installed."""
    def _repr_html_(self) -> str:
        """The first rows, for notebooks."""
    def __arrow_c_stream__(self, requested_schema: object = None) -> object: ...
    def __len__(self) -> int: ...

def quotes_frame(docs: Iterable[Doc | str]) -> Frame:
    """Who said what: a row for each quote.

    `docs` is an iterable of documents and texts; a text is parsed by the default parser. For many
    texts, or with options, hand over `Parser(...).pipe(texts)`, which parses on several threads. The
    columns are those of `pullquote quotes --format csv`; `document` is the document's id, or its
    number among `docs` when it has none. Positions count code points.

    >>> import pullquote
    >>> texts = "“The dam will hold,” said Ann Lee.", "Nobody spoke."
    >>> frame = pullquote.quotes_frame(pullquote.Parser().pipe(texts))
    >>> len(frame), frame.columns[:4]
    (1, ('document', 'id', 'kind', 'speaker'))

    `TypeError` when `docs` is no iterable of documents and texts.
    """

def entities_frame(docs: Iterable[Doc | str]) -> Frame:
    """What is named, when and how much: a row for each entity; see `quotes_frame` for `docs`."""

def actors_frame(docs: Iterable[Doc | str]) -> Frame:
    """Who is who: a row for each person, organisation and place, with gender, titles and affiliations;
    see `quotes_frame` for `docs`.
    """

def sentences_frame(docs: Iterable[Doc | str]) -> Frame:
    """A row for each sentence; see `quotes_frame` for `docs`."""

def sentences(text: str) -> tuple[Span, ...]:
    """The sentences of a text, in order, without the rest of the analysis and at a fraction of its
    cost. They are those of `parse(text).sents`.

    >>> import pullquote
    >>> text = "Dr. Voss left at 9 p.m. The crowd stayed."
    >>> print(*pullquote.sentences(text), sep=" | ")
    Dr. Voss left at 9 p.m. | The crowd stayed.

    `TypeError` when `text` is not a str, `ValueError` when it holds half a surrogate pair.
    """

def tokens(text: str) -> tuple[Span, ...]:
    """The tokens of a text, in order, without the rest of the analysis and at a fraction of its cost.
    They are those of `parse(text).tokens`: words as Universal Dependencies cut them.

    >>> import pullquote
    >>> print(*pullquote.tokens("They don't know."))
    They do n't know .

    `TypeError` when `text` is not a str, `ValueError` when it holds half a surrogate pair.
    """
