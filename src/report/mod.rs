//! What is written, one file per format.

mod disk;
mod files;
pub mod folder;
mod json;
mod manifest;
mod standing;

pub use files::ReportFiles;
pub use manifest::MANIFEST;
