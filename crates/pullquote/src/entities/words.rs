//! The words that times and amounts are made of.
//!
//! In: the letters of one word. Out: a [`Word`], its part in the grammar of numbers, dates and
//! money; [`Word::Other`] for the rest of the language.
//!
//! Algorithm: a hash table built by the compiler from the lists below. A word of up to sixteen
//! letters is lower-cased into one 128-bit integer, so that a look-up is one multiplication and, as
//! a rule, one comparison. Invariant: no allocation, no look at the word's surroundings. Cost: some
//! ten nanoseconds a word. It does not know names, and it does not settle what a word means where
//! it stands ("may", "second", "march"): the grammars do.

use super::calendar::{DayPart, Season, Unit};

/// How a verb form places what it governs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tense {
    /// Said, went, was: what it governs lies behind.
    Past,
    /// Is, opens, begins.
    Present,
    /// Will, due, scheduled: what it governs lies ahead.
    Future,
    /// Agreed, vowed: past, but an infinitive after it lies ahead.
    Promise,
    /// Has, have: past when a participle follows.
    Have,
    /// Be, been: keeps the tense of what stands before it.
    Be,
}

/// What a word can be in an expression of time or an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word {
    /// A word that no grammar knows.
    Other,
    /// A run of digits.
    Digits,
    /// One ASCII mark; every dash is `-`, every apostrophe `'`, every double quotation mark `"`.
    Mark(u8),
    /// A currency sign; the grammar of amounts reads it.
    Sign,
    /// One character that is a fraction, in quarters: ½ is 2.
    Fraction(u8),
    Number(u8),
    /// A power of ten: hundred, million, crore.
    Scale(u8),
    Dozen,
    Ordinal(u8),
    /// st, nd, rd, th after digits.
    OrdinalEnding,
    Month(u8),
    /// A month's short form, which a period may follow.
    MonthShort(u8),
    /// Monday is 1.
    Weekday(u8),
    WeekdayShort(u8),
    Weekdays(u8),
    Season(Season),
    Unit(Unit),
    Units(Unit),
    /// Daily, weekly.
    Each(Unit),
    Part(DayPart),
    Parts(DayPart),
    Midday,
    Midnight,
    /// The sixties: 6.
    Sixties(u8),
    /// am or pm, whether it is pm.
    Pm(bool),
    /// A time zone, in quarter hours east of Greenwich.
    Zone(i8),
    Today,
    Yesterday,
    Tomorrow,
    Tonight,
    Overnight,
    Now,
    Recently,
    Future,
    The,
    A,
    This,
    That,
    These,
    Last,
    Next,
    Past,
    Previous,
    Following,
    Coming,
    Recent,
    Current,
    Same,
    Latest,
    Every,
    Few,
    Several,
    Couple,
    Many,
    Some,
    More,
    Less,
    Than,
    Least,
    Most,
    Over,
    Up,
    No,
    About,
    Nearly,
    Half,
    Early,
    Late,
    Mid,
    Earlier,
    Later,
    Start,
    Middle,
    End,
    Ago,
    Before,
    After,
    From,
    To,
    Until,
    By,
    Since,
    In,
    At,
    On,
    Of,
    And,
    Or,
    Between,
    During,
    Within,
    For,
    Fiscal,
    Full,
    /// Trading, straight: what may stand between a number and its unit.
    Working,
    Old,
    Long,
    Clock,
    /// The first word of a holiday's name.
    Feast,
    /// The letter of a quarter: Q3.
    Q,
    /// The letter of a half-year: H1.
    H,
    Percent,
    Points,
    Possessive,
    Verb(Tense),
    /// Words after "to" that show it is no infinitive: his, their, it.
    Pronoun,
}

use Tense::{Be, Have, Present, Promise};
use Word::{
    Each, Month, MonthShort, Number, Ordinal, Other, Part, Parts, Pm, Scale, Sixties, Units, Verb,
    Weekday, WeekdayShort, Weekdays, Working, Zone,
};

