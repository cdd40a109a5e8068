//! Carries out what lines ask of the client itself.

use super::App;
use super::checks::ChecksOutput;
use super::command::{AskedLater, ClientCommand, Setting, Show, Slash};
use super::connection::ConnectionInput;
use super::effect::Effect;
use super::lines::{CommandSource, LinesInput};
use super::output::{Notice, Why};
use super::playback::{OwnRequest, PlaybackInput};
use super::preferences::OwnChoice;
use super::screen::ScreenInput;
use super::session::{RoomQuestion, SessionInput};
use super::video::VideoInput;
use crate::app::written_room::WrittenRoom;
use crate::doctor::Finding;
use crate::media::subtitles::SubtitleLink;
use crate::protocol::command::{Action, Command, PermissionRequest};
use crate::texts::language::Language;

impl App {
    /// The programs that YouTube needs were looked at.
    pub(super) fn on_programs(&mut self, findings: Vec<Finding>) {
        let outputs = self.checks.found(findings);
        self.carry_out_checks(outputs);
    }

    /// Carries out what the checks of this computer want.
    pub(super) fn carry_out_checks(&mut self, outputs: impl IntoIterator<Item = ChecksOutput>) {
        for output in outputs {
            match output {
                ChecksOutput::Look if self.attendance.has_player() => {
                    self.effects.push(Effect::LookAtPrograms);
                }
                ChecksOutput::Look => {}
                ChecksOutput::Tell(notice) => self.notice(*notice),
            }
        }
    }

    /// Carries out what a line asks of the client itself, and answers the line.
    pub(super) fn local(&mut self, line: u64, local: ClientCommand) {
        match local {
            ClientCommand::Retry => self.retry(line),
            ClientCommand::Join(room) => self.join(line, room),
            ClientCommand::MakePrivate => self.on_screen(ScreenInput::AskNewPassword { line }),
            ClientCommand::Invite(request) => self.make_invite_link(line, request),
            ClientCommand::Playlist(list) => self.queue_playlist(line, list),
            ClientCommand::Chapter(target) => self.go_to_chapter(line, &target),
            ClientCommand::Save(name) => self.save_list(line, name),
            ClientCommand::KeepList(name, kept) => {
                self.effects.push(Effect::KeepList { line, name, kept });
            }
            ClientCommand::Load(name) => self.load_list(line, name),
            ClientCommand::Who => self.ask(line, RoomQuestion::Members),
            ClientCommand::Bans => self.ask(line, RoomQuestion::Bans),
            ClientCommand::Erase(whose) => self.ask(line, RoomQuestion::ChatLine(whose)),
            ClientCommand::Report(typed) => self.ask(line, RoomQuestion::Report(typed)),
            ClientCommand::StartAt(time) => self.start_at(line, time),
            ClientCommand::Ask(asked) => self.ask_later(line, asked),
            ClientCommand::Restrictions => self.ask(line, RoomQuestion::Restrictions),
            ClientCommand::Help(about) => {
                let about = about.and_then(Slash::named);
                let notice = about.map_or(Notice::Help, |slash| Notice::CommandHelp(slash.name()));
                self.notice(notice);
                self.done(line, Ok(()));
            }
            ClientCommand::Quit => self.on_screen(ScreenInput::Quit { line }),
            ClientCommand::Own(order) => self.own(line, OwnRequest::Order(order)),
            ClientCommand::Track(kind, wanted) => self.own(line, OwnRequest::Track(kind, wanted)),
            ClientCommand::Tell(setting) => self.tell(line, setting),
            ClientCommand::Nudge(offset) => self.own(line, OwnRequest::Nudge(offset)),
            ClientCommand::OfferSubtitles(file) => self.offer_subtitles(line, file),
            ClientCommand::AcceptSubtitles => self.own(line, OwnRequest::AcceptSubtitles),
            ClientCommand::Quality(quality) => self.own(line, OwnRequest::Quality(quality)),
            ClientCommand::Show(show) => self.on_screen(ScreenInput::Show { line, show }),
            ClientCommand::ReactEmote(name) => self.react_by_emote(line, &name),
            ClientCommand::React(key) => self.react(line, key),
            ClientCommand::Reactions(chosen) => self.choose_reaction(line, chosen),
            ClientCommand::Prefer(command) => {
                self.on_screen(ScreenInput::Prefer { line, command });
            }
            ClientCommand::TrustLinks(trusted) => self.trust(line, trusted),
            ClientCommand::Away => self.away(line),
            ClientCommand::Language(language) => self.speak(line, language),
            ClientCommand::Theme(theme) => self.on_screen(ScreenInput::Theme { line, theme }),
            ClientCommand::Osd(level) => self.choose_osd(line, level),
        }
    }

