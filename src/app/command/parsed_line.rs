//! What a line asks for, once it was read.

use crate::app::appearance::ThemeChoice;
use crate::app::chapters::ChapterTarget;
use crate::app::osd_level::OsdLevel;
use crate::app::preferences::PreferenceCommand;
use crate::app::saved_list::ListName;
use crate::app::time_of_day::TimeOfDay;
use crate::app::written_room::WrittenRoom;
use crate::media::playlist::PlaylistId;
use crate::media::subtitles::SubtitleLink;
use crate::protocol::command::{Command, MemberRef};
use crate::protocol::emote::EmoteName;
use crate::protocol::invite_terms::InviteTerms;
use crate::protocol::text::Emoji;
use crate::protocol::time::Span;
use crate::sync::player::{PlayerCommand, Quality, TrackKind};
use crate::texts::language::Language;

/// What a line asks for.
#[derive(Debug, Clone, PartialEq)]
pub enum ParsedLine {
    /// Nothing: only blanks.
    Empty,
    /// Something of the room.
    Room(Command),
    /// Something of the client itself.
    Client(ClientCommand),
}

/// What the client does by itself.
#[derive(Debug, Clone, PartialEq)]
pub enum ClientCommand {
    /// Start the player again, or connect at once.
    Retry,
    /// Go to another room.
    Join(WrittenRoom),
    /// Make the room private, or change its password: ask for that first.
    MakePrivate,
    /// Make an invite link that spares guests the password.
    Invite(InviteRequest),
    /// Queue the first videos of a playlist.
    Playlist(PlaylistId),
    /// Go to a chapter, for everybody.
    Chapter(ChapterTarget),
    /// Keep the queue under a name.
    Save(ListName),
    /// Remove a saved list, or (`true`) bring it back.
    KeepList(ListName, bool),
    /// Queue what was kept under a name, or say which names there are.
    Load(Option<ListName>),
    /// Say who is here.
    Who,
    /// Say who is banned.
    Bans,
    /// Take a line of chat away: the one of that number, or the last of that member.
    Erase(MemberRef),
    /// Report a member or a line of chat: who or which it is, and the reason.
    Report(String),
    /// Set the start to the next time at which the own clock shows this.
    StartAt(TimeOfDay),
    /// Ask the admins for this.
    Ask(AskedLater),
    /// Say what is restricted.
    Restrictions,
    /// Say which commands there are, or what the one of this English name does.
    Help(Option<&'static str>),
    /// Leave the room and end the client. One that others are connected to asks first, if it has a
    /// screen.
    Quit,
    /// Order the own player.
    Own(PlayerCommand),
    /// List the own player's tracks of a kind, or use one of them.
    Track(TrackKind, TrackRequest),
    /// Say how one of these is set now.
    Tell(Setting),
    /// Set how late the sound device is (negative: early), or say how late it is.
    Nudge(Option<Span>),
    /// Show the subtitles that are offered.
    AcceptSubtitles,
    /// Offer these subtitles to everybody, once the own player shows them.
    OfferSubtitles(SubtitleLink),
    /// Play in this quality here.
    Quality(Quality),
    /// Show a page or a pane. Without a screen it is printed, or denied where that is impossible.
    Show(Show),
    /// React with the own emoji of this key, counted from 1.
    React(u8),
    /// React with this emote of the room, or else with the emoji of this name.
    ReactEmote(EmoteName),
    /// Put another emoji on a key, counted from 1; alone, say which they are.
    Reactions(Option<(u8, Emoji)>),
    /// Change what the member chose of the screen.
    Prefer(PreferenceCommand),
    /// Trust the links of this room, also those into one's own network; or no longer.
    TrustLinks(bool),
    /// Say that one is away, or back.
    Away,
    /// Speak this language from now on.
    Language(Language),
    /// Look like this from now on.
    Theme(ThemeChoice),
    /// Show so much over the picture from now on, or (`None`) say how much is shown.
    Osd(Option<OsdLevel>),
}

/// What a command says when it stands alone: how it is now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Setting {
    /// The own volume.
    Volume,
    /// The own quality.
    Quality,
    /// By how much the own subtitles are late.
    SubtitleDelay,
    /// The own theme.
    Theme,
    /// The own language.
    Language,
    /// The chapters of what plays.
    Chapters,
    /// The room's speed.
    Rate,
    /// Whether the room waits for slow viewers.
    Wait,
}

/// What the admins are asked for, once it is known what it means in this room and by the own clock.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AskedLater {
    /// A start at the next time at which the own clock shows this.
    StartAt(TimeOfDay),
    /// A chapter.
    Chapter(ChapterTarget),
}

/// What a line asks about tracks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TrackRequest {
    /// Which there are.
    List,
    /// None of them.
    Off,
    /// The one of this number, language or title.
    Named(String),
}

/// The invite link that is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct InviteRequest {
    /// What it is to offer.
    pub terms: InviteTerms,
    /// Whether one that was made before and offers the same will do.
    pub reuses: bool,
}

/// What can be shown, or handed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Show {
    /// The live rooms.
    Gallery,
    /// The members and how they are doing.
    Members,
    /// The queue: its pane gets the keys.
    Queue,
    /// Why the player did what it did.
    Why,
    /// The invite, into the clipboard.
    Copy,
    /// The list of everything that can be done or gone to.
    Find,
}
