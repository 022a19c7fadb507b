//! Sheets as the bytes of a workbook.
//!
//! The same sheets give the same bytes: the date in the file is the tender's, and nothing asks for a clock.

use std::collections::BTreeMap;

use rust_xlsxwriter::{
    ColNum, DocProperties, ExcelDateTime, Formula, IgnoreError, RowNum, Workbook, Worksheet, XlsxError,
};

use super::Report;
use super::cell::{Cell, Kind};
use super::format::{Formats, Style, decimals};
use super::sheet::{Paper, Sheet};
use super::size::{LINE, Sizes};
use crate::diagnostics::shorten;
use crate::report::reading::tender_title;

/// Rows of a table on one sheet; more go on a further sheet. Excel has 1,048,576 rows.
const ROWS_A_SHEET: usize = 1_000_000;
/// Characters of a title in a page's head, which may have 255 with everything else in it.
const TITLE: usize = 60;
/// Digits of the digest at the foot of a page.
const DIGEST: usize = 16;

/// The workbook as the bytes of a file.
pub(super) fn workbook(sheets: &[Sheet], report: &Report<'_>) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(report)?);
    let mut formats = Formats::new();
    for sheet in sheets {
        let mut parts = sheet.rows.chunks(ROWS_A_SHEET);
        let first = parts.next().unwrap_or_default();
        let worksheet = workbook.add_worksheet();
        worksheet.set_name(sheet.name)?;
        write(worksheet, sheet, first, &mut formats, report)?;
        for (number, part) in (2_usize..).zip(parts) {
            let worksheet = workbook.add_worksheet();
            worksheet.set_name(format!("{} {number}", sheet.name))?;
            write(worksheet, sheet, part, &mut formats, report)?;
        }
    }
    workbook.save_to_buffer()
}

fn properties(report: &Report<'_>) -> Result<DocProperties, XlsxError> {
    let notice = &report.award.screened().notice;
    // A day before 1900 cannot be stored; the first day that can then stands for it.
    let announced = ExcelDateTime::parse_from_str(&notice.announced.to_string());
    let date = announced.or_else(|_| ExcelDateTime::from_ymd(1900, 1, 1))?;
    let title = shorten(&tender_title(notice, report.words.language), 200);
    let program = concat!(env!("CARGO_PKG_NAME"), " ", env!("CARGO_PKG_VERSION"));
    Ok(DocProperties::new().set_title(title).set_author(program).set_creation_datetime(&date))
}

fn write(
    worksheet: &mut Worksheet,
    sheet: &Sheet,
    rows: &[Vec<Cell>],
    formats: &mut Formats,
    report: &Report<'_>,
) -> Result<(), XlsxError> {
    formats.left = sheet.heads.is_empty();
    // A formula without a number has an empty text as its result; without this it would have a zero.
    worksheet.set_formula_result_default("");
    let exact: Vec<Option<String>> = rows.iter().map(|row| sheet.exact_values(row)).collect();
    let with_exact = exact.iter().any(Option::is_some);
    let shown = decimals_of_columns(sheet);
    for (at, row) in sheet.above.iter().enumerate() {
        write_row(worksheet, at, row, &BTreeMap::new(), formats)?;
    }
    let head_row = sheet.above.len();
    let mut heads = sheet.heads.clone();
    heads.extend(with_exact.then(|| report.words.text("head.exact").to_owned()));
    let head_cells: Vec<Cell> = heads.iter().cloned().map(Cell::Head).collect();
    write_row(worksheet, head_row, &head_cells, &shown, formats)?;
    for ((at, row), exact) in (head_row.saturating_add(1)..).zip(rows).zip(exact) {
        write_row(worksheet, at, row, &shown, formats)?;
        if let Some(exact) = exact {
            write_cell(worksheet, at, sheet.heads.len(), &Cell::text(exact), &shown, formats)?;
        }
    }
    worksheet.set_default_row_height(LINE);
    let sizes = Sizes::of(sheet, rows, with_exact);
    for (column, width) in sizes.columns.iter().enumerate() {
        worksheet.set_column_width(column_number(column), *width)?;
    }
    for (row, height) in sizes.rows {
        worksheet.set_row_height(row_number(row), height)?;
    }
    if !heads.is_empty() {
        let last_row = row_number(head_row.saturating_add(rows.len()));
        let last_column = column_number(heads.len().saturating_sub(1));
        worksheet.set_freeze_panes(row_number(head_row.saturating_add(1)), 0)?;
        worksheet.autofilter(row_number(head_row), 0, last_row, last_column)?;
        worksheet.set_repeat_rows(row_number(head_row), row_number(head_row))?;
        // Ids of digits are text on purpose.
        worksheet.ignore_error_range(0, 0, last_row, last_column, IgnoreError::NumberStoredAsText)?;
    }
    page(worksheet, sheet, report);
    Ok(())
}

