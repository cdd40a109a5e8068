//! Passwords, resume tokens and addresses: generated, hashed and checked. None is ever logged.

use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

use argon2::password_hash::{Error as HashError, phc};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use sha2::{Digest, Sha256};
use tokio::sync::Semaphore;

use crate::protocol::denied::Refused;
use crate::protocol::ids::RoomId;
use crate::protocol::secret::Password;
use crate::room::secrets::{AddressHash, AddressKey, PasswordHash, TokenHash};

/// How many passwords may wait to be hashed: about 2 s of waiting at 30 ms each.
const MAX_QUEUED: usize = 64;

/// How long a client is asked to wait when [`MAX_QUEUED`] passwords wait already, in milliseconds.
const RETRY_WHEN_FULL_MS: u32 = 2_000;

/// A new resume token: 128 random bits in hexadecimal.
pub(super) fn new_token() -> String {
    format!("{:032x}", rand::random::<u128>())
}

/// The hash of a token, which is all that the server keeps of it.
pub(super) fn token_hash(token: &str) -> TokenHash {
    TokenHash::of(token)
}

/// The hash of an address for one room, which mixes its key into it before keeping it. The hashes
/// of one address in two rooms differ.
pub(super) fn address_hash(room: &RoomId, address: IpAddr) -> AddressHash {
    let text = format!("{}\n{address}", room.as_str());
    AddressHash(Sha256::digest(text.as_bytes()).into())
}

/// A new room's key: 256 random bits.
pub(super) fn new_address_key() -> AddressKey {
    AddressKey(rand::random())
}

/// An address hash as a room with this key keeps it; rooms of before there were keys keep it
/// unchanged.
pub(super) fn keyed(key: Option<AddressKey>, from: Option<AddressHash>) -> Option<AddressHash> {
    let (Some(key), Some(from)) = (key, from) else {
        return from;
    };
    let both = Sha256::new().chain_update(key.0).chain_update(from.0);
    Some(AddressHash(both.finalize().into()))
}

/// Hashes and checks passwords, one at a time. Clones share the queue.
#[derive(Debug, Clone)]
pub(super) struct Passwords {
    places: Arc<Semaphore>,
    turn: Arc<Semaphore>,
    memory: Arc<Mutex<Memory>>,
}

/// The memory that hashing works in: 19 MiB (argon2id's defaults), allocated once and used again.
/// An allocator keeps such a block for each thread that freed one, which came to 250 MB after some
/// hundred passwords.
#[derive(Debug, Default)]
struct Memory(Vec<Block>);

impl Passwords {
    /// An empty queue. Each hash takes a processor for some 30 ms; one at a time leaves the other
    /// processors to the rooms.
    pub(super) fn new() -> Self {
        Self::with_limit(MAX_QUEUED)
    }

    fn with_limit(queued: usize) -> Self {
        Self {
            places: Arc::new(Semaphore::new(queued.saturating_add(1))),
            turn: Arc::new(Semaphore::new(1)),
            memory: Arc::default(),
        }
    }

    /// The hash of a new password.
    ///
    /// # Errors
    /// The refusal if it is empty or too long, too many wait, or hashing failed.
    pub(super) async fn hash(&self, password: Password) -> Result<PasswordHash, Refused> {
        if password.reveal().is_empty() {
            return Err(Refused::PasswordMissing);
        }
        check_length(&password)?;
        self.run_in_turn(move |memory| memory.hash(password.reveal()))
            .await
    }

    /// Checks a password against its hash. The comparison takes the same time whatever differs (the
    /// crate compares in constant time).
    ///
    /// # Errors
    /// [`Refused::PasswordWrong`], or the refusal if it could not be checked.
    pub(super) async fn check(
        &self,
        password: Password,
        hash: PasswordHash,
    ) -> Result<(), Refused> {
        check_length(&password)?;
        self.run_in_turn(move |memory| memory.check(password.reveal(), &hash))
            .await
    }

    /// Runs `work` on a blocking thread when its turn comes. Refuses it if too many wait.
    async fn run_in_turn<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Memory) -> Result<T, Refused> + Send + 'static,
    ) -> Result<T, Refused> {
        let _place = self
            .places
            .try_acquire()
            .map_err(|_| Refused::TooManyTries {
                retry_ms: RETRY_WHEN_FULL_MS,
            })?;
        // The semaphore is never closed, so there is no error.
        let _turn = self.turn.acquire().await.map_err(|_| Refused::Internal)?;
        tracing::debug!("a password is hashed");
        let memory = Arc::clone(&self.memory);
        // A panic may have left the memory half written, which does no harm: each hash overwrites
        // all of it.
        let work = move || work(&mut memory.lock().unwrap_or_else(PoisonError::into_inner));
        tokio::task::spawn_blocking(work)
            .await
            .unwrap_or_else(|error| {
                tracing::error!(%error, "hashing a password failed");
                Err(Refused::Internal)
            })
    }
}

impl Memory {
    fn hash(&mut self, password: &str) -> Result<PasswordHash, Refused> {
        let made = self.made(password);
        match made {
            Ok(hash) => Ok(PasswordHash(hash.to_string())),
            Err(error) => {
                tracing::error!(%error, "a password could not be hashed");
                Err(Refused::Internal)
            }
        }
    }

    fn made(&mut self, password: &str) -> Result<phc::PasswordHash, HashError> {
        let hasher = Argon2::default();
        let salt = phc::Salt::new(&rand::random::<[u8; 16]>())?;
        let output = self.output(password, &salt, &hasher)?;
        Ok(phc::PasswordHash {
            algorithm: Algorithm::default().ident(),
            version: Some(Version::default().into()),
            params: phc::ParamsString::try_from(hasher.params())?,
            salt: Some(salt),
            hash: Some(output),
        })
    }

