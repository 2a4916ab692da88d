"""spaCy: the component, its annotations, and displaCy's dictionaries."""

import doctest
import pickle
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

import pullquote
from material import HARD

pytest.importorskip("spacy", reason="spaCy is not installed: pip install spacy")

import spacy
from spacy import displacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from pullquote.spacy import Component, annotate

TEXT = "“The dam will hold,” said Mayor Ann Lee. She denied that it leaks. It cost $2.50."


@pytest.fixture
def nlp() -> Language:
    """A pipeline of nothing but the component."""
    nlp: Language = spacy.blank("en")
    nlp.add_pipe("pullquote")
    return nlp


def test_the_example_runs() -> None:
    from pullquote import spacy as module

    results = doctest.testmod(module)
    assert (results.attempted > 4, results.failed) == (True, 0)


def test_spacy_finds_the_component_without_an_import() -> None:
    code = (
        "import spacy, sys; nlp = spacy.blank('en'); nlp.add_pipe('pullquote');"
        f"doc = nlp({TEXT!r}); print([quote._.speaker for quote in doc.spans['quotes']])"
    )
    command = [sys.executable, "-I", "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "['Ann Lee', 'Ann Lee']"


def test_it_annotates_what_the_text_says(nlp: Language) -> None:
    doc = nlp(TEXT)
    assert [sent.text for sent in doc.sents] == [
        "“The dam will hold,” said Mayor Ann Lee.",
        "She denied that it leaks.",
        "It cost $2.50.",
    ]
    found = [(ent.text, ent.label_, ent._.value, ent._.actor) for ent in doc.ents]
    assert found == [("Ann Lee", "PERSON", None, "Ann Lee"), ("$2.50", "MONEY", "2.50", None)]
    direct, indirect = doc.spans["quotes"]
    assert (direct.text, direct.label_, direct.id_) == ("“The dam will hold,”", "direct", "0")
    assert (direct._.speaker, direct._.speakers, direct._.cue) == ("Ann Lee", ["Ann Lee"], "said")
    assert (indirect.text, indirect.label_, indirect.id_) == ("that it leaks", "indirect", "1")
    assert (indirect._.polarity, indirect._.cue) == ("denied", "denied")
    assert 0 < indirect._.confidence <= 1
    groups = {
        name: [(span.text, span.label_, span.id_) for span in doc.spans[name]]
        for name in ("cues", "sources", "mentions")
    }
    assert groups["cues"] == [("said", "say", "0"), ("denied", "deny", "1")]
    assert groups["sources"] == [("Mayor Ann Lee", "name", "0"), ("She", "pronoun", "1")]
    assert groups["mentions"] == [("Mayor Ann Lee", "PERSON", "0"), ("She", "PERSON", "0")]
    assert {span._.actor for span in doc.spans["mentions"]} == {"Ann Lee"}


def test_every_annotation_holds_its_part_of_the_text(nlp: Language, article: str) -> None:
    doc, found = nlp(article), pullquote.parse(article)
    assert doc.text == article
    held: list[tuple[Sequence[Span], Sequence[pullquote.Span]]] = [
        (doc.spans["quotes"], [part for quote in found.quotes for part in quote.content]),
        (doc.spans["cues"], [part for quote in found.quotes for part in quote.cue]),
        (doc.spans["sources"], [part for quote in found.quotes for part in quote.source]),
        (doc.spans["mentions"], [part for actor in found.actors for part in actor.mentions]),
        (list(doc.sents)[1:], list(found.sents)[1:]),
        (doc.ents, list(found.ents)),
    ]
    for spans, parts in held:
        assert len(spans) == len(parts)
        for span, part in zip(spans, parts, strict=True):
            assert span.start_char <= part.start_char
            assert span.end_char >= part.end_char or span in list(doc.sents)
            assert part.start_char < span[0].idx + len(span[0])
    assert len(found.sents) > 1


def test_what_was_annotated_is_stored_and_loaded(nlp: Language) -> None:
    doc = nlp(HARD)
    loaded = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert [(q.id_, q.label_, q._.speaker) for q in loaded.spans["quotes"]] == [
        (q.id_, q.label_, q._.speaker) for q in doc.spans["quotes"]
    ]
    assert loaded._.date == "2026-03-14"


def test_dates_and_options_are_taken(nlp: Language, tmp_path: Path, model: Path) -> None:
    given = nlp.make_doc("It rained on Monday. He hopes to win.")
    given._.date = "2026-03-14"
    doc = nlp(given)
    assert [ent._.value for ent in doc.ents] == ["2026-03-09"]
    assert len(doc.spans["quotes"]) == 0
    given._.date = date(2026, 3, 17)
    assert [ent._.value for ent in nlp(given).ents] == ["2026-03-16"]
    assert given._.date == "2026-03-17"
    given._.date = "March"
    with pytest.raises(ValueError, match="`March` is not a date"):
        nlp(given)

    nlp = spacy.blank("en")
    nlp.add_pipe("pullquote", config={"include_beliefs": True, "model": str(model)})
    nlp.to_disk(tmp_path)
    for again in (spacy.load(tmp_path), pickle.loads(pickle.dumps(nlp))):
        assert len(again("He hopes to win.").spans["quotes"]) == 1
        component = again.get_pipe("pullquote")
        assert isinstance(component, Component)
        assert component.parser == pullquote.Parser(include_beliefs=True, model=model)


def test_what_a_pipeline_has_already_is_respected() -> None:
    rules = [{"label": "DAM", "pattern": "dam"}]
    nlp = spacy.blank("en")
    nlp.add_pipe("entity_ruler").add_patterns(rules)  # type: ignore[attr-defined]
    nlp.add_pipe("pullquote")
    assert "DAM" not in {ent.label_ for ent in nlp(TEXT).ents}
    nlp = spacy.blank("en")
    nlp.add_pipe("pullquote")
    nlp.add_pipe("entity_ruler").add_patterns(rules)  # type: ignore[attr-defined]
    assert [ent.label_ for ent in nlp(TEXT).ents] == ["DAM", "PERSON", "MONEY"]
    # A parser has cut the text; spaCy lets nobody cut it anew.
    words = ["It", "rained", ".", "It", "snowed", "."]
    parsed = Doc(nlp.vocab, words, heads=[1, 1, 1, 1, 1, 1], deps=["dep"] * 6)
    assert len(list(nlp(parsed).sents)) == 1


def test_texts_of_nothing_and_a_word_in_two_parts_do_no_harm(nlp: Language) -> None:
    for text in ("", " ", "\n\n", "“", "Lee"):
        assert nlp(text).text == text
    # A token with two names in it can be one entity.
    doc = Doc(nlp.vocab, ["Paris/London", "talks", "began", "."], [True, True, False, False])
    assert len(pullquote.parse(doc.text).ents) == 2
    assert [ent.text for ent in nlp(doc).ents] == ["Paris/London"]


def test_a_document_turns_into_one_of_spacy(nlp: Language, article: str) -> None:
    found = pullquote.parse(article)
    doc = found.to_spacy(spacy.blank("en"))
    assert doc.to_json() == nlp(article).to_json()
    with pytest.raises(ValueError, match="different texts"):
        annotate(nlp.make_doc("Nobody spoke."), found)


def test_a_missing_spacy_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "spacy", None)
    with pytest.raises(ImportError, match="pip install spacy"):
        pullquote.parse(TEXT).to_spacy(None)