const PAST: Word = Verb(Tense::Past);
const FUTURE: Word = Verb(Tense::Future);

#[rustfmt::skip]
const WORDS: &[(&str, Word)] = &[
    ("one", Number(1)), ("two", Number(2)), ("three", Number(3)), ("four", Number(4)), ("five", Number(5)),
    ("six", Number(6)), ("seven", Number(7)), ("eight", Number(8)), ("nine", Number(9)), ("ten", Number(10)),
    ("eleven", Number(11)), ("twelve", Number(12)), ("thirteen", Number(13)), ("fourteen", Number(14)),
    ("fifteen", Number(15)), ("sixteen", Number(16)), ("seventeen", Number(17)), ("eighteen", Number(18)),
    ("nineteen", Number(19)), ("twenty", Number(20)), ("thirty", Number(30)), ("forty", Number(40)),
    ("fifty", Number(50)), ("sixty", Number(60)), ("seventy", Number(70)), ("eighty", Number(80)),
    ("ninety", Number(90)), ("zero", Number(0)),
    ("hundred", Scale(2)), ("hundreds", Scale(2)), ("thousand", Scale(3)), ("thousands", Scale(3)), ("lakh", Scale(5)),
    ("lakhs", Scale(5)), ("million", Scale(6)), ("millions", Scale(6)), ("crore", Scale(7)), ("crores", Scale(7)),
    ("billion", Scale(9)), ("billions", Scale(9)), ("trillion", Scale(12)), ("trillions", Scale(12)),
    ("dozen", Word::Dozen), ("dozens", Word::Dozen),
    ("first", Ordinal(1)), ("second", Ordinal(2)), ("third", Ordinal(3)), ("fourth", Ordinal(4)), ("fifth", Ordinal(5)),
    ("sixth", Ordinal(6)), ("seventh", Ordinal(7)), ("eighth", Ordinal(8)), ("ninth", Ordinal(9)), ("tenth", Ordinal(10)),
    ("eleventh", Ordinal(11)), ("twelfth", Ordinal(12)), ("thirteenth", Ordinal(13)), ("fourteenth", Ordinal(14)),
    ("fifteenth", Ordinal(15)), ("sixteenth", Ordinal(16)), ("seventeenth", Ordinal(17)), ("eighteenth", Ordinal(18)),
    ("nineteenth", Ordinal(19)), ("twentieth", Ordinal(20)), ("thirtieth", Ordinal(30)),
    ("st", Word::OrdinalEnding), ("nd", Word::OrdinalEnding), ("rd", Word::OrdinalEnding), ("th", Word::OrdinalEnding),
    ("january", Month(1)), ("february", Month(2)), ("march", Month(3)), ("april", Month(4)), ("may", Month(5)),
    ("june", Month(6)), ("july", Month(7)), ("august", Month(8)), ("september", Month(9)), ("october", Month(10)),
    ("november", Month(11)), ("december", Month(12)),
    ("jan", MonthShort(1)), ("feb", MonthShort(2)), ("mar", MonthShort(3)), ("apr", MonthShort(4)), ("jun", MonthShort(6)),
    ("jul", MonthShort(7)), ("aug", MonthShort(8)), ("sep", MonthShort(9)), ("sept", MonthShort(9)), ("oct", MonthShort(10)),
    ("nov", MonthShort(11)), ("dec", MonthShort(12)),
    ("monday", Weekday(1)), ("tuesday", Weekday(2)), ("wednesday", Weekday(3)), ("thursday", Weekday(4)),
    ("friday", Weekday(5)), ("saturday", Weekday(6)), ("sunday", Weekday(7)),
    ("mondays", Weekdays(1)), ("tuesdays", Weekdays(2)), ("wednesdays", Weekdays(3)), ("thursdays", Weekdays(4)),
    ("fridays", Weekdays(5)), ("saturdays", Weekdays(6)), ("sundays", Weekdays(7)),
    ("mon", WeekdayShort(1)), ("tue", WeekdayShort(2)), ("tues", WeekdayShort(2)), ("wed", WeekdayShort(3)),
    ("thu", WeekdayShort(4)), ("thur", WeekdayShort(4)), ("thurs", WeekdayShort(4)), ("fri", WeekdayShort(5)),
    ("sat", WeekdayShort(6)), ("sun", WeekdayShort(7)),
    ("spring", Word::Season(Season::Spring)), ("summer", Word::Season(Season::Summer)), ("autumn", Word::Season(Season::Autumn)),
    ("fall", Word::Season(Season::Autumn)), ("winter", Word::Season(Season::Winter)),
    ("minute", Word::Unit(Unit::Minute)), ("hour", Word::Unit(Unit::Hour)), ("day", Word::Unit(Unit::Day)),
    ("week", Word::Unit(Unit::Week)), ("weekend", Word::Unit(Unit::Weekend)), ("fortnight", Word::Unit(Unit::Fortnight)),
    ("month", Word::Unit(Unit::Month)), ("quarter", Word::Unit(Unit::Quarter)), ("year", Word::Unit(Unit::Year)),
    ("decade", Word::Unit(Unit::Decade)), ("century", Word::Unit(Unit::Century)),
    ("seconds", Units(Unit::Second)), ("minutes", Units(Unit::Minute)), ("hours", Units(Unit::Hour)), ("days", Units(Unit::Day)),
    ("weeks", Units(Unit::Week)), ("weekends", Units(Unit::Weekend)), ("fortnights", Units(Unit::Fortnight)),
    ("months", Units(Unit::Month)), ("quarters", Units(Unit::Quarter)), ("years", Units(Unit::Year)), ("yrs", Units(Unit::Year)),
    ("decades", Units(Unit::Decade)), ("centuries", Units(Unit::Century)),
    ("hourly", Each(Unit::Hour)), ("daily", Each(Unit::Day)), ("weekly", Each(Unit::Week)), ("monthly", Each(Unit::Month)),
    ("annually", Each(Unit::Year)), ("yearly", Each(Unit::Year)), ("nightly", Each(Unit::Day)),
    ("morning", Part(DayPart::Morning)), ("afternoon", Part(DayPart::Afternoon)), ("evening", Part(DayPart::Evening)),
    ("night", Part(DayPart::Night)),
    ("mornings", Parts(DayPart::Morning)), ("afternoons", Parts(DayPart::Afternoon)), ("evenings", Parts(DayPart::Evening)),
    ("nights", Parts(DayPart::Night)),
    ("noon", Word::Midday), ("midday", Word::Midday), ("midnight", Word::Midnight),
    ("twenties", Sixties(2)), ("thirties", Sixties(3)), ("forties", Sixties(4)), ("fifties", Sixties(5)), ("sixties", Sixties(6)),
    ("seventies", Sixties(7)), ("eighties", Sixties(8)), ("nineties", Sixties(9)),
    ("am", Pm(false)), ("pm", Pm(true)),
    ("gmt", Zone(0)), ("utc", Zone(0)), ("bst", Zone(4)), ("cet", Zone(4)), ("cest", Zone(8)), ("est", Zone(-20)), ("edt", Zone(-16)),
    ("cst", Zone(-24)), ("cdt", Zone(-20)), ("mst", Zone(-28)), ("mdt", Zone(-24)), ("pst", Zone(-32)), ("pdt", Zone(-28)),
    ("aest", Zone(40)), ("aedt", Zone(44)), ("jst", Zone(36)), ("hkt", Zone(32)), ("sgt", Zone(32)),
    ("eat", Zone(12)), ("sast", Zone(8)), ("nzst", Zone(48)), ("nzdt", Zone(52)),
    ("today", Word::Today), ("yesterday", Word::Yesterday), ("tomorrow", Word::Tomorrow), ("tonight", Word::Tonight),
    ("overnight", Word::Overnight), ("now", Word::Now), ("currently", Word::Now), ("nowadays", Word::Now),
    ("recently", Word::Recently), ("lately", Word::Recently), ("future", Word::Future),
    ("the", Word::The), ("a", Word::A), ("an", Word::A), ("this", Word::This), ("that", Word::That), ("these", Word::These),
    ("last", Word::Last), ("next", Word::Next), ("past", Word::Past), ("previous", Word::Previous), ("preceding", Word::Previous),
    ("prior", Word::Previous), ("following", Word::Following), ("ensuing", Word::Following), ("subsequent", Word::Following),
    ("coming", Word::Coming), ("upcoming", Word::Coming), ("recent", Word::Recent), ("current", Word::Current),
    ("same", Word::Same), ("latest", Word::Latest), ("each", Word::Every), ("every", Word::Every),
    ("few", Word::Few), ("several", Word::Several), ("couple", Word::Couple), ("many", Word::Many), ("some", Word::Some),
    ("more", Word::More), ("less", Word::Less), ("fewer", Word::Less), ("than", Word::Than), ("least", Word::Least),
    ("most", Word::Most), ("over", Word::Over), ("up", Word::Up), ("no", Word::No),
    ("about", Word::About), ("around", Word::About), ("roughly", Word::About), ("approximately", Word::About), ("circa", Word::About),
    ("nearly", Word::Nearly), ("almost", Word::Nearly), ("half", Word::Half), ("early", Word::Early), ("late", Word::Late),
    ("mid", Word::Mid), ("earlier", Word::Earlier), ("later", Word::Later), ("beginning", Word::Start), ("start", Word::Start),
    ("middle", Word::Middle), ("end", Word::End), ("ago", Word::Ago), ("before", Word::Before), ("after", Word::After),
    ("from", Word::From), ("to", Word::To), ("until", Word::Until), ("till", Word::Until), ("through", Word::Until),
    ("by", Word::By), ("since", Word::Since), ("in", Word::In), ("at", Word::At), ("on", Word::On), ("of", Word::Of),
    ("and", Word::And), ("or", Word::Or), ("between", Word::Between), ("during", Word::During), ("throughout", Word::During),
    ("within", Word::Within), ("for", Word::For), ("fiscal", Word::Fiscal), ("full", Word::Full),
    ("trading", Working), ("business", Working), ("working", Working), ("consecutive", Working), ("straight", Working),
    ("additional", Working), ("old", Word::Old), ("olds", Word::Old), ("long", Word::Long), ("clock", Word::Clock),
    ("percent", Word::Percent), ("pct", Word::Percent), ("percentage", Word::Percent), ("point", Word::Points), ("points", Word::Points),
    ("s", Word::Possessive), ("q", Word::Q), ("h", Word::H), ("fy", Word::Fiscal),
    ("christmas", Word::Feast), ("easter", Word::Feast), ("thanksgiving", Word::Feast), ("halloween", Word::Feast),
    ("independence", Word::Feast), ("labor", Word::Feast), ("memorial", Word::Feast), ("boxing", Word::Feast),
    ("valentine", Word::Feast), ("veterans", Word::Feast), ("columbus", Word::Feast), ("election", Word::Feast), ("new", Word::Feast),
    ("good", Word::Feast), ("ash", Word::Feast), ("palm", Word::Feast), ("bastille", Word::Feast), ("anzac", Word::Feast),
    ("armistice", Word::Feast), ("remembrance", Word::Feast), ("juneteenth", Word::Feast), ("martin", Word::Feast),
    ("his", Word::Pronoun), ("her", Word::Pronoun), ("its", Word::Pronoun), ("their", Word::Pronoun), ("our", Word::Pronoun),
    ("my", Word::Pronoun), ("your", Word::Pronoun), ("him", Word::Pronoun), ("them", Word::Pronoun), ("us", Word::Pronoun),
    ("me", Word::Pronoun), ("it", Word::Pronoun), ("work", Word::Pronoun), ("school", Word::Pronoun), ("reporters", Word::Pronoun),
    ("journalists", Word::Pronoun),
    ("will", FUTURE), ("ll", FUTURE), ("wo", FUTURE), ("shall", FUTURE), ("would", FUTURE), ("should", FUTURE), ("can", FUTURE), ("could", FUTURE),
    ("must", FUTURE), ("might", FUTURE), ("due", FUTURE), ("expect", FUTURE), ("expects", FUTURE), ("expected", FUTURE), ("scheduled", FUTURE),
    ("slated", FUTURE), ("plan", FUTURE), ("plans", FUTURE), ("planned", FUTURE), ("planning", FUTURE), ("intends", FUTURE),
    ("intend", FUTURE), ("aims", FUTURE), ("hopes", FUTURE), ("hope", FUTURE), ("going", FUTURE), ("awaiting", FUTURE),
    ("ahead", FUTURE), ("deadline", FUTURE), ("pending", FUTURE), ("effective", FUTURE), ("expires", FUTURE), ("forecast", FUTURE),
    ("anticipates", FUTURE), ("anticipated", FUTURE), ("likely", FUTURE), ("poised", FUTURE),
    ("agreed", Verb(Promise)), ("vowed", Verb(Promise)), ("promised", Verb(Promise)), ("pledged", Verb(Promise)), ("decided", Verb(Promise)),
    ("set", Verb(Promise)), ("wanted", Verb(Promise)), ("hoped", Verb(Promise)), ("intended", Verb(Promise)), ("ordered", Verb(Promise)),
    ("asked", Verb(Promise)), ("urged", Verb(Promise)), ("told", Verb(Promise)), ("invited", Verb(Promise)), ("offered", Verb(Promise)),
    ("is", Verb(Present)), ("are", Verb(Present)), ("opens", Verb(Present)), ("begins", Verb(Present)),
    ("starts", Verb(Present)), ("ends", Verb(Present)), ("meets", Verb(Present)), ("takes", Verb(Present)), ("leaves", Verb(Present)),
    ("arrives", Verb(Present)), ("returns", Verb(Present)), ("closes", Verb(Present)), ("runs", Verb(Present)), ("votes", Verb(Present)),
    ("faces", Verb(Present)), ("hosts", Verb(Present)), ("visits", Verb(Present)), ("goes", Verb(Present)), ("want", Verb(Present)),
    ("wants", Verb(Present)), ("need", Verb(Present)), ("needs", Verb(Present)), ("remains", Verb(Present)),
    ("has", Verb(Have)), ("have", Verb(Have)), ("ve", Verb(Have)), ("having", Verb(Have)),
    ("be", Verb(Be)), ("been", Verb(Be)), ("being", Verb(Be)),
    ("said", PAST), ("was", PAST), ("were", PAST), ("had", PAST), ("did", PAST), ("went", PAST), ("came", PAST), ("took", PAST),
    ("made", PAST), ("rose", PAST), ("fell", PAST), ("began", PAST), ("begun", PAST), ("won", PAST), ("lost", PAST), ("met", PAST), ("left", PAST),
    ("held", PAST), ("kept", PAST), ("found", PAST), ("got", PAST), ("gave", PAST), ("ran", PAST), ("sold", PAST), ("bought", PAST),
    ("brought", PAST), ("thought", PAST), ("wrote", PAST), ("written", PAST), ("spoke", PAST), ("spent", PAST), ("sent", PAST), ("built", PAST), ("shot", PAST),
    ("struck", PAST), ("broke", PAST), ("grew", PAST), ("knew", PAST), ("flew", PAST), ("drew", PAST), ("threw", PAST), ("saw", PAST),
    ("became", PAST), ("stood", PAST), ("led", PAST), ("fled", PAST), ("died", PAST), ("dead", PAST), ("paid", PAST), ("laid", PAST), ("sank", PAST),
    ("swore", PAST), ("sworn", PAST), ("taken", PAST), ("given", PAST), ("shown", PAST), ("seen", PAST), ("done", PAST), ("gone", PAST), ("known", PAST),
    ("sought", PAST), ("caught", PAST), ("taught", PAST), ("fought", PAST), ("heard", PAST), ("felt", PAST), ("dealt", PAST), ("slid", PAST),
    ("chose", PAST), ("chosen", PAST), ("drove", PAST), ("shook", PAST), ("withdrew", PAST), ("born", PAST), ("hit", PAST), ("put", PAST),
];

