//! Who may create rooms: anyone, or whoever has the operator's password or a key of theirs.
//!
//! The password is the server's and lies on its disk in plain text, so its digest is compared and
//! not an argon2 hash. A key is for one room and once.

use std::collections::BTreeMap;
use std::time::Duration;

use serde::Serialize;
use sha2::{Digest, Sha256};
use tokio::time::Instant;

use crate::protocol::denied::Refused;
use crate::protocol::ids::RoomId;
use crate::protocol::secret::Password;

/// How long a key may be used (judgement: time enough to hand it over and to join).
pub(super) const KEY_FOR: Duration = Duration::from_hours(24);

/// The most keys that wait to be used; the one that ends first gives way (judgement: an operator
/// hands out a few).
const KEYS: usize = 256;

/// Who may create rooms.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CreateRule {
    /// Anyone who can reach the server.
    #[default]
    Anyone,
    /// Who has the server's password for new rooms, or a key.
    Password,
    /// Who has a key that the operator made for the room.
    Admin,
}

/// The digest of a password or a key. Comparing digests tells nothing about either, however long it
/// takes.
pub(super) type KeyDigest = [u8; 32];

/// The digest of a password or a key.
pub(super) fn digest(text: &str) -> KeyDigest {
    Sha256::digest(text.as_bytes()).into()
}

/// The text of a new key.
pub(super) fn new_key() -> String {
    format!("{:024x}", rand::random::<u128>() >> 32)
}

/// With what somebody tries to create a room.
#[derive(Debug, Clone, Copy)]
pub(super) struct Attempt<'a> {
    /// The room.
    pub(super) room: &'a RoomId,
    /// The password or key that they give.
    pub(super) given: Option<&'a Password>,
    /// The digest of the room's key, if all nodes share it.
    pub(super) shared_key: Option<KeyDigest>,
}

/// A key for one room.
#[derive(Debug)]
struct Key {
    secret: KeyDigest,
    until: Instant,
}

/// What opens a new room, where not everybody may create one.
#[derive(Debug, Default)]
pub(super) struct CreationSecrets {
    password: Option<KeyDigest>,
    keys: BTreeMap<RoomId, Key>,
}

impl CreationSecrets {
    /// Sets the server's password for new rooms; `None` lets no password in.
    pub(super) fn set_password(&mut self, password: Option<&Password>) {
        self.password = password.map(|password| digest(password.reveal()));
    }

    /// Makes a key for a room. An earlier one for the same room is void.
    pub(super) fn make_key(&mut self, room: RoomId, now: Instant) -> String {
        self.keys.retain(|_, key| key.until > now);
        if self.keys.len() >= KEYS {
            let first = self.keys.iter().min_by_key(|(_, key)| key.until);
            if let Some(first) = first.map(|(room, _)| room.clone()) {
                self.keys.remove(&first);
            }
        }
        let text = new_key();
        let key = Key {
            secret: digest(&text),
            until: now + KEY_FOR,
        };
        self.keys.insert(room, key);
        text
    }

    /// Whether somebody with this password or key may create the room.
    ///
    /// # Errors
    /// The refusal says what is missing.
    pub(super) fn check(
        &self,
        rule: CreateRule,
        attempt: Attempt<'_>,
        now: Instant,
    ) -> Result<(), Refused> {
        let Attempt {
            room,
            given,
            shared_key,
        } = attempt;
        let needed = match rule {
            CreateRule::Anyone => return Ok(()),
            CreateRule::Password => Refused::CreatePasswordNeeded,
            CreateRule::Admin => Refused::CreateKeyNeeded,
        };
        let given = given.map(Password::reveal);
        let Some(given) = given.filter(|given| !given.is_empty()) else {
            return Err(needed);
        };
        let given = digest(given);
        let is_password = rule == CreateRule::Password && self.password == Some(given);
        let own_key = self.keys.get(room).filter(|key| key.until > now);
        let key = shared_key.or(own_key.map(|key| key.secret));
        if is_password || key == Some(given) {
            Ok(())
        } else {
            Err(Refused::CreatePasswordWrong)
        }
    }

    /// The room was created, so its key is void.
    pub(super) fn created(&mut self, room: &RoomId) {
        self.keys.remove(room);
    }
}

