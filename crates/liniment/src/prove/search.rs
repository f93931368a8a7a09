//! Questions: asked of the solver, answered only after the real evaluator has confirmed the case.

use batsat::Lit;
use hashbrown::HashSet;

use super::claim::{Claim, Replay, World};
use super::gates::{Found, Gates};
use super::scene::{Rail, Scene, cells_of_segment, segment_count};
use super::values::value_of;
use crate::case::Case;
use crate::case::value::FactValue;
use crate::cells::{VariableIndex, has_bit};
use crate::check::base::{CheckedBase, FactIndex};
use crate::compact_sort::CompactSort;
use crate::compile::{Node, NodeId, Program};
use crate::evaluate::{Truth, Truths, words_of};

/// What became of a question: is there such a case?
#[derive(Debug)]
pub(super) enum Answer {
    /// There is none.
    None,
    /// These, one for each scene asked about; the evaluator has confirmed them.
    Found(Vec<Case>),
    /// The budget was used up, or no case found could be confirmed.
    Undecided,
}

/// Cases that could not be confirmed and taught nothing, before a question is given up.
const MOST_REFUSED: usize = 12;
/// Cases that taught the solver something, before a question is given up: so many and more the more steps
/// are allowed.
const MOST_LESSONS: usize = 200;

/// The solver, the knowledge bases asked about, and the cases it may choose.
pub(super) struct Prover<'a> {
    pub(super) gates: Gates,
    pub(super) worlds: Vec<World<'a>>,
    pub(super) scenes: Vec<Scene>,
    budget: u64,
    /// By scene, join, and which of its rules count.
    settled: HashSet<(usize, usize, Vec<bool>)>,
}

impl<'a> Prover<'a> {
    pub(super) fn new(worlds: Vec<World<'a>>, budget: u64) -> Self {
        Self {
            gates: Gates::new(),
            worlds,
            scenes: Vec::new(),
            budget,
            settled: HashSet::new(),
        }
    }

    /// The base and the program of the first world: what most questions are about.
    pub(super) fn subject(&self) -> Option<(&'a CheckedBase, &'a Program)> {
        self.worlds.first().map(|world| (world.base(), world.program()))
    }

    /// A new case of the first world, met by what its packs assume: of those facts that questions rest on.
    pub(super) fn scene(&mut self) -> usize {
        let Some(found) = self.worlds.first() else {
            return usize::MAX;
        };
        let scene = Scene::narrow(&mut self.gates, 0, &found.program().cells);
        self.add_scene(scene)
    }

    /// A new case, and nothing left of the questions before: what they rest on is not searched again.
    pub(super) fn fresh_scene(&mut self) -> usize {
        self.gates = Gates::new();
        self.scenes.clear();
        self.settled.clear();
        self.scene()
    }

    /// Adds a case, met by what its world's packs assume.
    pub(super) fn add_scene(&mut self, mut scene: Scene) -> usize {
        if let Some(world) = self.worlds.get_mut(scene.world) {
            let assumed = world.assumed.clone();
            let real = world.put(&mut self.gates, &mut scene, &assumed);
            self.gates.clause(&[real]);
        }
        self.scenes.push(scene);
        self.scenes.len() - 1
    }

    pub(super) fn put(&mut self, scene: usize, claim: &Claim) -> Lit {
        let Some(found) = self.scenes.get_mut(scene) else {
            return self.gates.constant(false);
        };
        let Some(world) = self.worlds.get_mut(found.world) else {
            return self.gates.constant(false);
        };
        world.put(&mut self.gates, found, claim)
    }

    /// The facts that the questions about a case rest on so far.
    pub(super) fn facts_of(&self, scene: usize) -> Vec<FactIndex> {
        let (Some(found), Some(world)) = (self.scenes.get(scene), self.world_of(scene)) else {
            return Vec::new();
        };
        let cells = &world.program().cells;
        let asked = cells.variables.iter().zip(&found.segments);
        let mut facts: Vec<FactIndex> = asked
            .filter(|(_, segments)| !segments.is_empty())
            .map(|(variable, _)| variable.fact)
            .collect();
        facts.dedup();
        facts
    }

    /// The unknowns of a variable of a case, by segment.
    pub(super) fn segments_of(&mut self, scene: usize, variable: VariableIndex) -> Vec<Lit> {
        let Some(found) = self.scenes.get_mut(scene) else {
            return Vec::new();
        };
        let Some(world) = self.worlds.get(found.world) else {
            return Vec::new();
        };
        found
            .segments_of(&mut self.gates, &world.program().cells, variable)
            .to_vec()
    }

