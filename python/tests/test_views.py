"""The views slice the text they were made from and say what the record says."""

import copy
import json
import pickle
from collections.abc import Callable
from datetime import date, datetime, time, timezone
from decimal import Decimal
from time import process_time
from typing import Any, Literal

import pytest

import pullquote

# Each unit with the encoding that counts so, and its bytes a unit.
UNITS: list[tuple[Literal["chars", "bytes", "utf16"], str, int]] = [
    ("chars", "utf-32-le", 4),
    ("bytes", "utf-8", 1),
    ("utf16", "utf-16-le", 2),
]


def ranges(spans: "tuple[pullquote.Span, ...]") -> list[dict[str, int]]:
    """The spans as the record writes them."""
    return [{"start": span.start_char, "end": span.end_char} for span in spans]


def whole(span: pullquote.Span | None) -> dict[str, int] | None:
    """One span, or none, as the record writes it."""
    return None if span is None else ranges((span,))[0]


def who(speakers: "tuple[pullquote.Speaker, ...]") -> list[dict[str, Any]]:
    """Speakers as the record writes them."""
    return [
        {
            "actor": speaker.actor and speaker.actor.id,
            "name": speaker.name,
            "via": speaker.via,
            "confidence": speaker.confidence,
        }
        for speaker in speakers
    ]


def test_every_span_slices_the_text(article: str) -> None:
    doc = pullquote.parse(article)
    spans: list[pullquote.Span] = [*doc.blocks, *doc.sents, *doc.tokens, *doc.ents]
    spans += doc.quote_marks
    for quote in doc.quotes:
        spans += [*quote.content, *quote.verbatim, *quote.cue, *quote.source, quote.sentence]
    for actor in doc.actors:
        spans += [*actor.mentions, *actor.roles]
    assert doc.text == article
    assert len(doc.sents) > 1
    for span in spans:
        assert article[span.start_char : span.end_char] == span.text == str(span)


def test_blocks_sentences_marks_and_strays_are_those_of_the_record(article: str) -> None:
    doc = pullquote.parse(article)
    record = doc.to_dict()
    assert [{"kind": block.kind} | ranges((block,))[0] for block in doc.blocks] == record["blocks"]
    assert ranges(doc.sents) == record["sentences"]
    assert list(doc.stray_marks) == record["stray_marks"]
    assert [
        {
            **ranges((mark,))[0],
            "function": mark.function,
            "quote": mark.quote and mark.quote.id,
            "closed": mark.closed,
        }
        for mark in doc.quote_marks
    ] == record["quote_marks"]
    found = doc.date
    assert (found and found.isoformat()) == record["date"]


def test_entities_are_those_of_the_record(article: str) -> None:
    doc = pullquote.parse(article)
    for entity, row in zip(doc.ents, doc.to_dict()["entities"], strict=True):
        known = {
            "text": entity.text,
            "label": entity.label,
            "actor": entity.actor and entity.actor.id,
            "confidence": entity.confidence,
            "value": entity.value,
            "value_to": entity.value_to,
            "mod": entity.modifier,
            "basis": entity.basis,
            "unit": entity.unit,
            "country": entity.country,
        }
        known = {
            key: float(value) if isinstance(value, Decimal) else value
            for key, value in known.items()
            if value is not None
        }
        assert known | ranges((entity,))[0] == row


def test_actors_are_those_of_the_record(article: str) -> None:
    doc = pullquote.parse(article)
    for actor, row in zip(doc.actors, doc.to_dict()["actors"], strict=True):
        assert actor == doc.actors[actor.id]
        assert {
            "id": actor.id,
            "name": actor.name,
            "kind": actor.kind,
            **({"gender": actor.gender} if actor.gender else {}),
            "roles": [
                {"title": r.title, "of": r.of, "actor": r.actor and r.actor.id, **ranges((r,))[0]}
                for r in actor.roles
            ],
            "mentions": [ranges((m,))[0] | {"form": m.form} for m in actor.mentions],
        } == row
        for quote in doc.quotes:
            speaks = actor in [speaker.actor for speaker in quote.speakers]
            assert (quote in actor.quotes) == speaks


