//! What a record costs in a stage with windows: counts per key, 10,000 keys, all in the cache.
#![allow(clippy::unwrap_used, reason = "a bench that panics has failed")]

use std::hint::black_box;

use brookite_core::coder::Encoding;
use brookite_core::function::AggregateFunction;
use brookite_core::proto::windowing_strategy::WindowFn;
use brookite_core::proto::{self, Edge, StageSpec};
use brookite_core::{Data, DataType, Result};
use brookite_executor::memory::MemoryHost;
use brookite_executor::{FunctionEntry, Registry, Stage};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};

const KEYS: i64 = 10_000;

#[derive(Default)]
struct Count;

impl AggregateFunction for Count {
    type In = (i64, i64);
    type Acc = i64;
    type Out = i64;

    fn create_accumulator(&self) -> i64 {
        0
    }

    fn add(&self, _: (i64, i64), count: &mut i64) -> Result<()> {
        *count += 1;
        Ok(())
    }

    fn merge(&self, count: &mut i64, other: i64) -> Result<()> {
        *count += other;
        Ok(())
    }

    fn get_result(&self, count: &i64) -> Result<i64> {
        Ok(*count)
    }
}

fn stage(window_fn: WindowFn) -> Stage {
    let encoding = proto::Encoding::from(Encoding::Serializer).into();
    let edge = |data_type: DataType| Edge { r#type: Some((&data_type).into()), encoding };
    let spec = StageSpec {
        functions: vec!["count".to_owned()],
        input: Some(edge(<(i64, i64)>::data_type())),
        output: Some(edge(i64::data_type())),
        key: Some(edge(i64::data_type())),
        windowing: Some(proto::WindowingStrategy {
            window_fn: Some(window_fn),
            ..Default::default()
        }),
        ..StageSpec::default()
    };
    let entry = FunctionEntry::aggregate::<Count>("count");
    let mut stage = Stage::build(&Registry::of([&entry]), spec).unwrap();
    stage.open(Box::new(MemoryHost::new())).unwrap();
    stage.advance_watermark(0).unwrap();
    stage
}

/// Records of all keys in turn, a thousand of a key in a minute.
fn windows(c: &mut Criterion) {
    let tumbling = proto::TumblingWindows { size_ms: 60_000, offset_ms: 0 };
    let sliding = proto::SlidingWindows { size_ms: 60_000, slide_ms: 15_000, offset_ms: 0 };
    let session = proto::SessionWindows { gap_ms: 60_000 };
    let mut group = c.benchmark_group("count per key");
    group.throughput(Throughput::Elements(1));
    for (name, window_fn) in [
        ("tumbling", WindowFn::Tumbling(tumbling)),
        ("sliding, of 4", WindowFn::Sliding(sliding)),
        ("session", WindowFn::Session(session)),
    ] {
        let mut stage = stage(window_fn);
        let mut number = 0;
        group.bench_function(name, |bencher| {
            bencher.iter(|| {
                // Keys in no order, so that their slots are as cold as those of real keys.
                let key = (number * 7_919) % KEYS;
                let (mut key_bytes, mut record) = ([0; 8], [0; 16]);
                key_bytes.copy_from_slice(&key.to_be_bytes());
                record[..8].copy_from_slice(&key.to_be_bytes());
                record[8..].copy_from_slice(&number.to_be_bytes());
                let at = 1 + (number / KEYS * 60) % 59_000;
                number += 1;
                black_box(stage.process(0, &key_bytes, &record, at).unwrap().len())
            });
        });
    }
    group.finish();
}

criterion_group!(benches, windows);
criterion_main!(benches);
