//! Servers that go away and come back.

use super::FakePlayer;
use crate::media::fault::{Fault, FaultKind};
use crate::sync::player::MediaProblem;
use crate::sync::testbed::link::micros;

impl FakePlayer {
    /// Its server is away for so long; so much of the medium is cached.
    pub(in crate::sync::testbed) fn lose_server(&mut self, for_seconds: f64, cached: f64) {
        self.away = Some((self.now + micros(for_seconds), broken()));
        self.broken_at = Some(self.position + cached);
    }

    /// What is wrong with a load that ends now.
    pub(super) fn load_problem(&mut self) -> Option<MediaProblem> {
        if let Some((left, problem)) = &mut self.failing_loads
            && *left > 0
        {
            *left -= 1;
            return Some(problem.clone());
        }
        let here = self.away.take_if(|(until, _)| *until <= self.now).is_none();
        self.away
            .as_ref()
            .filter(|_| here)
            .map(|(_, problem)| problem.clone())
    }

    /// What was wrong with the connection where the data ends.
    pub(super) fn end_problem(&self) -> Option<MediaProblem> {
        let at = self.broken_at?;
        (self.position >= at - 1e-3).then(broken)
    }

    /// The last position that it gets to.
    pub(super) fn last(&self) -> Option<f64> {
        [self.traits.last(), self.broken_at]
            .into_iter()
            .flatten()
            .reduce(f64::min)
    }
}

/// Nobody listens where the medium was.
pub(in crate::sync::testbed) fn broken() -> MediaProblem {
    MediaProblem::Fetch(Fault::here(FaultKind::NobodyListens))
}
