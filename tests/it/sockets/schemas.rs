//! What really travels is what the schemas in `docs/schemas` say.

use std::fs;
use std::path::Path;

use jsonschema::Validator;
use serde_json::{Value, json};
use watchtogether::media::{MAX_LINK_BYTES, Media};
use watchtogether::protocol::command::{Command, MemberRef, PermissionRequest, Report, SeekTarget};
use watchtogether::protocol::denied::Refused;
use watchtogether::protocol::ids::{ChatId, EntryId, RoomId, Seq};
use watchtogether::protocol::member::Role;
use watchtogether::protocol::text::{ChatText, Emoji, MemberName, Title};
use watchtogether::protocol::time::{LocalTime, Position, Rate, Span};
use watchtogether::wire::message::{ClientMsg, Health, HealthState, ServerMsg};

use super::Server;
use super::client::{Client, both_watch, chat, hello, learned_nothing, private_hello};

/// The validator of a committed schema.
pub(super) fn schema(name: &str) -> Validator {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/schemas");
    let text = fs::read_to_string(path.join(format!("{name}.json"))).expect("a schema");
    let schema: Value = serde_json::from_str(&text).expect("JSON");
    jsonschema::draft202012::new(&schema).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// Checks that a schema accepts a value.
#[track_caller]
pub(super) fn accepts(schema: &Validator, value: &Value) {
    let errors: Vec<String> = schema
        .iter_errors(value)
        .map(|error| format!("{} at {}", error, error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{value}: {errors:#?}");
}

/// The commands of an evening, as a viewer or an admin gives them.
fn commands() -> Vec<Command> {
    let media = Media::parse("https://example.org/b.mp4").expect("a link");
    vec![
        chat("hello"),
        Command::React {
            emoji: Emoji::parse("🔥").expect("an emoji"),
        },
        Command::Add {
            media: media.clone(),
        },
        Command::Approve { entry: None },
        Command::Pause { mark: None },
        Command::Seek {
            target: SeekTarget::To(Position(60_000_000)),
            mark: None,
        },
        Command::Seek {
            target: SeekTarget::By(Span::seconds(-5)),
            mark: None,
        },
        Command::Undo,
        Command::Resume { mark: None },
        Command::SetRate { rate: Rate::NORMAL },
        Command::Ask {
            request: PermissionRequest::default(),
        },
        Command::SetTitle {
            title: Title::parse("Movie night").ok(),
        },
        Command::PlayNow { entry: EntryId(1) },
        Command::Skip,
        Command::SetRole {
            who: MemberRef::Name("Bob".to_owned().try_into().expect("a name")),
            role: Role::Moderator,
        },
        Command::Erase { line: ChatId(1) },
        Command::ListInvites,
        Command::Countdown,
        Command::SetWait { wait: false },
        Command::Go,
        Command::Close,
    ]
}

#[tokio::test]
async fn every_frame_of_an_evening_is_as_its_schema_says() {
    let server = Server::start().await;
    let mut alice = Client::join(&server, "movie-night", "Alice").await;
    let mut bob = Client::join(&server, "movie-night", "Bob").await;
    let epoch = both_watch(&mut alice, &mut bob).await;
    for client in [&mut alice, &mut bob] {
        client.report(Report::Ready { epoch }).await;
        client.report(learned_nothing(epoch)).await;
    }
    let health = Health {
        state: HealthState::InStep,
        error: Some(Span::millis(3)),
        ..Health::default()
    };
    bob.socket.send(&ClientMsg::Health(health)).await;
    bob.until(|message| matches!(message, ServerMsg::Health(_)).then_some(()))
        .await;
    bob.socket.send_text("junk".to_owned()).await;
    bob.socket.send(&ClientMsg::State).await;
    bob.until(|message| matches!(message, ServerMsg::State { .. }).then_some(()))
        .await;
    let mut back = bob.come_back(&server).await;
    assert_eq!(bob.closed().await, Some(Refused::Replaced));
    for client in [&mut back, &mut alice] {
        for command in commands() {
            let seq = client.send(command).await;
            let _any = client.answer(seq).await;
        }
    }
    let received = schema("server-message");
    let codes = ["denied", "refused", "frame-error"].map(schema);
    for client in [&alice, &bob, &back] {
        assert!(client.socket.received.len() > 5);
        for text in &client.socket.received {
            let frame: Value = serde_json::from_str(text).expect("JSON");
            if frame.get("type").is_none() {
                // A close frame's reason.
                accepts(&codes[1], &frame);
                continue;
            }
            accepts(&received, &frame);
            let of = match frame["type"].as_str() {
                Some("denied") => &codes[0],
                Some("refused") => &codes[1],
                Some("error") => &codes[2],
                _ => continue,
            };
            accepts(of, &frame);
        }
    }
}

#[test]
fn what_a_client_sends_is_as_its_schema_says_and_nonsense_is_not() {
    let sent = schema("client-message");
    let hellos = [
        hello("movie-night", "Alice"),
        private_hello("movie-night", "Alice", Some("secret")),
    ];
    let mut messages: Vec<ClientMsg> = hellos
        .into_iter()
        .map(|hello| ClientMsg::Hello(Box::new(hello)))
        .collect();
    messages.extend([ClientMsg::State, ClientMsg::Leave]);
    messages.push(ClientMsg::Ping { t0: LocalTime(-5) });
    messages.push(ClientMsg::Health(Health::default()));
    let numbered = (1..).map(Seq).zip(commands());
    messages.extend(numbered.map(|(seq, command)| ClientMsg::Command { seq, command }));
    for message in messages {
        accepts(&sent, &serde_json::to_value(message).expect("JSON"));
    }
    for nonsense in [
        r#"{"type":"hello","protocol":2,"room":"movie-night"}"#,
        r#"{"type":"command","seq":"one","command":{"do":"skip"}}"#,
        r#"{"type":"command","seq":1,"command":{"do":"dance"}}"#,
        r#"{"type":"ping","t0":1.5}"#,
        r#"{"type":"dance"}"#,
        "7",
    ] {
        let value: Value = serde_json::from_str(nonsense).expect("JSON");
        assert!(!sent.is_valid(&value), "{nonsense}");
    }
}

/// Checks that the schema and the decoder of a client's messages take `good` and refuse `bad`, each
/// put into a message by `within`.
#[track_caller]
fn bounded(sent: &Validator, good: &str, bad: &str, within: impl Fn(&str) -> Value) {
    let decoded = |message: &Value| serde_json::from_value::<ClientMsg>(message.clone());
    let taken = within(good);
    accepts(sent, &taken);
    assert!(decoded(&taken).is_ok(), "{taken}: {:?}", decoded(&taken));
    let refused = within(bad);
    assert!(!sent.is_valid(&refused), "the schema takes {refused}");
    assert!(decoded(&refused).is_err(), "the decoder takes {refused}");
}

#[test]
fn what_is_too_long_for_the_decoder_is_too_long_for_the_schema() {
    let sent = schema("client-message");
    let long = |most: usize| ("x".repeat(most), "x".repeat(most + 1));
    let command = |command: Value| json!({"type": "command", "seq": 1, "command": command});
    let hello = |room: &str, name: &str| json!({"type": "hello", "protocol": 2, "room": room, "name": name});
    let (good, bad) = long(ChatText::MAX_CHARS);
    bounded(&sent, &good, &bad, |text| {
        command(json!({"do": "chat", "text": text}))
    });
    let (good, bad) = long(MemberName::MAX_CHARS);
    bounded(&sent, &good, &bad, |name| hello("den", name));
    let (good, bad) = long(RoomId::LONGEST);
    bounded(&sent, &good, &bad, |room| hello(room, "Ada"));
    for bad in ["a", "Den", "-den", "den_1", "дом"] {
        bounded(&sent, "den-1", bad, |room| hello(room, "Ada"));
    }
    let (good, bad) = long(Title::MAX_CHARS);
    bounded(&sent, &good, &bad, |title| {
        command(json!({"do": "set_title", "title": title}))
    });
    let link = |most: usize| format!("https://a.example/{}.mp4", "x".repeat(most - 22));
    let (good, bad) = (link(MAX_LINK_BYTES), link(MAX_LINK_BYTES + 1));
    assert_eq!(good.len(), MAX_LINK_BYTES);
    bounded(&sent, &good, &bad, |media| {
        command(json!({"do": "add", "media": media}))
    });
    let toned = |emoji: &'static emojis::Emoji| emoji.skin_tones().into_iter().flatten();
    let all = emojis::iter().flat_map(|emoji| toned(emoji).chain([emoji]));
    let longest = all.map(emojis::Emoji::as_str);
    let longest = longest.max_by_key(|emoji| emoji.chars().count());
    let longest = longest.expect("an emoji");
    assert_eq!(longest.chars().count(), Emoji::MAX_CHARS);
    bounded(&sent, longest, &longest.repeat(2), |emoji| {
        command(json!({"do": "react", "emoji": emoji}))
    });
    let (good, bad) = ("0".repeat(32), "0".repeat(33));
    bounded(&sent, &good, &bad, |invite| {
        let mut hello = hello("den", "Ada");
        hello["invite"] = invite.into();
        hello
    });
}

#[tokio::test]
async fn what_a_server_says_over_http_is_as_its_schema_says() {
    let server = Server::start().await;
    let _alice = Client::join(&server, "movie-night", "Alice").await;
    server
        .until_listed("the room", |rooms| !rooms.is_empty())
        .await;
    for (path, name) in [
        ("/healthz", "server-card"),
        ("/api/rooms/movie-night", "room-card"),
        ("/api/rooms/nowhere", "api-error"),
    ] {
        let (_, body) = server.page(path).await;
        accepts(&schema(name), &serde_json::from_str(&body).expect("JSON"));
    }
    let (_, rooms) = server.page("/api/rooms").await;
    let rooms: Vec<Value> = serde_json::from_str(&rooms).expect("a list");
    accepts(&schema("room-card"), &rooms[0]);
}