def test_displacy_draws_the_dictionaries() -> None:
    doc = pullquote.parse(HARD + TEXT, title="Storm & dam")
    ents = doc.to_displacy()
    assert ents == doc.to_displacy("ent")
    assert (ents["text"], ents["title"]) == (doc.text, "Storm & dam")
    assert [(ent["start"], ent["end"], ent["label"]) for ent in ents["ents"]] == [
        (ent.start_char, ent.end_char, ent.label) for ent in doc.ents
    ]
    assert "Ann Lee" in displacy.render(ents, style="ent", manual=True, jupyter=False)

    spans = doc.to_displacy("span")
    assert spans["tokens"] == [token.text for token in doc.tokens]
    parts = [
        (part, label)
        for quote in doc.quotes
        for parts, label in [
            (quote.content, quote.kind),
            (quote.cue, "cue"),
            (quote.source, "source"),
        ]
        for part in parts
    ]
    assert len(parts) == len(spans["spans"]) > 0
    for span, (part, label) in zip(spans["spans"], parts, strict=True):
        tokens = doc.tokens[span["start_token"] : span["end_token"]]
        assert (tokens[0].start_char, tokens[-1].end_char) == (part.start_char, part.end_char)
        assert span["label"] == label
    assert "denied" in displacy.render(spans, style="span", manual=True, jupyter=False)
    with pytest.raises(ValueError, match="style must be 'ent' or 'span', not \"dep\""):
        doc.to_displacy("dep")  # type: ignore[arg-type]
