//! Hands what happened to the machines of the app, and carries the outputs of one to the others,
//! in their order.

use super::App;
use super::asking::Asking;
use super::connection::{ConnectionInput, ConnectionOutput, Phase};
use super::effect::Effect;
use super::lines::{Access, CommandSource, LinesInput, LinesOutput, LinesView};
use super::output::{Notice, Output, Why};
use super::playback::{PlaybackInput, PlaybackOutput};
use super::screen::{ScreenInput, Want, wants_without_screen};
use super::session::{SessionInput, SessionOutput};
use super::video::VideoInput;
use super::view::playback_view;
use super::way_in::WayIn;
use crate::protocol::command::Command;
use crate::sync::player::PlayerCommand;
use crate::wire::message::ClientMsg;

impl App {
    /// Hands an input to the connection, and carries out what follows.
    pub(super) fn on_connection(&mut self, input: ConnectionInput) {
        for output in self.connection.handle(input, self.now.local) {
            self.carry_out_connection(output);
        }
    }

    /// Hands an input to the room as it is known, and carries out what follows.
    pub(super) fn on_session(&mut self, input: SessionInput<'_>) {
        let outputs = self.session.handle(input, self.now.local);
        self.carry_out_session(outputs);
    }

    /// Hands an input to the lines, and carries out what follows.
    pub(super) fn on_lines(&mut self, input: LinesInput) {
        let view = self.lines_view();
        let outputs = self.lines.handle(input, view, self.now.local);
        self.carry_out_lines(outputs);
    }

    /// Hands an input to the playback, and carries out what follows.
    pub(super) fn on_playback(&mut self, input: PlaybackInput) {
        let view = playback_view(&self.session, &self.connection, self.now.local);
        for output in self.playback.handle(input, &view) {
            self.carry_out_playback(output);
        }
    }

    /// Hands an input to the screen, and carries out what it wants. A client without a screen
    /// wants what [`wants_without_screen`] says.
    pub(super) fn on_screen(&mut self, input: ScreenInput<'_>) {
        self.may_look_different |=
            !matches!(input, ScreenInput::EventHandled | ScreenInput::Output(_));
        let wants = match self.screen.take() {
            Some(mut screen) => {
                let wants = screen.update(input, &self.view());
                self.screen = Some(screen);
                wants
            }
            None => wants_without_screen(input),
        };
        for want in wants {
            self.carry_out_want(want);
        }
    }

    fn carry_out_connection(&mut self, output: ConnectionOutput) {
        match output {
            ConnectionOutput::Effect(effect) => self.effects.push(effect),
            ConnectionOutput::View(view) => self.emit(Output::Connection(view)),
            ConnectionOutput::Notice(notice) => self.notice(notice),
            ConnectionOutput::Welcome { welcome, is_first } => self.enter(welcome, is_first),
            ConnectionOutput::RoomMessage(message, at) => self.on_room_message(*message, at),
            ConnectionOutput::ChosenName(name) => {
                self.on_session(SessionInput::ChosenName(name));
            }
            ConnectionOutput::Play(play) => self.command(play, CommandSource::Start),
            ConnectionOutput::Offline => {
                self.on_playback(PlaybackInput::Disconnected);
            }
            ConnectionOutput::Waiting => self.on_lines(LinesInput::Lost),
            ConnectionOutput::JoinRefused(why) => self.on_lines(LinesInput::JoinRefused(why)),
            ConnectionOutput::SetAside { keeps } => {
                self.on_session(SessionInput::SetAside { keeps });
            }
            ConnectionOutput::Returned => self.on_session(SessionInput::Return),
            ConnectionOutput::EntryRefused { why, exit } => {
                self.on_screen(ScreenInput::EntryRefused { why, exit });
            }
            ConnectionOutput::EntryGivenUp { why, exit } => {
                self.on_screen(ScreenInput::EntryGivenUp { why, exit });
            }
            ConnectionOutput::RoomAbsent => {
                let remembered = self.session.remembered();
                let creation = self.connection.destination().creation(remembered.as_ref());
                let visibility = creation.visibility;
                self.on_screen(ScreenInput::RoomAbsent { visibility });
            }
            ConnectionOutput::Leaving => self.on_session(SessionInput::Leaving),
            ConnectionOutput::Ending => self.on_lines(LinesInput::Leaving),
            ConnectionOutput::Exit(exit) => {
                if self.attendance.has_player() {
                    self.effects.push(Effect::Player(PlayerCommand::Quit));
                }
                self.effects.push(Effect::Exit(exit));
            }
        }
    }