def test_a_split_quote_shows_where_it_was_split() -> None:
    split = pullquote.parse("“If the pump fails,” Ann Lee said, “we walk.” “All of us.”")
    assert split.quotes[0].text == "“If the pump fails,” … “we walk.” “All of us.”"


def test_quotes_are_those_of_the_record(article: str) -> None:
    doc = pullquote.parse(article)
    for quote, row in zip(doc.quotes, doc.to_dict()["quotes"], strict=True):
        assert quote.speaker == (quote.speakers[0] if quote.speakers else None)
        assert quote.text.replace(" … ", " ") == " ".join(part.text for part in quote.content)
        assert {
            "id": quote.id,
            "kind": quote.kind,
            "content": ranges(quote.content),
            "verbatim": ranges(quote.verbatim),
            "cue": ranges(quote.cue),
            "cue_lemma": quote.cue_lemma,
            "cue_class": quote.cue_class,
            "polarity": quote.polarity,
            "source": ranges(quote.source),
            "source_form": quote.source_form,
            "speakers": who(quote.speakers),
            "alternatives": who(quote.alternatives),
            "addressee": whole(quote.addressee),
            "medium": whole(quote.medium),
            "time": quote.time and doc.ents.index(quote.time),
            "group": quote.group,
            "sentence": doc.sents.index(quote.sentence),
            "confidence": quote.confidence,
            "evidence": quote.evidence,
        } == row


def test_a_document_is_its_tokens() -> None:
    doc = pullquote.parse("The bridge opens. It is early.")
    assert len(doc) == len(doc.tokens) > 5
    assert [token.text for token in doc] == [token.text for token in doc.tokens]
    assert (doc[0], doc[-1]) == (doc.tokens[0], doc.tokens[-1])
    assert tuple(token for sentence in doc.sents for token in sentence.tokens) == doc.tokens
    for beyond in (len(doc), -len(doc) - 1, 2**62):
        with pytest.raises(IndexError, match=f"no token {beyond} in a document of {len(doc)}"):
            doc[beyond]


def test_a_quote_names_its_speaker() -> None:
    doc = pullquote.parse("“The bridge opens in May,” Mayor Ann Lee said. “It is early.”")
    quote = doc.quotes[0]
    assert quote.speaker is not None
    assert (quote.speaker.name, quote.speaker.via) == ("Ann Lee", "name")
    assert quote.speaker.actor == doc.actors[0]
    assert [role.title for role in doc.actors[0].roles] == ["Mayor"]
    assert (quote.cue[0].text, quote.cue_lemma, quote.kind) == ("said", "say", "direct")
    assert repr(quote.speaker.actor) == "Actor(0, 'Ann Lee', 'PERSON')"
    assert repr(quote).startswith("Quote(0, 'direct', speaker='Ann Lee', text='“The bridge opens")
    assert repr(doc.quote_marks[0]) == "QuoteMark('“The bridge opens in May,”', 'speech', 0, 26)"


def test_times_and_amounts_are_the_entities_that_mean_one(article: str) -> None:
    doc = pullquote.parse(article, date="2026-03-14")
    times = ("DATE", "TIME", "DURATION", "SET")
    assert list(doc.times) == [entity for entity in doc.ents if entity.label in times]
    assert list(doc.amounts) == [
        entity for entity in doc.ents if entity.label in ("MONEY", "PERCENT")
    ]
    for entity in doc.ents:
        assert isinstance(entity, pullquote.Time) == (entity in doc.times)
        assert isinstance(entity, pullquote.Amount) == (entity in doc.amounts)


