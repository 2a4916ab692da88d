//! Forms of names: what two spellings of one name have in common.
//!
//! In: an entity's tokens. Out: a [`Name`]: its sort, its words as keys and what its title and
//! forename say of gender. Keys are hashes of the lower-cased word with its diacritics taken off, so
//! that "Zahā" and "Zaha" are one. Endings ("Jr.", "III", "Ph.D.", "Inc.") count for nothing.
//!
//! Cost: linear in the name's words, of which at most [`MOST_WORDS`] count.
//! Does not attempt: transliterations that differ in more than diacritics.

use super::Gender;
use crate::entities::{Entity, Label};
use crate::index::Id;
use crate::lexicon::{Classes, hash};
use crate::span::Span;
use crate::tokens::{Shape, TokenId, TokenKind, TokenRange};
use crate::words::{Reading, forms};

/// How many words of a name count.
pub(super) const MOST_WORDS: usize = 12;

/// The sorts of actors; a name of one sort never joins another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sort {
    Person,
    Organisation,
    Place,
}

impl Sort {
    /// The sort that a label names, if its bearers can act.
    pub(super) fn of(label: Label) -> Option<Self> {
        match label {
            Label::Person => Some(Self::Person),
            Label::Org => Some(Self::Organisation),
            Label::Loc | Label::Fac => Some(Self::Place),
            _ => None,
        }
    }
}

/// A name as its words.
#[derive(Clone, Debug)]
pub(super) struct Name {
    pub(super) sort: Sort,
    /// The keys of its words, endings and small words left out.
    pub(super) words: Vec<u64>,
    /// The key of all of it.
    pub(super) whole: u64,
    /// Its tokens, endings left out.
    pub(super) range: TokenRange,
    /// What its title or else its forename says.
    pub(super) gender: Gender,
    /// What its title alone says.
    pub(super) addressed: Gender,
    /// The title before it, as a hash.
    pub(super) title: Option<u64>,
    /// The word before it that names a part of the place: "southern".
    pub(super) part: Option<TokenId>,
}

/// Where a name stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spot {
    /// The tokens that the tagger took.
    pub(super) tagged: TokenRange,
    /// The name's own tokens.
    own: TokenRange,
    /// The name's own span.
    pub(super) span: Span,
}

impl Spot {
    /// Where an entity that can act stands.
    pub(super) fn of(reading: Reading<'_>, entity: &Entity) -> Option<Self> {
        Sort::of(entity.label)?;
        let tagged = super::range(reading, entity.span);
        let own = core(reading, tagged);
        let core = (own != tagged).then(|| reading.span_of(own)).flatten();
        Some(Self { tagged, own, span: core.unwrap_or(entity.span) })
    }
}

impl Name {
    /// Reads the name at a spot.
    pub(super) fn read(reading: Reading<'_>, spot: Spot, sort: Sort) -> Self {
        let TokenRange { start, mut end } = spot.own;
        let cut = reading.span(start).start() < spot.span.start();
        while let Some(last) = end.prev().filter(|&id| id > start && is_ending(reading, id)) {
            end = last;
        }
        let range = TokenRange { start, end };
        let mut words: Vec<u64> = if cut {
            vec![key(spot.span.of(reading.text))]
        } else {
            range
                .ids()
                .filter(|&id| reading.word(id).hash != 0 && !is_small(reading, id))
                .filter(|&id| !reading.is_kind(id, TokenKind::Clitic))
                .take(MOST_WORDS)
                .map(|id| key_of(reading, id))
                .collect()
        };
        let part = part_before(reading, start).filter(|_| sort == Sort::Place && !cut);
        if let Some(part) = part {
            words.insert(0, reading.word(part).hash);
        }
        let whole = hash::phrase(words.iter().copied());
        let title = title_before(reading, start);
        let (gender, addressed) = if sort == Sort::Person {
            let addressed =
                title.map(|id| super::gender_of(reading.word(id).classes)).unwrap_or_default();
            (gender(reading, range, words.len(), addressed), addressed)
        } else {
            (Gender::Unknown, Gender::Unknown)
        };
        Self {
            sort,
            words,
            whole,
            range,
            gender,
            addressed,
            title: title.map(|id| reading.word(id).hash),
            part,
        }
    }

