//! How time and memory grow with texts made to be slow.
//!
//! In: `--sizes 1,2,4` (MiB of text), `--stage NAME`, `--kind NAME`; all of them without these. Out:
//! for each stage and kind how CPU time grows with size (the exponent: 1 is linear, 2 quadratic), the
//! speed at the largest size, and the process's peak memory there for each byte of text.
//!
//! Algorithm: every measure is a process of its own, this program started again, which makes the
//! text, reads it once and tells its CPU time and its peak memory; so no measure profits from what
//! another left in caches or with the allocator. The least time of several runs counts. The exponent
//! is the slope of the straight line through the logarithms of all sizes.
//!
//! `cargo xtask growth` runs it over 1 to 16 MiB. As a test, which is how the gate runs it, it takes
//! small sizes and fails on an exponent that only a stage worse than linear has, however busy the
//! machine is.

#![expect(clippy::print_stdout, reason = "it is a program that reports")]
#![expect(clippy::expect_used, reason = "what a measure stands on may fail it")]

#[path = "kinds.rs"]
mod kinds;

use kinds::{KINDS, text};
use rustix::time::{ClockId, clock_gettime};
use std::hint::black_box;
use std::process::Command;
use std::time::Duration;
use std::{env, fs};

/// What is measured: its name, the reading, and how often each size is read.
type Stage = (&'static str, fn(&str) -> usize, usize);

const STAGES: [Stage; 3] = [
    ("sentences", |text| pullquote::sentences(text).len(), 7),
    ("tokens", |text| pullquote::tokens(text).len(), 7),
    ("parse", |text| pullquote::Parser::new().parse(text).tokens().len(), 2),
];

/// What a reading took.
#[derive(Clone, Copy)]
struct Cost {
    cpu: Duration,
    /// The process's peak memory, in bytes; zero where the system does not tell.
    peak: u64,
}

/// The CPU time that this process has used.
fn cpu() -> Duration {
    Duration::try_from(clock_gettime(ClockId::ProcessCPUTime)).expect("a time since the start")
}

/// The most memory that this process has held.
fn peak() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("0 kB");
    line.trim_end_matches("kB").trim().parse().unwrap_or(0) * 1024
}

/// One measure, in this process, told on standard output.
fn measure(stage: &str, kind: &str, bytes: usize) {
    let (_, read, _) = STAGES.iter().find(|(name, ..)| *name == stage).expect("a stage");
    let text = text(kind, bytes);
    // What a process does only once, such as checking the models, is no part of growth.
    black_box(read("Rain fell."));
    // A text that was just made lies in the caches if it is short; no text is to profit from that.
    black_box(vec![1_u8; 16 << 20]);
    // The peak is counted from here.
    let _ = fs::write("/proc/self/clear_refs", "5");
    let start = cpu();
    black_box(read(black_box(&text)));
    println!("{} {}", cpu().saturating_sub(start).as_nanos(), peak());
}

/// The least of several measures, each in a process of its own.
fn least(stage: &str, kind: &str, bytes: usize, runs: usize) -> Cost {
    let program = env::current_exe().expect("this program");
    let mut least = Cost { cpu: Duration::MAX, peak: u64::MAX };
    for _ in 0..runs {
        let arguments = ["--one", stage, kind, &bytes.to_string()];
        let output = Command::new(&program).args(arguments).output().expect("it starts again");
        assert!(output.status.success(), "{stage} fails on {bytes} bytes of {kind}");
        let told = String::from_utf8(output.stdout).expect("two numbers");
        let mut numbers = told.split_whitespace().map(|word| word.parse().expect("a number"));
        let mut next = || numbers.next().expect("two numbers");
        let (cpu, peak) = (Duration::from_nanos(next()), next());
        least = Cost { cpu: least.cpu.min(cpu), peak: least.peak.min(peak) };
    }
    least
}

