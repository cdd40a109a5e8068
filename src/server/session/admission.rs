//! From the first frame to a seat: checks version, room, password and identity.

use std::time::Duration;

use tokio::sync::oneshot;
use tokio::time::{Instant, timeout};

use super::address_counts;
use super::admission_error::AdmissionError;
use super::conversation::Beginning;
use super::greeting::{self, Greeting};
use super::new_room;
use super::pending_join::{self, PendingJoin};
use crate::protocol::cadence::Cadence;
use crate::protocol::denied::Refused;
use crate::protocol::ids::MemberId;
use crate::server::client_limits::HELLO_WITHIN;
use crate::server::credentials::token_hash;
use crate::server::metrics::MessageKind;
use crate::server::outbox::OutboxReader;
use crate::server::peers::PeerPermit;
use crate::server::registry::{OpenOutcome, RoomCreation, RoomLookup};
use crate::server::replica::NewRoom;
use crate::server::replica::message::{
    AdmissionAnswer, AdmissionQuestion, BroughtPassword, Handle, JoinEnds, PasswordTries, Proof,
    RoomMessage, SeatId, Seated,
};
use crate::server::replies;
use crate::server::state::ServerState;
use crate::server::websocket::{ClientStream, WebSocket};
use crate::wire::message::{Hello, ServerMsg, Welcome};
use crate::wire::visit::VisitPurpose;

/// How often a hello looks its room up, which may end just then, or change what it asks for
/// (judgement: neither happens that often by chance).
const TRIES: usize = 3;

/// How long a room may take to answer. It waits only for its log, and not for one that fails, so
/// only a disk that hangs takes longer.
const ANSWER_WITHIN: Duration = Duration::from_secs(10);

/// A socket that was admitted.
pub(super) struct Admitted {
    /// The first message to send, and when.
    pub(super) beginning: Beginning,
    /// The socket's number in the room.
    pub(super) seat: SeatId,
    /// What the welcome says of how often to ask.
    pub(super) cadence: Cadence,
    /// The room that it joined, for what the session reads.
    pub(super) room: Handle,
    /// The outbox of the room: the frames to write.
    pub(super) waiting: OutboxReader,
    /// Receives the reason when the room closes the socket.
    pub(super) dismissed: oneshot::Receiver<Refused>,
}

/// Reads the hello and joins its sender to the room.
pub(super) async fn admit(
    socket: &mut WebSocket<ClientStream>,
    state: &ServerState,
    permit: &PeerPermit,
) -> Result<Admitted, AdmissionError> {
    let greeting = timeout(HELLO_WITHIN, greeting::read(socket))
        .await
        .unwrap_or(Err(AdmissionError::Refused(Refused::NoHello)))?;
    let hello = &greeting.hello;
    state.metrics.message(MessageKind::Hello);
    for _ in 0..TRIES {
        let (room, pending_join) = match open_room(&greeting, state, permit).await? {
            RoomOnEntry::Created(room, pending_join) => (room, Some(pending_join)),
            RoomOnEntry::Existing(room) => {
                let proof = match greeting.visit {
                    // Only public rooms are observed, and those ask for nothing.
                    Some(VisitPurpose::Observe) => Some(Proof::Token),
                    // There is nothing to check before the room takes the join, or refuses it.
                    None if brings_nothing(hello) => Some(Proof::Token),
                    _ => satisfy_admission(hello, &room, state, permit).await?,
                };
                let pending_join = match proof {
                    Some(proof) => ask_for_seat(&greeting, &room, proof, state, permit).await?,
                    None => None,
                };
                (room, pending_join)
            }
        };
        let created = pending_join
            .as_ref()
            .is_some_and(|pending_join| pending_join.created);
        let admitted = match pending_join {
            Some(pending_join) => await_seat(hello, room, pending_join, state, permit).await,
            None => Ok(None),
        };
        if created && matches!(admitted, Ok(None)) && hello.password.is_none() {
            address_counts::refund_creation(state, permit);
        }
        match admitted? {
            Some(admitted) => return Ok(admitted),
            // The new room could not append its first events: the log takes no writes, unless
            // another node came first and has the room now.
            None if created && !is_known(hello, state).await => break,
            None => {}
        }
        tracing::debug!(room = %hello.room, "the room ended or changed just then; asking anew");
    }
    Err(Refused::StorageAway.into())
}

/// Whether a hello brings at most the token by which the room may know its sender.
const fn brings_nothing(hello: &Hello) -> bool {
    hello.password.is_none() && hello.invite.is_none() && !hello.create.only_private
}

/// Whether there is a room of this name.
async fn is_known(hello: &Hello, state: &ServerState) -> bool {
    let found = state.rooms.find(hello.room.clone()).await;
    matches!(found, Ok(RoomLookup::Room(_)))
}

/// The room that a hello names.
enum RoomOnEntry {
    /// This hello created it, and joins with that. The creator need not prove that they know the
    /// password.
    Created(Handle, PendingJoin),
    /// It exists: the room says what the hello needs.
    Existing(Handle),
}

