//! How much the machine of the own player holds, beside what bounds it.

use super::Playback;
use crate::test_support::length::Length;

/// How much its collections hold.
pub(in crate::app) fn of(playback: &Playback) -> Vec<Length> {
    let mut lengths = playback.follower.lengths();
    lengths.push(playback.decisions.length());
    lengths.push(playback.parts.length());
    lengths
}
