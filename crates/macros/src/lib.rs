//! The attributes and derives of the `brookite` crate. Use them from there; each is documented here.
#![forbid(unsafe_code)]

mod columns;
mod enumeration;
mod function;
mod lifetimes;
mod object;
mod options;
mod paths;
mod pipeline;
mod row;

use proc_macro::TokenStream;

use function::Kind;
use function::on_fn::{self, on_fn};

/// Makes a struct a row: one column a field, in the order of declaration.
///
/// The fields may be of any type that implements `RowField`: numbers, decimals, dates and times, text
/// (`String` or `&'a str`), bytes (`Vec<u8>` or `&'a [u8]`), other rows, enums, `Vec`, `HashMap` and
/// `BTreeMap` of these, and `Option` for all that may be null, at every level. A struct with a lifetime
/// borrows from the record; without one it owns its fields.
///
/// * `#[row(name = "..")]` on a field: the column's name, if not the field's.
/// * `#[row(key)]` on the struct: it can be a key. All fields must be keys.
/// * `#[row(class = "..")]` on the struct: the name of its class in Java, for `Pojo<T>`.
///
/// ```
/// use std::collections::HashMap;
///
/// use brookite::prelude::*;
///
/// #[derive(Row)]
/// struct Order<'a> {
///     id: i64,
///     #[row(name = "customerName")]
///     customer: &'a str,
///     total: Option<Decimal<10, 2>>,
///     at: Timestamp<3>,
///     items: Vec<Item<'a>>,
///     prices: HashMap<&'a str, Option<f64>>,
/// }
///
/// #[derive(Row)]
/// struct Item<'a> {
///     name: &'a str,
///     color: Option<Color>,
/// }
///
/// #[derive(Enum)]
/// enum Color {
///     Red,
///     Blue,
/// }
///
/// assert_eq!(
///     <Order<'static> as Data>::data_type().to_string(),
///     "ROW<id BIGINT NOT NULL, customerName STRING NOT NULL, total DECIMAL(10, 2), \
///      at TIMESTAMP(3) NOT NULL, items ARRAY<ROW<name STRING NOT NULL, color STRING> NOT NULL> NOT NULL, \
///      prices MAP<STRING NOT NULL, DOUBLE> NOT NULL> NOT NULL",
/// );
/// ```
#[proc_macro_derive(Row, attributes(row))]
pub fn row(input: TokenStream) -> TokenStream {
    expand(syn::parse(input).and_then(row::derive))
}

/// Makes a struct a POJO of Java, on a stream.
///
/// `#[row(class = "..")]` names its class. The struct has the fields that Flink finds in the class, in
/// any order: Flink writes them in the order of their names. The fields may be of any type that
/// implements `Data`; those that Java allows to be null, which are all but the primitive ones, are
/// `Option`s.
///
/// * `#[row(name = "..")]` on a field: its name in Java, if not the field's.
///
/// A struct that is also a row derives `Row`, and is a POJO as `Pojo<T>`.
///
/// ```
/// use brookite::prelude::*;
///
/// #[derive(Pojo)]
/// #[row(class = "com.acme.Order")]
/// struct Order<'a> {
///     id: i64,
///     customer: Option<&'a str>,
///     #[row(name = "paidAt")]
///     paid_at: Option<SqlTimestamp>,
/// }
///
/// assert_eq!(
///     <Order<'static> as Data>::data_type().to_string(),
///     "Pojo<'com.acme.Order', customer STRING, id BIGINT NOT NULL, paidAt SqlTimestamp> NOT NULL",
/// );
/// # use brookite::core::types::SqlTimestamp;
/// ```
#[proc_macro_derive(Pojo, attributes(row))]
pub fn pojo(input: TokenStream) -> TokenStream {
    expand(syn::parse(input).and_then(object::derive))
}

/// Makes an enum of constants a type of columns and streams.
///
/// It is a `STRING`, the constant's name; with `#[row(as = "INT")]` an `INT`, the constant's number from
/// 0 on. With `#[row(class = "..")]` it is Java's enum of that class on a stream, whose constants must
/// have the same order; in a column it stays `STRING` or `INT`. A name or number that no constant has is
/// an error when it is read.
///
/// * `#[row(name = "..")]` on a constant: its name, if not the one in Rust.
///
/// ```
/// use brookite::prelude::*;
///
/// #[derive(Enum, Debug, PartialEq)]
/// #[row(class = "com.acme.Status")]
/// enum Status {
///     #[row(name = "NEW")]
///     New,
///     #[row(name = "PAID")]
///     Paid,
/// }
///
/// assert_eq!(Status::from_name("PAID"), Some(Status::Paid));
/// assert_eq!(Status::data_type().to_string(), "Enum<'com.acme.Status', NEW, PAID>");
/// ```
#[proc_macro_derive(Enum, attributes(row))]
pub fn enumeration(input: TokenStream) -> TokenStream {
    expand(syn::parse(input).and_then(enumeration::derive))
}

/// Registers an `fn` as a map function, under its own name or under `#[map(name = "..")]`.
///
/// The argument is the record: a value, or something that borrows from it, such as `&str` or a
/// `Row` struct with a lifetime. The result is what the function returns, or what is in its `Result`.
/// The `fn` itself stays as it is, so that tests can call it.
///
/// ```
/// use brookite::prelude::*;
///
/// #[map]
/// fn trim(line: &str) -> &str {
///     line.trim()
/// }
///
/// #[map(name = "parse_number")]
/// fn parse(text: &str) -> Result<i64> {
///     Ok(text.parse()?)
/// }
/// ```
#[proc_macro_attribute]
pub fn map(args: TokenStream, item: TokenStream) -> TokenStream {
    expand(on_fn(Kind::Map, on_fn::map, args.into(), item.into()))
}

