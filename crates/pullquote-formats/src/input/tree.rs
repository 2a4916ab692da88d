//! HTML pages to trees, within bounds.
//!
//! In: a page's text. Out: its tree, or nothing where it would be larger or deeper than any article's
//! page, or takes too long to build.
//!
//! Algorithm: `html5ever` builds the tree of `dom_query` through a [`Sink`] that counts what is built and
//! how deep each new node lies, so that a page is left as soon as it shows. What moves nodes later
//! (misnested formatting) may take them deeper still, so the finished tree is measured once more.
//!
//! Invariant: no element of a tree lies deeper than [`DEPTH`]. Cost: linear in the page; every open
//! element is looked through for each new one, which is why their number is bounded.

use dom_query::{Document, NodeId};
use html5ever::interface::{ElementFlags, NodeOrText, QuirksMode, TreeSink};
use html5ever::tendril::{StrTendril, TendrilSink};
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{Attribute, ParseOpts, QualName};
use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

/// Elements of a page, at most; a page with more is no article.
pub(super) const ELEMENTS: usize = 50_000;

/// Nodes of a page's tree, at most: elements and the texts between them. Each open `<b>` is built anew
/// in each later paragraph, so that a page can ask for hundreds of times its own size.
const NODES: usize = 4 * ELEMENTS;

/// How deep elements may lie in each other: the extraction goes down by recursion.
const DEPTH: usize = 512;

/// Bytes of a page after which its tree is looked at.
const PIECE: usize = 512;

/// Marks that may come apart attributes of one tag, at most: each attribute is compared to all before.
const MARKS: usize = 50_000;

/// The page's tree; `None` when it would be too large or too deep or takes too long to build.
pub(super) fn parsed(html: &str) -> Option<Document> {
    let tree_builder = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
    let options = ParseOpts { tree_builder, ..ParseOpts::default() };
    let mut parser = html5ever::parse_document(Sink::default(), options);
    let (mut rest, mut marks) = (html, 0);
    while !rest.is_empty() {
        let (piece, after) = rest.split_at(rest.ceil_char_boundary(PIECE));
        parser.process(piece.into());
        rest = after;
        let sink = &parser.tokenizer.sink.sink;
        // A tag that is still open, or a comment, builds nothing.
        let apart = |byte: &u8| byte.is_ascii_whitespace() || b"/\"'".contains(byte);
        let built = sink.built.take();
        marks = if built { 0 } else { marks + piece.bytes().filter(apart).count() };
        if sink.page.tree.len() > NODES || sink.deep.get() || marks > MARKS {
            return None;
        }
    }
    let sink = parser.finish();
    (!sink.deep.get() && deepest(&sink.page) <= DEPTH).then_some(sink.page)
}

/// How deep the nodes of a page lie, at most.
fn deepest(page: &Document) -> usize {
    let (mut node, mut depth, mut deepest) = (page.tree.root(), 0, 0);
    loop {
        if let Some(child) = node.first_child() {
            (node, depth) = (child, depth + 1);
            deepest = deepest.max(depth);
            continue;
        }
        node = loop {
            if let Some(next) = node.next_sibling() {
                break next;
            }
            let Some(parent) = node.parent() else { return deepest };
            (node, depth) = (parent, depth - 1);
        };
    }
}

/// A page while it is built.
#[derive(Default)]
struct Sink {
    page: Document,
    /// How deep each element lies.
    depths: RefCell<BTreeMap<NodeId, usize>>,
    /// Whether anything was built since this was last asked.
    built: Cell<bool>,
    /// Whether an element lay too deep.
    deep: Cell<bool>,
}

impl Sink {
    fn depth(&self, node: NodeId) -> usize {
        self.depths.borrow().get(&node).copied().unwrap_or_default()
    }

    /// Notes what is put at a depth.
    fn put(&self, child: &NodeOrText<NodeId>, depth: usize) {
        self.built.set(true);
        if let NodeOrText::AppendNode(node) = child {
            self.depths.borrow_mut().insert(*node, depth);
            self.deep.set(self.deep.get() || depth > DEPTH);
        }
    }
}

