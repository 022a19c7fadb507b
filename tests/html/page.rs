//! A page as a browser's parser reads it.

use std::collections::BTreeMap;

use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom};

/// An element with its attributes and what is in it; text has no name.
#[derive(Debug)]
pub struct Element {
    pub name: String,
    pub attributes: BTreeMap<String, String>,
    pub children: Vec<Element>,
    own_text: String,
}

impl Element {
    /// Reads a page. What the parser has to repair is a fault.
    pub fn page(text: &str) -> Self {
        let dom = parse_document(RcDom::default(), ParseOpts::default()).one(text);
        let faults = dom.errors.borrow().iter().map(ToString::to_string).collect::<Vec<_>>();
        assert!(faults.is_empty(), "{faults:?}");
        Self::of(&dom.document)
    }

    fn of(node: &Handle) -> Self {
        let children = node.children.borrow().iter().map(Self::of).collect();
        let (name, attributes, own_text) = match &node.data {
            NodeData::Element { name, attrs, .. } => {
                let attributes = attrs
                    .borrow()
                    .iter()
                    .map(|one| (one.name.local.to_string(), one.value.to_string()))
                    .collect();
                (name.local.to_string(), attributes, String::new())
            }
            NodeData::Text { contents } => (String::new(), BTreeMap::new(), contents.borrow().to_string()),
            _ => Default::default(),
        };
        Self { name, attributes, children, own_text }
    }

    /// The value of an attribute; empty without one.
    pub fn attribute(&self, name: &str) -> &str {
        self.attributes.get(name).map_or("", String::as_str)
    }

    /// All text in it.
    pub fn text(&self) -> String {
        let inside: String = self.children.iter().map(Self::text).collect();
        format!("{}{inside}", self.own_text)
    }

    /// Itself and everything in it, in the order of the page.
    pub fn all(&self) -> Vec<&Self> {
        let mut found = vec![self];
        found.extend(self.children.iter().flat_map(Self::all));
        found
    }

    /// Every element of a name.
    pub fn named(&self, name: &str) -> Vec<&Self> {
        self.all().into_iter().filter(|element| element.name == name).collect()
    }

    /// The element with an id.
    pub fn by_id(&self, id: &str) -> &Self {
        let mut found = self.all().into_iter().filter(|element| element.attribute("id") == id);
        found.next().unwrap_or_else(|| panic!("nothing has the id {id}"))
    }

    /// Tables of a class.
    pub fn tables(&self, class: &str) -> Vec<&Self> {
        let of = |element: &&&Self| element.attribute("class").split(' ').any(|one| one == class);
        self.named("table").iter().filter(of).copied().collect()
    }

    /// The rows of a table's body, each by its cells.
    pub fn rows(&self) -> Vec<Vec<&Self>> {
        let bodies = self.named("tbody");
        let rows = bodies.iter().flat_map(|body| body.named("tr"));
        rows.map(|row| {
            row.children.iter().filter(|cell| ["td", "th"].contains(&cell.name.as_str())).collect()
        })
        .collect()
    }

    /// The number of a cell, exactly; `None` where the page has a dash.
    pub fn number(&self) -> Option<String> {
        if let Some(exact) = self.attributes.get("data-value") {
            return Some(exact.clone());
        }
        let shown = self.text().replace(',', "");
        (shown != "—").then_some(shown)
    }
}