async fn open_room(
    greeting: &Greeting,
    state: &ServerState,
    permit: &PeerPermit,
) -> Result<RoomOnEntry, AdmissionError> {
    let Greeting { hello, visit } = greeting;
    let never_creates = visit.is_some() || hello.resume.is_some() || hello.invite.is_some();
    let down = |_| AdmissionError::Refused(Refused::ShuttingDown);
    let allowed = match state.rooms.find(hello.room.clone()).await.map_err(down)? {
        RoomLookup::Room(room) => return Ok(RoomOnEntry::Existing(room)),
        RoomLookup::Full { limit } => Err(Refused::ServerFull { limit }.into()),
        RoomLookup::Unreadable => return Err(Refused::StorageAway.into()),
        RoomLookup::Nothing if never_creates => Err(Refused::NoSuchRoom.into()),
        RoomLookup::Nothing => new_room::may_create(hello, state, permit).await,
    };
    if let Err(why) = allowed {
        return match state.rooms.search(hello.room.clone()).await.map_err(down)? {
            RoomLookup::Room(room) => Ok(RoomOnEntry::Existing(room)),
            RoomLookup::Unreadable => Err(Refused::StorageAway.into()),
            RoomLookup::Nothing | RoomLookup::Full { .. } => Err(why),
        };
    }
    if !state.storage.takes_writes() {
        return Err(Refused::StorageAway.into());
    }
    // The room has to be created, so hashing the password is worth its cost now; and it counts, also
    // if nothing is created after that.
    address_counts::creation(state, permit).await?;
    let created = create(hello, state, permit).await;
    if !matches!(created, Ok(RoomOnEntry::Created(..))) && hello.password.is_none() {
        address_counts::refund_creation(state, permit);
    }
    created
}

/// Creates a room that there was not, or finds it if somebody else came first.
async fn create(
    hello: &Hello,
    state: &ServerState,
    permit: &PeerPermit,
) -> Result<RoomOnEntry, AdmissionError> {
    let creation = new_room::creation(hello, state).await?;
    let password = creation.password.clone();
    let proof = password.map_or(Proof::Token, Proof::Password);
    let (join, mut pending_join) = PendingJoin::new(hello, proof, state, permit);
    pending_join.created = true;
    let creation_request = RoomCreation {
        new_room: NewRoom {
            creation,
            joins: vec![*join],
        },
        from: permit.address(),
    };
    let opened = state.rooms.open(hello.room.clone(), creation_request).await;
    match opened.map_err(|_| Refused::ShuttingDown)? {
        OpenOutcome::Created(room) => Ok(RoomOnEntry::Created(room, pending_join)),
        OpenOutcome::Found(room) => Ok(RoomOnEntry::Existing(room)),
        OpenOutcome::Unreadable => Err(Refused::StorageAway.into()),
        OpenOutcome::Full { limit } => Err(Refused::ServerFull { limit }.into()),
    }
}

/// Sends the join to an existing room; `None` if the room ended meanwhile.
async fn ask_for_seat(
    greeting: &Greeting,
    room: &Handle,
    proof: Proof,
    state: &ServerState,
    permit: &PeerPermit,
) -> Result<Option<PendingJoin>, AdmissionError> {
    let Greeting { hello, visit } = greeting;
    address_counts::new_member(&hello.room, state, permit).await?;
    let (join, pending_join) = PendingJoin::new(hello, proof, state, permit);
    let message = match visit {
        None => RoomMessage::Join(join),
        Some(purpose) => RoomMessage::Visit(join, *purpose),
    };
    let sent = room.inbox.send(Box::new(message));
    let sent = in_time(async { sent.await.ok() }).await;
    if !matches!(sent, Ok(Some(()))) {
        address_counts::refund_member(&hello.room, state, permit);
    }
    Ok(sent?.map(|()| pending_join))
}

/// Waits for the outcome of the join; `None` if the room ended meanwhile, or asks for something else
/// than before.
async fn await_seat(
    hello: &Hello,
    room: Handle,
    pending_join: PendingJoin,
    state: &ServerState,
    permit: &PeerPermit,
) -> Result<Option<Admitted>, AdmissionError> {
    let PendingJoin {
        created,
        new_token,
        ends,
    } = pending_join;
    let JoinEnds {
        waiting,
        dismissed,
        seated,
    } = ends;
    let seated = in_time(async { seated.await.ok() }).await;
    let asks_anew = matches!(&seated, Ok(Some(Err(why))) if can_ask_anew(hello, why));
    if !created && (asks_anew || !address_counts::is_new_member(&seated)) {
        address_counts::refund_member(&hello.room, state, permit);
    }
    let seated = match seated? {
        Some(seated) if !asks_anew => seated?,
        _ => return Ok(None),
    };
    let token = match &hello.resume {
        _ if seated.member == MemberId::default() => String::new(),
        Some(resume) if seated.resumed => resume.clone(),
        _ => new_token,
    };
    Ok(Some(Admitted {
        seat: seated.seat,
        cadence: seated.cadence,
        beginning: Beginning {
            waits: created,
            on_record: seated.on_record.clone(),
            welcome: replies::frame(&welcome(seated, token, created, state)),
        },
        room,
        waiting,
        dismissed,
    }))
}

