//! Texts of `watchtogether doctor`.

use super::{player, programs, start};
use crate::doctor::network::NetworkFinding;
use crate::doctor::place::{Advice, PlaceFinding, Purpose};
use crate::doctor::player::PlayerFinding;
use crate::doctor::proxy::ReverseProxy;
use crate::doctor::server::{Quiet, ServerFinding};
use crate::doctor::terminal::TerminalFinding;
use crate::doctor::{Finding, Verdict};
use crate::sync::player::{SocketFault, Unusable};
use crate::texts::language::Language;
use crate::texts::{system, tr};

/// A verdict in a word.
#[must_use]
pub fn verdict(language: Language, verdict: Verdict) -> String {
    match verdict {
        Verdict::Ok => tr!(language, "doctor-ok"),
        Verdict::Warning => tr!(language, "doctor-warning"),
        Verdict::Failure => tr!(language, "doctor-failure"),
    }
}

/// What it all comes to.
#[must_use]
pub fn summary(language: Language, can_watch: bool) -> String {
    if can_watch {
        tr!(language, "doctor-can-watch")
    } else {
        tr!(language, "doctor-cannot-watch")
    }
}

/// What was found, in a sentence or two.
#[must_use]
pub fn finding(language: Language, finding: &Finding) -> String {
    match finding {
        Finding::Player(finding) => of_player(language, finding),
        Finding::Resolver(finding) => programs::of_resolver(language, finding),
        Finding::Runtime(finding) => programs::of_runtime(language, finding),
        Finding::Terminal(finding) => of_terminal(language, finding),
        Finding::Place(finding) => of_place(language, finding),
        Finding::Network(finding) => of_network(language, finding),
        Finding::Server(_, finding) => of_server(language, finding),
    }
}

fn of_player(language: Language, finding: &PlayerFinding) -> String {
    match finding {
        PlayerFinding::Answers { version } => {
            tr!(language, "doctor-mpv", version = version.as_str())
        }
        PlayerFinding::Unusable(why) => unusable(language, why),
        PlayerFinding::BoundedRanges { ffmpeg } => {
            tr!(language, "doctor-ffmpeg", version = ffmpeg.as_str())
        }
        PlayerFinding::OpenRanges { ffmpeg } => {
            tr!(language, "doctor-ffmpeg-open", version = ffmpeg.as_str())
        }
        PlayerFinding::PictureAndSound { sound } => {
            tr!(language, "doctor-output", sound = sound.as_str())
        }
        PlayerFinding::Lacks { lack, over_ssh } => player::lack(language, *lack, *over_ssh),
    }
}

/// Why mpv cannot be used. In a room, [`player::unusable`] ends with what may be typed there.
fn unusable(language: Language, why: &Unusable) -> String {
    match why {
        Unusable::Missing { binary } => {
            tr!(language, "doctor-mpv-missing", binary = binary.as_str())
        }
        Unusable::TooOld { version } => {
            tr!(language, "doctor-mpv-old", version = version.as_str())
        }
        Unusable::NotMpv { binary } => {
            tr!(language, "doctor-mpv-other", binary = binary.as_str())
        }
        Unusable::NotAnOption { argument } => start::player_argument(language, argument),
        Unusable::System { binary, fault } => tr!(
            language,
            "doctor-mpv-system",
            binary = binary.as_str(),
            why = system::words(language, fault)
        ),
        Unusable::Refused { .. } | Unusable::Silent | Unusable::NoAnswer { .. } => tr!(
            language,
            "doctor-mpv-refused",
            reason = player::refusal(language, why).unwrap_or_default()
        ),
        Unusable::Socket { path, fault } => no_socket(language, path, fault),
    }
}

/// There is no place for mpv's socket.
fn no_socket(language: Language, path: &str, fault: &SocketFault) -> String {
    match fault {
        SocketFault::Taken => tr!(language, "doctor-socket-taken", path = path),
        SocketFault::InUse => tr!(language, "doctor-socket-in-use", path = path),
        SocketFault::NoFolder => tr!(language, "doctor-socket-no-folder", path = path),
        SocketFault::TooLong => tr!(language, "doctor-socket-too-long", path = path),
        SocketFault::System(fault) => {
            let why = system::words(language, fault);
            tr!(language, "doctor-socket-system", path = path, why = why)
        }
    }
}

fn of_terminal(language: Language, finding: &TerminalFinding) -> String {
    match finding {
        TerminalFinding::Missing => tr!(language, "doctor-terminal-missing"),
        TerminalFinding::Size(columns, rows) => {
            tr!(language, "doctor-terminal", columns = columns, rows = rows)
        }
        TerminalFinding::Small { columns, rows, .. } => tr!(
            language,
            "doctor-terminal-small",
            columns = columns,
            rows = rows
        ),
        TerminalFinding::Colours(0x0100_0000) => tr!(language, "doctor-colours-all"),
        TerminalFinding::Colours(colours) => {
            tr!(language, "doctor-colours", colours = colours)
        }
        TerminalFinding::NoColours => tr!(language, "doctor-colours-none"),
        TerminalFinding::EmojiFits => tr!(language, "doctor-emoji"),
        TerminalFinding::EmojiShifts(cells) => {
            tr!(language, "doctor-emoji-shifts", cells = cells)
        }
        TerminalFinding::Silent => tr!(language, "doctor-terminal-silent"),
        TerminalFinding::Synchronized => tr!(language, "doctor-synchronized"),
        TerminalFinding::Flickers => tr!(language, "doctor-flickers"),
        TerminalFinding::KittyImages => tr!(language, "doctor-images", protocol = "kitty"),
        TerminalFinding::SixelImages => tr!(language, "doctor-images", protocol = "sixel"),
        TerminalFinding::NoImages => tr!(language, "doctor-images-none"),
        TerminalFinding::TmuxPasses => tr!(language, "doctor-tmux-passes"),
        TerminalFinding::TmuxHolds => tr!(language, "doctor-tmux-holds"),
        TerminalFinding::TerminalCopies => tr!(language, "doctor-terminal-copies"),
        TerminalFinding::TmuxCopies => tr!(language, "doctor-tmux-copies"),
        TerminalFinding::TmuxKeeps => tr!(language, "doctor-tmux-keeps"),
    }
}

