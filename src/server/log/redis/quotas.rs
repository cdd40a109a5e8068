//! What addresses may do at all nodes together: token buckets in Redis, each of which is gone once it
//! is full again. Redis never learns an address: a bucket is named by a hash with a key that the
//! nodes share.

use std::time::Duration;

use sha2::{Digest, Sha256};

use super::Redis;
use super::link::Link;
use super::link::RedisFault;
use super::record;
use crate::server::client_limits::Rate;
use crate::server::log::quota::Quota;

/// How long a bucket is waited for before the node's own count has to do (judgement: Redis answers in
/// less than a millisecond, and people wait for this).
const COUNTED_WITHIN: Duration = Duration::from_millis(250);

/// How many bytes of a hash name a bucket: enough that no two addresses share one by chance.
const HASH_BYTES: usize = 16;

impl Redis {
    /// Takes a token of a quota, or gives one back. The time to wait if there is none; `None` if
    /// Redis does not say.
    pub(in crate::server::log) async fn take(
        &self,
        quota: &Quota,
        rate: Rate,
        gives_back: bool,
    ) -> Option<Result<(), Duration>> {
        let link = self.shared.link().ok()?;
        match self.taken(&link, quota, rate, gives_back).await {
            Ok(0) => Some(Ok(())),
            Ok(wait) => Some(Err(Duration::from_millis(wait))),
            Err(error) => {
                tracing::debug!(%error, "an address is counted here only");
                None
            }
        }
    }

    async fn taken(
        &self,
        link: &Link,
        quota: &Quota,
        rate: Rate,
        gives_back: bool,
    ) -> Result<u64, RedisFault> {
        let key = self
            .shared
            .quota_key
            .get_or_try_init(|| self.shared_key(link));
        let name = hash(key.await?, quota);
        let mut script = self.shared.scripts.take.key(self.shared.keys.quota(&name));
        script
            .arg(rate.at_once)
            .arg(rate.per_second)
            .arg(if gives_back { -1 } else { 1 });
        let wait = record::number(link.run(&script, COUNTED_WITHIN).await?)?;
        Ok(u64::try_from(wait).unwrap_or_default())
    }

    /// The key of the hashes, which the first node makes.
    async fn shared_key(&self, link: &Link) -> Result<String, RedisFault> {
        let name = self.shared.keys.quota_key();
        let new = format!("{:032x}", rand::random::<u128>());
        let mut pipeline = redis::pipe();
        pipeline.cmd("SET").arg(&name).arg(new).arg("NX").ignore();
        pipeline.get(&name);
        let (key,): (String,) = link.ask(&pipeline).await?;
        Ok(key)
    }
}

fn hash(key: &str, quota: &Quota) -> String {
    let hashed = Sha256::new()
        .chain_update(key)
        .chain_update(quota.name())
        .finalize();
    let bytes = hashed.iter().take(HASH_BYTES);
    let digits = bytes.map(|byte| format!("{byte:02x}"));
    digits.collect()
}
