//! The charts as PNG, made from the SVG files of the report.
//!
//! Fonts come from the program or from the one file given, never from the system, so that the same charts give the same
//! bytes on any machine. A character that the font does not have is an error that names it: no chart shows a box.

#[cfg(feature = "png")]
mod draw;

#[cfg(not(feature = "png"))]
use std::path::Path;

use super::files::ReportFiles;
use super::manifest::{MANIFEST, listed_again};
use crate::diagnostics::Diagnostics;
#[cfg(not(feature = "png"))]
use crate::diagnostics::{Code, Diagnostic};

#[cfg(feature = "png")]
pub use draw::Fonts;

/// Where charts get their letters from; there is none in a program that is built without the feature `png`.
#[cfg(not(feature = "png"))]
#[derive(Debug)]
pub enum Fonts {}

#[cfg(not(feature = "png"))]
impl Fonts {
    /// The fonts in `file`, or those in the program.
    ///
    /// # Errors
    /// `E0622`: this program has none.
    pub fn of(_: Option<&Path>) -> Result<Self, Diagnostics> {
        Err(Diagnostic::new(Code::PicturesNotBuilt).into())
    }

    fn png(&self, _: &str, _: &[u8]) -> Result<Vec<u8>, Diagnostics> {
        match *self {}
    }
}

/// Adds a PNG beside each chart of a report, and names it in the manifest.
///
/// # Errors
/// `E0623` when the font lacks a character of a chart, `E0624` when a chart cannot be drawn.
pub fn add_pictures(files: &mut ReportFiles, fonts: &Fonts) -> Result<(), Diagnostics> {
    let mut problems = Diagnostics::new();
    let mut pictures = Vec::new();
    for (name, svg) in files.iter() {
        let Some(stem) = name.strip_suffix(".svg") else { continue };
        match fonts.png(name, svg) {
            Ok(png) => pictures.push((format!("{stem}.png"), png)),
            Err(found) => problems.append(found),
        }
    }
    if problems.has_errors() {
        return Err(problems);
    }
    for (name, png) in pictures {
        files.add(&name, png);
    }
    if let Some(listed) = files.get(MANIFEST).and_then(|before| listed_again(before, files)) {
        files.add(MANIFEST, listed);
    }
    Ok(())
}
