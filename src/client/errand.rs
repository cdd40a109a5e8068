//! An errand: a few commands to a room from a client that does not join it, for scripts. Each is
//! answered before the next is sent. Unlike the loop of a client that stays, it never comes back
//! after a connection broke on which it was let in.

use std::path::PathBuf;
use std::time::Duration;

use tokio::time::{Instant, sleep, timeout_at};

use self::done::Done;
use self::fault::ErrandFault;
use self::patience::Patience;
use super::connection::ServerSocket;
use super::probe;
use super::process_clock::ProcessClock;
use super::retries::Retries;
use super::state_files::TokenStore;
use crate::app::event::{Disconnect, Event};
use crate::app::network_fault::NetworkCause;
use crate::app::output::Why;
use crate::app::room_tokens::{KeptRoom, RoomTokens};
use crate::app::server_words;
use crate::protocol::command::Command;
use crate::protocol::denied::Denied;
use crate::protocol::event::Fact;
use crate::protocol::ids::{MemberId, RoomId, Seq};
use crate::protocol::secret::{InviteToken, Password};
use crate::protocol::text::MemberName;
use crate::protocol::time::{LocalTime, RoomTime};
use crate::room::state::RoomState;
use crate::trust::Trust;
use crate::wire::codec::PROTOCOL;
use crate::wire::message::{CatchUp, ClientMsg, Create, Hello, Reason, ServerMsg, Welcome};
use crate::wire::visit::{Visit, VisitPurpose};

pub mod done;
pub mod fault;
mod patience;

/// How long a server may take for each answer (judgement: more than a member waits for one, and a
/// script should not hang).
const ANSWER_WITHIN: Duration = Duration::from_secs(20);

/// How long a server may ask us to wait in all before it lets us in, or takes a command (judgement:
/// a script can wait longer than a person, but should end).
const WAITS_AT_MOST: Duration = Duration::from_mins(1);

/// The longest token that is kept, in bytes, as for members.
const MAX_TOKEN: usize = 256;

/// Where an errand goes, and as whom.
#[derive(Debug, Clone)]
pub struct Errand {
    /// The server's address.
    pub server: String,
    /// The room, which is never created.
    pub room: RoomId,
    /// The name of a guest: of somebody whom the room does not know on this computer.
    pub name: MemberName,
    /// Whether it is run under that name and no other, though this computer be a member under
    /// another one: then it is a guest's of its own.
    pub only_by_name: bool,
    /// The password of a private room.
    pub password: Option<Password>,
    /// The token of an invite link.
    pub invite: Option<InviteToken>,
    /// The folder in which tokens are kept, if there is one.
    pub state: Option<PathBuf>,
    /// Which servers' certificates are accepted.
    pub trust: Trust,
}

/// An errand that the server let in.
#[derive(Debug)]
pub struct OpenErrand {
    socket: ServerSocket,
    room: RoomState,
    you: MemberId,
    last: Seq,
    /// Events that came since the last answer.
    facts: Vec<Fact>,
}

impl Errand {
    /// Connects, and waits as long as the server says within bounds. Where nothing answers it tries
    /// again a few times; `again` is given the reason each time.
    ///
    /// # Errors
    /// [`ErrandFault`] if it is not let in.
    pub async fn open(self, again: impl Fn(&Disconnect)) -> Result<OpenErrand, ErrandFault> {
        let mut patience = Patience {
            asked: WAITS_AT_MOST,
            retries: Retries::begin(),
            again,
        };
        if !self.only_by_name {
            return self.open_with(self.store(), &mut patience).await;
        }
        let (own, named) = (self.store(), self.store_of_name());
        if !self.is_known(&named) && self.is_known(&own) {
            let open = self.open_with(own, &mut patience).await?;
            let you = open.room.roster.get(open.you);
            if you.is_some_and(|you| you.name == self.name) {
                return Ok(open);
            }
            open.close().await;
        }
        self.open_with(named, &mut patience).await
    }

    /// The same with the tokens of this store, within so much waiting.
    async fn open_with(
        &self,
        mut tokens: TokenStore,
        patience: &mut Patience<impl Fn(&Disconnect)>,
    ) -> Result<OpenErrand, ErrandFault> {
        let found = self.tokens(&mut tokens);
        loop {
            match self.attempt(&found).await {
                Ok((open, welcome)) => {
                    self.keep(&mut tokens, &found, &open.room, welcome);
                    return Ok(open);
                }
                Err(why) => {
                    if !patience.wait(&why).await {
                        return Err(ErrandFault::of(why));
                    }
                }
            }
        }
    }

