//! What went in, by digest, and how to check the report.

use maud::{Markup, html};

use super::framed;
use super::subject::Subject;
use crate::diagnostics::escape;

/// The section on digests and checking.
pub(super) fn checking(subject: &Subject<'_>, award_digest: &str) -> Markup {
    let screened = subject.screened();
    let label = subject.word("checking.caption");
    let table = html! {
        table .digests {
            caption { (label) }
            thead { tr { th scope="col" { (subject.word("checking.file")) } th scope="col" { "SHA-256" } } }
            tbody {
                @for input in &screened.inputs {
                    tr { th scope="row" { (escape(&input.name)) } td { code { (input.sha256) } } }
                }
                tr {
                    th scope="row" { (subject.say("checking.rules", &[("id", &escape(&screened.rules.id))])) }
                    td { code { (screened.rules.sha256) } }
                }
                tr { th scope="row" { "award.json" } td { code { (award_digest) } } }
            }
        }
    };
    html! {
        section #checking {
            h2 { (subject.word("section.checking")) }
            p { (subject.word("checking.text")) }
            ol {
                @for step in ["one", "two", "three"] { li { (subject.word(&format!("checking.{step}"))) } }
            }
            (framed(label, &table))
            p .meta { (subject.say("checking.program", &[("version", env!("CARGO_PKG_VERSION"))])) }
        }
    }
}
