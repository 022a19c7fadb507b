//! What is wrong with a command line, in the user's language.

use clap::error::{ContextKind, ContextValue, ErrorKind};

use super::answer::{Answer, quoted};
use super::exit::Exit;
use crate::diagnostics::{escape, nearest};
use crate::text::{Language, fill, text};

/// What to say when the parser did not take the line; `command` is what it was about, as in `jicai evaluate`.
pub(super) fn refused(fault: &clap::Error, command: &str, language: Language) -> Answer {
    let shown = || fault.render().to_string();
    match fault.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => return Answer::done(shown()),
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            return Answer { results: String::new(), messages: shown(), exit: Exit::Usage };
        }
        _ => {}
    }
    let mut ways = Vec::new();
    if let Some(near) = context(fault, ContextKind::SuggestedArg)
        .or_else(|| context(fault, ContextKind::SuggestedSubcommand))
        .or_else(|| context(fault, ContextKind::SuggestedValue))
    {
        ways.push(fill(language, "cli.usage.near", &[("near", &near)]));
    }
    if let Some(values) = context(fault, ContextKind::ValidValue).filter(|values| !values.is_empty()) {
        ways.push(fill(language, "cli.usage.values", &[("values", &values)]));
    }
    ways.push(fill(language, "cli.usage.see", &[("command", command)]));
    Answer::refused(language, &message(fault, language), &ways, Exit::Usage)
}

fn message(fault: &clap::Error, language: Language) -> String {
    let of = |kind| context(fault, kind).unwrap_or_default();
    let (argument, given) = (of(ContextKind::InvalidArg), of(ContextKind::InvalidValue));
    let say = |key: &str, values: &[(&str, &str)]| fill(language, &format!("cli.usage.{key}"), values);
    match fault.kind() {
        ErrorKind::UnknownArgument => say("unknown_argument", &[("given", &quoted(&argument))]),
        ErrorKind::InvalidSubcommand => {
            say("unknown_command", &[("given", &quoted(&of(ContextKind::InvalidSubcommand)))])
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation if given.is_empty() => {
            say("missing_value", &[("argument", &argument)])
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation | ErrorKind::TooManyValues => {
            say("invalid_value", &[("argument", &argument), ("given", &quoted(&given))])
        }
        ErrorKind::MissingRequiredArgument => say("missing", &[("arguments", &argument)]),
        ErrorKind::MissingSubcommand => say("missing_command", &[]),
        ErrorKind::ArgumentConflict
            if of(ContextKind::PriorArg) == argument || of(ContextKind::PriorArg).is_empty() =>
        {
            say("repeated", &[("argument", &argument)])
        }
        ErrorKind::ArgumentConflict => {
            say("conflict", &[("argument", &argument), ("other", &of(ContextKind::PriorArg))])
        }
        ErrorKind::InvalidUtf8 => say("not_text", &[]),
        kind => say("other", &[("detail", kind.as_str().unwrap_or_default())]),
    }
}

/// A fact that the parser gives, as text; several are joined.
fn context(fault: &clap::Error, kind: ContextKind) -> Option<String> {
    match fault.get(kind)? {
        ContextValue::String(one) => Some(escape(one)),
        ContextValue::Strings(all) => Some(all.iter().map(|one| escape(one)).collect::<Vec<_>>().join(", ")),
        _ => None,
    }
}

/// A command that does not exist.
pub(super) fn unknown_command(given: &str, known: &[&str], command: &str, language: Language) -> Answer {
    let message = fill(language, "cli.usage.unknown_command", &[("given", &quoted(given))]);
    let see = fill(language, "cli.usage.see", &[("command", command)]);
    Answer::refused(language, &message, &with_near(given, known, see, language), Exit::Usage)
}

/// Something named by the user that does not exist: `cli.{key}` says so and `cli.{key}_help` where to look.
pub(super) fn unknown(key: &str, given: &str, known: &[&str], language: Language) -> Answer {
    let message = fill(language, &format!("cli.{key}"), &[("given", &quoted(given))]);
    let way = text(language, &format!("cli.{key}_help")).to_owned();
    Answer::refused(language, &message, &with_near(given, known, way, language), Exit::Usage)
}

fn with_near(given: &str, known: &[&str], way: String, language: Language) -> Vec<String> {
    let near = nearest(given, known.iter().copied());
    let near = near.map(|near| fill(language, "cli.usage.near", &[("near", near)]));
    near.into_iter().chain([way]).collect()
}

/// A line that cannot be carried out: `cli.{key}` says so and `cli.{key}_help` what to write.
pub(super) fn plain_refusal(key: &str, language: Language) -> Answer {
    let way = text(language, &format!("cli.{key}_help")).to_owned();
    Answer::refused(language, text(language, &format!("cli.{key}")), &[way], Exit::Usage)
}