    /// The last word: a person's surname.
    pub(super) fn last(&self) -> u64 {
        self.words.last().copied().unwrap_or_default()
    }

    /// The first word: a person's forename.
    pub(super) fn first(&self) -> u64 {
        self.words.first().copied().unwrap_or_default()
    }

    /// Whether it is more than one word.
    pub(super) fn is_full(&self) -> bool {
        self.words.len() > 1
    }

    /// Whether the words of the shorter stand in this order in the longer.
    fn nests(&self, other: &Self) -> bool {
        let (short, long) = if self.words.len() <= other.words.len() {
            (&self.words, &other.words)
        } else {
            (&other.words, &self.words)
        };
        let mut rest = long.iter();
        short.iter().all(|word| rest.any(|other| other == word))
    }

    /// Whether two full names can be one person's.
    pub(super) fn is_same_person(&self, other: &Self, reading: Reading<'_>) -> bool {
        if self.last() == other.last() {
            let first = reading.written(self.range.start);
            let second = reading.written(other.range.start);
            return self.nests(other) || same_forename(first, second);
        }
        let reversed = self.words.len() == 2
            && other.words.len() == 2
            && self.first() == other.last()
            && self.last() == other.first();
        reversed || (self.words.len() != other.words.len() && self.nests(other))
    }
}

/// The title right before a name, if there is one.
pub(super) fn title_before(reading: Reading<'_>, name: TokenId) -> Option<TokenId> {
    let title = name.prev()?;
    let full_stop = |id: TokenId| reading.written(id) == ".";
    let title = if full_stop(title) { title.prev()? } else { title };
    let word = reading.word(title);
    (word.is(Classes::TITLE) && reading.is_capitalised(title)).then_some(title)
}

/// A name's own tokens: a greeting before it and the "Photo:" of a caption after it taken off.
fn core(reading: Reading<'_>, range: TokenRange) -> TokenRange {
    let TokenRange { mut start, mut end } = range;
    let last = end.prev().filter(|&last| last > start);
    if let Some(last) = last
        && reading.written(end) == ":"
        && reading.is_form(last, forms!["image", "photo", "photograph", "picture", "video", "file"])
    {
        end = last;
    }
    if start.next() < end && reading.is_form(start, forms!["hey", "hi", "hello", "dear"]) {
        start = start.next();
    }
    TokenRange { start, end }
}

/// The word before a place that says which part of it is meant: "southern Ruritania".
pub(super) fn part_before(reading: Reading<'_>, name: TokenId) -> Option<TokenId> {
    const PARTS: &[u64] = forms![
        "north",
        "south",
        "east",
        "west",
        "northern",
        "southern",
        "eastern",
        "western",
        "northeast",
        "northwest",
        "southeast",
        "southwest",
        "northeastern",
        "northwestern",
        "southeastern",
        "southwestern",
        "north-east",
        "north-west",
        "south-east",
        "south-west",
        "north-eastern",
        "north-western",
        "south-eastern",
        "south-western",
        "central",
        "upper",
        "lower",
        "inner",
        "mainland",
        "downtown",
        "upstate",
        "rural",
        "suburban",
        "coastal",
    ];
    let before = name.prev()?;
    (!reading.is_capitalised(before) && reading.is_form(before, PARTS)).then_some(before)
}

/// What title and forename say of a person's gender.
fn gender(reading: Reading<'_>, name: TokenRange, words: usize, addressed: Gender) -> Gender {
    if addressed != Gender::Unknown {
        return addressed;
    }
    let forename = reading.word(name.start);
    // "Jean-Claude", "Mary-Ann": the second half decides where it is known, else nothing does.
    if reading.written(name.start.next()) == "-" {
        return super::gender_of(reading.word(name.start.next().next()).classes);
    }
    if forename.is(Classes::GIVEN) && (words > 1 || !forename.is(Classes::SURNAME)) {
        return super::gender_of(forename.classes);
    }
    Gender::Unknown
}