    /// Says how something is set now.
    fn tell(&mut self, line: u64, setting: Setting) {
        match setting {
            Setting::Volume => self.own(line, OwnRequest::TellVolume),
            Setting::Quality => self.own(line, OwnRequest::TellQuality),
            Setting::SubtitleDelay => self.own(line, OwnRequest::TellSubtitleDelay),
            Setting::Chapters => self.list_chapters(line),
            Setting::Theme => self.on_screen(ScreenInput::TellTheme { line }),
            Setting::Rate => self.ask(line, RoomQuestion::Rate),
            Setting::Wait => self.ask(line, RoomQuestion::Wait),
            Setting::Language => {
                self.notice(Notice::LanguageChanged(self.language));
                self.done(line, Ok(()));
            }
        }
    }

    /// Asks the admins for what depends on the room or the clock.
    fn ask_later(&mut self, line: u64, asked: AskedLater) {
        let command = match asked {
            AskedLater::StartAt(time) => Ok(self.start_command(time)),
            AskedLater::Chapter(target) => self.chapter_seek(&target),
        };
        let request = command.map(|command| PermissionRequest::of(&command));
        match request {
            Ok(Some(request)) => self.command(Command::Ask { request }, CommandSource::Line(line)),
            Ok(None) => {}
            Err(why) => self.done(line, Err(why)),
        }
    }

    /// Asks something of the own player.
    fn own(&mut self, line: u64, request: OwnRequest) {
        self.on_playback(PlaybackInput::Own { line, request });
    }

    /// Offers subtitles to everybody. Where a player runs, it shows them first: a dead link takes
    /// the place of no good offer.
    fn offer_subtitles(&mut self, line: u64, file: SubtitleLink) {
        let may = self.view().may(Action::OfferSubtitles);
        if may && self.connection.is_joined() && self.video.is_some() {
            self.own(line, OwnRequest::OfferSubtitles(file));
        } else {
            let command = Command::OfferSubtitles { link: file };
            self.command(command, CommandSource::Line(line));
        }
    }

    /// Connects at once if it waits, and tries again what the player has trouble with.
    fn retry(&mut self, line: u64) {
        let reconnects = self.connection.is_waiting();
        self.on_connection(ConnectionInput::Retry);
        self.on_playback(PlaybackInput::Retry { line, reconnects });
    }

    /// Enters another room. Until that lets us in, this one is not given up: the media plays on,
    /// and the client does not leave.
    fn join(&mut self, line: u64, room: WrittenRoom) {
        self.on_lines(LinesInput::Joining(line));
        self.on_connection(ConnectionInput::Join(room));
    }

    /// Asks the room as it is known.
    fn ask(&mut self, line: u64, question: RoomQuestion) {
        let is_current = self.connection.is_joined();
        self.on_session(SessionInput::Asked {
            line,
            question,
            is_current,
        });
    }

    /// Reports in lines what a screen would have shown, as far as that can be.
    pub(super) fn print(&mut self, line: u64, show: Show) {
        match show {
            Show::Queue => self.ask(line, RoomQuestion::Queue),
            Show::Members => self.ask(line, RoomQuestion::Members),
            Show::Why => {
                self.on_playback(PlaybackInput::RepeatDecisions);
                self.done(line, Ok(()));
            }
            Show::Gallery | Show::Copy | Show::Find => self.done(line, Err(Why::NoScreen)),
        }
    }

    /// Words everything in another language from now on. The answer is in that language already.
    fn speak(&mut self, line: u64, language: Language) {
        self.language = language;
        self.effects.push(Effect::Language(language));
        self.effects
            .push(Effect::Keep(OwnChoice::Language(language)));
        self.on_video(VideoInput::Reworded);
        self.on_playback(PlaybackInput::LanguageChanged);
        self.notice(Notice::LanguageChanged(language));
        self.done(line, Ok(()));
    }

    /// Opens the room's links into the member's own network from now on, or no longer.
    fn trust(&mut self, line: u64, trusted: bool) {
        if self.room().is_none() {
            return self.done(line, Err(Why::NotConnected { pausing: false }));
        }
        self.on_playback(PlaybackInput::Trust(trusted));
        self.done(line, Ok(()));
    }

    /// Says that the member is away, or back.
    fn away(&mut self, line: u64) {
        self.on_playback(PlaybackInput::ToggleAway);
        self.on_screen(ScreenInput::Away(self.playback.is_away()));
        self.done(line, Ok(()));
    }
}
