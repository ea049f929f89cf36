//! From a word that begins with `art` to the places it announces.

use crate::act::cursor::Cursor;
use crate::act::label::Point;
use crate::act::number::Number;
use crate::diagnostic::Lang;

use super::draft::{Draft, Hint, Parsed, Part, Shape, last_depth};
use super::keyword::{ArticleWord, Joint, LETTER_WORDS, LevelWord, eat_from, ends_announced, stands_alone};
use super::{act_name, item};

/// Reads one citation with its lists and ranges; `None` where the words are no citation.
pub(super) fn read(start: Cursor<'_>) -> Option<Parsed> {
    let mut c = start;
    let word = ArticleWord::read(&mut c)?;
    let announced = eat_from(&mut c);
    let article = item::number(&mut c)?;
    let mut reader = Reader {
        cursor: c,
        start: start.at(),
        articles: word.many || announced,
        english: word.lang == Some(Lang::En),
        drafts: Vec::new(),
        items: 0,
        closed: false,
        current: Draft { article, parts: Vec::new(), range: start.at()..c.at(), through: false },
    };
    reader.levels();
    while reader.next() {
        reader.levels();
    }
    Some(reader.finish(word))
}

struct Reader<'t> {
    cursor: Cursor<'t>,
    start: usize,
    /// Whether bare numbers after a comma can be articles.
    articles: bool,
    english: bool,
    drafts: Vec<Draft>,
    current: Draft,
    /// How many items the list at this level has after its first.
    items: usize,
    /// Whether an `e` has announced the last of them.
    closed: bool,
}

impl<'t> Reader<'t> {
    fn finish(mut self, word: ArticleWord) -> Parsed {
        self.drafts.push(self.current);
        let bracketed = self
            .drafts
            .iter()
            .flat_map(|draft| &draft.parts)
            .any(|part| part.shape == Shape::Bracketed && part.hint == Hint::Any);
        let lang = word.lang.unwrap_or(if bracketed { Lang::En } else { Lang::It });
        Parsed { start: self.start, end: self.cursor.at(), drafts: self.drafts, lang, form: word.form }
    }

    /// Every level that follows the current place: `, par. 2, lett. a)`, `(2)(a)`, `.2.a`.
    fn levels(&mut self) {
        while let Some((c, part)) = self.bracket().or_else(|| self.dot()).or_else(|| self.worded()) {
            self.current.parts.push(part);
            self.current.range.end = c.at();
            self.cursor = c;
            (self.items, self.closed) = (0, false);
        }
    }

    fn bracket(&self) -> Option<(Cursor<'t>, Part)> {
        let mut c = self.cursor;
        let spaced = c.skip_spaces();
        let (label, shape) = item::bracketed(&mut c)?;
        // In English typists put a space; in Italian `art. 5 (2)` is a footnote as often, unless an act follows.
        if spaced && !self.english && !act_follows(c) {
            return None;
        }
        self.deeper(c, any(label, shape))
    }

    fn dot(&self) -> Option<(Cursor<'t>, Part)> {
        let parts = &self.current.parts;
        if parts.iter().any(|part| part.shape != Shape::Dotted) {
            return None;
        }
        let mut c = self.cursor;
        let (label, shape) = item::dotted(&mut c, !parts.is_empty())?;
        self.deeper(c, any(label, shape))
    }

    fn worded(&self) -> Option<(Cursor<'t>, Part)> {
        let mut c = self.cursor;
        c.skip_spaces();
        c.eat(&[',']);
        c.skip_spaces();
        let part = item::worded(&mut c, !self.current.parts.is_empty())?;
        self.deeper(c, part)
    }

    /// The part, if it narrows the current place.
    fn deeper(&self, c: Cursor<'t>, part: Part) -> Option<(Cursor<'t>, Part)> {
        let mut parts = self.current.parts.clone();
        let before = last_depth(&parts);
        parts.push(part);
        let narrower = last_depth(&parts) > before;
        parts.pop().filter(|_| narrower).map(|part| (c, part))
    }

