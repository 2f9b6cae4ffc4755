//! Which subtask gets a record. What comes of it must not depend on it.

use brookite::prelude::*;

fn doubled(numbers: &Stream<i64>) {
    numbers.map(|number: i64| (number * 2).to_string()).collect("out");
}

#[pipeline]
fn rebalance(p: &Pipeline) -> Result<()> {
    doubled(&p.sequence(1, 6).rebalance());
    Ok(())
}

#[pipeline]
fn rescale(p: &Pipeline) -> Result<()> {
    doubled(&p.from_values([1_i64, 2, 3]).rescale());
    Ok(())
}

#[pipeline]
fn shuffle(p: &Pipeline) -> Result<()> {
    doubled(&p.sequence(1, 6).shuffle());
    Ok(())
}

#[pipeline]
fn global(p: &Pipeline) -> Result<()> {
    doubled(&p.sequence(1, 6).global());
    Ok(())
}

#[pipeline]
fn forward(p: &Pipeline) -> Result<()> {
    doubled(&p.sequence(1, 6).map(|number: i64| number).forward());
    Ok(())
}

/// Each of two subtasks gets all.
#[pipeline]
fn broadcast_records(p: &Pipeline) -> Result<()> {
    let numbers = p.sequence(1, 3).broadcast().records();
    numbers.map(|number: i64| number.to_string()).parallelism(2).collect("out");
    Ok(())
}

#[pipeline]
fn partition_custom(p: &Pipeline) -> Result<()> {
    doubled(&p.sequence(1, 6).partition_custom(|number| (*number % 3) as i32 - 1));
    Ok(())
}

/// A partitioning of what is then keyed, and of a union.
#[pipeline]
fn partition_then_key(p: &Pipeline) -> Result<()> {
    let numbers = p.sequence(1, 4).partition_custom(|number| *number as i32);
    let all = numbers.union([&p.sequence(5, 8)]);
    all.map(|number: i64| (number % 2, number))
        .key_by(|(rest, _)| *rest)
        .count_window(4)
        .reduce(|one: (i64, i64), other: (i64, i64)| (one.0, one.1 + other.1))
        .map(|(rest, sum): (i64, i64)| format!("{rest} {sum}"))
        .collect("out");
    Ok(())
}
