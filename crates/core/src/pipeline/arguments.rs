//! [`Arguments`]: what a pipeline's program was started with.

use std::any::type_name;
use std::collections::BTreeMap;
use std::fmt::Display;
use std::str::FromStr;

/// What a pipeline's program was started with: `--key value` pairs, and values without a key.
///
/// `--key=value` is the same as `--key value`. A key that another key or nothing follows has the value
/// `true`. What stands behind `--` has no keys.
///
/// ```
/// use brookite_core::pipeline::Arguments;
///
/// let arguments = Arguments::new(["rest", "--input", "words.txt", "--size=10", "--verbose"]);
/// assert_eq!(arguments.get("input")?, "words.txt");
/// assert_eq!(arguments.parse::<u32>("size")?, 10);
/// assert!(arguments.get_or("verbose", false)?);
/// assert_eq!(arguments.positional(0)?, "rest");
/// # Ok::<(), brookite_core::pipeline::ArgumentError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arguments {
    all: Vec<String>,
    named: BTreeMap<String, String>,
    positional: Vec<String>,
}

/// What is wrong with the arguments.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ArgumentError {
    /// One that must be there.
    #[error("argument --{name} is missing: expected `--{name} VALUE`, found {found}")]
    Missing {
        /// The argument's name.
        name: String,
        /// Those that are there.
        found: String,
    },
    /// A value without key that must be there.
    #[error("argument {} is missing: expected at least {} values without a key, found {found}", index + 1, index + 1)]
    MissingPositional {
        /// Its place, from 0.
        index: usize,
        /// How many there are.
        found: usize,
    },
    /// A value of another type.
    #[error("argument --{name}: expected {expected}, found '{value}': {reason}")]
    Invalid {
        /// The argument's name.
        name: String,
        /// The value.
        value: String,
        /// The type that it should have.
        expected: &'static str,
        /// Why it has not.
        reason: String,
    },
}

impl Arguments {
    /// The arguments as the program got them, without the program's own name.
    pub fn new<S: Into<String>>(arguments: impl IntoIterator<Item = S>) -> Self {
        let all: Vec<String> = arguments.into_iter().map(Into::into).collect();
        let (mut named, mut positional) = (BTreeMap::new(), Vec::new());
        let mut rest = all.iter().peekable();
        while let Some(argument) = rest.next() {
            match argument.strip_prefix("--") {
                Some("") => positional.extend(rest.by_ref().cloned()),
                Some(key) => {
                    let (key, value) = match key.split_once('=') {
                        Some((key, value)) => (key, value.to_owned()),
                        None => {
                            let value = rest.next_if(|next| !next.starts_with("--"));
                            (key, value.cloned().unwrap_or_else(|| "true".to_owned()))
                        }
                    };
                    named.insert(key.to_owned(), value);
                }
                None => positional.push(argument.clone()),
            }
        }
        Self { all, named, positional }
    }

    /// The value of `--name`.
    ///
    /// # Errors
    /// When there is none.
    pub fn get(&self, name: &str) -> Result<&str, ArgumentError> {
        self.find(name)
            .ok_or_else(|| ArgumentError::Missing { name: name.to_owned(), found: self.names() })
    }

    /// The value of `--name`, if there is one.
    pub fn find(&self, name: &str) -> Option<&str> {
        self.named.get(name).map(String::as_str)
    }

    /// The value of `--name` as a `T`.
    ///
    /// # Errors
    /// When there is none, and when it is no `T`.
    pub fn parse<T>(&self, name: &str) -> Result<T, ArgumentError>
    where
        T: FromStr<Err: Display>,
    {
        let value = self.get(name)?;
        value.parse().map_err(|error: T::Err| ArgumentError::Invalid {
            name: name.to_owned(),
            value: value.to_owned(),
            expected: type_name::<T>(),
            reason: error.to_string(),
        })
    }

    /// The value of `--name` as a `T`; `default` when there is none.
    ///
    /// # Errors
    /// When it is no `T`.
    pub fn get_or<T>(&self, name: &str, default: T) -> Result<T, ArgumentError>
    where
        T: FromStr<Err: Display>,
    {
        if self.named.contains_key(name) { self.parse(name) } else { Ok(default) }
    }

    /// The value without key at that place, from 0.
    ///
    /// # Errors
    /// When there are fewer.
    pub fn positional(&self, index: usize) -> Result<&str, ArgumentError> {
        let found = self.positional.len();
        let value = self.positional.get(index).map(String::as_str);
        value.ok_or(ArgumentError::MissingPositional { index, found })
    }

    /// All arguments, as the program got them.
    pub fn all(&self) -> &[String] {
        &self.all
    }

    fn names(&self) -> String {
        if self.named.is_empty() {
            return "no arguments with keys".to_owned();
        }
        let names: Vec<_> = self.named.keys().map(|name| format!("--{name}")).collect();
        names.join(", ")
    }
}

impl From<Vec<String>> for Arguments {
    fn from(arguments: Vec<String>) -> Self {
        Self::new(arguments)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_argument_is_named_with_those_that_are_there() {
        let arguments = Arguments::new(["--in", "a", "--n", "x"]);
        let error = arguments.get("input").unwrap_err().to_string();
        assert_eq!(error, "argument --input is missing: expected `--input VALUE`, found --in, --n");
        let error = arguments.positional(0).unwrap_err().to_string();
        assert!(error.starts_with("argument 1 is missing"), "{error}");
    }

    #[test]
    fn a_value_of_another_type_is_shown_with_the_type() {
        let arguments = Arguments::new(["--n", "x"]);
        let error = arguments.get_or("n", 10_i64).unwrap_err().to_string();
        assert_eq!(error, "argument --n: expected i64, found 'x': invalid digit found in string");
        assert_eq!(arguments.get_or("m", 10).unwrap(), 10);
    }

    #[test]
    fn keys_take_what_follows_unless_it_is_a_key_and_negative_numbers_are_none() {
        let arguments = Arguments::new(["--flag", "--n", "-3", "--", "--rest"]);
        assert_eq!(arguments.get("flag").unwrap(), "true");
        assert_eq!(arguments.parse::<i64>("n").unwrap(), -3);
        assert_eq!(arguments.positional(0).unwrap(), "--rest");
    }
}
