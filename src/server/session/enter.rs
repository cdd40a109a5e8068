//! From the first frame to a seat: version, room, password, who it is.

use std::time::Duration;

use axum::extract::ws::{Message, WebSocket};
use serde::Deserialize;
use tokio::sync::oneshot;
use tokio::time::{Instant, timeout};

use super::entry::Entry;
use crate::protocol::denied::Refused;
use crate::protocol::member::Visibility;
use crate::room::decide::Creation;
use crate::server::credentials::{new_address_key, token_hash};
use crate::server::house::House;
use crate::server::limits::wait_in_ms;
use crate::server::outbox::Waiting;
use crate::server::peers::Guest;
use crate::server::registry::{Found, Founding, Opened};
use crate::server::replica::message::{
    Gate, Handle, Message as ToRoom, Proof, SeatId, Seated, Tries,
};
use crate::server::replica::settled::Settled;
use crate::server::words;
use crate::wire::codec::{self, MAX_CLIENT_FRAME, PROTOCOL};
use crate::wire::message::{ClientMsg, FrameError, Hello, ServerMsg, Welcome};

/// How long a new socket has for its first frame.
const HELLO_WITHIN: Duration = Duration::from_secs(10);

/// How often a room that ends just then is asked for anew.
const TRIES: usize = 3;

/// How long a room has to answer. It waits for nothing but its log, and not for one that is
/// away, so this is for a disk that hangs.
const ANSWER_WITHIN: Duration = Duration::from_secs(10);

/// Why a socket does not come in.
#[derive(Debug)]
pub(super) enum Exit {
    /// It is gone.
    Gone,
    /// It is told why.
    Refused(Refused),
}

impl From<Refused> for Exit {
    fn from(why: Refused) -> Self {
        Self::Refused(why)
    }
}

/// A socket that is in.
pub(super) struct Admitted {
    /// The first message.
    pub(super) welcome: ServerMsg,
    /// Once this is true the welcome may go out.
    pub(super) on_record: Settled,
    /// Where it sits.
    pub(super) seat: SeatId,
    /// The way to its room.
    pub(super) room: Handle,
    /// Where its own answers go.
    pub(super) outbox: crate::server::outbox::Outbox,
    /// What it shall hear.
    pub(super) waiting: Waiting,
    /// Comes true when the room sends it off.
    pub(super) dismissed: oneshot::Receiver<Refused>,
}

/// Reads the first frame and lets its sender in.
pub(super) async fn enter(
    socket: &mut WebSocket,
    house: &House,
    guest: &Guest,
) -> Result<Admitted, Exit> {
    let hello = timeout(HELLO_WITHIN, read_hello(socket))
        .await
        .unwrap_or(Err(Exit::Refused(Refused::NoHello)))?;
    for _ in 0..TRIES {
        let (room, entry) = match open_room(&hello, house, guest).await? {
            Door::Created(room, entry) => (room, Some(entry)),
            Door::There(room) => {
                let proof = pass_gate(&hello, &room, house, guest).await?;
                let entry = match proof {
                    Some(proof) => ask_for_seat(&hello, &room, proof, (house, guest)).await?,
                    None => None,
                };
                (room, entry)
            }
        };
        let created = entry.as_ref().is_some_and(|entry| entry.created);
        let admitted = match entry {
            Some(entry) => sit_down(&hello, room, entry, (house, guest)).await?,
            None => None,
        };
        match admitted {
            Some(admitted) => return Ok(admitted),
            // It did not even begin: it cannot be recorded.
            None if created => break,
            None => {}
        }
        tracing::debug!(room = %hello.room, "the room ended just then; asking anew");
    }
    Err(Refused::StorageAway.into())
}

/// The part of a first frame that every version has.
#[derive(Deserialize)]
struct Opening {
    #[serde(rename = "type")]
    kind: String,
    protocol: u32,
}