    /// Whether there is something that may let it into a private room: a token of the member that
    /// this computer is there, a password or an invite.
    #[must_use]
    pub fn may_enter(&self) -> bool {
        let tokens = self.store();
        self.password.is_some() || self.invite.is_some() || self.is_known(&tokens)
    }

    /// Whether a token of a member of the room is in this store.
    fn is_known(&self, tokens: &TokenStore) -> bool {
        let known = tokens.member(&self.server, &self.room);
        matches!(known, Ok(Some(_)))
    }

    /// The tokens that are kept on this computer.
    fn store(&self) -> TokenStore {
        self.store_in(self.state.clone())
    }

    /// Those of the guests of this name.
    fn store_of_name(&self) -> TokenStore {
        let folder = folder_of(&self.name);
        self.store_in(self.state.as_ref().map(|state| state.join(folder)))
    }

    fn store_in(&self, state: Option<PathBuf>) -> TokenStore {
        let addresses = probe::addresses(self.trust.clone());
        TokenStore::new(state).with_addresses(addresses)
    }

    /// The tokens by which the room may know us: those of the member that this computer is there,
    /// though a client may run with them, else that of a slot of our own.
    fn tokens(&self, store: &mut TokenStore) -> RoomTokens {
        let found = match store.member(&self.server, &self.room) {
            Ok(Some(resume)) => Ok(RoomTokens {
                resume: Some(resume),
                ..RoomTokens::default()
            }),
            Ok(None) => store.find(&self.server, &self.room),
            Err(cause) => Err(cause),
        };
        found.unwrap_or_else(|cause| {
            tracing::warn!("what is kept of the room could not be looked up: {cause}");
            RoomTokens::default()
        })
    }

    /// Keeps by which token a new guest can come again, as a member would.
    fn keep(&self, store: &mut TokenStore, found: &RoomTokens, room: &RoomState, welcome: Welcome) {
        let token = welcome.resume;
        if token.is_empty() || token.len() > MAX_TOKEN || found.resume.as_ref() == Some(&token) {
            return;
        }
        let kept = KeptRoom {
            token,
            visibility: room.visibility,
            created: room.created,
            // The client of a member keeps that.
            other: None,
        };
        if let Err(cause) = store.keep(&self.server, &self.room, &kept) {
            tracing::warn!("the token of the room could not be kept: {cause}");
        }
    }

    /// One attempt to be let in.
    async fn attempt(&self, found: &RoomTokens) -> Result<(OpenErrand, Welcome), Disconnect> {
        let mut socket = ServerSocket::new(ProcessClock::start(), self.trust.clone());
        socket.open(&self.server);
        let until = Instant::now() + ANSWER_WITHIN;
        loop {
            match next(&mut socket, until).await {
                Event::Connected => socket.send(&self.visit(found)),
                Event::Disconnected(why) => return Err(why),
                Event::Message { message, .. } => match *message {
                    ServerMsg::Welcome(welcome) => return opened(socket, *welcome),
                    ServerMsg::Refused(reason) => {
                        return Err(Disconnect::Closed(Some(server_words::closing(reason))));
                    }
                    _ => {}
                },
                _ => {}
            }
        }
    }

    fn visit(&self, found: &RoomTokens) -> ClientMsg {
        let hello = Hello {
            protocol: PROTOCOL,
            room: self.room.clone(),
            name: self.name.clone(),
            password: self.password.clone(),
            invite: self.invite.clone(),
            resume: found.resume.clone(),
            token: found.chosen.clone(),
            log: None,
            since: None,
            create: Create::default(),
            has_player: false,
        };
        ClientMsg::Visit(Box::new(Visit {
            purpose: VisitPurpose::Errand,
            hello,
        }))
    }
}

/// The folder for the tokens of guests of a name, whatever characters that has.
fn folder_of(name: &MemberName) -> PathBuf {
    let digits = name.as_str().bytes().map(|byte| format!("{byte:02x}"));
    PathBuf::from("guests").join(digits.collect::<Vec<_>>().concat())
}

/// The errand after its welcome.
fn opened(socket: ServerSocket, mut welcome: Welcome) -> Result<(OpenErrand, Welcome), Disconnect> {
    let catch_up = std::mem::replace(&mut welcome.catch_up, CatchUp::Events(Vec::new()));
    let CatchUp::State(room) = catch_up else {
        let error = NetworkCause::FirstMessage.into();
        return Err(Disconnect::NotAServer { error });
    };
    let open = OpenErrand {
        socket,
        room: *room,
        you: welcome.you,
        last: Seq::default(),
        facts: Vec::new(),
    };
    Ok((open, welcome))
}

