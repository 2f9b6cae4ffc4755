//! The jar of a job: what is in it, that it is the same each time, and what is refused.
#![allow(clippy::unwrap_used, reason = "a test that panics has failed")]

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use brookite_client::package::{
    GRAPH, LIBRARY, PIPELINE_MAIN, PIPELINES, Package, PackageError, Platform,
};
use tempfile::TempDir;
use zip::write::{SimpleFileOptions, ZipWriter};

const LINUX: &str = "linux-x86_64";

/// A folder with the parts of a jar.
struct Parts {
    folder: TempDir,
}

impl Parts {
    fn new() -> Self {
        let parts = Self { folder: tempfile::tempdir().unwrap() };
        let mut wrapper = ZipWriter::new(File::create(parts.path("wrapper.jar")).unwrap());
        let class = format!("{}.class", PIPELINE_MAIN.replace('.', "/"));
        let bridge = format!("native/{LINUX}/libbrookite_bridge.so");
        for name in ["META-INF/MANIFEST.MF", &class, &bridge] {
            wrapper.start_file(name, SimpleFileOptions::default()).unwrap();
            wrapper.write_all(name.as_bytes()).unwrap();
        }
        wrapper.finish().unwrap();
        parts.write("libword_count.so", &elf(62, 3, "BROOKITE_PLUGIN"));
        parts
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, bytes: &[u8]) -> PathBuf {
        fs::write(self.path(name), bytes).unwrap();
        self.path(name)
    }

    fn package(&self) -> Package {
        Package::new(self.path("wrapper.jar"))
            .library(LINUX.parse().unwrap(), self.path("libword_count.so"))
            .graph(b"graph".to_vec())
    }

    fn refused(&self, package: &Package) -> String {
        let jar = self.path("refused.jar");
        let message = package.write(&jar).unwrap_err().to_string();
        assert!(!jar.exists(), "what is refused is not written");
        message
    }
}