/// The slope of the line through the logarithms of sizes and times.
fn exponent(points: &[(f64, f64)]) -> f64 {
    let count = points.iter().map(|_| 1.0).sum::<f64>();
    let mean = |of: fn(&(f64, f64)) -> f64| points.iter().map(of).sum::<f64>() / count;
    let (x, y) = (mean(|point| point.0.ln()), mean(|point| point.1.ln()));
    let (mut up, mut along) = (0.0, 0.0);
    for (size, time) in points {
        let (dx, dy) = (size.ln() - x, time.ln() - y);
        up += dx * dy;
        along += dx * dx;
    }
    up / along
}

/// The number as a fraction; what is measured here is far below 2^53.
fn number(whole: u64) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "small numbers are kept exactly")]
    return whole as f64;
}

/// The growth of one stage on one kind of text: the exponent and the cost of the largest size.
fn growth(stage: &str, kind: &str, sizes: &[usize], runs: usize) -> (f64, Cost) {
    let mut last = Cost { cpu: Duration::ZERO, peak: 0 };
    let mut points = Vec::new();
    for bytes in sizes {
        last = least(stage, kind, *bytes, runs);
        points.push((number(*bytes as u64), last.cpu.as_secs_f64()));
    }
    (exponent(&points), last)
}

/// What follows a flag.
fn value<'a>(arguments: &'a [String], flag: &str) -> Option<&'a str> {
    let at = arguments.iter().position(|argument| argument == flag)?;
    arguments.get(at + 1).map(String::as_str)
}

/// Prints the growth of what the arguments name.
fn report(arguments: &[String]) {
    let sizes = value(arguments, "--sizes").unwrap_or("1,2,4");
    let sizes = sizes.split(',').map(|size| size.parse::<usize>().expect("MiB, as in 1,2,4") << 20);
    let sizes: Vec<usize> = sizes.collect();
    let largest = number(*sizes.last().expect("a size") as u64);
    let (stage, kind) = (value(arguments, "--stage"), value(arguments, "--kind"));
    let wanted = |name: &str, asked: Option<&str>| asked.is_none_or(|asked| asked == name);
    println!("{:10} {:21} {:>8} {:>8} {:>11}", "stage", "kind", "exponent", "MB/s", "bytes/byte");
    for (stage, _, runs) in STAGES.iter().filter(|(name, ..)| wanted(name, stage)) {
        for (kind, _) in KINDS.iter().filter(|(name, _)| wanted(name, kind)) {
            let (exponent, Cost { cpu, peak }) = growth(stage, kind, &sizes, *runs);
            let (speed, memory) = (largest / 1e6 / cpu.as_secs_f64(), number(peak) / largest);
            println!("{stage:10} {kind:21} {exponent:8.3} {speed:8.1} {memory:11.1}");
        }
    }
}

/// Fails if a stage grows faster with a kind of text than a linear one can seem to.
fn check() {
    /// Halfway to quadratic.
    const BOUND: f64 = 1.5;
    for (stage, ..) in STAGES {
        // Large enough for the clock, and for the allocator to treat both sizes alike.
        let sizes = if stage == "parse" { [1 << 15, 1 << 18] } else { [1 << 19, 1 << 22] };
        for (kind, _) in KINDS {
            // A busy machine spoils some measures, hardly all.
            let linear = |runs: &usize| growth(stage, kind, &sizes, *runs).0 < BOUND;
            assert!([2, 5, 10].iter().any(linear), "{stage} is slower than linear on {kind}");
        }
    }
    println!("{} kinds of text, {} stages: linear", KINDS.len(), STAGES.len());
}

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match arguments.first().map(String::as_str) {
        Some("--one") => {
            let bytes = arguments[3].parse().expect("a number of bytes");
            measure(&arguments[1], &arguments[2], bytes);
        }
        // What cargo gives a bench that is to be timed.
        _ if arguments.iter().any(|argument| argument == "--bench") => report(&arguments),
        _ => check(),
    }
}
