//! What can stand on the command line. Every text of it is in the catalogue.

use std::ffi::{OsStr, OsString};
use std::path::PathBuf;

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, ArgGroup, Command, value_parser};

use super::help::page;
use crate::text::{Language, text};

/// The environment variable that sets the language.
pub const LANGUAGE_VARIABLE: &str = "JICAI_LANG";

/// Shells that a completion script can be made for.
const SHELLS: [&str; 5] = ["bash", "elvish", "fish", "powershell", "zsh"];

/// The command line in one language.
pub(super) fn command_line(language: Language) -> Command {
    let here = Texts(language);
    let all = here
        .command("jicai", "jicai")
        .version(env!("CARGO_PKG_VERSION"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .arg(here.option("lang", "option.lang").value_name("en|zh").value_parser(["en", "zh"]).global(true))
        .arg(
            Arg::new("version")
                .long("version")
                .short('V')
                .action(ArgAction::Version)
                .help(here.text("option.version")),
        )
        .subcommands([
            evaluate(here),
            check(here),
            compare(here),
            report(here),
            verify(here),
            super::draw::line(here),
            explain(here),
            rules(here),
            super::effects::line(here),
            super::payers::line(here),
            super::project::line(here),
            super::retention::line(here),
            super::settlement::line(here),
            super::execution::line(here),
            super::schema::line(here),
            new(here),
            completions(here),
            here.command("help", "help_command").arg(
                Arg::new("command")
                    .value_name("COMMAND")
                    .num_args(0..)
                    .help(here.text("help_command.command")),
            ),
        ]);
    with_pages(all, language, "jicai", &[])
}

fn evaluate(here: Texts) -> Command {
    here.command("evaluate", "evaluate")
        .arg(here.folder("tender", "TENDER", "evaluate.tender"))
        .arg(here.option("out", "evaluate.out").value_name("DIR").value_parser(value_parser!(PathBuf)))
        .arg(here.option("expect-rules", "evaluate.expect_rules").value_name("SHA256"))
        .arg(here.option("rules", "evaluate.rules").value_name("ID_OR_FILE"))
        .arg(
            here.option("without-overrides", "evaluate.without_overrides")
                .action(ArgAction::SetTrue)
                .requires("rules"),
        )
        .arg(
            here.option("scenario", "evaluate.scenario").value_name("NAME_OR_FILE").action(ArgAction::Append),
        )
        .arg(here.option("rule-costs", "evaluate.rule_costs").action(ArgAction::SetTrue))
        .arg(here.option("frontier", "evaluate.frontier").action(ArgAction::SetTrue))
        .arg(
            here.option("time-limit", "evaluate.time_limit")
                .value_name("SECONDS")
                .value_parser(value_parser!(u32).range(1..=86_400)),
        )
        .arg(here.option("solver", "evaluate.solver").value_name("NAME").value_parser(["cbc", "highs"]))
        .arg(here.option("png", "evaluate.png").action(ArgAction::SetTrue))
        .arg(here.option("pdf", "evaluate.pdf").action(ArgAction::SetTrue))
        .group(ArgGroup::new("drawn").args(["png", "pdf"]).multiple(true))
        .arg(
            here.option("font", "evaluate.font")
                .value_name("FILE")
                .value_parser(value_parser!(PathBuf))
                .requires("drawn"),
        )
        .arg(here.format("evaluate.format"))
        .arg(here.option("encoding", "option.encoding").value_name("NAME"))
}

fn check(here: Texts) -> Command {
    here.command("check", "check")
        .arg(here.folder("tender", "TENDER", "check.tender"))
        .arg(here.option("strict", "check.strict").action(ArgAction::SetTrue))
        .arg(here.format("check.format"))
        .arg(here.option("encoding", "option.encoding").value_name("NAME"))
}

fn compare(here: Texts) -> Command {
    here.command("compare", "compare")
        .arg(
            Arg::new("award")
                .value_name("REPORT_OR_TENDER")
                .required(true)
                .num_args(1..=2)
                .value_parser(value_parser!(PathBuf))
                .help(here.text("compare.award")),
        )
        .arg(here.option("rules", "compare.rules").value_name("ID_OR_FILE").action(ArgAction::Append))
        .arg(
            here.option("scenario", "compare.scenario")
                .value_name("NAME_OR_FILE")
                .action(ArgAction::Append)
                .conflicts_with("rules"),
        )
        .arg(
            here.option("without-overrides", "evaluate.without_overrides")
                .action(ArgAction::SetTrue)
                .requires("rules"),
        )
        .arg(
            here.option("format", "compare.format")
                .value_name("FORMAT")
                .value_parser(["text", "json", "csv"])
                .default_value("text"),
        )
        .arg(here.option("encoding", "option.encoding").value_name("NAME"))
}

fn report(here: Texts) -> Command {
    here.command("report", "report")
        .arg(here.folder("tender", "TENDER", "report.tender"))
        .arg(here.option("letters", "report.letters").action(ArgAction::SetTrue))
        .arg(here.option("policy", "report.policy").action(ArgAction::SetTrue))
        .group(ArgGroup::new("what").args(["letters", "policy"]).required(true))
        .arg(here.option("baseline", "report.baseline").value_name("NAME").conflicts_with("letters"))
        .arg(here.option("profile", "report.profile").value_name("PROFILE").conflicts_with("letters"))
        .arg(
            here.option("area", "report.area")
                .value_name("REGION=PROFILE")
                .action(ArgAction::Append)
                .requires("profile"),
        )
        .arg(here.option("out", "report.out").value_name("DIR").value_parser(value_parser!(PathBuf)))
        .arg(here.option("encoding", "option.encoding").value_name("NAME"))
}

fn verify(here: Texts) -> Command {
    let tender = here.option("tender", "verify.tender").value_name("TENDER");
    here.command("verify", "verify")
        .arg(here.folder("report", "REPORT_DIR", "verify.report"))
        .arg(tender.value_parser(value_parser!(PathBuf)))
        .arg(here.format("verify.format"))
        .arg(here.option("encoding", "option.encoding").value_name("NAME"))
}

fn explain(here: Texts) -> Command {
    here.command("explain", "explain")
        .arg(
            Arg::new("subject")
                .value_name("SUBJECT")
                .required_unless_present("all")
                .help(here.text("explain.subject")),
        )
        .arg(here.option("lot", "explain.lot").value_name("LOT").requires("subject"))
        .arg(here.option("bid", "explain.bid").value_name("BID").requires("lot"))
        .arg(here.option("rules", "evaluate.rules").value_name("ID_OR_FILE").requires("lot"))
        .arg(
            here.option("without-overrides", "evaluate.without_overrides")
                .action(ArgAction::SetTrue)
                .requires("rules"),
        )
        .arg(here.option("all", "explain.all").action(ArgAction::SetTrue).conflicts_with("subject"))
        .arg(here.option("encoding", "option.encoding").value_name("NAME"))
}

fn rules(here: Texts) -> Command {
    let id = Arg::new("id").value_name("ID").required(true).help(here.text("rules_show.id"));
    here.command("rules", "rules")
        .subcommand_required(true)
        .subcommand(here.command("list", "rules_list"))
        .subcommand(here.command("show", "rules_show").arg(id))
        .subcommand(
            here.command("diff", "rules_diff")
                .arg(Arg::new("before").value_name("A").required(true).help(here.text("rules_diff.before")))
                .arg(Arg::new("after").value_name("B").required(true).help(here.text("rules_diff.after")))
                .arg(here.format("rules_diff.format")),
        )
}

fn new(here: Texts) -> Command {
    here.command("new", "new").arg(here.folder("dir", "DIR", "new.dir")).arg(
        here.option("kind", "new.kind")
            .value_name("KIND")
            .value_parser(["drug", "consumable"])
            .default_value("drug"),
    )
}

fn completions(here: Texts) -> Command {
    here.command("completions", "completions").arg(
        Arg::new("shell")
            .value_name("SHELL")
            .required(true)
            .value_parser(PossibleValuesParser::new(SHELLS))
            .help(here.text("completions.shell")),
    )
}

/// Gives every command its page of help and the option that shows it.
fn with_pages(command: Command, language: Language, texts: &str, above: &[&str]) -> Command {
    let shows_help = Arg::new("help")
        .long("help")
        .short('h')
        .action(ArgAction::Help)
        .help(text(language, "cli.option.help"));
    let command = command.disable_help_flag(true).disable_help_subcommand(true).disable_version_flag(true);
    let command = command.arg(shows_help);
    let page = page(&command, language, texts);
    let name = command.get_name().to_owned();
    let mut path = above.to_vec();
    path.push(&name);
    let below: Vec<String> = command.get_subcommands().map(|below| below.get_name().to_owned()).collect();
    let command = below.iter().fold(command, |command, below| {
        let texts = texts_of(&path, below);
        command.mut_subcommand(below, |below| with_pages(below, language, &texts, &path))
    });
    command.override_help(page)
}

/// The table of the catalogue that holds the texts of the command `name` below `above`.
pub(super) fn texts_of(above: &[&str], name: &str) -> String {
    match (above, name) {
        ([_], "help") => "help_command".to_owned(),
        ([_, group], _) => format!("{group}_{name}"),
        _ => name.to_owned(),
    }
}

/// Texts of the commands in one language.
#[derive(Clone, Copy)]
pub(super) struct Texts(Language);

impl Texts {
    pub(super) fn text(self, key: &str) -> &'static str {
        text(self.0, &format!("cli.{key}"))
    }

    pub(super) fn command(self, name: &'static str, texts: &str) -> Command {
        Command::new(name).about(self.text(&format!("{texts}.about")))
    }

    pub(super) fn option(self, name: &'static str, key: &str) -> Arg {
        Arg::new(name).long(name).help(self.text(key))
    }

    pub(super) fn folder(self, name: &'static str, value: &'static str, key: &str) -> Arg {
        Arg::new(name)
            .value_name(value)
            .required(true)
            .value_parser(value_parser!(PathBuf))
            .help(self.text(key))
    }

    /// The formats of commands that print tables.
    pub(super) fn tables_format(self) -> Arg {
        self.option("format", "option.tables_format")
            .value_name("FORMAT")
            .value_parser(["text", "json", "csv"])
            .default_value("text")
    }

    pub(super) fn format(self, key: &str) -> Arg {
        self.option("format", key).value_name("FORMAT").value_parser(["text", "json"]).default_value("text")
    }
}

/// The language that the command line asks for, or the environment; English without either.
///
/// It is looked for before the line is parsed, because the messages of the parser are in it too. What is no language is
/// left to the parser to refuse.
///
/// # Errors
/// The value of the environment variable, when it is no language and the line names none.
pub fn language(arguments: &[OsString], environment: Option<&OsStr>) -> Result<Language, String> {
    let mut words =
        arguments.iter().skip(1).take_while(|word| *word != "--").map(|word| word.to_string_lossy());
    let mut asked = None;
    while let Some(word) = words.next() {
        let value = match word.strip_prefix("--lang") {
            Some("") => words.next().map(|value| value.into_owned()),
            Some(rest) => rest.strip_prefix('=').map(str::to_owned),
            None => None,
        };
        asked = value.as_deref().and_then(Language::from_code).or(asked);
    }
    match (asked, environment) {
        (Some(language), _) => Ok(language),
        (None, None) => Ok(Language::default()),
        (None, Some(set)) if set.is_empty() => Ok(Language::default()),
        (None, Some(set)) => {
            let set = set.to_string_lossy();
            Language::from_code(&set).ok_or_else(|| set.into_owned())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(line: &str, environment: Option<&str>) -> Result<Language, String> {
        let arguments: Vec<OsString> = line.split(' ').map(OsString::from).collect();
        language(&arguments, environment.map(OsStr::new))
    }

    #[test]
    fn the_line_outweighs_the_environment() {
        assert_eq!(of("jicai check x", None), Ok(Language::English));
        assert_eq!(of("jicai check x --lang zh", None), Ok(Language::Chinese));
        assert_eq!(of("jicai --lang=zh check x", Some("en")), Ok(Language::Chinese));
        assert_eq!(of("jicai --lang en check x", Some("fr")), Ok(Language::English));
        assert_eq!(of("jicai check x", Some("zh")), Ok(Language::Chinese));
        assert_eq!(of("jicai check x", Some("fr")), Err("fr".to_owned()));
        assert_eq!(of("jicai explain -- --lang=zh", Some("")), Ok(Language::English));
    }

    #[test]
    fn the_command_line_holds_together() {
        for language in Language::ALL {
            command_line(language).debug_assert();
        }
    }
}
