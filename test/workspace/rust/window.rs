//! Statistics over the most recent samples of a signal.

use std::collections::VecDeque;
use std::fmt;

/// The last `capacity` samples, oldest first.
#[derive(Debug, Clone)]
pub struct Window {
    samples: VecDeque<f64>,
    capacity: usize,
}

/// Why a line could not be read.
#[derive(Debug, PartialEq)]
pub enum ParseError<'a> {
    Empty,
    NotANumber(&'a str),
}

impl Window {
    /// Makes an empty window.
    ///
    /// # Panics
    /// If `capacity` is zero.
    pub fn new(capacity: usize) -> Self {
        assert!(capacity > 0, "a window holds at least one sample");
        Window { samples: VecDeque::with_capacity(capacity), capacity }
    }

    pub fn push(&mut self, sample: f64) -> Option<f64> {
        let dropped = if self.samples.len() == self.capacity {
            self.samples.pop_front()
        } else {
            None
        };
        self.samples.push_back(sample);
        dropped
    }

    pub fn mean(&self) -> Option<f64> {
        if self.samples.is_empty() {
            return None;
        }
        Some(self.samples.iter().sum::<f64>() / self.samples.len() as f64)
    }

    pub fn deviation(&self) -> Option<f64> {
        let mean = self.mean()?;
        let squares: f64 = self.samples.iter().map(|sample| (sample - mean).powi(2)).sum();
        Some((squares / self.samples.len() as f64).sqrt())
    }

    pub fn quantile(&self, fraction: f64) -> Option<f64> {
        let mut sorted: Vec<f64> = self.samples.iter().copied().collect();
        sorted.sort_by(|a, b| a.total_cmp(b));
        let rank = fraction.clamp(0.0, 1.0) * sorted.len().saturating_sub(1) as f64;
        sorted.get(rank.round() as usize).copied()
    }
}

impl fmt::Display for Window {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.mean(), self.deviation()) {
            (Some(mean), Some(deviation)) => write!(f, "{mean:.2} ± {deviation:.2}"),
            _ => write!(f, "no samples"),
        }
    }
}

pub fn parse<'a>(line: &'a str) -> Result<Vec<f64>, ParseError<'a>> {
    if line.trim().is_empty() {
        return Err(ParseError::Empty);
    }
    let mut samples = Vec::new();
    for word in line.split_whitespace() {
        match word.parse() {
            Ok(sample) => samples.push(sample),
            Err(_) => return Err(ParseError::NotANumber(word)),
        }
    }
    Ok(samples)
}
