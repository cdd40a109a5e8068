//! Limits, the protocol version, and the encoding of messages as frames.

use serde::de::DeserializeOwned;

use serde::Deserialize;

use crate::protocol::denied::Refused;
use crate::protocol::ids::Seq;

/// The protocol version. Versions that differ by at most one are compatible. Version 2 has kinds of
/// events that version 1 does not know: restrictions, of observers too, invites, other visibility or
/// lifetime, entries that are queued together or described later, subtitles that are offered, the
/// lobby, emotes. A room's state says in it which media the lines of chat are about. A client may
/// visit a room without being there: see [`super::visit`]. A hello may say that it means a private room
/// and no other, and a welcome that the server ends with a member's client, and by which id it is the
/// same server at another address, and how often the client exchanges clock times and repeats its
/// health, and over how long a time those come back whom it loses at once; a pong may renew that. Admins are told that a player which failed plays after all.
pub const PROTOCOL: u32 = 2;

/// The largest frame that a server accepts, in bytes (judgement: commands are small).
pub const MAX_CLIENT_FRAME: usize = 16 * 1024;

/// The largest frame that a client accepts, in bytes: far more than a welcome takes (`room::size`
/// limits the state in it).
pub const MAX_SERVER_FRAME: usize = 8 * 1024 * 1024;

/// Whether a client of version `client` and a server of version `server` are compatible.
#[must_use]
pub const fn compatible(client: u32, server: u32) -> bool {
    client.abs_diff(server) <= 1
}

/// Whether a client of version `client` can read each event of a server of version `server`. Others
/// get the room's state in place of the events that they missed: one event of a kind that they do
/// not know would make the whole welcome unreadable.
#[must_use]
pub const fn knows_events(client: u32, server: u32) -> bool {
    client >= server
}

/// Encodes a message as the text of a frame.
///
/// # Errors
/// If serde cannot serialise it; all of our messages can be.
pub fn encode(message: &impl serde::Serialize) -> Result<String, serde_json::Error> {
    serde_json::to_string(message)
}

/// Decodes the text of a frame.
///
/// # Errors
/// serde's description of what is wrong, for logs and for the reply.
pub fn decode<T: DeserializeOwned>(text: &str) -> Result<T, serde_json::Error> {
    serde_json::from_str(text)
}

/// The number of a command, so that it can be answered even if the rest of the frame is invalid;
/// `None` if the frame is not a command.
#[must_use]
pub fn command_number(text: &str) -> Option<Seq> {
    #[derive(Deserialize)]
    struct Numbered {
        #[serde(rename = "type")]
        kind: String,
        seq: Seq,
    }
    let numbered = decode::<Numbered>(text).ok()?;
    (numbered.kind == "command").then_some(numbered.seq)
}

/// Whether a text has the form of a token chosen by a client: 128 bits as 32 lower-case hexadecimal
/// digits. Other tokens might be guessable and are ignored.
#[must_use]
pub fn is_chosen_token(text: &str) -> bool {
    let is_digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    text.len() == 32 && text.bytes().all(is_digit)
}

/// The most bytes of a close frame's reason (RFC 6455, section 5.5: a control frame carries 125
/// bytes, two of which are the code).
pub const MAX_CLOSE_REASON: usize = 123;

/// The header of an HTTP answer that refuses an upgrade: its value is what the reason of a close
/// frame is.
pub const REFUSED_HEADER: &str = "x-watchtogether-refused";

/// The close frame's reason: the same JSON as in `refused`, without the text. Empty if it does not
/// fit, as with a long name: then the `refused` before it says everything.
#[must_use]
pub fn close_reason(why: &Refused) -> String {
    encode(why)
        .ok()
        .filter(|text| text.len() <= MAX_CLOSE_REASON)
        .unwrap_or_default()
}

/// Parses a close frame's reason; `None` if it is not one of ours, or from a later version.
#[must_use]
pub fn parse_close(reason: &str) -> Option<Refused> {
    decode(reason).ok()
}

/// The close frame's code where nothing is wrong (RFC 6455, section 7.4.1).
pub const CLOSE_NORMAL: u16 = 1000;

