//! What is wrong with the input: codes, places in files, and their renderers.
//!
//! A [`Diagnostic`] holds a [`Code`], the [`Place`] it is about and the values of its text; the sentences are in
//! `text/*/errors.toml`. [`Diagnostics`] keeps them in the order of file, line, column and code, so that nothing that is
//! printed depends on the order of discovery.

#[macro_use]
mod code_enum;
mod code_names;
mod codes;
mod collection;
mod diagnostic;
mod escape;
mod json;
mod nearest;
mod plain;
mod severity;
mod source;
mod wrap;

pub use codes::Code;
pub use collection::Diagnostics;
pub use diagnostic::Diagnostic;
pub(crate) use escape::is_hidden;
pub use escape::{escape, shorten};
pub use json::json;
pub use nearest::nearest;
pub use plain::plain;
pub use severity::Severity;
pub use source::{Place, Source};
pub(crate) use wrap::{width, wrap};
