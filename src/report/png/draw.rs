//! Drawing by resvg, with fonts of our own.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::fontdb::{Database, FaceInfo, ID};
use resvg::usvg::{FontResolver, Options, Tree};

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::report::font::{FontFiles, lacks, unusable};

/// Pixels of a picture for each pixel of the chart on a screen: enough for print.
const PIXELS: u16 = 2;
/// Most pixels of a picture, which take four bytes each while it is drawn.
const MOST_PIXELS: u32 = 200_000_000;

/// Where charts get their letters from.
#[derive(Debug)]
pub struct Fonts {
    faces: Arc<Database>,
    name: String,
}

impl Fonts {
    /// The fonts in `file`, which may be a collection, or those in the program.
    ///
    /// # Errors
    /// `E0621` when the file cannot be read or holds no font.
    pub fn of(file: Option<&Path>) -> Result<Self, Diagnostics> {
        let FontFiles { files, name } = FontFiles::of(file)?;
        let mut faces = Database::new();
        files.into_iter().for_each(|file| faces.load_font_data(file.into_owned()));
        if faces.is_empty() {
            return Err(unusable(&name, ""));
        }
        Ok(Self { faces: Arc::new(faces), name })
    }

    /// The chart `name` as a PNG.
    pub(super) fn png(&self, name: &str, svg: &[u8]) -> Result<Vec<u8>, Diagnostics> {
        let missing = Mutex::new(BTreeSet::new());
        let failed = |reason: &str| {
            Diagnostics::from(
                Diagnostic::new(Code::PictureNotMade).with("chart", name).with("reason", reason),
            )
        };
        let tree = self.tree(svg, &missing).map_err(|fault| failed(&fault))?;
        let missing = missing.into_inner().unwrap_or_else(PoisonError::into_inner);
        if !missing.is_empty() {
            return Err(lacks(name, &self.name, &missing).into());
        }
        let size = tree.size().to_int_size();
        let pixels = |length: u32| length.checked_mul(u32::from(PIXELS));
        let sides = pixels(size.width()).zip(pixels(size.height()));
        let fits =
            |(width, height): &(u32, u32)| width.checked_mul(*height).is_some_and(|all| all <= MOST_PIXELS);
        let canvas = sides.filter(fits).and_then(|(width, height)| Pixmap::new(width, height));
        let mut canvas = canvas.ok_or_else(|| failed("size"))?;
        canvas.fill(Color::WHITE);
        let scale = PIXELS.into();
        resvg::render(&tree, Transform::from_scale(scale, scale), &mut canvas.as_mut());
        canvas.encode_png().map_err(|fault| failed(&fault.to_string()))
    }

    /// The chart laid out; characters that no face has go to `missing`.
    fn tree(&self, svg: &[u8], missing: &Mutex<BTreeSet<char>>) -> Result<Tree, String> {
        let resolver = FontResolver {
            select_font: Box::new(|font, faces| nearest(faces, font.weight())),
            // Every face is tried; a character is missing when none is left to try.
            select_fallback: Box::new(|character, tried, faces| {
                let other = faces.faces().find(|face| !tried.contains(&face.id));
                if other.is_none() {
                    missing.lock().unwrap_or_else(PoisonError::into_inner).insert(character);
                }
                other.map(|face| face.id)
            }),
        };
        let options =
            Options { fontdb: Arc::clone(&self.faces), font_resolver: resolver, ..Options::default() };
        Tree::from_data(svg, &options).map_err(|fault| fault.to_string())
    }
}

/// The upright face nearest to a weight; of a collection the one for simplified Chinese.
fn nearest(faces: &Database, weight: u16) -> Option<ID> {
    let simplified = |face: &FaceInfo| {
        face.families.iter().any(|(name, _)| name.ends_with(" SC") || name.ends_with(" CN"))
    };
    let order = |face: &&FaceInfo| (face.weight.0.abs_diff(weight), !simplified(face), face.index);
    faces.faces().min_by_key(order).map(|face| face.id)
}
