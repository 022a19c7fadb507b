//! The commands about rules: lists, differences, other rules for a tender, comparisons, explanations.

#[path = "commands_rules/compared.rs"]
mod compared;
#[path = "commands_rules/differences.rs"]
mod differences;
#[path = "commands_rules/explained.rs"]
mod explained;
#[path = "commands_rules/other_rules.rs"]
mod other_rules;
#[path = "commands_rules/program.rs"]
mod program;
