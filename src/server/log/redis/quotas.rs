//! What addresses may do at all nodes together: token buckets in Redis, each of which is gone once it
//! is full again. Redis never learns an address: a bucket is named by a hash with a key that the
//! nodes share.

use std::time::Duration;

use tokio::time::timeout;

use super::Redis;
use super::fault::{ANSWERS_WITHIN, RedisFault};
use super::link::Link;
use super::record;
use crate::server::client_limits::Rate;
use crate::server::log::quota::{Quota, hashed};
use crate::server::metrics::store::StoreIncident;

/// How long a bucket is waited for before the node's own count has to do (judgement: Redis answers in
/// less than a millisecond, and people wait for this).
const COUNTED_WITHIN: Duration = Duration::from_millis(250);

impl Redis {
    /// Takes a token of a quota, or gives one back. The time to wait if there is none; `None` if
    /// Redis does not say.
    pub(in crate::server::log) async fn take(
        &self,
        quota: &Quota,
        rate: Rate,
        gives_back: bool,
    ) -> Option<Result<(), Duration>> {
        let taken = match self.shared.link() {
            Ok(link) => self.taken(&link, quota, rate, gives_back).await.ok(),
            Err(_away) => None,
        };
        if taken.is_none() {
            self.shared.counts.count(StoreIncident::CountedAlone);
            tracing::debug!("an address is counted here only");
        }
        taken.map(|wait| match wait {
            0 => Ok(()),
            wait => Err(Duration::from_millis(wait)),
        })
    }

    async fn taken(
        &self,
        link: &Link,
        quota: &Quota,
        rate: Rate,
        gives_back: bool,
    ) -> Result<u64, RedisFault> {
        let name = name(&self.shared.quota_key.borrow(), quota);
        let mut script = self.shared.scripts.take.key(self.shared.keys.quota(&name));
        script
            .arg(rate.at_once)
            .arg(rate.per_second)
            .arg(if gives_back { -1 } else { 1 });
        // A slow answer is no broken connection, on which all rooms of the node depend.
        let answer = timeout(COUNTED_WITHIN, link.run(&script, ANSWERS_WITHIN)).await;
        let wait = record::number(answer.map_err(|_elapsed| RedisFault::Silent)??)?;
        Ok(u64::try_from(wait).unwrap_or_default())
    }
}

fn name(key: &str, quota: &Quota) -> String {
    format!("{:032x}", hashed(key, &quota.name()))
}
