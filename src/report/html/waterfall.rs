//! The steps from the reported volume at the price before to the agreed volume at the award, as a table.

use maud::{Markup, html};

use super::framed;
use super::subject::Subject;
use crate::money::{Fraction, Money};
use crate::report::chart::{change, signed};
use crate::report::reading::plain_money;
use crate::savings::effects::AwardEffects;
use crate::text::{fill, text};

/// The steps against the baseline that the report leads with; nothing without one.
pub(super) fn steps(subject: &Subject<'_>, effects: Option<&AwardEffects>) -> Markup {
    let found = effects.and_then(|effects| Some((effects, effects.total.steps()?)));
    let Some((effects, steps)) = found else { return html! {} };
    let against = text(subject.language, &format!("report.summary.against.{}", effects.baseline.name()));
    let say = |key: &str| fill(subject.language, &format!("charts.waterfall.{key}"), &[("against", against)]);
    let currency = subject.currency();
    let head = |key: &str| {
        let key = format!("charts.waterfall.head.{key}");
        fill(subject.language, &key, &[("currency", &currency)])
    };
    let [price, quantity, mix] = effects.total.indices();
    let mix = mix.filter(|_| effects.with_mix() > 0);
    let known = mix.is_some();
    let rows = [
        ("price", Some(steps.price), price),
        ("award_quantity_name", Some(steps.quantity), quantity),
        ("mix", known.then_some(steps.structure), mix),
    ];
    let caption = say("award_caption");
    let table = html! {
        table .steps {
            caption { (caption) }
            thead {
                tr {
                    th scope="col" { (head("step")) }
                    @for key in ["amount", "index", "change"] { th .n scope="col" { (head(key)) } }
                }
            }
            tbody {
                (whole(&say("award_before"), steps.before))
                @for (key, amount, index) in rows { (row(&say(key), amount, index)) }
                (whole(&say("award_after"), steps.after))
            }
        }
    };
    framed(&caption, &table)
}

fn whole(name: &str, amount: Money) -> Markup {
    html! {
        tr { th scope="row" { (name) } td .n data-value=(amount) { (plain_money(amount)) } td .n {} td .n {} }
    }
}

fn row(name: &str, amount: Option<Money>, index: Option<Fraction>) -> Markup {
    let printed = index.as_ref().and_then(|index| index.rounded(crate::money::Rounding::half_up(6)));
    html! {
        tr {
            th scope="row" { (name) }
            @match amount {
                Some(amount) => td .n data-value=(amount) { (signed(amount)) },
                None => td .n { "—" },
            }
            @match printed {
                Some(printed) => td .n data-value=(printed) { "× " (printed) },
                None => td .n { "—" },
            }
            td .n { (index.as_ref().and_then(change).unwrap_or_else(|| "—".to_owned())) }
        }
    }
}
