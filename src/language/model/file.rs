//! The file format of a quantised fastText model, as far as `lid.176.ftz` uses it (format 12, little-endian):
//! header, arguments, dictionary, table of kept n-grams, the input rows as product-quantised codes, the output rows
//! as plain floats. Anything else than that shape is refused, so nothing after this module needs to doubt it.

use thiserror::Error;

use super::grams::{BUCKETS, KeptGrams, LONGEST, SHORTEST};
use super::words::Words;

/// Length of every vector in the model.
pub const DIMENSIONS: usize = 16;
const MAGIC: i32 = 793_712_314;
const VERSION: i32 = 12;
/// Arguments: the positions of those that matter, and what they must be.
const ARGUMENTS: [(usize, i32); 6] =
    [(0, DIMENSIONS as i32), (5, 1), (6, 1), (8, BUCKETS as i32), (9, SHORTEST), (10, LONGEST)];
const CENTROIDS: usize = 256;
const PAIRS: usize = DIMENSIONS / 2;

/// One vector, on a cache line of its own.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
#[repr(align(64))]
pub struct Row(pub [f32; DIMENSIONS]);

/// Why a model file cannot be used.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum FileError {
    #[error("the model file ends too early")]
    Short,
    #[error("the model is not of the kind that this reader knows")]
    Kind,
    #[error("the parts of the model file do not fit together")]
    Inconsistent,
}

/// What is in the file.
pub struct File<'a> {
    /// The vocabulary.
    pub words: Words,
    /// The labels without their prefix, each with its count in the training data, most frequent first.
    pub labels: Vec<(&'a str, i64)>,
    /// The n-grams that have a row.
    pub kept_grams: KeptGrams<'a>,
    /// One row for each word and each kept n-gram.
    pub input: Quantised<'a>,
    /// One row for each inner node of the tree of labels.
    pub output: Vec<Row>,
}

impl<'a> File<'a> {
    pub fn read(bytes: &'a [u8]) -> Result<File<'a>, FileError> {
        let mut from = Reader(bytes);
        if from.i32()? != MAGIC || from.i32()? != VERSION {
            return Err(FileError::Kind);
        }
        let arguments: Vec<i32> = (0..12).map(|_| from.i32()).collect::<Result<_, _>>()?;
        from.take(8)?;
        if ARGUMENTS.iter().any(|&(place, value)| arguments.get(place) != Some(&value)) {
            return Err(FileError::Kind);
        }
        let (words, labels, kept_grams) = dictionary(&mut from)?;
        let input = Quantised::read(&mut from)?;
        if from.byte()? != 0 {
            return Err(FileError::Kind);
        }
        let output = plain(&mut from)?;
        if input.len() != words.len() + kept_grams.len() || output.len() != labels.len() || !from.0.is_empty() {
            return Err(FileError::Inconsistent);
        }
        Ok(File { words, labels, kept_grams, input, output })
    }
}

type Dictionary<'a> = (Words, Vec<(&'a str, i64)>, KeptGrams<'a>);

fn dictionary<'a>(from: &mut Reader<'a>) -> Result<Dictionary<'a>, FileError> {
    let entries = from.length()?;
    from.take(4 + 4 + 8)?;
    let kept = usize::try_from(from.i64()?).map_err(|_| FileError::Kind)?;
    let (mut words, mut labels) = (Words::default(), Vec::new());
    for _ in 0..entries {
        let name = from.until_zero()?;
        let count = from.i64()?;
        match from.byte()? {
            0 if labels.is_empty() => words.add(name).ok_or(FileError::Inconsistent)?,
            1 => {
                let label = std::str::from_utf8(name).ok().and_then(|name| name.strip_prefix("__label__"));
                labels.push((label.ok_or(FileError::Kind)?, count));
            }
            _ => return Err(FileError::Kind),
        }
    }
    let (grams, _) = from.take(kept.checked_mul(8).ok_or(FileError::Kind)?)?.as_chunks::<8>();
    Ok((words, labels, KeptGrams::new(grams)))
}

/// One row in nine bytes: a code for each pair of its numbers, and one for its length.
#[derive(Debug, Clone, Copy, Default)]
pub struct Coded {
    pairs: [u8; PAIRS],
    norm: u8,
}

