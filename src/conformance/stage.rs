//! Where the scenarios play: a room that most of them share, its admin, and the rooms that have to
//! be closed at the end.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::sleep;

use super::connection::Target;
use super::json::at;
use super::member::{Member, hello, with};
use super::verdict::{Step, Verdict};

/// The longest that a new room is waited for where a server lets few be created (judgement: our own
/// gives a room back each 30 s).
const ROOM_WITHIN: Duration = Duration::from_secs(35);

/// A room that the kit has created, and its admin's token.
struct Created {
    room: String,
    token: String,
}

/// Where the scenarios play.
pub(super) struct Stage {
    /// The server on trial.
    pub(super) target: Target,
    /// The name of the shared room.
    pub(super) room: String,
    /// The shared room's admin, between two scenarios.
    admin: Option<Member>,
    /// The number of the shared admin's last command.
    last_seq: u64,
    created: Vec<Created>,
}

impl Stage {
    /// A stage without any room yet.
    pub(super) fn new(target: Target) -> Self {
        Self {
            target,
            room: made_up(),
            admin: None,
            last_seq: 0,
            created: Vec::new(),
        }
    }

    /// Creates a room; its creator has joined. Waits once if too many were created just now.
    pub(super) async fn create(&mut self, room: &str, fields: Value) -> Step<Member> {
        let mut asked = with(hello(room, "Ada"), fields);
        if let Some(key) = &self.target.create_key {
            let mut create = at(&asked, "/create").clone();
            create = with(create, json!({"key": key}));
            asked = with(asked, json!({"create": create}));
        }
        let mut entered = Member::enter(&self.target, &asked).await?;
        if let Err(refused) = &entered
            && at(refused, "/code") == "too_many_rooms"
        {
            let wait = at(refused, "/args/retry_ms").as_u64();
            let wait = Duration::from_millis(wait.unwrap_or_default());
            if wait > ROOM_WITHIN {
                return Err(Verdict::of_refusal(refused));
            }
            sleep(wait).await;
            entered = Member::enter(&self.target, &asked).await?;
        }
        let creator = entered.map_err(|refused| Verdict::of_refusal(&refused))?;
        self.created.push(Created {
            room: room.to_owned(),
            token: creator.token.clone(),
        });
        Ok(creator)
    }

    /// The shared room's admin: as the scenario before has left them, come back, or the creator.
    pub(super) async fn admin(&mut self) -> Step<Member> {
        if let Some(admin) = self.admin.take() {
            return Ok(admin);
        }
        let room = self.room.clone();
        let shared = self.created.iter().find(|created| created.room == room);
        match shared.map(|created| created.token.clone()) {
            Some(token) => {
                let back = with(hello(&room, "Ada"), json!({"resume": token}));
                let mut admin = Member::join(&self.target, &back).await?;
                // A scenario that failed may have used more numbers than it has given back.
                admin.continue_after(self.last_seq + 1_000);
                Ok(admin)
            }
            None => self.create(&room, json!({})).await,
        }
    }

    /// How a scenario of the shared room ends: its guests leave, and its admin stays for the next.
    pub(super) async fn end(
        &mut self,
        admin: Member,
        guests: impl IntoIterator<Item = Member>,
    ) -> Step<()> {
        for guest in guests {
            guest.leave().await?;
        }
        self.keep(admin);
        Ok(())
    }

    /// Keeps the shared room's admin for the next scenario.
    fn keep(&mut self, admin: Member) {
        self.last_seq = admin.last_seq();
        self.admin = Some(admin);
    }

    /// A new viewer of the shared room.
    pub(super) async fn viewer(&self, name: &str) -> Step<Member> {
        Member::join(&self.target, &hello(&self.room, name)).await
    }

    /// The admin of the shared room, and a new viewer whom they have seen come.
    pub(super) async fn pair(&mut self) -> Step<(Member, Member)> {
        let mut admin = self.admin().await?;
        let viewer = self.viewer("Bea").await?;
        admin.read_to(viewer.rev).await?;
        Ok((admin, viewer))
    }

    /// Closes every room that was created and still exists.
    pub(super) async fn clear(&mut self) {
        self.admin = None;
        for Created { room, token } in std::mem::take(&mut self.created) {
            let back = with(hello(&room, "Ada"), json!({"resume": token}));
            match Member::enter(&self.target, &back).await {
                Ok(Ok(mut admin)) => {
                    admin.continue_after(1_000_000);
                    if let Err(why) = admin.done(json!({"do": "close"})).await {
                        tracing::warn!(room, ?why, "the room is left behind");
                    }
                }
                other => tracing::debug!(room, closed = other.is_ok(), "nothing to close"),
            }
        }
    }
}

/// A room's name that nobody else uses.
pub(super) fn made_up() -> String {
    format!("conformance-{:08x}", rand::random::<u32>())
}
