//! Tests of rooms: scenarios, the permission table row by row, and laws that hold for any sequence
//! of steps.

mod batch;
mod client_events;
mod emotes;
mod errands;
mod fake_viewers;
mod gate;
mod hold_budgets;
mod invites;
mod join_leave;
mod laws;
mod length;
mod lifetime;
mod likeness;
mod lobby;
mod manual_length;
mod member_reports;
mod members;
mod missing_part;
mod moderation;
mod no_change;
mod operator;
mod playback;
mod players;
mod queue;
mod reports;
mod restrictions;
mod size;
mod slow;
mod standstill;
mod steps;
mod story;
mod subtitles;
mod succession;
mod table;
mod world;