/// Rows as the file has them: eight codes, each for a pair of numbers out of 256, and a code for the length. A row is made
/// when it is asked for: all of them at once would cost more than most runs spend on language, and 3 MB.
pub struct Quantised<'a> {
    codes: &'a [[u8; PAIRS]],
    norm_codes: &'a [u8],
    /// For each pair of a row its 256 pairs of numbers.
    centroids: Vec<f32>,
    norms: Vec<f32>,
}

impl<'a> Quantised<'a> {
    fn read(from: &mut Reader<'a>) -> Result<Quantised<'a>, FileError> {
        if (from.byte()?, from.byte()?) != (1, 1) {
            return Err(FileError::Kind);
        }
        let (rows, width) = (from.long()?, from.long()?);
        let codes = from.length()?;
        if width != DIMENSIONS || codes != rows.saturating_mul(PAIRS) {
            return Err(FileError::Kind);
        }
        let (codes, _) = from.take(codes)?.as_chunks::<PAIRS>();
        from.expect_each(&[DIMENSIONS as i32, PAIRS as i32, 2, 2])?;
        let centroids = from.floats(DIMENSIONS * CENTROIDS)?;
        let norm_codes = from.take(rows)?;
        from.expect_each(&[1, 1, 1, 1])?;
        let norms = from.floats(CENTROIDS)?;
        Ok(Quantised { codes, norm_codes, centroids, norms })
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.codes.len()
    }

    /// The codes of one row.
    pub fn coded(&self, row: usize) -> Option<Coded> {
        Some(Coded { pairs: *self.codes.get(row)?, norm: *self.norm_codes.get(row)? })
    }

    /// The row that these codes stand for.
    pub fn row(&self, coded: Coded) -> Row {
        let norm = self.norms.get(coded.norm as usize).copied().unwrap_or_default();
        let mut found = Row::default();
        let tables = self.centroids.chunks_exact(2 * CENTROIDS);
        for ((pair, &code), table) in found.0.chunks_exact_mut(2).zip(&coded.pairs).zip(tables) {
            if let Some(numbers) = table.get(2 * code as usize..2 * code as usize + 2) {
                pair.copy_from_slice(numbers);
                pair.iter_mut().for_each(|number| *number *= norm);
            }
        }
        found
    }
}

fn plain(from: &mut Reader<'_>) -> Result<Vec<Row>, FileError> {
    let (rows, width) = (from.long()?, from.long()?);
    if width != DIMENSIONS {
        return Err(FileError::Kind);
    }
    let numbers = from.floats(rows.saturating_mul(DIMENSIONS))?;
    let (whole, _) = numbers.as_chunks::<DIMENSIONS>();
    Ok(whole.iter().map(|numbers| Row(*numbers)).collect())
}

/// What is left of the file.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize) -> Result<&'a [u8], FileError> {
        let (taken, rest) = self.0.split_at_checked(length).ok_or(FileError::Short)?;
        self.0 = rest;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], FileError> {
        let (taken, rest) = self.0.split_first_chunk::<N>().ok_or(FileError::Short)?;
        self.0 = rest;
        Ok(*taken)
    }

    fn byte(&mut self) -> Result<u8, FileError> {
        self.array::<1>().map(|[byte]| byte)
    }

    fn i32(&mut self) -> Result<i32, FileError> {
        self.array().map(i32::from_le_bytes)
    }

    fn i64(&mut self) -> Result<i64, FileError> {
        self.array().map(i64::from_le_bytes)
    }

    fn length(&mut self) -> Result<usize, FileError> {
        usize::try_from(self.i32()?).map_err(|_| FileError::Kind)
    }

    fn long(&mut self) -> Result<usize, FileError> {
        usize::try_from(self.i64()?).map_err(|_| FileError::Kind)
    }

    fn until_zero(&mut self) -> Result<&'a [u8], FileError> {
        let end = memchr::memchr(0, self.0).ok_or(FileError::Short)?;
        let found = self.take(end)?;
        self.take(1)?;
        Ok(found)
    }

    fn floats(&mut self, count: usize) -> Result<Vec<f32>, FileError> {
        let (whole, _) = self.take(count.checked_mul(4).ok_or(FileError::Kind)?)?.as_chunks::<4>();
        Ok(whole.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect())
    }

    fn expect_each(&mut self, values: &[i32]) -> Result<(), FileError> {
        for &value in values {
            if self.i32()? != value {
                return Err(FileError::Kind);
            }
        }
        Ok(())
    }
}
