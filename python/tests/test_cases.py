"""The cases of tests/cases, seen through Python: what each file's header promises.

`required.toml` holds the share of each file's cases that must pass.
"""

import re
import sys
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

import pullquote
from material import ROOT

if sys.version_info < (3, 11):
    pytest.skip("tomllib came with Python 3.11", allow_module_level=True)

import tomllib

CASES = ROOT / "tests" / "cases"
Case = dict[str, Any]


def load(name: str) -> dict[str, Any]:
    """One file of the folder."""
    return tomllib.loads((CASES / f"{name}.toml").read_text(encoding="utf-8"))


def load_cases(name: str) -> list[Case]:
    """The cases of a name: those of its file, or of all files in its folder."""
    files = sorted(path.stem for path in (CASES / name).glob("*.toml"))
    return [
        case
        for file in ([f"{name}/{stem}" for stem in files] or [name])
        for case in load(file)["case"]
    ]


def joined(spans: "tuple[pullquote.Span, ...]") -> str:
    """Text of a cue's or a source's fragments."""
    return " ".join(span.text for span in spans)


def written(value: str | float | Decimal | None) -> str | None:
    """A value as the cases write it: numbers without exponent or trailing zeros."""
    if value is None or isinstance(value, str):
        return value
    return format(Decimal(str(value)).normalize(), "f")


def sentences(doc: pullquote.Doc, case: Case) -> bool:
    """Every sentence."""
    return bool([sentence.text for sentence in doc.sents] == case["expect"])


def tokens(doc: pullquote.Doc, case: Case) -> bool:
    """Every token."""
    return bool([token.text for token in doc.tokens] == case["expect"])


def marks(doc: pullquote.Doc, case: Case) -> bool:
    """Every region between marks, and how many marks are left over."""
    found = [{"text": m.text, "function": m.function, "closed": m.closed} for m in doc.quote_marks]
    return bool(found == case["expect"]) and len(doc.stray_marks) == case.get("stray", 0)


def entities(doc: pullquote.Doc, case: Case) -> bool:
    """Every entity with its label, and the values that are asked for."""
    found = [
        {
            "text": entity.text,
            "label": entity.label,
            "value": written(entity.value),
            "unit": entity.unit,
            "country": entity.country,
        }
        for entity in doc.ents
    ]
    return len(found) == len(case["expect"]) and all(
        wanted.items() <= row.items() for row, wanted in zip(found, case["expect"], strict=True)
    )


def actors(doc: pullquote.Doc, case: Case) -> bool:
    """Every actor with its kind, roles and mentions, and the speakers that are asked for."""
    found = [
        {
            "name": actor.name,
            "kind": actor.kind,
            "roles": [
                role.title if role.of is None else f"{role.title} ({role.of})"
                for role in actor.roles
            ],
            "mentions": [mention.text for mention in actor.mentions],
        }
        for actor in doc.actors
    ]
    wanted = [{"roles": [], **row} for row in case["expect"]]
    speakers = ["; ".join(speaker.name for speaker in quote.speakers) for quote in doc.quotes]
    return found == wanted and case.get("speakers", speakers) == speakers


def measures(doc: pullquote.Doc, case: Case, labels: frozenset[str]) -> bool:
    """Every time or amount with all that its value says."""
    found = [
        {
            "text": entity.text,
            "label": entity.label,
            "value": span_of_values(entity),
            "unit": entity.unit,
            "mod": entity.modifier,
        }
        for entity in doc.ents
        if entity.label in labels
    ]
    wanted = [
        {
            "text": row["text"],
            "label": row["label"],
            "value": plain(row.get("value")),
            "unit": row.get("unit"),
            "mod": row.get("mod"),
        }
        for row in case["expect"]
    ]
    return found == wanted


def span_of_values(entity: pullquote.Entity) -> str | None:
    """The value, or "low..high"."""
    low, high = written(entity.value), written(entity.value_to)
    return low if high is None else f"{low}..{high}"


def plain(value: str | None) -> str | None:
    """Numbers as Python's floats know them: without trailing zeros."""
    if value is None or not re.fullmatch(r"[0-9.]+", value):
        return value
    return "..".join(written(Decimal(part)) or "" for part in value.split(".."))


def dates(doc: pullquote.Doc, case: Case) -> bool:
    """Every time."""
    return measures(doc, case, frozenset({"DATE", "TIME", "DURATION", "SET"}))


def amounts(doc: pullquote.Doc, case: Case) -> bool:
    """Every amount of money and percentage."""
    return measures(doc, case, frozenset({"MONEY", "PERCENT"}))


def quotes(doc: pullquote.Doc, case: Case) -> bool:
    """Every quote with its kind, content, cue, source, speakers and polarity, and what is asked for."""
    found = [
        {
            "kind": quote.kind,
            "content": [part.text for part in quote.content],
            "cue": joined(quote.cue),
            "source": joined(quote.source),
            "speakers": [speaker.name for speaker in quote.speakers],
            "polarity": quote.polarity,
            "addressee": quote.addressee.text if quote.addressee else None,
            "medium": quote.medium.text if quote.medium else None,
        }
        for quote in doc.quotes
    ]
    wanted = [
        {
            "kind": row["kind"],
            "content": row["content"],
            "cue": row.get("cue", ""),
            "source": row.get("source", ""),
            "speakers": row.get("speakers", [row["speaker"]] if "speaker" in row else []),
            "polarity": row.get("polarity", "asserted"),
            **{key: row[key] for key in ("addressee", "medium") if key in row},
        }
        for row in case["expect"]
    ]
    return len(found) == len(wanted) and all(
        expected.items() <= row.items() for row, expected in zip(found, wanted, strict=True)
    )


def layout(doc: pullquote.Doc, case: Case) -> bool:
    """Every block, and the document date."""
    found = [{"kind": block.kind, "text": block.text} for block in doc.blocks]
    day = doc.date.isoformat() if doc.date else None
    return bool(found == case["expect"]) and day == case.get("document_date")


CHECKS: dict[str, Callable[[pullquote.Doc, Case], bool]] = {
    "actors": actors,
    "amounts": amounts,
    "dates": dates,
    "entities": entities,
    "layout": layout,
    "marks": marks,
    "quotes": quotes,
    "sentences": sentences,
    "tokens": tokens,
}


def test_every_file_of_cases_is_required_and_checked() -> None:
    files = {path.stem for path in CASES.iterdir()} - {"required"}
    assert files == set(load("required")) == set(CHECKS)


@pytest.mark.parametrize("name", CHECKS)
def test_enough_cases_pass(name: str) -> None:
    cases, check = load_cases(name), CHECKS[name]
    failed = [
        case["name"]
        for case in cases
        if not check(pullquote.parse(case["text"], date=case.get("date")), case)
    ]
    share, required = 1 - len(failed) / len(cases), load("required")[name]
    print(f"{name}: {len(cases) - len(failed)} of {len(cases)} cases pass")
    assert share >= required, f"{share:.3f} of {name} pass, {required} required; failed: {failed}"
