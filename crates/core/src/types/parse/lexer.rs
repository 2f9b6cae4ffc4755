//! Words, numbers, quoted text and brackets.

use std::fmt;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// A name or keyword, bare.
    Word(String),
    /// A name in backticks.
    Name(String),
    Text(String),
    Number(u64),
    Symbol(char),
    End,
}

impl fmt::Display for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word(word) | Self::Name(word) => write!(f, "'{word}'"),
            Self::Text(text) => write!(f, "the text '{text}'"),
            Self::Number(number) => write!(f, "{number}"),
            Self::Symbol(symbol) => write!(f, "'{symbol}'"),
            Self::End => f.write_str("the end"),
        }
    }
}

#[derive(Clone)]
pub(super) struct Lexer<'t> {
    text: &'t str,
    rest: &'t str,
}

impl<'t> Lexer<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text, rest: text.trim_start() }
    }

    /// How many characters were read.
    pub(super) fn offset(&self) -> usize {
        self.text[..self.text.len() - self.rest.len()].chars().count()
    }

    pub(super) fn next(&mut self) -> Result<Token, String> {
        let Some(first) = self.rest.chars().next() else { return Ok(Token::End) };
        let token = match first {
            '\'' | '`' => {
                let text = self.quoted(first)?;
                if first == '`' { Token::Name(text) } else { Token::Text(text) }
            }
            _ if first.is_ascii_digit() => {
                let digits = self.take_while(|char| char.is_ascii_digit());
                Token::Number(digits.parse().map_err(|_| format!("{digits} is too large"))?)
            }
            _ if first.is_alphabetic() || first == '_' => Token::Word(
                self.take_while(|char| char.is_alphanumeric() || char == '_').to_owned(),
            ),
            _ => {
                self.rest = &self.rest[first.len_utf8()..];
                Token::Symbol(first)
            }
        };
        self.rest = self.rest.trim_start();
        Ok(token)
    }

    fn take_while(&mut self, belongs: impl Fn(char) -> bool) -> &'t str {
        let end = self.rest.find(|char| !belongs(char)).unwrap_or(self.rest.len());
        let (taken, rest) = self.rest.split_at(end);
        self.rest = rest;
        taken
    }

    /// Text up to the closing quote; a doubled quote stands for one.
    fn quoted(&mut self, quote: char) -> Result<String, String> {
        let mut text = String::new();
        loop {
            self.rest = &self.rest[1..];
            let Some(end) = self.rest.find(quote) else {
                return Err(format!("expected a closing {quote}"));
            };
            text.push_str(&self.rest[..end]);
            self.rest = &self.rest[end + 1..];
            if !self.rest.starts_with(quote) {
                return Ok(text);
            }
            text.push(quote);
        }
    }

    fn peek(&self) -> Token {
        self.clone().next().unwrap_or(Token::End)
    }

    pub(super) fn peek_is(&self, symbol: char) -> bool {
        self.peek() == Token::Symbol(symbol)
    }

    /// Whether a name comes, and then what can only be the start of a type.
    pub(super) fn name_and_type_follow(&self) -> bool {
        let mut ahead = self.clone();
        match ahead.next() {
            Ok(Token::Name(_)) => true,
            Ok(Token::Word(_)) => matches!(ahead.next(), Ok(Token::Word(word)) if word != "NOT"),
            _ => false,
        }
    }

    pub(super) fn skip(&mut self, symbol: char) -> Result<bool, String> {
        let found = self.peek_is(symbol);
        if found {
            self.next()?;
        }
        Ok(found)
    }

    pub(super) fn expect(&mut self, symbol: char) -> Result<(), String> {
        match self.next()? {
            Token::Symbol(found) if found == symbol => Ok(()),
            other => Err(format!("expected '{symbol}', found {other}")),
        }
    }

    pub(super) fn skip_word(&mut self, word: &str) -> Result<bool, String> {
        let found = matches!(self.peek(), Token::Word(found) if found == word);
        if found {
            self.next()?;
        }
        Ok(found)
    }

    pub(super) fn expect_word(&mut self, word: &str) -> Result<(), String> {
        match self.next()? {
            Token::Word(found) if found == word => Ok(()),
            other => Err(format!("expected {word}, found {other}")),
        }
    }

    pub(super) fn word(&mut self, expected: &str) -> Result<String, String> {
        match self.next()? {
            Token::Word(word) | Token::Name(word) => Ok(word),
            other => Err(format!("expected {expected}, found {other}")),
        }
    }

    pub(super) fn text(&mut self, expected: &str) -> Result<String, String> {
        match self.next()? {
            Token::Text(text) => Ok(text),
            other => Err(format!("expected {expected}, found {other}")),
        }
    }

    pub(super) fn number<N: TryFrom<u64>>(&mut self) -> Result<N, String> {
        match self.next()? {
            Token::Number(number) => {
                N::try_from(number).map_err(|_| format!("{number} is too large"))
            }
            other => Err(format!("expected a number, found {other}")),
        }
    }
}
