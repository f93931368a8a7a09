//! Where everything stands: a value of RON text as a flat list of nodes, without recursion.

use super::lexical::{Lexical, Token, skip_space, token};

/// No node.
pub(crate) const NONE: u32 = u32::MAX;

/// More values than any statement needs; they are kept in memory all at once.
const MOST_NODES: usize = 10_000_000;

/// What kind of value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// `"…"` without escapes.
    Text,
    /// `"…"` with escapes.
    Escaped,
    /// `r#"…"#`.
    Raw,
    /// A number.
    Number,
    /// A bare word: `Yes`, `true`, `None`.
    Word,
    /// A form of RON that packs do not use.
    Foreign,
    /// `[…]`; its children are the elements.
    List,
    /// `{…}`; its children are keys and values by turns.
    Map,
    /// `(…)` or `Name(…)` without field names; its children are the elements.
    Tuple,
    /// `(a: …)` or `Name(a: …)`; its children are names and values by turns.
    Fields,
}

/// A value.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Node {
    pub(crate) kind: Kind,
    /// The offset of its first byte; its name's, when it has one.
    pub(crate) start: u32,
    /// The offset behind its last byte.
    pub(crate) end: u32,
    /// The offset behind its name; `start` when it has none.
    pub(crate) name_end: u32,
    /// Its first child.
    pub(crate) first: u32,
    /// The next child of its parent.
    pub(crate) next: u32,
    /// How many elements or entries it has.
    pub(crate) len: u32,
}

/// Why a value could not be located.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Unlocated {
    pub(crate) at: usize,
    pub(crate) why: Why,
}

/// What was the matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Why {
    /// Not well formed.
    Malformed,
    /// Brackets too deep within brackets.
    TooDeep,
    /// More values than are kept.
    TooMany,
}

/// A container that is not yet closed.
struct Frame {
    node: u32,
    last: u32,
    /// In a map: the value that comes is a key.
    key: bool,
}

/// What comes next.
enum Step {
    /// A value.
    Value,
    /// An element or entry, or the end of the container.
    ItemOrClose,
    /// A value has just ended: a comma, or the end of the container.
    Ended(u32),
}

/// Where a value ends, and whether it is plain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Located {
    /// The offset behind it.
    pub(super) end: usize,
    /// Nothing in it but brackets that match, plain names, strings and short decimal numbers: well formed,
    /// and RON, which takes five times as long, need not be asked. (Tests ask it.)
    pub(super) plain: bool,
}

/// Locates the value that starts at or after `at`. Node 0 is the value.
pub(crate) fn locate(
    text: &str,
    at: usize,
    depth: usize,
    nodes: &mut Vec<Node>,
) -> Result<Located, Unlocated> {
    nodes.clear();
    let mut locator = Locator {
        bytes: text.as_bytes(),
        at,
        nodes,
        stack: Vec::new(),
        depth,
        plain: true,
    };
    let mut step = Step::Value;
    loop {
        step = match step {
            Step::Value => locator.value()?,
            Step::ItemOrClose => locator.item_or_close()?,
            Step::Ended(node) => match locator.ended(node)? {
                Some(step) => step,
                None => {
                    return Ok(Located {
                        end: locator.at,
                        plain: locator.plain,
                    });
                }
            },
        };
    }
}

struct Locator<'a> {
    bytes: &'a [u8],
    at: usize,
    nodes: &'a mut Vec<Node>,
    stack: Vec<Frame>,
    depth: usize,
    plain: bool,
}

