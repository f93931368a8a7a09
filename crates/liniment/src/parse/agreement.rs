//! Whether the locator and RON agree about a text: asked by tests and by fuzzing.

use serde::de::IgnoredAny;

use super::lexical::skip_space;
use super::locate::{NONE, Node, locate};

pub(crate) fn ron_accepts(text: &str) -> bool {
    ron::Options::default()
        .with_recursion_limit(300)
        .from_str::<IgnoredAny>(text)
        .is_ok()
}

/// Every place lies in the text, between characters, and within its parent's.
fn fits(text: &str, nodes: &[Node]) -> bool {
    let within = |start: u32, end: u32| start <= end && text.get(start as usize..end as usize).is_some();
    nodes.iter().all(|node| {
        let mut child = node.first;
        let mut last = node.start;
        while let Some(inner) = nodes.get(child as usize) {
            if inner.start < last || inner.end > node.end {
                return false;
            }
            last = inner.end;
            child = inner.next;
        }
        child == NONE
            && within(node.start, node.end)
            && within(node.start, node.name_end)
            && node.name_end <= node.end
    })
}

/// What the locator says of a text, beside what RON says; an error tells how they differ.
pub(crate) fn agrees(text: &str) -> Result<(), String> {
    let mut nodes = Vec::new();
    let located = locate(text, 0, 128, &mut nodes);
    if let Ok(located) = located {
        if !fits(text, &nodes) {
            return Err("a place is outside the text or its parent".to_owned());
        }
        let whole = text.get(..located.end).ok_or("the end is no place")?;
        if located.plain && !ron_accepts(whole) {
            return Err("plain, but RON refuses it".to_owned());
        }
    }
    // What stands behind a value belongs to the list around it.
    let behind = located.ok().and_then(|located| text.get(located.end..));
    let all_read = behind.is_some_and(|rest| skip_space(rest.as_bytes(), 0) == Ok(rest.len()));
    if ron_accepts(text) && !all_read && !text.trim_start().starts_with("#") {
        return Err("RON takes it, but it was not located".to_owned());
    }
    Ok(())
}
