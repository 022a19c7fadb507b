//! Pictures of the charts: beside each SVG, twice its size, in the manifest, with the fonts given and no others.

use std::path::{Path, PathBuf};

use jicai::Evaluation;
use jicai::diagnostics::Diagnostics;
use jicai::read::ReadOptions;
use jicai::report::png::Fonts;
#[cfg(feature = "png")]
use jicai::report::{ReportFiles, png::add_pictures, report};
#[cfg(feature = "png")]
use jicai::text::Language;

fn home(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn evaluated(folder: &Path) -> Evaluation {
    jicai::evaluate(folder, &ReadOptions::default()).unwrap()
}

fn codes(faults: &Diagnostics) -> Vec<&str> {
    faults.iter().map(|fault| fault.code.id()).collect()
}

#[cfg(not(feature = "png"))]
#[test]
fn a_program_without_pictures_says_so() {
    assert!(!evaluated(&home("tests/tenders/drug-9a")).award.screened().lots.is_empty());
    let refused = Fonts::of(None).unwrap_err();
    assert_eq!(codes(&refused), ["E0622"]);
}

#[cfg(feature = "png")]
fn pictures(folder: &Path, language: Language, font: Option<&Path>) -> Result<ReportFiles, Diagnostics> {
    let Evaluation { award, allocation, savings, warnings } = evaluated(folder);
    let mut files = report(&award, &allocation, &savings, &warnings, language).unwrap();
    add_pictures(&mut files, &Fonts::of(font)?)?;
    Ok(files)
}

#[cfg(feature = "png")]
#[test]
fn every_chart_has_a_picture_of_twice_its_size() {
    for language in Language::ALL {
        let files = pictures(&home("tests/tenders/drug-9a"), language, None).unwrap();
        let again = pictures(&home("tests/tenders/drug-9a"), language, None).unwrap();
        assert!(files == again);
        let manifest = String::from_utf8(files.get("manifest.json").unwrap().to_vec()).unwrap();
        let charts: Vec<&str> =
            files.iter().map(|(name, _)| name).filter(|name| name.ends_with(".svg")).collect();
        assert!(!charts.is_empty());
        for chart in charts {
            let picture = chart.replace(".svg", ".png");
            let bytes = files.get(&picture).unwrap();
            assert!(bytes.starts_with(b"\x89PNG\r\n\x1a\n"));
            assert!(manifest.contains(&format!("\"{picture}\"")));
            let side = |at: usize| u32::from_be_bytes(bytes[at..at + 4].try_into().unwrap());
            let svg = std::str::from_utf8(files.get(chart).unwrap()).unwrap();
            let stated = |name: &str| -> u32 {
                let (_, after) = svg.split_once(&format!(" {name}=\"")).unwrap();
                after.split_once('"').unwrap().0.parse().unwrap()
            };
            assert_eq!((side(16), side(20)), (2 * stated("width"), 2 * stated("height")), "{picture}");
        }
    }
}

#[cfg(feature = "png")]
#[test]
fn a_character_without_a_glyph_is_named_and_nothing_is_drawn() {
    let tender = tempfile::TempDir::new().unwrap();
    for entry in std::fs::read_dir(home("tests/tenders/drug-9a")).unwrap() {
        let entry = entry.unwrap();
        let text = std::fs::read_to_string(entry.path()).unwrap().replace("示例药品", "䓬鲀药品");
        std::fs::write(tender.path().join(entry.file_name()), text).unwrap();
    }
    let refused = pictures(tender.path(), Language::Chinese, None).unwrap_err();
    assert!(codes(&refused).iter().all(|code| *code == "E0623"), "{refused:#?}");
    let said: Vec<String> = refused.iter().map(|fault| fault.message(Language::English)).collect();
    assert!(said.iter().any(|line| line.contains("䓬 (U+44EC)")), "{said:?}");
    assert!(pictures(tender.path(), Language::English, None).is_ok(), "its English name has every glyph");
}

#[cfg(feature = "png")]
#[test]
fn the_font_given_is_the_only_one() {
    let tender = home("tests/tenders/drug-9a");
    let embedded = pictures(&tender, Language::Chinese, None).unwrap();
    let regular = home("assets/fonts/NotoSansCJKsc-Regular-subset.otf");
    let given = pictures(&tender, Language::Chinese, Some(&regular)).unwrap();
    let of = |files: &ReportFiles| files.get("charts/price-ladder.png").unwrap().to_vec();
    assert!(of(&embedded) != of(&given), "without the bold face the titles are lighter");
    for nothing in ["Cargo.toml", "tests", "no-such-file.otf"] {
        assert_eq!(codes(&Fonts::of(Some(&home(nothing))).unwrap_err()), ["E0621"], "{nothing}");
    }
}
