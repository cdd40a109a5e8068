//! Passwords and resume tokens: made, hashed and checked. Nothing of it is ever logged.

use std::sync::Arc;

use argon2::Argon2;
use argon2::password_hash::phc;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;

use crate::room::secrets::{PasswordHash, TokenHash};

/// How many passwords are hashed at once. Each takes 19 MiB and a processor for some 30 ms
/// (argon2id's defaults); a flood of guesses waits in line and leaves processors to rooms.
const HASHED_AT_ONCE: usize = 2;

/// The most bytes of a password: beyond it nobody types, and hashing costs.
const MAX_PASSWORD: usize = 1024;

/// A new resume token: 128 random bits in hexadecimal.
pub(super) fn new_token() -> String {
    format!("{:032x}", rand::random::<u128>())
}

/// What the server keeps of a token.
pub(super) fn token_hash(token: &str) -> TokenHash {
    TokenHash(Sha256::digest(token.as_bytes()).into())
}

/// Hashes and checks passwords, a few at a time. Clones share the line.
#[derive(Debug, Clone)]
pub(super) struct Passwords {
    line: Arc<Semaphore>,
}

impl Passwords {
    /// An empty line.
    pub(super) fn new() -> Self {
        Self {
            line: Arc::new(Semaphore::new(HASHED_AT_ONCE)),
        }
    }

    /// The hash of a new password; `None` if it cannot be hashed (empty or absurdly long).
    pub(super) async fn hash(&self, password: String) -> Option<PasswordHash> {
        if password.is_empty() || password.len() > MAX_PASSWORD {
            return None;
        }
        self.in_line(
            move || match Argon2::default().hash_password(password.as_bytes()) {
                Ok(hash) => Some(PasswordHash(hash.to_string())),
                Err(error) => {
                    tracing::error!(%error, "a password could not be hashed");
                    None
                }
            },
        )
        .await
        .flatten()
    }

    /// Whether a password is the one of the hash. The comparison takes the same time
    /// whatever differs (the crate compares in constant time).
    pub(super) async fn matches(&self, password: String, hash: PasswordHash) -> bool {
        if password.len() > MAX_PASSWORD {
            return false;
        }
        self.in_line(move || match phc::PasswordHash::new(&hash.0) {
            Ok(known) => Argon2::default()
                .verify_password(password.as_bytes(), &known)
                .is_ok(),
            Err(error) => {
                tracing::error!(%error, "a stored password hash cannot be read");
                false
            }
        })
        .await
        .unwrap_or(false)
    }

    /// Runs work on a thread for blocking work once it is its turn.
    async fn in_line<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Option<T> {
        let _turn = self.line.acquire().await.ok()?;
        match tokio::task::spawn_blocking(work).await {
            Ok(done) => Some(done),
            Err(error) => {
                tracing::error!(%error, "hashing a password failed");
                None
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Passwords, new_token, token_hash};

    #[tokio::test]
    async fn only_the_right_password_opens() {
        let passwords = Passwords::new();
        let hash = passwords.hash("popcorn".to_owned()).await.unwrap();
        assert!(!hash.0.contains("popcorn"));
        assert!(passwords.matches("popcorn".to_owned(), hash.clone()).await);
        for wrong in ["Popcorn", "", "popcorn "] {
            assert!(!passwords.matches(wrong.to_owned(), hash.clone()).await);
        }
    }

    #[tokio::test]
    async fn absurd_passwords_are_not_hashed() {
        let passwords = Passwords::new();
        assert_eq!(passwords.hash(String::new()).await, None);
        assert_eq!(passwords.hash("x".repeat(5000)).await, None);
    }

    #[test]
    fn tokens_differ_and_their_hashes_too() {
        let (one, other) = (new_token(), new_token());
        assert_eq!(one.len(), 32);
        assert_ne!(one, other);
        assert!(token_hash(&one) != token_hash(&other));
    }
}
