//! The words beside a region that tell what it is for.
//!
//! In: one word. Out: whether it is of a kind. Small lists, looked up a few times for each region;
//! they are leads for quotation marks only and no lexicon of verbs of saying. Word lists read better
//! in lines than in columns, so they are kept from the formatter.

/// Stems of words of saying, in order; none begins another.
#[rustfmt::skip]
const SAYING: &[&str] = &[
    "accus", "acknowledg", "add", "announc", "answer", "argu", "ask", "assert", "blast", "boast",
    "brand", "call", "caution", "chant", "characteriz", "charg", "cit", "claim", "comment",
    "compar", "complain", "conced", "conclud", "condemn", "contend", "cried", "cries", "criticis",
    "criticiz", "cry", "declar", "decri", "deem", "denounc", "derid", "describ", "dismiss",
    "emphasiz", "explain", "express", "hail", "insist", "interview", "jok", "label", "lament",
    "lash", "liken", "mock", "mus", "noted", "notes", "noting", "observ", "pledg", "prais",
    "predict", "proclaim", "promis", "quip", "quot", "recall", "refer", "reject", "remark",
    "repeat", "repli", "respond", "rip", "said", "say", "scoff", "shout", "slam", "speech",
    "stated", "statement", "stress", "suggest", "tell", "testifi", "told", "tout", "tweet", "urg",
    "vow", "warn", "whisper", "writ", "wrote",
];

/// What may follow a stem.
#[rustfmt::skip]
const ENDINGS: &[&str] = &[
    "", "d", "e", "ed", "er", "es", "ing", "led", "ling", "med", "ming", "ped", "ping", "red", "s",
    "ten",
];

/// Whether a word names or reports an act of saying.
pub(super) fn is_saying(word: &str) -> bool {
    let mut small = [0; 16];
    let Some(small) = small.get_mut(..word.len()) else { return false };
    small.copy_from_slice(word.as_bytes());
    small.make_ascii_lowercase();
    // As no stem begins another, the last stem not after the word is the only one it can have.
    let after = SAYING.partition_point(|stem| stem.as_bytes() <= &*small);
    let stem = after.checked_sub(1).and_then(|at| SAYING.get(at));
    stem.and_then(|stem| small.strip_prefix(stem.as_bytes()))
        .is_some_and(|ending| ENDINGS.iter().any(|known| known.as_bytes() == ending))
}

/// Evidence for speech, in tenths of log-odds, from the word just before the opening mark.
pub(super) fn weight_of_neighbour(word: &str) -> i32 {
    match word {
        "it" | "him" | "her" | "them" | "is" | "was" | "were" | "are" | "be" | "being" | "been" => {
            10
        }
        "as" => 7,
        "to" | "would" | "will" | "should" | "could" | "can" | "not" | "that" => 5,
        "the" | "a" | "an" | "this" => 4,
        "and" | "or" => -2,
        "of" | "in" | "on" | "for" | "with" | "by" | "from" | "at" => -6,
        _ => 0,
    }
}

/// Words that are seldom quoted but as somebody's own.
#[rustfmt::skip]
pub(super) const SPOKEN: &[&str] = &[
    "i", "we", "you", "me", "us", "my", "our", "your", "i'm", "i’m", "we're", "we’re", "it's",
    "it’s", "don't", "don’t", "is", "are", "was", "were", "will", "would", "can", "can't", "can’t",
    "should", "has", "have", "not", "that's",
];

/// Words that stay small in a title and name nothing.
#[rustfmt::skip]
pub(super) const SMALL: &[&str] = &[
    "a", "about", "after", "an", "and", "are", "as", "at", "be", "because", "been", "before", "but",
    "by", "can", "during", "for", "from", "had", "has", "have", "he", "her", "his", "how", "if",
    "in", "into", "is", "it", "its", "my", "not", "of", "on", "or", "over", "she", "so", "than",
    "that", "the", "their", "they", "this", "to", "under", "was", "we", "were", "what", "when",
    "where", "which", "while", "who", "will", "with", "without", "would", "you", "your",
];

