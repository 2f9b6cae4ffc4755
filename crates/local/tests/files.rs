//! Files as sources and sinks: formats, malformed records, and parts that appear with checkpoints.
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use std::fs;
use std::path::Path;
use std::time::Duration;

use brookite::core::types::Date;
use brookite::prelude::*;
use brookite_local::{JobError, JobHandle, LocalRunner};

/// A column of each kind.
#[derive(Clone, Debug, Row)]
struct Wide<'r> {
    name: Option<&'r str>,
    count: Option<i64>,
    share: Option<f64>,
    price: Option<Decimal<10, 2>>,
    open: Option<bool>,
    day: Option<Date>,
    at: Option<Timestamp<3>>,
}

/// Copies files of a format into another folder, and returns what was written.
fn copy(format: &str, input: &str) -> Result<String, JobError> {
    let folder = tempfile::tempdir().unwrap();
    let (from, to) = (folder.path().join("in"), folder.path().join("out"));
    fs::write(&from, input).unwrap();
    let files = |path: &Path, options: &str| {
        let connector = Connector::new("filesystem").option("path", path.display());
        options.split(' ').fold(connector, |connector, option| match option.split_once('=') {
            Some((key, value)) => connector.option(key, value),
            None => connector.option("format", option),
        })
    };
    let p = Pipeline::new("copy");
    p.source::<Wide<'static>>(files(&from, format)).sink(files(&to, format));
    LocalRunner::new().deterministic().run(p.build().unwrap())?;
    Ok(all_of(&to))
}

/// What the visible files of a folder contain, sorted by their names.
fn all_of(folder: &Path) -> String {
    let mut paths: Vec<_> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let hidden = |path: &Path| path.file_name().unwrap().to_string_lossy().starts_with('.');
    assert!(!paths.iter().any(|path| hidden(path)), "{paths:?}");
    paths.iter().map(|path| fs::read_to_string(path).unwrap()).collect()
}

#[test]
fn csv_is_as_flink_has_it() {
    let rows = "brook,7,0.5,12.3,true,2024-02-29,\"2020-12-30 12:13:14.123\"\n\
                \"two, words\",-1,1.0E10,-0.05,false,1969-12-31,\"1970-01-01 00:00:00\"\n\
                ,null,NaN,0,false,0001-01-01,\"2020-12-30 12:13:14\"\n";
    let rows = rows.replace("null,NaN", "1,NaN");
    assert_eq!(copy("csv", &rows).unwrap(), rows);
    let nulls = "n/a,n/a,n/a,n/a,n/a,n/a,n/a\n";
    assert_eq!(copy("csv csv.null-literal=n/a", nulls).unwrap(), nulls);
    let semicolons = "a;1;2.5;3;true;\"2024-02-29\";\"2020-12-30 12:13:14\"\n";
    let read = copy("csv csv.field-delimiter=;", semicolons).unwrap();
    assert_eq!(read, semicolons);
}

#[test]
fn a_malformed_csv_record_names_file_line_and_column_or_is_passed_over() {
    let rows = "a,1,1,1,true,2024-02-29,2020-12-30 12:13:14\nb,one,1,1,true,2024-02-29,\n";
    let error = copy("csv", rows).unwrap_err();
    assert!(
        error
            .to_string()
            .ends_with("in: line 2, column 'count': expected a whole number (i64), found 'one'"),
        "{error}"
    );
    let rows = format!("{rows}c,1,1,1,true,2024-02-29,2020-12-30 12:13:14,too,many\n");
    let read = copy("csv csv.ignore-parse-errors=true", &rows).unwrap();
    assert_eq!(read.lines().count(), 2);
    assert!(read.contains("b,,1.0,1,true,2024-02-29,\n"), "{read}");
}

#[test]
fn json_is_as_flink_has_it() {
    let rows = "{\"name\":\"bröok \\\"x\\\"\",\"count\":7,\"share\":0.5,\"price\":12.3,\"open\":true,\
                \"day\":\"2024-02-29\",\"at\":\"2020-12-30 12:13:14.123\"}\n\
                {\"name\":null,\"count\":null,\"share\":null,\"price\":null,\"open\":null,\"day\":null,\
                \"at\":null}\n";
    assert_eq!(copy("json", rows).unwrap(), rows);
    let iso = rows.replace("12-30 12", "12-30T12");
    assert_eq!(copy("json json.timestamp-format.standard=ISO-8601", &iso).unwrap(), iso);
    let loose = "{\"count\": \" 7 \", \"name\": {\"a\": 1}, \"more\": [1]}\n\n";
    let read = copy("json json.encode.ignore-null-fields=true", loose).unwrap();
    assert_eq!(read, "{\"name\":\"{\\\"a\\\":1}\",\"count\":7}\n");
}

