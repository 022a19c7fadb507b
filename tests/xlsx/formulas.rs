//! A small spreadsheet: reads a workbook back and works its formulas out, as far as reports use them.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};

/// What a cell holds.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    Empty,
    Text(String),
    Number(f64),
}

impl Value {
    pub fn number(&self) -> Option<f64> {
        if let Self::Number(number) = self { Some(*number) } else { None }
    }

    pub fn text(&self) -> &str {
        if let Self::Text(text) = self { text } else { "" }
    }

    fn is_blank(&self) -> bool {
        *self == Self::Empty || self.text().is_empty() && self.number().is_none()
    }

    fn amount(&self) -> f64 {
        match self {
            Self::Number(number) => *number,
            Self::Empty => 0.0,
            Self::Text(text) => panic!("{text:?} in arithmetic"),
        }
    }
}

/// A sheet's cells by row and column from zero.
#[derive(Debug, Clone, Default)]
pub struct Cells {
    pub values: BTreeMap<(usize, usize), Value>,
    pub formulas: BTreeMap<(usize, usize), String>,
}

/// A workbook that was read.
#[derive(Debug, Clone)]
pub struct Book {
    pub names: Vec<String>,
    pub sheets: BTreeMap<String, Cells>,
}

impl Book {
    /// The workbook in `bytes`.
    pub fn read(bytes: &[u8]) -> Self {
        let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes.to_vec())).unwrap();
        let names = book.sheet_names();
        let mut sheets = BTreeMap::new();
        for name in &names {
            let mut cells = Cells::default();
            let values = book.worksheet_range(name).unwrap();
            let (top, left) = values.start().unwrap_or((0, 0));
            for (row, column, value) in values.used_cells() {
                let value = match value {
                    Data::Float(number) => Value::Number(*number),
                    Data::Int(number) => Value::Number(*number as f64),
                    Data::String(text) => Value::Text(text.clone()),
                    Data::Empty => Value::Empty,
                    other => panic!("{other:?} on {name}"),
                };
                cells.values.insert((row + top as usize, column + left as usize), value);
            }
            let formulas = book.worksheet_formula(name).unwrap();
            let (top, left) = formulas.start().unwrap_or((0, 0));
            for (row, column, formula) in formulas.used_cells() {
                if !formula.is_empty() {
                    cells.formulas.insert((row + top as usize, column + left as usize), formula.clone());
                }
            }
            sheets.insert(name.clone(), cells);
        }
        Self { names, sheets }
    }

    /// What the file says that a cell holds.
    pub fn value(&self, sheet: &str, at: (usize, usize)) -> Value {
        self.sheets[sheet].values.get(&at).cloned().unwrap_or(Value::Empty)
    }

    /// What a cell holds when every formula is worked out anew.
    pub fn computed(&self, sheet: &str, at: (usize, usize)) -> Value {
        match self.sheets[sheet].formulas.get(&at) {
            Some(formula) => {
                let mut parser = Parser { book: self, sheet, rest: formula.trim_start_matches('=') };
                let value = parser.comparison();
                assert!(parser.rest.is_empty(), "{formula}: {:?} is left", parser.rest);
                value
            }
            None => self.value(sheet, at),
        }
    }
}

/// A part of a sheet, or a value.
enum Argument {
    Range(String, (usize, usize), (usize, usize)),
    Value(Value),
}

struct Parser<'a> {
    book: &'a Book,
    sheet: &'a str,
    rest: &'a str,
}

