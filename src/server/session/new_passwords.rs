//! New passwords of rooms, which members send by command. They are hashed here, before the room
//! decides: that takes a processor for some 30 ms.

use tokio::time::Instant;

use crate::protocol::command::Command;
use crate::protocol::denied::{Denied, Refused};
use crate::protocol::member::Visibility;
use crate::protocol::secret::Password;
use crate::room::secrets::PasswordHash;
use crate::server::credentials::Passwords;
use crate::server::limits::{Bucket, wait_in_ms};

/// How many new passwords a connection may send at once (judgement: somebody mistypes one).
const AT_ONCE: u32 = 3;

/// How many come back per second: one in 10 s.
const PER_SECOND: f64 = 0.1;

/// The new passwords that one connection sends.
pub(super) struct NewPasswords {
    queue: Passwords,
    left: Bucket,
}

impl NewPasswords {
    /// Before the first one.
    pub(super) fn new(queue: Passwords, now: Instant) -> Self {
        Self {
            queue,
            left: Bucket::new(AT_ONCE, PER_SECOND, now),
        }
    }

    /// The password that a command brings, if it brings one.
    pub(super) const fn of(command: &Command) -> Option<&Password> {
        match command {
            Command::SetVisibility {
                visibility: Visibility::Private,
                password,
            } => password.as_ref(),
            _ => None,
        }
    }

    /// Hashes a new password, once those before it are hashed.
    ///
    /// # Errors
    /// The denial if it cannot be a password, or too many come.
    pub(super) async fn hash(
        &mut self,
        password: Password,
        now: Instant,
    ) -> Result<PasswordHash, Denied> {
        self.left.take(now).map_err(|wait| Denied::TooFast {
            retry_ms: wait_in_ms(wait),
        })?;
        self.queue.hash(password).await.map_err(|why| denial(&why))
    }
}

/// The denial for a refusal of the queue.
fn denial(why: &Refused) -> Denied {
    match *why {
        Refused::PasswordMissing => Denied::PasswordMissing,
        Refused::PasswordTooLong { limit } => Denied::PasswordTooLong { limit },
        Refused::TooManyTries { retry_ms } => Denied::TooFast { retry_ms },
        _ => Denied::Internal,
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use tokio::time::Instant;

    use super::NewPasswords;
    use crate::protocol::command::Command;
    use crate::protocol::denied::Denied;
    use crate::protocol::member::Visibility;
    use crate::server::credentials::Passwords;

    #[tokio::test]
    async fn a_connection_has_so_many_new_passwords_hashed_and_no_empty_or_endless_one() {
        let now = Instant::now();
        let mut passwords = NewPasswords::new(Passwords::new(), now);
        let missing = passwords.hash("".into(), now).await;
        assert_eq!(missing.err(), Some(Denied::PasswordMissing));
        let too_long = passwords.hash("x".repeat(1_025).into(), now).await;
        let limit = 1_024;
        assert_eq!(too_long.err(), Some(Denied::PasswordTooLong { limit }));
        assert!(passwords.hash("popcorn".into(), now).await.is_ok());
        let again = passwords.hash("popcorn".into(), now).await;
        assert!(matches!(again, Err(Denied::TooFast { .. })));
        let later = now + Duration::from_secs(11);
        assert!(passwords.hash("popcorn".into(), later).await.is_ok());
    }

    #[test]
    fn only_a_private_room_takes_a_password() {
        let command = |visibility| Command::SetVisibility {
            visibility,
            password: Some("popcorn".into()),
        };
        assert!(NewPasswords::of(&command(Visibility::Private)).is_some());
        assert_eq!(NewPasswords::of(&command(Visibility::Public)), None);
        assert_eq!(NewPasswords::of(&Command::Skip), None);
    }
}
