//! The graph as a picture: causes on the left, advice by phase on the right, ties as curves.

use std::fmt::Write;

use super::{Graph, GraphEdge, GraphNode, GraphNodeKind, GraphRelation};
use crate::plan::colour;
use crate::text::markup::escaped as escape;

const WIDTH: usize = 760;
/// Where causes end and advice begins.
const CAUSES_END: usize = 190;
const ADVICE_START: usize = 400;
const BOX: usize = 170;
const ROW: usize = 24;
/// More nodes of one kind are counted, not drawn.
const MOST: usize = 150;
/// How many characters of an id fit into its box.
const LETTERS: usize = 24;

impl Graph {
    /// The graph as an SVG picture: self-contained, in light and dark. What a node says is its tooltip.
    pub fn to_svg(&self) -> String {
        let mut body = String::new();
        let mut heights = vec![None; self.nodes.len()];
        let mut bottoms = [34, 34];
        let mut left_out = [0, 0];
        let mut drawn = [0, 0];
        let mut phase: Option<&str> = None;
        for (node, height) in self.nodes.iter().zip(&mut heights) {
            let column = usize::from(node.kind == GraphNodeKind::Advice);
            let (Some(bottom), Some(count)) = (bottoms.get_mut(column), drawn.get_mut(column)) else {
                continue;
            };
            if *count == MOST {
                if let Some(more) = left_out.get_mut(column) {
                    *more += 1;
                }
                continue;
            }
            *count += 1;
            if node.phase.as_deref() != phase && node.kind == GraphNodeKind::Advice {
                phase = node.phase.as_deref();
                *bottom += ROW / 2;
                let title = escape(phase.unwrap_or_default());
                let _ = write!(
                    body,
                    "<text class=\"graph-tail\" x=\"{ADVICE_START}\" y=\"{bottom}\">{title}</text>"
                );
                *bottom += ROW - 6;
            }
            draw(&mut body, node, *bottom);
            *height = Some(*bottom - 4);
            *bottom += ROW;
        }
        for (more, (bottom, x)) in left_out.iter().zip(bottoms.iter_mut().zip([12, ADVICE_START])) {
            if *more > 0 {
                let _ = write!(
                    body,
                    "<text class=\"graph-tail\" x=\"{x}\" y=\"{bottom}\">+{more}</text>"
                );
                *bottom += ROW;
            }
        }
        let mut ties = String::new();
        for edge in &self.edges {
            self.tie(&mut ties, edge, &heights);
        }
        let height = bottoms.into_iter().max().unwrap_or_default();
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" height=\"{height}\" role=\"img\" \
             font-family=\"system-ui, sans-serif\"><style>.graph-text,.graph-tail{{font-size:12px;fill:#1a1a1a}}.graph-tail{{fill:#666}}.graph-back{{fill:#fff}}\
             .graph-node{{fill:#f1efec;stroke-width:1.5}}.graph-tie{{fill:none;stroke-width:1.2;opacity:.65}}\
             @media(prefers-color-scheme:dark){{.graph-text{{fill:#eee}}.graph-tail{{fill:#aaa}}.graph-back{{fill:#16181c}}.graph-node{{fill:#25272c}}}}</style>\
             <rect class=\"graph-back\" width=\"{WIDTH}\" height=\"{height}\"/>{legend}{ties}{body}</svg>",
            legend = legend(),
        )
    }

    fn tie(&self, ties: &mut String, edge: &GraphEdge, heights: &[Option<usize>]) {
        let height = |place: usize| heights.get(place).copied().flatten();
        let (Some(from), Some(to)) = (height(edge.from), height(edge.to)) else {
            return;
        };
        let colour = stroke(edge.relation);
        let path = if edge.relation == GraphRelation::ActsOn {
            let (start, end) = (ADVICE_START, CAUSES_END);
            let middle = (start + end) / 2;
            format!("M{start} {from}C{middle} {from} {middle} {to} {end} {to}")
        } else {
            // Longer ties bow out further.
            let start = ADVICE_START + BOX;
            let out = start + (20 + from.abs_diff(to) / 4).min(WIDTH - start - 8);
            format!("M{start} {from}C{out} {from} {out} {to} {start} {to}")
        };
        let _ = write!(
            ties,
            "<path class=\"graph-tie\" d=\"{path}\" stroke=\"{colour}\"><title>{}</title></path>",
            escape(&self.said(edge))
        );
    }

    fn said(&self, edge: &GraphEdge) -> String {
        let id = |place: usize| self.nodes.get(place).map_or("", |node| node.id.as_str());
        format!("{} {} {}", id(edge.from), word(edge.relation), id(edge.to))
    }
}

fn draw(body: &mut String, node: &GraphNode, y: usize) {
    let x = match node.kind {
        GraphNodeKind::Cause => CAUSES_END - BOX,
        GraphNodeKind::Advice => ADVICE_START,
    };
    let edge = node.verdicts.first().map_or("#888", |verdict| colour(*verdict));
    let mut shown: String = node.id.chars().take(LETTERS).collect();
    if shown.len() < node.id.len() {
        shown.push('…');
    }
    let _ = write!(
        body,
        "<g><title>{}</title><rect class=\"graph-node\" x=\"{x}\" y=\"{}\" width=\"{BOX}\" height=\"19\" rx=\"4\" stroke=\"{edge}\"/>\
         <text class=\"graph-text\" x=\"{}\" y=\"{y}\">{}</text></g>",
        escape(&node.text),
        y - 14,
        x + 7,
        escape(&shown)
    );
}

fn legend() -> String {
    let mut legend = String::new();
    let mut x = 12;
    for relation in [
        GraphRelation::ActsOn,
        GraphRelation::Instead,
        GraphRelation::Than,
        GraphRelation::Limits,
        GraphRelation::Overrides,
        GraphRelation::Silences,
    ] {
        let _ = write!(
            legend,
            "<path d=\"M{x} 12h18\" stroke=\"{}\" stroke-width=\"2\"/><text class=\"graph-tail\" x=\"{}\" y=\"16\">{}</text>",
            stroke(relation),
            x + 24,
            word(relation)
        );
        x += 120;
    }
    legend
}

fn stroke(relation: GraphRelation) -> &'static str {
    match relation {
        GraphRelation::ActsOn => "#2e7d32",
        GraphRelation::Instead => "#1e88e5",
        GraphRelation::Than => "#8d6e63",
        GraphRelation::Limits => "#e65100",
        GraphRelation::Overrides => "#8e24aa",
        GraphRelation::Silences => "#c62828",
    }
}

fn word(relation: GraphRelation) -> &'static str {
    match relation {
        GraphRelation::ActsOn => "acts on",
        GraphRelation::Instead => "instead",
        GraphRelation::Than => "less than",
        GraphRelation::Limits => "limits",
        GraphRelation::Overrides => "goes before",
        GraphRelation::Silences => "silences",
    }
}
