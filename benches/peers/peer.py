"""One Python library on a file of articles: `peer.py NAME ARTICLES.jsonl COUNT`.

Prints one JSON object: the bytes of text of the first COUNT articles, the CPU seconds (user and
system) that the library took for them, loading excluded, and how many things it found. The texts
lie in memory before the clock starts, and results are counted, not written. What cannot be loaded
is told as `{"missing": reason}`.
"""

import json
import sys
import time


def spacy():
    import spacy

    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.max_length = 1 << 30
    return lambda text: sum(1 for _ in nlp(text).sents)


def nltk_data(*names):
    """The models, where they are installed or can be fetched."""
    import nltk

    for name, place in names:
        try:
            nltk.data.find(place)
        except LookupError:
            if not nltk.download(name, quiet=True):
                raise RuntimeError(f"its model {name} is fetched from GitHub, which was not reached")


def nltk_chain():
    nltk_data(
        ("punkt_tab", "tokenizers/punkt_tab"),
        ("averaged_perceptron_tagger_eng", "taggers/averaged_perceptron_tagger_eng"),
        ("maxent_ne_chunker_tab", "chunkers/maxent_ne_chunker_tab"),
        ("words", "corpora/words"),
    )
    from nltk import sent_tokenize, word_tokenize
    from nltk.chunk import ne_chunker
    from nltk.tag import PerceptronTagger

    # Held, because `pos_tag` and `ne_chunk` load them anew for each sentence.
    tagger, chunker = PerceptronTagger(), ne_chunker()

    def read(text):
        sentences = sent_tokenize(text)
        for sentence in sentences:
            chunker.parse(tagger.tag(word_tokenize(sentence)))
        return len(sentences)

    return read


def nltk_untrained():
    from nltk.tokenize import NLTKWordTokenizer
    from nltk.tokenize.punkt import PunktSentenceTokenizer

    punkt, words = PunktSentenceTokenizer(), NLTKWordTokenizer()

    def read(text):
        spans = list(punkt.span_tokenize(text))
        for start, end in spans:
            words.tokenize(text[start:end])
        return len(spans)

    return read


def pysbd():
    import pysbd

    segmenter = pysbd.Segmenter(language="en", clean=False, char_span=True)
    return lambda text: len(segmenter.segment(text))


def nupunkt():
    import nupunkt

    nupunkt.sent_spans("Rain fell. It stopped.")
    return lambda text: len(nupunkt.sent_spans(text))


def blingfire():
    import blingfire

    return lambda text: len(blingfire.text_to_sentences_and_offsets(text)[1])


def dateparser():
    from dateparser.search import search_dates

    return lambda text: len(search_dates(text, languages=["en"]) or [])


PEERS = {peer.__name__: peer for peer in (
    spacy, nltk_chain, nltk_untrained, pysbd, nupunkt, blingfire, dateparser,
)}  # fmt: skip


def main():
    name, articles, count = sys.argv[1:]
    with open(articles, encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line, _ in zip(lines, range(int(count)))]
    try:
        read = PEERS[name]()
        read(texts[0])
    except Exception as error:  # Whatever is wrong with a library is told, not hidden.
        print(json.dumps({"missing": str(error).splitlines()[0]}))
        return
    start = time.process_time()
    found = sum(read(text) for text in texts)
    seconds = time.process_time() - start
    size = sum(len(text.encode()) for text in texts)
    print(json.dumps({"bytes": size, "seconds": seconds, "found": found}))


main()
