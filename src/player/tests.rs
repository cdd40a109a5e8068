//! The player with a real mpv (`--vo=null --ao=null`), a real HTTP server and real signals. The
//! tests wait for events of the player, with a bound that is reached only if something hangs.

mod dash;
mod life;
mod media;
mod own;
mod playing;
mod relayed;
mod rig;
mod trouble;
mod unplayable;
mod window;
