//! A run over a large corpus: how long it takes, and how its memory goes.
//!
//! The articles of `examples/articles` are fed to the program again and again, as lines of JSON, until
//! so many megabytes have gone in; nothing is kept on disk. While they go in, the memory of the
//! program is read from the system (Linux alone tells it so) and told as a curve.

use anyhow::{Context, Result, ensure};
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

/// How often the memory is read on the way.
const SAMPLES: u64 = 20;

/// Feeds so many megabytes; the first argument, 1,000 without one.
pub(crate) fn measure(root: &Path, megabytes: Option<&str>) -> Result<()> {
    let megabytes: u64 = megabytes.unwrap_or("1000").parse().context("a number of megabytes")?;
    let articles = articles(root)?;
    let program = crate::floors::program(root)?;
    let mut child = Command::new(&program)
        .args(["parse", "--no-text", "--quiet", "--input-format", "jsonl", "-o", "/dev/null", "-"])
        .stdin(Stdio::piped())
        .spawn()
        .with_context(|| format!("{} could not be started", program.display()))?;
    let mut input = child.stdin.take().context("a pipe")?;
    let started = Instant::now();
    let (bytes, mut fed, mut number, mut told) = (megabytes * 1_000_000, 0, 0_u64, 0);
    println!("{:>8}  {:>8}  {:>10}  {:>8}", "MB in", "seconds", "resident", "peak");
    for article in articles.iter().cycle() {
        if fed >= bytes {
            break;
        }
        let line = format!("{{\"id\":{number},\"text\":{article}}}\n");
        input.write_all(line.as_bytes()).context("the program stopped reading")?;
        fed += line.len() as u64;
        number += 1;
        if fed * SAMPLES / bytes > told {
            told = fed * SAMPLES / bytes;
            let seconds = started.elapsed().as_secs_f64();
            let [resident, peak] = memory(child.id())?;
            println!("{:>8}  {seconds:>8.1}  {resident:>7} kB  {peak:>5} kB", fed / 1_000_000);
        }
    }
    drop(input);
    let status = child.wait()?;
    ensure!(status.success(), "the program ended with {status}");
    let seconds = started.elapsed().as_secs_f64();
    println!("{number} articles, {fed} bytes in {seconds:.1} s");
    Ok(())
}

/// Our articles as JSON strings.
fn articles(root: &Path) -> Result<Vec<String>> {
    let mut paths: Vec<_> = fs::read_dir(root.join("examples/articles"))?
        .map(|entry| entry.map(|entry| entry.path()))
        .collect::<Result<_, _>>()?;
    paths.sort();
    let mut articles = Vec::new();
    for path in paths {
        articles.push(serde_json::to_string(&fs::read_to_string(path)?)?);
    }
    ensure!(!articles.is_empty(), "there are no articles");
    Ok(articles)
}

/// What a process has in memory now, and had at most, in kilobytes.
fn memory(process: u32) -> Result<[u64; 2]> {
    let status = fs::read_to_string(format!("/proc/{process}/status"))?;
    let field = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        line.and_then(|line| line.split_whitespace().next()?.parse().ok()).context(name.to_owned())
    };
    Ok([field("VmRSS:")?, field("VmHWM:")?])
}