async fn read_hello(socket: &mut WebSocket) -> Result<Hello, Exit> {
    let text = loop {
        match socket.recv().await {
            Some(Ok(Message::Text(text))) => break text,
            Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
            Some(Ok(Message::Binary(_))) => return Err(Refused::NoHello.into()),
            Some(Ok(Message::Close(_))) | None => return Err(Exit::Gone),
            Some(Err(error)) => {
                tracing::debug!(%error, "no first frame could be read");
                return Err(Exit::Gone);
            }
        }
    };
    match first_frame(&text) {
        Ok(hello) => Ok(hello),
        Err((answer, why)) => {
            if let Some(answer) = answer {
                let told = socket.send(Message::Text(words::frame(&answer))).await;
                told.map_err(|_| Exit::Gone)?;
            }
            Err(why.into())
        }
    }
}

/// What a first frame says; else what is answered and why it is no hello of ours.
fn first_frame(text: &str) -> Result<Hello, (Option<ServerMsg>, Refused)> {
    if text.len() > MAX_CLIENT_FRAME {
        return Err((Some(words::too_large()), Refused::NoHello));
    }
    if let Ok(opening) = codec::decode::<Opening>(text)
        && opening.kind == "hello"
        && !codec::compatible(opening.protocol, PROTOCOL)
    {
        let version = Refused::Version {
            server: PROTOCOL,
            client: opening.protocol,
        };
        return Err((None, version));
    }
    match codec::decode::<ClientMsg>(text) {
        Ok(ClientMsg::Hello(hello)) => Ok(*hello),
        Ok(_) => Err((None, Refused::NoHello)),
        Err(error) => {
            let answer = words::frame_error(FrameError::BadFrame, Some(&error));
            Err((Some(answer), Refused::NoHello))
        }
    }
}

/// The way to a room.
enum Door {
    /// This hello created it, and its sender is the first on the way in. They need not prove
    /// that they know its password.
    Created(Handle, Entry),
    /// It was there.
    There(Handle),
}

async fn open_room(hello: &Hello, house: &House, guest: &Guest) -> Result<Door, Exit> {
    let down = |_| Exit::Refused(Refused::ShuttingDown);
    match house.rooms.find(hello.room.clone()).await.map_err(down)? {
        Found::Room(room) => return Ok(Door::There(room)),
        Found::Full { limit } => return Err(Refused::ServerFull { limit }.into()),
        Found::Unreadable => return Err(Refused::StorageAway.into()),
        // Only now a password is worth hashing.
        Found::Nothing => guest
            .create(Instant::now())
            .map_err(|wait| Refused::TooManyRooms {
                retry_ms: wait_in_ms(wait),
            })?,
    }
    let creation = creation(hello, house).await?;
    let (join, mut entry) = Entry::new(hello, Proof::Password, (house, guest));
    entry.created = true;
    let founding = Founding { creation, join };
    let opened = house.rooms.open(hello.room.clone(), founding).await;
    match opened.map_err(down)? {
        Opened::Created(room) => Ok(Door::Created(room, entry)),
        Opened::Found(room) => Ok(Door::There(room)),
        Opened::Unreadable => Err(Refused::StorageAway.into()),
        Opened::Full { limit } => Err(Refused::ServerFull { limit }.into()),
    }
}

async fn creation(hello: &Hello, house: &House) -> Result<Creation, Exit> {
    let password = match (hello.create.visibility, &hello.password) {
        (Visibility::Private, Some(password)) => {
            Some(house.passwords.hash(password.clone()).await?)
        }
        (Visibility::Private, None) => return Err(Refused::PasswordMissing.into()),
        (Visibility::Public | Visibility::Unlisted, _) => None,
    };
    Ok(Creation {
        title: hello.create.title.clone(),
        visibility: hello.create.visibility,
        password,
        address_key: new_address_key(),
    })
}

/// Asks a room that is there for a seat; `None` if it ended meanwhile.
async fn ask_for_seat(
    hello: &Hello,
    room: &Handle,
    proof: Proof,
    by: (&House, &Guest),
) -> Result<Option<Entry>, Exit> {
    let (_, guest) = by;
    guest
        .join(&hello.room, Instant::now())
        .map_err(|wait| Refused::TooManyJoins {
            retry_ms: wait_in_ms(wait),
        })?;
    let (join, entry) = Entry::new(hello, proof, by);
    let sent = room.inbox.send(ToRoom::Join(join));
    let sent = in_time(async { sent.await.ok() }).await?;
    Ok(sent.map(|()| entry))
}

