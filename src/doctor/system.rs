//! The package managers of a computer, and what a person types into them.

use strum::EnumIter;

/// A package manager.
#[derive(Debug, Clone, Copy, PartialEq, Eq, EnumIter)]
pub enum PackageManager {
    /// Of Debian, Ubuntu and their relatives.
    Apt,
    /// Of Fedora and its relatives.
    Dnf,
    /// Of Arch Linux and its relatives.
    Pacman,
    /// Homebrew, of macOS; also on Linux.
    Brew,
    /// Of programs in Python, each in a folder of its own.
    Pipx,
}

impl PackageManager {
    /// The program by which it is recognised.
    #[must_use]
    pub const fn program(self) -> &'static str {
        match self {
            Self::Apt => "apt-get",
            Self::Dnf => "dnf",
            Self::Pacman => "pacman",
            Self::Brew => "brew",
            Self::Pipx => "pipx",
        }
    }
}

/// What a computer has to install programs with.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct System {
    /// The package managers that were found.
    pub managers: Vec<PackageManager>,
}

/// Where mpv is had from if no package manager is known.
const MPV_PAGE: &str = "https://mpv.io/installation/";
/// The same for yt-dlp.
const RESOLVER_PAGE: &str = "https://github.com/yt-dlp/yt-dlp/wiki/Installation";
/// The same for deno.
const DENO_PAGE: &str = "https://docs.deno.com/runtime/getting_started/installation/";
/// The same for a sound server.
const SOUND_PAGE: &str = "https://pipewire.org/";
/// yt-dlp in its newest release, with the scripts that solve YouTube's challenges.
const BY_PIPX: &str = "pipx install 'yt-dlp[default]' && pipx ensurepath";

impl System {
    fn has(&self, manager: PackageManager) -> bool {
        self.managers.contains(&manager)
    }

    /// The system's own package manager; Homebrew where there is no other.
    fn main(&self) -> Option<PackageManager> {
        let of_system = |manager: &PackageManager| *manager != PackageManager::Pipx;
        self.managers.iter().copied().find(of_system)
    }

    /// Installs mpv.
    #[must_use]
    pub fn install_mpv(&self) -> String {
        match self.main() {
            Some(PackageManager::Apt) => "sudo apt install mpv",
            Some(PackageManager::Dnf) => "sudo dnf install mpv",
            Some(PackageManager::Pacman) => "sudo pacman -S mpv",
            Some(PackageManager::Brew) => "brew install mpv",
            _ => MPV_PAGE,
        }
        .to_owned()
    }

    /// Brings mpv, and FFmpeg behind it, up to the newest that the system offers. With apt its
    /// release decides; a newer one is had elsewhere.
    #[must_use]
    pub fn upgrade_mpv(&self) -> String {
        match self.main() {
            Some(PackageManager::Apt) => {
                return format!("sudo apt update && sudo apt install mpv\n{MPV_PAGE}");
            }
            Some(PackageManager::Dnf) => "sudo dnf upgrade --refresh mpv",
            Some(PackageManager::Pacman) => "sudo pacman -Syu",
            Some(PackageManager::Brew) => "brew upgrade mpv ffmpeg",
            _ => MPV_PAGE,
        }
        .to_owned()
    }

    /// Brings FFmpeg behind mpv up to 8.1: with apt no release had it when this was written.
    #[must_use]
    pub fn upgrade_ffmpeg(&self) -> String {
        if self.main() == Some(PackageManager::Apt) {
            MPV_PAGE.to_owned()
        } else {
            self.upgrade_mpv()
        }
    }

    /// Puts an mpv that does not run in its place again.
    #[must_use]
    pub fn reinstall_mpv(&self) -> String {
        match self.main() {
            Some(PackageManager::Apt) => "sudo apt install --reinstall mpv",
            Some(PackageManager::Dnf) => "sudo dnf reinstall mpv",
            Some(PackageManager::Pacman) => "sudo pacman -S mpv",
            Some(PackageManager::Brew) => "brew reinstall mpv",
            _ => MPV_PAGE,
        }
        .to_owned()
    }

    /// Installs a sound server and starts it; on macOS, where there always is one, starts it anew.
    #[must_use]
    pub fn start_sound(&self) -> String {
        let install = match self.main() {
            Some(PackageManager::Apt) => "sudo apt install pipewire-audio",
            Some(PackageManager::Dnf) => "sudo dnf install pipewire-pulseaudio wireplumber",
            Some(PackageManager::Pacman) => "sudo pacman -S pipewire-pulse wireplumber",
            Some(PackageManager::Brew) => return "sudo killall coreaudiod".to_owned(),
            _ => return SOUND_PAGE.to_owned(),
        };
        format!("{install} && systemctl --user enable --now pipewire-pulse wireplumber")
    }

    /// Installs a yt-dlp that is new: apt's is years old in a stable release.
    #[must_use]
    pub fn install_resolver(&self) -> String {
        match self.main() {
            Some(PackageManager::Dnf) => "sudo dnf install yt-dlp".to_owned(),
            Some(PackageManager::Pacman) => "sudo pacman -S yt-dlp".to_owned(),
            Some(PackageManager::Brew) => "brew install yt-dlp".to_owned(),
            _ if self.has(PackageManager::Pipx) => BY_PIPX.to_owned(),
            Some(PackageManager::Apt) => format!("sudo apt install pipx && {BY_PIPX}"),
            _ => RESOLVER_PAGE.to_owned(),
        }
    }

    /// Brings the yt-dlp at `path`, links followed, up to date.
    #[must_use]
    pub fn upgrade_resolver(&self, path: &str) -> String {
        let is_in = |folder: &str| path.contains(folder);
        if is_in("/pipx/") {
            return "pipx upgrade yt-dlp".to_owned();
        }
        if is_in("/Cellar/") || is_in("/linuxbrew/") {
            return "brew upgrade yt-dlp".to_owned();
        }
        if !path.starts_with("/usr/bin/") {
            // A file of its own brings itself up to date.
            return format!("{} -U", quoted(path));
        }
        match self.main() {
            Some(PackageManager::Dnf) => "sudo dnf upgrade --refresh yt-dlp".to_owned(),
            Some(PackageManager::Pacman) => "sudo pacman -Syu".to_owned(),
            Some(PackageManager::Apt) => {
                format!("sudo apt remove yt-dlp && {}", self.install_resolver())
            }
            _ => self.install_resolver(),
        }
    }

    /// Installs the JavaScript runtime that yt-dlp uses unasked.
    #[must_use]
    pub fn install_runtime(&self) -> String {
        match self.main() {
            Some(PackageManager::Pacman) => "sudo pacman -S deno",
            Some(PackageManager::Brew) => "brew install deno",
            Some(PackageManager::Dnf) => "sudo dnf install nodejs",
            _ if self.has(PackageManager::Pipx) => "pipx install deno",
            Some(PackageManager::Apt) => "sudo apt install pipx && pipx install deno",
            _ => DENO_PAGE,
        }
        .to_owned()
    }
}

/// A path as a word of a shell.
#[must_use]
pub(super) fn quoted(path: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "/._-+".contains(c);
    if path.chars().all(is_plain) {
        path.to_owned()
    } else {
        format!("'{}'", path.replace('\'', r"'\''"))
    }
}