#[test]
fn a_malformed_json_record_names_file_line_and_column_or_is_passed_over() {
    let rows = "{\"name\":\"a\"}\n{\"name\":\n{\"count\":\"x\",\"name\":\"c\"}\n";
    let error = copy("json", rows).unwrap_err();
    assert!(error.to_string().contains("in: line 2: expected a JSON object"), "{error}");
    let options = "json json.ignore-parse-errors=true json.encode.ignore-null-fields=true";
    assert_eq!(copy(options, rows).unwrap(), "{\"name\":\"a\"}\n{\"name\":\"c\"}\n");
    let error = copy("json json.fail-on-missing-field=true", "{}\n").unwrap_err();
    assert!(
        error.to_string().ends_with("in: line 1, column 'name': the field is missing"),
        "{error}"
    );
}

#[test]
fn options_that_are_not_known_are_told() {
    let error = copy("csv csv.separator=;", "").unwrap_err();
    assert!(
        error.to_string().contains("option 'csv.separator' of connector 'filesystem'"),
        "{error}"
    );
    let error = copy("avro", "").unwrap_err();
    assert!(
        error.to_string().contains("must be csv, json, parquet or raw here, found 'avro'"),
        "{error}"
    );
}

/// A number, and how many came with its key so far.
#[derive(Clone, Debug, Row)]
struct Counted {
    number: i64,
    count: i64,
}

/// Counts the numbers of each key.
#[derive(Default)]
struct Count {
    count: ValueState<i64>,
}

impl KeyedProcessFunction for Count {
    type Key = i64;
    type In = i64;
    type Out = Counted;

    fn open(&mut self, ctx: &mut OpenContext<'_>) -> Result<()> {
        self.count = ctx.value_state("count")?;
        Ok(())
    }

    fn process_element(
        &mut self,
        number: i64,
        _: &Context<'_, i64>,
        out: &mut Collector<'_, Counted>,
    ) -> Result<()> {
        let count = self.count.value()?.unwrap_or(0) + 1;
        self.count.update(count)?;
        out.collect(Counted { number, count });
        Ok(())
    }
}

const ROWS: i64 = 3_000;

fn counting(to: &Path, fails_at: Option<i64>, name: &str) -> brookite::Built {
    let p = Pipeline::new("counting");
    let numbers = Connector::new("datagen")
        .option("fields.number.kind", "sequence")
        .option("fields.number.start", 1)
        .option("fields.number.end", ROWS)
        .option("rows-per-second", 3_000);
    let files = Connector::new("filesystem").option("path", to.display()).option("format", "csv");
    p.source::<Number>(numbers)
        .map(move |row: Number| -> Result<i64> {
            if fails_at == Some(row.number) { Err(Error::msg("broken")) } else { Ok(row.number) }
        })
        .name(name)
        .key_by(|number| number % 7)
        .process(Count::default)
        .sink(files);
    p.build().unwrap()
}

#[derive(Clone, Debug, Row)]
struct Number {
    number: i64,
}

fn checkpointed(folder: &Path, parallelism: u32) -> LocalRunner {
    LocalRunner::new()
        .parallelism(parallelism)
        .checkpoints(folder.join("checkpoints"))
        .checkpoint_interval(Duration::from_millis(40))
        .resume()
}

fn expected() -> Vec<String> {
    let mut lines: Vec<_> = (1..=ROWS).map(|n| format!("{n},{}", (n + 6) / 7)).collect();
    for (line, n) in lines.iter_mut().zip(1..=ROWS) {
        *line = format!("{n},{}", if n % 7 == 0 { n / 7 } else { n / 7 + 1 });
    }
    lines.sort();
    lines
}

#[test]
fn each_row_is_written_once_though_the_job_fails_and_goes_on() {
    for parallelism in [1, 3] {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("out");
        for fails_at in [Some(700), Some(1_900), None, None] {
            let ran =
                checkpointed(folder.path(), parallelism).run(counting(&out, fails_at, "check"));
            assert_eq!(ran.is_ok(), fails_at.is_none(), "{:?}", ran.err());
        }
        let mut lines: Vec<_> = all_of(&out).lines().map(str::to_owned).collect();
        // With several subtasks the order within a key is not that of the numbers.
        if parallelism > 1 {
            lines = lines.iter().map(|line| line.split(',').next().unwrap().to_owned()).collect();
        }
        lines.sort();
        let mut expected = expected();
        if parallelism > 1 {
            expected = (1..=ROWS).map(|n| n.to_string()).collect();
            expected.sort();
        }
        assert_eq!(lines, expected);
        let kept = fs::read_dir(folder.path().join("checkpoints")).unwrap().count();
        assert!((1..=2).contains(&kept), "{kept}");
    }
}