    fn check(&mut self, password: &str, hash: &PasswordHash) -> Result<(), Refused> {
        match self.is_the_one(password, hash) {
            Ok(true) => Ok(()),
            Ok(false) => Err(Refused::PasswordWrong),
            Err(error) => {
                tracing::error!(%error, "a stored password hash cannot be read");
                Err(Refused::Internal)
            }
        }
    }

    fn is_the_one(&mut self, password: &str, hash: &PasswordHash) -> Result<bool, HashError> {
        let known = phc::PasswordHash::new(&hash.0)?;
        let (Some(salt), Some(output)) = (&known.salt, &known.hash) else {
            return Ok(false);
        };
        let algorithm = Algorithm::try_from(known.algorithm.as_str())?;
        let version = known
            .version
            .map_or(Ok(Version::default()), Version::try_from)?;
        let params = Params::try_from(&known)?;
        let hasher = Argon2::new(algorithm, version, params);
        let computed = self.output(password, salt, &hasher)?;
        // Outputs are compared in constant time.
        Ok(computed == *output)
    }

    fn output(
        &mut self,
        password: &str,
        salt: &[u8],
        hasher: &Argon2<'_>,
    ) -> Result<phc::Output, HashError> {
        let params = hasher.params();
        self.0.resize(params.block_count(), Block::default());
        let length = params.output_len().unwrap_or(Params::DEFAULT_OUTPUT_LEN);
        let mut output = vec![0; length];
        hasher.hash_password_into_with_memory(
            password.as_bytes(),
            salt,
            &mut output,
            &mut self.0,
        )?;
        Ok(phc::Output::new(&output)?)
    }
}

fn check_length(password: &Password) -> Result<(), Refused> {
    if password.reveal().len() <= Password::MAX_BYTES {
        return Ok(());
    }
    let limit = u32::try_from(Password::MAX_BYTES).unwrap_or(u32::MAX);
    Err(Refused::PasswordTooLong { limit })
}

#[cfg(test)]
mod tests {
    use super::{Passwords, keyed, new_address_key, new_token, token_hash};
    use crate::protocol::denied::Refused;
    use crate::room::secrets::{AddressHash, PasswordHash};

    #[tokio::test]
    async fn only_the_right_password_opens() {
        let passwords = Passwords::new();
        let hash = passwords.hash("popcorn".into()).await.unwrap();
        assert!(!hash.0.contains("popcorn"));
        let check = |password: &str| passwords.check(password.into(), hash.clone());
        assert_eq!(check("popcorn").await, Ok(()));
        for wrong in ["Popcorn", "", "popcorn "] {
            assert_eq!(check(wrong).await, Err(Refused::PasswordWrong));
        }
    }

    #[tokio::test]
    async fn absurd_passwords_are_not_hashed() {
        let passwords = Passwords::new();
        let refused = async |password: String| passwords.hash(password.into()).await.err();
        assert_eq!(refused(String::new()).await, Some(Refused::PasswordMissing));
        let too_long = Refused::PasswordTooLong { limit: 1024 };
        assert_eq!(refused("x".repeat(5000)).await, Some(too_long.clone()));
        let hash = passwords.hash("x".repeat(1024).into()).await.unwrap();
        let checked = passwords.check("x".repeat(1025).into(), hash).await;
        assert_eq!(checked, Err(too_long));
    }

    #[tokio::test]
    async fn all_passwords_are_hashed_in_the_same_memory() {
        let passwords = Passwords::new();
        let hash = passwords.hash("popcorn".into()).await.unwrap();
        let memory = || {
            let memory = passwords.memory.lock().unwrap();
            (memory.0.as_ptr().addr(), memory.0.len())
        };
        let first = memory();
        for wrong in 0..10 {
            let checked = passwords
                .check(wrong.to_string().into(), hash.clone())
                .await;
            assert_eq!(checked, Err(Refused::PasswordWrong));
        }
        assert_eq!(memory(), first);
    }

    #[tokio::test]
    async fn a_long_line_takes_no_more() {
        let passwords = Passwords::with_limit(1);
        let hash = |password: &'static str| passwords.hash(password.into());
        let (one, two, three) = tokio::join!(hash("one"), hash("two"), hash("three"));
        assert!(one.is_ok() && two.is_ok());
        assert!(matches!(
            three,
            Err(Refused::TooManyTries { retry_ms: 1.. })
        ));
        assert!(hash("four").await.is_ok());
    }

    #[tokio::test]
    async fn a_hash_that_cannot_be_read_is_not_the_clients_fault() {
        let broken = PasswordHash("rotten".to_owned());
        let checked = Passwords::new().check("popcorn".into(), broken).await;
        assert_eq!(checked, Err(Refused::Internal));
    }

    #[test]
    fn an_address_is_known_by_the_key_of_its_room_alone() {
        let from = Some(AddressHash([7; 32]));
        let (key, other) = (Some(new_address_key()), Some(new_address_key()));
        assert_eq!(keyed(key, from), keyed(key, from));
        assert_ne!(keyed(key, from), from);
        assert_ne!(keyed(key, from), keyed(other, from));
        assert_eq!((keyed(key, None), keyed(None, from)), (None, from));
    }

    #[test]
    fn tokens_differ_and_their_hashes_too() {
        let (one, other) = (new_token(), new_token());
        assert_eq!(one.len(), 32);
        assert_ne!(one, other);
        assert!(token_hash(&one) != token_hash(&other));
    }
}
