//! The program as a user meets it: help, exit codes, what goes to which stream.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;
use unicode_width::UnicodeWidthStr;

/// What a run left behind.
#[derive(Debug)]
struct Run {
    code: i32,
    results: String,
    messages: String,
}

fn program(arguments: &[&str], folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jicai"));
    command.args(arguments).current_dir(folder).env_remove("JICAI_LANG").stdin(Stdio::null());
    command
}

fn finished(command: &mut Command) -> Run {
    let output = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    Run { code: output.status.code().unwrap(), results: text(output.stdout), messages: text(output.stderr) }
}

fn run(arguments: &[&str], folder: &Path) -> Run {
    finished(&mut program(arguments, folder))
}

/// A new tender in a folder of its own.
fn template(kind: &str, lang: &str) -> (TempDir, PathBuf) {
    let place = TempDir::new().unwrap();
    let made = run(&["new", "tender", "--kind", kind, "--lang", lang], place.path());
    assert_eq!((made.code, made.messages.as_str()), (0, ""));
    let folder = place.path().join("tender");
    (place, folder)
}

/// Replaces `from`, which must be there, by `to` in a file of a tender.
fn change(folder: &Path, file: &str, from: &str, to: &str) {
    let path = folder.join(file);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "{from} in {file}");
    fs::write(path, text.replace(from, to)).unwrap();
}

const PAGES: [&[&str]; 12] = [
    &[],
    &["evaluate"],
    &["check"],
    &["compare"],
    &["explain"],
    &["rules"],
    &["rules", "list"],
    &["rules", "show"],
    &["rules", "diff"],
    &["new"],
    &["completions"],
    &["help"],
];

fn assert_fits(page: &str) {
    for line in page.lines() {
        assert!(line.width() <= 80, "{} columns: {line}", line.width());
    }
    assert!(!page.contains('⟦') && !page.contains("{}"), "{page}");
}

#[test]
fn every_page_of_help_fits_the_screen_in_both_languages() {
    let here = Path::new(".");
    for words in PAGES {
        for (lang, parts) in
            [("en", ["Usage:", "Examples:", "Exit codes:"]), ("zh", ["用法：", "示例：", "退出码："])]
        {
            let shown = run(&[words, &["--help", "--lang", lang]].concat(), here);
            assert_eq!((shown.code, shown.messages.as_str()), (0, ""), "{words:?}");
            assert_fits(&shown.results);
            for part in parts {
                assert!(shown.results.contains(part), "{part} of {words:?}");
            }
            let asked = run(&[&["help", "--lang", lang], words].concat(), here);
            assert_eq!(asked.results, shown.results, "{words:?}");
        }
    }
}

#[test]
fn the_first_page_names_every_command() {
    let first = run(&["--help"], Path::new(".")).results;
    for words in PAGES {
        if let [command] = words {
            assert!(first.contains(&format!("\n  {command} ")), "{command}");
        }
    }
}

#[test]
fn the_environment_sets_the_language_and_the_line_outweighs_it() {
    let with = |value: &str, arguments: &[&str]| {
        finished(program(arguments, Path::new(".")).env("JICAI_LANG", value))
    };
    assert!(with("zh", &["check", "nowhere"]).messages.starts_with("错误"));
    assert!(with("zh", &["--lang", "en", "check", "nowhere"]).messages.starts_with("error"));
    let unknown = with("fr", &["rules", "list"]);
    assert_eq!((unknown.code, unknown.results.as_str()), (2, ""));
    assert!(unknown.messages.contains("JICAI_LANG"));
    assert_eq!(with("", &["rules", "list"]).code, 0);
}

