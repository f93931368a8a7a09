//! What a rule becomes: the nodes that decide whether it speaks, and which verdict it speaks.

use hashbrown::HashMap;

use super::{Compiler, NodeId};
use crate::check::base::{Cause, Rule, RuleIndex, RuleKind};
use crate::compact_sort::CompactSort;
use crate::verdict::Verdict;

/// A verdict that a rule speaks while its gate is open.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OpenVerdict {
    pub(crate) verdict: Verdict,
    pub(crate) node: NodeId,
    /// Its clock stands between the ends of a vague limit.
    pub(crate) nearly: bool,
}

/// A rule's nodes.
#[derive(Clone, Debug)]
pub(crate) struct RuleProgram {
    /// Its `when`, reasons and scopes, its window not yet over, and no contraindication: the rule has
    /// something to say.
    pub(crate) live: NodeId,
    /// It is a step of a staged plan.
    pub(crate) staged: bool,
    /// The verdicts spoken while the gate is open, each with its whole condition.
    pub(crate) open: Vec<OpenVerdict>,
    /// The gate, when it has one.
    pub(crate) gate: Option<NodeId>,
    /// Live, and the gate shut.
    pub(crate) shut: Option<NodeId>,
    /// The gate's clock stands between the ends of its vague limit.
    pub(crate) nearly: Option<NodeId>,
    /// `shut_while`.
    pub(crate) shut_while: Option<NodeId>,
    /// `except`.
    pub(crate) except: Option<NodeId>,
    /// `unless`.
    pub(crate) unless: Option<NodeId>,
    /// `never_when`.
    pub(crate) never: Option<NodeId>,
    /// Each reason's `when`.
    pub(crate) reasons: Vec<NodeId>,
    /// Each variant's `when`.
    pub(crate) variants: Vec<NodeId>,
}

impl RuleProgram {
    /// The nodes that decide whether and what the rule speaks.
    pub(crate) fn roots(&self) -> Vec<NodeId> {
        let single = [
            Some(self.live),
            self.gate,
            self.shut,
            self.except,
            self.unless,
            self.never,
        ];
        let mut roots: Vec<NodeId> = single
            .into_iter()
            .flatten()
            .chain(self.open.iter().map(|open| open.node))
            .collect();
        roots.compact_sort();
        roots.dedup();
        roots
    }
}

/// A cause's nodes.
#[derive(Clone, Debug)]
pub(crate) struct CauseProgram {
    pub(crate) live: NodeId,
    pub(crate) except: Option<NodeId>,
}

/// A gate of a fix or a wait.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Gate {
    open: Option<NodeId>,
    nearly: Option<NodeId>,
    shut_while: Option<NodeId>,
}

/// The condition of each scope.
pub(crate) fn scopes(compiler: &mut Compiler<'_>) -> HashMap<RuleIndex, NodeId> {
    let base = compiler.base;
    let mut scopes = HashMap::new();
    for (index, rule) in base
        .rules
        .iter()
        .enumerate()
        .filter(|(_, rule)| rule.kind == RuleKind::Scope)
    {
        scopes.insert(
            RuleIndex::new(index),
            compiler.condition_or_true(rule.when.as_ref()),
        );
    }
    scopes
}

/// The own gate of each fix and wait: its clock has reached the limit, and nothing keeps it shut.
pub(crate) fn gates(compiler: &mut Compiler<'_>) -> Vec<Gate> {
    let base = compiler.base;
    base.rules
        .iter()
        .map(|rule| {
            let window = match rule.kind {
                RuleKind::Fix => rule.not_before.as_ref(),
                RuleKind::Wait => rule.until.as_ref(),
                _ => None,
            };
            let shut_while = rule
                .shut_while
                .as_ref()
                .map(|condition| compiler.condition(condition));
            let mut parts = Vec::new();
            if let Some(window) = window {
                let literal = compiler.cells.reached(window);
                parts.push(compiler.nodes.literal(literal));
            }
            if let Some(shut) = shut_while {
                parts.push(compiler.nodes.not(shut));
            }
            let nearly = window
                .and_then(|window| compiler.cells.nearly_reached(window))
                .map(|literal| compiler.nodes.literal(literal));
            // A wait that names no end always waits.
            let open = match (parts.is_empty(), rule.kind) {
                (true, RuleKind::Wait) => Some(compiler.nodes.constant(false)),
                (true, _) => None,
                (false, _) => Some(compiler.nodes.all(parts)),
            };
            Gate {
                open,
                nearly,
                shut_while,
            }
        })
        .collect()
}

