//! Direct links: http(s) addresses whose path names a media file.

/// A checked http(s) address of a media file, without fragment or user name.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct DirectUrl {
    url: String,
    container: Container,
}

/// The container format that a link's path names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Container {
    /// MPEG-4.
    Mp4,
}

impl DirectUrl {
    /// The address as the player gets it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.url
    }

    /// The container that its path names.
    #[must_use]
    pub const fn container(&self) -> Container {
        self.container
    }
}

impl Container {
    /// Its name as people write it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Mp4 => "MP4",
        }
    }
}
