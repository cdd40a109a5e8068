//! Hands what happened to the machines of the app, and carries the outputs of one to the others,
//! in their order.

use super::App;
use super::command::{ClientCommand, Show};
use super::connection::{ConnectionInput, ConnectionOutput, Phase};
use super::effect::Effect;
use super::lines::{Access, CommandSource, LinesInput, LinesOutput, LinesView};
use super::output::{Notice, Output, Why};
use super::playback::{PlaybackInput, PlaybackOutput};
use super::screen::{ScreenInput, Want, wants_without_screen};
use super::server_words::denial;
use super::session::{JoinRequest, SessionInput, SessionOutput};
use super::view::playback_view;
use crate::media::YOUTUBE;
use crate::protocol::command::{Command, Who};
use crate::protocol::denied::Denied;
use crate::protocol::event::Fact;
use crate::protocol::invite::Target;
use crate::protocol::time::LocalTime;
use crate::sync::PongTimes;
use crate::sync::player::{PlayerCommand, Quality};
use crate::wire::message::{ClientMsg, ServerMsg, Welcome};

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

    /// Hands a welcome to the room as it is known.
    fn enter(&mut self, welcome: Box<Welcome>, is_first: bool) {
        self.on_session(SessionInput::Arriving(&welcome));
        let request = JoinRequest {
            destination: self.connection.destination(),
            name: self.connection.name(),
            chosen_name: self.connection.chosen_name(),
            is_first,
        };
        let input = SessionInput::Welcome(welcome, request);
        let outputs = self.session.handle(input, self.now.local);
        self.carry_out_session(outputs);
        self.on_session(SessionInput::MessageOver);
    }

    /// Hands a message about the room, which was read off the socket at `at`, to whom it concerns.
    fn on_room_message(&mut self, message: ServerMsg, at: LocalTime) {
        match message {
            ServerMsg::Events { events } => self.on_facts(&events, false),
            ServerMsg::State { state } => self.on_session(SessionInput::State(state)),
            ServerMsg::Ok { seq, rev } => self.on_lines(LinesInput::Answered(seq, Ok(rev))),
            ServerMsg::Denied { seq, reason } => {
                self.on_lines(LinesInput::Answered(seq, Err(denial(reason))));
            }
            ServerMsg::Pong { t0, t1, t2 } => {
                let times = PongTimes { t0, t1, t2, t3: at };
                self.on_playback(PlaybackInput::Pong(times));
            }
            ServerMsg::Reactions { reactions } => {
                for reaction in reactions {
                    self.emit(Output::Reaction(reaction));
                }
            }
            ServerMsg::Health(health) => self.on_session(SessionInput::Health(health)),
            ServerMsg::Notice(notice) => self.on_session(SessionInput::Notice(notice)),
            // They are no messages about the room.
            ServerMsg::Welcome(_) | ServerMsg::Refused(_) | ServerMsg::Error(_) => {}
        }
        self.on_session(SessionInput::MessageOver);
    }

    fn on_facts(&mut self, facts: &[Fact], is_replayed: bool) {
        for fact in facts {
            self.on_session(SessionInput::Event { fact, is_replayed });
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
            ConnectionOutput::Play(media) => {
                self.command(Command::Play { media }, CommandSource::Start);
            }
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
                if self.has_player {
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
                SessionOutput::Token { token, visibility } => {
                    self.on_connection(ConnectionInput::Token(token, visibility));
                }
                SessionOutput::Entered { answered } => {
                    self.on_lines(LinesInput::Entered { answered });
                    self.on_connection(ConnectionInput::Entered);
                }
                SessionOutput::Resumed { answered } => {
                    self.on_lines(LinesInput::Resumed { answered });
                }
                SessionOutput::Joined => self.on_playback(PlaybackInput::Joined),
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
            PlaybackOutput::Emit(output) => self.emit(output),
            PlaybackOutput::Osd(notice) => self.effects.push(Effect::Osd(notice)),
            PlaybackOutput::FillEmptyWindow => {
                let invite = self.invite_for_others();
                self.effects.push(Effect::Osd(Notice::NothingOn { invite }));
            }
        }
    }

    /// Carries out what is to be done about lines and commands.
    pub(super) fn carry_out_lines(&mut self, outputs: Vec<LinesOutput>) {
        for output in outputs {
            match output {
                LinesOutput::Send(seq, command) => self.send(ClientMsg::Command { seq, command }),
                LinesOutput::Ok(line, rev) => self.emit(Output::Ok { line, rev }),
                LinesOutput::Denied(line, why) => self.emit(Output::Denied { line, why }),
                LinesOutput::Local(line, local) => self.local(line, local),
                LinesOutput::WindowAnswered(answer) => {
                    self.on_playback(PlaybackInput::Answered(answer));
                }
                LinesOutput::NotPlayed(why) => self.notice(Notice::NotPlayed(why)),
                LinesOutput::NameKept(why) => {
                    let name = self.connection.name().clone();
                    self.notice(Notice::NameKept { name, why });
                }
                LinesOutput::Leave => self.on_connection(ConnectionInput::Leave),
            }
        }
    }

    fn carry_out_want(&mut self, want: Want) {
        match want {
            Want::Submit(parsed) => self.on_lines(LinesInput::Line(parsed)),
            Want::Leave => self.on_connection(ConnectionInput::Leave),
            Want::Rest => self.on_connection(ConnectionInput::Rest),
            Want::Start => self.on_connection(ConnectionInput::Start),
            Want::ConnectWithPassword(password) => {
                self.on_connection(ConnectionInput::ConnectWithPassword(password));
            }
            Want::UseName(name) => self.on_connection(ConnectionInput::UseName(name)),
            Want::GiveUp { why, exit } => {
                self.on_connection(ConnectionInput::GiveUp { why, exit });
            }
            Want::ForgetRoom => self.forget_room(),
            Want::End(exit) => self.on_connection(ConnectionInput::End(exit)),
            Want::Done(line) => self.done(line, Ok(())),
            Want::Quit(line) => self.on_lines(LinesInput::Quit(line)),
            Want::Print { line, show } => self.print(line, show),
            Want::Copy(text) => self.effects.push(Effect::Copy(text)),
            Want::OpenLink(address) => self.effects.push(Effect::OpenLink(address)),
            Want::Alert(alert) => self.effects.push(Effect::Alert(alert)),
            Want::AskRooms { server } => self.effects.push(Effect::AskRooms { server }),
            Want::Redraw => self.effects.push(Effect::Redraw),
            Want::Suspend => self.effects.push(Effect::Suspend),
        }
    }

    /// How far a command reaches now, for the lines.
    pub(super) fn lines_view(&self) -> LinesView {
        let access = match self.connection.phase() {
            Phase::Joined(_) => Access::Open,
            Phase::Leaving(_) | Phase::Closed => Access::Leaving,
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
    fn done(&mut self, line: u64, answer: Result<(), Why>) {
        self.on_lines(LinesInput::Done(line, answer));
    }

    /// Carries out what a line asks of the client itself, and answers the line.
    fn local(&mut self, line: u64, local: ClientCommand) {
        match local {
            ClientCommand::Retry => self.retry(line),
            ClientCommand::Join(target) => self.join(line, target),
            ClientCommand::Who => self.who(line),
            ClientCommand::Bans => self.bans(line),
            ClientCommand::Erase(whose) => self.erase(line, &whose),
            ClientCommand::Help => {
                self.notice(Notice::Help);
                self.done(line, Ok(()));
            }
            ClientCommand::Quit => self.on_screen(ScreenInput::Quit { line }),
            ClientCommand::Own(order) => self.own_player(line, order),
            ClientCommand::Quality(quality) => self.quality(line, quality),
            ClientCommand::Show(show) => self.on_screen(ScreenInput::Show { line, show }),
            ClientCommand::Away => self.away(line),
        }
    }

    /// Connects at once if it waits, and tries again what the player has trouble with.
    fn retry(&mut self, line: u64) {
        let waits = matches!(self.connection.phase(), Phase::Waiting(_));
        self.on_connection(ConnectionInput::Retry);
        let obstacle = self.playback.retry_obstacle(self.now.local);
        if obstacle.is_none() {
            self.on_playback(PlaybackInput::Retry);
        }
        let answer = obstacle.filter(|_| !waits).map_or(Ok(()), Err);
        self.done(line, answer);
    }

    /// Enters another room. Until that lets us in, this one is not given up: the media plays on,
    /// and the client does not leave.
    fn join(&mut self, line: u64, target: Target) {
        self.on_lines(LinesInput::Joining(line));
        self.on_connection(ConnectionInput::Join(target));
    }

    fn who(&mut self, line: u64) {
        let Some(lines) = self.session.who_lines() else {
            return self.done(line, Err(Why::NotConnected { pausing: false }));
        };
        if !self.connection.is_joined() {
            self.notice(Notice::OutOfDate);
        }
        self.notice(Notice::Who(lines));
        self.done(line, Ok(()));
    }

    fn bans(&mut self, line: u64) {
        let bans = self.room().map(|room| room.bans.clone());
        let answer = match bans {
            Some(bans) => {
                self.notice(Notice::Bans(bans));
                Ok(())
            }
            None => Err(Why::NotConnected { pausing: false }),
        };
        self.done(line, answer);
    }

    /// Takes away the line of chat that is meant: by its number, or somebody's last.
    fn erase(&mut self, line: u64, whose: &Who) {
        match self.session.line_of(whose) {
            Some(chat_line) => {
                let command = Command::Erase { line: chat_line };
                self.command(command, CommandSource::Line(line));
            }
            None => self.done(line, Err(Why::Denied(Denied::NoSuchLine))),
        }
    }

    /// Orders the own player.
    fn own_player(&mut self, line: u64, order: PlayerCommand) {
        if self.has_player {
            self.effects.push(Effect::Player(order));
        }
        let answer = if self.has_player {
            Ok(())
        } else {
            Err(Why::NoPlayer)
        };
        self.done(line, answer);
    }

    /// Plays in another quality: the media is opened anew where the room is.
    fn quality(&mut self, line: u64, quality: Quality) {
        if !self.has_player {
            return self.done(line, Err(Why::NoPlayer));
        }
        let media = self.room().and_then(|room| room.timeline.playing.as_ref());
        let fixed = media.is_some_and(|playing| playing.media.kind() != YOUTUBE);
        if fixed && matches!(quality, Quality::UpTo(_)) {
            self.notice(Notice::QualityFixed);
        }
        self.on_playback(PlaybackInput::ChooseQuality(quality));
        self.done(line, Ok(()));
    }

    /// Reports in lines what a screen would have shown, as far as that can be.
    fn print(&mut self, line: u64, show: Show) {
        let answer = match show {
            Show::Queue => {
                let queue = self.room().map(|room| room.queue.entries().to_vec());
                self.emit(Output::Queue(queue.unwrap_or_default()));
                Ok(())
            }
            Show::Members => return self.who(line),
            Show::Why => {
                self.on_playback(PlaybackInput::RepeatDecisions);
                Ok(())
            }
            Show::Gallery | Show::Copy => Err(Why::NoScreen),
        };
        self.done(line, answer);
    }

    /// Says that the member is away, or back.
    fn away(&mut self, line: u64) {
        self.on_playback(PlaybackInput::ToggleAway);
        self.on_screen(ScreenInput::Away(self.playback.is_away()));
        self.done(line, Ok(()));
    }
}
