"""Who said what in a Spark DataFrame of articles.

>>> from pyspark.sql import SparkSession
>>> from pullquote import spark
>>> session = SparkSession.builder.getOrCreate()
>>> rows = [("a1", "2026-03-14", "“The dam will hold,” said Ann Lee.")]
>>> articles = session.createDataFrame(rows, "id string, day string, text string")
>>> quotes = spark.quotes(articles, date_col="day", keep=["day"])
>>> quotes.select("document", "speaker", "day", "error").first()
Row(document='a1', speaker='Ann Lee', day='2026-03-14', error=None)

`quotes`, `entities`, `actors` and `sentences` give the tables of `pullquote.quotes_frame` and its
like, the columns named in `keep`, and a column `error`. An article that cannot be read (its text is
null or no UTF-8, its date no date) is one row with what is kept and what is wrong; every other row
has null there. Nothing else fails a job.

Each task parses on its own thread alone, article by article, through `mapInArrow`. The package,
pyarrow and pandas, which PySpark asks for, must be installed where the tasks run. Needs PySpark 4.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Literal

import pyarrow as pa
from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as F
from pyspark.sql import types as T

import pullquote

__all__ = ["actors", "entities", "quotes", "schema", "sentences"]

_Table = Literal["quotes", "entities", "actors", "sentences"]
_Types = tuple[type[T.DataType], ...]
_Make = Callable[[Iterable[pullquote.Doc | str]], pullquote.Frame]

_FRAMES: dict[_Table, _Make] = {
    "quotes": pullquote.quotes_frame,
    "entities": pullquote.entities_frame,
    "actors": pullquote.actors_frame,
    "sentences": pullquote.sentences_frame,
}
# All types that a frame's columns have.
_TYPES: dict[pa.DataType, T.DataType] = {
    pa.large_string(): T.StringType(),
    pa.int64(): T.LongType(),
    pa.float64(): T.DoubleType(),
}
_ERROR = "error"
_DATES = (T.DateType, T.TimestampType, T.TimestampNTZType, T.StringType)
# Articles whose rows are held in memory together, whatever Spark hands over at once.
_AT_ONCE = 1000
# What the worker gets of each article, before the kept columns.
_GIVEN = ("text", "id", "date", "title")


def quotes(
    df: DataFrame,
    text_col: str = "text",
    id_col: str = "id",
    date_col: str | None = None,
    title_col: str | None = None,
    *,
    keep: Sequence[str] = (),
    parser: pullquote.Parser | None = None,
) -> DataFrame:
    """Who said what: a row for each quote of each article, in the columns of `schema("quotes")`.

    `text_col` holds the articles; `id_col` becomes the column `document`, as a string. `date_col`,
    a date, a timestamp or a string that begins with an ISO date, is the publication date, which "on
    Tuesday" counts from; `title_col` helps to recognise the headline. Null there means unknown. The
    columns in `keep` stand behind the table's own, with the types they have in `df`. `parser` has
    the options; the file of its model must lie at the same path on every machine.

    `ValueError` when a column is missing or `keep` names one that the table has itself, `TypeError`
    when one has another type or `keep` is a string.
    """
    return _table("quotes", df, (text_col, id_col, date_col, title_col), keep, parser)


def entities(
    df: DataFrame,
    text_col: str = "text",
    id_col: str = "id",
    date_col: str | None = None,
    title_col: str | None = None,
    *,
    keep: Sequence[str] = (),
    parser: pullquote.Parser | None = None,
) -> DataFrame:
    """What is named, when and how much: a row for each entity; see `quotes` for the rest."""
    return _table("entities", df, (text_col, id_col, date_col, title_col), keep, parser)


def actors(
    df: DataFrame,
    text_col: str = "text",
    id_col: str = "id",
    date_col: str | None = None,
    title_col: str | None = None,
    *,
    keep: Sequence[str] = (),
    parser: pullquote.Parser | None = None,
) -> DataFrame:
    """Who is who: a row for each person, organisation and place; see `quotes` for the rest."""
    return _table("actors", df, (text_col, id_col, date_col, title_col), keep, parser)


def sentences(
    df: DataFrame,
    text_col: str = "text",
    id_col: str = "id",
    date_col: str | None = None,
    title_col: str | None = None,
    *,
    keep: Sequence[str] = (),
    parser: pullquote.Parser | None = None,
) -> DataFrame:
    """A row for each sentence; see `quotes` for the rest."""
    return _table("sentences", df, (text_col, id_col, date_col, title_col), keep, parser)


def schema(table: _Table = "quotes") -> str:
    """The columns of a table as Spark writes them in DDL, without what is kept.

    >>> from pullquote import spark
    >>> spark.schema("sentences")
    'document string, id bigint, start bigint, end bigint, text string, error string'

    `ValueError` when there is no such table.
    """
    return ", ".join(f"{field.name} {field.dataType.simpleString()}" for field in _fields(table))


def _fields(table: _Table) -> list[T.StructField]:
    """The columns of a table: those of the frame, and the error."""
    if table not in _FRAMES:
        raise ValueError(f"no table {table!r}; there are {', '.join(_FRAMES)}")
    columns = pa.table(_FRAMES[table]([])).schema
    fields = [T.StructField(column.name, _TYPES[column.type]) for column in columns]
    return [*fields, T.StructField(_ERROR, T.StringType())]


def _table(
    table: _Table,
    df: DataFrame,
    columns: tuple[str, str, str | None, str | None],
    keep: Sequence[str],
    parser: pullquote.Parser | None,
) -> DataFrame:
    """A table of the articles in `df`."""
    if isinstance(keep, str):
        raise TypeError(f"keep must be a list of columns, not one str; write [{keep!r}]")
    *own, error = _fields(table)
    # Spark's names are the same in capitals.
    taken = {field.name.lower() for field in own} | {_ERROR}
    for name in keep:
        if name.lower() in taken:
            raise ValueError(
                f"keep names {name!r} twice, or the table has a column of that name itself; "
                f"rename yours with df.withColumnRenamed({name!r}, ...)"
            )
        taken.add(name.lower())
    types: tuple[_Types, ...] = ((T.StringType,), (), _DATES, (T.StringType,))
    given = [
        F.lit(None) if name is None else _column(df, name, wanted)
        for name, wanted in zip(columns, types, strict=True)
    ]
    # By place, so that a kept column may have any name.
    kept = [_column(df, name, ()).alias(f"kept{number}") for number, name in enumerate(keep)]
    articles = df.select(
        *(column.cast("string").alias(name) for name, column in zip(_GIVEN, given, strict=True)),
        *kept,
    )
    fields = [T.StructField(name, df.schema[name].dataType) for name in keep]
    rows = partial(_rows, table, list(keep), parser or pullquote.Parser())
    return articles.mapInArrow(rows, T.StructType([*own, *fields, error]))


def _column(df: DataFrame, name: str, types: _Types) -> Column:
    """A column of `df`, of one of these types where any are given."""
    if name not in df.columns:
        raise ValueError(f"the data frame has no column {name!r}; it has {', '.join(df.columns)}")
    found = df.schema[name].dataType
    if types and not isinstance(found, types):
        wanted = " or ".join(dict.fromkeys(kind().simpleString() for kind in types))
        raise TypeError(f"column {name!r} must be {wanted}, not {found.simpleString()}")
    return F.col(f"`{name.replace('`', '``')}`")


def _rows(
    table: _Table,
    keep: list[str],
    parser: pullquote.Parser,
    batches: Iterator[pa.RecordBatch],
) -> Iterator[pa.RecordBatch]:
    """The rows of a table for batches of articles; runs where the tasks run."""
    make = _FRAMES[table]
    for batch in batches:
        for at in range(0, batch.num_rows, _AT_ONCE):
            part = batch.slice(at, _AT_ONCE)
            read: list[int] = []
            failed: dict[int, str] = {}
            rows = pa.table(make(_docs(part, parser, read, failed)))
            # These documents have no id, so that each row tells its document's number.
            numbers = rows["document"].combine_chunks().cast(pa.int64())
            right, wrong = pa.array(read, pa.int64()).take(numbers), pa.array(failed, pa.int64())
            rows = rows.set_column(0, "document", part["id"].take(right))
            errors = pa.table({"document": part["id"].take(wrong)})
            for number, name in enumerate(keep):
                column = part[f"kept{number}"]
                rows = rows.append_column(name, column.take(right))
                errors = errors.append_column(name, column.take(wrong))
            errors = errors.append_column(_ERROR, pa.array(failed.values(), pa.string()))
            yield from pa.concat_tables([rows, errors], promote_options="default").to_batches()


def _docs(
    part: pa.RecordBatch, parser: pullquote.Parser, read: list[int], failed: dict[int, str]
) -> Iterator[pullquote.Doc]:
    """The documents of the articles that can be read, whose numbers go into `read`."""
    # As bytes, since a Spark string may hold any.
    columns = [part[name].cast(pa.large_binary()).to_pylist() for name in ("text", "date", "title")]
    for number, article in enumerate(zip(*columns, strict=True)):
        try:
            text, date, title = (value if value is None else value.decode() for value in article)
            if text is None:
                raise ValueError("the text is null")
            doc = parser.parse(text, date=(date or "").strip() or None, title=title)
        except ValueError as error:
            failed[number] = str(error)
        else:
            read.append(number)
            yield doc