/// Takes the seat that was asked for; `None` if the room ended meanwhile.
async fn sit_down(
    hello: &Hello,
    room: Handle,
    entry: Entry,
    (house, guest): (&House, &Guest),
) -> Result<Option<Admitted>, Exit> {
    let Entry {
        created,
        new_token,
        outbox,
        waiting,
        dismissed,
        seated,
    } = entry;
    let Some(seated) = in_time(async { seated.await.ok() }).await? else {
        return Ok(None);
    };
    let seated = seated?;
    if seated.returned {
        guest.joined_again(&hello.room, Instant::now());
    }
    let token = match &hello.resume {
        Some(token) if seated.returned => token.clone(),
        _ => new_token,
    };
    Ok(Some(Admitted {
        seat: seated.seat,
        on_record: seated.on_record.clone(),
        welcome: welcome(seated, token, created, house),
        room,
        outbox,
        waiting,
        dismissed,
    }))
}

/// By what they may come in; `None` if the room has ended. Wrong passwords count for the
/// address that tries them, and before the room is asked: it counts them as well.
async fn pass_gate(
    hello: &Hello,
    room: &Handle,
    house: &House,
    guest: &Guest,
) -> Result<Option<Proof>, Exit> {
    if hello.password.is_none() {
        return prove(hello, room, house, guest).await;
    }
    guest
        .guess(Instant::now())
        .map_err(|wait| Refused::TooManyTries {
            retry_ms: wait_in_ms(wait),
        })?;
    let proven = prove(hello, room, house, guest).await;
    if !matches!(proven, Err(Exit::Refused(Refused::PasswordWrong))) {
        guest.guessed_nothing(Instant::now());
    }
    proven
}

async fn prove(
    hello: &Hello,
    room: &Handle,
    house: &House,
    guest: &Guest,
) -> Result<Option<Proof>, Exit> {
    let (reply, gate) = oneshot::channel();
    let knock = ToRoom::Knock {
        resume: hello.resume.as_deref().map(token_hash),
        from: guest.hash_for(&hello.room),
        password: match &hello.password {
            None => Tries::None,
            Some(_) if guest.has_own_tries(Instant::now()) => Tries::Own,
            Some(_) => Tries::Shared,
        },
        reply,
    };
    match (ask_room(room, knock, gate).await?, &hello.password) {
        (None, _) => Ok(None),
        (Some(Gate::Open), _) => Ok(Some(Proof::Token)),
        (Some(Gate::Closed(why)), _) => Err(why.into()),
        (Some(Gate::Password(_)), None) => Err(Refused::PasswordNeeded.into()),
        (Some(Gate::Password(hash)), Some(password)) => {
            house.passwords.check(password.clone(), hash).await?;
            Ok(Some(Proof::Password))
        }
    }
}

/// What a room answers; `None` if it has ended.
async fn ask_room<T>(
    room: &Handle,
    question: ToRoom,
    answer: oneshot::Receiver<T>,
) -> Result<Option<T>, Exit> {
    in_time(async {
        room.inbox.send(question).await.ok()?;
        answer.await.ok()
    })
    .await
}

/// What a room does, if it does it in time.
async fn in_time<T>(asked: impl Future<Output = Option<T>>) -> Result<Option<T>, Exit> {
    timeout(ANSWER_WITHIN, asked).await.map_err(|_| {
        tracing::error!("a room does not answer");
        Exit::Refused(Refused::StorageAway)
    })
}

fn welcome(seated: Seated, resume: String, created: bool, house: &House) -> ServerMsg {
    ServerMsg::Welcome(Box::new(Welcome {
        you: seated.member,
        resume,
        log: house.log.clone(),
        node: house.node.clone(),
        server: env!("CARGO_PKG_VERSION").to_owned(),
        max_frame: words::max_frame(),
        public_url: house.public_url.clone(),
        created,
        catch_up: seated.catch_up,
    }))
}
