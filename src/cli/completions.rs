//! `jicai completions`.

use clap::ArgMatches;
use clap_complete::Shell;

use super::command_line::command_line;
use super::{Answer, word};
use crate::text::Language;

/// A script that completes the commands in a shell; its descriptions are in the user's language.
pub(super) fn completions(matches: &ArgMatches, language: Language) -> Answer {
    let shell = word(matches, "shell").parse().unwrap_or(Shell::Bash);
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut command_line(language), "jicai", &mut script);
    Answer::done(String::from_utf8_lossy(&script).into_owned())
}
