"""Spark: the same rows as without it, bad articles told, nothing else lost."""

import doctest
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import pages
import pullquote
from material import ARTICLES, HARD, ROOT

pytest.importorskip("pyspark", reason="PySpark is not installed: pip install pyspark pandas")
if shutil.which("java") is None and "JAVA_HOME" not in os.environ:
    pytest.skip("Spark needs Java 17, and there is no java here", allow_module_level=True)

import pyarrow as pa
import pyarrow.parquet as pq
import pyspark
from pyspark.sql import SparkSession
from pyspark.sql import functions as F

from pullquote import spark

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

# PySpark says so of every pandas from 3 on; what is used of it here is Arrow alone.
pytestmark = pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas")

TABLES: dict[spark._Table, tuple[Callable[..., "DataFrame"], spark._Make]] = {
    "quotes": (spark.quotes, pullquote.quotes_frame),
    "entities": (spark.entities, pullquote.entities_frame),
    "actors": (spark.actors, pullquote.actors_frame),
    "sentences": (spark.sentences, pullquote.sentences_frame),
}
SETTINGS = {
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.ui.enabled": "false",
    # Several batches a task.
    "spark.sql.execution.arrow.maxRecordsPerBatch": "3",
}
DAY = date(2026, 3, 14)
Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that Spark is started in, and where it looks for files."""
    return tmp_path_factory.mktemp("started")


@pytest.fixture(scope="module")
def session(started: Path) -> Iterator[SparkSession]:
    """Spark on two cores of this machine, whose tasks run this interpreter."""
    os.environ["PYSPARK_PYTHON"] = sys.executable
    # Its workers take modules from the folder it was started in before those that are installed.
    before = Path.cwd()
    os.chdir(started)
    builder = SparkSession.builder.master("local[2]")
    for name, value in SETTINGS.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    session.sparkContext.setLogLevel("ERROR")
    os.chdir(before)
    yield session
    session.stop()


@pytest.fixture(scope="module")
def parquet(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Our articles and the hard text in a file of Parquet, with all that Spark can carry."""
    texts = {path.stem: path.read_bytes().decode() for path in ARTICLES} | {"hard": HARD}
    table = pa.table(
        {
            "url": [f"https://example.org/{name}" for name in texts],
            "id": list(texts),
            "text": list(texts.values()),
            "day": [DAY] * len(texts),
            "place": [{"page": number, "part": "news"} for number in range(len(texts))],
        }
    )
    path = tmp_path_factory.mktemp("spark") / "articles.parquet"
    pq.write_table(table, path, row_group_size=4)
    return path


def plain(table: spark._Table, parser: pullquote.Parser | None = None) -> Rows:
    """The rows of the same articles without Spark."""
    parser = parser or pullquote.Parser()
    docs = [parser.parse(path.read_bytes().decode(), id=path.stem, date=DAY) for path in ARTICLES]
    docs.append(parser.parse(HARD, id="hard", date=DAY))
    rows: Rows = pa.table(TABLES[table][1](docs)).to_pylist()
    return rows


def collected(df: "DataFrame") -> Rows:
    """The rows of a data frame, in no order that it promises."""
    return [row.asDict(recursive=True) for row in df.collect()]


def ordered(rows: Rows) -> list[str]:
    """Rows in an order, to be compared."""
    return sorted(json.dumps(row, sort_keys=True) for row in rows)


@pytest.mark.parametrize("table", TABLES)
def test_a_table_has_the_rows_of_the_plain_loop(
    session: SparkSession, parquet: Path, table: spark._Table
) -> None:
    find, _ = TABLES[table]
    found = find(session.read.parquet(str(parquet)), date_col="day", keep=["url", "place"])
    assert found.columns[-3:] == ["url", "place", "error"]
    rows = collected(found)
    for row in rows:
        assert row.pop("error") is None
        assert row.pop("url") == f"https://example.org/{row['document']}"
        assert row.pop("place")["part"] == "news"
    wanted = plain(table)
    assert len(rows) == len(wanted) > 0
    assert ordered(rows) == ordered(wanted)


def test_a_bad_article_is_a_row_that_says_what_is_wrong(session: SparkSession) -> None:
    text = "“So it does,” said Ann Lee on Monday."
    articles = session.createDataFrame(
        [
            ("good", text, "2026-03-14T08:00:00Z", 1),
            ("blank date", text, " ", 2),
            ("silent", "Nobody spoke.", None, 3),
            ("no text", None, "2026-03-14", 4),
            ("no date", text, "March", 5),
            ("no UTF-8", "", None, 6),
            (None, text, None, 7),
        ],
        "id string, body string, day string, number int",
    )
    latin = F.expr("cast(unhex('436166E9') as string)")
    articles = articles.withColumn(
        "body", F.when(F.col("number") == 6, latin).otherwise(F.col("body"))
    )
    rows = collected(spark.quotes(articles, "body", "id", "day", keep=["number"]))
    told = {row["number"]: (row["document"], row["speaker"], row["error"]) for row in rows}
    assert len(rows) == len(told) == 6, "and no row for the article in which nobody spoke"
    assert told[1] == ("good", "Ann Lee", None)
    assert told[2] == ("blank date", "Ann Lee", None)
    assert told[7] == (None, "Ann Lee", None)
    assert told[4] == ("no text", None, "the text is null")
    assert told[5][:2] == ("no date", None) and told[5][2].startswith("`March` is not a date")
    assert told[6][:2] == ("no UTF-8", None) and "can't decode byte 0xe9" in told[6][2]


