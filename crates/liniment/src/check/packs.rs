//! Packs among themselves: which is needed, which may be seen, and in which order they stand.

use hashbrown::HashMap;

use semver::{Version, VersionReq};

use super::context::PackView;
use super::cycles;
use crate::compact_sort::CompactSort;
use crate::diagnostic::Finding;
use crate::diagnostic::codes::packs as codes;
use crate::parse::spanned::Span;
use crate::parse::syntax::{Manifest, Name, Statement, Text};
use crate::text::nearest::nearest;

/// The version of the pack language that this library reads.
const SCHEMA: u32 = 1;

/// A pack as it comes from the parser.
pub(super) struct Input<'a> {
    pub(super) manifest: &'a Manifest,
    pub(super) statements: Vec<(&'a Statement, Span)>,
}

/// The packs in canonical order: each after those it extends or names in `with`, otherwise by id.
pub(super) fn arrange<'a>(inputs: Vec<Input<'a>>, findings: &mut Vec<Finding>) -> Vec<PackView<'a>> {
    let inputs = without_duplicates(inputs, findings);
    let numbers: HashMap<&str, usize> = inputs
        .iter()
        .enumerate()
        .map(|(number, input)| (input.manifest.id.value.as_str(), number))
        .collect();
    let ids: Vec<&str> = inputs
        .iter()
        .map(|input| input.manifest.id.value.as_str())
        .collect();
    let versions: Vec<Option<Version>> = inputs
        .iter()
        .map(|input| version(input.manifest, findings))
        .collect();

    let mut needs: Vec<Vec<usize>> = Vec::with_capacity(inputs.len());
    let mut names: Vec<Vec<usize>> = Vec::with_capacity(inputs.len());
    let mut absent = Vec::with_capacity(inputs.len());
    for (number, input) in inputs.iter().enumerate() {
        let mut links = Links {
            number,
            manifest: input.manifest,
            numbers: &numbers,
            versions: &versions,
            findings,
        };
        check_manifest(input.manifest, links.findings);
        needs.push(links.extends(&ids));
        let (named, missing) = links.with();
        names.push(named);
        absent.push(missing);
    }
    report_cycles(&inputs, &needs, findings);

    let order = order(&ids, &needs, &names);
    let sees = visible(&needs, &names);
    let place: HashMap<usize, usize> = order
        .iter()
        .enumerate()
        .map(|(place, number)| (*number, place))
        .collect();
    let mut arranged: Vec<(usize, PackView<'a>)> = inputs
        .into_iter()
        .enumerate()
        .map(|(number, input)| {
            let row = sees.get(number);
            let seen = |other: usize| row.and_then(|row| row.get(other)).copied().unwrap_or(false);
            let view = PackView {
                manifest: input.manifest,
                statements: input.statements,
                sees: order.iter().map(|other| seen(*other)).collect(),
                absent: absent.get(number).copied().unwrap_or(false),
            };
            (place.get(&number).copied().unwrap_or(number), view)
        })
        .collect();
    arranged.compact_sort_by_key(|(place, _)| *place);
    arranged.into_iter().map(|(_, view)| view).collect()
}

fn without_duplicates<'a>(inputs: Vec<Input<'a>>, findings: &mut Vec<Finding>) -> Vec<Input<'a>> {
    let mut seen: HashMap<&str, Span> = HashMap::new();
    let mut kept = Vec::with_capacity(inputs.len());
    for input in inputs {
        let id = &input.manifest.id;
        if let Some(first) = seen.get(id.value.as_str()) {
            findings.push(
                Finding::new(
                    &codes::PACK_TWICE,
                    format!("the pack `{}` is loaded twice", id.value),
                )
                .at(id.span, "loaded again")
                .at(*first, "first loaded here")
                .help("load it once, or give the other pack another id"),
            );
        } else {
            seen.insert(id.value.as_str(), id.span);
            kept.push(input);
        }
    }
    kept
}