/// Whether a join failed only by what it was let in by, which was void by then: the hello may bring
/// something else that counts.
const fn can_ask_anew(hello: &Hello, why: &Refused) -> bool {
    let is_void = matches!(
        why,
        Refused::PasswordNeeded | Refused::PasswordWrong | Refused::InviteInvalid
    );
    is_void && (hello.password.is_some() || hello.invite.is_some())
}

/// What entitles the client to join; `None` if the room has ended. Passwords and invites count
/// against the address before the room is asked, which counts them as well.
async fn satisfy_admission(
    hello: &Hello,
    room: &Handle,
    state: &ServerState,
    permit: &PeerPermit,
) -> Result<Option<Proof>, AdmissionError> {
    if hello.password.is_none() && hello.invite.is_none() {
        return prove(hello, room, state, permit).await;
    }
    let proven = prove(hello, room, state, permit);
    address_counts::guess(state, permit, address_counts::is_wrong_for_room, proven).await
}

async fn prove(
    hello: &Hello,
    room: &Handle,
    state: &ServerState,
    permit: &PeerPermit,
) -> Result<Option<Proof>, AdmissionError> {
    // Whose tries these are stays as it is from here on, whatever else the address tries meanwhile.
    let tries = if permit.has_own_tries(Instant::now()) {
        PasswordTries::Own
    } else {
        PasswordTries::Shared
    };
    let mut brought = match &hello.password {
        None => BroughtPassword::None,
        Some(_) => BroughtPassword::Unchecked,
    };
    for _ in 0..TRIES {
        let answer = ask_admission(hello, brought, (room, tries), permit).await?;
        let (hash, password) = match (answer, &hello.password) {
            (None, _) => return Ok(None),
            (Some(AdmissionAnswer::Open), _) => return Ok(Some(Proof::Token)),
            (Some(AdmissionAnswer::Invited), _) => return Ok(Some(Proof::Invite)),
            (Some(AdmissionAnswer::Refused(why)), _) => return Err(why.into()),
            (Some(AdmissionAnswer::Password(_)), None) => {
                return Err(Refused::PasswordNeeded.into());
            }
            (Some(AdmissionAnswer::Password(hash)), Some(password)) => (hash, password),
        };
        let checked = state.passwords.check(password.clone(), hash.clone()).await;
        if tries == PasswordTries::Shared && !matches!(checked, Err(Refused::PasswordWrong)) {
            let sent = room.inbox.send(Box::new(RoomMessage::NoGuess));
            // A room that has ended counts nothing.
            let _ended = in_time(async { sent.await.ok() }).await?;
        }
        match checked {
            Ok(()) => return Ok(Some(Proof::Password(hash))),
            // Unless the room has another one by now.
            Err(Refused::PasswordWrong) => brought = BroughtPassword::Wrong(hash),
            Err(why) => return Err(why.into()),
        }
    }
    Err(Refused::PasswordWrong.into())
}

/// Asks a room what a join would need; `None` if it has ended.
async fn ask_admission(
    hello: &Hello,
    password: BroughtPassword,
    (room, tries): (&Handle, PasswordTries),
    permit: &PeerPermit,
) -> Result<Option<AdmissionAnswer>, AdmissionError> {
    let (reply, answer) = oneshot::channel();
    let question = AdmissionQuestion {
        resume: pending_join::presented(hello).map(token_hash),
        from: permit.hash_for(&hello.room),
        invite: pending_join::invite_hash(hello),
        password,
        only_private: hello.create.only_private,
        tries,
        reply,
    };
    ask_room(room, RoomMessage::CheckAdmission(question), answer).await
}

/// Asks a room and waits for its answer; `None` if it has ended.
async fn ask_room<T>(
    room: &Handle,
    question: RoomMessage,
    answer: oneshot::Receiver<T>,
) -> Result<Option<T>, AdmissionError> {
    in_time(async {
        room.inbox.send(Box::new(question)).await.ok()?;
        answer.await.ok()
    })
    .await
}

/// Waits for a room, at most [`ANSWER_WITHIN`].
async fn in_time<T>(asked: impl Future<Output = Option<T>>) -> Result<Option<T>, AdmissionError> {
    timeout(ANSWER_WITHIN, asked).await.map_err(|_| {
        tracing::error!("a room does not answer");
        AdmissionError::Refused(Refused::StorageAway)
    })
}

fn welcome(seated: Seated, resume: String, created: bool, state: &ServerState) -> ServerMsg {
    ServerMsg::Welcome(Box::new(Welcome {
        you: seated.member,
        resume,
        log: state.storage.id(),
        node: state.node.clone(),
        server: env!("CARGO_PKG_VERSION").to_owned(),
        max_frame: replies::max_frame(),
        public_url: state.public_url.clone(),
        server_id: Some(state.storage.server_id()),
        created,
        hosted: state.hosted,
        cadence: Some(seated.cadence),
        catch_up: seated.catch_up,
    }))
}

#[cfg(test)]
mod tests;
