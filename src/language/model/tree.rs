//! From the meaning of a text to labels: the labels are the leaves of a Huffman tree (by their counts in the training
//! data), each inner node says how probable its right side is, and the probability of a label is the product along
//! its path.

use super::file::{DIMENSIONS, FileError, Row};
use crate::language::Language;

/// A branch of the tree.
#[derive(Debug, Clone, Copy)]
enum Child {
    Inner(u16),
    Label(u16),
}

struct Inner {
    row: Row,
    left: Child,
    right: Child,
}

/// The way from the root to a label: inner node, and whether it goes right.
type Path = Vec<(u16, bool)>;

pub struct Tree {
    inner: Vec<Inner>,
    labels: Vec<Language>,
    /// Sorted by language.
    paths: Vec<(Language, Path)>,
}

/// fastText adds this to a probability before it takes the logarithm; the product must have it too.
const BEFORE_LOGARITHM: f32 = 1e-5;

impl Tree {
    /// The labels are sorted by falling count; output row `i` belongs to the `i`-th inner node, made bottom-up.
    pub fn new(labels: &[(&str, i64)], output: &[Row]) -> Result<Tree, FileError> {
        let languages: Vec<Language> = labels
            .iter()
            .map(|&(label, _)| Language::from_tag(label).ok_or(FileError::Kind))
            .collect::<Result<_, _>>()?;
        let mut inner: Vec<Inner> = Vec::with_capacity(labels.len());
        let mut counts: Vec<i64> = Vec::with_capacity(labels.len());
        let (mut leaves, mut merged) = (labels.len(), 0);
        for row in output.iter().take(labels.len().saturating_sub(1)) {
            let mut smallest = || {
                let leaf = leaves.checked_sub(1).and_then(|last| labels.get(last)).map(|label| label.1);
                let node = counts.get(merged).copied();
                match (leaf, node) {
                    (Some(count), node) if node.is_none_or(|node| count < node) => {
                        leaves -= 1;
                        Ok((Child::Label(leaves as u16), count))
                    }
                    (_, Some(count)) => {
                        merged += 1;
                        Ok((Child::Inner(merged as u16 - 1), count))
                    }
                    _ => Err(FileError::Inconsistent),
                }
            };
            let ((left, one), (right, other)) = (smallest()?, smallest()?);
            inner.push(Inner { row: *row, left, right });
            counts.push(one.saturating_add(other));
        }
        let mut tree = Tree { inner, labels: languages, paths: Vec::new() };
        tree.find_paths();
        Ok(tree)
    }

    fn root(&self) -> Option<u16> {
        self.inner.len().checked_sub(1).map(|last| last as u16)
    }

    fn find_paths(&mut self) {
        let mut open: Vec<(u16, Path)> = self.root().map(|root| (root, Path::new())).into_iter().collect();
        while let Some((node, path)) = open.pop() {
            let Some(inner) = self.inner.get(node as usize) else { continue };
            for (child, right) in [(inner.left, false), (inner.right, true)] {
                let mut path = path.clone();
                path.push((node, right));
                match child {
                    Child::Inner(node) => open.push((node, path)),
                    Child::Label(label) => {
                        self.paths.extend(self.labels.get(label as usize).map(|found| (*found, path)))
                    }
                }
            }
        }
        self.paths.sort_unstable_by_key(|(language, _)| *language);
    }

    pub fn knows(&self, language: Language) -> bool {
        self.paths.binary_search_by_key(&language, |(known, _)| *known).is_ok()
    }

    pub fn probability(&self, meaning: &[f32; DIMENSIONS], language: Language) -> f32 {
        let Ok(place) = self.paths.binary_search_by_key(&language, |(known, _)| *known) else { return 0.0 };
        let path = self.paths.get(place).map(|(_, path)| path.as_slice()).unwrap_or_default();
        let along = path.iter().filter_map(|&(node, right)| {
            let goes_right = self.inner.get(node as usize)?.goes_right(meaning);
            Some(if right { goes_right } else { 1.0 - goes_right })
        });
        along.fold(1.0, |product, step| product * (step + BEFORE_LOGARITHM))
    }

    /// Depth first, the likelier side first, leaving out what cannot exceed the best so far.
    pub fn best(&self, meaning: &[f32; DIMENSIONS], floor: f32) -> Option<(Language, f32)> {
        let mut best: (Option<u16>, f32) = (None, floor);
        // A path never has more open branches than the tree has levels; 64 is ample for 176 labels.
        let mut open: Vec<(Child, f32)> = Vec::with_capacity(64);
        open.extend(self.root().map(|root| (Child::Inner(root), 1.0)));
        while let Some((child, product)) = open.pop() {
            if product <= best.1 {
                continue;
            }
            match child {
                Child::Label(label) => best = (Some(label), product),
                Child::Inner(node) => {
                    let Some(inner) = self.inner.get(node as usize) else { continue };
                    let goes_right = inner.goes_right(meaning);
                    let left = (inner.left, product * (1.0 - goes_right + BEFORE_LOGARITHM));
                    let right = (inner.right, product * (goes_right + BEFORE_LOGARITHM));
                    let likelier_last = if left.1 > right.1 { [right, left] } else { [left, right] };
                    open.extend(likelier_last);
                }
            }
        }
        let label = best.0?;
        Some((*self.labels.get(label as usize)?, best.1))
    }
}

impl Inner {
    /// How probable it is that the text belongs to the right side.
    fn goes_right(&self, meaning: &[f32; DIMENSIONS]) -> f32 {
        let product: f32 = self.row.0.iter().zip(meaning).map(|(one, other)| one * other).sum();
        // fastText's own limits, beyond which it does not work out the exponential.
        match product {
            _ if product < -8.0 => 0.0,
            _ if product > 8.0 => 1.0,
            _ => 1.0 / (1.0 + (-product).exp()),
        }
    }
}
