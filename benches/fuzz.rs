//! Hostile bytes, made by mutation, for every reader and for the whole pipeline.
//!
//! In: `--target NAME` (all without it), `--runs N` executions of each, `--seed N`. Out: for each target
//! how many inputs were run, how many of them are kept because they gave something new, and the CPU
//! time; or the first input that fails, written under `target/fuzz` with the words of the failure.
//!
//! Algorithm: an input of the pool is changed in one to four places, by words of the domain, bytes
//! from another one, numbers at their limits, bits, cuts and repeats; one whose answer's digest is
//! new joins the pool. The same seed gives the same inputs. Each target is a process of its own with
//! bounded memory, and with bounded CPU time for a batch of inputs; if it dies, it is run once more, each
//! input being written before it is tried, so that the last one is the finding.
//!
//! `cargo xtask fuzz` runs it. As a test, which is how the gate runs it, it tries what was found before
//! (`tests/fixtures/found`) and a few thousand inputs. It does not see which code an input reaches;
//! the same targets under `cargo fuzz` (`fuzz/README.md`) do.

#![expect(clippy::print_stdout, reason = "it is a program that reports")]
#![expect(clippy::expect_used, reason = "what a measure stands on may fail it")]

#[path = "fuzz/seeds.rs"]
mod seeds;
#[path = "fuzz/targets.rs"]
mod targets;

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use rustix::time::{ClockId, clock_gettime};
use seeds::WORDS;
use std::collections::BTreeSet;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};
use std::sync::Mutex;
use std::time::Duration;
use std::{env, fs};
use targets::{TARGETS, Target};

/// The longest input, in bytes.
const LONGEST: usize = 4096;
/// Inputs between two looks at the clock.
const BATCH: u64 = 256;
/// CPU seconds that a batch may take.
const BATCH_SECONDS: u64 = 20;
/// Address space that a target may take, in bytes.
const MEMORY: u64 = 4 << 30;
/// Inputs that are kept, at most.
const POOL: usize = 2048;

/// Xorshift: good enough to choose by, and the same everywhere.
struct Dice(u64);

impl Dice {
    fn roll(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 16
    }

    /// A number below `count`, which is not zero.
    fn below(&mut self, count: usize) -> usize {
        usize::try_from(self.roll() % count as u64).unwrap_or_default()
    }

    /// A stretch of so many bytes, mostly short.
    fn stretch(&mut self, length: usize) -> (usize, usize) {
        let start = self.below(length + 1);
        let most = if self.below(4) == 0 { length - start } else { 16.min(length - start) };
        (start, start + self.below(most + 1))
    }
}

/// Changes one place.
fn change(input: &mut Vec<u8>, pool: &[Vec<u8>], dice: &mut Dice) {
    /// Numbers that lengths and counts break at.
    const LIMITS: [u64; 12] = [
        0,
        1,
        0x7F,
        0x80,
        0xFF,
        0x7FFF,
        0xFFFF,
        0x7FFF_FFFF,
        0x8000_0000,
        0xFFFF_FFFF,
        u64::MAX >> 1,
        u64::MAX,
    ];
    let (start, end) = dice.stretch(input.len());
    match dice.below(9) {
        0 => {
            input.drain(start..end);
        }
        1 => {
            let again = input[start..end].repeat(1 + dice.below(8));
            input.splice(start..start, again);
        }
        2 | 3 => {
            let word = WORDS[dice.below(WORDS.len())];
            input.splice(start..start, word.bytes());
        }
        4 => {
            let word = WORDS[dice.below(WORDS.len())];
            input.splice(start..end, word.bytes());
        }
        5 => {
            let other = &pool[dice.below(pool.len())];
            let (from, to) = dice.stretch(other.len());
            input.splice(start..end, other[from..to].iter().copied());
        }
        6 => {
            if let Some(byte) = input.get_mut(start) {
                *byte ^= 1 << dice.below(8);
            }
        }
        7 => {
            let limit = LIMITS[dice.below(LIMITS.len())].to_le_bytes();
            let width = 1 << dice.below(4);
            input.iter_mut().skip(start).zip(limit).take(width).for_each(|(to, byte)| *to = byte);
        }
        _ => {
            let byte = u8::try_from(dice.below(256)).unwrap_or_default();
            input.splice(start..start, [byte]);
        }
    }
    input.truncate(LONGEST);
}

/// Where the last panic was and what it said.
static SAID: Mutex<String> = Mutex::new(String::new());

/// Runs one input; the words of the panic if there was one.
fn attempt(target: Target, input: &[u8]) -> Result<u64, String> {
    let run = panic::catch_unwind(AssertUnwindSafe(|| target.1(input)));
    run.map_err(|_| SAID.lock().map(|said| said.clone()).unwrap_or_default())
}

/// The input without what the failure does not need.
fn smallest(target: Target, mut input: Vec<u8>) -> Vec<u8> {
    let mut width = input.len() / 2;
    while width > 0 {
        let mut at = 0;
        while at < input.len() {
            let mut less = input.clone();
            less.drain(at..(at + width).min(input.len()));
            if attempt(target, &less).is_err() {
                input = less;
            } else {
                at += width;
            }
        }
        width /= 2;
    }
    input
}

