//! Where the links lead that the member brought into the room: they chose those hosts themselves.

use std::collections::BTreeSet;

use crate::media::policy::{Privacy, check_url};
use crate::media::{Media, Source};

/// How many hosts are kept; those that come later are asked about like anybody's (judgement: an
/// evening has one or two).
const MOST: usize = 64;

/// The hosts, with their ports, of links that only lead to a local network.
#[derive(Debug, Default)]
pub(super) struct OwnHosts(BTreeSet<(String, u16)>);

impl OwnHosts {
    /// None yet.
    pub(super) const fn new() -> Self {
        Self(BTreeSet::new())
    }

    /// The member brought this link.
    pub(super) fn add(&mut self, media: &Media) {
        if self.0.len() < MOST {
            self.0.extend(host(media));
        }
    }

    /// Whether a link leads where one of the member's own did.
    pub(super) fn has(&self, media: &Media) -> bool {
        host(media).is_some_and(|host| self.0.contains(&host))
    }
}

/// Where a link leads that shows by itself that it stays within a local network. A public name may
/// lead anywhere, so nobody chose such an address by typing it.
fn host(media: &Media) -> Option<(String, u16)> {
    let Source::Direct(link) = media.source() else {
        return None;
    };
    let url = link.url();
    check_url(url, Privacy::PublicOnly).err()?;
    Some((url.host_str()?.to_owned(), url.port_or_known_default()?))
}
