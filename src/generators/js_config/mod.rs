//! Reads configuration that is written in JavaScript or TypeScript, without running it.
//!
//! Such a file is a program; most are one object literal with a few calls in it. What is literal is read, everything
//! else is [`Value::Unknown`], so that nothing is believed that only running could tell. Docusaurus, Astro, Gatsby,
//! Eleventy and VitePress are configured this way.

mod imports;
mod parse;
mod templates;
#[cfg(test)]
mod tests;
pub mod tokens;

use crate::hash::Map;

pub use imports::load;

/// What an expression is.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// It is not written.
    Absent,
    /// `null` or `undefined`.
    Null,
    /// `true`, `false`.
    Flag(bool),
    /// A number.
    Number(f64),
    /// A string, or a template whose `${…}` are strings of the file.
    Text(String),
    /// A regular expression, between its slashes.
    Pattern(String),
    /// `[…]`; what is spread into it is one unknown item.
    List(Vec<Value>),
    /// `{…}` in the order of writing; a spread is an entry of the name `...`.
    Map(Vec<(String, Value)>),
    /// A name, members and calls: `config`, `z.string().optional()`, `starlight({…})`, `require('./x').default`.
    Path(Vec<Step>),
    /// A function, by what it returns.
    Function(Box<Value>),
    /// Code.
    Unknown,
}

/// One part of a path.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// The name.
    pub name: String,
    /// The arguments, where it is called.
    pub arguments: Option<Vec<Value>>,
}

/// A file that has been read.
#[derive(Debug, Clone, Default)]
pub struct Module {
    names: Map<String, Value>,
    exported: Option<Value>,
    imports: Vec<imports::Import>,
}

impl Module {
    /// Reads a file's text. Time and memory are linear in it; what cannot be read is unknown.
    #[must_use]
    pub fn read(text: &str) -> Module {
        parse::module(text)
    }

    /// The configuration that the file exports: the object itself, that of a name, the argument of a helper
    /// (`defineConfig({…})`), what a function returns.
    #[must_use]
    pub fn config(&self) -> At<'_> {
        let mut at = self.exported();
        for _ in 0..FUEL {
            at = match at.value {
                Value::Function(returned) => At { value: returned, ..at }.followed(),
                Value::Path(steps) => {
                    let arguments = steps.iter().rev().find_map(|step| step.arguments.as_ref());
                    let first = arguments.and_then(|all| {
                        let mut all = all.iter().map(|value| At { value, ..at }.followed());
                        all.find(|at| matches!(at.value, Value::Map(_) | Value::Function(_) | Value::Path(_)))
                    });
                    match first {
                        Some(first) => first,
                        None => return at,
                    }
                }
                _ => return at,
            };
        }
        at
    }

    /// What the file exports, as it stands.
    #[must_use]
    pub fn exported(&self) -> At<'_> {
        At { module: self, value: self.exported.as_ref().unwrap_or(&Value::Absent) }.followed()
    }

    /// The package that a name of the file is imported from.
    #[must_use]
    pub fn package_of(&self, name: &str) -> Option<&str> {
        self.imports.iter().find(|import| import.local == name).map(|import| import.from.as_str())
    }

    /// A value that was written in this file, with the file's names followed in it; a name of something else is unknown.
    #[must_use]
    pub fn value_of(&self, value: &Value) -> Value {
        imports::on_its_own(At { module: self, value }.followed())
    }

    /// What a name at the top of the file stands for.
    #[must_use]
    pub fn name(&self, name: &str) -> At<'_> {
        At { module: self, value: self.names.get(name).unwrap_or(&Value::Absent) }.followed()
    }
}

/// How many names are followed for one answer: no file needs more, and a circle needs an end.
const FUEL: u32 = 64;

/// A value in its file, so that names can be followed.
#[derive(Debug, Clone, Copy)]
pub struct At<'m> {
    module: &'m Module,
    /// The value; a name that the file defines has been followed.
    pub value: &'m Value,
}

