//! The fixed jobs whose cost is watched: `cargo bench`, or `cargo bench -- collate` for some.
//!
//! Inputs are made here, the same at every run. Comparison with other programs, and instruction
//! counts, start from the same jobs: each is one function with an input and an answer.

mod inputs;

use divan::counter::BytesCount;
use divan::{Bencher, black_box};
use recto::collate::collation::Collation;
use recto::collate::plan::plan;
use recto::digest::Digest;
use recto::document::Text;
use recto::log::audit::{Finding, Plan, audit};
use recto::log::chain::Block;
use recto::measure::rates::{Aside, rates};

use inputs::Pair;

fn main() {
    divan::main();
}

fn collate(bencher: Bencher, pair: &Pair) {
    let texts =
        || [&pair.base, &pair.transcript].map(|text| Text::new(text.as_str()).expect("short"));
    bencher.with_inputs(texts).bench_values(|[base, transcript]| {
        let collation = Collation::complete(plan(base, transcript));
        black_box(collation.fixes().count())
    });
}

/// 10,000 lines, three in ten noisy.
#[divan::bench(sample_count = 20)]
fn collate_10k(bencher: Bencher) {
    collate(bencher, &inputs::prose(10_000, 30));
}

/// 10,000 lines, nearly all of them noisy.
#[divan::bench(sample_count = 10)]
fn collate_heavy(bencher: Bencher) {
    collate(bencher, &inputs::prose(10_000, 95));
}

/// Two texts of 10,000 lines that have nothing to do with each other.
#[divan::bench(sample_count = 5)]
fn collate_disjoint(bencher: Bencher) {
    collate(bencher, &inputs::disjoint(10_000));
}

/// A million characters without a line end.
#[divan::bench(sample_count = 10)]
fn collate_oneline(bencher: Bencher) {
    collate(bencher, &inputs::oneline(16_000));
}

/// The digests of both sources of 100,000 lines, as opening a review makes them.
#[divan::bench(sample_count = 20)]
fn hash_sources(bencher: Bencher) {
    let Pair { base, transcript } = inputs::prose(100_000, 30);
    let bytes = BytesCount::new(base.len() + transcript.len());
    bencher.counter(bytes).bench(|| [&base, &transcript].map(|text| Digest::of(text.as_bytes())));
}

/// The four error rates of 10,000 lines.
#[divan::bench(sample_count = 5)]
fn stats(bencher: Bencher) {
    let pair = inputs::prose(10_000, 30);
    bencher.bench(|| rates(black_box(&pair.base), &pair.transcript, Aside::default()));
}

/// The hashes alone of a log of 100,000 decisions.
#[divan::bench(sample_count = 10)]
fn chain(bencher: Bencher) {
    let log = inputs::log(100_000);
    bencher.with_inputs(|| log.clone()).bench_values(|log| Block::check(log).lines().count());
}

/// Chain, reading and replay of a log of 100,000 decisions.
#[divan::bench(sample_count = 10)]
fn verify(bencher: Bencher) {
    let log = inputs::log(100_000);
    bencher.bench(|| {
        let found = audit(black_box(&log), Plan::default());
        assert_eq!(found.finding(), Finding::Intact);
    });
}

/// The established text of 100,000 decisions.
#[divan::bench(sample_count = 10)]
fn established(bencher: Bencher) {
    let found = audit(&inputs::log(100_000), Plan::default());
    let replay = found.replay.expect("a sound log");
    bencher.bench(|| black_box(&replay.ledger).established().len());
}
