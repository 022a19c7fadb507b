//! Bytes to text: UTF-8, UTF-16 and GB18030, told apart by what the bytes say.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{DecoderResult, Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE};

/// The encoding that a reader was told to use.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextEncoding(&'static Encoding);

impl TextEncoding {
    /// The encoding by a label of the WHATWG Encoding Standard, such as `utf-8`, `gb18030`, `gbk` or `utf-16le`.
    ///
    /// GBK and GB2312 are read as GB18030, which holds them.
    pub fn from_label(label: &str) -> Option<Self> {
        let encoding = Encoding::for_label_no_replacement(label.trim().as_bytes())?;
        Some(Self(if encoding == GBK { GB18030 } else { encoding }))
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        self.0.name()
    }
}

/// What the bytes of a file turned out to be.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Decoded {
    /// Text, and the encoding that it was more likely written in, when that is another one than the one it was read by.
    Text(String, Option<&'static str>),
    /// Bytes that are no text in the encoding.
    Malformed(Malformed),
    /// A workbook, an archive or another file that is not text.
    NotText,
}

/// Bytes that are no text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Malformed {
    /// The encoding that the rest of the file is in.
    pub encoding: &'static str,
    /// The first bytes that do not fit, in hexadecimal.
    pub bytes: String,
    /// How many times bytes do not fit.
    pub count: usize,
    /// The text with U+FFFD where bytes do not fit.
    pub text: String,
    /// Where in the text the first U+FFFD stands.
    pub offset: usize,
}

/// The text of `bytes`.
///
/// A byte order mark decides; without one, UTF-16 is recognised by its zero bytes and UTF-8 by its form; what is left is
/// GB18030. `told` overrides all of this.
pub(super) fn decode(bytes: &[u8], told: Option<TextEncoding>) -> Decoded {
    if let Some(TextEncoding(encoding)) = told {
        return decode_as(encoding, bytes, None);
    }
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return decode_as(encoding, bytes, None);
    }
    if is_document(bytes) {
        return Decoded::NotText;
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return decode_as(encoding, bytes, None);
    }
    if bytes.contains(&0) {
        return Decoded::NotText;
    }
    let (whole, broken) = utf8_sequences(bytes);
    if broken == 0 || whole > broken {
        return decode_as(UTF_8, bytes, None);
    }
    match decode_as(GB18030, bytes, likely_other(bytes)) {
        Decoded::Malformed(as_gb18030) if as_gb18030.count >= broken => decode_as(UTF_8, bytes, None),
        decoded => decoded,
    }
}

/// Whether the bytes begin as those of a workbook (xlsx, xls) or a PDF do.
fn is_document(bytes: &[u8]) -> bool {
    [b"PK\x03\x04".as_slice(), b"\xd0\xcf\x11\xe0", b"%PDF-"].iter().any(|magic| bytes.starts_with(magic))
}

/// UTF-16 of a text with ASCII in it: zeros in one half of the byte pairs and none in the other.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    if bytes.len() < 4 || !bytes.len().is_multiple_of(2) {
        return None;
    }
    let zeros = |parity: usize| bytes.iter().skip(parity).step_by(2).filter(|byte| **byte == 0).count();
    let enough = bytes.len().div_euclid(16).max(1);
    match (zeros(0), zeros(1)) {
        (0, high) if high >= enough => Some(UTF_16LE),
        (high, 0) if high >= enough => Some(UTF_16BE),
        _ => None,
    }
}

/// How many characters of three or four bytes are well-formed UTF-8, and how many sequences are not UTF-8.
///
/// Chinese in UTF-8 has three bytes a character, which GB18030 text makes by chance only now and then. So a file with more
/// of them than of faults is UTF-8 with some broken bytes, and must not be read as something else.
fn utf8_sequences(bytes: &[u8]) -> (usize, usize) {
    let mut whole = 0_usize;
    let mut broken = 0_usize;
    for chunk in bytes.utf8_chunks() {
        let long = chunk.valid().chars().filter(|character| character.len_utf8() >= 3).count();
        whole = whole.saturating_add(long);
        broken = broken.saturating_add(usize::from(!chunk.invalid().is_empty()));
    }
    (whole, broken)
}

/// Bytes beyond ASCII that a guess between Chinese, Japanese and Korean needs; with fewer it errs on good files.
const ENOUGH_TO_GUESS: usize = 20;

/// The encoding that the bytes more likely are in, when it is not GB18030.
///
/// A guess at a Western encoding counts only where most bytes beyond ASCII stand alone, as accented letters do; Chinese
/// ones come in pairs.
fn likely_other(bytes: &[u8]) -> Option<&'static str> {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    let guess = detector.guess(None, Utf8Detection::Deny);
    let runs = bytes.split(u8::is_ascii).filter(|run| !run.is_empty());
    let (runs, alone, all) = runs.fold((0_usize, 0_usize, 0_usize), |(runs, alone, all), run| {
        let single = usize::from(run.len() == 1);
        (runs.saturating_add(1), alone.saturating_add(single), all.saturating_add(run.len()))
    });
    let counts = if guess.is_single_byte() { alone.saturating_mul(2) > runs } else { all >= ENOUGH_TO_GUESS };
    (counts && guess != GBK && guess != GB18030).then(|| guess.name())
}

