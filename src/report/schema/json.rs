//! JSON Schemas from the types that are written.

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value};

/// Keys whose text is always a decimal number.
const DECIMALS: [&str; 25] = [
    "agreed_share",
    "agreed_volume",
    "anchor",
    "award_value",
    "base_volume",
    "base_volume_saving",
    "bound",
    "ceiling_price",
    "comparable_price",
    "cost",
    "coverage",
    "covered_value",
    "cut",
    "greatest",
    "least",
    "option_count",
    "price",
    "price_may_win",
    "price_to_win",
    "price_to_win_change",
    "reference_price",
    "reference_value",
    "saving",
    "simple_cut",
    "value",
];
/// A decimal as text, in full.
const DECIMAL: &str = r"^-?[0-9]+(\.[0-9]+)?$";
/// Definitions in which such a key may hold other text.
const OTHER_TEXT: [&str; 1] = ["OverrideRow"];
/// Comments of the source are for its readers, and a number's format says nothing of the file.
const LEFT_OUT: [&str; 2] = ["description", "format"];

/// The schema of a type as it is written: closed objects, every key that is always there required.
pub(super) fn schema<T: JsonSchema>(title: &str) -> Value {
    let generator = SchemaSettings::draft2020_12().for_serialize().into_generator();
    let mut schema = generator.into_root_schema_for::<T>().to_value();
    if let Value::Object(root) = &mut schema {
        root.insert("title".to_owned(), title.into());
    }
    plain(&mut schema, None);
    schema
}

/// Leaves out comments and states what decimals look like; `within` is the definition that the value is in.
fn plain(value: &mut Value, within: Option<&str>) {
    let Value::Object(object) = value else {
        if let Value::Array(values) = value {
            values.iter_mut().for_each(|value| plain(value, within));
        }
        return;
    };
    for (key, below) in object.iter_mut() {
        match below {
            Value::Object(named) if key == "$defs" => {
                named.iter_mut().for_each(|(name, definition)| plain_schema(definition, Some(name)));
            }
            Value::Object(named) if key == "properties" => {
                for (name, property) in named.iter_mut() {
                    plain_schema(property, within);
                    let other = within.is_some_and(|within| OTHER_TEXT.contains(&within));
                    if DECIMALS.contains(&name.as_str()) && !other {
                        decimal(property);
                    }
                }
            }
            _ => plain(below, within),
        }
    }
    leave_out(object);
}

fn plain_schema(schema: &mut Value, within: Option<&str>) {
    plain(schema, within);
}

fn leave_out(schema: &mut Map<String, Value>) {
    // A map of properties may have a key of these names; a schema's own say what it is for, in text or a word.
    for key in LEFT_OUT {
        if schema.get(key).is_some_and(Value::is_string) {
            schema.remove(key);
        }
    }
}

/// A text becomes a decimal.
fn decimal(property: &mut Value) {
    let Value::Object(property) = property else { return };
    let of_text = match property.get("type") {
        Some(Value::String(kind)) => kind == "string",
        Some(Value::Array(kinds)) => kinds.iter().any(|kind| kind == "string"),
        _ => false,
    };
    if of_text {
        property.insert("pattern".to_owned(), DECIMAL.into());
    }
}
