//! Hands each event to the machines that it is for.

use super::App;
use super::command::{self, ClientCommand, ParsedLine};
use super::connection::{ConnectionInput, ReceivedMessage};
use super::event::{Event, RoomsFault};
use super::lines::LinesInput;
use super::output::{Notice, OwnFileProblem, Why};
use super::own_settings::{ChangedSettings, SettingsFault};
use super::playback::PlaybackInput;
use super::screen::ScreenInput;
use super::video::VideoInput;
use crate::protocol::time::LocalTime;
use crate::sync::player::PlayerEvent;
use crate::wire::message::ServerMsg;
use crate::wire::pages::RoomCard;

impl App {
    /// Hands out an event.
    pub(super) fn on_event(&mut self, event: Event) {
        match event {
            Event::TokenFound(found) => {
                let trusted = found.as_ref().is_some_and(|found| found.trusts_links);
                let created = found.as_ref().and_then(|found| found.created);
                self.on_playback(PlaybackInput::TrustFound { trusted, created });
                self.on_connection(ConnectionInput::TokensFound(found));
            }
            Event::Line(text) => self.on_typed_line(&text),
            Event::InviteToken(token) => self.on_invite_token(token),
            Event::InputEnded => self.on_lines(LinesInput::Ended),
            Event::Interrupted => self.on_connection(ConnectionInput::Leave),
            Event::Connected => {
                let remembered = self.session.remembered();
                self.on_connection(ConnectionInput::Opened(remembered));
            }
            Event::Message { message, at } => self.on_message(message, at),
            Event::Receiving => self.on_connection(ConnectionInput::Receiving),
            Event::Disconnected(why) => {
                let ended_by = self.session.ended_by();
                self.on_connection(ConnectionInput::Disconnected(why, ended_by));
            }
            Event::Player(event) => self.on_player(event),
            Event::SoundOffset { device, offset } => {
                self.on_playback(PlaybackInput::OffsetFound { device, offset });
            }
            Event::Key(press) => self.on_screen(ScreenInput::Key(press)),
            Event::Pointer(event) => self.on_screen(ScreenInput::Pointer(event)),
            Event::Paste(text) => self.on_screen(ScreenInput::Paste(&text)),
            Event::Background(background) => self.on_screen(ScreenInput::Background(background)),
            Event::Resize(columns, rows) => self.on_screen(ScreenInput::Resize(columns, rows)),
            Event::Described { entry, known } => self.on_described(entry, known),
            Event::Playlist { line, room, answer } => self.on_playlist(line, &room, answer),
            Event::OwnFile(problem) => self.notice(Notice::OwnFile(problem)),
            Event::Programs(findings) => self.on_programs(findings),
            Event::Settings(news) => self.on_settings(news),
            Event::PlaylistRefused { line } => self.done(line, Err(Why::PlaylistsWait)),
            Event::ListSaved { line, answer } => self.on_list_saved(line, answer),
            Event::SavedList { line, room, answer } => self.on_saved_list(line, &room, answer),
            Event::ListKept {
                line,
                name,
                kept,
                answer,
            } => self.on_list_kept(line, (name, kept), answer),
            Event::SavedLists { line, names } => self.on_saved_lists(line, names),
            Event::Rooms { server, answer } => {
                self.on_rooms(&server, answer);
            }
            Event::OwnRooms { server, rooms } => {
                let server = &server;
                self.on_screen(ScreenInput::OwnRooms { server, rooms });
            }
            Event::RoomsFeed { server, news } => {
                let server = &server;
                self.on_screen(ScreenInput::RoomsFeed { server, news });
            }
            Event::Deadline => self.deadline(),
        }
    }

    /// The live rooms of a server are known, or cannot be had.
    fn on_rooms(&mut self, server: &str, answer: Result<Vec<RoomCard>, RoomsFault>) {
        if let Ok(rooms) = &answer {
            self.on_rooms_nearby(server, rooms);
        }
        self.on_screen(ScreenInput::Rooms { server, answer });
    }

    /// A message of the server, which was read off the socket at `at`.
    fn on_message(&mut self, message: Box<ServerMsg>, at: LocalTime) {
        let ended_by = self.session.ended_by();
        let received = ReceivedMessage {
            message,
            at,
            ended_by,
        };
        self.on_connection(ConnectionInput::Message(received));
    }

    /// The configuration file was changed. One that is of no use leaves everything as it was.
    fn on_settings(&mut self, news: Result<Box<ChangedSettings>, SettingsFault>) {
        match news {
            Ok(mut changed) => {
                if let Some(reactions) = changed.reactions.take() {
                    self.reactions = reactions;
                }
                self.on_screen(ScreenInput::Settings(changed));
            }
            Err(fault) => {
                let why = fault.words(self.language).to_owned();
                self.notice(Notice::OwnFile(OwnFileProblem::Settings(why)));
            }
        }
    }

    /// The player reports something. Chapters are kept for `/chapter` alone.
    fn on_player(&mut self, event: PlayerEvent) {
        if let PlayerEvent::Chapters { epoch, chapters } = event {
            self.chapters.keep(epoch, chapters);
            return;
        }
        self.on_video(VideoInput::Player(&event));
        self.on_playback(PlaybackInput::Player(event));
    }

    /// Reads a line of input. Without a screen the line behind `/private` is the password,
    /// whenever the turn of `/private` comes: it must never be taken for a message.
    fn on_typed_line(&mut self, text: &str) {
        let parsed = if std::mem::take(&mut self.password_follows) {
            command::parse_password(text)
        } else {
            command::parse(text)
        };
        let makes_private = Ok(ParsedLine::Client(ClientCommand::MakePrivate));
        self.password_follows = self.screen.is_none() && parsed == makes_private;
        let parsed = self.unless_unready(parsed);
        self.on_lines(LinesInput::Line(parsed));
    }

    fn deadline(&mut self) {
        self.on_lines(LinesInput::Deadline);
        if !self.is_closed() {
            self.on_connection(ConnectionInput::Deadline);
        }
        if !self.is_closed() {
            self.on_playback(PlaybackInput::Deadline);
        }
    }
}