#[test]
fn a_wrong_command_line_is_refused_with_a_way_out() {
    let wrong: [(&[&str], &str); 12] = [
        (&[], "jicai COMMAND"),
        (&["evalute", "x"], "did you mean evaluate?"),
        (&["check", "x", "--strikt"], "did you mean --strict?"),
        (&["check"], "missing: <TENDER>"),
        (&["check", "a", "b"], "\"b\" is not understood here"),
        (&["check", "x", "--format", "xml"], "possible: text, json"),
        (&["check", "x", "--format"], "needs a value"),
        (&["check", "x", "--encoding", "gb18300"], "did you mean gb18030?"),
        (&["--lang", "fr", "rules", "list"], "possible: en, zh"),
        (&["rules"], "a command is missing"),
        (&["rules", "show", "cn-drug-round-44"], "did you mean cn-drug-round-4?"),
        (&["explain", "E006"], "did you mean E0006?"),
    ];
    for (arguments, said) in wrong {
        let run = run(arguments, Path::new("."));
        assert_eq!((run.code, run.results.as_str()), (2, ""), "{arguments:?}");
        assert!(run.messages.contains(said), "{arguments:?}: {}", run.messages);
        assert_fits(&run.messages);
    }
    let hidden = run(&["check", "x", "--a\u{202e}b"], Path::new("."));
    assert!(hidden.messages.contains("\\u{202e}") && !hidden.messages.contains('\u{202e}'));
}

#[test]
fn a_new_tender_passes_the_check_and_is_awarded() {
    for kind in ["drug", "consumable"] {
        for lang in ["en", "zh"] {
            let (place, folder) = template(kind, lang);
            let checked = run(&["check", "tender", "--strict", "--lang", lang], place.path());
            assert_eq!((checked.code, checked.results, checked.messages), (0, String::new(), String::new()));
            assert!(!place.path().join("reports").exists(), "check writes nothing");
            let evaluated = run(&["evaluate", "tender", "--lang", lang], place.path());
            assert_eq!((evaluated.code, evaluated.messages.as_str()), (0, ""), "{kind} {lang}");
            assert_fits(&evaluated.results);
            let report = place.path().join("reports").join(format!("my-{kind}-tender"));
            for file in ["award.json", "winners.csv", "manifest.json", "charts/price-ladder.svg"] {
                assert!(report.join(file).is_file(), "{file}");
            }
            let notice = fs::read_to_string(folder.join("tender.toml")).unwrap();
            assert_eq!(notice.contains("批次文件夹"), lang == "zh");
        }
    }
}

#[test]
fn new_leaves_a_folder_with_something_in_it_alone() {
    let place = TempDir::new().unwrap();
    fs::create_dir(place.path().join("empty")).unwrap();
    fs::create_dir(place.path().join("full")).unwrap();
    fs::write(place.path().join("full/notes.txt"), "x").unwrap();
    fs::write(place.path().join("file"), "x").unwrap();
    assert_eq!(run(&["new", "empty"], place.path()).code, 0);
    for taken in ["empty", "full", "file", "file/below"] {
        let refused = run(&["new", taken], place.path());
        assert_eq!((refused.code, refused.results.as_str()), (2, ""), "{taken}");
    }
    assert_eq!(fs::read_dir(place.path().join("full")).unwrap().count(), 1);
}

#[test]
fn the_language_changes_no_award() {
    let (place, _) = template("drug", "en");
    let award = |lang| run(&["evaluate", "tender", "--format", "json", "--lang", lang], place.path()).results;
    let (english, chinese) = (award("en"), award("zh"));
    assert!(!english.is_empty());
    assert_eq!(english, chinese);
}

#[test]
fn json_is_the_award_file_and_nothing_else() {
    let (place, _) = template("drug", "en");
    let run = run(&["evaluate", "tender", "--out", "r", "--format", "json"], place.path());
    let award: serde_json::Value = serde_json::from_str(&run.results).unwrap();
    assert_eq!(
        (award["schema"].as_str(), award["outcome"].as_str()),
        (Some("jicai-award-1"), Some("awarded"))
    );
    assert_eq!(run.results, fs::read_to_string(place.path().join("r/award.json")).unwrap());
}

