//! The connection as the client sees it: trying, greeting, joined, waiting for the next
//! attempt; when it is silent for too long, and how long to wait between attempts.

use crate::protocol::time::{LocalTime, Span};

/// After so much silence the server is asked whether it is there (judgement: four of the
/// pings that are sent once a second were lost or late).
const PROBE_AFTER: Span = Span::seconds(4);

/// After so much silence the connection counts as lost (judgement: longer than a switch
/// between networks takes, shorter than a person's patience).
const LOST_AFTER: Span = Span::seconds(10);

/// How long a server may take to welcome, however evenly its bytes come: as long as one message
/// may take to arrive (judgement: the state of a full room, 256 KiB, at 20 kbit/s).
const WELCOME_WITHIN: Span = Span::seconds(120);

/// The first wait before another attempt; it doubles with each.
const FIRST_WAIT: Span = Span::millis(500);

/// The longest wait before another attempt.
const LONGEST_WAIT: Span = Span::seconds(15);

/// A connection that held for so long was a good one: waits begin from the first again.
const STABLE_AFTER: Span = Span::seconds(10);

/// Waits differ by up to so many percent, so that a room does not return all at once.
const JITTER_PERCENT: i64 = 30;

/// Where a connection is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    /// No room is wanted yet: the member is asked something first.
    Resting,
    /// The kept token is being looked up.
    Finding,
    /// A connection was asked for.
    Connecting,
    /// `hello` was sent.
    Greeting,
    /// In the room, since this time.
    Joined(LocalTime),
    /// Not connected; the next attempt is at this time.
    Waiting(LocalTime),
    /// Over for good.
    Closed,
}

/// What a deadline of the connection asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Due {
    /// Connect again.
    Retry,
    /// Ask the server whether it is there.
    Probe,
    /// Give the connection up: it is silent.
    Silent,
}

/// The connection.
#[derive(Debug, Clone)]
pub(super) struct Link {
    stage: Stage,
    /// When something was last heard, or the present attempt began.
    heard: LocalTime,
    /// When the present stage began.
    entered: LocalTime,
    /// Whether the server was asked since.
    probed: bool,
    /// How many waits there were since the last good connection.
    waits: u32,
    /// Where the jitter's numbers stand.
    seed: u64,
}

impl Link {
    /// A connection before its first attempt; `seed` is where the jitter begins.
    pub(super) fn new(seed: u64, now: LocalTime) -> Self {
        Self {
            stage: Stage::Finding,
            heard: now,
            entered: now,
            probed: false,
            waits: 0,
            seed,
        }
    }

    /// Where the connection is.
    pub(super) fn stage(&self) -> Stage {
        self.stage
    }

    /// Whether the client is in the room now.
    pub(super) fn is_joined(&self) -> bool {
        matches!(self.stage, Stage::Joined(_))
    }

    /// Whether there is, or may be, a connection to close.
    pub(super) fn is_open(&self) -> bool {
        matches!(
            self.stage,
            Stage::Connecting | Stage::Greeting | Stage::Joined(_)
        )
    }

    /// Goes to a stage in which the server is expected to be heard.
    pub(super) fn enter(&mut self, stage: Stage, now: LocalTime) {
        self.stage = stage;
        self.entered = now;
        self.hear(now);
    }

    /// Takes note that the server lives.
    pub(super) fn hear(&mut self, now: LocalTime) {
        self.heard = now;
        self.probed = false;
    }

    /// Bytes of a message come: the server lives.
    pub(super) fn receiving(&mut self, now: LocalTime) {
        if matches!(self.stage, Stage::Greeting | Stage::Joined(_)) {
            self.hear(now);
        }
    }

    /// The machine slept, and most likely the connection did not survive it: says whether
    /// the server is to be asked, and gives it only [`PROBE_AFTER`] to answer.
    pub(super) fn suspect(&mut self, now: LocalTime) -> bool {
        let joined = self.is_joined();
        if joined {
            self.heard = now + PROBE_AFTER - LOST_AFTER;
            self.probed = true;
        }
        joined
    }

    /// The connection is gone: says how long to wait before the next attempt.
    pub(super) fn lose(&mut self, now: LocalTime) -> Span {
        if let Stage::Joined(since) = self.stage
            && now - since >= STABLE_AFTER
        {
            self.waits = 0;
        }
        let wait = self.next_wait();
        self.stage = Stage::Waiting(now + wait);
        wait
    }

    /// When it wants to be asked again, and by [`Link::due`] what for.
    pub(super) fn next_deadline(&self) -> Option<LocalTime> {
        match self.stage {
            Stage::Resting | Stage::Finding | Stage::Closed => None,
            Stage::Waiting(until) => Some(until),
            Stage::Joined(_) if !self.probed => Some(self.heard + PROBE_AFTER),
            Stage::Connecting | Stage::Joined(_) => Some(self.heard + LOST_AFTER),
            Stage::Greeting => {
                let welcomed_by = self.entered + WELCOME_WITHIN;
                Some((self.heard + LOST_AFTER).min(welcomed_by))
            }
        }
    }

