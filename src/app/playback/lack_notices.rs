//! What the own player lacks is told once in each room and in one sentence: when there is a room to
//! tell it in, and once it is known whether there is sound, unless nothing plays that could have any.

use crate::app::output::{FoundLack, Notice, PlayerView};
use crate::protocol::time::{LocalTime, Span};
use crate::sync::player::Lack;

/// How long after the media began it may take until a missing sound device is reported (judgement:
/// mpv tries several drivers, for about a second).
const SOUND_KNOWN_AFTER: Span = Span::seconds(4);

/// How long nothing plays until a missing display is told by itself (judgement: who comes to a film
/// that begins right away reads all of it at once).
const IDLE_AFTER: Span = Span::seconds(10);

/// What was told of it.
#[derive(Debug)]
pub(super) struct LackNotices {
    /// Whether this is a terminal of another computer.
    over_ssh: bool,
    told: Option<Lack>,
    /// Since when there is something to tell, and whether anything plays.
    since: Option<(LocalTime, bool)>,
}

impl LackNotices {
    /// Nothing was told yet.
    pub(super) const fn new(over_ssh: bool) -> Self {
        Self {
            over_ssh,
            told: None,
            since: None,
        }
    }

    /// The member left the room: in the next one it is told anew.
    pub(super) const fn forget(&mut self) {
        self.told = None;
        self.since = None;
    }

    /// What there is to tell of what the player lacks while it does this.
    pub(super) fn take(
        &mut self,
        lacks: Option<Lack>,
        player: &PlayerView,
        now: LocalTime,
    ) -> Option<Notice> {
        let plays = !matches!(player, PlayerView::Idle { .. });
        let Some(all) = self.untold(lacks).filter(|_| is_known(player)) else {
            self.since = None;
            return None;
        };
        if self.since.is_none_or(|(_, played)| played != plays) {
            self.since = Some((now, plays));
        }
        if all == Lack::Display && self.next_deadline().is_some_and(|due| now < due) {
            return None;
        }
        self.since = None;
        (self.told.replace(all) != Some(all)).then_some(Notice::PlayerLacks(FoundLack {
            lack: all,
            over_ssh: self.over_ssh,
        }))
    }

    /// When a missing display is told though nothing was heard of the sound.
    pub(super) fn next_deadline(&self) -> Option<LocalTime> {
        let (since, plays) = self.since?;
        Some(since + if plays { SOUND_KNOWN_AFTER } else { IDLE_AFTER })
    }

    /// All that is lacking, if not all of it was told.
    fn untold(&self, lacks: Option<Lack>) -> Option<Lack> {
        let all = lacks?.besides(self.told);
        (self.told != Some(all)).then_some(all)
    }

    /// Something that it lacked is there now: what there is to tell of that.
    pub(super) fn regained(&mut self, regained: Lack) -> Option<Notice> {
        let told = self.told?;
        self.told = told.without(regained);
        (self.told != Some(told)).then_some(Notice::PlayerRegained(regained))
    }
}

/// Whether all is known that can be: what sound there is shows only when something plays.
const fn is_known(player: &PlayerView) -> bool {
    matches!(
        player,
        PlayerView::Idle { .. }
            | PlayerView::Playing
            | PlayerView::Paused
            | PlayerView::Buffering
            | PlayerView::ReadingOn(_)
    )
}

#[cfg(test)]
mod tests {
    use super::LackNotices;
    use crate::app::output::{FoundLack, Notice, PlayerView};
    use crate::protocol::time::{LocalTime, Span};
    use crate::sync::player::Lack;

    fn told(lack: Lack) -> Notice {
        let over_ssh = true;
        Notice::PlayerLacks(FoundLack { lack, over_ssh })
    }

    const BOTH: Option<Lack> = Some(Lack::Both);
    const DISPLAY: Option<Lack> = Some(Lack::Display);
    const IDLE: PlayerView = PlayerView::Idle { lacks: DISPLAY };

    fn at(seconds: i64) -> LocalTime {
        LocalTime(0) + Span::seconds(seconds)
    }

    #[test]
    fn it_is_told_once_in_each_room_and_in_one_sentence() {
        let mut notices = LackNotices::new(true);
        let playing = &PlayerView::Playing;
        assert_eq!(notices.take(None, playing, at(0)), None);
        assert_eq!(notices.take(DISPLAY, &PlayerView::Loading, at(0)), None);
        // The sound is found missing a second later.
        assert_eq!(notices.take(DISPLAY, playing, at(0)), None);
        assert_eq!(notices.next_deadline(), Some(at(4)));
        let both = Some(told(Lack::Both));
        assert_eq!(notices.take(BOTH, playing, at(1)), both);
        assert_eq!(notices.next_deadline(), None);
        assert_eq!(notices.take(BOTH, &PlayerView::Paused, at(2)), None);
        // Another mpv: its sound is not known yet.
        assert_eq!(notices.take(DISPLAY, playing, at(9)), None);
        assert_eq!(notices.next_deadline(), None);
    }

    #[test]
    fn where_there_is_sound_or_nothing_plays_the_display_alone_is_told() {
        let display = Some(told(Lack::Display));
        let mut notices = LackNotices::new(true);
        let playing = &PlayerView::Playing;
        assert_eq!(notices.take(DISPLAY, playing, at(0)), None);
        assert_eq!(notices.take(DISPLAY, playing, at(4)), display);
        notices.forget();
        assert_eq!(notices.take(DISPLAY, &IDLE, at(0)), None);
        assert_eq!(notices.take(DISPLAY, &IDLE, at(9)), None);
        assert_eq!(notices.take(DISPLAY, &IDLE, at(10)), display);
        let sound = Some(Lack::Sound);
        let both = Some(told(Lack::Both));
        assert_eq!(notices.take(sound, playing, at(60)), both);
    }

    #[test]
    fn what_is_back_is_told_only_if_it_was_told_as_missing() {
        let mut notices = LackNotices::new(true);
        assert_eq!(notices.regained(Lack::Sound), None);
        notices.take(BOTH, &PlayerView::Playing, at(0));
        let regained = Some(Notice::PlayerRegained(Lack::Sound));
        assert_eq!(notices.regained(Lack::Sound), regained);
        assert_eq!(notices.regained(Lack::Sound), None);
        assert_eq!(notices.take(DISPLAY, &PlayerView::Playing, at(1)), None);
        let both = Some(told(Lack::Both));
        assert_eq!(notices.take(BOTH, &PlayerView::Playing, at(2)), both);
    }
}
