//! The command line program.

use std::ffi::OsString;
use std::io::{self, Write as _};
use std::process::{self, ExitCode};
use std::{env, panic};

use jicai::cli::{Answer, Exit, LANGUAGE_VARIABLE, language, run, stopped, unknown_language};
use jicai::text::Language;

fn main() -> ExitCode {
    let arguments: Vec<OsString> = env::args_os().collect();
    let environment = env::var_os(LANGUAGE_VARIABLE);
    let (answer, language) = match language(&arguments, environment.as_deref()) {
        Ok(language) => {
            speak_when_stopped(language);
            (run(&arguments, language), language)
        }
        Err(set) => (unknown_language(&set), Language::default()),
    };
    let exit: Exit = Answer::write(&answer, language, &mut io::stdout().lock(), &mut io::stderr().lock());
    ExitCode::from(exit.code())
}

/// A fault in the program itself ends it with one line in the user's language, whichever thread it happens in.
fn speak_when_stopped(language: Language) {
    panic::set_hook(Box::new(move |fault| {
        let place = fault.location().map(|place| format!("{}:{}", place.file(), place.line()));
        let answer = stopped(place.as_deref(), language);
        let _ = io::stderr().write_all(answer.messages.as_bytes());
        process::exit(i32::from(answer.exit.code()));
    }));
}