/// The close frame's code for a reason. Codes from 4000 on are for applications (RFC 6455, section
/// 7.4.2). Our clients read the reason; the code is for other tools.
#[must_use]
pub const fn close_code(why: &Refused) -> u16 {
    match why {
        Refused::ShuttingDown => 1001,
        Refused::NoHello | Refused::BadFrames => 1008,
        Refused::Version { .. } => 4000,
        Refused::Internal => 1011,
        Refused::PasswordNeeded
        | Refused::PasswordWrong
        | Refused::InviteInvalid
        | Refused::PasswordMissing
        | Refused::PasswordTooLong { .. }
        | Refused::TooManyTries { .. } => 4001,
        Refused::RoomFull { .. }
        | Refused::ServerFull { .. }
        | Refused::TooManyRooms { .. }
        | Refused::TooManyJoins { .. }
        | Refused::TooManyOwnRooms { .. }
        | Refused::TooManyConnections { .. }
        | Refused::ServerBusy { .. } => 4002,
        Refused::CreatePasswordNeeded | Refused::CreateKeyNeeded | Refused::CreatePasswordWrong => {
            4013
        }
        Refused::Kicked => 4003,
        Refused::Replaced => 4004,
        Refused::TooSlow => 4005,
        Refused::RoomClosed => 4006,
        Refused::StorageAway => 4007,
        Refused::Banned => 4008,
        Refused::NoSuchRoom => 4009,
        Refused::Locked => 4012,
        Refused::NotPrivate { .. } => 4014,
    }
}

#[cfg(test)]
mod tests {
    use super::{
        MAX_CLOSE_REASON, close_reason, command_number, compatible, decode, encode,
        is_chosen_token, parse_close,
    };
    use crate::media::Media;
    use crate::protocol::cadence::Cadence;
    use crate::protocol::denied::Refused;
    use crate::protocol::ephemeral::LivePlace;
    use crate::protocol::event::{ChatLine, Fact, RoomEvent};
    use crate::protocol::ids::{Epoch, LogId, MemberId, NodeId, Rev, RoomId, Seq};
    use crate::protocol::member::{Member, Presence, Role};
    use crate::protocol::playback::{EntryState, QueueEntry};
    use crate::protocol::text::{ChatText, MemberName};
    use crate::protocol::time::{RoomTime, Span};
    use crate::room::state::RoomState;
    use crate::test_support::{entry, member};
    use crate::wire::message::{CatchUp, ClientMsg, Health, HealthState, ServerMsg, Welcome};

    #[test]
    fn a_room_with_members_survives_the_way() {
        let mut state = RoomState::new(RoomId::parse("den").unwrap());
        let member = Member {
            presence: Presence::Here(RoomTime(5)),
            ..member(MemberId(1), "Alice", Role::Admin)
        };
        state.apply(&Fact {
            rev: Rev(1),
            at: RoomTime(5),
            by: None,
            seq: None,
            event: RoomEvent::Presence {
                joined: vec![member],
                left: Vec::new(),
                count: 1,
                large: None,
            },
            about: Vec::new(),
        });
        let message = ServerMsg::State {
            state: Box::new(state),
        };
        let text = encode(&message).unwrap();
        assert_eq!(decode::<ServerMsg>(&text).unwrap(), message);
    }

    /// A room full of the longest texts, as if nothing had limited it.
    fn overgrown() -> RoomState {
        let mut state = RoomState::new(RoomId::parse("den").unwrap());
        let happen = |state: &mut RoomState, event| {
            state.apply(&Fact {
                rev: state.rev.next(),
                at: RoomTime(1_790_000_000_000_000),
                by: None,
                seq: None,
                event,
                about: Vec::new(),
            });
        };
        let text = ChatText::parse(&"🔥".repeat(ChatText::MAX_CHARS)).unwrap();
        for number in 0..200 {
            let name = format!("{number:03}{}", "🔥".repeat(21));
            let name = MemberName::parse(&name).unwrap();
            let link = format!("https://example.org/{number:03}{}.mp4", "a".repeat(2_000));
            let entry = QueueEntry {
                media: Media::parse(&link).unwrap(),
                by: MemberId(number),
                by_name: name.clone(),
                at: state.at,
                ..entry(state.queue.next_id().0, EntryState::Approved)
            };
            happen(&mut state, RoomEvent::Queued { entry });
            let message = ChatLine {
                id: state.chat.next_id(),
                from: MemberId(number),
                name,
                text: text.clone(),
                position: None,
                at: state.at,
                erased: None,
                second_address: false,
            };
            happen(&mut state, RoomEvent::Chat(message));
        }
        state
    }

