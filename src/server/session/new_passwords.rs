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
        self.queue.hash(password).await.map_err(denial)
    }
}

/// The denial for a refusal of the queue.
fn denial(why: Refused) -> Denied {
    match why {
        Refused::PasswordMissing => Denied::PasswordMissing,
        Refused::PasswordTooLong { limit } => Denied::PasswordTooLong { limit },
        Refused::TooManyTries { retry_ms } => Denied::TooFast { retry_ms },
        _ => Denied::Internal,
    }
}
