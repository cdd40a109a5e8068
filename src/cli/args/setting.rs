//! A setting that a layer may leave unset, so that a lower layer decides.

use clap::builder::{BoolValueParser, TypedValueParser, ValueParser};
use serde::Deserialize;

/// One setting in one layer.
pub trait Setting {
    /// Whether the layer sets it, even to "no".
    fn is_set(&self) -> bool;

    /// Whether the layer sets it, and not to "no".
    fn is_wanted(&self) -> bool {
        self.is_set()
    }
}

impl<T> Setting for Option<T> {
    fn is_set(&self) -> bool {
        self.is_some()
    }
}

/// A list is replaced as a whole.
impl<T> Setting for Vec<T> {
    fn is_set(&self) -> bool {
        !self.is_empty()
    }
}

impl Setting for Switch {
    fn is_set(&self) -> bool {
        *self != Self::Unset
    }

    fn is_wanted(&self) -> bool {
        self.is_on()
    }
}

/// A set of options that may stand in several layers. `layered!` writes it for a struct.
pub trait Layer: Sized {
    /// These options, and `lower`'s where these say nothing.
    #[must_use]
    fn over(self, lower: Self) -> Self;

    /// Whether the layer sets the option of a field's name, even to "no".
    fn sets(&self, field: &str) -> bool;

    /// Whether the option of a field's name is wanted.
    fn wants(&self, field: &str) -> bool;

    /// Leaves the option of a field's name open.
    fn clear(&mut self, field: &str);

    /// The names of the fields in which two layers differ.
    fn differences(&self, other: &Self) -> Vec<&'static str>;
}

/// Declares a struct of options, and how it lies over a lower layer of the same.
macro_rules! layered {
    (
        $(#[$meta:meta])*
        pub struct $name:ident {
            $($(#[$field_meta:meta])* pub $field:ident: $type:ty,)*
        }
    ) => {
        $(#[$meta])*
        pub struct $name {
            $($(#[$field_meta])* pub $field: $type,)*
        }

        impl Layer for $name {
            fn over(self, lower: Self) -> Self {
                Self {
                    $($field: if self.$field.is_set() { self.$field } else { lower.$field },)*
                }
            }

            fn sets(&self, field: &str) -> bool {
                match field {
                    $(stringify!($field) => self.$field.is_set(),)*
                    _ => false,
                }
            }

            fn wants(&self, field: &str) -> bool {
                match field {
                    $(stringify!($field) => self.$field.is_wanted(),)*
                    _ => false,
                }
            }

            fn clear(&mut self, field: &str) {
                match field {
                    $(stringify!($field) => self.$field = Default::default(),)*
                    _ => {}
                }
            }

            fn differences(&self, other: &Self) -> Vec<&'static str> {
                let mut found = Vec::new();
                $(if self.$field != other.$field {
                    found.push(stringify!($field));
                })*
                found
            }
        }
    };
}
pub(super) use layered;

/// A yes or no that may also be left open, so that a lower layer of settings decides.
///
/// A flag can only say yes; the environment and the file can say no as well.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(from = "bool")]
pub enum Switch {
    /// Left open: the next lower layer decides, and after the last it counts as off.
    #[default]
    Unset,
    /// Switched on, whatever the layers below say.
    On,
    /// Switched off, whatever the layers below say. No flag can say this.
    Off,
}

impl Switch {
    /// Whether it says yes.
    #[must_use]
    pub fn is_on(self) -> bool {
        self == Self::On
    }
}

impl From<bool> for Switch {
    fn from(on: bool) -> Self {
        if on { Self::On } else { Self::Off }
    }
}

/// How clap reads a flag that is a [`Switch`]: its absence says nothing.
pub(super) fn switch() -> ValueParser {
    BoolValueParser::new()
        .map(|given| if given { Switch::On } else { Switch::Unset })
        .into()
}
