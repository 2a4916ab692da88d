from collections.abc import Iterable, Iterator
from datetime import date as _Date
from typing import Any, Final, Literal, TypeAlias, final

from typing_extensions import disjoint_base

__all__ = [
    "Actor",
    "Block",
    "Doc",
    "Entity",
    "Mention",
    "Parser",
    "Quote",
    "QuoteMark",
    "Role",
    "Sentence",
    "Span",
    "Speaker",
    "__version__",
    "parse",
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
    @property
    def text(self) -> str: ...
    @property
    def start_char(self) -> int: ...
    @property
    def end_char(self) -> int: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class Block(Span):
    @property
    def kind(self) -> _BlockKind: ...

@final
class Sentence(Span):
    @property
    def tokens(self) -> tuple[Span, ...]: ...

@final
class Entity(Span):
    @property
    def label(self) -> _Label: ...
    @property
    def value(self) -> str | int | float | None: ...
    @property
    def unit(self) -> str | None: ...
    @property
    def country(self) -> str | None: ...
    @property
    def confidence(self) -> float: ...
    @property
    def actor(self) -> Actor | None: ...

@final
class Role(Span):
    @property
    def title(self) -> str: ...
    @property
    def of(self) -> str | None: ...

@final
class Mention(Span):
    @property
    def form(self) -> Literal["name", "role", "pronoun"]: ...

@final
class Actor:
    @property
    def id(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> _Label: ...
    @property
    def gender(self) -> Literal["feminine", "masculine"] | None: ...
    @property
    def roles(self) -> tuple[Role, ...]: ...
    @property
    def mentions(self) -> tuple[Mention, ...]: ...
    @property
    def quotes(self) -> tuple[Quote, ...]: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class Speaker:
    @property
    def name(self) -> str: ...
    @property
    def actor(self) -> Actor | None: ...
    @property
    def via(self) -> Literal["name", "pronoun", "role", "carried", "as_written"]: ...
    @property
    def confidence(self) -> float: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class Quote:
    @property
    def id(self) -> int: ...
    @property
    def text(self) -> str: ...
    @property
    def kind(self) -> Literal["direct", "mixed", "indirect"]: ...
    @property
    def content(self) -> tuple[Span, ...]: ...
    @property
    def verbatim(self) -> tuple[Span, ...]: ...
    @property
    def cue(self) -> tuple[Span, ...]: ...
    @property
    def cue_lemma(self) -> str | None: ...
    @property
    def cue_class(self) -> _CueClass: ...
    @property
    def polarity(self) -> Literal["asserted", "denied", "declined"]: ...
    @property
    def source(self) -> tuple[Span, ...]: ...
    @property
    def source_form(self) -> _SourceForm: ...
    @property
    def speaker(self) -> Speaker | None: ...
    @property
    def speakers(self) -> tuple[Speaker, ...]: ...
    @property
    def addressee(self) -> Span | None: ...
    @property
    def medium(self) -> Span | None: ...
    @property
    def time(self) -> Entity | None: ...
    @property
    def group(self) -> int: ...
    @property
    def sentence(self) -> Sentence: ...
    @property
    def confidence(self) -> float: ...
    @property
    def evidence(self) -> str: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class QuoteMark(Span):
    @property
    def function(self) -> _MarkFunction: ...
    @property
    def quote(self) -> Quote | None: ...
    @property
    def closed(self) -> bool: ...

@final
class Doc:
    @property
    def text(self) -> str: ...
    @property
    def id(self) -> str | None: ...
    @property
    def title(self) -> str | None: ...
    @property
    def date(self) -> _Date | None: ...
    @property
    def blocks(self) -> tuple[Block, ...]: ...
    @property
    def sents(self) -> tuple[Sentence, ...]: ...
    @property
    def tokens(self) -> tuple[Span, ...]: ...
    @property
    def ents(self) -> tuple[Entity, ...]: ...
    @property
    def actors(self) -> tuple[Actor, ...]: ...
    @property
    def quotes(self) -> tuple[Quote, ...]: ...
    @property
    def quote_marks(self) -> tuple[QuoteMark, ...]: ...
    @property
    def stray_marks(self) -> tuple[int, ...]: ...
    def to_json(self, *, offsets: _OffsetUnit = "chars", text: bool = True) -> str: ...
    def to_dict(self, *, offsets: _OffsetUnit = "chars", text: bool = True) -> dict[str, Any]: ...
    def __len__(self) -> int: ...
    def __getitem__(self, index: int, /) -> Span: ...
    def __iter__(self) -> Iterator[Span]: ...
    def __eq__(self, other: object, /) -> bool: ...
    def __hash__(self) -> int: ...

@final
class Parser:
    def __new__(cls, *, include_beliefs: bool = False) -> Parser: ...
    @property
    def include_beliefs(self) -> bool: ...
    def parse(
        self,
        text: str,
        *,
        id: str | None = None,
        title: str | None = None,
        date: _Date | str | None = None,
    ) -> Doc: ...
    def __call__(
        self,
        text: str,
        *,
        id: str | None = None,
        title: str | None = None,
        date: _Date | str | None = None,
    ) -> Doc: ...
    def pipe(self, texts: Iterable[str], *, threads: int | None = None) -> Iterator[Doc]: ...
    def __getnewargs_ex__(self) -> tuple[tuple[()], dict[str, bool]]: ...
    def __eq__(self, other: object, /) -> bool: ...

def parse(
    text: str,
    *,
    id: str | None = None,
    title: str | None = None,
    date: _Date | str | None = None,
    include_beliefs: bool = False,
) -> Doc: ...
