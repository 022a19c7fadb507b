//! `jicai verify` as a program of its own, which holds no solver: `jicai-verify REPORT_DIR [--tender DIR]`.

use std::env;
use std::ffi::OsString;
use std::io;
use std::process::ExitCode;

use jicai::cli::{LANGUAGE_VARIABLE, language, run, unknown_language};
use jicai::text::Language;

fn main() -> ExitCode {
    let own = ["jicai", "verify"].map(OsString::from).into_iter();
    let arguments: Vec<OsString> = own.chain(env::args_os().skip(1)).collect();
    let (answer, language) = match language(&arguments, env::var_os(LANGUAGE_VARIABLE).as_deref()) {
        Ok(language) => (run(&arguments, language), language),
        Err(set) => (unknown_language(&set), Language::default()),
    };
    let exit = answer.write(language, &mut io::stdout().lock(), &mut io::stderr().lock());
    ExitCode::from(exit.code())
}
