//! Hands what happened to the machine of what stands over the picture, and carries its outputs out.

use super::App;
use super::effect::Effect;
use super::lines::{CommandSource, LinesInput};
use super::preferences::OwnChoice;
use super::screen::{Screen, ScreenInput};
use super::video::{OsdLevel, SyncLine, VideoInput, VideoOutput, VideoView};

impl App {
    /// Hands an input to the video, and carries out what follows. A client without a player has no
    /// video: the input is dropped there.
    pub(super) fn on_video(&mut self, input: VideoInput<'_>) {
        let Some(mut video) = self.video.take() else {
            return;
        };
        let outputs = video.handle(input, &self.video_view());
        self.video = Some(video);
        for output in outputs {
            self.carry_out_video(output);
        }
    }

    /// A line chooses how much is shown over the picture, or asks how much is.
    pub(super) fn choose_osd(&mut self, line: u64, level: Option<OsdLevel>) {
        if self.video.is_none() {
            self.done(line, Err(super::output::Why::NoPlayer));
            return;
        }
        self.on_video(VideoInput::Level { line, level });
    }

    fn carry_out_video(&mut self, output: VideoOutput) {
        match output {
            VideoOutput::Order(order) => self.effects.push(Effect::Window(order)),
            VideoOutput::Command(command) => self.command(command, CommandSource::OverPicture),
            VideoOutput::Line { text, parsed } => {
                self.on_lines(LinesInput::OverPicture { text, parsed });
            }
            VideoOutput::KeepText(text) => self.on_screen(ScreenInput::KeepText(&text)),
            VideoOutput::GiveBack(text) => {
                self.on_screen(ScreenInput::KeepText(&text));
                self.on_screen(ScreenInput::Draft(&text));
            }
            VideoOutput::Pressed(request, press) => {
                self.asking.note(request, press, self.now.local);
            }
            VideoOutput::Notice(notice) => self.notice(notice),
            VideoOutput::Keep(level) => self.effects.push(Effect::Keep(OwnChoice::Osd(level))),
            VideoOutput::AskSyncState => {
                let paused = self.room().is_some_and(|room| room.timeline.segment.paused);
                let state = SyncLine {
                    status: self.sync_status(),
                    player: self.player_view(),
                    paused,
                };
                self.on_video(VideoInput::SyncState(state));
            }
            VideoOutput::Done(line) => self.done(line, Ok(())),
        }
    }

    /// What stands over the picture.
    #[cfg(test)]
    pub(super) fn scene(&self) -> super::video::Scene {
        let video = self.video.as_ref().expect("a player");
        video.scene(&self.video_view())
    }

    /// What the video may read.
    pub(super) fn video_view(&self) -> VideoView<'_> {
        VideoView {
            now: self.now.local,
            room: self.room(),
            me: self.me(),
            room_id: self.room_id(),
            is_joined: self.connection.is_joined(),
            counting: self.counting(),
            asking: &self.asking,
            lobby: self.lobby_over_picture(),
            awaited: self.awaited(),
            reactions: &self.reactions,
            appearance: self.screen().map(Screen::appearance),
        }
    }
}
