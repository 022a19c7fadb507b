//! Pages of help, of 80 columns in both languages. Chinese has no blanks to break lines at, so the pages are set here.

use clap::{Arg, ArgAction, Command};

use super::answer::{Answer, paragraph, table};
use super::command_line::{command_line, texts_of};
use super::exit::Exit;
use super::usage;
use crate::text::{Language, fill, text};

/// Ways in which a command can end.
fn exits(texts: &str) -> &'static [Exit] {
    match texts {
        "evaluate" | "report" | "settlement" | "execution" | "payers_split" | "project" => {
            &[Exit::Done, Exit::HumanMustAct, Exit::Usage, Exit::InvalidInput, Exit::Internal]
        }
        "explain" | "compare" | "effects" | "retention" | "payers_show" | "payers_bill" => {
            &[Exit::Done, Exit::Usage, Exit::InvalidInput, Exit::Internal]
        }
        "verify" => &[Exit::Done, Exit::Usage, Exit::InvalidInput, Exit::NotVerified, Exit::Internal],
        "check" => &[Exit::Done, Exit::Usage, Exit::InvalidInput, Exit::Internal],
        "jicai" => &[
            Exit::Done,
            Exit::HumanMustAct,
            Exit::Usage,
            Exit::InvalidInput,
            Exit::NotVerified,
            Exit::Internal,
        ],
        _ => &[Exit::Done, Exit::Usage, Exit::Internal],
    }
}

/// The page of a command whose texts are in the table `cli.{texts}` of the catalogue.
pub(super) fn page(command: &Command, language: Language, texts: &str) -> String {
    let own = |name: &str| crate::text::find(language, &format!("cli.{texts}.{name}"));
    let mut page = paragraph(own("about").unwrap_or_default(), 0);
    if let Some(details) = own("details") {
        page.push('\n');
        page.push_str(&paragraph(details.trim(), 0));
    }
    let mut section = |title: &str, body: String| {
        if !body.is_empty() {
            let title = text(language, &format!("cli.help.{title}"));
            page.push_str(&super::answer::section(title, language));
            page.push_str(&body);
        }
    };
    section("usage", paragraph(own("usage").unwrap_or_default(), 2));
    let below = command.get_subcommands().map(|below| {
        (below.get_name().to_owned(), below.get_about().map(ToString::to_string).unwrap_or_default())
    });
    section("commands", table(&below.collect::<Vec<_>>()));
    section("arguments", table(&command.get_positionals().map(|arg| row(arg, language)).collect::<Vec<_>>()));
    let mut options: Vec<(String, String)> =
        command.get_arguments().filter(|arg| !arg.is_positional()).map(|arg| row(arg, language)).collect();
    if texts != "jicai" {
        let lang = command_line_option(language);
        options.insert(options.len().saturating_sub(1), lang);
    }
    section("options", table(&options));
    section("examples", indented(own("examples").unwrap_or_default()));
    let codes = exits(texts).iter().map(|exit| {
        let code = exit.code().to_string();
        let meaning = text(language, &format!("cli.exit.{code}")).to_owned();
        (code, meaning)
    });
    section("exits", table(&codes.collect::<Vec<_>>()));
    if texts == "jicai" {
        page.push('\n');
        page.push_str(&paragraph(text(language, "cli.help.footer"), 0));
    }
    page
}

/// The option of the language, which stands on every page.
fn command_line_option(language: Language) -> (String, String) {
    let lang = Arg::new("lang").long("lang").value_name("en|zh").help(text(language, "cli.option.lang"));
    row(&lang, language)
}

/// An argument with its description and its possible values.
fn row(arg: &Arg, language: Language) -> (String, String) {
    let takes_value = !matches!(arg.get_action(), ArgAction::SetTrue | ArgAction::Help | ArgAction::Version);
    let value =
        arg.get_value_names().and_then(|names| names.first()).map(ToString::to_string).unwrap_or_default();
    let name = match (arg.get_short(), arg.get_long()) {
        (Some(short), Some(long)) if !takes_value => format!("-{short}, --{long}"),
        (_, Some(long)) if takes_value => format!("--{long} {value}"),
        (_, Some(long)) => format!("--{long}"),
        _ => value,
    };
    let mut description = arg.get_help().map(ToString::to_string).unwrap_or_default();
    let values: Vec<String> =
        arg.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect();
    if arg.is_positional() && !values.is_empty() {
        let values = fill(language, "cli.help.values", &[("values", &values.join(", "))]);
        description = format!("{description} ({values})");
    }
    (name, description)
}

/// Lines as they are, after two blanks.
fn indented(lines: &str) -> String {
    lines.trim().lines().map(|line| format!("  {line}\n")).collect()
}

/// The page of the command that `words` name; the program's own without any.
pub(super) fn help(words: &[String], language: Language) -> Answer {
    let mut command = command_line(language);
    let mut path = vec!["jicai".to_owned()];
    for word in words {
        let Some(below) = command.find_subcommand(word).cloned() else {
            let known: Vec<&str> = command.get_subcommands().map(Command::get_name).collect();
            return usage::unknown_command(word, &known, &path.join(" "), language);
        };
        command = below;
        path.push(word.clone());
    }
    let above: Vec<&str> = path.iter().map(String::as_str).collect();
    let texts = match above.split_last() {
        Some((last, above)) => texts_of(above, last),
        None => "jicai".to_owned(),
    };
    // The pages of the commands are made with the command line itself.
    let shown = command.clone().render_help().to_string();
    Answer::done(if shown.is_empty() { page(&command, language, &texts) } else { shown })
}