def test_a_time_is_python_s_own() -> None:
    doc = pullquote.parse(
        "It rained on 3 March 2021, at 14:30 GMT today and all through last week.",
        date="2026-03-04",
    )
    day, moment, week = doc.times
    assert (day.exact, day.granularity) == (date(2021, 3, 3), "day")
    assert moment.exact == datetime(2026, 3, 4, 14, 30, tzinfo=timezone.utc)
    assert (week.exact, week.start_date, week.end_date) == (
        None,
        date(2026, 2, 23),
        date(2026, 3, 1),
    )
    assert repr(week) == "Time('last week', 'DATE', 62, 71)"
    (alone,) = pullquote.parse("It rained at 9:30 p.m.").times
    assert alone.exact == time(21, 30)


def test_an_amount_is_an_exact_decimal() -> None:
    text = (
        "It cost $2.40, then 500 pesos, then 5 to 7 million dollars, a rise of 5 percentage points."
    )
    amounts = pullquote.parse(text).amounts
    assert [(str(found.value), found.unit) for found in amounts] == [
        ("2.40", "USD"),
        ("500", None),
        ("5000000", "USD"),
        ("5", "pp"),
    ]
    assert amounts[2].value_to == 7_000_000
    assert repr(amounts[1]) == "Amount('500 pesos', 'MONEY', 20, 29)"


def test_sentences_and_tokens_alone_are_those_of_the_document(article: str) -> None:
    doc = pullquote.parse(article)
    assert pullquote.sentences(article) == doc.sents
    assert pullquote.tokens(article) == doc.tokens
    for span in pullquote.sentences(article):
        assert type(span) is pullquote.Span
        assert article[span.start_char : span.end_char] == span.text


def test_sentences_and_tokens_alone_do_not_pay_for_the_rest() -> None:
    text = (
        "“The bridge opens in May,” said Mayor Ann Lee on Monday. It cost $2.40 million.\n\n" * 500
    )

    def cost(stage: Callable[[str], object]) -> float:
        started = process_time()
        stage(text)
        return process_time() - started

    parse, tokens, sentences = (
        min(cost(stage) for _ in range(3))
        for stage in (pullquote.parse, pullquote.tokens, pullquote.sentences)
    )
    # Measured at a 22nd and a 150th; the rest may yet become faster.
    assert tokens < parse / 2
    assert sentences < parse / 10


def test_views_are_made_once() -> None:
    doc = pullquote.parse("The bridge opens. It is early.")
    assert doc.sents is doc.sents
    assert doc.text is doc.text


def test_an_empty_text_is_an_empty_document() -> None:
    doc = pullquote.parse("")
    assert (doc.text, len(doc), doc.sents, doc.quotes, doc.date) == ("", 0, (), (), None)


def test_spans_are_equal_where_they_cover_the_same_characters() -> None:
    text = "The bridge opens."
    doc, same, other = (pullquote.parse(t) for t in (text, text, "The tunnel opens."))
    assert doc.sents[0] == same.sents[0]
    assert hash(doc.sents[0]) == hash(same.sents[0])
    assert doc[0] != doc[1]
    assert doc[0] != other[0]
    assert doc[0] != "The"


def test_documents_are_equal_when_made_from_the_same() -> None:
    text = "The bridge opens."
    made: list[dict[str, Any]] = [
        {},
        {"id": "a"},
        {"title": "a"},
        {"date": "2026-03-14"},
    ]
    docs = [pullquote.parse(text, **known) for known in made]
    assert len(set(docs)) == len(made)
    believing = pullquote.Parser(include_beliefs=True)
    assert believing.parse(text) == believing.parse(text)
    assert believing.parse(text) not in docs
    for doc, known in zip(docs, made, strict=True):
        again = pullquote.parse(text, **known)
        assert again == doc
        assert hash(again) == hash(doc)
        assert again != pullquote.parse(text + " ", **known)


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_pickling_keeps_the_document(article: str, protocol: int) -> None:
    parser = pullquote.Parser(include_beliefs=True)
    doc = parser.parse(article, id="a", title="b", date="2020-02-29")
    again = pickle.loads(pickle.dumps(doc, protocol))
    assert again == doc
    assert again.to_json() == doc.to_json()
    assert copy.deepcopy(doc) == doc
    assert pickle.loads(pickle.dumps(parser, protocol)) == parser