/// How many bytes the longest ending has.
const LONGEST_ENDING: usize = 5;

/// Whether the token ends a name without being part of it.
fn is_ending(reading: Reading<'_>, id: TokenId) -> bool {
    const ENDINGS: &[u64] = forms![
        "jr", "sr", "ii", "iii", "iv", "inc", "corp", "ltd", "co", "plc", "llc", "ag", "sa",
        "gmbh", "nv", "phd", "ph.d", "md", "m.d", "mp", "mep", "esq", "obe", "mbe", "cbe", "frs",
        "qc", "kc", "sc",
    ];
    let short = reading.span(id).len() <= LONGEST_ENDING;
    short && (matches!(reading.written(id), "," | ".") || reading.is_form(id, ENDINGS))
}

/// Words inside a name that tell nothing apart.
fn is_small(reading: Reading<'_>, id: TokenId) -> bool {
    reading.span(id).len() <= 3
        && reading.is_form(id, forms!["of", "the", "for", "and", "&", "on", "in", "at", "to"])
}

/// The [`key`] of a token, which most are hashed to already.
pub(super) fn key_of(reading: Reading<'_>, id: TokenId) -> u64 {
    let (hash, written) = (reading.word(id).hash, reading.written(id));
    let plain = hash != 0 && written.bytes().all(|byte| byte.is_ascii() && byte != b'.');
    if plain { hash } else { key(written) }
}

/// The hash of a word in lower case without diacritics and periods.
pub(super) fn key(word: &str) -> u64 {
    if word.is_ascii() && !word.contains('.') {
        return hash::fold(word);
    }
    let mut plain = String::with_capacity(word.len());
    for letter in word.chars().filter(|letter| *letter != '.') {
        plain.push_str(plain_letter(letter).unwrap_or(letter.encode_utf8(&mut [0; 4])));
    }
    hash::fold(&plain)
}

/// A Latin letter without its diacritic.
fn plain_letter(letter: char) -> Option<&'static str> {
    let plain = match letter {
        'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' | 'ā' | 'ă' | 'ą' | 'ǎ' | 'ạ' | 'ả' | 'ấ' | 'ầ' | 'ẩ'
        | 'ẫ' | 'ậ' | 'ắ' | 'ằ' | 'ẵ' | 'ặ' | 'Á' | 'À' | 'Â' | 'Ä' | 'Ã' | 'Å' | 'Ā' | 'Ă'
        | 'Ą' => "a",
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' | 'Ç' | 'Ć' | 'Ĉ' | 'Ċ' | 'Č' => "c",
        'ď' | 'đ' | 'ð' | 'ḍ' | 'Ď' | 'Đ' | 'Ð' | 'Ḍ' => "d",
        'é' | 'è' | 'ê' | 'ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' | 'ẹ' | 'ẻ' | 'ẽ' | 'ế' | 'ề' | 'ể'
        | 'ễ' | 'ệ' | 'É' | 'È' | 'Ê' | 'Ë' | 'Ē' | 'Ĕ' | 'Ė' | 'Ę' | 'Ě' => "e",
        'ĝ' | 'ğ' | 'ġ' | 'ģ' | 'ǧ' | 'Ĝ' | 'Ğ' | 'Ġ' | 'Ģ' | 'Ǧ' => "g",
        'ĥ' | 'ħ' | 'ḥ' | 'Ĥ' | 'Ħ' | 'Ḥ' => "h",
        'í' | 'ì' | 'î' | 'ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' | 'ị' | 'ỉ' | 'Í' | 'Ì' | 'Î' | 'Ï'
        | 'Ĩ' | 'Ī' | 'Ĭ' | 'Į' | 'İ' => "i",
        'ķ' | 'Ķ' => "k",
        'ĺ' | 'ļ' | 'ľ' | 'ł' | 'Ĺ' | 'Ļ' | 'Ľ' | 'Ł' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' | 'ŉ' | 'Ñ' | 'Ń' | 'Ņ' | 'Ň' => "n",
        'ó' | 'ò' | 'ô' | 'ö' | 'õ' | 'ø' | 'ō' | 'ŏ' | 'ő' | 'ơ' | 'ọ' | 'ỏ' | 'ố' | 'ồ' | 'ổ'
        | 'ỗ' | 'ộ' | 'ớ' | 'ờ' | 'ở' | 'ỡ' | 'ợ' | 'Ó' | 'Ò' | 'Ô' | 'Ö' | 'Õ' | 'Ø' | 'Ō'
        | 'Ŏ' | 'Ő' | 'Ơ' => "o",
        'ŕ' | 'ŗ' | 'ř' | 'Ŕ' | 'Ŗ' | 'Ř' => "r",
        'ś' | 'ŝ' | 'ş' | 'š' | 'ș' | 'ṣ' | 'Ś' | 'Ŝ' | 'Ş' | 'Š' | 'Ș' | 'Ṣ' => "s",
        'ţ' | 'ť' | 'ŧ' | 'ț' | 'ṭ' | 'Ţ' | 'Ť' | 'Ŧ' | 'Ț' | 'Ṭ' => "t",
        'ú' | 'ù' | 'û' | 'ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' | 'ư' | 'ụ' | 'ủ' | 'ứ' | 'ừ'
        | 'ử' | 'ữ' | 'ự' | 'Ú' | 'Ù' | 'Û' | 'Ü' | 'Ũ' | 'Ū' | 'Ŭ' | 'Ů' | 'Ű' | 'Ų' | 'Ư' => {
            "u"
        }
        'ý' | 'ÿ' | 'ŷ' | 'ỳ' | 'ỹ' | 'ỵ' | 'Ý' | 'Ÿ' | 'Ŷ' => "y",
        'ź' | 'ż' | 'ž' | 'ẓ' | 'Ź' | 'Ż' | 'Ž' | 'Ẓ' => "z",
        'ß' => "ss",
        'æ' | 'Æ' => "ae",
        'œ' | 'Œ' => "oe",
        _ => return None,
    };
    Some(plain)
}