/// Registers an `fn` as a flat map function, under its own name or under `#[flat_map(name = "..")]`.
///
/// The first argument is the record, the second the collector for the results. It returns nothing, or
/// a `Result` of nothing.
///
/// ```
/// use brookite::prelude::*;
///
/// #[flat_map]
/// fn words(line: &str, out: &mut Collector<'_, &str>) {
///     line.split_whitespace().for_each(|word| out.collect(word));
/// }
/// ```
#[proc_macro_attribute]
pub fn flat_map(args: TokenStream, item: TokenStream) -> TokenStream {
    expand(on_fn(Kind::FlatMap, on_fn::flat_map, args.into(), item.into()))
}

/// Registers an `fn` as a filter function, under its own name or under `#[filter(name = "..")]`.
///
/// The argument is a reference to the record. The result says whether to keep it, as `bool` or
/// `Result<bool>`.
///
/// ```
/// use brookite::prelude::*;
///
/// #[filter]
/// fn not_empty(line: &str) -> bool {
///     !line.is_empty()
/// }
///
/// #[filter]
/// fn positive(number: &i64) -> bool {
///     *number > 0
/// }
/// ```
#[proc_macro_attribute]
pub fn filter(args: TokenStream, item: TokenStream) -> TokenStream {
    expand(on_fn(Kind::Filter, on_fn::filter, args.into(), item.into()))
}

/// Registers an `fn` as a timestamp assigner, under its own name or under `#[timestamps(name = "..")]`.
///
/// The argument is a reference to the record. The result is the time at which it happened, in
/// milliseconds since the epoch, as `i64` or `Result<i64>`. What needs the timestamp that the record
/// has so far implements `TimestampAssigner`.
///
/// ```
/// use brookite::prelude::*;
///
/// #[timestamps]
/// fn paid_at((_, at): &(&str, i64)) -> i64 {
///     *at
/// }
/// ```
#[proc_macro_attribute]
pub fn timestamps(args: TokenStream, item: TokenStream) -> TokenStream {
    expand(on_fn(Kind::Timestamps, on_fn::timestamps, args.into(), item.into()))
}

/// Registers a type with a function trait, on the `impl` of that trait:
///
/// | streams | traits |
/// |---|---|
/// | one | `MapFunction`, `FlatMapFunction`, `FilterFunction`, `ProcessFunction`, `TimestampAssigner` |
/// | one with keys | `KeyedProcessFunction` |
/// | two | `CoMapFunction`, `CoFlatMapFunction`, `CoProcessFunction` |
/// | two with the same keys | `KeyedCoProcessFunction` |
/// | one and a broadcast one | `BroadcastProcessFunction`, `KeyedBroadcastProcessFunction` |
///
/// Its name is the type's in snake case, or that of `#[function(name = "..")]`. The type must
/// implement `Default`: each stage makes one that way, and the rest is done in `open`.
///
/// ```
/// use brookite::prelude::*;
///
/// #[derive(Default)]
/// struct CountPerUser {
///     count: ValueState<i64>,
/// }
///
/// #[function] // its name is "count_per_user"
/// impl KeyedProcessFunction for CountPerUser {
///     type Key = i64;
///     type In = i64;
///     type Out = i64;
///
///     fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
///         self.count = ctx.value_state("count")?;
///         Ok(())
///     }
///
///     fn process_element(
///         &mut self,
///         _value: i64,
///         _ctx: &Context<'_, i64>,
///         out: &mut Collector<'_, i64>,
///     ) -> Result<()> {
///         let count = self.count.value()?.unwrap_or(0) + 1;
///         self.count.update(count)?;
///         out.collect(count);
///         Ok(())
///     }
/// }
/// ```
#[proc_macro_attribute]
pub fn function(args: TokenStream, item: TokenStream) -> TokenStream {
    expand(function::on_impl(args.into(), item.into()))
}

/// Registers an `fn` that builds a pipeline, under its own name or under `#[pipeline(name = "..")]`.
///
/// The first argument is the pipeline, to which the `fn` adds nodes; the second, which may be left away,
/// are the program's arguments. It returns `Result<()>`. The doc comment is the description that
/// `cargo brookite` shows.
///
/// It runs where the job is submitted, and once more where the job runs, to find its functions again: with
/// the same arguments it must build the same pipeline. What only the submitting machine knows (the time,
/// files, environment variables) is given as arguments.
///
/// ```
/// use brookite::prelude::*;
///
/// /// Counts the words of a text.
/// #[pipeline]
/// fn word_count(p: &Pipeline, args: &Arguments) -> Result<()> {
///     p.read_text(args.get("input")?)
///         .flat_map(|line: &str, out: &mut Collector<'_, String>| {
///             line.split_whitespace().for_each(|word| out.collect(word.to_lowercase()));
///         })
///         .name("split")
///         .map(|word: String| (word, 1_i64))
///         .print();
///     Ok(())
/// }
/// ```
#[proc_macro_attribute]
pub fn pipeline(args: TokenStream, item: TokenStream) -> TokenStream {
    expand(pipeline::on_fn(args.into(), item.into()))
}

fn expand(result: syn::Result<proc_macro2::TokenStream>) -> TokenStream {
    result.unwrap_or_else(syn::Error::into_compile_error).into()
}
