"""Who said what in a folder or file of Parquet, as a Spark job.

$ spark-submit examples/spark_job.py articles.parquet quotes.parquet --date date --keep url

Writes the table that `--table` names, with the columns that `--keep` names and a column `error`,
and prints how many rows it has and how many articles could not be read.
"""

import argparse

from pyspark.sql import SparkSession

from pullquote import spark

TABLES = {
    "quotes": spark.quotes,
    "entities": spark.entities,
    "actors": spark.actors,
    "sentences": spark.sentences,
}


def main() -> None:
    """Reads, finds, writes and counts."""
    parser = argparse.ArgumentParser(description="who said what in articles of Parquet")
    parser.add_argument("articles", help="Parquet with a row for each article")
    parser.add_argument("output", help="where the table goes; it must not exist")
    parser.add_argument("--table", choices=TABLES, default="quotes")
    parser.add_argument("--text", default="text", help="column of the text")
    parser.add_argument("--id", default="id", help="column that names the article")
    parser.add_argument("--date", help="column of the publication date")
    parser.add_argument("--keep", nargs="*", default=[], help="columns to carry over")
    given = parser.parse_args()

    session = SparkSession.builder.appName("pullquote").getOrCreate()
    articles = session.read.parquet(given.articles)
    rows = TABLES[given.table](articles, given.text, given.id, given.date, keep=given.keep)
    rows.write.parquet(given.output)

    # Counted in what was written: counting `rows` would read every article again.
    written = session.read.parquet(given.output)
    unread = written.where("error is not null").count()
    print(f"{written.count() - unread} rows, {unread} articles not read")
    session.stop()


if __name__ == "__main__":
    main()
