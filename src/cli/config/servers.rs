//! The servers of the configuration file, `[servers.NAME]`: each has its address, and what else is
//! to count on that server only. A profile lies over the other tables of the file, and below the
//! environment and the flags.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::Deserialize;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::error::{ConfigError, FilePosition};
use super::{LowerLayer, Sources};
use crate::cli::args::{JoinOptions, ServerSetting, Switch, ValueFault};
use crate::protocol::invite::ServerUrl;
use crate::protocol::text::nearest;

/// The table of profiles.
pub(super) const TABLE: &str = "servers";

/// The keys of a profile. The first one is needed.
pub(super) const PROFILE_KEYS: [&str; 5] = [
    "url",
    "name",
    "allow-private-media",
    "ca-file",
    "create-password-file",
];

/// A server of the file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(super) struct ServerProfile {
    /// Its address; no file without one is valid.
    pub(super) url: Option<ServerUrl>,
    name: Option<String>,
    allow_private_media: Switch,
    ca_file: Option<PathBuf>,
    create_password_file: Option<PathBuf>,
}

impl ServerProfile {
    /// What it says of the options of a client.
    fn options(&self) -> JoinOptions {
        JoinOptions {
            name: self.name.clone(),
            allow_private_media: self.allow_private_media,
            ca_file: self.ca_file.clone(),
            create_password_file: self.create_password_file.clone(),
            ..JoinOptions::default()
        }
    }
}

/// The profiles of a file, by their names.
pub(super) type Profiles = BTreeMap<String, ServerProfile>;

/// Where a server was named, for an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Named {
    /// As the argument `SERVER`.
    Argument,
    /// By the flag `--server`.
    Flag,
    /// By a lower layer.
    Lower(LowerLayer),
}

impl Named {
    /// The highest layer that names the server.
    pub(super) fn by(flag: bool, environment: bool) -> Self {
        match (flag, environment) {
            (true, _) => Self::Flag,
            (_, true) => Self::Lower(LowerLayer::Environment),
            _ => Self::Lower(LowerLayer::File),
        }
    }
}

impl Sources {
    /// The address of a server, if one was named.
    ///
    /// # Errors
    /// [`ConfigError`] if it is the name of no profile.
    pub(super) fn address(
        &self,
        server: Option<&ServerSetting>,
        named: Named,
    ) -> Result<Option<ServerUrl>, ConfigError> {
        server
            .map(|server| self.address_of(server, named))
            .transpose()
    }

    /// The address of a server that was named.
    ///
    /// # Errors
    /// [`ConfigError`] if it is the name of no profile.
    pub(super) fn address_of(
        &self,
        server: &ServerSetting,
        named: Named,
    ) -> Result<ServerUrl, ConfigError> {
        let name = match server {
            ServerSetting::Address(address) => return Ok(address.clone()),
            ServerSetting::Profile(name) => name,
        };
        let profile = self.file.servers.get(name);
        if let Some(url) = profile.and_then(|profile| profile.url.clone()) {
            return Ok(url);
        }
        let fault = unknown(name, &self.file.servers);
        Err(match named {
            Named::Lower(LowerLayer::Environment) => ConfigError::Variable {
                name: "WATCHTOGETHER_SERVER".to_owned(),
                fault,
            },
            Named::Argument => ConfigError::Flag {
                name: "SERVER",
                fault,
            },
            // A profile that the file itself names is known, or the file was refused.
            Named::Flag | Named::Lower(LowerLayer::File) => ConfigError::Flag {
                name: "--server",
                fault,
            },
        })
    }

    /// What the profiles say of a server: nothing if none of them has this address.
    pub(super) fn of_server(&self, server: Option<&ServerUrl>) -> JoinOptions {
        let mut profiles = self.file.servers.values();
        let profile = profiles.find(|profile| profile.url.as_ref() == server && server.is_some());
        profile.map(ServerProfile::options).unwrap_or_default()
    }

    /// The servers that have a profile: names and addresses.
    pub(in crate::cli) fn servers(&self) -> impl Iterator<Item = (&str, &ServerUrl)> {
        let profiles = self.file.servers.iter();
        profiles.filter_map(|(name, profile)| Some((name.as_str(), profile.url.as_ref()?)))
    }
}

fn unknown(name: &str, profiles: &Profiles) -> ValueFault {
    let like = nearest(name, profiles.keys().map(String::as_str));
    ValueFault::Server {
        name: name.to_owned(),
        nearest: like.map(str::to_owned),
    }
}

/// What is wrong with the profiles of a file that serde takes: names that can name none, profiles
/// without an address, and names in other tables (`named`, each with its table) that no profile has.
pub(super) fn check(
    servers: &Profiles,
    named: [(&str, &Option<ServerSetting>); 2],
    file: &DeTable<'_>,
    place: &impl Fn(usize) -> FilePosition,
) -> Result<(), ConfigError> {
    let value = |at: usize, key: String, fault| ConfigError::Value {
        place: place(at),
        key,
        fault,
    };
    if let Some(DeValue::Table(profiles)) = file.get(TABLE).map(Spanned::get_ref) {
        for name in profiles.keys() {
            let word: &str = name.get_ref();
            let at = name.span().start;
            let key = format!("{TABLE}.{word}");
            if !ServerSetting::is_profile_name(word) {
                return Err(value(at, key, ValueFault::ProfileName));
            }
            let profile = servers.get(word);
            if profile.is_none_or(|profile| profile.url.is_none()) {
                return Err(value(at, key, ValueFault::NoUrl));
            }
        }
    }
    for (table, server) in named {
        let Some(ServerSetting::Profile(name)) = server else {
            continue;
        };
        if !servers.contains_key(name) {
            let at = file.get(table).and_then(|entries| match entries.get_ref() {
                DeValue::Table(entries) => Some(entries.get("server")?.span().start),
                _ => None,
            });
            let fault = unknown(name, servers);
            return Err(value(at.unwrap_or(0), format!("{table}.server"), fault));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
