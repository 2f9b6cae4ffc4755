//! Which stored types can be read as which others, and how.
//!
//! Columns of rows, of POJOs and of Flink's `Row` are found by their names: they may have changed places,
//! and may be new if they are nullable, which is then what they are in old values. A column may have
//! become nullable, not the other way round. None may be gone: its values would be lost without a word.
//! The same holds for rows inside of arrays, lists, tuples, and values of maps. All else stays.

use crate::types::data_type::join;
use crate::types::{DataType, Field, Kind};
use crate::value::Value;

/// Says why values of a stored type cannot be read as values of the declared one.
pub(crate) fn check(stored: &DataType, declared: &DataType) -> Result<(), String> {
    data_type("", stored, declared)
}

fn data_type(path: &str, stored: &DataType, declared: &DataType) -> Result<(), String> {
    if stored == declared {
        return Ok(());
    }
    if stored.nullable && !declared.nullable {
        return Err(at(path, format!("expected {declared}, found {stored}, which may be null")));
    }
    let part = |suffix: &str, stored: &DataType, declared: &DataType| {
        data_type(&format!("{path}{suffix}"), stored, declared)
    };
    match (&stored.kind, &declared.kind) {
        (one, other) if one == other => Ok(()),
        (Kind::Row(stored), Kind::Row(declared))
        | (Kind::JavaRow(stored), Kind::JavaRow(declared)) => fields(path, stored, declared),
        (
            Kind::Pojo { class, fields: stored },
            Kind::Pojo { class: declared_class, fields: declared },
        ) if class == declared_class => fields(path, stored, declared),
        (Kind::Tuple(stored), Kind::Tuple(declared)) if stored.len() == declared.len() => {
            let mut fields = stored.iter().zip(declared).enumerate();
            fields.try_for_each(|(i, (one, other))| {
                data_type(&join(path, &format!("f{i}")), one, other)
            })
        }
        (Kind::Array(one), Kind::Array(other))
        | (Kind::List(one), Kind::List(other))
        | (Kind::ObjectArray(one), Kind::ObjectArray(other)) => part("[]", one, other),
        (Kind::Map(key, one), Kind::Map(declared_key, other))
        | (Kind::JavaMap(key, one), Kind::JavaMap(declared_key, other))
            if key == declared_key =>
        {
            part("{value}", one, other)
        }
        (Kind::Either(left, right), Kind::Either(declared_left, declared_right)) => {
            part("{left}", left, declared_left)?;
            part("{right}", right, declared_right)
        }
        (Kind::Nullable(one), Kind::Nullable(other)) => part("", one, other),
        _ => Err(at(path, format!("expected {declared}, found {stored}"))),
    }
}

fn fields(path: &str, stored: &[Field], declared: &[Field]) -> Result<(), String> {
    for Field { name, data_type: one } in stored {
        match declared.iter().find(|field| field.name == *name) {
            Some(field) => data_type(&join(path, name), one, &field.data_type)?,
            None => return Err(at(&join(path, name), "this column is gone".to_owned())),
        }
    }
    let new = |field: &&Field| stored.iter().all(|one| one.name != field.name);
    match declared.iter().filter(new).find(|field| !field.data_type.nullable) {
        Some(Field { name, data_type }) => Err(at(
            &join(path, name),
            format!(
                "this column is new, and as {data_type} has no value for what was stored before"
            ),
        )),
        None => Ok(()),
    }
}

fn at(path: &str, reason: String) -> String {
    if path.is_empty() { reason } else { format!("{path}: {reason}") }
}