    #[test]
    fn the_largest_welcome_has_256_kib() {
        let welcome = |state: RoomState| {
            ServerMsg::Welcome(Box::new(Welcome {
                you: MemberId(1),
                resume: "0".repeat(64),
                log: LogId("0".repeat(64)),
                node: NodeId("0".repeat(64)),
                server: "10.20.30".to_owned(),
                max_frame: 16_384,
                public_url: Some(format!("https://{}.example.org", "a".repeat(200))),
                server_id: None,
                created: false,
                hosted: true,
                cadence: Some(Cadence::default()),
                catch_up: CatchUp::State(Box::new(state)),
            }))
        };
        let state = overgrown();
        let text = encode(&welcome(state.for_client(MemberId(1)))).unwrap();
        assert!(text.len() <= 256 * 1024, "{} bytes", text.len());
        assert!(decode::<ServerMsg>(&text).is_ok());
    }

    #[test]
    fn where_a_live_player_is_travels_and_may_be_left_out() {
        let place = LivePlace {
            epoch: Epoch(4),
            offset: Span::millis(-1_500),
        };
        let health = Health {
            live: Some(place),
            ..Health::default()
        };
        let message = ClientMsg::Health(health);
        let text = encode(&message).unwrap();
        assert!(
            text.contains(r#""live":{"epoch":4,"offset":-1500000}"#),
            "{text}"
        );
        assert_eq!(decode::<ClientMsg>(&text).unwrap(), message);
        let older = r#"{"type":"health","state":"in_step"}"#;
        let expected = Health {
            state: HealthState::InStep,
            ..Health::default()
        };
        assert_eq!(
            decode::<ClientMsg>(older).unwrap(),
            ClientMsg::Health(expected)
        );
        assert!(!encode(&expected).unwrap().contains("live"));
    }

    #[test]
    fn versions_that_differ_by_one_understand_each_other() {
        assert!(compatible(1, 1) && compatible(1, 2) && compatible(2, 1));
        assert!(!compatible(1, 3) && !compatible(u32::MAX, 0));
    }

    #[test]
    fn a_close_frame_says_why() {
        let limit = u32::MAX;
        let reasons = [
            Refused::Version {
                server: limit,
                client: limit,
            },
            Refused::PasswordMissing,
            Refused::RoomFull { limit },
            Refused::Kicked,
            Refused::Banned,
            Refused::NoSuchRoom,
            Refused::Locked,
            Refused::ShuttingDown,
        ];
        for why in reasons {
            let text = close_reason(&why);
            assert!(text.len() <= MAX_CLOSE_REASON, "{text}");
            assert_eq!(parse_close(&text), Some(why));
        }
    }

    #[test]
    fn a_token_that_could_be_guessed_is_no_token() {
        assert!(is_chosen_token("0123456789abcdef0123456789abcdef"));
        for weak in [
            "",
            "a",
            "0123456789ABCDEF0123456789ABCDEF",
            "0123456789abcdef",
        ] {
            assert!(!is_chosen_token(weak), "{weak}");
        }
        assert!(!is_chosen_token(&"0".repeat(33)));
    }

    #[test]
    fn an_older_hello_brings_no_token_and_a_newer_one_is_read() {
        let older = r#"{"type":"hello","protocol":1,"room":"den","name":"Ada"}"#;
        let Ok(ClientMsg::Hello(hello)) = decode(older) else {
            panic!("no hello");
        };
        assert_eq!(
            (hello.resume.as_deref(), hello.token.as_deref()),
            (None, None)
        );
        assert!(!encode(&hello).unwrap().contains("token"));
        let newer = r#"{"type":"hello","protocol":1,"room":"den","name":"Ada","token":"t"}"#;
        let Ok(ClientMsg::Hello(hello)) = decode(newer) else {
            panic!("no hello");
        };
        assert_eq!(hello.token.as_deref(), Some("t"));
    }

    #[test]
    fn a_command_has_its_number_whatever_it_asks_for() {
        let unknown = r#"{"type":"command","seq":7,"command":{"do":"dance"}}"#;
        assert_eq!(command_number(unknown), Some(Seq(7)));
        for other in [
            r#"{"type":"ping","seq":7}"#,
            r#"{"type":"command","seq":-1,"command":{}}"#,
            r#"{"type":"command"}"#,
            "7",
            "{",
        ] {
            assert_eq!(command_number(other), None, "{other}");
        }
    }

    #[test]
    fn a_foreign_close_reason_is_no_reason_of_ours() {
        for text in ["", "bye", "{}", r#"{"code":"from_the_future"}"#] {
            assert_eq!(parse_close(text), None, "{text}");
        }
    }
}