impl Parser<'_> {
    fn take(&mut self, sign: &str) -> bool {
        let taken = self.rest.strip_prefix(sign);
        self.rest = taken.unwrap_or(self.rest);
        taken.is_some()
    }

    fn comparison(&mut self) -> Value {
        let left = self.sum();
        if self.take("=") {
            let right = self.sum();
            let same = match (&left, &right) {
                (Value::Text(_), _) | (_, Value::Text(_)) => {
                    left.text() == right.text() && left.number().is_none() && right.number().is_none()
                }
                _ => left.amount() == right.amount(),
            };
            return Value::Number(f64::from(u8::from(same)));
        }
        if self.take(">") {
            let right = self.sum();
            return Value::Number(f64::from(u8::from(left.amount() > right.amount())));
        }
        left
    }

    fn sum(&mut self) -> Value {
        let mut value = self.product();
        loop {
            if self.take("+") {
                value = Value::Number(value.amount() + self.product().amount());
            } else if self.take("-") {
                value = Value::Number(value.amount() - self.product().amount());
            } else {
                return value;
            }
        }
    }

    fn product(&mut self) -> Value {
        let mut value = self.atom();
        loop {
            if self.take("*") {
                value = Value::Number(value.amount() * self.atom().amount());
            } else if self.take("/") {
                value = Value::Number(value.amount() / self.atom().amount());
            } else {
                return value;
            }
        }
    }

    fn atom(&mut self) -> Value {
        match self.argument() {
            Argument::Value(value) => value,
            Argument::Range(sheet, from, to) => {
                assert_eq!(from, to, "a range where a value should stand");
                self.book.computed(&sheet, from)
            }
        }
    }

    /// A text, a number, a call, or a part of a sheet.
    fn argument(&mut self) -> Argument {
        if self.take("\"") {
            let (text, rest) = self.rest.split_once('"').unwrap();
            self.rest = rest;
            return Argument::Value(Value::Text(text.to_owned()));
        }
        let mut sheet = self.sheet.to_owned();
        if self.take("'") {
            let (name, rest) = self.rest.split_once("'!").unwrap();
            (sheet, self.rest) = (name.replace("''", "'"), rest);
        }
        let end =
            self.rest.find(|c: char| !c.is_alphanumeric() && c != '$' && c != '.').unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        if self.take("(") {
            return Argument::Value(self.call(word));
        }
        if let Ok(number) = word.parse() {
            return Argument::Value(Value::Number(number));
        }
        let from = place(word);
        if !self.take(":") {
            return Argument::Range(sheet, from, from);
        }
        let end = self.rest.find(|c: char| !c.is_alphanumeric() && c != '$').unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        Argument::Range(sheet, from, place(word))
    }

    fn call(&mut self, name: &str) -> Value {
        if name == "IF" {
            return self.choice();
        }
        let mut arguments = Vec::new();
        while !self.take(")") {
            self.take(",");
            let (before, argument) = (self.rest, self.argument());
            arguments.push(match argument {
                range @ Argument::Range(..) if self.rest.starts_with([',', ')']) => range,
                Argument::Value(value) if self.rest.starts_with([',', ')']) => Argument::Value(value),
                _ => {
                    self.rest = before;
                    Argument::Value(self.comparison())
                }
            });
        }
        self.result(name, &arguments)
    }

    /// Works out only the branch that is taken, as a spreadsheet does.
    fn choice(&mut self) -> Value {
        let taken = self.comparison().amount() != 0.0;
        assert!(self.take(","));
        let mut skipped = Parser { book: self.book, sheet: self.sheet, rest: skip(self.rest) };
        assert!(skipped.take(","));
        let (then, otherwise) = (self.rest, skipped.rest);
        self.rest = if taken { then } else { otherwise };
        let value = self.comparison();
        self.rest = skip(otherwise);
        assert!(self.take(")"));
        value
    }

    fn cells(&self, argument: &Argument) -> Vec<Value> {
        match argument {
            Argument::Value(value) => vec![value.clone()],
            Argument::Range(sheet, from, to) => (from.0..=to.0)
                .flat_map(|row| (from.1..=to.1).map(move |column| (row, column)))
                .map(|at| self.book.computed(sheet, at))
                .collect(),
        }
    }

    fn result(&self, name: &str, arguments: &[Argument]) -> Value {
        let cells: Vec<Vec<Value>> = arguments.iter().map(|argument| self.cells(argument)).collect();
        let numbers = |cells: &[Value]| -> Vec<f64> { cells.iter().filter_map(Value::number).collect() };
        let first = || cells[0][0].clone();
        let rounded = |round: fn(f64) -> f64| {
            let steps = 10_f64.powf(cells[1][0].amount());
            // A spreadsheet rounds the fifteen digits that it shows.
            let shown: f64 = format!("{:.14e}", first().amount() * steps).parse().unwrap();
            round(shown) / steps
        };
        let kept = |pairs: &[Vec<Value>], rows: usize| -> Vec<usize> {
            let meets = |at: usize| pairs.chunks(2).all(|pair| matches(&pair[0][at], &pair[1][0]));
            (0..rows).filter(|at| meets(*at)).collect()
        };
        let of = |values: &[Value], rows: &[usize]| -> Vec<f64> {
            rows.iter().filter_map(|at| values[*at].number()).collect()
        };
        Value::Number(match name {
            "SUM" => numbers(&cells[0]).iter().sum(),
            "COUNT" => numbers(&cells[0]).len() as f64,
            "AVERAGE" => mean(&numbers(&cells[0])),
            "N" => first().number().unwrap_or(0.0),
            "ROUND" => rounded(f64::round),
            "ROUNDDOWN" => rounded(f64::trunc),
            "ABS" => first().amount().abs(),
            "OR" => f64::from(u8::from(cells.iter().any(|cell| cell[0].amount() != 0.0))),
            "SUMIF" => of(&cells[2], &kept(&cells[..2], cells[0].len())).iter().sum(),
            "COUNTIF" | "COUNTIFS" => kept(&cells, cells[0].len()).len() as f64,
            "SUMIFS" => of(&cells[0], &kept(&cells[1..], cells[0].len())).iter().sum(),
            "AVERAGEIFS" => mean(&of(&cells[0], &kept(&cells[1..], cells[0].len()))),
            other => panic!("{other} is not used in reports"),
        })
    }
}

