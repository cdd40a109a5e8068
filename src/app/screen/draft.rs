//! A text that waits while a command is written over it.

use super::editor::Editor;

/// What was being written before a command took the line.
#[derive(Debug, Clone, Default)]
pub(super) struct Draft {
    aside: Option<Editor>,
    /// Whether the line holds what came back, as it was.
    is_back: bool,
}

impl Draft {
    /// Takes the line's text aside. False if a text waits already: then the line keeps its own.
    pub(super) fn set_aside(&mut self, line: &mut Editor) -> bool {
        if line.is_empty() || self.aside.is_some() {
            return false;
        }
        self.aside = Some(std::mem::take(line));
        self.is_back = false;
        true
    }

    /// Brings the text back to the line, if that is empty.
    pub(super) fn bring_back(&mut self, line: &mut Editor) {
        if line.is_empty()
            && let Some(aside) = self.aside.take()
        {
            *line = aside;
            self.is_back = true;
        }
    }

    /// Whether the line holds what came back, and nothing was changed since.
    pub(super) const fn is_back(&self) -> bool {
        self.is_back
    }

    /// The member goes on writing.
    pub(super) fn changed(&mut self) {
        self.is_back = false;
    }
}

#[cfg(test)]
mod tests {
    use super::{Draft, Editor};

    #[test]
    fn a_text_waits_and_comes_back_once() {
        let mut draft = Draft::default();
        let mut line = Editor::with("half a thought");
        line.left();
        let before = line.clone();
        assert!(draft.set_aside(&mut line));
        assert!(line.is_empty());
        line.set("/pause");
        draft.bring_back(&mut line);
        assert_eq!(line.text(), "/pause", "the command is still written");
        line.take();
        draft.bring_back(&mut line);
        assert_eq!(
            (line.before(), line.after()),
            (before.before(), before.after())
        );
        assert!(draft.is_back());
        line.take();
        draft.bring_back(&mut line);
        assert!(line.is_empty());
    }
}