#[test]
fn a_draw_or_a_lot_without_an_award_calls_a_human_and_is_no_fault_of_the_input() {
    let draw: (&str, &str, &str) = ("bids.csv", "firm-d,10mg,1,1.1000", "firm-d,10mg,1,0.3900");
    let no_award = ("lots.csv", "1.2000,0.9500", "0.1000,0.9500");
    for ((file, from, to), outcome) in [(draw, "draw_required"), (no_award, "no_award")] {
        let (place, folder) = template("drug", "en");
        change(&folder, file, from, to);
        assert_eq!(run(&["check", "tender"], place.path()).code, 0, "{outcome}");
        let evaluated = run(&["evaluate", "tender", "--format", "json"], place.path());
        assert_eq!(evaluated.code, 1, "{outcome}");
        let award: serde_json::Value = serde_json::from_str(&evaluated.results).unwrap();
        assert_eq!(award["outcome"], outcome);
        assert!(place.path().join("reports/my-drug-tender/manifest.json").is_file(), "the report is written");
    }
}

#[test]
fn errors_of_the_tender_come_all_at_once_and_nothing_is_written() {
    let (place, folder) = template("drug", "en");
    change(&folder, "bids.csv", "0.2500", "\"1,250.00\"");
    change(&folder, "bids.csv", "0.2900", "-1");
    for command in ["check", "evaluate"] {
        let plain = run(&[command, "tender"], place.path());
        assert_eq!((plain.code, plain.results.as_str()), (3, ""), "{command}");
        assert_eq!(plain.messages.matches("error[E").count(), 2, "{}", plain.messages);
        assert!(plain.messages.contains("bids.csv:2:") && plain.messages.contains("bids.csv:8:"));
    }
    let checked = run(&["check", "tender", "--format", "json"], place.path());
    let faults: serde_json::Value = serde_json::from_str(&checked.results).unwrap();
    assert_eq!((checked.code, faults.as_array().unwrap().len(), checked.messages.as_str()), (3, 2, ""));
    let evaluated = run(&["evaluate", "tender", "--format", "json"], place.path());
    assert_eq!((evaluated.code, evaluated.results.as_str()), (3, ""), "no award goes to standard output");
    assert_eq!(evaluated.messages, checked.results);
    assert!(!place.path().join("reports").exists());
}

#[test]
fn warnings_count_only_when_asked_for() {
    let (place, folder) = template("drug", "en");
    change(&folder, "tender.toml", "announced = 2021-02-01", "announced = 2011-02-01");
    let told = run(&["check", "tender"], place.path());
    assert_eq!((told.code, told.results.as_str()), (0, ""));
    assert!(told.messages.starts_with("warning[W"), "{}", told.messages);
    let strict = run(&["check", "tender", "--strict"], place.path());
    assert_eq!((strict.code, &strict.messages), (3, &told.messages));
    let evaluated = run(&["evaluate", "tender"], place.path());
    assert_eq!((evaluated.code, &evaluated.messages), (0, &told.messages));
    let json = run(&["check", "tender", "--format", "json"], place.path()).results;
    assert!(serde_json::from_str::<serde_json::Value>(&json).unwrap()[0]["severity"] == "warning");
}

#[test]
fn a_folder_that_is_no_report_is_not_replaced() {
    let (place, _) = template("drug", "en");
    fs::create_dir(place.path().join("mine")).unwrap();
    fs::write(place.path().join("mine/notes.txt"), "x").unwrap();
    let refused = run(&["evaluate", "tender", "--out", "mine"], place.path());
    assert_eq!((refused.code, refused.results.as_str()), (2, ""));
    assert!(refused.messages.contains("E060"), "{}", refused.messages);
    assert_eq!(fs::read_to_string(place.path().join("mine/notes.txt")).unwrap(), "x");
}