fn version(manifest: &Manifest, findings: &mut Vec<Finding>) -> Option<Version> {
    match Version::parse(&manifest.version.value) {
        Ok(version) => Some(version),
        Err(reason) => {
            findings.push(
                Finding::new(
                    &codes::BAD_VERSION,
                    format!("`{}` is not a version: {reason}", manifest.version.value),
                )
                .at(manifest.version.span, "expected three numbers such as `1.0.0`")
                .help("the first number grows when something is renamed or means something else"),
            );
            None
        }
    }
}

fn check_manifest(manifest: &Manifest, findings: &mut Vec<Finding>) {
    if manifest.schema.value != SCHEMA {
        findings.push(
            Finding::new(
                &codes::SCHEMA_UNSUPPORTED,
                format!(
                    "the pack is written in version {} of the pack language, which is not known here",
                    manifest.schema.value
                ),
            )
            .at(manifest.schema.span, format!("expected `{SCHEMA}`"))
            .help(
                "use a newer release of liniment, or write the pack in the version that this release reads",
            ),
        );
    }
    let mut seen: HashMap<&str, Span> =
        HashMap::from([(manifest.language.value.as_str(), manifest.language.span)]);
    for language in std::iter::once(&manifest.language).chain(&manifest.translations) {
        let tag = &language.value;
        let fits = (2..=35).contains(&tag.len())
            && tag.starts_with(|first: char| first.is_ascii_lowercase())
            && tag
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        if !fits {
            findings.push(
                Finding::new(&codes::BAD_LANGUAGE, format!("`{tag}` is not a language"))
                    .at(language.span, "expected a short tag such as `en` or `pt-BR`")
                    .help("write the tag of the language, not its name"),
            );
        }
    }
    for language in &manifest.translations {
        if let Some(first) = seen.insert(&language.value, language.span) {
            findings.push(
                Finding::new(
                    &codes::BAD_LANGUAGE,
                    format!("the language `{}` is named twice", language.value),
                )
                .at(language.span, "named again")
                .at(first, "first named here")
                .help("`translations` lists the languages besides `language`, each once"),
            );
        }
    }
}

/// The packs that one manifest names.
struct Links<'l, 'a> {
    number: usize,
    manifest: &'a Manifest,
    numbers: &'l HashMap<&'a str, usize>,
    versions: &'l [Option<Version>],
    findings: &'l mut Vec<Finding>,
}

impl Links<'_, '_> {
    fn extends(&mut self, ids: &[&str]) -> Vec<usize> {
        let mut found = Vec::new();
        for (name, requirement) in &self.manifest.extends {
            let wanted = self.requirement(requirement);
            match self.numbers.get(name.value.as_str()).copied() {
                Some(other) if other == self.number => self.report_itself(name),
                Some(other) => {
                    found.push(other);
                    self.check_version(name, requirement, wanted.as_ref(), other);
                }
                None => {
                    let near = nearest(&name.value, ids.iter().copied());
                    let help = near.map_or_else(
                        || format!("load `{}` together with `{}`", name.value, self.manifest.id.value),
                        |near| format!("did you mean `{near}`?"),
                    );
                    self.findings.push(
                        Finding::new(
                            &codes::MISSING_PACK,
                            format!(
                                "the pack `{}` extends `{}`, which is not loaded",
                                self.manifest.id.value, name.value
                            ),
                        )
                        .at(name.span, "not loaded")
                        .help(help)
                        .nearest(near),
                    );
                }
            }
        }
        found
    }

    /// The packs named in `with` that are loaded, and whether one is not.
    fn with(&mut self) -> (Vec<usize>, bool) {
        let mut found = Vec::new();
        let mut absent = false;
        for (name, requirement) in &self.manifest.with_packs {
            let wanted = self.requirement(requirement);
            match self.numbers.get(name.value.as_str()).copied() {
                Some(other) if other == self.number => self.report_itself(name),
                Some(other) => {
                    found.push(other);
                    self.check_version(name, requirement, wanted.as_ref(), other);
                }
                None => absent = true,
            }
        }
        (found, absent)
    }