/// Whether two forenames can be one person's: the same word, an initial, or a nickname.
fn same_forename(first: &str, second: &str) -> bool {
    let initial = |name: &str| name.trim_end_matches('.').chars().count() == 1;
    let letter = |name: &str| name.chars().next().map(|letter| letter.to_ascii_lowercase());
    key(first) == key(second)
        || ((initial(first) || initial(second)) && letter(first) == letter(second))
        || is_nickname(first, second)
        || is_misspelt(first, second)
}

/// Whether two forenames differ in one vowel inside: "Kristen", "Kristin".
fn is_misspelt(first: &str, second: &str) -> bool {
    let vowel = |letter: char| "aeiouy".contains(letter);
    let mut differing = first.char_indices().zip(second.chars()).filter(|((_, a), b)| a != b);
    let one = differing.next().zip(differing.next().is_none().then_some(()));
    first.len() > 5
        && first.len() == second.len()
        && one.is_some_and(|(((at, a), b), ())| {
            at > 0 && at + a.len_utf8() < first.len() && vowel(a) && vowel(b)
        })
}

/// Whether one forename is a short or pet form of the other, or both of a third.
fn is_nickname(first: &str, second: &str) -> bool {
    const SHORT_FORMS: &[&[&str]] = &[
        &["abraham", "abe"],
        &["albert", "al", "bert"],
        &["alexander", "alex", "sasha", "sandy"],
        &["alexandra", "alex", "sandra", "sasha"],
        &["andrew", "andy", "drew"],
        &["anthony", "tony"],
        &["antonio", "tony"],
        &["barbara", "barb"],
        &["benjamin", "ben", "benny"],
        &["bernard", "bernie"],
        &["catherine", "cathy", "kate", "katie"],
        &["charles", "charlie", "chuck"],
        &["christine", "chris", "christie"],
        &["christopher", "chris"],
        &["cynthia", "cindy"],
        &["daniel", "dan", "danny"],
        &["david", "dave"],
        &["deborah", "debbie", "deb"],
        &["donald", "don", "donny"],
        &["edward", "ed", "eddie", "ted"],
        &["elizabeth", "liz", "beth", "betsy", "betty", "eliza"],
        &["eugene", "gene"],
        &["francis", "frank"],
        &["franklin", "frank"],
        &["frederick", "fred"],
        &["gerald", "gerry", "jerry"],
        &["gregory", "greg"],
        &["harold", "harry", "hal"],
        &["henry", "harry", "hank"],
        &["jacob", "jake"],
        &["james", "jim", "jimmy", "jamie"],
        &["jeffrey", "jeff"],
        &["jennifer", "jen", "jenny"],
        &["john", "jack", "johnny", "jon"],
        &["jonathan", "jon"],
        &["joseph", "joe", "joey"],
        &["joshua", "josh"],
        &["katherine", "kathy", "kate", "katie"],
        &["kenneth", "ken", "kenny"],
        &["lawrence", "larry"],
        &["leonard", "len", "lenny"],
        &["margaret", "maggie", "meg", "peggy"],
        &["matthew", "matt"],
        &["michael", "mike", "mick"],
        &["mitchell", "mitch"],
        &["nathaniel", "nathan", "nate"],
        &["nicholas", "nick"],
        &["pamela", "pam"],
        &["patricia", "pat", "patty", "trish"],
        &["patrick", "pat", "paddy"],
        &["peter", "pete"],
        &["philip", "phil"],
        &["raymond", "ray"],
        &["rebecca", "becky"],
        &["richard", "rick", "dick", "rich"],
        &["robert", "bob", "rob", "bobby"],
        &["ronald", "ron"],
        &["samuel", "sam"],
        &["stephen", "steve"],
        &["steven", "steve"],
        &["susan", "sue"],
        &["theodore", "ted", "teddy", "theo"],
        &["thomas", "tom", "tommy"],
        &["timothy", "tim"],
        &["victoria", "vicky", "tori"],
        &["vincent", "vince"],
        &["walter", "walt"],
        &["william", "bill", "will", "billy"],
        &["zachary", "zach"],
    ];
    let has = |forms: &[&str], name: &str| forms.iter().any(|form| form.eq_ignore_ascii_case(name));
    SHORT_FORMS.iter().any(|forms| has(forms, first) && has(forms, second))
}