#[cfg(test)]
mod tests {
    use tokio::time::Instant;

    use super::{Attempt, CreateRule, CreationSecrets, KEY_FOR, KEYS, KeyDigest, digest, new_key};
    use crate::protocol::denied::Refused;
    use crate::protocol::ids::RoomId;
    use crate::protocol::secret::Password;

    fn room(name: &str) -> RoomId {
        RoomId::parse(name).unwrap()
    }

    fn attempt<'a>(
        room: &'a RoomId,
        given: Option<&'a Password>,
        shared_key: Option<KeyDigest>,
    ) -> Attempt<'a> {
        Attempt {
            room,
            given,
            shared_key,
        }
    }

    #[test]
    fn the_rule_says_what_a_new_room_needs() {
        let now = Instant::now();
        let mut secrets = CreationSecrets::default();
        let den = room("den");
        let check = |secrets: &CreationSecrets, rule, given: Option<&str>| {
            let given = given.map(Password::from);
            secrets.check(rule, attempt(&den, given.as_ref(), None), now)
        };
        assert_eq!(check(&secrets, CreateRule::Anyone, None), Ok(()));
        let needed = Err(Refused::CreatePasswordNeeded);
        assert_eq!(check(&secrets, CreateRule::Password, None), needed);
        assert_eq!(check(&secrets, CreateRule::Password, Some("")), needed);
        let wrong = Err(Refused::CreatePasswordWrong);
        assert_eq!(
            check(&secrets, CreateRule::Password, Some("popcorn")),
            wrong
        );
        secrets.set_password(Some(&"popcorn".into()));
        assert_eq!(
            check(&secrets, CreateRule::Password, Some("popcorn")),
            Ok(())
        );
        assert_eq!(
            check(&secrets, CreateRule::Password, Some("Popcorn")),
            wrong
        );
        let key = Err(Refused::CreateKeyNeeded);
        assert_eq!(check(&secrets, CreateRule::Admin, None), key);
        assert_eq!(check(&secrets, CreateRule::Admin, Some("popcorn")), wrong);
    }

    #[test]
    fn a_key_is_for_one_room_once_and_not_for_ever() {
        let now = Instant::now();
        let mut secrets = CreationSecrets::default();
        let den = room("den");
        let key = Password::from(secrets.make_key(den.clone(), now));
        for rule in [CreateRule::Admin, CreateRule::Password] {
            let attempt = attempt(&den, Some(&key), None);
            assert_eq!(secrets.check(rule, attempt, now), Ok(()));
        }
        let wrong = Err(Refused::CreatePasswordWrong);
        let check = |secrets: &CreationSecrets, name, at| {
            let room = room(name);
            secrets.check(CreateRule::Admin, attempt(&room, Some(&key), None), at)
        };
        assert_eq!(check(&secrets, "other", now), wrong);
        assert_eq!(check(&secrets, "den", now + KEY_FOR), wrong);
        secrets.created(&den);
        assert_eq!(check(&secrets, "den", now), wrong);
    }

    #[test]
    fn a_key_that_all_nodes_share_opens_the_room_too() {
        let (now, den) = (Instant::now(), room("den"));
        let secrets = CreationSecrets::default();
        let text = new_key();
        let (key, shared) = (Password::from(text.clone()), Some(digest(&text)));
        let check = |given: &Password, shared| {
            secrets.check(CreateRule::Admin, attempt(&den, Some(given), shared), now)
        };
        assert_eq!(check(&key, shared), Ok(()));
        let wrong = Err(Refused::CreatePasswordWrong);
        assert_eq!(check(&key, None), wrong);
        assert_eq!(check(&Password::from("guessed"), shared), wrong);
    }

    #[test]
    fn keys_that_nobody_uses_do_not_pile_up() {
        let now = Instant::now();
        let mut secrets = CreationSecrets::default();
        for number in 0..=KEYS {
            secrets.make_key(room(&format!("room-{number}")), now);
        }
        assert_eq!(secrets.keys.len(), KEYS);
        secrets.make_key(room("later"), now + KEY_FOR);
        assert_eq!(secrets.keys.len(), 1);
    }
}