/// The next event of a connection, whose answer is due.
async fn next(socket: &mut ServerSocket, until: Instant) -> Event {
    match timeout_at(until, socket.next()).await {
        Ok(event) => event,
        Err(_) => Event::Disconnected(Disconnect::NoAnswer),
    }
}

impl OpenErrand {
    /// What the gallery would show of the room as it was at the welcome, and the member.
    #[must_use]
    pub const fn room(&self) -> &RoomState {
        &self.room
    }

    /// The member in whose name the errand is run.
    #[must_use]
    pub const fn you(&self) -> MemberId {
        self.you
    }

    /// The room time now, as the server says.
    ///
    /// # Errors
    /// [`ErrandFault`] if it does not answer.
    pub async fn room_time(&mut self) -> Result<RoomTime, ErrandFault> {
        let t0 = LocalTime::default();
        self.socket.send(&ClientMsg::Ping { t0 });
        let until = Instant::now() + ANSWER_WITHIN;
        loop {
            if let ServerMsg::Pong { t2, .. } = self.message(until).await? {
                return Ok(t2);
            }
        }
    }

    /// Gives a command and waits for its answer; one that came too fast is given again within
    /// bounds.
    ///
    /// # Errors
    /// [`ErrandFault`]; only after a denial can another command be given.
    pub async fn give(&mut self, command: &Command) -> Result<Done, ErrandFault> {
        let mut patience = WAITS_AT_MOST;
        loop {
            let reason = match self.answer(command).await? {
                Ok(done) => return Ok(done),
                Err(reason) => reason,
            };
            let why = match server_words::denial(reason) {
                Why::Denied(why) => why,
                why => return Err(ErrandFault::Denied(why)),
            };
            let wait = asked_wait(&why);
            if wait.is_zero() || wait > patience {
                return Err(ErrandFault::Denied(Why::Denied(why)));
            }
            patience -= wait;
            sleep(wait).await;
        }
    }

    /// Keeps the connection alive while there is nothing to give, and says why it ends.
    pub async fn idle(&mut self) -> ErrandFault {
        loop {
            match self.socket.next().await {
                Event::Message { message, .. } => match *message {
                    ServerMsg::Events { events } => self.note(events),
                    ServerMsg::Refused(reason) => return ErrandFault::refused(reason),
                    _ => {}
                },
                Event::Disconnected(why) => return ErrandFault::of(why),
                _ => {}
            }
        }
    }

    /// Leaves, once what was sent has gone out.
    pub async fn close(mut self) {
        self.socket.send(&ClientMsg::Leave);
        self.socket.finish().await;
    }

    async fn answer(&mut self, command: &Command) -> Result<Result<Done, Reason>, ErrandFault> {
        let seq = self.last.next();
        self.last = seq;
        let command = command.clone();
        self.socket.send(&ClientMsg::Command { seq, command });
        let until = Instant::now() + ANSWER_WITHIN;
        loop {
            let message = self.message(until).await;
            match message.map_err(ErrandFault::unanswered)? {
                ServerMsg::Ok { seq: to, rev } if to == seq => {
                    let facts = std::mem::take(&mut self.facts);
                    return Ok(Ok(Done { rev, facts }));
                }
                ServerMsg::Denied { seq: to, reason } if to == seq => return Ok(Err(reason)),
                ServerMsg::Events { events } => self.note(events),
                _ => {}
            }
        }
    }

    /// Keeps events until the next answer. More than any server sends between two would only
    /// fill the memory.
    fn note(&mut self, events: Vec<Fact>) {
        /// The most events that are kept (judgement: a lively room has a few a second).
        const MOST: usize = 1_000;
        self.facts.extend(events);
        let surplus = self.facts.len().saturating_sub(MOST);
        self.facts.drain(..surplus);
    }

    async fn message(&mut self, until: Instant) -> Result<ServerMsg, ErrandFault> {
        loop {
            match next(&mut self.socket, until).await {
                Event::Message { message, .. } => match *message {
                    ServerMsg::Refused(reason) => return Err(ErrandFault::refused(reason)),
                    message => return Ok(message),
                },
                Event::Disconnected(why) => return Err(ErrandFault::of(why)),
                _ => {}
            }
        }
    }
}

/// How long to wait before a command can be given again; zero if that would not help.
const fn asked_wait(why: &Denied) -> Duration {
    match why {
        Denied::TooFast { retry_ms } | Denied::SlowMode { retry_ms, .. } => {
            Duration::from_millis(*retry_ms as u64)
        }
        _ => Duration::ZERO,
    }
}
