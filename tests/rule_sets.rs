//! Rule sets: the built-in ones load, and each fault of a file is refused with its place.

#[path = "rule_sets/built_in.rs"]
mod built_in;
#[path = "rule_sets/contradictions.rs"]
mod contradictions;
#[path = "rule_sets/faults.rs"]
mod faults;
#[path = "rule_sets/small.rs"]
mod small;
#[path = "rule_sets/whole.rs"]
mod whole;
