//! Damage to the case distinction of a least-cost lot.

use serde_json::{Value, json};

use crate::{Case, Counts};

/// A number as text, plus `by`.
fn more(value: &Value, by: i128) -> Value {
    (value.as_str().unwrap().parse::<i128>().unwrap() + by).to_string().into()
}

/// Every kind of damage to the proof of every least-cost lot.
pub fn damaged(case: &Case, counts: &mut Counts) {
    let whole = case.json("proof.json");
    for (at, lot) in whole["lots"].as_array().unwrap().iter().enumerate() {
        if lot["kind"] != "least_cost" {
            continue;
        }
        let mut try_with = |kind: &str, change: &dyn Fn(&mut Value)| {
            let mut damaged = whole.clone();
            change(&mut damaged["lots"][at]);
            case.refuses(kind, "proof.json", &damaged, counts);
        };
        let cases = lot["cases"].as_array().unwrap();
        for (step, of) in cases.iter().enumerate().take(12) {
            try_with(if of[0] == "case" { "drop a case" } else { "drop a branch" }, &|lot| {
                lot["cases"].as_array_mut().unwrap().remove(step);
            });
            if of[0] == "branch" {
                try_with("flip a branch", &|lot| {
                    lot["cases"][step][2] = json!(1 - of[2].as_i64().unwrap());
                });
            } else {
                try_with("change a case's bound", &|lot| {
                    let place = &mut lot["cases"][step][3];
                    *place = if place.is_null() { "1".into() } else { more(place, 1) };
                });
                try_with("another case's weights", &|lot| lot["cases"][step][1] = json!(10_000));
            }
        }
        for (number, of) in lot["weights"].as_array().unwrap().iter().enumerate().take(6) {
            try_with("zero a denominator", &|lot| lot["weights"][number]["denominator"] = "0".into());
            try_with("change a purpose", &|lot| {
                let other = if of["purpose"] == "bound" { "no_award" } else { "bound" };
                lot["weights"][number]["purpose"] = other.into();
            });
            for (row, pair) in of["rows"].as_array().unwrap().iter().enumerate().take(6) {
                let name =
                    lot["rows"][usize::try_from(pair[0].as_u64().unwrap()).unwrap()][0].as_str().unwrap();
                if pair[1] == "0" {
                    continue;
                }
                try_with("turn a weight", &|lot| {
                    let weight = pair[1].as_str().unwrap();
                    let turned = weight.strip_prefix('-').map_or(format!("-{weight}"), str::to_owned);
                    lot["weights"][number]["rows"][row][1] = turned.into();
                });
                if name == "demand" {
                    try_with("zero a weight", &|lot| lot["weights"][number]["rows"][row][1] = "0".into());
                }
            }
        }
        for (number, of) in lot["awards"].as_array().unwrap().iter().enumerate().take(4) {
            try_with("drop an award", &|lot| {
                lot["awards"].as_array_mut().unwrap().remove(number);
            });
            try_with("change an award's cost", &|lot| {
                lot["awards"][number]["cost"] = more(&of["cost"], -1);
            });
            let volumes = of["volumes"].as_array().unwrap();
            for (row, volume) in volumes.iter().enumerate().take(6) {
                try_with("take a unit from an award", &|lot| {
                    lot["awards"][number]["volumes"][row][2] = more(&volume[2], -1);
                });
                let next = (row + 1) % volumes.len();
                // Where a draw decides, the volumes of its options are not yet anybody's.
                if next != row && lot["outcome"] == "awarded" {
                    try_with("move a unit in an award", &|lot| {
                        lot["awards"][number]["volumes"][row][2] = more(&volume[2], -1);
                        lot["awards"][number]["volumes"][next][2] = more(&volumes[next][2], 1);
                    });
                }
            }
        }
        for row in 0..lot["rows"].as_array().unwrap().len().min(6) {
            try_with("name another row", &|lot| lot["rows"][row][0] = "demands".into());
        }
        try_with("count in other steps", &|lot| {
            let digits = lot["steps"]["volume_digits"].as_u64().unwrap();
            lot["steps"]["volume_digits"] = json!(digits + 1);
        });
        for key in ["outcome", "cost", "bound", "kind", "awards", "weights", "cases", "rows"] {
            if !lot[key].as_array().is_some_and(Vec::is_empty) {
                try_with("take a key away", &|lot| {
                    lot.as_object_mut().unwrap().remove(key);
                });
            }
        }
    }
}