    /// Carries out what follows from a change of the room.
    pub(super) fn carry_out_session(&mut self, outputs: Vec<SessionOutput>) {
        for output in outputs {
            match output {
                SessionOutput::Emit(output) => self.emit(output),
                SessionOutput::Osd(notice) => self.on_video(VideoInput::Show(notice)),
                SessionOutput::AskState => self.send(ClientMsg::State),
                SessionOutput::TimelineChanged { in_own_player } => {
                    let own = in_own_player;
                    self.on_playback(PlaybackInput::TimelineChanged { own });
                }
                SessionOutput::OwnName(name) => {
                    self.on_connection(ConnectionInput::OwnName(name));
                }
                SessionOutput::Connected { same_node } => {
                    self.on_connection(ConnectionInput::Welcomed);
                    self.on_playback(PlaybackInput::Connected { same_node });
                }
                SessionOutput::OtherRoom => self.on_playback(PlaybackInput::LeftRoom),
                SessionOutput::Missed(facts) => {
                    self.on_facts(&facts, true);
                    self.on_session(SessionInput::CaughtUp);
                }
                SessionOutput::Token(kept) => self.on_connection(ConnectionInput::Token(kept)),
                SessionOutput::VisibilityChanged(visibility) => {
                    self.on_connection(ConnectionInput::VisibilityChanged(visibility));
                }
                SessionOutput::OwnEntry(entry) => self.learn_title(entry),
                SessionOutput::InviteCreated(invite) => self.invite_links.created(invite),
                SessionOutput::InviteRevoked(invite) => self.invite_links.revoked(invite),
                SessionOutput::Entered { answered } => {
                    self.on_lines(LinesInput::Entered { answered });
                    self.on_connection(ConnectionInput::Entered);
                }
                SessionOutput::Resumed { answered } => {
                    self.on_lines(LinesInput::Resumed { answered });
                }
                SessionOutput::Joined => {
                    self.asking = Asking::default();
                    self.on_playback(PlaybackInput::Joined);
                }
                SessionOutput::Done(line, answer) => self.done(line, answer),
                SessionOutput::Command(line, command) => {
                    self.command(command, CommandSource::Line(line));
                }
                SessionOutput::Rename(name) => {
                    self.command(Command::Rename { name }, CommandSource::ChosenName);
                }
                SessionOutput::Oversized => self.on_connection(ConnectionInput::Oversized),
            }
        }
    }

    /// Carries out what the playback wants.
    pub(super) fn carry_out_playback(&mut self, output: PlaybackOutput) {
        match output {
            PlaybackOutput::Order(order) => self.effects.push(Effect::Player(order)),
            PlaybackOutput::Send(message) => self.send(message),
            PlaybackOutput::Command(command) => {
                self.command(command, CommandSource::PlayerWindow);
            }
            PlaybackOutput::LineCommand(line, command) => {
                self.command(command, CommandSource::Line(line));
            }
            PlaybackOutput::Done(line, answer) => self.done(line, answer),
            PlaybackOutput::Emit(output) => self.emit(output),
            PlaybackOutput::Osd(notice) => self.on_video(VideoInput::Show(notice)),
            PlaybackOutput::MediaBegins => self.on_video(VideoInput::MediaBegins),
            PlaybackOutput::FindOffset { device } => {
                self.effects.push(Effect::FindSoundOffset { device });
            }
            PlaybackOutput::KeepOffset { device, offset } => {
                self.effects
                    .push(Effect::KeepSoundOffset { device, offset });
            }
            PlaybackOutput::Privacy(privacy) => self.effects.push(Effect::SetPrivacy(privacy)),
            PlaybackOutput::KeepTrust(trusted) => self.effects.push(Effect::KeepTrust {
                server: self.server().to_owned(),
                room: self.room_id().clone(),
                trusted,
            }),
            PlaybackOutput::FillEmptyWindow => {
                let invite = match self.view().way_in() {
                    Some(WayIn::Link(link)) => Some(link),
                    Some(WayIn::OnlyHere(_) | WayIn::Private { .. }) | None => None,
                };
                self.on_video(VideoInput::Show(Notice::NothingOn { invite }));
            }
        }
    }

    /// Carries out what is to be done about lines and commands.
    pub(super) fn carry_out_lines(&mut self, outputs: Vec<LinesOutput>) {
        for output in outputs {
            match output {
                LinesOutput::Send(seq, command) => {
                    for media in command.links() {
                        self.on_playback(PlaybackInput::Brought(media.clone()));
                    }
                    self.send(ClientMsg::Command { seq, command });
                }
                LinesOutput::Ok(line, rev) => {
                    self.hand_out_link(line);
                    self.emit(Output::Ok { line, rev });
                }
                LinesOutput::Denied(line, why) => {
                    self.invite_links.answered(line, false, self.now.local);
                    self.emit(Output::Denied { line, why });
                }
                LinesOutput::GivenBack(text) => self.on_screen(ScreenInput::GivenBack(&text)),
                LinesOutput::Local(line, local) => self.local(line, local),
                LinesOutput::WindowAnswered(answer) => {
                    self.on_playback(PlaybackInput::Answered(answer));
                }
                LinesOutput::PictureKeyRefused(why) => {
                    self.on_video(VideoInput::KeyRefused(why));
                }
                LinesOutput::PictureAnswered(answer) => {
                    self.on_video(VideoInput::LineAnswered(answer));
                }
                LinesOutput::NotPlayed(why) => self.notice(Notice::NotPlayed(why)),
                LinesOutput::NameKept(why) => {
                    let name = self.connection.own_name().current().clone();
                    self.notice(Notice::NameKept { name, why });
                }
                LinesOutput::Leave => self.on_connection(ConnectionInput::Leave),
            }
        }
    }