    /// What is to be done now, if anything.
    pub(super) fn due(&mut self, now: LocalTime) -> Option<Due> {
        if self.next_deadline()? > now {
            return None;
        }
        match self.stage {
            Stage::Waiting(_) => Some(Due::Retry),
            Stage::Joined(_) if !self.probed => {
                self.probed = true;
                Some(Due::Probe)
            }
            _ => Some(Due::Silent),
        }
    }

    fn next_wait(&mut self) -> Span {
        let doubled = FIRST_WAIT.0 << self.waits.min(10);
        self.waits = self.waits.saturating_add(1);
        let base = doubled.min(LONGEST_WAIT.0);
        let percent = 100 - JITTER_PERCENT + self.random_up_to(2 * JITTER_PERCENT);
        Span(base * percent / 100)
    }

    /// A number from 0 to `most`, by `SplitMix64` (Steele, Lea and Flood, 2014): nothing
    /// depends on its quality, only that clients differ.
    fn random_up_to(&mut self, most: i64) -> i64 {
        self.seed = self.seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.seed;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^= mixed >> 31;
        // The upper half always fits.
        i64::try_from(mixed >> 32).unwrap_or(0) % (most + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::{Due, Link, Stage};
    use crate::protocol::time::{LocalTime, Span};

    const START: LocalTime = LocalTime(1_000_000);

    #[test]
    fn waits_double_to_a_limit_and_vary_by_less_than_a_third() {
        let mut link = Link::new(7, START);
        for expected in [500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000] {
            let wait = link.lose(START).0 / 1_000;
            assert!(
                (expected * 7 / 10..=expected * 13 / 10).contains(&wait),
                "{wait} for {expected}"
            );
        }
        for _ in 0..2_000 {
            assert!(link.lose(START) <= Span::millis(19_500));
        }
    }

    #[test]
    fn two_clients_do_not_return_in_step() {
        let waits = |seed| {
            let mut link = Link::new(seed, START);
            [(); 4].map(|()| link.lose(START))
        };
        assert_ne!(waits(1), waits(2));
        assert_eq!(waits(3), waits(3));
    }

    #[test]
    fn only_a_connection_that_held_ends_the_doubling() {
        let mut link = Link::new(7, START);
        for _ in 0..6 {
            link.lose(START);
        }
        link.enter(Stage::Joined(START), START);
        assert!(link.lose(START + Span::seconds(9)) > Span::seconds(9));
        link.enter(Stage::Joined(START), START);
        assert!(link.lose(START + Span::seconds(10)) < Span::seconds(1));
    }

    #[test]
    fn a_silent_server_is_asked_once_and_then_given_up() {
        let mut link = Link::new(7, START);
        link.enter(Stage::Joined(START), START);
        assert_eq!(link.due(START + Span::seconds(3)), None);
        assert_eq!(link.due(START + Span::seconds(4)), Some(Due::Probe));
        assert_eq!(link.due(START + Span::seconds(5)), None);
        assert_eq!(link.next_deadline(), Some(START + Span::seconds(10)));
        link.hear(START + Span::seconds(9));
        assert_eq!(link.next_deadline(), Some(START + Span::seconds(13)));
        assert_eq!(link.due(START + Span::seconds(13)), Some(Due::Probe));
        assert_eq!(link.due(START + Span::seconds(19)), Some(Due::Silent));
    }

    #[test]
    fn after_sleep_the_server_must_answer_sooner() {
        let mut link = Link::new(7, START);
        assert!(!link.suspect(START));
        link.enter(Stage::Joined(START), START);
        assert!(link.suspect(START + Span::seconds(1)));
        assert_eq!(link.due(START + Span::seconds(5)), Some(Due::Silent));
        link.hear(START + Span::seconds(2));
        assert_eq!(link.due(START + Span::seconds(5)), None);
    }

    #[test]
    fn a_welcome_that_comes_slowly_is_waited_for_but_not_for_ever() {
        let mut link = Link::new(7, START);
        link.enter(Stage::Greeting, START);
        let mut second = 0;
        while link.due(START + Span::seconds(second)).is_none() {
            link.receiving(START + Span::seconds(second));
            second += 5;
        }
        assert_eq!(second, 120);
        link.enter(Stage::Greeting, START);
        assert_eq!(link.next_deadline(), Some(START + Span::seconds(10)));
    }

    #[test]
    fn bytes_are_a_sign_of_life_in_a_room_and_before_it_and_nowhere_else() {
        let mut link = Link::new(7, START);
        let later = START + Span::seconds(9);
        link.enter(Stage::Joined(START), START);
        assert_eq!(link.due(START + Span::seconds(4)), Some(Due::Probe));
        link.receiving(later);
        assert_eq!(link.next_deadline(), Some(later + Span::seconds(4)));
        link.enter(Stage::Connecting, START);
        link.receiving(later);
        assert_eq!(link.next_deadline(), Some(START + Span::seconds(10)));
    }

    #[test]
    fn an_attempt_without_an_answer_is_given_up() {
        let mut link = Link::new(7, START);
        assert_eq!(link.next_deadline(), None);
        link.enter(Stage::Connecting, START);
        assert_eq!(link.due(START + Span::seconds(10)), Some(Due::Silent));
        let wait = link.lose(START);
        assert_eq!(link.due(START + wait), Some(Due::Retry));
    }
}