/// A little ELF file for that processor and of that type, whose only dynamic symbol has that name.
fn elf(machine: u16, kind: u16, symbol: &str) -> Vec<u8> {
    let names = [b"\0", symbol.as_bytes(), b"\0.dynstr\0.dynsym\0"].concat();
    let (header, section, entry) = (64_u64, 64_u64, 24_u64);
    let names_at = header;
    let symbols_at = names_at + names.len() as u64;
    let sections_at = symbols_at + 2 * entry;
    let mut file = Vec::new();
    file.extend(b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0");
    file.extend(kind.to_le_bytes());
    file.extend(machine.to_le_bytes());
    file.extend(1_u32.to_le_bytes());
    for number in [0, 0, sections_at] {
        file.extend(number.to_le_bytes());
    }
    file.extend(0_u32.to_le_bytes());
    for number in [64_u16, 56, 0, section as u16, 3, 1] {
        file.extend(number.to_le_bytes());
    }
    file.extend(&names);
    file.extend([0; 24]);
    // A global object, defined in section 1.
    file.extend(1_u32.to_le_bytes());
    file.extend([0x11, 0, 1, 0]);
    file.extend(8_u64.to_le_bytes());
    file.extend(8_u64.to_le_bytes());
    let after = symbol.len() as u32 + 2;
    let sections = [
        [0_u64; 8],
        [u64::from(after), 3, 0, names_at, names.len() as u64, 0, 1, 0],
        [u64::from(after) + 8, 11, 0, symbols_at, 2 * entry, 1 | 1 << 32, 8, entry],
    ];
    for [name, kind, address, offset, size, link, align, entry_size] in sections {
        file.extend((name as u32).to_le_bytes());
        file.extend((kind as u32).to_le_bytes());
        for number in [0, address, offset, size, link, align, entry_size] {
            file.extend(number.to_le_bytes());
        }
    }
    file
}

fn entries(jar: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut jar = zip::ZipArchive::new(File::open(jar).unwrap()).unwrap();
    let mut entries = BTreeMap::new();
    for index in 0..jar.len() {
        let mut entry = jar.by_index(index).unwrap();
        let mut bytes = Vec::new();
        entry.read_to_end(&mut bytes).unwrap();
        entries.insert(entry.name().unwrap().into_owned(), bytes);
    }
    entries
}

#[test]
fn a_jar_has_the_wrapper_the_library_and_the_graph() {
    let parts = Parts::new();
    let jar = parts.path("target/word-count.jar");
    let packed = parts.package().write(&jar).unwrap();
    assert_eq!(packed.library.as_deref(), Some("word_count"));
    assert_eq!(packed.bytes, fs::metadata(&jar).unwrap().len());
    let entries = entries(&jar);
    assert_eq!(entries[GRAPH], b"graph");
    assert_eq!(entries[LIBRARY], b"word_count");
    assert_eq!(
        entries[&format!("native/{LINUX}/libword_count.so")],
        fs::read(parts.path("libword_count.so")).unwrap()
    );
    assert!(entries.contains_key("org/brookite/pipeline/PipelineMain.class"));
    let manifest = String::from_utf8(entries["META-INF/MANIFEST.MF"].clone()).unwrap();
    assert!(manifest.contains("Main-Class: org.brookite.pipeline.PipelineMain\r\n"), "{manifest}");
}

#[test]
fn a_jar_may_have_several_pipelines_by_name() {
    let parts = Parts::new();
    let package = Package::new(parts.path("wrapper.jar"))
        .library(LINUX.parse().unwrap(), parts.path("libword_count.so"))
        .pipeline("word_count", b"one".to_vec())
        .pipeline("top 10", b"two".to_vec());
    let jar = parts.path("several.jar");
    package.write(&jar).unwrap();
    let entries = entries(&jar);
    assert_eq!(entries[PIPELINES], b"word_count\ntop 10\n");
    assert_eq!(entries["META-INF/brookite/pipelines/word_count.pb"], b"one");
    assert_eq!(entries["META-INF/brookite/pipelines/top 10.pb"], b"two");
    assert!(!entries.contains_key(GRAPH), "none is run unless it is asked for");
    let twice = package.clone().pipeline("top 10", b"three".to_vec());
    assert!(parts.refused(&twice).contains("two pipelines 'top 10'"));
    for name in ["", " ", "../x", "a/b", "a\nb", "a "] {
        let message = parts.refused(&package.clone().pipeline(name, Vec::new()));
        assert!(message.contains("cannot be the name of a pipeline"), "{message}");
    }
}

#[test]
fn the_same_parts_give_the_same_bytes() {
    let parts = Parts::new();
    let write = |name: &str| {
        parts.package().write(&parts.path(name)).unwrap();
        fs::read(parts.path(name)).unwrap()
    };
    let first = write("one.jar");
    let library = File::options().write(true).open(parts.path("libword_count.so")).unwrap();
    library.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000)).unwrap();
    assert_eq!(first, write("two.jar"));
}

#[test]
fn a_library_for_another_platform_is_refused() {
    let parts = Parts::new();
    let arm = parts.write("libother.so", &elf(183, 3, "BROOKITE_PLUGIN"));
    let package = Package::new(parts.path("wrapper.jar")).library(LINUX.parse().unwrap(), arm);
    let message = parts.refused(&package);
    assert!(message.contains("is for linux-aarch64, expected one for linux-x86_64"), "{message}");
    assert!(message.contains("--target x86_64-unknown-linux-gnu"), "{message}");
}

#[test]
fn what_is_no_plugin_is_refused() {
    let parts = Parts::new();
    let platform = || LINUX.parse::<Platform>().unwrap();
    let package = |file| Package::new(parts.path("wrapper.jar")).library(platform(), file);
    for (bytes, said) in [
        (elf(62, 3, "something_else"), "does not export BROOKITE_PLUGIN"),
        (elf(62, 2, "BROOKITE_PLUGIN"), "it is of the kind Executable"),
        (elf(243, 3, "BROOKITE_PLUGIN"), "it is for the processor Riscv64"),
        (b"#!/bin/sh".to_vec(), "is no dynamic library"),
        (elf(62, 3, "BROOKITE_PLUGIN")[..80].to_vec(), "is no dynamic library"),
        (Vec::new(), "is no dynamic library"),
    ] {
        let message = parts.refused(&package(parts.write("libx.so", &bytes)));
        assert!(message.contains(said), "{message}");
    }
    let message = parts.refused(&package(parts.path("nowhere.so")));
    assert!(message.contains("not named as a library for linux-x86_64"), "{message}");
    let message = parts.refused(&package(parts.path("libnowhere.so")));
    assert!(message.contains("cannot read"), "{message}");
}

