//! The program asked within a test, without a process of its own.

use std::ffi::OsString;

use jicai::cli::{Answer, run};
use jicai::text::Language;

/// What the program answers to these arguments.
pub fn answer(arguments: &[&str], language: Language) -> Answer {
    let line: Vec<OsString> =
        std::iter::once("jicai").chain(arguments.iter().copied()).map(OsString::from).collect();
    run(&line, language)
}
