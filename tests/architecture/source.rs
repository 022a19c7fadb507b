//! Rust source split into code, comments and literals, so that a check looks at the right part.

/// What a piece of source is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Anything else.
    Code,
    /// A line or block comment.
    Comment,
    /// A string literal with its quotes.
    Literal,
}

/// The pieces of `text`, in order; together they are the text.
pub fn pieces(text: &str) -> Vec<(Kind, &str)> {
    let mut found = Vec::new();
    let (mut rest, mut code) = (text, 0);
    while code < rest.len() {
        let here = &rest[code..];
        let piece = comment(here).or_else(|| literal(here));
        match piece {
            Some((kind, length)) => {
                found.push((Kind::Code, &rest[..code]));
                found.push((kind, &here[..length]));
                (rest, code) = (&here[length..], 0);
            }
            None => code += character(here).unwrap_or_else(|| here.chars().next().map_or(1, char::len_utf8)),
        }
    }
    found.push((Kind::Code, rest));
    found.retain(|(_, piece)| !piece.is_empty());
    found
}

/// The pieces of one kind, joined; what is left out keeps its line ends, so that lines keep their numbers.
pub fn only(text: &str, kind: Kind) -> String {
    let shown = |(of, piece): (Kind, &str)| {
        if of == kind { piece.to_owned() } else { "\n".repeat(piece.matches('\n').count()) }
    };
    pieces(text).into_iter().map(shown).collect()
}

/// The string literals of `text`, without their quotes.
pub fn literals(text: &str) -> Vec<&str> {
    pieces(text)
        .into_iter()
        .filter(|(kind, _)| *kind == Kind::Literal)
        .map(|(_, piece)| piece.trim_start_matches(['b', 'r', '#']).trim_end_matches('#').trim_matches('"'))
        .collect()
}

/// The product's part of a file: what stands before its unit tests.
pub fn product(text: &str) -> &str {
    text.split("\n#[cfg(test)]").next().unwrap_or(text)
}

fn comment(text: &str) -> Option<(Kind, usize)> {
    if text.starts_with("//") {
        return Some((Kind::Comment, text.find('\n').unwrap_or(text.len())));
    }
    text.starts_with("/*").then(|| (Kind::Comment, text.find("*/").map_or(text.len(), |end| end + 2)))
}

fn literal(text: &str) -> Option<(Kind, usize)> {
    let raw = text.strip_prefix('r').filter(|rest| rest.starts_with(['"', '#']));
    if let Some(rest) = raw {
        let hashes = rest.len() - rest.trim_start_matches('#').len();
        if rest[hashes..].starts_with('"') {
            let end = format!("\"{}", "#".repeat(hashes));
            let length = rest[hashes + 1..].find(&end).map_or(rest.len(), |at| hashes + 1 + at + end.len());
            return Some((Kind::Literal, length + 1));
        }
    }
    let rest = text.strip_prefix('"')?;
    let mut escaped = false;
    for (at, letter) in rest.char_indices() {
        match letter {
            '"' if !escaped => return Some((Kind::Literal, at + 2)),
            '\\' => escaped = !escaped,
            _ => escaped = false,
        }
    }
    Some((Kind::Literal, text.len()))
}

/// The length of a character literal, so that `'"'` opens no string; a lifetime is none.
fn character(text: &str) -> Option<usize> {
    let rest = text.strip_prefix('\'')?;
    let mut letters = rest.char_indices();
    let (_, first) = letters.next()?;
    if first == '\\' {
        let (_, _) = letters.next()?;
    }
    let end = if first == '\\' { letters.find(|(_, letter)| *letter == '\'')?.0 } else { letters.next()?.0 };
    rest[end..].starts_with('\'').then_some(end + 2)
}