def test_a_date_found_in_the_text_is_found_again_when_unpickled() -> None:
    doc = pullquote.parse(" date 2026-03-14 61\nBridge Opens\n\nThe bridge opened on Monday.")
    again = pickle.loads(pickle.dumps(doc))
    assert again == doc
    assert again.to_json() == doc.to_json()


def test_the_date_may_be_a_date_or_a_string() -> None:
    day = date(2026, 3, 14)
    for given in (day, "2026-03-14", "2026-03-14T23:59:00Z", datetime(2026, 3, 14, 23, 59)):
        assert pullquote.parse("The bridge opened.", date=given).date == day


def test_nothing_can_be_changed() -> None:
    doc = pullquote.parse("The bridge opens.")
    with pytest.raises(AttributeError):
        doc.id = "a"  # type: ignore[misc]
    with pytest.raises(AttributeError):
        doc.sents[0].note = "a"  # type: ignore[attr-defined]


def test_reprs_show_what_matters() -> None:
    doc = pullquote.parse("The café opens. It is early.", id="a'b")
    assert repr(doc) == (
        "Doc(id=\"a'b\", 2 sentences, 0 quotes, text='The café opens. It is early.')"
    )
    assert repr(doc.sents[1]) == "Sentence('It is early.', 16, 28)"
    assert repr(doc[1]) == "Span('café', 4, 8)"
    assert repr(doc.blocks[0]) == "Block('The café opens. It is early.', 'paragraph', 0, 28)"
    assert repr(pullquote.parse("x" * 61)) == f"Doc(1 sentences, 0 quotes, text='{'x' * 60}…')"
    assert repr(pullquote.Parser()) == "Parser()"
    assert repr(pullquote.Parser(include_beliefs=True)) == "Parser(include_beliefs=True)"


def test_notebooks_show_the_article_as_text_never_as_markup(article: str) -> None:
    html = pullquote.parse(article, id="<i>a</i>")._repr_html_()
    assert html.startswith("<style>")
    assert "&lt;i&gt;a&lt;/i&gt;" in html
    hostile = "<script>alert(1)</script> said Ann Lee of “A & B”."
    html = pullquote.parse(hostile, title="<b>")._repr_html_()
    assert "<script" not in html
    assert "<b>" not in html


def test_notebooks_show_a_quote_an_actor_and_a_frame() -> None:
    doc = pullquote.parse("“Rain <b>,” said Mayor Ann Lee. She denied that it hurts.", id="<i>")
    quote, actor = doc.quotes[0]._repr_html_(), doc.actors[0]._repr_html_()
    for html in (quote, actor):
        assert html.startswith("<style>")
        assert "<li>“Rain &lt;b&gt;,” <small>direct · said</small></li>" in html
    assert "<h3>Ann Lee</h3>" in quote
    assert "denied" not in quote
    assert "<span>Mayor</span>" in actor
    assert "<li>that it hurts <small>indirect · denied</small></li>" in actor
    frame = pullquote.sentences_frame([doc])._repr_html_()
    assert "<th>document</th><th>id</th>" in frame
    assert "<td>&lt;i&gt;</td><td>1</td><td>32</td><td>57</td>" in frame
    assert "2 rows × 5 columns" in frame


def test_json_is_the_dictionary_in_every_unit(article: str) -> None:
    doc = pullquote.parse(article, id="a")
    for unit, encoding, width in UNITS:
        record = doc.to_dict(offsets=unit)
        assert record == json.loads(doc.to_json(offsets=unit))
        assert (record["schema"], record["offsets"], record["id"]) == (1, unit, "a")
        assert "text" not in doc.to_dict(offsets=unit, text=False)
        data = article.encode(encoding)
        for row, sentence in zip(record["sentences"], doc.sents, strict=True):
            piece = data[width * row["start"] : width * row["end"]]
            assert piece.decode(encoding) == sentence.text
