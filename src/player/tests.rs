//! The player with a real mpv (`--vo=null --ao=null`), a real HTTP server and real signals.
//! They wait for events of the player, within a bound that only a hang reaches.

mod dash;
mod life;
mod media;
mod playing;
mod relayed;
mod rig;
mod trouble;
mod unplayable;
