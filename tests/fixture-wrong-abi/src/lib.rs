//! A plugin from the future: the sixteen bytes that never change, saying version 999, and nothing
//! behind them. A loader that read on would read what is not there.
//!
//! Written from the contract alone, without Brookite's own types, so that a change of those that
//! breaks the contract is noticed.

/// The part of the table that all versions share.
#[repr(C, align(8))]
#[derive(Debug)]
pub struct Header {
    /// `BROOKITE`.
    pub magic: [u8; 8],
    /// The version of the table.
    pub abi_version: u32,
    /// The size of the table in bytes.
    pub table_size: u32,
}

/// The symbol that the loader looks for.
#[unsafe(no_mangle)]
pub static BROOKITE_PLUGIN: Header =
    Header { magic: *b"BROOKITE", abi_version: 999, table_size: 4096 };
