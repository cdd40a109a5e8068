//! The settings of `serve` for Redis.

use std::path::Path;
use std::time::Duration;

use super::bounded::{self, Bounds};
use super::error::ConfigError;
use crate::cli::args::ServeOptions;
use crate::server::Storage;
use crate::server::log::{NodeName, RedisSettings};

/// The limits for the file of authorities: the whole store of a system has some 220 KiB.
const FILE: Bounds = Bounds {
    most: 4 * 1024 * 1024,
    patience: Duration::from_secs(5),
    first_line: false,
};

/// Where the rooms are, if the options name a Redis.
pub(super) fn storage(options: &ServeOptions) -> Result<Option<Storage>, ConfigError> {
    let Some(url) = options.redis.clone() else {
        return Ok(None);
    };
    let authorities = options.redis_ca_file.as_deref().map(read).transpose()?;
    Ok(Some(Storage::Redis(Box::new(RedisSettings {
        url,
        prefix: options.redis_prefix.clone().unwrap_or_default(),
        authorities,
        node_name: options
            .node_name
            .clone()
            .unwrap_or_else(NodeName::of_this_machine),
    }))))
}

fn read(path: &Path) -> Result<Vec<u8>, ConfigError> {
    bounded::read(path, FILE).map_err(|source| ConfigError::Unreadable {
        path: path.to_owned(),
        source,
    })
}