    pub(super) fn complete(&self, scene: usize) -> Lit {
        self.scenes
            .get(scene)
            .map_or_else(|| self.gates.constant(false), |scene| scene.complete)
    }

    /// A case of one scene that meets a claim: complete cases first, then partial ones.
    pub(super) fn find(&mut self, scene: usize, claim: &Claim) -> Answer {
        match self.find_complete(scene, claim) {
            Answer::None => self.find_any(scene, claim),
            // A partial case may still be simple to find.
            Answer::Undecided => match self.find_any(scene, claim) {
                Answer::None | Answer::Undecided => Answer::Undecided,
                found => found,
            },
            found => found,
        }
    }

    pub(super) fn find_complete(&mut self, scene: usize, claim: &Claim) -> Answer {
        let complete = self.complete(scene);
        let wanted = self.put(scene, claim);
        self.ask(&[scene], &[wanted, complete], |replays| {
            replays.first().is_some_and(|replay| replay.is(claim))
        })
    }

    pub(super) fn find_any(&mut self, scene: usize, claim: &Claim) -> Answer {
        let wanted = self.put(scene, claim);
        self.ask(&[scene], &[wanted], |replays| {
            replays.first().is_some_and(|replay| replay.is(claim))
        })
    }

    /// Cases of some scenes under which all assumptions hold, confirmed by what the evaluator says.
    pub(super) fn ask(
        &mut self,
        scenes: &[usize],
        assumptions: &[Lit],
        confirm: impl Fn(&[Replay<'_>]) -> bool,
    ) -> Answer {
        self.ask_with(scenes, assumptions, Some, confirm)
    }

    /// As [`ask`](Self::ask); the cases found may be changed before they are confirmed.
    pub(super) fn ask_with(
        &mut self,
        scenes: &[usize],
        assumptions: &[Lit],
        change: impl Fn(Vec<Case>) -> Option<Vec<Case>>,
        confirm: impl Fn(&[Replay<'_>]) -> bool,
    ) -> Answer {
        let mut assumptions = assumptions.to_vec();
        let mut refused = 0;
        let mut selector: Option<Lit> = None;
        let lessons = usize::try_from(self.budget / 25).unwrap_or(usize::MAX);
        for _ in 0..lessons.saturating_add(MOST_LESSONS) {
            match self.gates.search(&assumptions, self.budget) {
                Found::Nothing if refused == 0 => return Answer::None,
                Found::Nothing | Found::Undecided => return Answer::Undecided,
                Found::Model => {}
            }
            let chosen: Vec<Vec<Vec<bool>>> = scenes.iter().map(|scene| self.chosen(*scene)).collect();
            let cases: Vec<Case> = scenes
                .iter()
                .zip(&chosen)
                .filter_map(|(scene, chosen)| self.case(*scene, chosen))
                .collect();
            if let Some(cases) = change(cases.clone())
                && self.confirmed(scenes, &cases, &confirm)
            {
                return Answer::Found(cases);
            }
            let lessons: Vec<Vec<Lit>> = scenes
                .iter()
                .zip(&cases)
                .flat_map(|(scene, case)| self.lessons(*scene, case))
                .collect();
            let mut settled = false;
            for scene in scenes {
                settled |= self.settle_joins(*scene);
            }
            if settled || !lessons.is_empty() {
                lessons.iter().for_each(|lesson| self.gates.clause(lesson));
                continue;
            }
            // Nothing to learn: leave out this very case, for this question alone.
            refused += 1;
            if refused > MOST_REFUSED {
                return Answer::Undecided;
            }
            let asked = match selector {
                Some(asked) => asked,
                None => {
                    let asked = self.gates.fresh();
                    assumptions.push(asked);
                    selector = Some(asked);
                    asked
                }
            };
            let mut other = vec![!asked];
            for (scene, chosen) in scenes.iter().zip(&chosen) {
                let segments = self
                    .scenes
                    .get(*scene)
                    .into_iter()
                    .flat_map(|scene| scene.segments.iter().flatten());
                other.extend(
                    segments
                        .zip(chosen.iter().flatten())
                        .map(|(lit, was)| if *was { !*lit } else { *lit }),
                );
            }
            self.gates.clause(&other);
        }
        Answer::Undecided
    }

    fn confirmed(&self, scenes: &[usize], cases: &[Case], confirm: &impl Fn(&[Replay<'_>]) -> bool) -> bool {
        let replays: Vec<Replay<'_>> = scenes
            .iter()
            .zip(cases)
            .filter_map(|(scene, case)| self.world_of(*scene).map(|world| Replay::of(world, case)))
            .collect();
        replays.len() == scenes.len() && confirm(&replays)
    }

    pub(super) fn world_of(&self, scene: usize) -> Option<&World<'a>> {
        self.scenes
            .get(scene)
            .and_then(|scene| self.worlds.get(scene.world))
    }

    /// By variable, by segment: possible in the model.
    fn chosen(&self, scene: usize) -> Vec<Vec<bool>> {
        let segments = self.scenes.get(scene).map_or(&[][..], |scene| &scene.segments);
        segments
            .iter()
            .map(|segments| segments.iter().map(|lit| self.gates.holds(*lit)).collect())
            .collect()
    }

    fn case(&self, scene: usize, chosen: &[Vec<bool>]) -> Option<Case> {
        let world = self.world_of(scene)?;
        let cells = &world.program().cells;
        let mut case = world.kb.case();
        for (position, fact) in world.base().facts.iter().enumerate() {
            let index = FactIndex::new(position);
            let possible: Vec<Vec<bool>> = cells
                .variables_of(index)
                .filter_map(|variable| chosen.get(variable.index()).cloned())
                .collect();
            case.put(index, value_of(cells, index, fact, &possible));
        }
        Some(case)
    }

    /// What the evaluator says of the free rails that the model has otherwise, as clauses that hold for
    /// every case: knowing more never makes a True condition less than True, nor a False one.
    fn lessons(&self, scene: usize, case: &Case) -> Vec<Vec<Lit>> {
        const MOST: usize = 24;
        let (Some(found), Some(world)) = (self.scenes.get(scene), self.world_of(scene)) else {
            return Vec::new();
        };
        let truths = Truths::over(
            &world.program().cells,
            &world.nodes,
            world.program().boxes,
            case.possible(),
        );
        let mut lessons = Vec::new();
        for (node, rail) in &found.free {
            let truth = truths.of(*node);
            let (sure, possible) = (self.gates.holds(rail.sure), self.gates.holds(rail.possible));
            if (truth == Truth::True) != sure || (truth != Truth::False) != possible {
                let lesson = Lesson {
                    world,
                    scene: found,
                    node: *node,
                    rail: *rail,
                };
                lessons.extend(lesson.learn(case.possible(), truth, sure, possible));
            }
            if lessons.len() >= MOST {
                break;
            }
        }
        lessons
    }

    /// For the rules that count in the model: they are joined exactly as far as "any of them" is True.
    fn settle_joins(&mut self, scene: usize) -> bool {
        let Some(found) = self.scenes.get_mut(scene) else {
            return false;
        };
        let Some(world) = self.worlds.get_mut(found.world) else {
            return false;
        };
        // Read the model before anything is added: a new clause forgets it.
        let counting: Vec<Vec<bool>> = found
            .joins
            .iter()
            .map(|join| {
                join.parts
                    .iter()
                    .map(|(used, _)| self.gates.holds(*used))
                    .collect()
            })
            .collect();
        let mut settled = false;
        for (number, counts) in counting.into_iter().enumerate() {
            if !self.settled.insert((scene, number, counts.clone())) {
                continue;
            }
            settled = true;
            let Some(join) = found.joins.get(number).cloned() else {
                continue;
            };
            let (used, idle): (Vec<_>, Vec<_>) =
                join.parts.iter().zip(counts).partition(|(_, counts)| *counts);
            let any = world.nodes.any(used.iter().map(|((_, node), _)| *node).collect());
            let sure = found
                .of(&mut self.gates, &world.program().cells, &world.nodes, any)
                .sure;
            // Fewer that count make it no truer, more no less true.
            let more: Vec<Lit> = idle.iter().map(|((used, _), _)| *used).collect();
            let fewer: Vec<Lit> = used.iter().map(|((used, _), _)| !*used).collect();
            self.gates
                .clause(&more.into_iter().chain([!join.sure, sure]).collect::<Vec<_>>());
            self.gates
                .clause(&fewer.into_iter().chain([join.sure, !sure]).collect::<Vec<_>>());
        }
        settled
    }

    /// The same case with as little stated as the claim needs.
    pub(super) fn shortest(&self, scene: usize, case: &Case, claim: &Claim) -> Case {
        let Some(world) = self.world_of(scene) else {
            return case.clone();
        };
        let mut short = case.clone();
        for position in 0..world.base().facts.len() {
            let mut without = short.clone();
            without.put(FactIndex::new(position), FactValue::Unknown);
            let replay = Replay::of(world, &without);
            let still = replay.is(claim) && self.is_assumed(scene, &replay);
            drop(replay);
            if still {
                short = without;
            }
        }
        short
    }

    /// Whether the packs assume that there are such cases.
    pub(super) fn is_assumed(&self, scene: usize, replay: &Replay<'_>) -> bool {
        self.world_of(scene).is_none_or(|world| replay.is(&world.assumed))
    }
}

/// What one case teaches of one node.
struct Lesson<'b> {
    world: &'b World<'b>,
    scene: &'b Scene,
    node: NodeId,
    rail: Rail,
}

impl Lesson<'_> {
    fn learn(&self, possible: &[u64], truth: Truth, sure: bool, may_be: bool) -> Vec<Vec<Lit>> {
        let Rail {
            sure: is_sure,
            possible: is_possible,
        } = self.rail;
        let mut lessons = Vec::new();
        match truth {
            // True stays True when more is known.
            Truth::True if !sure => {
                let limit = self.change(possible, true, |truth| truth == Truth::True);
                lessons.push(self.clause(&limit, is_sure, false));
            }
            // What is not True does not become True when less is known.
            Truth::Unknown | Truth::False if sure => {
                let limit = self.change(possible, false, |truth| truth != Truth::True);
                lessons.push(self.clause(&limit, !is_sure, true));
            }
            _ => {}
        }
        match truth {
            Truth::False if may_be => {
                let limit = self.change(possible, true, |truth| truth == Truth::False);
                lessons.push(self.clause(&limit, !is_possible, false));
            }
            Truth::Unknown | Truth::True if !may_be => {
                let limit = self.change(possible, false, |truth| truth != Truth::False);
                lessons.push(self.clause(&limit, is_possible, true));
            }
            _ => {}
        }
        lessons
    }

    fn truth(&self, possible: &[u64], below: &[NodeId]) -> Truth {
        let program = self.world.program();
        Truths::some(&program.cells, &self.world.nodes, program.boxes, possible, below).of(self.node)
    }

    fn variables(&self, below: &[NodeId]) -> Vec<VariableIndex> {
        let mut variables: Vec<VariableIndex> = below
            .iter()
            .filter_map(|node| match self.world.nodes.get(*node) {
                Node::Literal(literal) => Some(literal.variable),
                _ => None,
            })
            .collect();
        variables.compact_sort();
        variables.dedup();
        variables
    }

    /// A larger (or smaller) case of which the same is still so.
    fn change(&self, possible: &[u64], add: bool, keeps: impl Fn(Truth) -> bool) -> Vec<u64> {
        let cells = &self.world.program().cells;
        let below = self.world.nodes.below(&[self.node]);
        let mut now = possible.to_vec();
        for variable in self.variables(&below) {
            for segment in 0..segment_count(cells, variable) {
                if is_possible(cells, &now, variable, segment) == add {
                    continue;
                }
                let mut next = now.clone();
                set(cells, &mut next, variable, segment, add);
                let some_left = words_of(cells, &next, variable).iter().any(|word| *word != 0);
                if some_left && keeps(self.truth(&next, &below)) {
                    now = next;
                }
            }
        }
        now
    }

    /// Every case that leaves at least (or at most) this possible has the literal.
    fn clause(&self, limit: &[u64], literal: Lit, at_least: bool) -> Vec<Lit> {
        let cells = &self.world.program().cells;
        let mut clause = vec![literal];
        for variable in self.variables(&self.world.nodes.below(&[self.node])) {
            for segment in 0..segment_count(cells, variable) {
                if is_possible(cells, limit, variable, segment) == at_least {
                    clause.extend(
                        self.scene
                            .possible(variable, segment)
                            .map(|lit| if at_least { !lit } else { lit }),
                    );
                }
            }
        }
        clause
    }
}

pub(super) fn is_possible(
    cells: &crate::cells::Cells,
    possible: &[u64],
    variable: VariableIndex,
    segment: usize,
) -> bool {
    let (first, _) = cells_of_segment(cells, variable, segment);
    has_bit(words_of(cells, possible, variable), first)
}

fn set(
    cells: &crate::cells::Cells,
    possible: &mut [u64],
    variable: VariableIndex,
    segment: usize,
    value: bool,
) {
    let Some(found) = cells.variable(variable) else {
        return;
    };
    let (first, next) = cells_of_segment(cells, variable, segment);
    for cell in first..next {
        if let Some(word) = possible.get_mut((found.first_word + cell / 64) as usize) {
            if value {
                *word |= 1 << (cell % 64);
            } else {
                *word &= !(1 << (cell % 64));
            }
        }
    }
}
