//! What happens in rooms: scenarios that read as stories, the permission table row by row,
//! and laws that hold whatever happens.

mod attendance;
mod audience;
mod budgets;
mod by_hand;
mod fakes;
mod gate;
mod laws;
mod length;
mod likeness;
mod members;
mod moderation;
mod playback;
mod players;
mod queue;
mod reports;
mod size;
mod skip;
mod slow;
mod standstill;
mod steps;
mod story;
mod succession;
mod table;
mod unchanged;
mod world;