impl Locator<'_> {
    fn malformed<T>(&self) -> Result<T, Unlocated> {
        Err(Unlocated {
            at: self.at,
            why: Why::Malformed,
        })
    }

    fn space(&mut self) -> Result<(), Unlocated> {
        self.at = skip_space(self.bytes, self.at).map_err(|at| Unlocated {
            at,
            why: Why::Malformed,
        })?;
        Ok(())
    }

    /// The token at the place, which is then behind it.
    fn take(&mut self) -> Result<Token, Unlocated> {
        match token(self.bytes, self.at) {
            Ok((token, end)) => {
                self.at = end;
                Ok(token)
            }
            Err(Lexical::End | Lexical::OpenString | Lexical::Stray) => self.malformed(),
        }
    }

    fn push(&mut self, kind: Kind, start: usize, name_end: usize) -> Result<u32, Unlocated> {
        if self.nodes.len() >= MOST_NODES {
            return Err(Unlocated {
                at: start,
                why: Why::TooMany,
            });
        }
        let number = position(self.nodes.len());
        let (start, end) = (position(start), position(self.at));
        self.nodes.push(Node {
            kind,
            start,
            end,
            name_end: position(name_end),
            first: NONE,
            next: NONE,
            len: 0,
        });
        Ok(number)
    }

    fn value(&mut self) -> Result<Step, Unlocated> {
        self.space()?;
        let start = self.at;
        let token = self.take()?;
        let source = self.bytes.get(start..self.at).unwrap_or_default();
        self.plain &= is_plain(token, source) || matches!(source, b"true" | b"false");
        let kind = match token {
            Token::Text => Kind::Text,
            Token::Escaped => Kind::Escaped,
            Token::Raw => Kind::Raw,
            Token::Number => Kind::Number,
            Token::Foreign => Kind::Foreign,
            Token::Open(bracket) => return self.open(bracket, start, start),
            Token::Word => {
                let name_end = self.at;
                self.space()?;
                if self.bytes.get(self.at) == Some(&b'(') {
                    self.at += 1;
                    self.plain &= plain_word(self.bytes.get(start..name_end).unwrap_or_default());
                    return self.open(b'(', start, name_end);
                }
                self.at = name_end;
                Kind::Word
            }
            Token::Close(_) | Token::Comma | Token::Colon => {
                self.at = start;
                return self.malformed();
            }
        };
        self.push(kind, start, start).map(Step::Ended)
    }

    fn open(&mut self, bracket: u8, start: usize, name_end: usize) -> Result<Step, Unlocated> {
        if self.stack.len() >= self.depth {
            return Err(Unlocated {
                at: start,
                why: Why::TooDeep,
            });
        }
        let kind = match bracket {
            b'[' => Kind::List,
            b'{' => Kind::Map,
            _ if self.names_follow()? => Kind::Fields,
            _ => Kind::Tuple,
        };
        let node = self.push(kind, start, name_end)?;
        self.stack.push(Frame {
            node,
            last: NONE,
            key: false,
        });
        Ok(Step::ItemOrClose)
    }

    /// Whether `name:` comes next.
    fn names_follow(&mut self) -> Result<bool, Unlocated> {
        let before = self.at;
        self.space()?;
        let mut named = false;
        if let Ok((Token::Word, end)) = token(self.bytes, self.at) {
            self.at = end;
            self.space()?;
            named = self.bytes.get(self.at) == Some(&b':');
        }
        self.at = before;
        Ok(named)
    }

    fn item_or_close(&mut self) -> Result<Step, Unlocated> {
        self.space()?;
        let start = self.at;
        let Some((kind, _)) = self.top() else {
            return self.malformed();
        };
        if self.bytes.get(self.at) == Some(&closer(kind)) {
            self.at += 1;
            return self.close();
        }
        match kind {
            Kind::Map => {
                if let Some(frame) = self.stack.last_mut() {
                    frame.key = true;
                }
            }
            Kind::Fields => {
                if self.take()? != Token::Word {
                    self.at = start;
                    return self.malformed();
                }
                let name = self.bytes.get(start..self.at).unwrap_or_default();
                // The one field of packs whose name begins as a number could.
                self.plain &= plain_word(name) || name == b"inferred";
                let name = self.push(Kind::Word, start, start)?;
                self.attach(name);
                self.colon()?;
            }
            _ => {}
        }
        Ok(Step::Value)
    }

    fn colon(&mut self) -> Result<(), Unlocated> {
        self.space()?;
        if self.bytes.get(self.at) != Some(&b':') {
            return self.malformed();
        }
        self.at += 1;
        Ok(())
    }

    /// What comes after a value; nothing when it was the whole one.
    fn ended(&mut self, node: u32) -> Result<Option<Step>, Unlocated> {
        let Some((kind, key)) = self.top() else {
            return Ok(None);
        };
        self.attach(node);
        if key {
            if let Some(frame) = self.stack.last_mut() {
                frame.key = false;
            }
            self.colon()?;
            return Ok(Some(Step::Value));
        }
        if let Some(parent) = self
            .stack
            .last()
            .and_then(|frame| self.nodes.get_mut(frame.node as usize))
        {
            parent.len += 1;
        }
        self.space()?;
        match self.bytes.get(self.at) {
            Some(b',') => {
                self.at += 1;
                Ok(Some(Step::ItemOrClose))
            }
            Some(byte) if *byte == closer(kind) => {
                self.at += 1;
                self.close().map(Some)
            }
            _ => self.malformed(),
        }
    }

    fn top(&self) -> Option<(Kind, bool)> {
        let frame = self.stack.last()?;
        self.nodes
            .get(frame.node as usize)
            .map(|node| (node.kind, frame.key))
    }

    fn attach(&mut self, child: u32) {
        let Some(frame) = self.stack.last_mut() else {
            return;
        };
        let last = std::mem::replace(&mut frame.last, child);
        if last == NONE {
            if let Some(parent) = self.nodes.get_mut(frame.node as usize) {
                parent.first = child;
            }
        } else if let Some(before) = self.nodes.get_mut(last as usize) {
            before.next = child;
        }
    }

    fn close(&mut self) -> Result<Step, Unlocated> {
        let Some(frame) = self.stack.pop() else {
            return self.malformed();
        };
        if let Some(node) = self.nodes.get_mut(frame.node as usize) {
            node.end = position(self.at);
        }
        Ok(Step::Ended(frame.node))
    }
}