    /// Goes on to the next place of a list; `false` where there is none.
    fn next(&mut self) -> bool {
        let mut c = self.cursor;
        let from = c;
        let Some(joint) = Joint::read(&mut c) else {
            return self.all_to();
        };
        let through = matches!(joint, Joint::To | Joint::Hyphen);
        let spaced = c.since(from).contains(char::is_whitespace);
        if joint == Joint::Hyphen && spaced && !self.goes_on_plural() {
            return false;
        }
        let start = c.at();
        let announced = !through && eat_from(&mut c);
        let next = self
            .worded_item(c)
            .or_else(|| self.bracketed_item(c))
            .or_else(|| self.number_item(c, joint, announced))
            .or_else(|| self.label_item(c, joint));
        let Some((end, article, parts)) = next else {
            return false;
        };
        self.items += 1;
        self.closed = matches!(joint, Joint::And { .. });
        self.accept(end, Draft { article, parts, range: start..end.at(), through });
        true
    }

    /// Whether a joint says that an item of the list must follow, whatever word comes after that.
    fn must_go_on(&self, joint: Joint) -> bool {
        match joint {
            Joint::Comma => false,
            Joint::And { comma } => comma || !self.closed,
            Joint::To | Joint::Hyphen => true,
        }
    }

    fn accept(&mut self, end: Cursor<'t>, draft: Draft) {
        self.cursor = end;
        self.drafts.push(std::mem::replace(&mut self.current, draft));
    }

    /// `dall'art. 13 all'art. 16`
    fn all_to(&mut self) -> bool {
        let mut c = self.cursor;
        c.skip_spaces();
        if !c.eat_word(&["all"]) || !c.eat(&['\'', '’']) {
            return false;
        }
        let start = c.at();
        if ArticleWord::read(&mut c).is_none() {
            return false;
        }
        let Some(article) = item::number(&mut c) else {
            return false;
        };
        self.accept(c, Draft { article, parts: Vec::new(), range: start..c.at(), through: true });
        true
    }

    fn goes_on_plural(&self) -> bool {
        self.current.parts.last().map_or(self.articles, |part| part.many)
    }

