//! How to get the program on each platform.

use maud::{Markup, html};

use super::layout::command;
use super::visit::Visit;
use crate::texts::tr;

/// Debian's own yt-dlp is often too old for YouTube, and its Rust too old for us.
const DEBIAN: &str = "sudo apt install build-essential curl mpv pipx
pipx install 'yt-dlp[default]'
curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh";

const ARCH: &str = "sudo pacman -S --needed base-devel mpv rust yt-dlp";

const MACOS: &str = "xcode-select --install
brew install mpv rust yt-dlp";

const WINDOWS: &str = "wsl --install -d Ubuntu";

const BUILD: &str = "cargo install --locked --path .";

/// The steps, for each platform and then for all.
pub(super) fn steps(visit: &Visit) -> Markup {
    let language = visit.language;
    html! {
        p { (tr!(language, "door-get-needs")) }
        h3 { (tr!(language, "door-get-debian")) }
        (command(visit, "get-debian", DEBIAN))
        h3 { (tr!(language, "door-get-arch")) }
        (command(visit, "get-arch", ARCH))
        h3 { (tr!(language, "door-get-macos")) }
        (command(visit, "get-macos", MACOS))
        h3 { (tr!(language, "door-get-windows")) }
        p { (tr!(language, "door-get-windows-how")) }
        (command(visit, "get-windows", WINDOWS))
        h3 { (tr!(language, "door-get-build")) }
        (command(visit, "get-build", BUILD))
    }
}
