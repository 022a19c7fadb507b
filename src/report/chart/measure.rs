//! How wide text will be, without a font at hand.
//!
//! The reader's machine chooses the font, so the widths here are on the generous side of the fonts in the drawing's
//! list: a label that fits by this measure fits on the page.

use unicode_width::UnicodeWidthChar;

/// The mark of a cut.
const ELLIPSIS: char = '…';

/// Width of a character in parts of the font size.
fn character_width(character: char) -> f64 {
    match character {
        ' ' | 'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '!' | '|' | '\'' => 0.31,
        'f' | 'r' | 't' | 'I' | '(' | ')' | '[' | ']' | '/' | '\\' | '-' => 0.41,
        'm' | 'M' | 'w' => 0.90,
        'W' | '%' | '@' => 0.98,
        'A'..='Z' | '&' | '+' | '=' | '<' | '>' | '×' => 0.72,
        // Where East Asian fonts differ in width, the wide form is taken.
        other => match other.width_cjk() {
            Some(2) => 1.0,
            Some(1) => 0.58,
            _ => 0.0,
        },
    }
}

/// Width of `text` in pixels at a font size, bold or not.
pub(super) fn text_width(text: &str, size: f64, bold: bool) -> f64 {
    let weight = if bold { 1.07 } else { 1.0 };
    text.chars().map(character_width).sum::<f64>() * size * weight
}

/// Part of the room that the beginning of a cut text gets; its end gets the rest.
const BEGINNING: f64 = 0.6;

/// `text` in at most `room` pixels, its middle replaced by an ellipsis when it is longer; and whether it was cut. Names that
/// begin alike are mostly told apart by their ends.
pub(super) fn shortened(text: &str, size: f64, bold: bool, room: f64) -> (String, bool) {
    if text_width(text, size, bold) <= room {
        return (text.to_owned(), false);
    }
    let left = room - text_width(&ELLIPSIS.to_string(), size, bold);
    let taken = |characters: &mut dyn Iterator<Item = char>, room: f64| -> Vec<char> {
        let mut wide = 0.0;
        characters
            .take_while(|character| {
                wide += text_width(&character.to_string(), size, bold);
                wide <= room
            })
            .collect()
    };
    let begin: String = taken(&mut text.chars(), left * BEGINNING).into_iter().collect();
    let rest = left - text_width(&begin, size, bold);
    let mut end = taken(&mut text.chars().rev(), rest);
    end.reverse();
    let end: String = end.into_iter().collect();
    (format!("{}{ELLIPSIS}{}", begin.trim_end(), end.trim_start()), true)
}

/// `text` in lines of at most `room` pixels, broken at blanks and around wide characters.
pub(super) fn lines(text: &str, size: f64, bold: bool, room: f64) -> Vec<String> {
    let mut lines = Vec::new();
    let mut current = String::new();
    for piece in pieces(text) {
        let longer = format!("{current}{piece}");
        if !current.is_empty() && text_width(longer.trim_end(), size, bold) > room {
            lines.push(current.trim_end().to_owned());
            current = piece;
        } else {
            current = longer;
        }
    }
    lines.push(current.trim_end().to_owned());
    // A word without a place to break it is cut.
    lines.into_iter().map(|line| shortened(&line, size, bold, room).0).collect()
}

/// The parts of `text` between which a line may break.
fn pieces(text: &str) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    let mut before: Option<char> = None;
    for character in text.chars() {
        match pieces.last_mut() {
            Some(piece) if !before.is_some_and(|before| may_break(before, character)) => {
                piece.push(character)
            }
            _ => pieces.push(character.to_string()),
        }
        before = Some(character);
    }
    pieces
}

fn may_break(before: char, after: char) -> bool {
    let wide = |character: char| character.width() == Some(2);
    if after == ' '
        || "，。、；：？！）》」』】”’%),.;:?!…".contains(after)
        || "（《「『【“‘(".contains(before)
    {
        return false;
    }
    before == ' ' || wide(before) || wide(after)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_name_fits_and_says_that_it_is_cut() {
        for text in
            ["Acarbose tablets of a very long name indeed", "注射用头孢哌酮钠舒巴坦钠复方制剂的长名称"]
        {
            let (short, cut) = shortened(text, 13.0, true, 120.0);
            assert!(cut && text_width(&short, 13.0, true) <= 120.0, "{short}");
            let (begin, end) = short.split_once('…').unwrap();
            assert!(text.starts_with(begin) && text.ends_with(end) && !end.is_empty(), "{short}");
        }
        let [one, other] =
            ["一", "二"].map(|last| format!("{}{last}", "华北制药集团先泰药业有限公司".repeat(3)));
        assert_ne!(shortened(&one, 13.0, false, 120.0), shortened(&other, 13.0, false, 120.0));
        assert_eq!(shortened("阿卡波糖", 13.0, true, 120.0), ("阿卡波糖".to_owned(), false));
    }

    #[test]
    fn lines_fit_and_lose_nothing() {
        let text = "中选价不到最高有效申报价的三分之一。each dot is one bid（每点为一个申报）";
        let broken = lines(text, 12.0, false, 140.0);
        assert!(
            broken.len() > 2 && broken.iter().all(|line| text_width(line, 12.0, false) <= 140.0),
            "{broken:?}"
        );
        let plain = |text: &str| text.chars().filter(|character| *character != ' ').collect::<String>();
        assert_eq!(plain(&broken.concat()), plain(text));
        assert!(broken.iter().all(|line| !line.starts_with(['。', '）'])), "{broken:?}");
    }
}