const SLOTS: usize = 2048;

/// The word's letters as one integer, the first letter lowest.
const fn key(letters: &[u8]) -> u128 {
    let mut key = 0;
    let mut at = letters.len();
    while at > 0 {
        at -= 1;
        key = (key << 8) | (letters[at] | 0x20) as u128;
    }
    key
}

const fn slot(key: u128) -> usize {
    let folded = (key >> 61) ^ key;
    #[expect(clippy::cast_possible_truncation, reason = "the low half is what is hashed")]
    let product = (folded as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (product >> 53) as usize
}

const KEYS: [u128; WORDS.len()] = {
    let mut keys = [0; WORDS.len()];
    let mut at = 0;
    while at < keys.len() {
        keys[at] = key(WORDS[at].0.as_bytes());
        at += 1;
    }
    keys
};

/// For each slot the number of its word plus one; zero ends a probe.
static TABLE: [u16; SLOTS] = {
    let mut table = [0; SLOTS];
    let mut at = 0;
    while at < KEYS.len() {
        let mut place = slot(KEYS[at]);
        while table[place] != 0 {
            place = (place + 1) % SLOTS;
        }
        #[expect(clippy::cast_possible_truncation, reason = "the list is shorter than the table")]
        let number = at as u16 + 1;
        table[place] = number;
        at += 1;
    }
    table
};

/// Longest word that is looked up, in bytes.
pub(super) const LONGEST: usize = 16;

/// The part that a word of ASCII letters plays, at whatever capitals.
pub(super) fn classify(letters: &[u8]) -> Word {
    if letters.len() > LONGEST {
        return Other;
    }
    let key = key(letters);
    let mut place = slot(key);
    while let Some(&number) = TABLE.get(place)
        && number != 0
    {
        let index = usize::from(number) - 1;
        if KEYS.get(index) == Some(&key) {
            return WORDS.get(index).map_or(Other, |entry| entry.1);
        }
        place = (place + 1) % SLOTS;
    }
    let past = letters.len() > 4 && matches!(letters, [.., b'e' | b'E', b'd' | b'D']);
    if past { PAST } else { Other }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_listed_word_is_found_at_any_case() {
        for (name, word) in WORDS {
            assert_eq!(classify(name.as_bytes()), *word, "{name}");
            assert_eq!(classify(name.to_uppercase().as_bytes()), *word, "{name}");
            assert!(name.bytes().all(|byte| byte.is_ascii_lowercase()), "{name}");
        }
    }

    #[test]
    fn no_word_stands_twice() {
        let mut names: Vec<_> = WORDS.iter().map(|entry| entry.0).collect();
        names.sort_unstable();
        assert!(names.windows(2).all(|pair| pair[0] != pair[1]));
    }

    #[test]
    fn other_words_are_other() {
        for name in ["", "x", "tuesdayish", "constitutionally", "constitutionallyx"] {
            assert_eq!(classify(name.as_bytes()), Other, "{name}");
        }
        assert_eq!(classify(b"launched"), PAST, "a regular past");
        assert_eq!(classify(b"red"), Other, "too short for a past");
    }
}