fn closer(kind: Kind) -> u8 {
    match kind {
        Kind::List => b']',
        Kind::Map => b'}',
        _ => b')',
    }
}

/// Whether a token is one of those that RON reads just as this file does.
fn is_plain(token: Token, source: &[u8]) -> bool {
    match token {
        Token::Open(_) | Token::Text => true,
        Token::Escaped => plain_escapes(source),
        Token::Number => plain_number(source),
        Token::Word => plain_word(source),
        _ => false,
    }
}

fn plain_escapes(source: &[u8]) -> bool {
    let mut letters = source.iter();
    while let Some(letter) = letters.next() {
        if *letter == b'\\' && !matches!(letters.next(), Some(b'"' | b'\\' | b'n')) {
            return false;
        }
    }
    true
}

/// At most nine digits, perhaps a sign before them, perhaps a point and as many digits more.
fn plain_number(source: &[u8]) -> bool {
    let digits = |part: &[u8]| (1..=9).contains(&part.len()) && part.iter().all(u8::is_ascii_digit);
    let unsigned = source.strip_prefix(b"-").unwrap_or(source);
    let mut parts = unsigned.split(|byte| *byte == b'.');
    let whole = parts
        .next()
        .is_some_and(|whole| digits(whole) && (whole.len() == 1 || whole.first() != Some(&b'0')));
    whole && parts.next().is_none_or(digits) && parts.next().is_none()
}

/// A name of ASCII letters that has no meaning of its own in RON.
fn plain_word(source: &[u8]) -> bool {
    source
        .iter()
        .all(|byte| byte.is_ascii_alphanumeric() || *byte == b'_')
        && !matches!(source, b"Some" | b"None" | b"true" | b"false")
        && !source.starts_with(b"inf")
        && !source.starts_with(b"NaN")
}

/// Files end below 4 GiB (see `read`).
fn position(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(NONE)
}

/// The plain string that a struct at the start of the text has under this name.
pub(super) fn first_string<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let mut nodes = Vec::new();
    locate(text, 0, 64, &mut nodes).ok()?;
    let of = |number: u32| nodes.get(number as usize);
    let mut key = of(0).filter(|root| root.kind == Kind::Fields)?.first;
    while let Some(node) = of(key) {
        let value = of(node.next)?;
        if text.get(node.start as usize..node.end as usize) == Some(name) && value.kind == Kind::Text {
            return text.get(value.start as usize + 1..value.end as usize - 1);
        }
        key = value.next;
    }
    None
}
