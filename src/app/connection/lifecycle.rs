//! The phases of a connection and their times: when it is silent for too long, and when the
//! next attempt is due.

use super::backoff::Backoff;
use super::phase::Phase;
use crate::app::entry_attempts::EntryAttempts;
use crate::app::event::Disconnect;
use crate::protocol::cadence::Cadence;
use crate::protocol::time::{LocalTime, Span};

/// How long the lookup of what is kept of a room may take (judgement: a disk that wakes up takes
/// less, and nobody should wait longer without a word).
const FOUND_WITHIN: Span = Span::seconds(5);

/// After so much silence the server is asked whether it is there (judgement: four of the
/// pings that are sent once a second were lost or late).
const PROBE_AFTER: Span = Span::seconds(4);

/// After so much silence the connection counts as lost (judgement: longer than a switch
/// between networks takes, shorter than a person's patience).
const LOST_AFTER: Span = Span::seconds(10);

/// How long a server may take to welcome, however evenly its bytes come: as long as one message
/// may take to arrive (judgement: the state of a full room, 256 KiB, at 20 kbit/s).
const WELCOME_WITHIN: Span = Span::seconds(120);

/// The longest that a server can have a client wait before it tries again (judgement: more than ours
/// ask for; a member who knows better types `/retry`).
const LONGEST_TOLD: Span = Span::seconds(300);

/// What a deadline of the connection asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Due {
    /// Connect without what is kept of the room: its lookup takes too long.
    TokensOverdue,
    /// Make the next attempt: the wait after the last one is over.
    Retry,
    /// Send a ping: nothing came for [`PROBE_AFTER`].
    Probe,
    /// Give the connection up: it is silent.
    Silent,
    /// The server did not close the connection after the goodbye.
    NotClosed,
}

/// The connection, as far as times go.
#[derive(Debug, Clone)]
pub(super) struct Lifecycle {
    phase: Phase,
    /// When something last came, or the present attempt began.
    last_received: LocalTime,
    /// When the present phase began.
    entered: LocalTime,
    /// Whether a probe was sent since the last message.
    probed: bool,
    backoff: Backoff,
    /// The attempts to be let in, since the member asked for it or the server last answered.
    attempts: Option<EntryAttempts>,
}

impl Lifecycle {
    /// A connection before its first attempt; `seed` is where the jitter begins.
    pub(super) const fn new(seed: u64, now: LocalTime) -> Self {
        Self {
            phase: Phase::Resting,
            last_received: now,
            entered: now,
            probed: false,
            backoff: Backoff::new(seed),
            attempts: None,
        }
    }

    /// Comes back as this says of those whom the server loses at once, within its bounds.
    pub(super) fn keep(&mut self, cadence: Cadence) {
        self.backoff.spread_over(cadence.bounded().return_within());
    }

    /// Where the connection is.
    pub(super) const fn phase(&self) -> Phase {
        self.phase
    }

    /// Goes to a phase.
    pub(super) fn enter(&mut self, phase: Phase, now: LocalTime) {
        match phase {
            Phase::Connecting => {
                self.attempts.get_or_insert(EntryAttempts::begin(now));
            }
            Phase::Greeting | Phase::Waiting(_) => {}
            _ => self.attempts = None,
        }
        self.phase = phase;
        self.entered = now;
        self.received(now);
    }

    /// The server has answered the greeting.
    pub(super) const fn answered(&mut self) {
        self.attempts = None;
    }

    /// Whether it is being tried to be let in, and nobody has answered yet.
    pub(super) const fn is_unanswered(&self) -> bool {
        self.attempts.is_some()
    }

    /// The attempt has failed without an answer: whether another is to be made.
    pub(super) fn may_try_again(&mut self, now: LocalTime) -> bool {
        let attempts = self.attempts.as_mut();
        attempts.is_some_and(|attempts| attempts.fail(now))
    }

    /// A message came: the server lives.
    pub(super) const fn received(&mut self, now: LocalTime) {
        self.last_received = now;
        self.probed = false;
    }

    /// Bytes of a message come: the server lives.
    pub(super) const fn receiving(&mut self, now: LocalTime) {
        if matches!(self.phase, Phase::Greeting) || self.phase.is_joined() {
            self.received(now);
        }
    }

    /// The machine slept, and most likely the connection did not survive it: says whether
    /// the server is to be asked, and gives it only [`PROBE_AFTER`] to answer.
    pub(super) fn suspect(&mut self, now: LocalTime) -> bool {
        let is_joined = self.phase.is_joined();
        if is_joined {
            self.last_received = now + PROBE_AFTER - LOST_AFTER;
            self.probed = true;
        }
        is_joined
    }

