//! Closures with the state of the record's key.
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use brookite::harness::{KeyedHarness, KeyedTwoInputHarness};
use brookite::prelude::*;
use brookite_core::pipeline::Built;
use brookite_core::proto::FailureKind;
use brookite_executor::FunctionEntry;

/// A pipeline of numbers, whose keys are their remainders by ten.
fn built(verbs: impl Fn(&KeyedStream<i64, i64>)) -> Built<FunctionEntry> {
    let p = Pipeline::new("numbers");
    verbs(&p.sequence(1, 10).key_by(|number| number % 10));
    p.build().unwrap()
}

/// Sums up the numbers of each key; 0 makes the key forget its sum, and negative ones are an error.
fn sums(cache: u32) -> KeyedHarness<i64, i64, i64> {
    let built = built(|numbers| {
        let sums = numbers.map_with_state(|number, sum: &mut Option<i64>| match number {
            0 => Ok(sum.take().unwrap_or(0)),
            1.. => Ok(*sum.insert(sum.unwrap_or(0) + number)),
            _ => Err(Error::msg(format!("{number} is negative"))),
        });
        sums.uid("sums").state_cache(cache, 0).print();
    });
    KeyedHarness::of_pipeline(&built, "sums").unwrap()
}

#[test]
fn each_key_has_its_state_whatever_the_cache_has_room_for() {
    for cache in [0, 1] {
        let mut sums = sums(cache);
        assert_eq!(sums.push(1, 5).unwrap(), [5]);
        assert_eq!(sums.push(2, 30).unwrap(), [30]);
        assert_eq!(sums.push(1, 6).unwrap(), [11], "cache of {cache}");
        assert_eq!(sums.push(2, 40).unwrap(), [70], "cache of {cache}");
    }
}

#[test]
fn state_is_there_after_a_restart_as_the_last_checkpoint_has_it() {
    let mut sums = sums(0);
    sums.push(1, 5).unwrap();
    sums.restart().unwrap();
    assert_eq!(sums.push(1, 6).unwrap(), [11]);
    sums.crash().unwrap();
    assert_eq!(sums.push(1, 7).unwrap(), [12]);
}

#[test]
fn none_removes_the_state_and_leaves_nothing_behind() {
    let mut sums = sums(0);
    sums.push(1, 5).unwrap();
    sums.push(2, 6).unwrap();
    sums.checkpoint().unwrap();
    assert_eq!(sums.host().stored_keys(), 2);
    assert_eq!(sums.push(1, 0).unwrap(), [5]);
    sums.checkpoint().unwrap();
    assert_eq!(sums.host().stored_keys(), 1);
    assert_eq!(sums.push(1, 4).unwrap(), [4]);
}

#[test]
fn an_error_of_the_closure_fails_the_stage() {
    let failed = sums(0).push(1, -7).unwrap_err();
    assert_eq!(failed.kind(), FailureKind::Error);
    assert!(failed.message.contains("-7 is negative"), "{}", failed.message);
    assert_eq!(failed.function, "sums");
}

#[test]
fn a_filter_that_finds_no_state_and_leaves_none_writes_nothing() {
    let built = built(|numbers| {
        let late = numbers.filter_with_state(|number, reached: &mut Option<bool>| {
            if *number >= 100 {
                *reached = Some(true);
            }
            reached.is_some()
        });
        late.uid("late").print();
    });
    let mut late = KeyedHarness::<i64, i64, i64>::of_pipeline(&built, "late").unwrap();
    assert!(late.push(1, 1).unwrap().is_empty());
    late.checkpoint().unwrap();
    assert_eq!(late.host().stored_keys(), 0);
    assert_eq!(late.push(1, 101).unwrap(), [101]);
    assert_eq!(late.push(1, 1).unwrap(), [1]);
    assert!(late.push(2, 2).unwrap().is_empty());
}

#[test]
fn results_may_borrow_from_the_state_and_closures_behind_see_them() {
    let built = built(|numbers| {
        numbers
            .flat_map_with_state(
                |number, digits: &mut Option<String>, out: &mut Collector<'_, &'static str>| {
                    let digits = digits.get_or_insert_default();
                    *digits += &number.to_string();
                    out.collect(digits);
                    out.collect(&digits[..1]);
                },
            )
            .uid("digits")
            .map(|digits| format!("<{digits}>"))
            .print();
    });
    let mut digits = KeyedHarness::<i64, i64, String>::of_pipeline(&built, "digits").unwrap();
    assert_eq!(digits.push(1, 11).unwrap(), ["<11>", "<1>"]);
    digits.restart().unwrap();
    assert_eq!(digits.push(1, 21).unwrap(), ["<1121>", "<1>"]);
}

#[test]
fn closures_of_two_streams_share_the_state_of_a_key() {
    let built = built(|numbers| {
        numbers
            .connect(numbers)
            .flat_map_with_state(
                |number, limit: &mut Option<i64>, out: &mut Collector<'_, i64>| {
                    if limit.is_none_or(|limit| number <= limit) {
                        out.collect(number);
                    }
                },
                |limit, of_key, _out| match limit {
                    0 => Err(Error::msg("a limit of 0")),
                    limit => {
                        *of_key = (limit > 0).then_some(limit);
                        Ok(())
                    }
                },
            )
            .uid("limited")
            .print();
    });
    let mut limited =
        KeyedTwoInputHarness::<i64, i64, i64, i64>::of_pipeline(&built, "limited").unwrap();
    assert_eq!(limited.push_first(1, 51).unwrap(), [51]);
    assert!(limited.push_second(1, 50).unwrap().is_empty());
    limited.restart().unwrap();
    assert!(limited.push_first(1, 51).unwrap().is_empty());
    assert_eq!(limited.push_first(2, 52).unwrap(), [52]);
    limited.push_second(1, -1).unwrap();
    assert_eq!(limited.push_first(1, 51).unwrap(), [51]);
    let failed = limited.push_second(1, 0).unwrap_err();
    assert!(failed.message.contains("a limit of 0"), "{}", failed.message);
}