fn decode_as(encoding: &'static Encoding, bytes: &[u8], likely: Option<&'static str>) -> Decoded {
    let mut decoder = encoding.new_decoder_with_bom_removal();
    let mut text = String::with_capacity(bytes.len());
    let mut first: Option<(usize, String)> = None;
    let mut count = 0_usize;
    let mut at = 0_usize;
    loop {
        let rest = bytes.get(at..).unwrap_or(&[]);
        let needed = decoder.max_utf8_buffer_length_without_replacement(rest.len());
        text.reserve(needed.unwrap_or(rest.len()));
        let (result, read) = decoder.decode_to_string_without_replacement(rest, &mut text, true);
        at = at.saturating_add(read);
        match result {
            DecoderResult::InputEmpty => break,
            DecoderResult::OutputFull => {}
            DecoderResult::Malformed(length, after) => {
                let end = at.saturating_sub(usize::from(after));
                let start = end.saturating_sub(usize::from(length));
                first.get_or_insert_with(|| (text.len(), hexadecimal(bytes.get(start..end).unwrap_or(&[]))));
                count = count.saturating_add(1);
                text.push('\u{fffd}');
            }
        }
    }
    match first {
        Some((offset, bytes)) => {
            Decoded::Malformed(Malformed { encoding: encoding.name(), bytes, count, text, offset })
        }
        None if text.contains('\0') => Decoded::NotText,
        None => Decoded::Text(text, likely),
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02X}")).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "采购单元编号,企业编号,申报价\r\nA,甲药业,0.0484\r\n";

    fn utf16(text: &str, little: bool) -> Vec<u8> {
        let bytes = |unit: u16| if little { unit.to_le_bytes() } else { unit.to_be_bytes() };
        text.encode_utf16().flat_map(bytes).collect()
    }

    fn gb18030(text: &str) -> Vec<u8> {
        GB18030.encode(text).0.into_owned()
    }

    fn malformed(bytes: &[u8]) -> Option<Malformed> {
        match decode(bytes, None) {
            Decoded::Malformed(fault) => Some(fault),
            _ => None,
        }
    }

    #[test]
    fn every_encoding_gives_the_same_text() {
        let marked = |mark: &[u8], bytes: Vec<u8>| [mark, &bytes].concat();
        for bytes in [
            TEXT.as_bytes().to_vec(),
            marked(b"\xef\xbb\xbf", TEXT.as_bytes().to_vec()),
            gb18030(TEXT),
            utf16(TEXT, true),
            utf16(TEXT, false),
            marked(b"\xff\xfe", utf16(TEXT, true)),
            marked(b"\xfe\xff", utf16(TEXT, false)),
        ] {
            assert_eq!(decode(&bytes, None), Decoded::Text(TEXT.to_owned(), None), "{bytes:x?}");
        }
        let four_bytes = "lot_id,name\nA,䶮㐀药\n";
        assert_eq!(decode(&gb18030(four_bytes), None), Decoded::Text(four_bytes.to_owned(), None));
        let told = TextEncoding::from_label("gbk");
        assert_eq!(decode(&gb18030(TEXT), told), Decoded::Text(TEXT.to_owned(), None));
    }

    #[test]
    fn broken_bytes_have_a_position_in_the_encoding_of_the_rest() {
        let mut bytes = TEXT.as_bytes().to_vec();
        let at = TEXT.find('甲').unwrap();
        bytes.splice(at..at, *b"\xff");
        let fault = malformed(&bytes).unwrap();
        assert_eq!((fault.encoding, fault.bytes.as_str(), fault.count), ("UTF-8", "FF", 1));
        assert_eq!(fault.offset, at);

        let mut bytes = gb18030(TEXT);
        let end = bytes.len();
        bytes.splice(end..end, *b"\xff\r\n");
        let fault = malformed(&bytes).unwrap();
        assert_eq!((fault.encoding, fault.offset, fault.count), ("gb18030", TEXT.len(), 1));
    }

    #[test]
    fn a_truncated_utf8_file_is_not_read_as_gb18030() {
        let bytes = "编号,价格,中".as_bytes();
        for cut in (1..3).filter_map(|missing| bytes.len().checked_sub(missing)) {
            assert!(
                matches!(decode(&bytes[..cut], None), Decoded::Malformed(fault) if fault.encoding == "UTF-8")
            );
        }
    }

    #[test]
    fn workbooks_are_not_text_and_other_encodings_are_noticed() {
        assert_eq!(decode(b"PK\x03\x04....", None), Decoded::NotText);
        assert_eq!(decode(b"lot_id\0,x\n\0\0", None), Decoded::NotText);
        let (big5, _, _) =
            encoding_rs::BIG5.encode("採購單元編號,企業編號,申報價\r\n台灣製藥股份有限公司,1\r\n");
        assert!(matches!(decode(&big5, None), Decoded::Text(_, Some("Big5"))));
        let (latin, _, _) = encoding_rs::WINDOWS_1252.encode("lot_id,name\nA,génériqu\u{e9}\nB,générique\n");
        assert!(matches!(
            decode(&latin, None),
            Decoded::Text(_, Some("windows-1252")) | Decoded::Malformed(_)
        ));
        for few in ["lot_id,region\nA,山西\n", "lot_id,supplier_id\nA,甲\nA,乙\n"] {
            assert_eq!(decode(&gb18030(few), None), Decoded::Text(few.to_owned(), None));
        }
    }
}
