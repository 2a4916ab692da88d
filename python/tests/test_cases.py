"""The cases of tests/cases, seen through Python: what each file's header promises.

`required.toml` holds the share of each file's cases that must pass.
"""

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


def written(value: str | Decimal | None) -> str | None:
    """A value as entities.toml writes it: numbers without exponent or trailing zeros."""
    if value is None or isinstance(value, str):
        return value
    return format(value.normalize(), "f")


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


def roles(actor: pullquote.Actor) -> list[str]:
    """An actor's roles as the cases write them."""
    return [role.title if role.of is None else f"{role.title} ({role.of})" for role in actor.roles]


def actors(doc: pullquote.Doc, case: Case) -> bool:
    """Every actor with its kind, roles and mentions, and the speakers that are asked for."""
    found = [
        {
            "name": actor.name,
            "kind": actor.kind,
            "roles": roles(actor),
            "mentions": [mention.text for mention in actor.mentions],
        }
        for actor in doc.actors
    ]
    wanted = [{"roles": [], **row} for row in case["expect"]]
    speakers = ["; ".join(speaker.name for speaker in quote.speakers) for quote in doc.quotes]
    return found == wanted and case.get("speakers", speakers) == speakers


def measures(found_in: "tuple[pullquote.Entity, ...]", case: Case) -> bool:
    """Every time or amount with all that its value says."""
    found = [
        {
            "text": entity.text,
            "label": entity.label,
            "value": span_of_values(entity),
            "unit": entity.unit,
            "mod": entity.modifier,
        }
        for entity in found_in
    ]
    wanted = [
        {
            "text": row["text"],
            "label": row["label"],
            "value": row.get("value"),
            "unit": row.get("unit"),
            "mod": row.get("mod"),
        }
        for row in case["expect"]
    ]
    return found == wanted


def span_of_values(entity: pullquote.Entity) -> str | None:
    """The value with its zeros, or "low..high"."""
    if entity.value is None:
        return None
    return str(entity.value) if entity.value_to is None else f"{entity.value}..{entity.value_to}"


def dates(doc: pullquote.Doc, case: Case) -> bool:
    """Every time."""
    return measures(doc.times, case)


def intervals(doc: pullquote.Doc, case: Case) -> bool:
    """Every time with the days it covers."""
    found = [
        {
            "text": found.text,
            "value": found.value,
            "mod": found.modifier,
            "first": found.start_date and found.start_date.isoformat(),
            "last": found.end_date and found.end_date.isoformat(),
            "exact": found.exact and found.exact.isoformat(),
            "grain": found.granularity,
        }
        for found in doc.times
    ]
    found = [{key: value for key, value in row.items() if value is not None} for row in found]
    return bool(found == case["expect"])


def amounts(doc: pullquote.Doc, case: Case) -> bool:
    """Every amount of money and percentage."""
    return measures(doc.amounts, case)


def quotes(doc: pullquote.Doc, case: Case) -> bool:
    """Every quote with kind, content, cue, source, speakers, polarity and what is asked for."""
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
    "intervals": intervals,
    "layout": layout,
    "marks": marks,
    "quotes": quotes,
    "sentences": sentences,
    "tokens": tokens,
}


def require(name: str, total: int, failed: list[str]) -> None:
    """Enough of a file's expectations are met."""
    share, required = 1 - len(failed) / total, load("required")[name]
    print(f"{name}: {total - len(failed)} of {total} pass")
    assert share >= required, f"{share:.3f} of {name} pass, {required} required; failed: {failed}"


def test_every_file_of_cases_is_required_and_checked() -> None:
    files = {path.stem for path in CASES.iterdir()} - {"required"}
    assert files == set(load("required")) == {*CHECKS, "speakers"}


@pytest.mark.parametrize("name", CHECKS)
def test_enough_cases_pass(name: str) -> None:
    cases, check = load_cases(name), CHECKS[name]
    failed = [
        case["name"]
        for case in cases
        if not check(pullquote.parse(case["text"], date=case.get("date")), case)
    ]
    require(name, len(cases), failed)


def test_enough_speakers_and_people_are_found() -> None:
    checks: dict[str, bool] = {}
    for case in load("speakers")["case"]:
        doc = pullquote.parse(case["text"])
        name = case["name"]
        for row in case["expect"]:
            holding = [quote for quote in doc.quotes if row["words"] in quote.text]
            innermost = min(holding, key=lambda quote: len(quote.text), default=None)
            found = [speaker.name for speaker in innermost.speakers] if innermost else []
            checks[f"{name}: {row['words']}"] = found == row["by"]
        people = [(a.name, roles(a)) for a in doc.actors if a.kind == "PERSON"]
        for person in case["people"]:
            wanted = (person["name"], person.get("roles", []))
            checks[f"{name}: {person['name']}"] = wanted in people
        checks[f"{name}: as many quotations"] = len(doc.quotes) == len(case["expect"])
        checks[f"{name}: as many people"] = len(people) == len(case["people"])
    require("speakers", len(checks), [what for what, met in checks.items() if not met])
