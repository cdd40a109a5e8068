//! Private rooms: a password to come in, and none to come back.

use serde_json::{Value, json};

use super::connection::Connection;
use super::json::at;
use super::member::{Member, hello, with};
use super::stage::{Stage, made_up};
use super::verdict::{Step, Verdict, check};

/// Nobody comes in without the password, or with another one; who was in comes back without it.
pub(super) async fn password(stage: &mut Stage) -> Step<()> {
    let room = made_up();
    let private = json!({"visibility": "private"});
    let fields = json!({"create": private, "password": "popcorn"});
    let admin = stage.create(&room, fields).await?;
    for (password, code) in [
        (None, "password_needed"),
        (Some("Popcorn"), "password_wrong"),
    ] {
        let asked = with(hello(&room, "Bea"), json!({"password": password}));
        let mut socket = Connection::open(&stage.target).await?;
        socket.send(&asked).await;
        socket.refused_with(code, 4001).await?;
    }
    let asked = with(hello(&room, "Bea"), json!({"password": "popcorn"}));
    let guest = Member::join(&stage.target, &asked).await?;
    keeps_secret(&guest.welcome)?;
    let back = guest.hello_again(&room);
    guest.socket.hang_up().await;
    Member::join(&stage.target, &back).await?.leave().await?;
    admin.leave().await
}

/// No frame has a password in it, nor what it was hashed to.
fn keeps_secret(welcome: &Value) -> Step<()> {
    let text = welcome.to_string();
    check(
        !text.contains("popcorn") && !text.contains("argon2"),
        "no password in the room's state",
        at(welcome, "/catch_up"),
    )
}

/// A private room is not made without a password.
pub(super) async fn needs_password(stage: &mut Stage) -> Step<()> {
    let private = json!({"create": {"visibility": "private"}});
    let asked = with(hello(&made_up(), "Ada"), private);
    match Member::enter(&stage.target, &asked).await? {
        Ok(member) => Err(Verdict::unexpected(
            r#"{"type":"refused","code":"password_missing",...}"#,
            &member.welcome,
        )),
        Err(refused) => match Verdict::of_refusal(&refused) {
            _ if at(&refused, "/code") == "password_missing" => Ok(()),
            other => Err(other),
        },
    }
}
