//! How time and memory grow with texts made to be slow.
//!
//! In: `--sizes` (MB of text), `--stage`, `--kind`. Out: for each kind of text and each stage how
//! CPU time grows with size (the exponent: 1 is linear, 2 is quadratic), the speed at the largest
//! size, and the process's peak memory for each byte of it.
//!
//! Algorithm: every measure is a process of its own, this program started again, which makes the
//! text, reads it once and tells its CPU time and its peak memory; so no measure profits from what
//! another left in caches and allocator. The least time of several runs counts. The exponent is the
//! slope of a straight line through the logarithms of all sizes. The test of the gate runs the same
//! with small sizes and fails on an exponent that no linear stage shows, however busy the machine.

use rustix::time::{ClockId, clock_gettime};
use std::fmt::Write as _;
use std::hint::black_box;
use std::process::{Command, ExitCode};
use std::time::Duration;
use std::{env, fs};

/// What is measured: its name, the reading, how often a size is run, the most that the exponent may
/// be at small sizes.
type Stage = (&'static str, fn(&str) -> usize);

const STAGES: [Stage; 3] = [
    ("sentences", |text| pullquote::sentences(text).len()),
    ("tokens", |text| pullquote::tokens(text).len()),
    ("parse", |text| pullquote::Parser::new().parse(text).tokens().len()),
];

/// A kind of text: its name and the `n`th piece of it.
type Kind = (&'static str, fn(usize) -> String);

const KINDS: [Kind; 18] = [
    ("one paragraph", |n| format!("The {n}th boat left the harbour of Vellin at noon. ")),
    ("one endless line", |n| format!("boats {n} and nets and ropes and ")),
    ("open straight quotes", |_| "\"The dam holds. ".into()),
    ("open curly quotes", |_| "“The dam holds. ".into()),
    ("balanced quotes", |n| format!("“The dam holds {n},” said Ann Lee. ")),
    ("quotes alone", |_| "\"".into()),
    ("nested quotes", |n| if n % 64 < 32 { "“a ‘b ".into() } else { "c’ d” ".into() }),
    ("one token", |_| "abcdefgh".into()),
    ("capitals", |_| "THE DAM HOLDS AND ANN LEE SAID SO ".into()),
    ("dots", |_| ".".into()),
    ("U.S.", |_| "U.S. ".into()),
    ("newlines", |_| "\n".into()),
    ("digits", |n| format!("{n}")),
    ("months", |n| ["March ", "May 3 ", "June ", "Tuesday ", "last August "][n % 5].into()),
    ("combining marks", |_| "\u{301}".into()),
    ("zero-width marks", |_| "\u{200b}\u{200f}\u{202e}a".into()),
    ("distinct names", |n| format!("{} {} left. ", name(n % 1000), name(n / 1000))),
    ("one name", |_| "Ann Lee left. ".into()),
];

/// A name of invented syllables, another for each number below 10,000.
fn name(n: usize) -> String {
    const PARTS: [&str; 10] = ["ba", "den", "fo", "gar", "hu", "kel", "mi", "nor", "pu", "ras"];
    let mut name = String::new();
    for place in [1, 10, 100, 1000] {
        name.push_str(PARTS[n / place % 10]);
    }
    name[..1].to_uppercase() + &name[1..]
}

/// A text of the kind, as long as asked for or one piece longer.
fn text(kind: &str, bytes: usize) -> String {
    let (_, piece) = KINDS.iter().find(|(name, _)| *name == kind).expect("a kind");
    let mut text = String::with_capacity(bytes + 64);
    let mut n = 0;
    while text.len() < bytes {
        text.push_str(&piece(n));
        n += 1;
    }
    text
}

/// What one run took.
#[derive(Clone, Copy)]
struct Cost {
    cpu: Duration,
    /// The process's peak memory, in bytes; zero where the system does not tell.
    peak: u64,
}

fn cpu() -> Duration {
    let now = clock_gettime(ClockId::ProcessCPUTime);
    Duration::try_from(now).expect("time since the start")
}

fn peak() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or("0 kB");
    line.trim_end_matches("kB").trim().parse().unwrap_or(0) * 1024
}

/// One measure, in this process.
fn measure(stage: &str, kind: &str, bytes: usize) {
    let (_, read) = STAGES.iter().find(|(name, _)| *name == stage).expect("a stage");
    let text = text(kind, bytes);
    let start = cpu();
    black_box(read(black_box(&text)));
    println!("{} {}", (cpu() - start).as_nanos(), peak());
}

/// The least of several measures, each in a process of its own.
fn least(stage: &str, kind: &str, bytes: usize, runs: usize) -> Cost {
    let program = env::current_exe().expect("this program");
    let mut least = Cost { cpu: Duration::MAX, peak: 0 };
    for _ in 0..runs {
        let mut child = Command::new(&program);
        let output = child.args(["--one", stage, kind, &bytes.to_string()]).output();
        let output = output.expect("this program starts again");
        assert!(output.status.success(), "{stage} of {bytes} bytes of {kind}");
        let told = String::from_utf8(output.stdout).expect("two numbers");
        let mut numbers = told.split_whitespace().map(|word| word.parse().expect("a number"));
        let cpu = Duration::from_nanos(numbers.next().expect("CPU time"));
        least = Cost { cpu: least.cpu.min(cpu), peak: numbers.next().expect("memory") };
    }
    least
}

/// The slope of the line through the logarithms of sizes and times.
fn exponent(points: &[(f64, f64)]) -> f64 {
    let count = points.len() as f64;
    let mean = |of: fn(&(f64, f64)) -> f64| points.iter().map(of).sum::<f64>() / count;
    let (x, y) = (mean(|point| point.0.ln()), mean(|point| point.1.ln()));
    let sums = points.iter().map(|(size, time)| {
        let (dx, dy) = (size.ln() - x, time.ln() - y);
        (dx * dy, dx * dx)
    });
    let (up, along) = sums.fold((0.0, 0.0), |all, one| (all.0 + one.0, all.1 + one.1));
    up / along
}

fn main() {
    let args: Vec<String> = env::args().skip(1).collect();
    if args[0] == "--one" {
        return measure(&args[1], &args[2], args[3].parse().expect("bytes"));
    }
    let sizes = [1, 2, 4, 8, 16];
    for (stage, _) in STAGES.iter().filter(|s| s.0 == args[0]) {
        for (kind, _) in KINDS.iter().filter(|k| args.len() < 2 || k.0 == args[1]) {
            let mut points = vec![];
            let mut c = Cost { cpu: Duration::MAX, peak: 0 };
            for s in sizes {
                c = least(stage, kind, s << 20, if *stage == "parse" { 1 } else { 5 });
                points.push((s as f64, c.cpu.as_secs_f64()));
            }
            let ms: Vec<_> = points.iter().map(|p| format!("{:.2}", p.1 * 1e3)).collect();
            println!(
                "{stage:10} {kind:22} {:.3} {:8.1} MB/s {:.1} B/B  {ms:?}",
                exponent(&points),
                16.8 / c.cpu.as_secs_f64(),
                c.peak as f64 / 16.8e6
            );
        }
    }
}