/// The CPU time that this process has used.
fn cpu() -> Duration {
    Duration::try_from(clock_gettime(ClockId::ProcessCPUTime)).expect("a time since the start")
}

/// Bounds what the next batch may take; the system ends the process beyond it.
fn bound() {
    let limit = |resource, current: u64| {
        let Rlimit { maximum, .. } = getrlimit(resource);
        setrlimit(resource, Rlimit { current: Some(current), maximum })
            .expect("a limit below the hard one");
    };
    limit(Resource::Cpu, cpu().as_secs() + BATCH_SECONDS);
    limit(Resource::As, MEMORY);
}

/// The inputs that were found before.
fn found(target: &str) -> Vec<Vec<u8>> {
    let folder =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/found").join(target);
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut paths: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths.iter().filter_map(|path| fs::read(path).ok()).collect()
}

/// One target in this process: what was found before, then so many inputs. With `trace`, each is
/// written there before it is tried.
fn one(target: Target, runs: u64, seed: u64, trace: Option<&Path>) -> ExitCode {
    panic::set_hook(Box::new(|info| {
        if let Ok(mut said) = SAID.lock() {
            *said = info.to_string();
        }
    }));
    let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let mut pool = seeds::seeds(target.0);
    pool.extend(found(target.0));
    let (given, mut answers, mut done) = (pool.len(), BTreeSet::new(), 0);
    while done < runs.max(given as u64) {
        if done % BATCH == 0 {
            bound();
        }
        let first = usize::try_from(done).ok().filter(|at| *at < given);
        let input = first.map_or_else(
            || {
                let mut input = pool[dice.below(pool.len())].clone();
                (0..=dice.below(4)).for_each(|_| change(&mut input, &pool, &mut dice));
                input
            },
            |at| pool[at].clone(),
        );
        done += 1;
        if let Some(trace) = trace {
            fs::write(trace, &input).expect("a file to trace into");
        }
        match attempt(target, &input) {
            Ok(answer) => {
                if answers.insert(answer) && first.is_none() {
                    if pool.len() < given + POOL {
                        pool.push(input);
                    } else {
                        let at = given + dice.below(POOL);
                        pool[at] = input;
                    }
                }
            }
            Err(said) => {
                let path = finding(target.0, &smallest(target, input));
                println!("{}: {said}\n  input {done} of seed {seed}: {}", target.0, path.display());
                return ExitCode::FAILURE;
            }
        }
    }
    let seconds = cpu().as_secs_f64();
    println!("{:8} {done:9} inputs, {:6} answers, {seconds:6.1} s of CPU", target.0, answers.len());
    ExitCode::SUCCESS
}

/// Writes an input that fails.
fn finding(target: &str, input: &[u8]) -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/fuzz").join(target);
    fs::create_dir_all(&folder).expect("a folder for what is found");
    let mut hasher = DefaultHasher::new();
    input.hash(&mut hasher);
    let path = folder.join(format!("{:016x}", hasher.finish()));
    fs::write(&path, input).expect("a file for what is found");
    path
}

/// Runs a target in a process of its own; whether it found nothing.
fn apart(target: Target, runs: u64, seed: u64) -> bool {
    let program = env::current_exe().expect("this program");
    let command = || {
        let mut command = Command::new(&program);
        command.args(["--one", target.0, &runs.to_string(), &seed.to_string()]);
        command
    };
    let ended = command().stderr(Stdio::null()).status().expect("it starts again");
    if ended.code().is_none() {
        let path = finding(target.0, b"");
        let again = command().arg(&path).status().expect("it starts again");
        println!("{}: {ended}, traced {again}\n  seed {seed}: {}", target.0, path.display());
    }
    ended.success()
}

/// What follows a flag.
fn value<'a>(arguments: &'a [String], flag: &str) -> Option<&'a str> {
    let at = arguments.iter().position(|argument| argument == flag)?;
    arguments.get(at + 1).map(String::as_str)
}

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let named = |name: &str| TARGETS.into_iter().find(|target| target.0 == name).expect("a target");
    let number = |word: &str| word.parse().expect("a number");
    if let [flag, target, runs, seed, trace @ ..] = &arguments[..]
        && flag == "--one"
    {
        return one(named(target), number(runs), number(seed), trace.first().map(Path::new));
    }
    // As a test, few: the gate runs without optimisation.
    let asked = arguments.iter().any(|argument| argument == "--bench");
    let runs = value(&arguments, "--runs").map_or(if asked { 1_000_000 } else { 2000 }, number);
    let seed = value(&arguments, "--seed").map_or(1, number);
    let targets = value(&arguments, "--target").map_or(TARGETS.to_vec(), |name| vec![named(name)]);
    let failed = targets.into_iter().filter(|target| !apart(*target, runs, seed)).count();
    if failed > 0 {
        println!("{failed} targets failed");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}