impl<'m> At<'m> {
    /// The value of a key; absent when the map does not have it, unknown when this is no map that can be read.
    #[must_use]
    pub fn get(self, key: &str) -> At<'m> {
        self.member(key, &mut { FUEL })
    }

    /// The value behind several keys.
    #[must_use]
    pub fn at(self, keys: &[&str]) -> At<'m> {
        keys.iter().fold(self, |at, key| at.get(key))
    }

    /// A literal text.
    #[must_use]
    pub fn text(self) -> Option<&'m str> {
        if let Value::Text(text) = self.value { Some(text) } else { None }
    }

    /// A literal `true` or `false`.
    #[must_use]
    pub fn flag(self) -> Option<bool> {
        if let Value::Flag(flag) = self.value { Some(*flag) } else { None }
    }

    /// The items of a list; none when it is no list.
    pub fn items(self) -> impl Iterator<Item = At<'m>> {
        let items = if let Value::List(items) = self.value { items.as_slice() } else { &[] };
        items.iter().map(move |value| At { value, ..self }.followed())
    }

    /// The literal texts of a list; a text counts as a list of one.
    #[must_use]
    pub fn texts(self) -> Vec<String> {
        match self.value {
            Value::Text(text) => vec![text.clone()],
            _ => self.items().filter_map(At::text).map(str::to_owned).collect(),
        }
    }

    /// The entries of a map, those of spread maps in their place; a spread that is code is left out.
    #[must_use]
    pub fn entries(self) -> Vec<(&'m str, At<'m>)> {
        let mut all = Vec::new();
        let Value::Map(entries) = self.value else { return all };
        for (key, value) in entries {
            let inner = At { value, ..self }.followed();
            let inner = if key == "..." { inner.opened() } else { inner };
            match (key.as_str(), inner.value) {
                ("...", Value::Map(spread)) => {
                    let plain = spread.iter().filter(|(key, _)| key != "...");
                    all.extend(plain.map(|(key, value)| (key.as_str(), At { value, ..self }.followed())));
                }
                ("...", _) => {}
                (key, _) => all.push((key, inner)),
            }
        }
        all
    }

    /// The steps of a path that is not a name of this file: calls, members.
    #[must_use]
    pub fn steps(self) -> &'m [Step] {
        if let Value::Path(steps) = self.value { steps } else { &[] }
    }

    /// An argument of the last call in a path.
    #[must_use]
    pub fn argument(self, number: usize) -> At<'m> {
        let arguments = self.steps().iter().rev().find_map(|step| step.arguments.as_ref());
        let value = arguments.and_then(|all| all.get(number)).unwrap_or(&Value::Absent);
        At { value, ..self }.followed()
    }

    /// An argument of one step of a path.
    #[must_use]
    pub fn argument_of(self, step: &'m Step, number: usize) -> At<'m> {
        let value = step.arguments.as_ref().and_then(|all| all.get(number)).unwrap_or(&Value::Absent);
        At { value, ..self }.followed()
    }

    /// What a function returns; anything else as it is.
    #[must_use]
    pub fn returned(self) -> At<'m> {
        if let Value::Function(value) = self.value { At { value, ..self }.followed() } else { self }
    }

    /// The path that Node's `path.join`, `path.resolve` and `path.relative` make of literal parts, from the folder of the
    /// file: `path.join(__dirname, 'src', 'content')`.
    #[must_use]
    pub fn joined(self) -> Option<String> {
        let [.., step] = self.steps() else { return None };
        let arguments = step.arguments.as_ref().filter(|_| matches!(&*step.name, "join" | "resolve" | "relative"))?;
        let is_here = |value: &Value| match value {
            Value::Path(steps) => steps.last().is_some_and(|last| matches!(&*last.name, "__dirname" | "dirname")),
            Value::Text(text) => text == ".",
            _ => false,
        };
        let parts = arguments.iter().enumerate().filter(|(at, value)| *at > 0 || !is_here(value));
        let parts: Vec<&str> = parts.map(|(at, _)| self.argument_of(step, at).text()).collect::<Option<_>>()?;
        (!parts.is_empty() && !parts.contains(&"..")).then(|| parts.join("/"))
    }

    /// True when it is not written.
    #[must_use]
    pub fn is_absent(self) -> bool {
        *self.value == Value::Absent
    }

    /// True when something is written that only running the file could tell.
    #[must_use]
    pub fn is_unknown(self) -> bool {
        matches!(self.value, Value::Unknown | Value::Path(_) | Value::Function(_) | Value::Pattern(_))
    }

    /// True when nothing is unknown of which keys a map has.
    #[must_use]
    pub fn is_whole(self) -> bool {
        let spread = |value: &'m Value| At { value, ..self }.followed().opened();
        match self.value {
            Value::Map(entries) => entries
                .iter()
                .filter(|(key, _)| key == "...")
                .all(|(_, value)| matches!(spread(value).value, Value::Map(inner) if inner.iter().all(|(key, _)| key != "..."))),
            _ => !self.is_unknown(),
        }
    }

    /// The object in a call that only names its type: `defineConfig({…})` returns what it is given.
    fn opened(self) -> At<'m> {
        match self.steps() {
            [Step { name, arguments: Some(arguments) }] if name.starts_with("define") && arguments.len() == 1 => {
                self.argument(0)
            }
            _ => self,
        }
    }

    fn followed(self) -> At<'m> {
        self.follow(&mut { FUEL })
    }

    fn follow(self, fuel: &mut u32) -> At<'m> {
        let mut at = self;
        while let Value::Path(steps) = at.value {
            let Some((first, rest)) = steps.split_first() else { return at };
            let Some(value) = self.module.names.get(&first.name) else { return at };
            if *fuel == 0 || steps.iter().any(|step| step.arguments.is_some()) {
                return at;
            }
            *fuel -= 1;
            at = At { value, ..self };
            for step in rest {
                at = at.follow(fuel).member(&step.name, fuel);
            }
        }
        at
    }

    fn member(self, key: &str, fuel: &mut u32) -> At<'m> {
        let entries = match self.value {
            Value::Map(entries) => entries,
            Value::Absent | Value::Null => return At { value: &Value::Absent, ..self },
            _ => return At { value: &Value::Unknown, ..self },
        };
        let mut value = &Value::Absent;
        for (name, entry) in entries.iter().rev() {
            if name == key {
                return At { value: entry, ..self }.follow(fuel);
            }
            if name == "..." && *fuel > 0 {
                *fuel -= 1;
                let found = At { value: entry, ..self }.follow(fuel).opened().member(key, fuel);
                match found.value {
                    Value::Absent => {}
                    // An entry of its own says more than a spread that nobody can look into.
                    Value::Unknown => value = &Value::Unknown,
                    _ => return found,
                }
            }
        }
        At { value, ..self }
    }
}
