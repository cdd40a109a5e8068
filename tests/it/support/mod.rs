//! What scenarios share: clips, a media server, a second look into a player.

pub(crate) mod clips;
pub(crate) mod media_server;
pub(crate) mod mpv_probe;
