//! How fast coders are: a row of five columns, against serde with bincode and against prost, and text in
//! Flink's format. `cargo xtask bench-coders` runs this beside Flink's own serializer and prints a table.
#![allow(missing_docs, clippy::unwrap_used, reason = "criterion generates main; a bench may panic")]

use std::hint::black_box;

use brookite_core::Data;
use brookite_core::coder::{Arena, Coder, Input};
use brookite_core::row::RowCoder;
use brookite_core::types::Timestamp;
use brookite_macros::Row;
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use prost::Message;

const NAME: &str = "a name of 20 letters";
const LENGTH: usize = 100;
const TEXTS: usize = 1 << 10;

#[derive(Row)]
struct Reading<'a> {
    id: i64,
    name: &'a str,
    value: f64,
    at: Timestamp<3>,
    count: i32,
}

#[derive(serde::Serialize, serde::Deserialize)]
struct SerdeReading<'a> {
    id: i64,
    name: &'a str,
    value: f64,
    at: i64,
    count: i32,
}

#[derive(Clone, PartialEq, Message)]
struct ProstReading {
    #[prost(int64, tag = "1")]
    id: i64,
    #[prost(string, tag = "2")]
    name: String,
    #[prost(double, tag = "3")]
    value: f64,
    #[prost(int64, tag = "4")]
    at: i64,
    #[prost(int32, tag = "5")]
    count: i32,
}

fn row(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("row");
    let coder = RowCoder;
    let at = Timestamp::from_millis(1_700_000_000_000);
    let reading = Reading { id: 1 << 40, name: NAME, value: 0.5, at, count: 7 };
    let mut bytes = Vec::new();
    Coder::<Reading<'static>>::encode(&coder, &reading, &mut bytes).unwrap();
    let arena = Arena::default();
    group.bench_function("decode", |bench| {
        bench.iter(|| {
            let row = Coder::<Reading<'static>>::decode(&coder, black_box(&bytes), &arena).unwrap();
            black_box(&row);
        });
    });
    let mut out = Vec::new();
    group.bench_function("encode", |bench| {
        bench.iter(|| {
            out.clear();
            Coder::<Reading<'static>>::encode(&coder, black_box(&reading), &mut out).unwrap();
            black_box(out.last());
        });
    });

    let config = bincode::config::standard().with_fixed_int_encoding();
    let serde = SerdeReading { id: 1 << 40, name: NAME, value: 0.5, at: at.millis(), count: 7 };
    let mut buffer = [0; 128];
    let length = bincode::serde::encode_into_slice(&serde, &mut buffer, config).unwrap();
    let bytes = buffer[..length].to_vec();
    group.bench_function("bincode decode", |bench| {
        bench.iter(|| {
            let (row, _): (SerdeReading<'_>, _) =
                bincode::serde::borrow_decode_from_slice(black_box(&bytes), config).unwrap();
            black_box(&row);
        });
    });
    group.bench_function("bincode encode", |bench| {
        bench.iter(|| {
            bincode::serde::encode_into_slice(black_box(&serde), &mut buffer, config).unwrap()
        });
    });

    let name = NAME.to_owned();
    let prost = ProstReading { id: 1 << 40, name, value: 0.5, at: at.millis(), count: 7 };
    let bytes = prost.encode_to_vec();
    group.bench_function("prost decode", |bench| {
        bench.iter(|| {
            let row = ProstReading::decode(black_box(bytes.as_slice())).unwrap();
            black_box(&row);
        });
    });
    let mut out = Vec::new();
    group.bench_function("prost encode", |bench| {
        bench.iter(|| {
            out.clear();
            black_box(&prost).encode(&mut out).unwrap();
            black_box(out.last());
        });
    });
    group.finish();
}

/// The same work as the Java bench: many texts into a reused buffer, and out of it.
fn text(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("text");
    group.throughput(Throughput::Bytes((TEXTS * LENGTH) as u64));
    let mut state = 7u64;
    let mut letter = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        char::from(b' ' + u8::try_from((state >> 33) % 95).unwrap())
    };
    let texts: Vec<String> = (0..TEXTS).map(|_| (0..LENGTH).map(|_| letter()).collect()).collect();
    let mut out = Vec::new();
    group.bench_function("encode", |bench| {
        bench.iter(|| {
            out.clear();
            for text in black_box(&texts) {
                <&str>::encode(&text.as_str(), &mut out).unwrap();
            }
            black_box(out.last());
        });
    });
    let arena = Arena::default();
    group.bench_function("decode", |bench| {
        bench.iter(|| {
            let mut input = Input::new(black_box(&out), &arena);
            for _ in 0..TEXTS {
                black_box(<&str>::decode(&mut input).unwrap());
            }
        });
    });
    group.bench_function("decode owned", |bench| {
        bench.iter(|| {
            let mut input = Input::new(black_box(&out), &arena);
            for _ in 0..TEXTS {
                black_box(<String as Data>::decode(&mut input).unwrap());
            }
        });
    });
    group.finish();
}

criterion_group!(coders, row, text);
criterion_main!(coders);