/// Gives a value of a stored type the shape of the declared one; [`check`] must have found nothing.
pub(crate) fn convert(value: Value, stored: &DataType, declared: &DataType) -> Value {
    if stored.kind == declared.kind {
        return value;
    }
    match (&stored.kind, &declared.kind, value) {
        (
            Kind::Row(stored) | Kind::JavaRow(stored) | Kind::Pojo { fields: stored, .. },
            Kind::Row(declared) | Kind::JavaRow(declared) | Kind::Pojo { fields: declared, .. },
            Value::Row(kind, mut columns),
        ) => {
            let column = |field: &Field| {
                let index = stored.iter().position(|one| one.name == field.name)?;
                let value = std::mem::replace(columns.get_mut(index)?, Value::Null);
                Some(convert(value, &stored[index].data_type, &field.data_type))
            };
            let column: &mut dyn FnMut(&Field) -> Option<Value> = &mut { column };
            Value::Row(kind, declared.iter().map(|f| column(f).unwrap_or(Value::Null)).collect())
        }
        (Kind::Tuple(stored), Kind::Tuple(declared), Value::List(fields)) => {
            let fields = fields.into_iter().zip(stored.iter().zip(declared));
            Value::List(fields.map(|(value, (one, other))| convert(value, one, other)).collect())
        }
        (
            Kind::Array(one) | Kind::List(one) | Kind::ObjectArray(one),
            Kind::Array(other) | Kind::List(other) | Kind::ObjectArray(other),
            Value::List(elements),
        ) => Value::List(elements.into_iter().map(|value| convert(value, one, other)).collect()),
        (
            Kind::Map(_, one) | Kind::JavaMap(_, one),
            Kind::Map(_, other) | Kind::JavaMap(_, other),
            Value::Map(entries),
        ) => {
            let entries = entries.into_iter();
            Value::Map(entries.map(|(key, value)| (key, convert(value, one, other))).collect())
        }
        (Kind::Either(one, _), Kind::Either(other, _), Value::Left(value)) => {
            Value::Left(Box::new(convert(*value, one, other)))
        }
        (Kind::Either(_, one), Kind::Either(_, other), Value::Right(value)) => {
            Value::Right(Box::new(convert(*value, one, other)))
        }
        (Kind::Nullable(one), Kind::Nullable(other), value) => convert(value, one, other),
        (_, _, value) => value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::RowKind;

    fn checked(stored: &str, declared: &str) -> Result<(), String> {
        check(&stored.parse().unwrap(), &declared.parse().unwrap())
    }

    #[test]
    fn columns_may_be_added_move_and_become_nullable() {
        for (stored, declared) in [
            ("ROW<a INT NOT NULL>", "ROW<a INT NOT NULL, b STRING>"),
            ("ROW<a INT NOT NULL>", "ROW<b STRING, a INT NOT NULL>"),
            ("ROW<a INT NOT NULL, b STRING>", "ROW<b STRING, a INT>"),
            ("ROW<a ARRAY<ROW<x INT>>>", "ROW<a ARRAY<ROW<x INT, y INT>>>"),
            ("List<ROW<x INT> NOT NULL>", "List<ROW<x INT, y DATE> NOT NULL>"),
            ("Map<STRING, ROW<x INT>>", "Map<STRING, ROW<y INT, x INT>>"),
        ] {
            assert_eq!(checked(stored, declared), Ok(()), "{stored} as {declared}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_named_by_its_path() {
        for (stored, declared, reason) in [
            ("BIGINT NOT NULL", "INT NOT NULL", "expected INT NOT NULL, found BIGINT NOT NULL"),
            ("ROW<a INT, b INT> NOT NULL", "ROW<a INT> NOT NULL", "b: this column is gone"),
            (
                "ROW<a INT> NOT NULL",
                "ROW<a INT, b INT NOT NULL> NOT NULL",
                "b: this column is new, and as INT NOT NULL has no value for what was stored before",
            ),
            (
                "ROW<a ROW<b INT>> NOT NULL",
                "ROW<a ROW<b INT NOT NULL>> NOT NULL",
                "a.b: expected INT NOT NULL, found INT, which may be null",
            ),
            (
                "ROW<a ARRAY<ROW<b INT>>> NOT NULL",
                "ROW<a ARRAY<ROW<b STRING>>> NOT NULL",
                "a[].b: expected STRING, found INT",
            ),
            (
                "ROW<m MAP<INT NOT NULL, INT>> NOT NULL",
                "ROW<m MAP<BIGINT NOT NULL, INT>> NOT NULL",
                "m: expected MAP<BIGINT NOT NULL, INT>, found MAP<INT NOT NULL, INT>",
            ),
        ] {
            assert_eq!(checked(stored, declared).unwrap_err(), reason, "{stored} as {declared}");
        }
    }

    #[test]
    fn columns_are_found_by_name_and_new_ones_are_null() {
        let stored: DataType = "ROW<a INT, r ROW<x INT>>".parse().unwrap();
        let declared: DataType = "ROW<r ROW<y STRING, x INT>, n DATE, a INT>".parse().unwrap();
        let row = |columns| Value::Row(RowKind::Insert, columns);
        let value = row(vec![Value::Int(1), row(vec![Value::Int(2)])]);
        assert_eq!(
            convert(value, &stored, &declared),
            row(vec![row(vec![Value::Null, Value::Int(2)]), Value::Null, Value::Int(1)])
        );
    }
}
