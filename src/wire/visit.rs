//! Visits: connections of a room that are no member's presence in it.
//!
//! A visit opens a connection in place of a hello. Versions that do not know it refuse it, instead
//! of letting in a member that nobody wanted.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::hello::Hello;

/// The first message of a visit, due within 10 s.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Visit {
    /// What the client comes for.
    pub purpose: VisitPurpose,
    /// Who comes, and to which room; a visit never creates it. The wish for a new room, the known
    /// events and the player are ignored.
    #[serde(flatten)]
    pub hello: Hello,
}

/// What a visit is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum VisitPurpose {
    /// A few commands in the name of the member whose token the hello brings, or of a guest. It
    /// neither counts as a connection of that member nor replaces it, and nobody is told that
    /// anyone came or went. Only [`Command::Chat`] and [`Command::Add`] are carried out. The
    /// welcome has what the gallery shows of the room and the member; of the events follow those
    /// that the member causes. It ends when the member is kicked or banned, and when a room becomes
    /// private in which the member is not.
    ///
    /// [`Command::Chat`]: crate::protocol::command::Command::Chat
    /// [`Command::Add`]: crate::protocol::command::Command::Add
    Errand,
    /// To see what happens in a public room. Whoever does can do nothing in it, and is counted in
    /// [`HealthDigest::observers`]. The bans are left out, and the chat unless an admin shows it,
    /// which is never in the state: an event of them is [`RoomEvent::Noted`] here. The welcome has neither a member nor a token. Any other
    /// room is [`Refused::NoSuchRoom`], also when a public one changes.
    ///
    /// [`HealthDigest::observers`]: super::message::HealthDigest::observers
    /// [`RoomEvent::Noted`]: crate::protocol::event::RoomEvent::Noted
    /// [`Refused::NoSuchRoom`]: crate::protocol::denied::Refused::NoSuchRoom
    Observe,
}

#[cfg(test)]
mod tests {
    use super::{Visit, VisitPurpose};
    use crate::protocol::ids::RoomId;
    use crate::protocol::text::MemberName;
    use crate::wire::codec::{PROTOCOL, decode, encode};
    use crate::wire::hello::{Create, Hello};
    use crate::wire::message::ClientMsg;

    #[test]
    fn a_visit_is_a_hello_of_another_type() {
        let hello = Hello {
            protocol: PROTOCOL,
            room: RoomId::parse("den").unwrap(),
            name: MemberName::parse("Ada").unwrap(),
            password: None,
            invite: None,
            resume: Some("t".to_owned()),
            token: None,
            log: None,
            since: None,
            create: Create::default(),
            has_player: false,
        };
        let purpose = VisitPurpose::Errand;
        let visit = ClientMsg::Visit(Box::new(Visit { purpose, hello }));
        let text = encode(&visit).unwrap();
        let begin = r#"{"type":"visit","purpose":"errand","protocol":2,"room":"den""#;
        assert!(text.starts_with(begin), "{text}");
        assert_eq!(decode::<ClientMsg>(&text).unwrap(), visit);
    }
}
