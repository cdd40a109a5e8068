//! Every language has the same messages with the same arguments, and each message is used.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use strum::IntoEnumIterator;

use super::{Files, OF_COMMAND_LINE, catalogue, catalogue_for};
use crate::app::command::Slash;
use crate::texts::language::Language;

/// The messages of a language and the arguments that each takes.
type Messages = BTreeMap<String, BTreeSet<String>>;

/// Chooses between the second and the third person: a language that words both alike leaves it.
const OPTIONAL: &str = "you";

fn text_of(language: Language) -> String {
    let path = format!("{}/watchtogether.ftl", language.code());
    let file = Files::get(&path).unwrap_or_else(|| panic!("{path} is missing"));
    String::from_utf8(file.data.into_owned()).unwrap()
}

fn messages(language: Language) -> Messages {
    let resource = fluent_syntax::parser::parse(text_of(language))
        .unwrap_or_else(|(_, errors)| panic!("{language:?}: {errors:?}"));
    let mut messages = Messages::new();
    for entry in resource.body {
        let Entry::Message(message) = entry else {
            continue;
        };
        let mut arguments = BTreeSet::new();
        let pattern = message.value.unwrap_or_else(|| panic!("{:?}", message.id));
        add_arguments(&pattern, &mut arguments);
        let before = messages.insert(message.id.name.clone(), arguments);
        assert!(before.is_none(), "{language:?}: twice: {}", message.id.name);
    }
    messages
}

fn add_arguments(pattern: &Pattern<String>, arguments: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        if let PatternElement::Placeable { expression } = element {
            add_of_expression(expression, arguments);
        }
    }
}

fn add_of_expression(expression: &Expression<String>, arguments: &mut BTreeSet<String>) {
    match expression {
        Expression::Select { selector, variants } => {
            add_of_inline(selector, arguments);
            for variant in variants {
                add_arguments(&variant.value, arguments);
            }
        }
        Expression::Inline(inline) => add_of_inline(inline, arguments),
    }
}

fn add_of_inline(inline: &InlineExpression<String>, arguments: &mut BTreeSet<String>) {
    match inline {
        InlineExpression::VariableReference { id } => {
            arguments.insert(id.name.clone());
        }
        InlineExpression::Placeable { expression } => add_of_expression(expression, arguments),
        InlineExpression::FunctionReference {
            arguments: call, ..
        } => {
            for argument in &call.positional {
                add_of_inline(argument, arguments);
            }
        }
        _ => {}
    }
}

#[test]
fn every_language_has_the_same_messages_with_the_same_arguments() {
    let english = messages(Language::English);
    for language in Language::iter().filter(|language| *language != Language::English) {
        let other = messages(language);
        let ids = |messages: &Messages| messages.keys().cloned().collect::<BTreeSet<_>>();
        assert_eq!(ids(&english), ids(&other), "{language:?}");
        for (id, arguments) in &english {
            let mut theirs = other[id].clone();
            if arguments.contains(OPTIONAL) {
                theirs.insert(OPTIONAL.to_owned());
            }
            assert_eq!(*arguments, theirs, "{language:?}: {id}");
        }
    }
}

/// Messages whose ids follow a rule, so that no source names them; the tests of the code that
/// follows the rule find those that are missing or left over.
const BY_RULE: [&str; 3] = ["action-", "cli-", "scenario-"];

/// `fl!` does not check a message that is asked for without any argument.
#[test]
fn each_message_is_used_and_gets_its_arguments() {
    let sources = sources(Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")));
    let whole: String = sources.split_whitespace().collect();
    for (id, arguments) in messages(Language::English) {
        let quoted = format!("\"{id}\"");
        let is_named = whole.contains(&quoted);
        assert!(is_named || is_by_rule(&id), "{id} is not used");
        if !is_named {
            assert!(arguments.is_empty(), "{id} is looked up without arguments");
        }
        if !arguments.is_empty() {
            let bare = whole.contains(&format!(",{quoted})"));
            assert!(!bare, "{id} is used without its arguments");
        }
    }
}

/// Whether the id of a message follows a rule: the summary of a command, and what its argument means,
/// are looked up by the command's name.
fn is_by_rule(id: &str) -> bool {
    let command = id.strip_prefix("command-");
    let command = command.map(|name| name.strip_prefix("more-").unwrap_or(name));
    let is_command =
        command.is_some_and(|name| Slash::ALL.iter().any(|slash| slash.name() == name));
    is_command || BY_RULE.iter().any(|prefix| id.starts_with(prefix))
}

/// The text of every source file below a folder.
fn sources(folder: &Path) -> String {
    let mut all = String::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all.push_str(&sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            all.push_str(&std::fs::read_to_string(&path).unwrap());
        }
    }
    all
}

#[test]
fn the_messages_of_the_command_line_can_be_read_alone() {
    for language in Language::iter() {
        let (all, alone) = (
            catalogue(language),
            catalogue_for(language, OF_COMMAND_LINE),
        );
        let (of_command_line, others): (Vec<String>, Vec<String>) = messages(language)
            .into_keys()
            .partition(|id| id.starts_with(OF_COMMAND_LINE));
        for id in of_command_line {
            assert_eq!(alone.get(&id), all.get(&id), "{language:?}");
        }
        for id in others {
            assert!(!alone.has(&id), "{language:?}: {id}");
        }
    }
}