    fn carry_out_want(&mut self, want: Want) {
        match want {
            Want::Submit(parsed) => {
                let parsed = self.unless_unready(parsed);
                self.on_lines(LinesInput::Line(parsed));
            }
            Want::SubmitTyped { text, parsed } => {
                let parsed = self.unless_unready(parsed);
                self.on_lines(LinesInput::Typed { text, parsed });
            }
            Want::NotePress(request, press) => self.asking.note(request, press, self.now.local),
            Want::Leave => self.on_connection(ConnectionInput::Leave),
            Want::Rest => self.on_connection(ConnectionInput::Rest),
            Want::Start => self.on_connection(ConnectionInput::Start),
            Want::ConnectWithPassword(password) => {
                self.on_connection(ConnectionInput::ConnectWithPassword(password));
            }
            Want::CreateWithKey(key) => self.on_connection(ConnectionInput::CreateWithKey(key)),
            Want::JoinOpen => self.on_connection(ConnectionInput::JoinOpen),
            Want::UseName(name) => self.on_connection(ConnectionInput::UseName(name)),
            Want::GiveUp { why, exit } => {
                self.on_connection(ConnectionInput::GiveUp { why, exit });
            }
            Want::ForgetRoom => self.forget_room(),
            Want::End(exit) => self.on_connection(ConnectionInput::End(exit)),
            Want::Done(line) => self.done(line, Ok(())),
            Want::NeedsScreen(line) | Want::SayNoScreen(line) => {
                self.done(line, Err(Why::NoScreen));
            }
            Want::SayPasswordFollows(line) => {
                self.notice(Notice::PasswordFollows);
                self.done(line, Ok(()));
            }
            Want::Quit(line) => self.on_lines(LinesInput::Quit(line)),
            Want::Print { line, show } => self.print(line, show),
            Want::Keep(chosen) => self.effects.push(Effect::Keep(chosen)),
            Want::Copy(text) => self.effects.push(Effect::Copy(text)),
            Want::OpenLink(address) => self.effects.push(Effect::OpenLink(address)),
            Want::Alert(alert) => self.effects.push(Effect::Alert(alert)),
            Want::NameLists => self.effects.push(Effect::NameLists { line: None }),
            Want::AskRooms { server } => self.effects.push(Effect::AskRooms { server }),
            Want::FindOwnRooms { server, rooms } => {
                self.effects.push(Effect::FindOwnRooms { server, rooms });
            }
            Want::FollowRooms { server } => self.effects.push(Effect::FollowRooms { server }),
            Want::UnfollowRooms => self.effects.push(Effect::UnfollowRooms),
            Want::Redraw => self.effects.push(Effect::Redraw),
            Want::Suspend => self.effects.push(Effect::Suspend),
        }
    }

    /// How far a command reaches now, for the lines.
    pub(super) fn lines_view(&self) -> LinesView {
        let access = match self.connection.phase() {
            Phase::Joined(_) => Access::Open,
            Phase::Leaving(_) | Phase::Closed => Access::Leaving,
            Phase::Waiting(_) if self.connection.is_switching() => Access::Returning,
            Phase::Waiting(_) if self.connection.was_in_a_room() => Access::Away,
            Phase::Connecting | Phase::Greeting if self.connection.was_in_a_room() => {
                Access::Returning
            }
            _ => Access::Awaited,
        };
        let room = self.room();
        LinesView {
            access,
            rev: room.map(|room| room.rev),
            epoch: room.map(|room| room.timeline.epoch).unwrap_or_default(),
        }
    }

    /// There is no room any more, and nothing of it is shown or played.
    fn forget_room(&mut self) {
        self.on_session(SessionInput::Forget);
        self.on_connection(ConnectionInput::ForgetRoom);
        self.on_playback(PlaybackInput::Disconnected);
        self.on_playback(PlaybackInput::LeftRoom);
    }

    /// Sends a command that no line asked for, or that a line became.
    pub(super) fn command(&mut self, command: Command, source: CommandSource) {
        self.on_lines(LinesInput::Command(command, source));
    }

    /// Sends a message to the server.
    pub(super) fn send(&mut self, message: ClientMsg) {
        self.effects.push(Effect::Send(message));
    }

    /// Answers a line that the client carried out by itself.
    pub(super) fn done(&mut self, line: u64, answer: Result<(), Why>) {
        self.on_lines(LinesInput::Done(line, answer));
    }
}
