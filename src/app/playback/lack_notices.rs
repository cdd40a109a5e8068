//! What the own player lacks is told once in each room: when there is a room to tell it in, and as
//! soon as it is known whether there is sound, unless nothing plays that could have any.

use super::Playback;
use super::handling::Handling;
use crate::app::output::{FoundLack, Notice, PlayerView};
use crate::sync::player::Lack;

/// What was told of it.
#[derive(Debug)]
pub(super) struct LackNotices {
    /// Whether this is a terminal of another computer.
    over_ssh: bool,
    told: Option<Lack>,
}

impl LackNotices {
    /// Nothing was told yet.
    pub(super) const fn new(over_ssh: bool) -> Self {
        Self {
            over_ssh,
            told: None,
        }
    }

    /// The member left the room: in the next one it is told anew.
    pub(super) const fn forget(&mut self) {
        self.told = None;
    }

    /// What there is to tell of what the player lacks while it does this.
    pub(super) fn take(&mut self, lacks: Option<Lack>, player: &PlayerView) -> Option<Notice> {
        let lack = lacks.filter(|_| is_known(player))?;
        let all = lack.besides(self.told);
        (self.told.replace(all) != Some(all)).then_some(Notice::PlayerLacks(FoundLack {
            lack: all,
            over_ssh: self.over_ssh,
        }))
    }

    /// Something that it lacked is there now: what there is to tell of that.
    pub(super) fn regained(&mut self, regained: Lack) -> Option<Notice> {
        let told = self.told?;
        self.told = told.without(regained);
        (self.told != Some(told)).then_some(Notice::PlayerRegained(regained))
    }
}

impl Playback {
    /// Tells what the player lacks, once it is known and there is a room.
    pub(super) fn tell_lack(&mut self, step: &mut Handling<'_>) {
        if step.view().room.is_some() {
            let lacks = self.lacks();
            step.notice(self.lacks.take(lacks, &self.player_view()));
        }
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
    use crate::sync::player::Lack;

    fn told(lack: Lack) -> Notice {
        let over_ssh = true;
        Notice::PlayerLacks(FoundLack { lack, over_ssh })
    }

    #[test]
    fn it_is_told_once_in_each_room_and_in_one_sentence() {
        let mut notices = LackNotices::new(true);
        let display = Some(Lack::Display);
        assert_eq!(notices.take(None, &PlayerView::Playing), None);
        assert_eq!(notices.take(display, &PlayerView::Loading), None);
        let both = Some(Lack::Both);
        assert_eq!(
            notices.take(both, &PlayerView::Playing),
            Some(told(Lack::Both))
        );
        assert_eq!(notices.take(both, &PlayerView::Paused), None);
        // Another mpv: its sound is not known yet.
        assert_eq!(notices.take(display, &PlayerView::Playing), None);
        notices.forget();
        let idle = PlayerView::Idle { lacks: display };
        assert_eq!(notices.take(display, &idle), Some(told(Lack::Display)));
        let sound = Some(Lack::Sound);
        assert_eq!(
            notices.take(sound, &PlayerView::Playing),
            Some(told(Lack::Both))
        );
    }

    #[test]
    fn what_is_back_is_told_only_if_it_was_told_as_missing() {
        let mut notices = LackNotices::new(true);
        assert_eq!(notices.regained(Lack::Sound), None);
        notices.take(Some(Lack::Both), &PlayerView::Playing);
        let regained = Some(Notice::PlayerRegained(Lack::Sound));
        assert_eq!(notices.regained(Lack::Sound), regained);
        assert_eq!(notices.regained(Lack::Sound), None);
        let display = Some(Lack::Display);
        assert_eq!(notices.take(display, &PlayerView::Playing), None);
        let both = Some(Lack::Both);
        assert_eq!(
            notices.take(both, &PlayerView::Playing),
            Some(told(Lack::Both))
        );
    }
}