    /// `e par. 3`, `e lett. b)`: the word says at which level the list goes on.
    fn worded_item(&self, mut c: Cursor<'t>) -> Option<Next<'t>> {
        let part = item::worded(&mut c, true)?;
        let mut parts = self.current.parts.clone();
        while !parts.is_empty() {
            let last = last_depth(&parts);
            parts.pop();
            parts.push(part.clone());
            let replaced = last_depth(&parts);
            if replaced == last {
                return Some((c, self.current.article, parts));
            }
            parts.pop();
            if replaced > last {
                return None;
            }
        }
        None
    }

    /// `Article 5(1) and (2)`, `points (a) and (c)`
    fn bracketed_item(&self, mut c: Cursor<'t>) -> Option<Next<'t>> {
        let last = self.current.parts.last().filter(|part| part.shape == Shape::Bracketed)?.clone();
        let (label, _) = item::bracketed(&mut c)?;
        let mut parts = self.current.parts.clone();
        // After `(a)(ii)`, a letter that is no roman number goes back to the letters.
        let here = last_depth(&parts);
        let numeric = label.starts_with(|c: char| c.is_ascii_digit());
        let roman = Point::parse(&label).is_some() && !numeric;
        parts.pop();
        if last.hint == Hint::Any && here == 4 && !roman && !numeric {
            parts.pop();
        }
        if last.hint == Hint::Any
            && numeric
            && here > 1
            && !last.label.starts_with(|c: char| c.is_ascii_digit())
        {
            // `Article 5(2)(a) and (3)`
            parts.truncate(
                parts
                    .iter()
                    .position(|part| part.label.starts_with(|c: char| c.is_ascii_digit()))
                    .unwrap_or(0),
            );
        }
        parts.push(Part { label, ..last });
        Some((c, self.current.article, parts))
    }

    /// `artt. 5 e 6`, `parr. 1-3`: a bare number is an article or a paragraph.
    fn number_item(&self, mut c: Cursor<'t>, joint: Joint, announced: bool) -> Option<Next<'t>> {
        let number = item::number(&mut c)?;
        let many = self.articles || self.current.parts.last().is_some_and(|part| part.many);
        let announced_item = many && self.must_go_on(joint) && ends_announced(c);
        if !announced_item && !stands_alone(c) && !closes(c) {
            return None;
        }
        let article = |c| Some((c, number, Vec::new()));
        let Some(last) = self.current.parts.last() else {
            let and = matches!(joint, Joint::And { .. });
            return if self.articles || and { article(c) } else { None };
        };
        let listed = matches!(last.hint, Hint::Paragraph | Hint::Comma) && last.shape == Shape::Bare;
        let numbered_point = last.hint == Hint::Point && last.label.starts_with(|c: char| c.is_ascii_digit());
        if numbered_point && c.eat(&[')']) {
            return self.replaced(c, number.to_string(), last.shape);
        }
        if self.articles && (!listed || !last.many || joint == (Joint::And { comma: true })) {
            return article(c);
        }
        let range = !matches!(joint, Joint::To | Joint::Hyphen) || last.many || joint == Joint::Hyphen;
        (listed && range && !(announced && !last.many && !self.articles)).then_some(())?;
        self.replaced(c, number.to_string(), last.shape)
    }

    /// `lett. a), b) e c)`, `punti i) e ii)`
    fn label_item(&self, mut c: Cursor<'t>, joint: Joint) -> Option<Next<'t>> {
        let last = self.current.parts.last()?;
        let lists = match last.hint {
            Hint::Letter | Hint::Point => true,
            Hint::Any => matches!(last.shape, Shape::Bare | Shape::Closed),
            Hint::Paragraph | Hint::Ordinal | Hint::Comma | Hint::Subparagraph => false,
        };
        // `lett. a, n. 2`: the word of a narrower level is no letter.
        if !lists || LevelWord::read(&mut c.clone()).is_some() {
            return None;
        }
        let (label, shape) =
            item::label(&mut c, last.hint).or_else(|| self.last_label(&mut c, last, joint))?;
        let bare = shape == Shape::Bare;
        // `lett. a e i partner`: a bare label goes on only a bare list, and a range only one without words.
        if bare && (last.shape != Shape::Bare || (joint == Joint::To && !last.many)) {
            return None;
        }
        self.replaced(c, label, shape)
    }

    /// The last label of a bare list, with a sentence that goes on after it: `lett. a-c prevedono`.
    fn last_label(&self, cursor: &mut Cursor<'t>, last: &Part, joint: Joint) -> Option<(String, Shape)> {
        if !self.must_go_on(joint) {
            return None;
        }
        let mut c = *cursor;
        let label = item::bare(&mut c)?;
        let is_word =
            LETTER_WORDS.contains(&label.as_str()) || label.starts_with(|c: char| c.is_ascii_digit());
        // After a plural word, one more label at least must come.
        let known = !is_word || joint == Joint::Hyphen || (last.many && self.items == 0);
        known.then(|| {
            *cursor = c;
            (label, Shape::Bare)
        })
    }

    fn replaced(&self, c: Cursor<'t>, label: String, shape: Shape) -> Option<Next<'t>> {
        let mut parts = self.current.parts.clone();
        let last = parts.pop()?;
        parts.push(Part { label, shape, ..last });
        Some((c, self.current.article, parts))
    }
}

type Next<'c> = (Cursor<'c>, Number, Vec<Part>);

/// Whether an act's name comes next, at most after more labels in brackets.
fn act_follows(mut c: Cursor<'_>) -> bool {
    for _ in 0..MOST_BRACKETS {
        let mut next = c;
        next.skip_spaces();
        if item::bracketed(&mut next).is_none() {
            break;
        }
        c = next;
    }
    act_name::is_announced(c)
}

/// How many labels in brackets can follow each other: one for each level.
const MOST_BRACKETS: usize = 4;

fn closes(c: Cursor<'_>) -> bool {
    c.rest().starts_with(')')
}

fn any(label: String, shape: Shape) -> Part {
    Part { hint: Hint::Any, label, many: true, shape }
}