/// Works and those who make them.
#[rustfmt::skip]
pub(super) const WORKS: &[&str] = &[
    "ad", "aired", "album", "anthem", "article", "author", "ballad", "bestseller", "biography",
    "blockbuster", "book", "broadcast", "cartoon", "column", "comedy", "documentary", "drama",
    "entitled", "episode", "essay", "exhibition", "fans", "fantasy", "film", "headline",
    "headlined", "hit", "host", "magazine", "memoir", "movie", "musical", "newsletter", "novel",
    "novels", "opera", "painting", "play", "podcast", "poem", "program", "programme", "report",
    "sequel", "series", "show", "single", "sitcom", "sketch", "song", "songs", "soundtrack", "star",
    "starred", "starring", "story", "symphony", "thriller", "titled", "track", "trilogy", "video",
];

/// What one does with a work.
#[rustfmt::skip]
pub(super) const MAKING: &[&str] = &[
    "sang", "sing", "sings", "singing", "sung", "hummed", "played", "watch", "watched", "watching",
    "read", "reading", "reread", "published", "directed", "wrote", "recorded", "performed",
    "staged", "painted", "composed", "downloaded",
];

/// Things with names painted on.
#[rustfmt::skip]
pub(super) const SHIPS: &[&str] = &[
    "ship", "boat", "trawler", "ferry", "yacht", "vessel", "tanker", "freighter", "frigate",
    "destroyer", "submarine", "schooner", "tug", "liner", "steamer", "barge", "lifeboat", "sloop",
    "locomotive", "spacecraft",
];

/// What bears a code name.
#[rustfmt::skip]
pub(super) const CODE_NAMES: &[&str] = &[
    "operation", "project", "codenamed", "code-named", "plan", "exercise", "mission",
];

/// What is made to bear writing in public.
#[rustfmt::skip]
pub(super) const SIGNS: &[&str] = &[
    "banner", "banners", "sign", "signs", "placard", "placards", "poster", "posters", "shirt",
    "shirts", "t-shirt", "t-shirts", "hat", "hats", "button", "buttons", "sticker", "stickers",
    "badge", "badges", "plaque", "billboard", "billboards", "graffiti", "inscription",
];

/// What may bear it.
#[rustfmt::skip]
pub(super) const SURFACES: &[&str] = &[
    "board", "card", "cap", "caps", "door", "flag", "flags", "gate", "notice", "notices",
    "tombstone", "wall",
];

/// How it is borne; people do not do this.
#[rustfmt::skip]
pub(super) const READING: &[&str] = &[
    "read", "reads", "reading", "emblazoned", "inscribed", "marked", "words", "bearing", "painted",
];

/// What a sign does and people do too.
#[rustfmt::skip]
pub(super) const SHOWING: &[&str] = &[
    "said", "says", "saying", "say", "proclaiming", "declaring", "demanding", "stating", "with",
];

/// Words to live by.
pub(super) const MOTTOS: &[&str] = &["motto", "slogan", "slogans", "mottos", "tagline", "graffiti"];

/// What says that a name is about to be given.
#[rustfmt::skip]
pub(super) const DUBBED: &[&str] = &[
    "dubbed", "nicknamed", "alias", "aka", "nickname", "moniker", "christened",
];

/// What says that a word is meant as a word.
#[rustfmt::skip]
pub(super) const WORDS: &[&str] = &[
    "so-called", "word", "words", "term", "terms", "phrase", "expression", "euphemism", "prefix",
    "suffix",
];

/// The same before a capital; before a small word it reports what somebody said.
pub(super) const CALLED: &[&str] = &["called", "termed", "named", "labeled"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stems_are_in_order_and_none_begins_another() {
        assert!(SAYING.windows(2).all(|pair| pair[0] < pair[1] && !pair[1].starts_with(pair[0])));
    }

    #[test]
    fn a_word_is_known_by_its_stem_and_ending() {
        for word in ["said", "Says", "called", "slammed", "quipped", "labelled", "writes", "urged"]
        {
            assert!(is_saying(word), "{word}");
        }
        for word in ["", "sailor", "city", "addition", "states", "not", "unsaid", "österreichisch"]
        {
            assert!(!is_saying(word), "{word}");
        }
    }
}