#[test]
fn in_the_words_of_flink_a_job_takes_checkpoints_and_goes_on_from_them() {
    let folder = tempfile::tempdir().unwrap();
    let (out, checkpoints) = (folder.path().join("out"), folder.path().join("checkpoints"));
    let set = |runner: LocalRunner, key: &str, value: &str| {
        runner.option(&format!("execution.{key}"), value).unwrap()
    };
    let place = format!("file://{}", checkpoints.display());
    let runner = LocalRunner::new().option("parallelism.default", "1").unwrap();
    let runner = set(runner, "checkpointing.interval", "40 ms");
    let from = set(runner.clone(), "state-recovery.path", &place);
    let nothing = from.run(counting(&out, None, "check")).unwrap_err().to_string();
    assert!(nothing.contains("there is no folder"), "{nothing}");

    let first = set(set(runner, "checkpointing.dir", &place), "checkpointing.num-retained", "1");
    first.run(counting(&out, Some(900), "check")).unwrap_err();
    assert_eq!(fs::read_dir(&checkpoints).unwrap().count(), 1);
    let elsewhere = folder.path().join("elsewhere");
    let there = set(from.clone(), "checkpointing.dir", &elsewhere.display().to_string());
    there.run(counting(&out, None, "check")).unwrap();
    assert_eq!(fs::read_dir(&checkpoints).unwrap().count(), 1, "they go elsewhere");
    assert!(fs::read_dir(&elsewhere).unwrap().count() > 0);
    let mut lines: Vec<_> = all_of(&out).lines().map(str::to_owned).collect();
    lines.sort();
    assert_eq!(lines, expected());

    let batch = set(from, "runtime-mode", "batch");
    let refused = batch.run(counting(&out, None, "check")).unwrap_err().to_string();
    assert!(refused.contains("BATCH"), "{refused}");
    for (key, value) in [
        ("parallelism.default", "0"),
        ("execution.runtime-mode", "fast"),
        ("execution.checkpointing.dir", "s3://bucket/a"),
        ("execution.checkpointing.interval", "soon"),
        ("state.backend.type", "rocksdb"),
    ] {
        let wrong = LocalRunner::new().option(key, value).unwrap_err().to_string();
        assert!(wrong.contains(key), "{wrong}");
    }
}

#[test]
fn another_pipeline_or_parallelism_cannot_go_on_from_a_checkpoint() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let failed = checkpointed(folder.path(), 1).run(counting(&out, Some(900), "check"));
    assert!(failed.unwrap_err().to_string().contains("broken"));
    let error = checkpointed(folder.path(), 1).start(counting(&out, None, "other")).unwrap_err();
    let text = error.to_string();
    assert!(text.contains("the pipeline is another one now") && text.contains("'check'"), "{text}");
    let error = checkpointed(folder.path(), 2).start(counting(&out, None, "check")).unwrap_err();
    let text = error.to_string();
    assert!(text.contains("with 1 subtask"), "{text}");
}

#[test]
fn a_drained_job_commits_all_that_came() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let job: JobHandle =
        LocalRunner::new().parallelism(1).start(counting(&out, None, "check")).unwrap();
    while job.metrics().stages[0].records_out < 300 {
        std::thread::sleep(Duration::from_millis(5));
    }
    job.drain();
    let result = job.wait().unwrap();
    let lines = all_of(&out).lines().count();
    assert_eq!(lines as u64, result.metrics.stages[0].records_out);
    assert!(lines < ROWS as usize);
}

#[test]
fn parquet_keeps_all_that_rows_have() {
    let folder = tempfile::tempdir().unwrap();
    let (csv, parquet, back) =
        (folder.path().join("in"), folder.path().join("parquet"), folder.path().join("back"));
    let rows = "brook,7,0.5,12.3,true,2024-02-29,\"2020-12-30 12:13:14.123\"\n\
                x,-1,1.0E10,-0.05,false,1969-12-31,\"1969-12-31 23:59:59.999\"\n\
                null,null,null,null,null,null,null\n";
    fs::write(&csv, rows).unwrap();
    let files = |path: &Path, format: &str| {
        Connector::new("filesystem").option("path", path.display()).option("format", format)
    };
    let runner = LocalRunner::new().deterministic();
    let p = Pipeline::new("to parquet");
    let table = files(&csv, "csv").option("csv.null-literal", "null");
    p.source::<Wide<'static>>(table).sink(files(&parquet, "parquet"));
    runner.run(p.build().unwrap()).unwrap();
    let p = Pipeline::new("from parquet");
    let table = files(&back, "csv").option("csv.null-literal", "null");
    p.source::<Wide<'static>>(files(&parquet, "parquet")).sink(table);
    runner.run(p.build().unwrap()).unwrap();
    assert_eq!(all_of(&back), rows);
}

#[test]
fn a_file_that_is_no_parquet_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("in");
    fs::write(&file, "no parquet").unwrap();
    let p = Pipeline::new("no parquet");
    let table =
        Connector::new("filesystem").option("path", file.display()).option("format", "parquet");
    p.source::<Number>(table).map(|row: Number| row.number).collect("out");
    let error = LocalRunner::new().run(p.build().unwrap()).unwrap_err();
    assert!(error.to_string().starts_with("cannot read '"), "{error}");
}