#[test]
fn a_platform_needs_its_bridge() {
    let parts = Parts::new();
    let arm = || "linux-aarch64".parse::<Platform>().unwrap();
    fs::create_dir(parts.path("arm")).unwrap();
    let library = parts.write("arm/libword_count.so", &elf(183, 3, "BROOKITE_PLUGIN"));
    let package = parts.package().library(arm(), library);
    let message = parts.refused(&package);
    assert!(message.contains("native/linux-aarch64/libbrookite_bridge.so"), "{message}");
    let bridge = parts.write("libbrookite_bridge.so", &elf(183, 3, "JNI_OnLoad"));
    let packed = package.bridge(arm(), bridge).write(&parts.path("both.jar")).unwrap();
    assert_eq!(packed.platforms, [LINUX.parse().unwrap(), arm()]);
}

#[test]
fn libraries_of_two_crates_do_not_make_one_jar() {
    let parts = Parts::new();
    let other = parts.write("libother.so", &elf(183, 3, "BROOKITE_PLUGIN"));
    let package = parts.package().library("linux-aarch64".parse().unwrap(), other);
    assert!(parts.refused(&package).contains("'word_count' for one platform and 'other'"));
    let twice = parts.package().library(LINUX.parse().unwrap(), parts.path("libword_count.so"));
    assert!(parts.refused(&twice).contains("two libraries for linux-x86_64"));
}

#[test]
fn what_is_not_the_wrappers_jar_is_refused() {
    let parts = Parts::new();
    let package = parts.package().main_class("org.example.Main");
    assert!(parts.refused(&package).contains("has no class org.example.Main"));
    let no_jar = Package::new(parts.path("libword_count.so"));
    assert!(matches!(no_jar.write(&parts.path("x.jar")), Err(PackageError::NotAJar { .. })));
    let nothing = Package::new(parts.path("nothing.jar"));
    assert!(matches!(nothing.write(&parts.path("x.jar")), Err(PackageError::Unreadable { .. })));
}

#[test]
fn classes_of_a_java_job_may_be_added() {
    let parts = Parts::new();
    fs::create_dir_all(parts.path("classes/org/example/inner")).unwrap();
    fs::create_dir_all(parts.path("classes/org/other")).unwrap();
    for name in ["org/example/Main", "org/example/inner/Part", "org/other/Class"] {
        parts.write(&format!("classes/{name}.class"), b"class");
    }
    let jar = parts.path("job.jar");
    let package = Package::new(parts.path("wrapper.jar"));
    let package =
        package.classes(parts.path("classes"), "org/example").main_class("org.example.Main");
    package.write(&jar).unwrap();
    let names: Vec<_> = entries(&jar).into_keys().collect();
    assert!(names.iter().any(|name| name == "org/example/inner/Part.class"), "{names:?}");
    assert!(!names.iter().any(|name| name.starts_with("org/other")), "{names:?}");
}

#[test]
fn an_unknown_platform_names_the_known_ones() {
    let message = "windows-x86_64".parse::<Platform>().unwrap_err().to_string();
    assert!(message.contains("linux-x86_64, linux-aarch64"), "{message}");
}

#[test]
fn a_connector_is_nested_where_flink_looks_for_it() {
    let parts = Parts::new();
    let connector = parts.path("kafka.jar");
    let mut jar = ZipWriter::new(File::create(&connector).unwrap());
    jar.start_file("org/example/Factory.class", SimpleFileOptions::default()).unwrap();
    jar.finish().unwrap();
    let packed = parts.package().connector(&connector).write(&parts.path("job.jar")).unwrap();
    assert_eq!(packed.connectors, std::slice::from_ref(&connector));
    let nested = &entries(&parts.path("job.jar"))["lib/kafka.jar"];
    assert_eq!(*nested, fs::read(&connector).unwrap());
    let twice = parts.package().connector(&connector).connector(&connector);
    assert!(parts.refused(&twice).contains("two connectors named 'kafka.jar'"));
    let no_jar = parts.package().connector(parts.write("page.jar", b"<html>not found</html>"));
    let message = parts.refused(&no_jar);
    assert!(message.contains("page.jar' is no jar"), "{message}");
}
