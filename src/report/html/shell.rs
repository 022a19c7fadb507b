//! The document around a body.

use base64ct::{Base64, Encoding as _};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest as _, Sha256};

use crate::text::Language;

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");

/// What a document needs beside its body.
pub(in crate::report) struct Shell<'a> {
    /// Language of the body.
    pub language: Language,
    /// Title of the window.
    pub title: &'a str,
    /// Whether tables can be sorted and filtered.
    pub with_script: bool,
}

/// A whole document. The policy allows the style and the script of this program by their digests, and nothing from
/// anywhere: no picture, no font, no request, no form, no base address.
pub(in crate::report) fn document(shell: &Shell<'_>, body: &Markup) -> String {
    let language = match shell.language {
        Language::English => "en",
        Language::Chinese => "zh-CN",
    };
    let mut policy = format!("default-src 'none'; style-src '{}'", digest(STYLE));
    if shell.with_script {
        policy.push_str(&format!("; script-src '{}'", digest(SCRIPT)));
    }
    policy.push_str("; base-uri 'none'; form-action 'none'");
    let page = html! {
        (DOCTYPE)
        html lang=(language) {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="referrer" content="no-referrer";
                title { (shell.title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                (body)
                @if shell.with_script {
                    script { (PreEscaped(SCRIPT)) }
                }
            }
        }
    };
    let mut text = page.into_string();
    text.push('\n');
    text
}

/// The digest of a text as a policy names it.
fn digest(text: &str) -> String {
    format!("sha256-{}", Base64::encode_string(&Sha256::digest(text)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_is_that_of_the_standard() {
        // FIPS 180-4, the one-block example, in base 64.
        assert_eq!(digest("abc"), "sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
    }

    #[test]
    fn style_and_script_cannot_end_their_elements() {
        assert!(!STYLE.contains("</") && !SCRIPT.contains("</"));
    }
}
