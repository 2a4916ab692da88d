"""Measures what the package costs: one figure a command, each with its floor and its goal.

$ target/venv/bin/python python/tools/figures.py start | pipe | size | spark

Needs the wheel installed (`cargo xtask python` does it in `target/venv`); `pipe` needs the program
(`cargo build --release -p pullquote-cli`), `spark` PySpark and Java 17. Costs are CPU time of
processes run in turn, of which the least counts, so that a busy machine says the same.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).parents[2]
PROGRAM = ROOT / "target" / "release" / "pullquote"
ARTICLES = [
    json.loads(line)
    for line in (ROOT / "examples" / "articles.jsonl").read_text(encoding="utf-8").splitlines()
]


def cpu(command: Sequence[str | Path]) -> float:
    """The CPU seconds of one process."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def least(times: int, *commands: Sequence[str | Path]) -> list[float]:
    """The least CPU seconds of each command, all run in turn."""
    rounds = [[cpu(command) for command in commands] for _ in range(times)]
    return [min(column) for column in zip(*rounds, strict=True)]


def start() -> None:
    """Import plus first parse over bare Python."""
    article = ARTICLES[0]["text"]
    bare = [sys.executable, "-I", "-c", "pass"]
    parse = [sys.executable, "-I", "-c", f"import pullquote; pullquote.parse({article!r}).quotes"]
    nothing, something = least(40, bare, parse)
    more = 1000 * (something - nothing)
    print(f"import and first parse: {more:.1f} ms of CPU over bare Python (floor 30, goal 10)")


def corpus(folder: Path, copies: int) -> Path:
    """Our articles, many times, as JSON lines."""
    path = folder / f"{copies}.jsonl"
    with path.open("w", encoding="utf-8") as lines:
        for number in range(copies):
            for article in ARTICLES:
                record = article | {"id": f"{article['id']}-{number}"}
                lines.write(json.dumps(record, ensure_ascii=False) + "\n")
    return path


PIPE = """
import json, sys, pullquote
with open(sys.argv[1], encoding="utf-8") as lines:
    texts = (json.loads(line)["text"] for line in lines)
    frame = pullquote.quotes_frame(pullquote.Parser().pipe(texts, threads=1))
assert len(frame)
"""


def pipe() -> None:
    """`pipe` to a frame over what the program takes for the same table.

    What starting costs is left out: the cost is the difference between many articles and few.
    """
    with tempfile.TemporaryDirectory() as folder:
        few, many = (corpus(Path(folder), copies) for copies in (50, 550))
        program: list[str | Path] = [
            PROGRAM,
            "parse",
            "--jobs",
            "1",
            "--table",
            "quotes",
            "--format",
            "csv",
        ]
        python = [sys.executable, "-I", "-c", PIPE]
        times = least(7, [*program, few], [*program, many], [*python, few], [*python, many])
    rust, view = times[1] - times[0], times[3] - times[2]
    print(f"pipe to a frame: {view / rust:.3f} times the program's CPU (floor 1.3, goal 1.1)")
    print(f"  {1000 * view / 4000:.3f} ms and {1000 * rust / 4000:.3f} ms an article")


def size() -> None:
    """What the installed package weighs."""
    files = metadata.files("pullquote") or []
    kept = [file for file in files if "__pycache__" not in file.parts]
    total = sum(Path(str(file.locate())).stat().st_size for file in kept)
    print(f"installed: {total / 1e6:.1f} MB (floor 20, goal 10)")


def spark() -> None:
    """Spark on this machine over the plain loop on as many cores, Parquet in and out."""
    import pyarrow as pa
    import pyarrow.parquet as pq
    from pyspark.sql import SparkSession

    import pullquote
    from pullquote import spark

    cores = len(os.sched_getaffinity(0))
    os.environ["PYSPARK_PYTHON"] = sys.executable
    folder = Path(tempfile.mkdtemp())
    os.chdir(folder)  # its workers take modules from where it is started
    # As many files as cores, since a task reads one.
    share = [article for _ in range(1500 // cores) for article in ARTICLES]
    for number in range(cores):
        pq.write_table(pa.Table.from_pylist(share), folder / f"articles-{number}.parquet")
    inputs = [str(path) for path in sorted(folder.glob("articles-*.parquet"))]
    session = (
        SparkSession.builder.master(f"local[{cores}]")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.ui.enabled", "false")
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")

    def job() -> None:
        articles = session.read.parquet(*inputs)
        rows = spark.quotes(articles, keep=["date"])
        rows.write.mode("overwrite").parquet(str(folder / "spark.parquet"))

    def loop() -> None:
        articles = pq.read_table(inputs)
        docs = pullquote.Parser().pipe(articles["text"].to_pylist(), threads=cores)
        pq.write_table(pa.table(pullquote.quotes_frame(docs)), folder / "loop.parquet")

    job()  # the first one starts the workers and warms the JVM
    times = [(*measured(job), *measured(loop)) for _ in range(2)]
    wall, used, plain_wall, plain_used = (min(column) for column in zip(*times, strict=True))
    session.stop()
    megabytes = cores * sum(len(article["text"].encode()) for article in share) / 1e6
    print(f"{megabytes:.0f} MB of text on {cores} cores, speed of Spark over that of a plain loop:")
    print(f"{plain_used / used:.2f} by CPU time ({used:.1f} s and {plain_used:.1f} s)")
    print(f"{plain_wall / wall:.2f} by the clock ({wall:.1f} s and {plain_wall:.1f} s)")
    print("(floor 0.7, goal 0.9; the clock means nothing where others work too)")


def measured(run: Callable[[], None]) -> tuple[float, float]:
    """The seconds that `run` takes, by the clock and of CPU, of all processes under this one."""
    clock, used = time.perf_counter(), family()
    run()
    return time.perf_counter() - clock, family() - used


def family() -> float:
    """The CPU seconds of this process and of all that it has started, and that they have."""
    parents, ticks = {}, {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(") ")[2].split()
        except OSError:  # it ended between listing and reading
            continue
        pid = int(path.parent.name)
        parents[pid] = int(fields[1])
        # Its own, and those of its children that have ended.
        ticks[pid] = sum(map(int, fields[11:15]))
    ours = {os.getpid()}
    while found := {pid for pid, parent in parents.items() if parent in ours} - ours:
        ours |= found
    return sum(ticks[pid] for pid in ours) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Measures what is asked for."""
    figures = {figure.__name__: figure for figure in (start, pipe, size, spark)}
    parser = argparse.ArgumentParser(description="measures what the Python package costs")
    parser.add_argument("figure", choices=figures)
    figures[parser.parse_args().figure]()


if __name__ == "__main__":
    main()