fn matches(cell: &Value, criterion: &Value) -> bool {
    match criterion.text().strip_prefix('>') {
        Some(limit) => cell.number().is_some_and(|number| number > limit.parse().unwrap()),
        None => !cell.is_blank() && cell == criterion,
    }
}

fn mean(numbers: &[f64]) -> f64 {
    assert!(!numbers.is_empty(), "a mean of nothing");
    numbers.iter().sum::<f64>() / numbers.len() as f64
}

/// What follows an argument that is passed over.
fn skip(text: &str) -> &str {
    let (mut depth, mut quoted) = (0_i32, false);
    for (at, letter) in text.char_indices() {
        match letter {
            '"' => quoted = !quoted,
            '(' if !quoted => depth += 1,
            ',' if !quoted && depth == 0 => return &text[at..],
            ')' if !quoted && depth == 0 => return &text[at..],
            ')' if !quoted => depth -= 1,
            _ => {}
        }
    }
    panic!("no end in {text}")
}

/// `$G$8` as row and column from zero.
fn place(text: &str) -> (usize, usize) {
    let plain = text.replace('$', "");
    let digits = plain.find(|c: char| c.is_ascii_digit()).unwrap_or_else(|| panic!("{text} is no cell"));
    let column =
        plain[..digits].bytes().fold(0, |column, letter| column * 26 + usize::from(letter - b'A') + 1);
    (plain[digits..].parse::<usize>().unwrap() - 1, column - 1)
}

#[test]
fn formulas_are_worked_out_as_a_spreadsheet_does() {
    let mut cells = Cells::default();
    for (at, value) in [((0, 0), 1.0), ((1, 0), 2.0), ((0, 1), 10.0), ((1, 1), 20.0)] {
        cells.values.insert(at, Value::Number(value));
    }
    let formulas = [
        ("SUM($A$1:$A$2)-1/4", Value::Number(2.75)),
        ("SUMIF($A$1:$A$3,\">1\",$B$1:$B$3)", Value::Number(20.0)),
        ("SUMIFS($B$1:$B$3,$A$1:$A$3,A1,$B$1:$B$3,\">0\")", Value::Number(10.0)),
        ("IF(N(C1)>0,C1*A1,\"\")", Value::Text(String::new())),
        ("IF(COUNT($A$1:$A$3)=2,ROUND(AVERAGE($A$1:$A$3)/7,4),\"\")", Value::Number(0.2143)),
        ("IF(OR(C1=\"\",A1=\"\"),\"none\",A1)", Value::Text("none".to_owned())),
    ];
    for (row, (formula, _)) in formulas.iter().enumerate() {
        cells.formulas.insert((row, 5), (*formula).to_owned());
    }
    let book = Book { names: vec!["s".to_owned()], sheets: BTreeMap::from([("s".to_owned(), cells)]) };
    for (row, (formula, expected)) in formulas.into_iter().enumerate() {
        assert_eq!(book.computed("s", (row, 5)), expected, "{formula}");
    }
}