fn of_place(language: Language, finding: &PlaceFinding) -> String {
    let PlaceFinding {
        purpose,
        path,
        fault,
        ..
    } = finding;
    let words = match purpose {
        Purpose::State => tr!(language, "doctor-folder-state"),
        Purpose::Data => tr!(language, "doctor-folder-data"),
        Purpose::Socket => tr!(language, "doctor-folder-socket"),
    };
    let Some(path) = path.as_deref() else {
        return tr!(language, "doctor-folder-none", purpose = words);
    };
    let Some(fault) = fault else {
        return tr!(language, "doctor-folder", purpose = words, path = path);
    };
    let closed = tr!(
        language,
        "doctor-folder-closed",
        purpose = words,
        path = path,
        why = system::words(language, fault)
    );
    let advice = finding.advice().map(|advice| match (advice, purpose) {
        (Advice::FreeSpace, _) => tr!(language, "doctor-folder-full"),
        (Advice::AnotherFolder, Purpose::State) => tr!(language, "doctor-folder-other-state"),
        (Advice::AnotherFolder, Purpose::Data) => tr!(language, "doctor-folder-other-data"),
        (Advice::AnotherFolder, Purpose::Socket) => tr!(language, "doctor-folder-other-socket"),
    });
    match advice {
        Some(advice) => format!("{closed} {advice}"),
        None => closed,
    }
}

fn of_network(language: Language, finding: &NetworkFinding) -> String {
    match finding {
        NetworkFinding::NoNetwork => tr!(language, "doctor-no-network"),
        NetworkFinding::Direct => tr!(language, "doctor-direct"),
        NetworkFinding::Proxy(proxy) => {
            tr!(language, "doctor-proxy", proxy = proxy.as_str())
        }
        NetworkFinding::UnusableProxy { variable, value } => tr!(
            language,
            "doctor-proxy-unusable",
            variable = variable.as_str(),
            value = value.as_str()
        ),
        NetworkFinding::ServerAnswers { server, rooms } => tr!(
            language,
            "doctor-server",
            server = server.as_str(),
            rooms = rooms
        ),
        NetworkFinding::ServerFails { why, .. } => why.clone(),
    }
}

fn of_server(language: Language, finding: &ServerFinding) -> String {
    match finding {
        ServerFinding::Upgrades => tr!(language, "doctor-upgrade"),
        ServerFinding::NoUpgrade(_) => tr!(language, "doctor-upgrade-missing"),
        ServerFinding::RoundTrip { millis } => {
            let bound = millis.div_ceil(2);
            tr!(
                language,
                "doctor-round-trip",
                millis = millis,
                bound = bound
            )
        }
        ServerFinding::SlowRoundTrip {
            millis: Some(millis),
            ..
        } => tr!(language, "doctor-round-trip-slow", millis = millis),
        ServerFinding::SlowRoundTrip { millis: None, .. } => {
            tr!(language, "doctor-round-trip-none")
        }
        ServerFinding::Certificate { days } => tr!(language, "doctor-certificate", days = days),
        ServerFinding::CertificateEnds { days, .. } => {
            tr!(language, "doctor-certificate-ends", days = days)
        }
        ServerFinding::SeesUs { address } => {
            tr!(language, "doctor-address", address = address.to_string())
        }
        ServerFinding::DistrustsProxy { address } => tr!(
            language,
            "doctor-address-distrusted",
            address = address.to_string()
        ),
        ServerFinding::ProxyIsSilent { address, .. } => tr!(
            language,
            "doctor-address-silent",
            address = address.to_string()
        ),
        ServerFinding::EventsCome => tr!(language, "doctor-events"),
        ServerFinding::HeldBack(_) => tr!(language, "doctor-events-held"),
        ServerFinding::Quiet(end, proxy) => of_quiet(language, end, *proxy),
    }
}

fn of_quiet(language: Language, end: &Quiet, proxy: ReverseProxy) -> String {
    match end {
        Quiet::Through(seconds) => tr!(language, "doctor-quiet", seconds = seconds),
        Quiet::WithSigns(seconds) => tr!(language, "doctor-quiet-signs", seconds = seconds),
        Quiet::Cut(seconds) if end.breaks_rooms() => tr!(
            language,
            "doctor-quiet-cuts-rooms",
            seconds = seconds,
            proxy = between(language, proxy)
        ),
        Quiet::Cut(seconds) => tr!(
            language,
            "doctor-quiet-cut",
            seconds = seconds,
            proxy = between(language, proxy)
        ),
        Quiet::Lost(seconds) => tr!(language, "doctor-quiet-lost", seconds = seconds),
        Quiet::Refused(why) => tr!(language, "doctor-quiet-refused", why = why.as_str()),
    }
}

/// Who stands in front of a server.
fn between(language: Language, proxy: ReverseProxy) -> String {
    match proxy.name() {
        Some(name) => name.to_owned(),
        None => tr!(language, "doctor-quiet-between"),
    }
}