/// Whether a word is written as an acronym: "UN", "U.N."
pub(super) fn is_acronym(reading: Reading<'_>, id: TokenId) -> bool {
    let written = reading.written(id);
    let letters = written.chars().filter(|letter| letter.is_uppercase()).count();
    letters > 1
        && (reading.token(id).is_some_and(|token| token.shape == Shape::Upper)
            || written.chars().all(|letter| letter == '.' || letter.is_uppercase()))
}

/// The keys of the initials of a name: of its capitalised words, and of all its words where it has
/// others.
pub(super) fn initials(reading: Reading<'_>, range: TokenRange) -> [u64; 2] {
    let (mut capitals, mut all) = (String::new(), String::new());
    for id in range.ids().filter(|&id| reading.word(id).hash != 0) {
        let Some(letter) = reading.written(id).chars().next() else { continue };
        for (letters, counts) in [(&mut capitals, reading.is_capitalised(id)), (&mut all, true)] {
            if counts && letters.chars().count() < MOST_WORDS {
                letters.push(letter);
            }
        }
    }
    let several = |letters: &String| letters.chars().count() > 1;
    let of = |letters: &String| if several(letters) { key(letters) } else { 0 };
    let first = of(&capitals);
    [first, if all == capitals { first } else { of(&all) }]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_forgets_case_diacritics_and_periods() {
        assert_eq!(key("Zahā"), key("zaha"));
        assert_eq!(key("U.N."), key("UN"));
        assert_eq!(key("Łódź"), key("Lodz"));
        assert_ne!(key("Ann"), key("Anna"));
    }

    #[test]
    fn forenames_agree_by_initial_and_nickname() {
        assert!(same_forename("J.", "Jane"));
        assert!(same_forename("Bill", "William"));
        assert!(same_forename("Bob", "Bobby"));
        assert!(!same_forename("Bill", "Hillary"));
        assert!(!same_forename("Jane", "Janet"));
    }
}
