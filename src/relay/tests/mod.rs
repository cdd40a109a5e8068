//! The relay between a server that misbehaves and a player, in memory and in virtual time. In
//! `mpv`, a real mpv plays real media through a real relay.

mod bounds;
mod broken;
mod changed;
mod content;

mod dash;
mod direct;
mod disclosure;
mod hls;
mod mpv;
mod proxied;
mod reach;
mod reasons;
mod scene;
mod secured;
mod slow;
mod variants;