    fn requirement(&mut self, text: &Text) -> Option<VersionReq> {
        match VersionReq::parse(&text.value) {
            Ok(requirement) => Some(requirement),
            Err(reason) => {
                self.findings.push(
                    Finding::new(
                        &codes::BAD_VERSION,
                        format!("`{}` does not say which versions fit: {reason}", text.value),
                    )
                    .at(text.span, "expected something like `^1` or `>=1.2, <2`")
                    .help("`^1` fits every version that starts with 1"),
                );
                None
            }
        }
    }

    fn check_version(&mut self, name: &Name, text: &Text, wanted: Option<&VersionReq>, other: usize) {
        let (Some(wanted), Some(Some(version))) = (wanted, self.versions.get(other)) else {
            return;
        };
        if wanted.matches(version) {
            return;
        }
        self.findings.push(
            Finding::new(
                &codes::VERSION_CONFLICT,
                format!(
                    "`{}` needs `{}` of `{}`, but version {version} is loaded",
                    self.manifest.id.value, text.value, name.value
                ),
            )
            .at(text.span, format!("version {version} does not fit"))
            .help("load a version that fits, or widen the requirement when the loaded one will do"),
        );
    }

    fn report_itself(&mut self, name: &Name) {
        self.findings.push(
            Finding::new(
                &codes::EXTENDS_CYCLE,
                format!("the pack `{}` names itself", name.value),
            )
            .at(name.span, "this is the pack itself")
            .help("leave it out"),
        );
    }
}

fn report_cycles(inputs: &[Input<'_>], needs: &[Vec<usize>], findings: &mut Vec<Finding>) {
    for cycle in cycles::find(needs) {
        let id = |number: usize| {
            inputs
                .get(number)
                .map_or("", |input| input.manifest.id.value.as_str())
        };
        let mut finding = Finding::new(
            &codes::EXTENDS_CYCLE,
            format!(
                "packs extend each other in a circle: {}",
                cycles::path(&cycle, id)
            ),
        );
        for (from, to) in cycles::steps(&cycle) {
            let target = id(to);
            let place = inputs.get(from).and_then(|input| {
                input
                    .manifest
                    .extends
                    .iter()
                    .find(|(name, _)| name.value == target)
            });
            if let Some((name, _)) = place {
                finding = finding.at(name.span, format!("`{}` extends `{target}`", id(from)));
            }
        }
        findings.push(
            finding.help("use `with` in one of them: packs that only name each other may do so both ways"),
        );
    }
}

/// Packs may name each other in `with` both ways: such a wish is dropped where it cannot be met.
fn order(ids: &[&str], needs: &[Vec<usize>], names: &[Vec<usize>]) -> Vec<usize> {
    let mut left: Vec<usize> = (0..ids.len()).collect();
    left.compact_sort_by_key(|number| ids.get(*number).copied().unwrap_or_default());
    let mut done = vec![false; ids.len()];
    let mut order = Vec::with_capacity(ids.len());
    let met = |lists: &[Vec<usize>], number: usize, done: &[bool]| {
        lists
            .get(number)
            .is_none_or(|list| list.iter().all(|other| done.get(*other).copied().unwrap_or(true)))
    };
    while !left.is_empty() {
        let fully = left
            .iter()
            .position(|number| met(needs, *number, &done) && met(names, *number, &done));
        let partly = || left.iter().position(|number| met(needs, *number, &done));
        let next = left.remove(fully.or_else(partly).unwrap_or(0));
        if let Some(flag) = done.get_mut(next) {
            *flag = true;
        }
        order.push(next);
    }
    order
}

/// What a pack extends is visible, and what that extends in turn; what it names in `with`, too.
fn visible(needs: &[Vec<usize>], names: &[Vec<usize>]) -> Vec<Vec<bool>> {
    (0..needs.len())
        .map(|number| {
            let mut seen = vec![false; needs.len()];
            let mut todo: Vec<usize> = vec![number];
            while let Some(next) = todo.pop() {
                if let Some(flag) = seen.get_mut(next)
                    && !std::mem::replace(flag, true)
                {
                    todo.extend(needs.get(next).into_iter().flatten());
                }
            }
            for other in names.get(number).into_iter().flatten() {
                if let Some(flag) = seen.get_mut(*other) {
                    *flag = true;
                }
            }
            seen
        })
        .collect()
}
