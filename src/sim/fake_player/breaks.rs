//! Media servers that are down for a while.

use super::FakePlayer;
use crate::media::fault::{FaultKind, MediaFault};
use crate::protocol::ids::Epoch;
use crate::sim::link::micros;
use crate::sync::player::{MediaProblem, PlayerEvent, Refetch};

impl FakePlayer {
    /// The media's server is down for so long, in seconds; `cached` seconds of the media are
    /// buffered.
    pub(crate) fn lose_server(&mut self, for_seconds: f64, cached: f64) {
        self.away = Some((self.now + micros(for_seconds), broken()));
        self.broken_at = Some(self.position + cached);
    }

    /// The problem of a load that ends now; `None` if it succeeds.
    pub(super) fn load_problem(&mut self) -> Option<MediaProblem> {
        if let Some((left, problem)) = &mut self.failing_loads
            && *left > 0
        {
            *left -= 1;
            return Some(problem.clone());
        }
        let here = self.away.take_if(|(until, _)| *until <= self.now).is_none();
        let problem = self.away.as_ref().filter(|_| here);
        problem.map(|(_, problem)| match problem {
            MediaProblem::Fetch(fault) if self.traits.relayed => MediaProblem::GivenUp(*fault),
            problem => problem.clone(),
        })
    }

    /// For how long the relay retries a load below the player, in microseconds: until its server is
    /// back, 30 s at most. If the client retries (`retry`), the relay tries once.
    pub(super) fn asked_again_below(&mut self, epoch: Epoch, retry: bool) -> i64 {
        let away = self.away.as_ref().filter(|(until, _)| *until > self.now);
        let (true, Some((until, MediaProblem::Fetch(fault)))) = (self.traits.relayed, away) else {
            return 0;
        };
        let (away, fault) = (until - self.now, *fault);
        let pause = match self.retry_after {
            None if retry => return 0,
            None => 0.0,
            Some(pause) if retry => pause,
            // The first retry that comes after the load is given up.
            Some(pause) => (30.0 / pause).ceil() * pause,
        };
        let next = self.machine.local(self.now + micros(pause));
        let refetch = Some(Refetch { fault, next });
        self.events.push(PlayerEvent::Refetching { epoch, refetch });
        if retry {
            return 0;
        }
        let tries = [2.0, 5.0, 10.0, 18.0, 26.0].map(micros).into_iter();
        let served = tries.into_iter().find(|at| *at >= away);
        served.unwrap_or(micros(30.0))
    }

    /// The media's server is down from now on for so long, with this problem.
    pub(crate) fn is_away(&mut self, for_seconds: f64, problem: MediaProblem) {
        self.away = Some((self.now + micros(for_seconds), problem));
    }

    /// The problem of the connection at the end of the data; `None` at the media's real end.
    pub(super) fn end_problem(&self) -> Option<MediaProblem> {
        let at = self.broken_at?;
        (self.position >= at - 1e-3).then(broken)
    }

    /// The last position for which the player has data; `None` if there is no end.
    pub(super) fn last(&self) -> Option<f64> {
        [self.traits.last(), self.broken_at]
            .into_iter()
            .flatten()
            .reduce(f64::min)
    }
}

/// The problem of a link at which nobody listens any more.
pub(crate) fn broken() -> MediaProblem {
    MediaProblem::Fetch(MediaFault::here(FaultKind::NobodyListens))
}

mod tests {
    use crate::protocol::ids::Epoch;
    use crate::protocol::time::Position;
    use crate::sim::fake_player::FakePlayer;
    use crate::sim::machine::Machine;
    use crate::sim::random::Random;
    use crate::sim::traits::Traits;

    #[test]
    fn a_player_that_slips_at_the_beginning_can_be_sought_in_after_its_server_is_away() {
        let machine = Machine {
            offset: 0,
            skew: 0.0,
        };
        let mut player = FakePlayer::new(Traits::default(), machine, Random::new(1));
        player.load(Epoch(1), 0.0, true, 0);
        player.advance(2_000_000);
        player.slip(-7.0);
        assert_eq!(Position::from_seconds(player.place()), Position::START);
        player.lose_server(5.0, 3.0);
        player.jump(1.0);
        player.advance(4_000_000);
        assert_eq!(Position::from_seconds(player.place()), Position::seconds(1));
    }
}