/// Decimals shown in each column of the table for each kind of number: as many as its longest number needs.
fn decimals_of_columns(sheet: &Sheet) -> BTreeMap<(usize, Kind), usize> {
    let mut shown = BTreeMap::new();
    for (column, cell) in sheet.rows.iter().flat_map(|row| row.iter().enumerate()) {
        if let Some((kind, needed)) = decimals(cell) {
            let most: &mut usize = shown.entry((column, kind)).or_default();
            *most = needed.max(*most);
        }
    }
    shown
}

fn write_row(
    worksheet: &mut Worksheet,
    row: usize,
    cells: &[Cell],
    shown: &BTreeMap<(usize, Kind), usize>,
    formats: &mut Formats,
) -> Result<(), XlsxError> {
    for (column, cell) in cells.iter().enumerate() {
        write_cell(worksheet, row, column, cell, shown, formats)?;
    }
    Ok(())
}

fn write_cell(
    worksheet: &mut Worksheet,
    row: usize,
    column: usize,
    cell: &Cell,
    shown: &BTreeMap<(usize, Kind), usize>,
    formats: &mut Formats,
) -> Result<(), XlsxError> {
    let Some((style, text)) = styled(cell, column, shown) else { return Ok(()) };
    let (at, column) = (row_number(row), column_number(column));
    let format = formats.of(style);
    match cell {
        Cell::Formula(_, formula, _) | Cell::Quotient(_, formula, _) => {
            let formula = Formula::new(format!("={formula}")).set_result(text);
            worksheet.write_formula_with_format(at, column, formula, format)?;
        }
        Cell::Input(_, None) => {
            worksheet.write_blank(at, column, format)?;
        }
        Cell::Number(..) | Cell::Input(..) => match text.parse::<f64>() {
            // The nearest number that the format of the file has; one past 15 digits is marked and given in full beside.
            Ok(number) if number.is_finite() => {
                worksheet.write_number_with_format(at, column, number, format)?;
            }
            _ => {
                worksheet.write_string_with_format(at, column, text, format)?;
            }
        },
        _ => {
            worksheet.write_string_with_format(at, column, text, format)?;
        }
    }
    Ok(())
}

/// What a cell looks like, and its text.
fn styled<'a>(
    cell: &'a Cell,
    column: usize,
    shown: &BTreeMap<(usize, Kind), usize>,
) -> Option<(Style, &'a str)> {
    let style = match cell {
        Cell::Blank => return None,
        Cell::Text(_) if cell.looks_like_a_formula() => Style::Quoted,
        Cell::Text(_) => Style::Text,
        Cell::Title(_) => Style::Title,
        Cell::Section(_) => Style::Section,
        Cell::Head(_) => Style::Head,
        Cell::Alarm(_) => Style::Alarm,
        Cell::Note(_) => Style::Note,
        Cell::Number(kind, _) | Cell::Input(kind, _) | Cell::Formula(kind, ..) | Cell::Quotient(kind, ..) => {
            let own = decimals(cell).map_or(0, |(_, decimals)| decimals);
            let decimals = shown.get(&(column, *kind)).copied().unwrap_or(own);
            let marked = cell.beyond_a_spreadsheet().is_some();
            Style::Number(*kind, decimals, matches!(cell, Cell::Input(..)), marked)
        }
    };
    let text = match cell {
        Cell::Text(text)
        | Cell::Title(text)
        | Cell::Section(text)
        | Cell::Head(text)
        | Cell::Alarm(text)
        | Cell::Note(text) => text,
        _ => cell.decimal().map_or("", |(_, text)| text),
    };
    Some((style, text))
}

/// How the sheet lies on paper, and what stands above and below it on each page.
fn page(worksheet: &mut Worksheet, sheet: &Sheet, report: &Report<'_>) {
    match sheet.paper {
        Paper::Upright => worksheet.set_portrait().set_paper_size(9),
        Paper::Landscape => worksheet.set_landscape().set_paper_size(9),
        Paper::Large => worksheet.set_landscape().set_paper_size(8),
    };
    worksheet.set_print_fit_to_pages(1, 0);
    let words = report.words;
    let notice = &report.award.screened().notice;
    // `&` begins a code in a page's head; two of them are the character.
    let plain = |text: &str, length: usize| shorten(text, length).replace('&', "&&");
    let title = plain(&tender_title(notice, words.language), TITLE);
    let mark = if notice.is_illustrative() { words.text("page.illustrative") } else { "" };
    worksheet.set_header(format!("&L{title}&C{mark}&R&A"));
    let digest = report.digest.get(..DIGEST).unwrap_or(report.digest);
    let digest = words.fill("page.digest", &[("digest", digest)]);
    let number = words.fill("page.number", &[("page", "&P"), ("pages", "&N")]);
    worksheet.set_footer(format!("&L{digest}&R{number}"));
}

fn row_number(row: usize) -> RowNum {
    RowNum::try_from(row).unwrap_or(RowNum::MAX)
}

fn column_number(column: usize) -> ColNum {
    ColNum::try_from(column).unwrap_or(ColNum::MAX)
}
