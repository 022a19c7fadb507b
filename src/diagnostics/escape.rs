//! Text of users, made safe to show.

/// `text` with every control, direction and invisible character written as an escape such as `\u{202e}`.
///
/// A file may hold characters that turn the reading direction round, or that show as nothing: what is printed must be
/// what is there. Source of the set: Unicode Technical Report 36, section 2.5, and Unicode Standard Annex 9.
pub fn escape(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut shown, character| {
        match character {
            '\t' => shown.push_str("\\t"),
            '\n' => shown.push_str("\\n"),
            '\r' => shown.push_str("\\r"),
            hidden if is_hidden(hidden) => shown.extend(hidden.escape_unicode()),
            visible => shown.push(visible),
        }
        shown
    })
}

/// Whether a character does not show, or changes how others show.
pub(crate) fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(character,
            '\u{a0}' | '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
            | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

/// `text`, cut after `length` characters with `…` when it is longer.
pub fn shorten(text: &str, length: usize) -> String {
    match text.char_indices().nth(length) {
        Some((cut, _)) => {
            let mut short = text.get(..cut).unwrap_or(text).to_owned();
            short.push('…');
            short
        }
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_show_is_escaped() {
        assert_eq!(escape("a\u{202e}b\u{200b}\u{7f}\t"), "a\\u{202e}b\\u{200b}\\u{7f}\\t");
        assert_eq!(escape("阿卡波糖 0.5g　片"), "阿卡波糖 0.5g　片");
    }

    #[test]
    fn long_text_is_cut_between_characters() {
        assert_eq!(shorten("价格一二", 3), "价格一…");
        assert_eq!(shorten("价格一", 3), "价格一");
    }
}