#[test]
fn a_closed_pipe_is_no_error() {
    for arguments in
        [&["explain", "--all"][..], &["completions", "bash"], &["rules", "show", "cn-drug-round-4"]]
    {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let run = finished(program(arguments, Path::new(".")).stdout(writer));
        assert_eq!((run.code, run.messages.as_str()), (0, ""), "{arguments:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn results_that_cannot_be_printed_are_an_error() {
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let run = finished(program(&["rules", "list"], Path::new(".")).stdout(full));
    assert_eq!(run.code, 70);
    assert!(run.messages.starts_with("error: the results cannot be printed"), "{}", run.messages);
}

#[cfg(unix)]
#[test]
fn bytes_that_are_no_text_are_refused_or_taken_for_a_path() {
    use std::os::unix::ffi::OsStrExt as _;
    let odd = std::ffi::OsStr::from_bytes(b"t\xff");
    let place = TempDir::new().unwrap();
    let explained = finished(program(&["explain"], place.path()).arg(odd));
    assert_eq!((explained.code, explained.results.as_str()), (2, ""));
    let checked = finished(program(&["check"], place.path()).arg(odd));
    assert_eq!(checked.code, 3);
    assert!(checked.messages.contains("E0001"), "{}", checked.messages);
    assert_eq!(finished(program(&["new"], place.path()).arg(odd)).code, 0);
    assert_eq!(finished(program(&["evaluate", "--out", "r"], place.path()).arg(odd)).code, 0);
}

#[test]
fn every_code_and_every_rule_is_explained_in_both_languages() {
    let here = Path::new(".");
    let list = run(&["explain", "--all"], here).results;
    let names = list.lines().filter_map(|line| line.strip_prefix("  ")?.split(' ').next());
    let subjects: Vec<&str> = names.filter(|name| !name.is_empty()).collect();
    assert!(subjects.contains(&"E0006") && subjects.contains(&"price-at-most"));
    let codes = subjects.iter().filter(|subject| subject.starts_with(['E', 'W'])).step_by(7);
    let rules = subjects.iter().filter(|subject| !subject.starts_with(['E', 'W']));
    for subject in codes.chain(rules) {
        for lang in ["en", "zh"] {
            let page = run(&["explain", subject, "--lang", lang], here);
            assert_eq!(page.code, 0, "{subject}");
            assert_fits(&page.results);
            assert!(page.results.lines().count() >= 4, "{}", page.results);
        }
    }
    let any_case = run(&["explain", "e0006"], here);
    assert_eq!(any_case.results, run(&["explain", "E0006"], here).results);
}

#[test]
fn rule_sets_are_shown_with_their_sources() {
    let here = Path::new(".");
    let list = run(&["rules", "list"], here).results;
    assert_fits(&list);
    for id in ["cn-drug-4plus7-2018", "cn-drug-expansion-2019", "cn-drug-round-2", "cn-drug-round-4"] {
        assert!(list.contains(id));
        let shown = run(&["rules", "show", id], here);
        assert_eq!(shown.code, 0);
        assert!(shown.results.contains("Source:") && shown.results.contains("verified"), "{}", shown.results);
    }
    let chinese = run(&["rules", "show", "cn-drug-round-4", "--lang", "zh"], here).results;
    assert!(chinese.contains("max_multiple_of_lowest = 1.8") && chinese.contains("未核实"));
}

#[test]
fn every_shell_has_a_script() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = run(&["completions", shell], Path::new("."));
        assert_eq!(script.code, 0, "{shell}");
        assert!(script.results.contains("evaluate") && script.results.contains("encoding"), "{shell}");
    }
    assert_eq!(run(&["completions", "tcsh"], Path::new(".")).code, 2);
}

#[test]
fn the_version_is_the_crates() {
    let shown = run(&["--version"], Path::new("."));
    assert_eq!((shown.code, shown.results), (0, format!("jicai {}\n", env!("CARGO_PKG_VERSION"))));
}
