//! The commands. `rule_table` says of each what it requires.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use strum::{EnumDiscriminants, VariantArray};

use super::batch::Batch;
use super::emote::EmoteChange;
use super::ids::{ChatId, EntryId, InviteId};
use super::invite_terms::InviteTerms;
use super::lobby::StartRule;
use super::member::{BanScope, Role, Visibility};
use super::moderation::{Delay, ReportSubject};
use super::secret::{InviteToken, Password};
use super::text::{self, ChatText, Emoji, MemberName, Title};
use super::time::{Rate, Span};

pub use super::report::Report;
pub use super::target::{Mark, MemberRef, SeekTarget};
use crate::media::Media;
use crate::media::subtitles::SubtitleLink;
#[cfg(test)]
pub(crate) use request::requested;
pub use request::{NotAskable, PermissionRequest};

mod links;
mod mark;
// A request is a command, and to ask is one: the two types need each other.
mod request;
mod rule_table;

/// A command that a member sends to the room. Each is answered with `ok` or `denied`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema, EnumDiscriminants)]
#[serde(tag = "do", rename_all = "snake_case")]
#[strum_discriminants(
    name(Action),
    doc = "A command without what it is about: the key of the table in [`Action::rule`], and the",
    doc = "name by which a denial says what was not allowed.",
    derive(
        PartialOrd,
        Ord,
        Hash,
        Serialize,
        Deserialize,
        JsonSchema,
        VariantArray
    ),
    serde(rename_all = "snake_case")
)]
pub enum Command {
    /// Send a line of chat.
    Chat {
        /// The text, already cleaned.
        text: ChatText,
    },
    /// Send a reaction, which everybody present sees and nobody keeps.
    React {
        /// A single emoji, as [`Emoji`] defines it.
        emoji: Emoji,
    },
    /// Play a link now. The media that it interrupts goes to the top of the queue, unless it is
    /// nearly over, live, or was never opened.
    Play {
        /// The parsed link, with the start that it asks for.
        media: Media,
    },
    /// Put a link on as [`Command::Play`] does, but let it wait in the lobby: paused at its start,
    /// while the players open it.
    PlayWaiting {
        /// The parsed link, with the start that it asks for.
        media: Media,
    },
    /// Drop the current media and play a queue entry, wherever it is in the queue.
    PlayNow {
        /// The entry to play. Playing a proposal approves it.
        entry: EntryId,
    },
    /// Add a link to the queue: approved if an admin adds it, else as a proposal.
    Add {
        /// The parsed link. Its start applies when the entry plays.
        media: Media,
    },
    /// Add several links to the queue, all as [`Command::Add`] would. Those that are queued already,
    /// or have no room, are left out; it is denied if that is all of them.
    #[strum_discriminants(serde(rename = "add", skip_deserializing))]
    AddAll {
        /// The links, in the order in which they are to play.
        batch: Batch,
    },
    /// Report what the sender's client has learned of a link that they queued. Nothing that is known
    /// already changes.
    Describe {
        /// The entry, which may play by now.
        entry: EntryId,
        /// Its title, if the client has learned it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        title: Option<Title>,
        /// Its length, if the client has learned it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        duration: Option<Span>,
    },
    /// Approve a proposal. It plays at once if the room is idle.
    Approve {
        /// The proposal to approve; the oldest if `None`.
        entry: Option<EntryId>,
    },
    /// Reject a proposal, which leaves the queue.
    Reject {
        /// The proposal to reject; the oldest if `None`.
        entry: Option<EntryId>,
    },
    /// Reject every proposal, or all proposals of one member.
    #[strum_discriminants(serde(rename = "reject", skip_deserializing))]
    RejectAll {
        /// The member whose proposals are rejected; everybody's if `None`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        of: Option<MemberRef>,
    },
    /// Withdraw one's own proposal. Once approved it belongs to the room, and this is denied.
    Withdraw {
        /// The proposal to withdraw.
        entry: EntryId,
    },
    /// Take several entries out of the queue: an admin all of them, others their own proposals.
    #[strum_discriminants(serde(rename = "remove", skip_deserializing))]
    TakeBack {
        /// The lowest number of these entries.
        first: EntryId,
        /// The highest number of these entries.
        last: EntryId,
    },
    /// Remove any entry from the queue, proposal or approved.
    Remove {
        /// The entry to remove.
        entry: EntryId,
    },
    /// Move an entry to another position in the queue.
    Move {
        /// The entry to move.
        entry: EntryId,
        /// The new position, counted from 1; a position beyond the end means the end.
        place: u32,
    },
    /// Drop the current media and play the next approved entry.
    Skip,
    /// Pause the media for everybody, at the mark or where the room is when the command arrives.
    Pause {
        /// Where the admin's player was, if they paused in the player's own window.
        mark: Option<Mark>,
    },
    /// Resume after a pause, or end a wait or a countdown. Media that is over begins again.
    Resume {
        /// Where the admin's player was, if they resumed in the player's own window.
        mark: Option<Mark>,
    },
    /// Move everybody to another position. The media keeps playing or stays paused.
    Seek {
        /// A position, or an offset from the room's current position.
        target: SeekTarget,
        /// Where the admin's player was after the seek, if they sought in the player's own window.
        mark: Option<Mark>,
    },
    /// Return to the position before the last seek in the same media. Doing it twice goes back and
    /// forth.
    Undo,
    /// Change the playback rate, once all players had time to follow.
    SetRate {
        /// The new rate, within the bounds of [`Rate`].
        rate: Rate,
    },
    /// Set the length of the media by hand.
    SetLength {
        /// The new length; `None` returns to the length that players report.
        length: Option<Span>,
    },
    /// Offer a subtitle file for the media. Everybody present may accept it for themselves.
    OfferSubtitles {
        /// Where the file is.
        link: SubtitleLink,
    },
    /// Ask the admins for a command that only they may give.
    #[serde(alias = "ask_pause")]
    #[strum_discriminants(serde(alias = "ask_pause"))]
    Ask {
        /// The command that an admin would give.
        #[serde(default, rename = "wish")]
        request: PermissionRequest,
    },
    /// Change one's own name. Names that are taken, or look like another member's, are denied.
    Rename {
        /// The wished name. It must be valid as it is, since they can choose another.
        #[serde(deserialize_with = "text::deserialize_chosen")]
        name: MemberName,
    },
    /// Change the room's title.
    SetTitle {
        /// The new title; `None` removes it.
        title: Option<Title>,
    },
    /// Set what an emote of the room stands for, or take it away.
    SetEmote(EmoteChange),
    /// Change who can find and enter the room. The members in it stay.
    SetVisibility {
        /// Who can find and enter it from now on.
        visibility: Visibility,
        /// The new password of a private room, which needs one; a room that is private already
        /// changes its password.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        password: Option<Password>,
    },
    /// Make an invite link, by which new members come in without the password.
    CreateInvite {
        /// The link's token, which the maker's client generated. The room keeps its hash.
        token: InviteToken,
        /// What the link offers.
        #[serde(flatten)]
        terms: InviteTerms,
    },
    /// Revoke an invite link: nobody new comes in by it. Those who did stay.
    RevokeInvite {
        /// The invite to revoke.
        invite: InviteId,
    },
    /// List the invite links that work, for the sender only.
    ListInvites,
    /// Change a member's lasting role. The member may be absent.
    SetRole {
        /// The member whose role changes.
        who: MemberRef,
        /// The new role.
        role: Role,
    },
    /// Name the heir: the member who becomes acting admin first when no admin is present.
    SetHeir {
        /// Any member but the sender, present or absent. Replaces the heir named before.
        who: MemberRef,
    },
    /// Kick a member. Their token is void, so they may come back as a new member only.
    Kick {
        /// The member to kick.
        who: MemberRef,
    },
    /// Mute or unmute a member. A muted member can neither chat nor react, and the room does not
    /// wait for them.
    #[serde(rename = "set_muted")]
    Mute {
        /// The member to mute or unmute.
        who: MemberRef,
        /// True mutes, false unmutes.
        muted: bool,
    },
    /// Ban a member, present or absent: kick them and refuse to let them in again.
    Ban {
        /// The member to ban.
        who: MemberRef,
        /// Whether the ban covers the member's network address.
        #[serde(default, skip_serializing_if = "BanScope::is_unshared")]
        scope: BanScope,
    },
    /// Lift a ban; of two bans with the same name, the newest.
    Unban {
        /// The banned member, as [`super::member::Ban`] names them.
        who: MemberRef,
    },
    /// Erase the text of a line of chat, for moderators and admins: one's own, or that of a member
    /// over whom one has power. Viewers cannot erase even their own.
    Erase {
        /// The line to erase.
        line: ChatId,
    },
    /// Erase all lines of one member's chat: one's own, or with power over them. The room may have
    /// forgotten them.
    EraseAll {
        /// The author of the lines.
        of: MemberRef,
    },
    /// Set how long viewers wait between two lines of chat, or end slow mode.
    SetSlowMode {
        /// The least time between two lines; `None` ends slow mode.
        interval: Option<Delay>,
    },
    /// Lock the room for everybody whom it does not know, or unlock it.
    SetLocked {
        /// True locks, false unlocks.
        locked: bool,
    },
    /// Set how long newcomers may only watch, or let them take part at once.
    SetNewcomers {
        /// The time from their first coming; `None` ends the restriction.
        wait: Option<Delay>,
    },
    /// Choose whether those who watch a public room from outside see its chat.
    SetObserverChat {
        /// True shows them the lines from now on.
        shown: bool,
    },
    /// Report a member or a line of chat to the moderators and admins.
    ReportMember {
        /// The member or the line.
        of: ReportSubject,
        /// Why, if the member says so.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Title>,
    },
    /// Choose whether the room waits for one member's player. Every member may choose it for
    /// themselves.
    #[serde(rename = "set_spared")]
    #[strum_discriminants(serde(rename = "spare", alias = "spare_oneself"))]
    ExemptFromWait {
        /// The member; `None` is the sender.
        who: Option<MemberRef>,
        /// True if the room no longer waits for them.
        #[serde(rename = "spared")]
        exempt: bool,
    },
    /// Choose whether the room waits for slow players at all.
    SetWait {
        /// True also renews the room's budget for waiting.
        wait: bool,
    },
    /// End the current wait: for a slow player, for the players of new media, or at a standstill.
    Go,
    /// Count down three seconds on every screen, then play from the current position.
    Countdown,
    /// Say that one is ready for the media to start, or is not any more. It lasts until the media
    /// starts, or the sender leaves.
    SetReady {
        /// True if ready.
        ready: bool,
    },
    /// Start the media that waits in the lobby, or is paused, after a countdown.
    Start,
    /// Set when the media starts that waits in the lobby. Until then media that is put on waits.
    SetStart {
        /// When it starts; `None` ends the rule, and media that waits for it then waits for an
        /// admin's word.
        start: Option<StartRule>,
    },
    /// Close the room for good: everybody is sent out, and its queue and chat are forgotten.
    Close,
}

#[cfg(test)]
mod tests;