    /// The connection is gone: says how long to wait before the next attempt. The end of a
    /// connection that the server announced says nothing against it.
    pub(super) fn lose(&mut self, is_announced: bool, now: LocalTime) -> Span {
        if let Phase::Joined(since) = self.phase {
            self.backoff.ended(now - since, is_announced);
        }
        let wait = self.backoff.next_wait();
        self.phase = Phase::Waiting(now + wait);
        wait
    }

    /// The connection is gone for this reason: says how long to wait before the next attempt, which
    /// is as long as the server said, up to [`LONGEST_TOLD`].
    pub(super) fn lose_by(&mut self, why: &Disconnect, now: LocalTime) -> Span {
        let told = why.told_wait().min(LONGEST_TOLD);
        let wait = self.lose(why.is_announced(), now).max(told);
        self.phase = Phase::Waiting(now + wait);
        wait
    }

    /// When something is to be done; [`Lifecycle::due`] says what.
    pub(super) fn next_deadline(&self) -> Option<LocalTime> {
        match self.phase {
            Phase::Resting | Phase::Closed => None,
            Phase::FindingToken => Some(self.entered + FOUND_WITHIN),
            Phase::Waiting(until) | Phase::Leaving(until) => Some(until),
            Phase::Joined(_) if !self.probed => Some(self.last_received + PROBE_AFTER),
            Phase::Connecting | Phase::Joined(_) => Some(self.last_received + LOST_AFTER),
            Phase::Greeting => {
                let welcomed_by = self.entered + WELCOME_WITHIN;
                Some((self.last_received + LOST_AFTER).min(welcomed_by))
            }
        }
    }

