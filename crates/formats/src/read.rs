//! [`ReadFiles`]: the verbs by which pipelines read files.

use brookite_core::pipeline::{Executable, Pipeline, Stream};
use brookite_core::row::Row;

use crate::csv::Csv;
use crate::format::Format;
use crate::json::Json;
use crate::parse::Parse;

/// Reads files into rows, on every runner with the same parser.
///
/// A path names a file, a folder, or a pattern with `*`, `?`, `[..]` or `**`, as in
/// [`read_text`](Pipeline::read_text). `T` says what columns there are. A record that is malformed fails
/// the job with file, line and column, such as `orders.csv: line 7, column 'price': expected a decimal
/// number, found 'x'`, unless the format is told to send it to [`MALFORMED`](crate::MALFORMED).
pub trait ReadFiles<E> {
    /// The stream of the rows of files with an object in each line; see [`Json`].
    fn read_json<T: Row>(&self, path: impl Into<String>) -> Stream<T, E> {
        self.read_files(path, Json::new())
    }

    /// The stream of the rows of files of comma-separated values without a header; see [`Csv`].
    fn read_csv<T: Row>(&self, path: impl Into<String>) -> Stream<T, E> {
        self.read_files(path, Csv::new())
    }

    /// The stream of the rows of files of a format.
    fn read_files<T: Row>(&self, path: impl Into<String>, format: impl Format) -> Stream<T, E>;
}

impl<E: Executable> ReadFiles<E> for Pipeline<E> {
    fn read_files<T: Row>(&self, path: impl Into<String>, format: impl Format) -> Stream<T, E> {
        read(self, path.into(), format)
    }
}

fn read<T: Row, F: Format, E: Executable>(
    p: &Pipeline<E>,
    path: String,
    format: F,
) -> Stream<T, E> {
    let records = p.read_records(path, format.records());
    records.process(move || Parse::<T, F>::new(format.clone())).name(F::NAME)
}