impl TreeSink for Sink {
    type Handle = NodeId;
    type Output = Self;
    type ElemName<'a> = <Document as TreeSink>::ElemName<'a>;

    fn finish(self) -> Self {
        self
    }

    /// Nobody reads errors, and each byte of a page can be one.
    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> NodeId {
        self.page.get_document()
    }

    fn elem_name<'a>(&'a self, target: &'a NodeId) -> Self::ElemName<'a> {
        self.page.elem_name(target)
    }

    fn create_element(
        &self,
        name: QualName,
        attributes: Vec<Attribute>,
        flags: ElementFlags,
    ) -> NodeId {
        self.page.create_element(name, attributes, flags)
    }

    fn create_comment(&self, text: StrTendril) -> NodeId {
        self.page.create_comment(text)
    }

    fn create_pi(&self, target: StrTendril, data: StrTendril) -> NodeId {
        self.page.create_pi(target, data)
    }

    fn append(&self, parent: &NodeId, child: NodeOrText<NodeId>) {
        self.put(&child, self.depth(*parent) + 1);
        self.page.append(parent, child);
    }

    fn append_based_on_parent_node(
        &self,
        element: &NodeId,
        before: &NodeId,
        child: NodeOrText<NodeId>,
    ) {
        // Either beside the one or in the other.
        self.put(&child, self.depth(*element).max(self.depth(*before) + 1));
        self.page.append_based_on_parent_node(element, before, child);
    }

    fn append_doctype_to_document(&self, name: StrTendril, public: StrTendril, system: StrTendril) {
        self.page.append_doctype_to_document(name, public, system);
    }

    /// What a template holds stands apart from the page, but not from the elements that are open.
    fn get_template_contents(&self, target: &NodeId) -> NodeId {
        let contents = self.page.get_template_contents(target);
        let depth = self.depth(*target);
        self.depths.borrow_mut().insert(contents, depth);
        contents
    }

    fn same_node(&self, x: &NodeId, y: &NodeId) -> bool {
        self.page.same_node(x, y)
    }

    fn set_quirks_mode(&self, mode: QuirksMode) {
        self.page.set_quirks_mode(mode);
    }

    fn append_before_sibling(&self, sibling: &NodeId, child: NodeOrText<NodeId>) {
        self.put(&child, self.depth(*sibling));
        self.page.append_before_sibling(sibling, child);
    }

    fn add_attrs_if_missing(&self, target: &NodeId, attributes: Vec<Attribute>) {
        self.page.add_attrs_if_missing(target, attributes);
    }

    fn remove_from_parent(&self, target: &NodeId) {
        self.page.remove_from_parent(target);
    }

    fn reparent_children(&self, node: &NodeId, parent: &NodeId) {
        self.page.reparent_children(node, parent);
    }

    fn is_mathml_annotation_xml_integration_point(&self, node: &NodeId) -> bool {
        self.page.is_mathml_annotation_xml_integration_point(node)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_as_deep_as_its_elements() {
        let page = parsed("<div><p>a<p>b<br><span>c</span></div><b>d</b>").expect("a small page");
        assert_eq!(deepest(&page), 6, "html, body, div, p, span, c");
        assert_eq!(page.select("p").length(), 2);
    }

    #[test]
    fn no_page_is_too_deep_whatever_hides_it() {
        for deep in [
            "<div>",
            "<div></i>",
            "<svg><path>",
            "<svg><td><input>",
            "<table><div>",
            "<template>",
            "<template><svg><g>",
            "<b><p></b>",
            "<div></body><!-- x -->",
            "<math><mi><div>",
            "<select><option><optgroup>",
        ] {
            let page = parsed(&format!("<p>Rain fell.{}", deep.repeat(40_000)));
            assert!(page.is_none_or(|page| deepest(&page) <= DEPTH), "{deep}");
        }
    }

    #[test]
    fn what_a_script_holds_is_no_element() {
        let script = format!("<script>x = '{}'</script>", "<div>".repeat(9000));
        let page = parsed(&format!("{script}<p>Rain fell.")).expect("a page with a script");
        assert_eq!(page.select("div").length(), 0);
        assert_eq!(page.select("p").text().as_ref(), "Rain fell.");
    }
}