def test_dates_and_titles_are_what_they_are_without_spark(session: SparkSession) -> None:
    text = "Lee Bridge Opens\n\nThe bridge opened on Monday."
    articles = session.createDataFrame(
        [(1, text, DAY, "Lee Bridge Opens")], "id int, text string, day date, title string"
    )
    articles = articles.withColumn("moment", F.expr("timestamp '2026-03-14 08:00:00'"))
    wanted = pa.table(
        pullquote.entities_frame(
            [pullquote.parse(text, id="1", date=DAY, title="Lee Bridge Opens")]
        )
    ).to_pylist()
    assert "2026-03-09" in {row["value"] for row in wanted}, "the Monday before"
    for column in ("day", "moment"):
        rows = collected(spark.entities(articles, date_col=column, title_col="title"))
        assert ordered(rows) == ordered([row | {"error": None} for row in wanted])


def test_a_parser_goes_where_the_tasks_run(
    session: SparkSession, parquet: Path, model: Path
) -> None:
    parser = pullquote.Parser(include_beliefs=True, model=model)
    articles = session.read.parquet(str(parquet))
    rows = collected(spark.quotes(articles, date_col="day", parser=parser).drop("error"))
    assert ordered(rows) == ordered(plain("quotes", parser)) != ordered(plain("quotes"))


@pytest.mark.parametrize("table", TABLES)
def test_the_schema_stands_in_one_place(
    session: SparkSession, parquet: Path, table: spark._Table
) -> None:
    find, make = TABLES[table]
    found = find(session.read.parquet(str(parquet)))
    assert session.createDataFrame([], spark.schema(table)).schema == found.schema
    assert found.columns == [*make([]).columns, "error"]


def test_wrong_columns_are_named_before_any_task_runs(session: SparkSession) -> None:
    articles = session.createDataFrame([], "id int, text string, body binary, `a.b` string")
    refused: list[tuple[dict[str, Any], type[Exception], str]] = [
        ({"text_col": "words"}, ValueError, "no column 'words'; it has id, text, body, a.b"),
        ({"text_col": "body"}, TypeError, "'body' must be string, not binary"),
        ({"date_col": "id"}, TypeError, "'id' must be date or timestamp or .* string, not int"),
        ({"keep": ["id"]}, ValueError, "withColumnRenamed"),
        ({"keep": ["Document"]}, ValueError, "the table has a column of that name itself"),
        ({"keep": ["text", "text"]}, ValueError, "'text' twice"),
        ({"keep": "text"}, TypeError, r"write \['text'\]"),
    ]
    for arguments, error, message in refused:
        with pytest.raises(error, match=message):
            spark.quotes(articles, **arguments)
    with pytest.raises(ValueError, match="no table 'people'; there are quotes, entities"):
        spark.schema("people")  # type: ignore[arg-type]
    assert "a.b" in spark.quotes(articles, keep=["a.b"]).columns


def test_a_task_works_on_one_thread() -> None:
    texts = [path.read_bytes().decode() for path in ARTICLES] * 20
    nothing = pa.nulls(len(texts), pa.string())
    batch = pa.record_batch({"text": texts, "id": nothing, "date": nothing, "title": nothing})
    here, everywhere = time.thread_time(), time.process_time()
    rows = list(spark._rows("quotes", [], pullquote.Parser(), iter([batch])))
    here, everywhere = time.thread_time() - here, time.process_time() - everywhere
    assert sum(part.num_rows for part in rows) == 20 * len(plain("quotes")[:-1])
    assert here > 0.9 * everywhere, f"{everywhere - here:.3f} of {everywhere:.3f} s elsewhere"


def test_the_example_job_runs(parquet: Path, tmp_path: Path) -> None:
    submit = Path(pyspark.__file__).with_name("bin") / "spark-submit"
    settings = [part for pair in SETTINGS.items() for part in ("--conf", "=".join(pair))]
    command: list[str | Path] = [
        submit,
        "--master",
        "local[2]",
        *settings,
        ROOT / "examples" / "spark_job.py",
    ]
    command += [parquet, tmp_path / "quotes.parquet", "--date", "day", "--keep", "url", "place"]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env={**os.environ, "PYSPARK_PYTHON": sys.executable, "PYTHONWARNINGS": "ignore"},
    )
    assert done.returncode == 0, done.stderr
    wanted = plain("quotes")
    assert done.stdout.splitlines()[-1] == f"{len(wanted)} rows, 0 articles not read"
    written = pq.read_table(tmp_path / "quotes.parquet").drop_columns(["url", "place", "error"])
    assert ordered(written.to_pylist()) == ordered(wanted)


def test_the_page_and_the_examples_run(session: SparkSession, started: Path) -> None:
    if sys.version_info < (3, 11):
        pytest.skip("contextlib.chdir came with Python 3.11")
    pages.prepare(started)
    # The session is the one that is there.
    assert pages.run(ROOT / "docs" / "spark.md", started, {"session": session}) > 8
    results = doctest.testmod(spark)
    assert (results.attempted > 5, results.failed) == (True, 0)
