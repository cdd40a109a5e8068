//! Staying in step: pure machines that turn what a clock and a player report into orders. A client
//! drives one [`follow::Follower`]: inputs and `now` in, orders out, and when to ask it again.
//!
//! **Clock.** A timeline is a function of room time, so each client estimates the offset of room
//! time from its own clock, by exchanges of four timestamps: [`pinging::BURST`] of them on
//! connecting, then as often as the server says within [`Cadence::bounded`]. Each exchange bounds the offset from both
//! sides. The bounds of the last [`clock::WINDOW`] leave a corridor that may slope by
//! [`corridor::MOST_SKEW`]; its middle is the estimate. A change below [`clock::STEP`] is slewed
//! by [`clock::SLEW`], a larger one steps.
//!
//! **Scheduled moves.** The room names a start that lies ahead, and says how the media moves until
//! then. A standing player is started [`follow::start::StartLead`] before the timeline passes where
//! it stands, which is learned from the first reading after each start. A new rate is ordered
//! [`drift::DELAY`] early, since it takes that long to be heard.
//!
//! **Measuring.** A running player is read by its audio clock ([`player::Basis::Audio`]), a
//! standing one by its picture. The error is player minus timeline at the local time of the
//! reading; within [`follow::start::UNEVEN`] of a start, a seek or a stall no reading is steered
//! by.
//!
//! **Drift.** Speed works an error off in about [`drift::GAIN`] seconds, on top of the learned skew
//! of the player's clock. It is bent by at most [`drift::FINE_CAP`] up to [`drift::FINE_LIMIT`] of error,
//! [`drift::AUDIBLE_CAP`] up to [`drift::SEEK_ERROR`], [`drift::WIDE_CAP`] beyond. What was ordered
//! and is not audible yet counts as done, so that the return does not overshoot. Nobody corrects in
//! the last [`follow::steer::LAST`] of the media.
//!
//! **Seeking.** All seeks stand in [`follow::seeks`], each with its [`follow::SyncCause`]. Unasked,
//! a player seeks beyond [`drift::SEEK_ERROR`] of error if the target is cached, and beyond
//! [`follow::FollowConfig::seek_threshold`] if it has to be fetched. A seek is aimed ahead by what
//! seeks were measured to cost ([`seeking::FIRST_COST`] at first). Between two unasked ones lie
//! [`seeking::FIRST_REST`], which doubles up to [`seeking::LONGEST_REST`]. Where seeks come out farther
//! ahead than the player is behind, speed works that off, unless it [`drift::is_beyond_speed`]. A
//! player that comes out ahead stands until the room arrives, for at most
//! [`follow::landing::LONGEST_STAND`].
//!
//! **Intent.** A report that answers no order of the last [`echo::ANSWER_LIMIT`] is the member's
//! own action: the app asks the room or has it undone, and for [`follow::unanswered::ANSWER_LIMIT`]
//! the player is left alone. A seek that the player may have made by itself is no action
//! ([`follow::unordered_seeks`]), nor is a position that jumps ([`follow::time_jumps`]).
//!
//! **Waiting.** A player without data for [`follow::stall::REPORT_AFTER`], or in a seek for
//! [`follow::stall::SEEK_WAITS`], is reported; the room decides whether it waits. A player that came
//! out less than [`follow::catching_up::MOST`] behind the waiting room plays up to it; one that
//! stands less than [`follow::reconcile::WAITS_AHEAD`] ahead of it stays there.
//!
//! **Ends.** Data that ends [`follow::media_retry::EARLY`] before the media does broke off and is
//! asked for again; if it ends there twice, within [`follow::media_retry::SAME_END`], the copy is
//! shorter and its end is reported. Media that shows no picture within its
//! [`follow::loaded_media::LOAD_LIMIT`] is given up.
#![expect(
    rustdoc::private_intra_doc_links,
    reason = "the essay names the constants by which it can be checked"
)]

#[cfg(doc)]
use crate::protocol::cadence::Cadence;

mod apart;
mod clock;
mod corridor;
mod drift;
mod echo;
pub mod follow;
mod pinging;
pub mod player;
mod seeking;
#[cfg(test)]
mod testbed;

pub use apart::apart;
pub use clock::PongTimes;
