//! The small part of regular expressions that the metadata uses, compiled into the steps of a machine.

use crate::Result;

/// What a thread of the machine does next.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Step {
    /// Reads one digit of the set, bit by bit.
    Digit(u16),
    /// Goes on at both places, the first preferred.
    Split(usize, usize),
    /// Goes on elsewhere.
    Jump(usize),
    /// The group of this number starts.
    Open(usize),
    /// The group of this number ends.
    Close(usize),
    /// Goes on only at the end of the text.
    End,
    /// The pattern has matched.
    Match,
}

/// A compiled pattern; it starts at step 0.
#[derive(Clone, Debug)]
pub(crate) struct Pattern {
    pub(crate) steps: Vec<Step>,
    pub(crate) groups: usize,
}

enum Tree {
    Digit(u16),
    Sequence(Vec<Tree>),
    Either(Vec<Tree>),
    Repeat(Box<Tree>, usize, usize),
    Group(usize, Box<Tree>),
    End,
}

impl Pattern {
    /// Compiles `[2-9]\d{9}|3\d{6}` and the like; anything unknown is an error, never a guess.
    pub(crate) fn compile(text: &str) -> Result<Self> {
        let mut reader = Reader { text, rest: text.as_bytes(), groups: 0 };
        let tree = reader.either()?;
        if !reader.rest.is_empty() {
            return Err(reader.unexpected());
        }
        let mut pattern = Self { steps: Vec::new(), groups: reader.groups };
        pattern.emit(&tree);
        pattern.steps.push(Step::Match);
        Ok(pattern)
    }

    fn emit(&mut self, tree: &Tree) {
        match tree {
            Tree::Digit(set) => self.steps.push(Step::Digit(*set)),
            Tree::End => self.steps.push(Step::End),
            Tree::Sequence(parts) => parts.iter().for_each(|part| self.emit(part)),
            Tree::Group(number, inner) => {
                self.steps.push(Step::Open(*number));
                self.emit(inner);
                self.steps.push(Step::Close(*number));
            }
            Tree::Either(branches) => self.emit_either(branches),
            Tree::Repeat(inner, min, max) => {
                (0..*min).for_each(|_| self.emit(inner));
                let mut splits = Vec::new();
                for _ in *min..*max {
                    splits.push(self.steps.len());
                    self.steps.push(Step::Match);
                    self.emit(inner);
                }
                let end = self.steps.len();
                splits.into_iter().for_each(|at| self.steps[at] = Step::Split(at + 1, end));
            }
        }
    }

    fn emit_either(&mut self, branches: &[Tree]) {
        let Some((last, before)) = branches.split_last() else { return };
        let mut jumps = Vec::new();
        for branch in before {
            let split = self.steps.len();
            self.steps.push(Step::Match);
            self.emit(branch);
            jumps.push(self.steps.len());
            self.steps.push(Step::Match);
            self.steps[split] = Step::Split(split + 1, self.steps.len());
        }
        self.emit(last);
        let end = self.steps.len();
        jumps.into_iter().for_each(|at| self.steps[at] = Step::Jump(end));
    }
}

struct Reader<'a> {
    text: &'a str,
    rest: &'a [u8],
    groups: usize,
}

impl Reader<'_> {
    fn either(&mut self) -> Result<Tree> {
        let mut branches = vec![self.sequence()?];
        while self.take(b"|") {
            branches.push(self.sequence()?);
        }
        Ok(Tree::Either(branches))
    }

    fn sequence(&mut self) -> Result<Tree> {
        let mut parts = Vec::new();
        while !matches!(self.rest, [] | [b'|' | b')', ..]) {
            let part = self.single()?;
            parts.push(self.repeated(part)?);
        }
        Ok(Tree::Sequence(parts))
    }

    fn single(&mut self) -> Result<Tree> {
        if self.take(b"(?:") {
            let inner = self.either()?;
            return if self.take(b")") { Ok(inner) } else { Err(self.unexpected()) };
        }
        if self.take(b"(") {
            self.groups += 1;
            let number = self.groups;
            let inner = self.either()?;
            let group = Tree::Group(number, Box::new(inner));
            return if self.take(b")") { Ok(group) } else { Err(self.unexpected()) };
        }
        if self.take(b"\\d") {
            return Ok(Tree::Digit(0x3ff));
        }
        if self.take(b"$") {
            return Ok(Tree::End);
        }
        if self.take(b"[") {
            return self.set();
        }
        let digit = self.digit()?;
        Ok(Tree::Digit(1 << digit))
    }

    fn set(&mut self) -> Result<Tree> {
        let mut set = 0;
        while !self.take(b"]") {
            let from = self.digit()?;
            let to = if self.take(b"-") { self.digit()? } else { from };
            (from..=to).for_each(|digit| set |= 1 << digit);
        }
        Ok(Tree::Digit(set))
    }

    fn repeated(&mut self, part: Tree) -> Result<Tree> {
        if self.take(b"?") {
            return Ok(Tree::Repeat(Box::new(part), 0, 1));
        }
        if !self.take(b"{") {
            return Ok(part);
        }
        let min = self.number()?;
        let max = if self.take(b",") { self.number()? } else { min };
        if self.take(b"}") { Ok(Tree::Repeat(Box::new(part), min, max)) } else { Err(self.unexpected()) }
    }

    fn number(&mut self) -> Result<usize> {
        let mut number = usize::from(self.digit()?);
        while let Ok(digit) = self.digit() {
            number = number * 10 + usize::from(digit);
        }
        Ok(number)
    }

    fn digit(&mut self) -> Result<u8> {
        match self.rest {
            [digit @ b'0'..=b'9', rest @ ..] => {
                self.rest = rest;
                Ok(digit - b'0')
            }
            _ => Err(self.unexpected()),
        }
    }

    fn take(&mut self, wanted: &[u8]) -> bool {
        match self.rest.strip_prefix(wanted) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }

    fn unexpected(&self) -> String {
        let at = self.text.len() - self.rest.len();
        format!("the pattern `{}` has at byte {at} what the compiler does not know", self.text)
    }
}