    /// What is to be done now, if anything.
    pub(super) fn due(&mut self, now: LocalTime) -> Option<Due> {
        if self.next_deadline()? > now {
            return None;
        }
        match self.phase {
            Phase::FindingToken => Some(Due::TokensOverdue),
            Phase::Waiting(_) => Some(Due::Retry),
            Phase::Leaving(_) => Some(Due::NotClosed),
            Phase::Joined(_) if !self.probed => {
                self.probed = true;
                Some(Due::Probe)
            }
            _ => Some(Due::Silent),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Disconnect, Due, Lifecycle, Phase};
    use crate::app::event::CloseReason;
    use crate::protocol::cadence::Cadence;
    use crate::protocol::denied::Refused;
    use crate::protocol::time::{LocalTime, Span};

    const START: LocalTime = LocalTime(1_000_000);

    #[test]
    fn waits_double_to_a_limit_and_vary_by_less_than_a_third() {
        let mut lifecycle = Lifecycle::new(7, START);
        for expected in [500, 1_000, 2_000, 4_000, 6_000, 6_000, 6_000] {
            let wait = lifecycle.lose(false, START).0 / 1_000;
            assert!(
                (expected * 7 / 10..=expected * 13 / 10).contains(&wait),
                "{wait} for {expected}"
            );
        }
        for _ in 0..2_000 {
            assert!(lifecycle.lose(false, START) <= Span::millis(7_800));
        }
    }

    #[test]
    fn a_server_that_says_when_to_try_again_is_asked_no_sooner() {
        let told = |retry_ms| {
            let refused = Refused::TooManyTries { retry_ms };
            Disconnect::Closed(Some(CloseReason::Known(refused)))
        };
        let mut lifecycle = Lifecycle::new(7, START);
        let wait = lifecycle.lose_by(&told(20_001), START);
        assert_eq!(wait, Span::millis(20_001));
        assert_eq!(lifecycle.next_deadline(), Some(START + wait));
        let forever = lifecycle.lose_by(&told(u32::MAX), START);
        assert_eq!(forever, Span::seconds(300));
        assert!(lifecycle.lose_by(&told(1), START) > Span::seconds(1));
    }

    #[test]
    fn two_clients_do_not_return_in_step() {
        let waits = |seed| {
            let mut lifecycle = Lifecycle::new(seed, START);
            [(); 4].map(|()| lifecycle.lose(false, START))
        };
        assert_ne!(waits(1), waits(2));
        assert_eq!(waits(3), waits(3));
    }

    #[test]
    fn only_a_connection_that_held_ends_the_doubling() {
        let mut lifecycle = Lifecycle::new(7, START);
        for _ in 0..6 {
            lifecycle.lose(false, START);
        }
        lifecycle.enter(Phase::Joined(START), START);
        assert!(lifecycle.lose(false, START + Span::seconds(9)) > Span::seconds(4));
        lifecycle.enter(Phase::Joined(START), START);
        assert!(lifecycle.lose(false, START + Span::seconds(10)) < Span::seconds(1));
    }

    #[test]
    fn a_server_that_announces_its_end_is_asked_again_soon_however_short_the_connection_was() {
        let mut lifecycle = Lifecycle::new(7, START);
        for _ in 0..6 {
            lifecycle.lose(false, START);
        }
        lifecycle.enter(Phase::Joined(START), START);
        assert!(lifecycle.lose(true, START + Span::seconds(1)) < Span::seconds(1));
        assert!(
            lifecycle.lose(true, START + Span::seconds(2)) > Span::millis(699),
            "only once: the server refuses everybody until its end"
        );
    }

    #[test]
    fn clients_of_a_large_server_come_back_over_the_time_it_told_whether_it_said_goodbye_or_not() {
        for is_announced in [false, true] {
            let mut within = [0; 11];
            for seed in 0..1_000 {
                let mut lifecycle = Lifecycle::new(seed, START);
                lifecycle.enter(Phase::Joined(START), START);
                lifecycle.keep(Cadence {
                    return_ms: 10_000,
                    ..Cadence::default()
                });
                let wait = lifecycle.lose(is_announced, START + Span::seconds(60));
                within[usize::try_from(wait.0 / 1_000_000).unwrap()] += 1;
            }
            let most = within.iter().max().unwrap();
            assert!(
                *most < 200 && within[..10].iter().all(|it| *it > 30),
                "{within:?}"
            );
        }
    }

    #[test]
    fn a_hostile_server_keeps_nobody_away_for_long() {
        let mut lifecycle = Lifecycle::new(7, START);
        lifecycle.keep(Cadence {
            return_ms: u32::MAX,
            ..Cadence::default()
        });
        for _ in 0..1_000 {
            assert!(lifecycle.lose(true, START) <= Span::millis(34_200));
        }
    }

    #[test]
    fn a_silent_server_is_asked_once_and_then_given_up() {
        let mut lifecycle = Lifecycle::new(7, START);
        lifecycle.enter(Phase::Joined(START), START);
        assert_eq!(lifecycle.due(START + Span::seconds(3)), None);
        assert_eq!(lifecycle.due(START + Span::seconds(4)), Some(Due::Probe));
        assert_eq!(lifecycle.due(START + Span::seconds(5)), None);
        assert_eq!(lifecycle.next_deadline(), Some(START + Span::seconds(10)));
        lifecycle.received(START + Span::seconds(9));
        assert_eq!(lifecycle.next_deadline(), Some(START + Span::seconds(13)));
        assert_eq!(lifecycle.due(START + Span::seconds(13)), Some(Due::Probe));
        assert_eq!(lifecycle.due(START + Span::seconds(19)), Some(Due::Silent));
    }

    #[test]
    fn after_sleep_the_server_must_answer_sooner() {
        let mut lifecycle = Lifecycle::new(7, START);
        assert!(!lifecycle.suspect(START));
        lifecycle.enter(Phase::Joined(START), START);
        assert!(lifecycle.suspect(START + Span::seconds(1)));
        assert_eq!(lifecycle.due(START + Span::seconds(5)), Some(Due::Silent));
        lifecycle.received(START + Span::seconds(2));
        assert_eq!(lifecycle.due(START + Span::seconds(5)), None);
    }

    #[test]
    fn a_welcome_that_comes_slowly_is_waited_for_but_not_for_ever() {
        let mut lifecycle = Lifecycle::new(7, START);
        lifecycle.enter(Phase::Greeting, START);
        let mut second = 0;
        while lifecycle.due(START + Span::seconds(second)).is_none() {
            lifecycle.receiving(START + Span::seconds(second));
            second += 5;
        }
        assert_eq!(second, 120);
        lifecycle.enter(Phase::Greeting, START);
        assert_eq!(lifecycle.next_deadline(), Some(START + Span::seconds(10)));
    }

    #[test]
    fn bytes_are_a_sign_of_life_in_a_room_and_before_it_and_nowhere_else() {
        let mut lifecycle = Lifecycle::new(7, START);
        let later = START + Span::seconds(9);
        lifecycle.enter(Phase::Joined(START), START);
        assert_eq!(lifecycle.due(START + Span::seconds(4)), Some(Due::Probe));
        lifecycle.receiving(later);
        assert_eq!(lifecycle.next_deadline(), Some(later + Span::seconds(4)));
        lifecycle.enter(Phase::Connecting, START);
        lifecycle.receiving(later);
        assert_eq!(lifecycle.next_deadline(), Some(START + Span::seconds(10)));
    }

    #[test]
    fn an_attempt_without_an_answer_is_given_up() {
        let mut lifecycle = Lifecycle::new(7, START);
        assert_eq!(lifecycle.next_deadline(), None);
        lifecycle.enter(Phase::Connecting, START);
        assert_eq!(lifecycle.due(START + Span::seconds(10)), Some(Due::Silent));
        let wait = lifecycle.lose(false, START);
        assert_eq!(lifecycle.due(START + wait), Some(Due::Retry));
    }
}