fn closed(
    compiler: &mut Compiler<'_>,
    closed_by: &[RuleIndex],
    scopes: &HashMap<RuleIndex, NodeId>,
) -> NodeId {
    let parts = closed_by
        .iter()
        .filter_map(|scope| scopes.get(scope).copied())
        .collect();
    compiler.nodes.any(parts)
}

pub(crate) fn compile_cause(
    compiler: &mut Compiler<'_>,
    cause: &Cause,
    scopes: &HashMap<RuleIndex, NodeId>,
) -> CauseProgram {
    let when = compiler.condition_or_true(cause.when.as_ref());
    let closed = closed(compiler, &cause.closed_by, scopes);
    let open_scope = compiler.nodes.not(closed);
    let live = compiler.nodes.all(vec![when, open_scope]);
    let except = cause
        .except
        .as_ref()
        .map(|condition| compiler.condition(condition));
    CauseProgram { live, except }
}

pub(crate) fn compile_rule(
    compiler: &mut Compiler<'_>,
    rule: &Rule,
    own_gate: Gate,
    scopes: &HashMap<RuleIndex, NodeId>,
    gates: &[Gate],
) -> RuleProgram {
    let base = compiler.base;
    let when = compiler.condition_or_true(rule.when.as_ref());
    let closed = closed(compiler, &rule.closed_by, scopes);
    let reasons: Vec<NodeId> = rule
        .reasons
        .iter()
        .map(|reason| compiler.condition(&reason.when))
        .collect();
    let variants = rule
        .variants
        .iter()
        .map(|variant| compiler.condition_or_true(variant.when.as_ref()))
        .collect();
    let except = rule
        .except
        .as_ref()
        .map(|condition| compiler.condition(condition));
    let unless = rule
        .unless
        .as_ref()
        .map(|condition| compiler.condition(condition));
    let never = rule
        .never_when
        .as_ref()
        .map(|condition| compiler.condition(condition));

    let mut parts = vec![when, compiler.nodes.not(closed)];
    // A red flag's reasons explain it; they never hold it back.
    if !reasons.is_empty() && rule.kind != RuleKind::RedFlag {
        parts.push(compiler.nodes.any(reasons.clone()));
    }
    if let (Some(never), false) = (never, rule.never_when_unknown_stands) {
        parts.push(compiler.nodes.not(never));
    }
    let ready = compiler.nodes.all(parts);

    let plan_gate = rule
        .stage
        .and_then(|(stages, _)| base.stages.get(stages.index()))
        .and_then(|stages| stages.after)
        .and_then(|after| gates.get(after.index()))
        .copied()
        .unwrap_or_default();
    let gate = match (own_gate.open, plan_gate.open) {
        (Some(own), Some(plan)) => Some(compiler.nodes.all(vec![own, plan])),
        (own, plan) => own.or(plan),
    };

    let (live, mut open) = match &rule.until {
        Some(until) if rule.kind == RuleKind::Fix => {
            let within = compiler.cells.within(until);
            let within = compiler.nodes.literal(within);
            match compiler.cells.nearly_within(until) {
                None => {
                    let live = compiler.nodes.all(vec![ready, within]);
                    (
                        live,
                        vec![OpenVerdict {
                            verdict: rule.verdict,
                            node: live,
                            nearly: false,
                        }],
                    )
                }
                Some(band) => {
                    let band = compiler.nodes.literal(band);
                    let either = compiler.nodes.any(vec![within, band]);
                    let live = compiler.nodes.all(vec![ready, either]);
                    let surely = compiler.nodes.all(vec![ready, within]);
                    let nearly = compiler.nodes.all(vec![ready, band]);
                    (
                        live,
                        vec![
                            OpenVerdict {
                                verdict: rule.verdict,
                                node: surely,
                                nearly: false,
                            },
                            OpenVerdict {
                                verdict: Verdict::Optional,
                                node: nearly,
                                nearly: true,
                            },
                        ],
                    )
                }
            }
        }
        _ => (
            ready,
            vec![OpenVerdict {
                verdict: rule.verdict,
                node: ready,
                nearly: false,
            }],
        ),
    };
    let shut = gate.map(|gate| {
        let not_open = compiler.nodes.not(gate);
        compiler.nodes.all(vec![live, not_open])
    });
    if let Some(gate) = gate {
        for verdict in &mut open {
            verdict.node = compiler.nodes.all(vec![verdict.node, gate]);
        }
    }
    if rule.kind == RuleKind::Wait {
        // A wait speaks only while it waits.
        open.clear();
    }
    RuleProgram {
        live,
        staged: rule.stage.is_some(),
        open,
        gate,
        shut,
        nearly: own_gate.nearly,
        shut_while: own_gate.shut_while,
        except,
        unless,
        never,
        reasons,
        variants,
    }
}
